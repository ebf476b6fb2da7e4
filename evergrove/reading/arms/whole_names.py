"""Groups that only their whole names tell apart: "exercise and taping" beside "exercise"."""

from __future__ import annotations

import re
from functools import lru_cache

from evergrove.reading.text.tokens import Token

_WORD = re.compile(r"[^\W_]+|[^\w\s]")
# A word of a treatment's name that the results leave out: "laser (therapy)".
_LEFT_OUT = frozenset(("therapy", "treatment", "group", "surgery", "training"))
_JOINS = frozenset(("and", "plus", "+", "with", "combined", "/"))

Names = dict[str, list[tuple[list[str], int]]]


def whole_names(index: dict[str, int]) -> Names:
    """First word -> (words of the name, number of the arm), the longest first.

    `index` as of `arms.index_of`: its keys that begin with "~".
    """
    out: Names = {}
    for key, number in index.items():
        for form in _forms(key[1:]) if key[0] == "~" else ():
            out.setdefault(form[0], []).append((form, number))
    for forms in out.values():
        forms.sort(key=lambda form: -len(form[0]))
    return out


@lru_cache(maxsize=1 << 12)
def _forms(name: str) -> tuple[list[str], ...]:
    """The words of a name, and those without a last one that the results may leave out."""
    words = _WORD.findall(name)
    short = len(words) > 1 and words[-1] in _LEFT_OUT
    return (words, words[:-1]) if short else (words,)


def whole_name(
    tokens: list[Token], i: int, b: int, forms: list[tuple[list[str], int]], names: list[str]
) -> tuple[int, int | None]:
    """The token behind the name that begins at i, and the number of its arm; else (i, None).

    A name that goes on ("exercise and ...") or that something leads ("taping plus exercise") is
    another one; not so "between TENS and sham TENS". `names` are those of all arms.
    """
    for words, number in forms:
        end = i + len(words)
        if end > b or [token.word for token in tokens[i:end]] != words:
            continue
        joined = any(word in _JOINS for word in words)
        before = tokens[i - 1].word if i else ""
        behind = tokens[end].word if end < b else ""
        after = tokens[end + 1] if end + 1 < b else None
        goes_on = behind in _JOINS and after is not None and after.kind == "w"
        goes_on = goes_on and after is not None and after.word not in ("the", "in", "from", "by")
        others = (name for at, name in enumerate(names) if at != number)
        goes_on = goes_on and not any(_spelled(tokens, end + 1, name) for name in others)
        if not joined and (goes_on or before in _JOINS - {"with", "and"} or before == "-"):
            continue
        return end, number
    return i, None


def _spelled(tokens: list[Token], k: int, name: str) -> bool:
    """ "between TENS and SHAM TENS": whether the whole name of another group stands at k."""
    words = _WORD.findall(name.lower())
    return len(words) > 1 and [token.word for token in tokens[k : k + len(words)]] == words

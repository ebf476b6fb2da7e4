"""Names of other measures behind "for": "8.3 for pain, 7.2 for hand function and 9 for XQ"."""

from __future__ import annotations

from collections.abc import Callable

from evergrove.reading.frames import Run
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, is_content, word_set
from evergrove.reading.vectors import Vectors

_CLOSES = word_set(", ; . ) ] and")
_UNITS = word_set("points point mm cm % ) ]")
_NO_NAMES = GROUP | PEOPLE | word_set("control placebo sham both all each")


def named_for(
    tokens: list[Token], a: int, b: int, known: list[Mention], arm: Callable[[Token], bool]
) -> list[Mention]:
    """ "61 to 82 FOR XHS, 40 to 70 FOR XQ-S and 5.9 to 3.0 FOR VAS": what is no known measure.

    Mentions that no record may come from, for lists of such phrases of which one at least names a
    known measure, and one a name that is no group, no person and no circumstance.
    """
    keyed = [m for m in known if m.key]
    taken = {k for m in known for k in range(m.first, m.last)}
    found: list[Mention] = []
    listed = False
    for k in range(a + 1, b - 1):
        if tokens[k].word != "for" or not _behind_number(tokens, k):
            continue
        if any(m.first - k in (1, 2) for m in keyed):
            listed = True
            continue
        last = _end_of_name(tokens, k + 1, b)
        inside = tokens[k + 1 : last]
        plain = last > k + 1 and last < b and tokens[last].word in _CLOSES
        if not plain or taken & set(range(k + 1, last)) or any(arm(token) for token in inside):
            continue
        if _NO_NAMES.isdisjoint(token.word for token in inside):
            found.append(Mention(k + 1, last, None, None, "unknown measure"))
    return found if listed else []


def _behind_number(tokens: list[Token], k: int) -> bool:
    """Whether a number, or its unit or bracket, stands right before token k."""
    before = tokens[k - 1]
    return before.kind == "n" or before.word in _UNITS


def _end_of_name(tokens: list[Token], i: int, b: int) -> int:
    """The end of the words, hyphens and glued numbers that begin at i; i where none do."""
    i += tokens[i].word in ("the", "overall")
    k = i
    while k < b and k - i < 6:
        token = tokens[k]
        kind = getattr(token.mark, "kind", "other")
        word = token.kind == "w" and is_content(token.word) and kind in ("other", "veto")
        glued = k > i and not token.spaced and (token.word == "-" or token.kind in "wn")
        if not (word or glued):
            break
        k += 1
    return k


def other_frames(runs: list[Run], measures: Vectors) -> None:
    """ "from 61 to 82 FOR XHS and from 5.9 to 3.0 for VAS": the first score is of XHS too."""
    for index in range(len(runs) - 1):
        if runs[index].role != "from" or runs[index + 1].role != "to" or measures.how[index]:
            continue
        named = measures.of[index + 1]
        if measures.how[index + 1] == "post" and named[0] is not None and named[0].key is None:
            measures.set(index, [named[0]] * len(runs[index].values), "post")

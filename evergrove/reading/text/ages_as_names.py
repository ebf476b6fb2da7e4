"""Groups told by their ages: "3.2 in patients UNDER 60 YEARS and 4.6 in those OVER 60 YEARS"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    BOUND_SIGNS,
    GROUP,
    PEOPLE,
    is_content,
    names_people,
    word_set,
)

# A text without this tells no ages so.
_MAYBE_AGES = re.compile(
    r"(?:[<>≤≥=]|\b(?:under|over|above|below|than|least|up to|age[ds]?|between)) ?\d{1,2}"
    r"|\d{1,2}[-–]\d\d[- ](?:years?|yrs?|y)\b"
    r"|\d\d (?:years?|yrs?|y) (?:and|or) (?:old|over|above|young)"
)
_BELOW = word_set("under below < ≤ younger less")
_ABOVE = word_set("over above > ≥ older more")
#: A text without these tells no ages.
YEARS = word_set("years year yrs yr y")
_OLDER = {"older": 1, "over": 1, "above": 1, "more": 1, "younger": -1, "under": -1, "below": -1}
_AGED = word_set("aged age ages")
_THOSE = word_set("those ones people")
_DASHES = word_set("- – − to and")
_LOWEST, _HIGHEST, _LEAST = 0.0, 200.0, 3.0
_WIDEST = 8  # tokens from "aged" to "years": "aged at least 60-69 years"
_PRINTED = re.compile(r"(?:groups? of )?(?:with )?age~(\S+)")


@dataclass(frozen=True, slots=True)
class _Ages:
    """Tokens first..last that tell ages from `low` to `high`."""

    first: int
    last: int
    low: float
    high: float


def join_ages(tokens: list[Token], norm: str) -> list[Token]:
    """The tokens with "under 60 years" as one word, where the text has the other ages too.

    Only of ages that begin where others end ("under 60", "60 or older"; "50-69", "≥ 70"): ages of
    which one is told alone are those that people had to have. "patients UNDER 60 YEARS" are
    read as "patients WITH ...", as those are who are told by what they have. `norm` is the text.
    """
    years = [k for k, token in enumerate(tokens) if token.word in YEARS]
    if not years:
        return tokens
    near = sorted({k for at in years for k in range(max(0, at - _WIDEST), at)})
    found = [ages for k in near if (ages := _ages_at(tokens, k)) is not None]
    kept = [one for one in found if any(_meet(one, other) for other in found)]
    lists = [k for k in range(1, len(tokens)) if tokens[k - 1].word in _BEFORE_LIST]
    kept += [ages for k in lists for ages in _listed(tokens, k)]
    kept.sort(key=lambda ages: ages.first)
    if len(kept) < 2 or not _MAYBE_AGES.search(norm):
        return tokens
    out: list[Token] = []
    done = 0
    for ages in kept:
        if ages.first < done:
            continue
        out.extend(tokens[done : ages.first])
        out.extend(_as_words(tokens, ages, out))
        done = ages.last
    return out + tokens[done:]


def _meet(one: _Ages, other: _Ages) -> bool:
    """Whether one of the two begins where the other ends: "under 60" and "60 or older"."""
    low, high = (one, other) if one.low < other.low else (other, one)
    return low.low < high.low and 0 <= high.low - low.high <= 1


def _ages_at(tokens: list[Token], k: int) -> _Ages | None:
    """The ages that begin at token k and end behind "years", with "aged" before and "old" behind.

    Not in a bracket, nor where no people stand before them, nor any group behind.
    """
    first = k
    if tokens[k].word in _AGED:
        k += 1
    if k >= len(tokens) - 1 or (k and tokens[k].word == "-"):
        return None
    core = _core(tokens, k)
    if core is None:
        return None
    end, low, high = core
    named = tokens[end].word if end < len(tokens) else ""
    if tokens[end - 1].word == "old" and named == "-":
        return None
    lead = tokens[first - 1].word if first else "."
    led = first > 0 and _people(tokens[first - 1])
    before = named in GROUP or named in PEOPLE
    if not (led or (before and first == k)) or (first and lead in ("(", "[")):
        return None
    return _Ages(first, end, low, high)


def _listed(tokens: list[Token], k: int) -> list[_Ages]:
    """ "aged < 50, 50-69 AND ≥ 70 YEARS", "groups of 17-34, 35-52 and 53-70 years": each of them.

    The list begins at token k, behind a word of `_BEFORE_LIST`; the ages follow each other without
    a gap.
    """
    if tokens[k].kind == "w":
        return []
    out: list[_Ages] = []
    while k < len(tokens) - 1 and len(out) < _MOST:
        sign = 0
        first = k
        if tokens[k].word in BOUND_SIGNS:
            sign = -1 if tokens[k].word in _BELOW else 1
            k += 1 + (tokens[k + 1].word == "=")
        if k >= len(tokens) - 3 or not _whole(tokens[k]):
            return []
        low, high = tokens[k].value, _HIGHEST
        if not sign and tokens[k + 1].word in _DASHES and _whole(tokens[k + 2]):
            high = tokens[k + 2].value
            k += 2
        elif not sign:
            return []
        low, high = (_LOWEST, low) if sign < 0 else (low, high)
        k += 1
        out.append(_Ages(first, k, low, high))
        if tokens[k].word in YEARS:
            break
        if tokens[k].word not in _JOINS:
            return []
        while k < len(tokens) - 1 and tokens[k].word in _JOINS:
            k += 1
    else:
        return []
    gaps = all(_meet(one, other) for one, other in itertools.pairwise(out))
    if len(out) < 2 or not gaps:
        return []
    out[-1] = _Ages(out[-1].first, k + 1, out[-1].low, out[-1].high)
    return out


_BEFORE_LIST = _AGED | word_set("of")
_JOINS = word_set(", and or vs versus")
_MOST = 6


def limits_ages(tokens: list[Token], first: int) -> bool:
    """ "group A (AGE < 65 years, n = 41)": who they are, and no age that was measured."""
    if first < 1 or first + 2 >= len(tokens) or tokens[first].word not in _AGED:
        return False
    return tokens[first - 1].word in ("(", "[") and tokens[first + 1].word in BOUND_SIGNS


def _people(token: Token) -> bool:
    """ "patients", "those", "rowers": whom ages may be told of."""
    word = token.word
    plural = token.kind == "w" and word.endswith("s") and is_content(word)
    return names_people(word) or word in _THOSE or (plural and word not in YEARS)


def _core(tokens: list[Token], k: int) -> tuple[int, float, float] | None:
    """Where "under 60 years", "60-69 years" or "70 years or older" ends, with its two ages."""
    sign, number = 0, k
    word = tokens[k].word
    if word in ("at", "up") and tokens[k + 1].word in ("least", "to"):
        sign, number = (1 if word == "at" else -1), k + 2
    elif word in _BELOW | _ABOVE:
        sign, number = (-1 if word in _BELOW else 1), k + 1
        if word not in BOUND_SIGNS and word not in ("under", "over", "above", "below"):
            if tokens[number].word != "than":
                return None
            number += 1
        if number < len(tokens) and tokens[number].word == "=":
            number += 1
    elif word == "between":
        number = k + 1
    if number >= len(tokens) - 1 or not _whole(tokens[number]):
        return None
    value = tokens[number].value
    behind = number + 1
    high = None
    if (
        not sign
        and tokens[behind].word in _DASHES
        and _whole(tokens[min(behind + 1, len(tokens) - 1)])
    ):
        high = tokens[behind + 1].value
        behind += 2
        if high <= value:
            return None
    behind += behind < len(tokens) - 1 and tokens[behind].word == "-"
    if behind >= len(tokens) or tokens[behind].word not in YEARS:
        return None
    end = behind + 1
    for words in (("of", "age"), ("old",)):
        if tuple(t.word for t in tokens[end : end + len(words)]) == words:
            end += len(words)
    if not sign and high is None:
        if end + 1 >= len(tokens) or tokens[end].word not in ("or", "and"):
            return None
        sign = _OLDER.get(tokens[end + 1].word, 0)
        end += 2
        if not sign:
            return None
    if high is not None:
        return end, value, high
    return (end, _LOWEST, value) if sign < 0 else (end, value, _HIGHEST)


def _whole(token: Token) -> bool:
    return token.kind == "n" and not token.flag and "." not in token.word and token.value >= _LEAST


def _as_words(tokens: list[Token], ages: _Ages, out: list[Token]) -> Iterator[Token]:
    """The one word for the ages, behind "with" where people stand before them ("AGED 50-69")."""
    first, last = tokens[ages.first], tokens[ages.last - 1]
    if out and _people(out[-1]):
        yield Token("w", first.start, first.start, "with", 0.0, True, "", "with")
    named = tokens[ages.first - 1].word if ages.first else ""
    if named in _AGED and out and out[-1].word in _AGED:
        out[-1].word = "with"
    printed = "".join(
        ("_" if t.spaced and k else "") + t.raw
        for k, t in enumerate(tokens[ages.first : ages.last])
    )
    raw = f"age~{printed.lower()}"
    yield Token("w", first.start, last.end, raw, 0.0, first.spaced, "", raw)


def ages_printed(name: str) -> str:
    """ "age~under_60_years" as "under 60 years"."""
    return _PRINTED.sub(lambda found: found[1].replace("_", " "), name)

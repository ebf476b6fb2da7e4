"""Diagnoses with how many had each: "40 nuns (KNEE PAIN 22, TENSION HEADACHE 8, OTHERS 10)"."""

from __future__ import annotations

from dataclasses import dataclass

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, STATE, word_set
from evergrove.reading.view import View


@dataclass(slots=True)
class _Item:
    """One diagnosis: its words from token `first`, its number at token `at`."""

    first: int
    at: int
    last: int


def counted_conditions(tokens: list[Token], view: View) -> set[int]:
    """The places of whole numbers that each count the people with one condition.

    In a bracket behind a number of people that is their sum, or has "others" among them; or behind
    "the diagnoses were". Never where one of the names is that of a scale.
    """
    if len(view.q.values) + len(view.q.counts) < 2 or not any(m.key for m in view.mentions):
        return set()
    out: set[int] = set()
    for k in range(view.a, view.b):
        if tokens[k].word in ("(", "["):
            whole = _people_ahead(tokens, view, k)
            rows = _rows(tokens, view, k + 1) if whole else []
            rows = [row for row in rows if _fits(tokens, row, whole) and _painful(view, row)]
        elif tokens[k].word in _HEADS and (begin := _headed(tokens, view, k)):
            rows = _rows(tokens, view, begin)[:1]
        else:
            continue
        out.update(item.at for row in rows for item in row)
    return out


def _people_ahead(tokens: list[Token], view: View, k: int) -> int:
    """ "FORTY NUNS with pain (": the number of people that stands before a bracket, or 0."""
    before = [count for count in view.q.counts if k - 6 < count.at < k]
    apart = {tokens[m].word for m in range(before[-1].last, k)} if before else set()
    return before[-1].value if before and not apart & _APART else 0


def _headed(tokens: list[Token], view: View, k: int) -> int:
    """ "The INDICATIONS for wax WERE": where the first of them begins, or 0."""
    for m in range(k + 1, min(view.b, k + 6)):
        if tokens[m].word in _LEADS:
            told = {tokens[n].word for n in range(view.a, m)}
            return 0 if told & _SCORES else m + 1
        if tokens[m].kind == "n" or tokens[m].word in _APART:
            return 0
    return 0


def _rows(tokens: list[Token], view: View, k: int) -> list[list[_Item]]:
    """The rows of two or more items from token k on, up to the end of the bracket or clause."""
    scales = {m for one in view.mentions if one.instrument for m in range(one.first, one.last)}
    rows: list[list[_Item]] = [[]]
    first = k
    while k < view.b and tokens[k].word not in (")", "]", "."):
        token = tokens[k]
        if token.kind == "n":
            item = _item(tokens, view, first, k, scales)
            if item is None:
                rows.append([])
                while k + 1 < view.b and tokens[k + 1].word not in _STOPS:
                    k += 1
            else:
                rows[-1].append(item)
                k = item.last - 1
            first = k + 1
        elif token.word in (";", "and") or (token.word == "," and first == k):
            first = k + 1
        k += 1
    return [row for row in rows if len(row) > 1]


def _item(tokens: list[Token], view: View, first: int, at: int, scales: set[int]) -> _Item | None:
    """ "tension headache 8", "leg pain, 14", "hip pain 9 (22%)": a name and a whole number."""
    name = range(first, at - (tokens[at - 1].word == ","))
    plain = all(tokens[m].kind == "w" or tokens[m].word == "-" for m in name)
    if not len(name) or not plain or not scales.isdisjoint(name):
        return None
    words = {tokens[m].word for m in name}
    if words & _SCORES or words & STATE or not tokens[at].raw.isdigit():
        return None
    last = at + 1
    share = [token.word for token in tokens[last + 2 : last + 4]]
    if tokens[last].word in ("(", "[") and share in (["%", ")"], ["%", "]"]):
        last += 4
    closed = last >= view.b or tokens[last].word in _STOPS
    return _Item(first, at, last) if closed else None


def _painful(view: View, row: list[_Item]) -> bool:
    """Whether one of the names is a pain: "(wax 45, clay 43)" are sizes of groups."""
    inside = {k for item in row for k in range(item.first, item.at)}
    return any(mention.key and mention.first in inside for mention in view.mentions)


def _fits(tokens: list[Token], row: list[_Item], whole: int) -> bool:
    total = sum(int(tokens[item.at].value) for item in row)
    others = any(tokens[m].word in _OTHERS for item in row for m in range(item.first, item.at))
    return total == whole or (others and total <= whole)


_HEADS = word_set(
    "diagnosis diagnoses indication indications cause causes aetiology aetiologies etiology "
    "etiologies pathology pathologies reasons"
)
_LEADS = word_set(": was were included include comprised")
_OTHERS = word_set("other others unknown unspecified miscellaneous")
_STOPS = word_set(", ; and ) ] .")
_APART = word_set("; . ( ) [ ]")
_SCORES = CENTRES | word_set("score scores rating ratings intensity severity level levels")
#: A sentence without such a word is asked nothing: what leads to the rows, or stands in them.
MAYBE_CONDITIONS = _HEADS | word_set("( [")

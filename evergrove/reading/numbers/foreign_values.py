"""Values of other measures among those of scores: "VAS was 3.2 and Cobb angle 10 degrees"."""

from __future__ import annotations

from collections.abc import Container

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.numbers.subject_asides import dose_of_name
from evergrove.reading.text.small_words import CLOSES, OPENS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View


def with_foreign(
    tokens: list[Token], view: View, values: list[Value], units: Container[str]
) -> list[Value]:
    """Values with those of other measures between them: "VAS was 3.2 and Cobb angle 10 degrees".

    Their clause is built as that of a score is, so that what they share with the scores (times at
    the end, groups told once) is found; no record comes of them. Only behind a name of their own,
    or right ahead of it: "from 17 to 25 KG FOR GRIP STRENGTH".
    """
    if not view.q.foreign or not any(mention.key for mention in view.mentions):
        return values
    if _rows(tokens, view.a, view.b) > 1:
        return values
    out = list(values)
    at = {value.at for value in values}
    for value in view.q.foreign:
        reason = view.q.rejected.get(value.at)
        if reason in _OF_PEOPLE or (reason == "dose" and dose_of_name(tokens, value.first)):
            continue
        before = [mention for mention in view.mentions if mention.first < value.first]
        if value.at in at:
            continue
        if all(mention.key is not None for mention in before):
            if "for" in view.words and _named_behind(tokens, view, value):
                value.last = _behind_unit(tokens, view, value, units)
                out.append(value)
            continue
        if reason == "percentage" and before[-1].veto in (None, "count"):
            continue
        value.last = _behind_unit(tokens, view, value, units)
        out.append(value)
    return sorted(out, key=lambda value: value.first)


_OF_PEOPLE = ("age", "age or duration", "duration")


def _behind_unit(tokens: list[Token], view: View, value: Value, units: Container[str]) -> int:
    """The token behind "10.1 ± 2.2 MG/L", "2.1 TABLETS PER DAY"."""
    k = max([value.last, *(spread.at[-1] + 1 for spread in value.spreads)])
    if k < view.b and tokens[k].word in units:
        k += 1
    while k + 1 < view.b and tokens[k].word in ("/", "per") and tokens[k + 1].kind == "w":
        k += 2
    return k


def _rows(tokens: list[Token], a: int, b: int) -> int:
    """How many semicolons part the rows of a table; not that of "(3.1 vs 2.2; p = 0.03)"."""
    depth = rows = 0
    for token in tokens[a:b]:
        depth += (token.word in OPENS) - (token.word in CLOSES)
        rows += token.word == ";" and depth <= 0
    return rows


def _named_behind(tokens: list[Token], view: View, value: Value) -> bool:
    """ "from 17 to 25 kg FOR GRIP STRENGTH": the name of something else right behind the last."""
    names = [m.first for m in view.mentions if m.key is None and m.first > value.first]
    if not names or tokens[names[0] - 1].word != "for" or names[0] - value.first > _NEAR:
        return False
    gap = [tokens[k].word for k in range(value.first, names[0] - 1)]
    return _ENDS.isdisjoint(gap) and gap.count("to") <= 1


_NEAR = 9
_ENDS = word_set(", ; and while")

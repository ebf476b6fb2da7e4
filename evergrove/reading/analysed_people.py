"""The people whose values were analysed, where they are few of those who were randomised."""

from __future__ import annotations

from evergrove.reading.quantities import Count
from evergrove.reading.tokens import Token
from evergrove.reading.words import PEOPLE, word_set

_ANALYSIS = word_set("analysis analyses dataset")
_COVERED = word_set(
    "covered included comprised consisted contained involved encompassed based restricted limited"
)
_ANALYSED = word_set("analysed analyzed analysable analyzable evaluable")
# Of what else there may be an analysis beside that of the scores.
_OF_ELSE = word_set(
    "protocol sensitivity subgroup safety secondary interim cost economic hoc multivariate "
    "multivariable regression responder completer completers previous earlier exploratory "
    "radiographic imaging factor subset sub-group subanalysis cluster bivariate univariate meta"
)
_DATED = word_set("at after by until")  # "60 were analysed AT 6 months": those of that visit
_FILLS = word_set("of on to in the a total was were data from for all only just finally -")


def analysed(tokens: list[Token], a: int, b: int, count: Count) -> bool:
    """ "1157 were randomised ... The ANALYSIS COVERED 274 patients", "274 patients were ANALYSED".

    Not those of an analysis of something else ("the safety analysis included 280").
    """
    if count.noun not in PEOPLE or count.of is not None or count.bracket:
        return False
    k = count.at - 1
    while k > a and count.at - k < 7 and tokens[k].word in _FILLS:
        k -= 1
    if tokens[k].word in _COVERED:
        lead = {tokens[m].word for m in range(max(a, k - 6), k)}
        return not lead.isdisjoint(_ANALYSIS) and lead.isdisjoint(_OF_ELSE)
    first = tokens[a + 1].word if tokens[a].word == ":" else tokens[a].word
    behind = [tokens[m].word for m in range(count.last, min(b, count.last + 5))]
    told = [w for w in behind if w not in ("were", "could", "be", "finally", *PEOPLE)][:1]
    leads = count.at <= a + 4 and (first in ("a", "in") or count.at <= a + 1)
    return leads and bool(_ANALYSED.intersection(told)) and not (_OF_ELSE | _DATED) & set(behind)

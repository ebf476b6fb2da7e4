"""Standardised sizes of an effect beside a result: "(Cohen's d 0.8)", "(t 4.2)"; never a score."""

from __future__ import annotations

from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.quantities import Spread
from evergrove.reading.text.small_words import CLOSES_ASIDE, OPENS_ASIDE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

EFFECT_SIZE = "effect size"
_NAMED = word_set(
    "cohen cohen's cohens hedges hedges' hedge's glass glass's effect cramer's cramér's"
)
_LETTERS = word_set("d t z f")
#: Statistics of a test: an interval behind one is that of the result which was tested.
TESTS = word_set("t f z u w h q df χ2 x2 chi2 χ² chi χ k")
MAYBE_EFFECT = _NAMED | _LETTERS
_INSIDE = word_set("' s d g f v delta δ Δ dz drm av size sizes es index")
_LEADS = word_set("= : , of was were ( [ ≈ is")


def effect_size(tokens: list[Token], i: int, b: int) -> int:
    """Where the number of a size of effect named at token i stands, or 0.

    "(Hedges' g 0.7)", "effect size 0.4", "Cohen's d was 1.1"; a letter alone only where a bracket
    or semicolon opens before it and a decimal stands right behind: "(from 6.1 to 3.2; d 0.9)".
    """
    word = tokens[i].word
    k = i + 1
    if word in ("z", "t") and (score := _score_of_test(tokens, i, b)):
        return score
    if word in _LETTERS:
        lone = tokens[i].raw.islower() and tokens[i - 1].word in OPENS_ASIDE and i > 0
        decimal = k < b and tokens[k].kind == "n" and "." in tokens[k].word
        return k if lone and decimal and tokens[k + 1].word in CLOSES_ASIDE else 0
    while k < b and tokens[k].word in _INSIDE:
        k += 1
    if word == "effect" and not any(tokens[m].word in ("size", "sizes") for m in range(i + 1, k)):
        return 0
    if word != "effect" and k == i + 1 and word in ("glass", "hedges", "cohen"):
        return 0
    while k < b and k < i + 8 and tokens[k].word in _LEADS:
        k += 1
    return k if k < b and tokens[k].kind == "n" and tokens[k].mark is None else 0


def _score_of_test(tokens: list[Token], i: int, b: int) -> int:
    """ "(Z-SCORE 1.9; p = 0.05)", "(rank sum test: Z-SCORE IS -4.8)": where the number is, or 0.

    In a bracket that a p value or a test shares with it; not "the T-score of the hip was -2.1".
    """
    if i + 1 >= b or tokens[i - 1].word not in ("(", "[", ";", ",", ":"):
        return 0
    k = i + 1 + (tokens[i + 1].word == "-")
    if k >= b or tokens[k].word not in ("score", "value", "statistic"):
        return 0
    k += 1
    while k < b and (tokens[k].word in _LEADS or tokens[k].word in _SIGNS):
        k += 1
    near = {token.word for token in tokens[max(0, i - 5) : min(b, i + 14)]}
    return k if k < b and tokens[k].kind == "n" and near & {"p", "test", "significant"} else 0


_SIGNS = word_set("- − – minus")


def estimate_behind(tokens: list[Token], i: int, b: int) -> int:
    """ "the estimated slope (ES) ... (ES = 0.6, 95% CI ...)": where the number is, or 0."""
    mark = tokens[i].mark
    if mark is None or i + 2 >= b or getattr(mark, "part", "") != "estimate":
        return 0
    return i + 2 if tokens[i + 1].word in ("=", ":") and tokens[i + 2].kind == "n" else 0


def without_sizes(tokens: list[Token], mentions: list[Mention], rejected: dict[int, str]) -> None:
    """Forget the names of sizes whose number was set aside: they are no measure of their clause."""
    for mention in [m for m in mentions if _of_statistic(tokens, m)]:
        if tokens[mention.last - 1].word == "sizes":
            continue  # "effect SIZES were 0.8 for VAS and 0.6 for ODI": of the whole clause
        behind = range(mention.first, min(mention.last + 6, len(tokens)))
        if any(rejected.get(k) == EFFECT_SIZE for k in behind):
            mentions.remove(mention)


def _of_statistic(tokens: list[Token], mention: Mention) -> bool:
    """A statistic by its name, or the "z-score" that a test gave."""
    letter = tokens[mention.first].word in ("z", "t") and tokens[mention.last - 1].word == "score"
    return mention.veto == "other statistic" or (letter and mention.veto == "other measure")


def interval_of(spreads: list[Spread], size: float) -> bool:
    """ "(β = 1.5; 95% CI 0.6-2.4)": whether an interval holds the statistic in front of it."""
    ends = [spread.values for spread in spreads if spread.kind == "ci" and len(spread.values) == 2]
    return len(ends) == 1 == len(spreads) and min(ends[0]) <= size <= max(ends[0])

"""Whose value comes first behind a comparison: "lower THAN THE CONTROL GROUP (2 vs 5)"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.frames import Run
from evergrove.reading.linking.arms_of_values import behind_comparator
from evergrove.reading.text.stat_words import COMPARATIVE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, PEOPLE, word_set
from evergrove.reading.view import View

_BELOW = word_set("lower less smaller milder")
_ABOVE = word_set("higher greater larger")
_UNEQUAL = _BELOW | _ABOVE
_COMPARED = _UNEQUAL | word_set("similar comparable equal")
#: Nouns and verbs that a comparative may belong to: "a GREATER FALL", "MORE satisfied".
_OTHER = (CHANGE | CHANGE_NOUNS | word_set("relief improvement satisfaction use")) - _COMPARED


def named_second(tokens: list[Token], view: View, run: Run, named: Arm) -> bool:
    """Whether the one group that a comparison names has the second value of the pair behind it.

    "Pain was lower THAN IN THE CONTROL GROUP (3.2 vs 5.2)": what it is set against comes last.
    Where the comparison tells which is the lower, the two values decide: "was lower IN THE CLAY
    GROUP (5.2 vs 3.3)" has the clay group last.
    """
    if run.stat != "level" or not view.a <= named.first < run.first:
        return False
    said = _comparative(tokens, view.a, run.first, _COMPARED)
    if said is None:
        return False
    word = tokens[said].word
    timed = {k for time in view.times for k in range(time.first, time.last)}
    if any(_is_score(tokens, k) and k not in timed for k in range(said, run.first)):
        return False
    against = behind_comparator(tokens, named) or _set_against(tokens, said, named)
    one, two = (value.value for value in run.values)
    if one != two and word in _UNEQUAL:
        # The subject of the comparison has the value that the word tells.
        first = (one < two) == (word in _BELOW)
        return first == against
    return against


def _comparative(tokens: list[Token], start: int, stop: int, words: frozenset[str]) -> int | None:
    """Where the last of the words stands that compare scores; None if it is of another noun."""
    said = next((k for k in range(stop - 1, start - 1, -1) if tokens[k].word in words), None)
    if said is None or any(tokens[k].word in _OTHER for k in range(said + 1, stop)):
        return None
    return said


def told_against(tokens: list[Token], run: Run, named: list[Arm]) -> bool:
    """ "Compared with clay, wax had LOWER pain (2.7 and 4.8, respectively)": wax has the lower.

    Whether the first of two scores, and not the second, is what the comparative ahead says of the
    subject; the names of the two groups stand in the other order. Not "compared with WAX AND CLAY".
    """
    if tokens[named[1].first - 1].word == "and" or tokens[named[0].last].word == "and":
        return False
    start = next((k for k in range(run.first, 0, -1) if tokens[k].word in (".", ";")), 0)
    said = _comparative(tokens, start, run.first, _UNEQUAL)
    if said is None:
        return False
    one, two = (value.value for value in run.values)
    return one != two and (one < two) == (tokens[said].word in _BELOW)


def _is_score(tokens: list[Token], k: int) -> bool:
    """Whether a number may be a score: none of "an 11-point NRS", "lower BY 2.1 points than"."""
    return tokens[k].kind == "n" and tokens[k].mark is None and tokens[k - 1].word != "by"


def _set_against(tokens: list[Token], k: int, named: Arm) -> bool:
    """ "similar TO the wax group", "higher THAN THAT OF the wax group": the comparison at k."""
    if tokens[k].word not in _UNEQUAL and tokens[k + 1].word in ("to", "with"):
        return 0 < named.first - k <= 4
    return behind_than(tokens, k, named)


def behind_than(tokens: list[Token], a: int, named: Arm) -> bool:
    """ "THAN those who received CLAY", "THAN patients in the CLAY group": people between."""
    m = named.first - 1
    while m > a and tokens[m].word in _BETWEEN:
        m -= 1
    return tokens[m].word == "than"


_BETWEEN = PEOPLE | word_set(
    "that those of the in with for among seen observed found score scores who were given receiving "
    "received having had treated allocated assigned randomised randomized to on taking took a an"
)


def told_later(tokens: list[Token], run: Run, pair: list[Arm]) -> bool:
    """ "similar at baseline (71 vs 75) BUT lower with wax than with clay": told in a later clause.

    The order of the earlier pair is then assumed: that of the later clause, or of the abstract.
    """
    start = min(arm.first for arm in pair)
    if start < run.last:
        return False
    return any(tokens[k].word in _CLAUSES for k in range(run.last, start))


def led_by_group(tokens: list[Token], run: Run, named: Arm) -> bool:
    """ "while at 3 h it was LOWER WITH WAX (30 vs 45)": first, whoever led before."""
    k = run.first - 1
    while k > 0 and tokens[k].mark is not None:
        k -= 1
    if tokens[k].word not in ("(", "[") or not named.last <= k <= named.last + 2:
        return False
    lead = {tokens[m].word for m in range(max(0, named.first - 4), named.first)}
    return not lead.isdisjoint(COMPARATIVE) and "than" not in lead


_CLAUSES = word_set("; but while whereas although though however yet")

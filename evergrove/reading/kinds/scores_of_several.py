"""A score for each of several groups that do not differ: "no difference (5.1, 3.6 and 4.5)"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, word_set

_AMONG = word_set("among amongst across")
_NONE = word_set("no not nor neither without")
_OF_PAIRS = word_set("against versus vs compared relative minus pairwise pairs contrasts mean")
_DIFFER = word_set("differ different")


def scores_of_several(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """ "no differences in VAS AMONG THE GROUPS (5.1, 3.6 and 4.5)": one score for each group.

    Not where a change is told of ("no difference in the FALL in VAS among ...").
    """
    for run in runs:
        if run.stat != "between_diff" or len(run.values) < 3:
            continue
        words = {tokens[k].word for k in range(a, run.first)}
        signed = any(value.sign for value in run.values)
        if words & CHANGE or words & CHANGE_NOUNS or signed:
            continue
        if words.isdisjoint(_AMONG) and not _none_differs(tokens, a, run):
            continue
        if tokens[run.first - 1].word in ("(", "[", ":"):
            run.call_level()


def _none_differs(tokens: list[Token], a: int, run: Run) -> bool:
    """ "; at 9 h there was NO DIFFERENCE (3.1 ± 0.8, 2.9 ± 0.7 and 2.6 ± 0.9)": three scores.

    Not "no differences AGAINST SHAM", and no numbers with intervals.
    """
    if any(spread.kind in ("ci", "pair") for value in run.values for spread in value.spreads):
        return False
    ahead = [tokens[k].word for k in range(a, run.first)]
    clause = ahead[len(ahead) - ahead[::-1].index(";") :] if ";" in ahead else ahead
    said = next((m for m, word in enumerate(clause) if word in DIFFERENCE or word in _DIFFER), None)
    if said is None or _NONE.isdisjoint(clause[max(0, said - 5) : said]):
        return False
    return _OF_PAIRS.isdisjoint(clause)

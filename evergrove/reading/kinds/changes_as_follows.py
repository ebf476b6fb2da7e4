"""A list that is announced as one of changes: "the mean FALLS WERE AS FOLLOWS: NRS, 2.1 ..."."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.kinds.compared_changes import DIRECTED
from evergrove.reading.text.small_words import ENDS_SAID
from evergrove.reading.text.stat_words import COMPARATIVE, sign_of
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, word_set
from evergrove.reading.times.time_parts import Time

_WERE = word_set("were was are")
#: What may stand in front of the noun: it is the subject, and no part of a phrase.
_NO_SUBJECT = word_set("after following despite without with by from of than no for with in")


def changes_as_follows(tokens: list[Token], a: int, runs: list[Run], times: list[Time]) -> None:
    """ "The mean FALLS WERE AS FOLLOWS: NRS, 2.1 points with wax and 1.1 with clay; ODI, 9 and 4".

    So too "the reductions at 4 weeks were: NRS, ...", "the changes (falls) were as follows: ...".
    Nothing that stands behind the colon is a score, unless a time before is told there.
    """
    if any(run.role not in ("state", "of") or run.head is not None for run in runs):
        return
    colon = next((k for k in range(a + 2, runs[0].first) if tokens[k].word == ":"), 0)
    cue = _announced(tokens, a, colon) if colon else ""
    if not cue or any(time.kind == "base" and time.first > colon for time in times):
        return
    for run in runs:
        if run.stat == "level" and not any(value.percent for value in run.values):
            run.stat, run.role, run.cue, run.sign = "change", "of", cue, sign_of(cue)


def _announced(tokens: list[Token], a: int, colon: int) -> str:
    """The noun of change that is all the subject of what leads to a colon; or ""."""
    k = colon - 1
    if (tokens[k - 1].word, tokens[k].word) == ("as", "follows"):
        k -= 2
    if tokens[k].word not in _WERE:
        return ""
    start = k
    while start > a and tokens[start - 1].word not in ENDS_SAID:
        start -= 1
    nouns = [m for m in range(start, k) if _names_change(tokens[m].word)]
    if not nouns or any(tokens[m].word in _WERE for m in range(start, k)):
        return ""
    lead = range(max(start, nouns[0] - 4), nouns[0])
    if any(tokens[m].word in _NO_SUBJECT for m in lead if not _leads_time(tokens, m)):
        return ""
    # "the mean changes (IMPROVEMENTS)": the word that says which way
    told = [m for m in nouns if sign_of(tokens[m].word)]
    glossed = told and (told[0] == nouns[0] or tokens[told[0] - 1].word in ("(", "["))
    return tokens[told[0] if glossed else nouns[0]].word


def _names_change(word: str) -> bool:
    directed = word in DIRECTED or word in ("change", "changes")
    return word in CHANGE_NOUNS and directed and word not in COMPARATIVE


def _leads_time(tokens: list[Token], k: int) -> bool:
    """ "AFTER 4 weeks the mean changes were"."""
    return any(token.kind == "n" for token in tokens[k + 1 : k + 3])

"""People of an earlier report: "part of a series that we described earlier (60 patients)"."""

from __future__ import annotations

import itertools

from evergrove.reading.numbers.quantities import Count, Quantities
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set

EARLIER_SIZE = "size of an earlier cohort"
MAYBE_EARLIER = word_set(
    "earlier previously elsewhere before already previous prior overlap overlaps subset part "
    "analysis"
)
EARLIER = word_set("earlier previously elsewhere before already")
_FORMER = word_set("earlier previous prior")
TOLD = word_set("described reported published presented")
_COHORT = word_set("cohort series report paper article publication sample")
_STOPS = word_set(", ; : ( ) [ ]")


def without_earlier(tokens: list[Token], a: int, b: int, q: Quantities) -> None:
    """Set aside the sizes of earlier reports: they are not those of the values beside them."""
    earlier = [
        count
        for count in q.counts
        if _in_bracket_behind(tokens, a, count)
        or _of_cohort(tokens, a, count)
        or _told_behind(tokens, a, b, count, q.counts)
        or _part_of_cohort(tokens, a, count, len(q.counts) > 2)
    ]
    for count in earlier:
        q.rejected[count.at] = EARLIER_SIZE
    q.counts = [count for count in q.counts if count not in earlier]


def _in_bracket_behind(tokens: list[Token], a: int, count: Count) -> bool:
    """ "the people WE DESCRIBED EARLIER (n = 60)", "the divers of our EARLIER REPORT (60 men)"."""
    opened = count.at - (3 if count.equals else 1)
    if opened - 2 < a or tokens[opened].word not in ("(", "["):
        return False
    lead: list[str] = []
    for k in range(opened - 1, max(a, opened - 5) - 1, -1):
        if tokens[k].word in _STOPS:
            break
        lead.append(tokens[k].word)
    told = not TOLD.isdisjoint(lead) and not EARLIER.isdisjoint(lead)
    return told or (not _COHORT.isdisjoint(lead[:1]) and not _FORMER.isdisjoint(lead[1:3]))


def _part_of_cohort(tokens: list[Token], a: int, count: Count, several: bool) -> bool:
    """ "The 19 nuns OVERLAP WITH A COHORT published in 2011 (n = 45)": the size of the cohort.

    Also "a post hoc ANALYSIS OF A TRIAL (n = 45)", where the sentence tells `several` sizes more.
    """
    opened = count.at - (3 if count.equals else 1)
    if opened - 4 < a or tokens[opened].word not in ("(", "["):
        return False
    words = [tokens[k].word for k in range(max(a, opened - 10), opened)]
    nouns = _COHORT | {"trial", "study"} if several else _COHORT
    at = next((k for k in range(len(words) - 1, 0, -1) if words[k] in nouns), 0)
    led = any(pair in _PART_OF for pair in itertools.pairwise(words[max(0, at - 6) : at]))
    return (led or (several and "analysis" in words[:at])) and not set(words[at:]) & _STOPS


_PART_OF = {("overlap", "with"), ("overlaps", "with"), ("part", "of"), ("subset", "of")}


def _of_cohort(tokens: list[Token], a: int, count: Count) -> bool:
    """ "our PREVIOUSLY REPORTED COHORT OF 60 patients", "our EARLIER SERIES OF 60"."""
    k = count.at - 1
    if count.equals or k - 3 < a or tokens[k].word != "of" or tokens[k - 1].word not in _COHORT:
        return False
    lead = (tokens[k - 3].word, tokens[k - 2].word)
    return lead[1] in _FORMER or (lead[1] in TOLD and lead[0] in EARLIER)


def _told_behind(tokens: list[Token], a: int, b: int, count: Count, counts: list[Count]) -> bool:
    """ "These 33 are part of a COHORT OF 60 patients THAT WE HAVE REPORTED BEFORE"."""
    k = count.at - 1
    if count.equals or k - 1 < a or tokens[k].word != "of" or tokens[k - 1].word not in _COHORT:
        return False
    if not any(other.at < count.at and other.value < count.value for other in counts):
        return False  # "In a cohort of 60 reported elsewhere, pain was 3": nobody else is told of
    behind: list[str] = []
    for m in range(count.last, min(b, count.last + 7)):
        if tokens[m].word in _STOPS:
            break
        behind.append(tokens[m].word)
    behind = behind[1:] if behind[:1] and behind[0] in PEOPLE else behind
    return not TOLD.isdisjoint(behind) and not EARLIER.isdisjoint(behind)


def reported_then(tokens: list[Token]) -> bool:
    """ "a subset of the 80 whom WE REPORTED IN 2014", "part of the series we published earlier"."""
    for k in [at for at, token in enumerate(tokens[:-2]) if token.word in TOLD and at]:
        if _told_elsewhere(tokens, k):
            return True
        if tokens[k - 1].word not in ("we", "have", "had"):
            continue
        on = tokens[k + 1].word in ("on", "about")  # "the same 80 whom we reported on earlier"
        year = tokens[k + 2]
        dated = tokens[k + 1].word == "in" and year.kind == "n" and 1950 <= year.value <= 2099
        ahead = {tokens[m].word for m in range(max(0, k - 14), k)}
        own = "we" in ahead and bool(ahead & _PARTS_OF)
        if own and (dated or tokens[k + 1 + on].word in EARLIER):
            return True
    return False


def _told_elsewhere(tokens: list[Token], k: int) -> bool:
    """ "THE PATIENTS have been DESCRIBED ELSEWHERE", "a COHORT ALREADY DESCRIBED": no technique."""
    beside = tokens[k - 1].word == "already" or tokens[k + 1].word in ("elsewhere", "already")
    return beside and any(tokens[m].word in _PARTS_OF for m in range(max(0, k - 5), k))


_PARTS_OF = word_set(
    "subset part subgroup subsample sample some all same cohort series patients those"
)

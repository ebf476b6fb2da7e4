"""Numbers of people whom the results are of: "60 were treated; follow-up was available in 52"."""

from __future__ import annotations

from evergrove.reading.people_nouns import may_be_people
from evergrove.reading.quantities import Count
from evergrove.reading.tokens import Token
from evergrove.reading.words import GROUP, PEOPLE, UNIT_DAYS, word_set

#: One of these stands in every sentence that tells of such people.
MAYBE_ANALYSED = word_set(
    "follow followup follow-up followed analysed analyzed evaluated evaluable included enrolled "
    "interviewed reviewed available obtained complete completed returned answered responded "
    "recruited randomised randomized remaining other so rate data"
)
SCREENED = word_set("screened approached invited eligibility identified contacted")
_WERE = word_set("were was")
_THERE = word_set(
    "followed analysed analyzed evaluated evaluable included enrolled interviewed reviewed "
    "available recruited randomised randomized"
)
_NO_NOTICE = word_set("for as with into to by in")  # "52 were available FOR 3 months", "in group A"
_FULL = word_set("complete full adequate sufficient")
_DATA = word_set("follow followup follow-up data records questionnaires questionnaire forms")
_ENDED = word_set("study trial protocol questionnaire questionnaires follow follow-up survey forms")
_GAVE = word_set("completed returned answered finished")
_OBTAINED = word_set("available obtained complete collected gathered")
_RATES = word_set("response follow-up completion retention followup up")
_LEAST = 4


def those_analysed(tokens: list[Token], a: int, b: int) -> list[Count]:
    """The numbers of a..b that tell of whom the results are, of all that a study began with.

    "52 were followed", "52 had complete follow-up", "52 answered the questionnaire", "follow-up
    was available in 52", "so 52 were evaluated", "the response rate was 87% (52/60)"; none where a
    group is told of.
    """
    words = [tokens[k].word for k in range(a, b)]
    if not GROUP.isdisjoint(words) or _at_a_visit(tokens, a, b):
        return []
    return [
        Count(int(tokens[k].value), k, k + 1)
        for k in range(a, b)
        if _people(tokens, k, b) and (_told_behind(tokens, k, b) or _told_before(tokens, a, k, b))
    ]


def _at_a_visit(tokens: list[Token], a: int, b: int) -> bool:
    """ "Follow-up AT 3 MONTHS was available in 52": of one visit alone."""
    return any(
        tokens[k].word in UNIT_DAYS
        and tokens[k - 1].kind == "n"
        and tokens[k - 2].word in ("at", "after", "by")
        for k in range(a + 2, b)
    )


def _people(tokens: list[Token], k: int, b: int) -> bool:
    token = tokens[k]
    if token.kind != "n" or token.mark is not None or token.flag not in ("", "word"):
        return False
    if "." in token.word or token.value < _LEAST or k + 1 >= b or tokens[k - 1].word == "/":
        return False
    if tokens[k + 1].word == "of":
        return k + 2 < b and tokens[k + 2].word in ("them", "these", "those")
    return tokens[k + 1].word not in ("%", "±", "-", "mm")


def _told_behind(tokens: list[Token], k: int, b: int) -> bool:
    """ "52 (87%) WERE FOLLOWED", "52 patients HAD COMPLETE DATA", "52/60 COMPLETED THE STUDY"."""
    j = k + 1
    if tokens[j].word == "/" and j + 1 < b and tokens[j + 1].kind == "n":
        j += 2
    j += may_be_people(tokens, j)
    while j < b and (tokens[j].word in PEOPLE or tokens[j].word in ("of", "them", "these")):
        j += 1
    if j < b and tokens[j].word == "(":
        j = next((m + 1 for m in range(j, min(b, j + 12)) if tokens[m].word == ")"), b)
    ahead = [token.word for token in tokens[j : min(b, j + 6)]]
    if ahead[:1] == ["who"]:
        return False
    if ahead[:1] and ahead[0] in _WERE and ahead[1:2] and ahead[1] in _THERE:
        return ahead[2:3] == [] or ahead[2] not in _NO_NOTICE or _of_study(ahead[2:])
    if ahead[:1] == ["had"] and ahead[1:2] and ahead[1] in _FULL:
        return not _DATA.isdisjoint(ahead[2:4])
    return bool(ahead) and ahead[0] in _GAVE and not _ENDED.isdisjoint(ahead[1:4])


def _of_study(words: list[str]) -> bool:
    """ "were included IN THE STUDY", "were available FOR FOLLOW-UP", "followed FOR 6 MONTHS"."""
    if words[:1] not in (["in"], ["for"], ["to"], ["into"]):
        return False
    return not word_set(
        "study analysis trial follow follow-up review months years month"
    ).isdisjoint(words[1:4])


def _told_before(tokens: list[Token], a: int, k: int, b: int) -> bool:
    """ "follow-up WAS AVAILABLE FOR 52", "SO 52 were ...", "THE OTHER 52 were followed"."""
    lead = [tokens[m].word for m in range(max(a, k - 4), k)][::-1]
    if lead[:1] in (["in"], ["for"], ["from"]) and lead[1:2] and lead[1] in _OBTAINED:
        return not _DATA.isdisjoint(tokens[m].word for m in range(a, k))
    if lead[:1] == ["so"] or lead[:2] == ["that", "so"] or lead[:1] == ["leaving"]:
        return True
    if lead[:1] == ["("] and k + 3 < b and tokens[k + 1].word == "/":
        ahead = {tokens[m].word for m in range(a, k)}
        return "rate" in ahead and not _RATES.isdisjoint(ahead)
    if lead[:1] in (["other"], ["remaining"]) and lead[1:2] == ["the"]:
        behind = [token.word for token in tokens[k + 1 : min(b, k + 4)]]
        return may_be_people(tokens, k + 1) and behind[1:2] == ["were"]
    return False


def was_screened(tokens: list[Token], count: Count, b: int) -> bool:
    """ "145 patients were SCREENED", "were assessed for ELIGIBILITY": looked at, and no more."""
    ahead = [token.word for token in tokens[count.last : min(b, count.last + 6)]]
    stop = next((k for k, word in enumerate(ahead) if word in (",", ";", "and", ".")), len(ahead))
    return not SCREENED.isdisjoint(ahead[:stop])

"""Numbers of people whom the results are of: "60 were treated; follow-up was available in 52"."""

from __future__ import annotations

from evergrove.reading.counted_people import CountedPeople, counted_people, is_whole
from evergrove.reading.quantities import Count
from evergrove.reading.tokens import Token
from evergrove.reading.words import GROUP, UNIT_DAYS, word_set

#: One of these stands in every sentence that tells of such people.
MAYBE_ANALYSED = word_set(
    "follow followup follow-up followed analysed analyzed evaluated evaluable included enrolled "
    "interviewed reviewed available obtained complete completed returned answered responded "
    "recruited randomised randomized remaining other so rate data examined re-examined assessed "
    "criteria traced contacted seen reached agreed consented attended replied participated left"
)
SCREENED = word_set("screened approached invited eligibility identified contacted")
_FOLLOW_UP = word_set("follow follow-up followup")
_AUXILIARY = word_set("were was could be been finally all then subsequently therefore eventually")
_THERE = word_set(
    "followed analysed analyzed evaluated evaluable included enrolled interviewed reviewed "
    "available recruited randomised randomized"
)
#: Those who were looked at: of the study only where a follow-up is told beside it.
_LOOKED_AT = word_set("examined re-examined reexamined assessed seen traced contacted reached")
_FOUND_AGAIN = _LOOKED_AT - {"assessed", "seen", "contacted", "reached"}
_NO_NOTICE = word_set(
    "for as with into to by in at"
)  # "52 were available FOR 3 months", "in group A"
_FULL = word_set("complete full adequate sufficient")
_DATA = word_set("follow followup follow-up data records questionnaires questionnaire forms")
_ENDED = word_set(
    "study trial protocol questionnaire questionnaires follow follow-up followup survey forms "
    "examination evaluation assessment it them"
)
_GAVE = word_set("completed returned answered finished")
_AGREED = word_set("agreed consented accepted")
_TAKING_PART = word_set("part participate participation join study trial") | _FOLLOW_UP
_CAME = word_set("responded attended replied participated returned")
_OBTAINED = word_set("available obtained complete collected gathered achieved possible")
_RATES = word_set("response follow-up completion retention followup up")
_ON_AVERAGE = word_set("mean average median minimum least")
_LEAST = 4


def those_analysed(tokens: list[Token], a: int, b: int) -> list[CountedPeople]:
    """The people of a..b that tell of whom the results are, of all that a study began with.

    "52 were followed", "52 nuns (55 heels) had at least two years of follow-up", "52 answered the
    questionnaire", "follow-up was available in 52", "so 52 were evaluated", "the response rate was
    87% (52/60)", "52 met the criteria"; none where a group is told of.
    """
    words = [tokens[k].word for k in range(a, b)]
    if not GROUP.isdisjoint(words) or _at_a_visit(tokens, a, b):
        return []
    out: list[CountedPeople] = []
    k = a
    while k < b:
        phrase = _people(tokens, a, k, b)
        k += 1
        if phrase is None:
            continue
        at = k - 1
        if _told_behind(tokens, phrase.last, b) or _told_before(tokens, a, at, phrase, b):
            out.append(phrase)
            k = max(k, phrase.people.at + 1)
    return out


def _at_a_visit(tokens: list[Token], a: int, b: int) -> bool:
    """ "Follow-up AT 3 MONTHS was available in 52": of one visit alone.

    Also "AFTER a mean of 20 MONTHS 52 could be reached".
    """
    first = a + 2 * (a + 1 < b and tokens[a + 1].word == ":")
    if tokens[first].word in ("at", "after", "by"):
        ahead = range(first + 1, min(b, first + 9))
        if any(tokens[k].word in UNIT_DAYS and tokens[k - 1].kind == "n" for k in ahead):
            return True
    return any(
        tokens[k].word in UNIT_DAYS
        and tokens[k - 1].kind == "n"
        and tokens[k - 2].word in ("at", "after", "by")
        for k in range(a + 2, b)
    )


def _people(tokens: list[Token], a: int, k: int, b: int) -> CountedPeople | None:
    """The people counted from token k on, who are no rest of a fraction and no percentage."""
    if tokens[k].kind != "n" or tokens[k].value < _LEAST or k + 1 >= b:
        return None
    if tokens[k - 1].word == "/" or tokens[k + 1].word in ("%", "±", "-", "mm"):
        return None
    if tokens[k + 1].word in (",", "and") and is_whole(tokens, k + 2):
        return None  # "84, 76 and 70 completed the visits"
    if k - 2 >= a and tokens[k - 1].word in (",", "and") and is_whole(tokens, k - 2):
        return None
    of = k - 1 - (tokens[k - 1].word in ("the", "these", "our"))
    if (
        of > a
        and tokens[of].word == "of"
        and (tokens[of - 1].kind == "n" or tokens[of - 1].word in (")", "]"))
    ):
        return None  # "43 (90%) of the 48 nuns": the whole of a part
    return counted_people(tokens, k, b)


def _told_behind(tokens: list[Token], j: int, b: int) -> bool:
    """ "52 (87%) WERE FOLLOWED", "52 patients HAD COMPLETE DATA", "52/60 COMPLETED THE STUDY".

    `j` is the token behind the people.
    """
    ahead = [token.word for token in tokens[j : min(b, j + 12)]]
    stop = next((k for k, word in enumerate(ahead) if word in (",", ";", ".", "and")), len(ahead))
    ahead = ahead[:stop]
    if ahead[:1] == ["had"]:
        return _had_follow_up(ahead[1:])
    if ahead[:1] and ahead[0] in ("met", "fulfilled"):
        return _criteria_of_study(ahead[1:])
    if ahead[:2] == ["returned", "to"]:
        return False  # "returned to work during the study"
    verb = next((k for k, word in enumerate(ahead) if not _auxiliary(word)), len(ahead))
    if verb and ahead[verb : verb + 1]:
        behind = ahead[verb + 1 :]
        behind = behind[1:] if behind[:1] == ["up"] else behind
        if ahead[verb] in _THERE:
            return not behind or behind[0] not in _NO_NOTICE or _of_study(behind)
        if "could" in ahead[:verb] and ahead[verb] in _LOOKED_AT:
            return True  # "COULD BE REACHED by telephone"
        if ahead[verb] in _FOUND_AGAIN and (not behind or behind[0].endswith("ly")):
            return True  # "were examined CLINICALLY"
        return ahead[verb] in _LOOKED_AT and _of_last_visit(behind)
    if ahead[:1] and ahead[0] in _AGREED | _CAME:
        joined = ahead[0] in _AGREED and not _TAKING_PART.isdisjoint(ahead[1:6])
        if joined or not ahead[1:]:
            return True
    return bool(ahead) and ahead[0] in _GAVE and not _ENDED.isdisjoint(ahead[1:6])


def _auxiliary(word: str) -> bool:
    return word in _AUXILIARY or word.endswith("ly")  # "were PROSPECTIVELY evaluated"


def _criteria_of_study(words: list[str]) -> bool:
    """ "met THE INCLUSION CRITERIA", and not "the criteria for success", "responder criteria"."""
    at = words.index("criteria") if "criteria" in words[:5] else 0
    if not at:
        return False
    if not _OF_INCLUSION.isdisjoint(words[:at]):
        return True
    return words[at - 1] == "the" and (
        words[at + 1 : at + 2] != ["for"] or _of_study(words[at + 1 :])
    )


_OF_INCLUSION = word_set(
    "inclusion eligibility entry study selection enrolment enrollment our these"
)


def _had_follow_up(words: list[str]) -> bool:
    """ "had COMPLETE DATA", "had AT LEAST 2 YEARS OF FOLLOW-UP", "had A MINIMUM 2-YEAR FOLLOW-UP".

    Not "had no follow-up", nor one of so many weeks that others may have had too.
    """
    if words[:1] and words[0] in _FULL:
        return not _DATA.isdisjoint(words[1:3])
    led = [word for word in words[:4] if word not in ("a", "at", "the", "of")]
    years = led[1:2] == ["-"] and led[2:3] == ["year"]  # "had 10-YEAR FOLLOW-UP"
    told = years or (led[:1] and led[0] in _ON_AVERAGE | {"≥", ">"})
    at = next((k for k, word in enumerate(words[:9]) if word in _FOLLOW_UP), 0)
    between = (word for word in words[:at] if word not in UNIT_DAYS and word not in _OF_LENGTH)
    return bool(told) and at > 0 and not any(word.isalpha() for word in between)


_OF_LENGTH = _ON_AVERAGE | word_set(
    "a at the of one two three four five six seven eight nine ten twelve eighteen clinical complete"
)


def _of_study(words: list[str]) -> bool:
    """ "included IN THE STUDY", "available FOR FOLLOW-UP", "followed FOR AT LEAST 6 MONTHS"."""
    if words[0] == "at" or words[0] == "with":
        return _of_last_visit(words)
    if words[0] not in ("in", "for", "to", "into"):
        return False
    return not _NAMED_STUDY.isdisjoint(words[1:6])


_NAMED_STUDY = word_set("study analysis trial follow follow-up followup review months years month")


def _of_last_visit(words: list[str]) -> bool:
    """ "at A MEAN OF 4 years", "at FINAL FOLLOW-UP", "with a mean FOLLOW-UP of 54 months"."""
    if words[:1] not in (["at"], ["with"], ["for"]):
        return False
    follow = not _FOLLOW_UP.isdisjoint(words[1:5])
    if words[0] == "with":
        return follow and not _ON_AVERAGE.isdisjoint(words[1:4])
    return not _ON_AVERAGE.isdisjoint(words[1:4]) or (follow and not _LAST.isdisjoint(words[1:4]))


_LAST = word_set("final last latest most recent")


def _told_before(tokens: list[Token], a: int, k: int, phrase: CountedPeople, b: int) -> bool:
    """ "follow-up WAS AVAILABLE FOR 52", "SO 52 were ...", "THE OTHER 52 were followed"."""
    lead = [tokens[m].word for m in range(max(a, k - 4), k)][::-1]
    if lead[:1] in (["in"], ["for"], ["from"]) and lead[1:2] and lead[1] in _OBTAINED:
        return not _DATA.isdisjoint(tokens[m].word for m in range(a, k))
    if lead[:2] == ["left", "which"] or _mean_follow_up_of(lead):
        return True
    if lead[:2] == ["(", "%"] and phrase.last > k + 1:
        ahead = {tokens[m].word for m in range(a, k)}  # "a follow-up RATE of 88% (52 patients)"
        return "rate" in ahead and not _RATES.isdisjoint(ahead)
    if lead[:1] == ["so"] or lead[:2] == ["that", "so"] or lead[:1] == ["leaving"]:
        return True
    if lead[:1] == ["("] and k + 3 < b and tokens[k + 1].word == "/":
        ahead = {tokens[m].word for m in range(a, k)}
        return "rate" in ahead and not _RATES.isdisjoint(ahead)
    if lead[:1] in (["other"], ["remaining"]) and lead[1:2] == ["the"]:
        behind = tokens[phrase.last].word if phrase.last < b else ""
        return phrase.last > k + 1 and behind == "were"
    return False


def _mean_follow_up_of(lead: list[str]) -> bool:
    """ "The mean FOLLOW-UP OF THE 52 who could be traced was 5 years"; `lead` is read backwards."""
    of = lead[1:] if lead[:1] == ["the"] else []
    return of[:1] == ["of"] and of[1:2] in (["follow-up"], ["followup"], ["up"])


def was_screened(tokens: list[Token], count: Count, b: int) -> bool:
    """ "145 patients were SCREENED", "were assessed for ELIGIBILITY": looked at, and no more."""
    ahead = [token.word for token in tokens[count.last : min(b, count.last + 6)]]
    stop = next((k for k, word in enumerate(ahead) if word in (",", ";", "and", ".")), len(ahead))
    return not SCREENED.isdisjoint(ahead[:stop])

"""Numbers of people whom the results are of: "60 were treated; follow-up was available in 52"."""

from __future__ import annotations

from evergrove.reading.arms.arms import is_sex
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.bounds_of_scores import limits_score
from evergrove.reading.sizes.counted_people import CountedPeople, counted_people, is_whole
from evergrove.reading.text.still_there import (
    AGREED,
    ANALYSED,
    ANSWERED,
    DATA,
    FOLLOW_UP,
    FOUND_AGAIN,
    LOOKED_AT,
    OBTAINED,
    ON_AVERAGE,
    RATES,
    SENT_BACK,
    TOOK_PART,
)
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import GROUP, PEOPLE, UNIT_DAYS, word_set

#: One of these stands in every sentence that tells of such people.
MAYBE_ANALYSED = word_set(
    "follow followup follow-up followed analysed analyzed evaluated evaluable included enrolled "
    "interviewed reviewed available obtained complete completed returned answered responded "
    "recruited randomised randomized remaining other so rate data examined re-examined assessed "
    "criteria traced contacted seen reached agreed consented attended replied participated left"
)
SCREENED = word_set("screened approached invited eligibility identified contacted")
_AUXILIARY = word_set("were was could be been finally all then subsequently therefore eventually")
_THERE = ANALYSED | word_set(
    "followed evaluated included enrolled interviewed reviewed available recruited randomised "
    "randomized"
)
#: Those who were looked at are those of the study where a follow-up is told beside it, or no more.
_EXAMINED = word_set("examined re-examined reexamined traced")
# "52 were available FOR 3 months", "in group A"
_NO_NOTICE = word_set("for as with into to by in at")
_ALL_DATA = FOLLOW_UP | DATA
_FULL = word_set("complete full adequate sufficient")
_ENDED = FOLLOW_UP | word_set(
    "study trial protocol questionnaire questionnaires survey forms examination evaluation "
    "assessment it them"
)
_TAKING_PART = word_set("part participate participation join study trial") | FOLLOW_UP
_CAME = (ANSWERED - {"answered"}) | word_set("attended participated")
_AGREED_OR_CAME = AGREED | _CAME
_FITTED = word_set("met fulfilled fitted satisfied")
_LEAST = 4


def those_analysed(
    tokens: list[Token], a: int, b: int, words: frozenset[str], numbers: list[int]
) -> list[CountedPeople]:
    """The people of a..b that tell of whom the results are, of all that a study began with.

    "52 were followed", "52 nuns (55 heels) had at least two years of follow-up", "52 answered the
    questionnaire", "follow-up was available in 52", "so 52 were evaluated", "the response rate was
    87% (52/60)", "52 met the criteria"; none where a group is told of. `numbers`: the tokens of
    all numbers of the sentence.
    """
    if not words.isdisjoint(GROUP):
        return []
    if not words.isdisjoint(_UNITS) and _at_a_visit(tokens, a, b):
        return []
    out: list[CountedPeople] = []
    done = a
    for at in numbers:
        phrase = _people(tokens, a, at, b) if at >= done else None
        if phrase is None:
            continue
        if _told_behind(tokens, phrase.last, b) or _told_before(tokens, a, at, phrase, b):
            out.append(phrase)
            done = phrase.people.at + 1
    return out


_UNITS = frozenset(UNIT_DAYS)


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
    if limits_score(tokens, a, k):
        return None  # "nuns with a VAS > 4 WERE INCLUDED"
    if tokens[k + 1].word in (",", "and") and is_whole(tokens, k + 2):
        return None  # "84, 76 and 70 completed the visits"
    if tokens[k - 1].word == "and" and is_sex(tokens[k + 1].word) and is_sex(tokens[k - 2].word):
        return None  # "24 nuns, 10 WOMEN AND 14 MEN were included"
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


_SEEN_AGAIN = LOOKED_AT | FOUND_AGAIN


def _told_behind(tokens: list[Token], j: int, b: int) -> bool:
    """ "52 (87%) WERE FOLLOWED", "52 patients HAD COMPLETE DATA", "52/60 COMPLETED THE STUDY".

    `j` is the token behind the people.
    """
    ahead = [token.word for token in tokens[j : min(b, j + 12)]]
    stop = next((k for k, word in enumerate(ahead) if word in (",", ";", ".", "and")), len(ahead))
    then = ahead[stop : stop + 3]
    included = then[:2] == ["and", "were"] and not _THERE.isdisjoint(then[2:])
    ahead = ahead[:stop]
    if ahead[:1] == ["had"]:
        return _had_follow_up(ahead[1:])
    if ahead[:1] and ahead[0] in _FITTED:
        # "52 FITTED THE CRITERIA AND WERE INCLUDED"
        return _criteria_of_study(ahead[1:]) or (included and "criteria" in ahead)
    if ahead[:2] == ["returned", "to"]:
        return False  # "returned to work during the study"
    verb = next((k for k, word in enumerate(ahead) if not _auxiliary(word)), len(ahead))
    if verb and ahead[verb : verb + 1]:
        behind = ahead[verb + 1 :]
        behind = behind[1:] if behind[:1] == ["up"] else behind
        if ahead[verb] in _THERE:
            return not behind or behind[0] not in _NO_NOTICE or _of_study(behind)
        if "could" in ahead[:verb] and ahead[verb] in _SEEN_AGAIN:
            return True  # "COULD BE REACHED by telephone"
        if ahead[verb] in _EXAMINED and (not behind or behind[0].endswith("ly")):
            return True  # "were examined CLINICALLY"
        return ahead[verb] in _SEEN_AGAIN and _of_last_visit(behind)
    if ahead[:1] and ahead[0] in _AGREED_OR_CAME:
        joined = ahead[0] in AGREED and not _TAKING_PART.isdisjoint(ahead[1:6])
        if joined or not ahead[1:]:
            return True
    return bool(ahead) and ahead[0] in SENT_BACK and not _ENDED.isdisjoint(ahead[1:6])


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
        return not _ALL_DATA.isdisjoint(words[1:3])
    led = [word for word in words[:4] if word not in ("a", "at", "the", "of")]
    years = led[1:2] == ["-"] and led[2:3] == ["year"]  # "had 10-YEAR FOLLOW-UP"
    told = years or (led[:1] and led[0] in ON_AVERAGE | {"≥", ">"})
    at = next((k for k, word in enumerate(words[:9]) if word in FOLLOW_UP), 0)
    between = (word for word in words[:at] if word not in UNIT_DAYS and word not in _OF_LENGTH)
    return bool(told) and at > 0 and not any(word.isalpha() for word in between)


_OF_LENGTH = ON_AVERAGE | word_set(
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
    follow = not FOLLOW_UP.isdisjoint(words[1:5])
    if words[0] == "with":
        return follow and not ON_AVERAGE.isdisjoint(words[1:4])
    return not ON_AVERAGE.isdisjoint(words[1:4]) or (follow and not _LAST.isdisjoint(words[1:4]))


_LAST = word_set("final last latest most recent")


def _told_before(tokens: list[Token], a: int, k: int, phrase: CountedPeople, b: int) -> bool:
    """ "follow-up WAS AVAILABLE FOR 52", "SO 52 were ...", "THE OTHER 52 were followed"."""
    lead = [tokens[m].word for m in range(max(a, k - 4), k)][::-1]
    if lead[:1] in (["in"], ["for"], ["from"]) and lead[1:2] and lead[1] in OBTAINED | _USED:
        # "FOLLOW-UP was available in 52", "paired VAS SCORES were obtained in 52"
        if not _ALL_DATA.isdisjoint(tokens[m].word for m in range(a, k)):
            return True
        told = any(tokens[m].word == "scores" and is_measure(tokens[m - 1]) for m in range(a, k))
        return told and _HOW_GOOD.isdisjoint(tokens[m].word for m in range(a, k))
    if lead[:2] == ["left", "which"] or _mean_follow_up_of(lead):
        return True
    if lead[:2] == ["(", "%"] and phrase.last > k + 1:
        ahead = {tokens[m].word for m in range(a, k)}  # "a follow-up RATE of 88% (52 patients)"
        return "rate" in ahead and not RATES.isdisjoint(ahead)
    if lead[:1] == ["so"] or lead[:2] == ["that", "so"] or lead[:1] == ["leaving"]:
        return True
    if lead[:1] == ["("] and k + 3 < b and tokens[k + 1].word == "/":
        ahead = {tokens[m].word for m in range(a, k)}
        return "rate" in ahead and not RATES.isdisjoint(ahead)
    if lead[:1] in (["other"], ["remaining"]) and lead[1:2] == ["the"]:
        behind = tokens[phrase.last].word if phrase.last < b else ""
        return phrase.last > k + 1 and behind == "were"
    return False


_HOW_GOOD = word_set("low lower high higher good better excellent poor similar no significant")
_USED = word_set("included used analysed analyzed")


def _mean_follow_up_of(lead: list[str]) -> bool:
    """ "The mean FOLLOW-UP OF THE 52 who could be traced was 5 years"; `lead` is read backwards."""
    of = lead[1:] if lead[:1] == ["the"] else []
    return of[:1] == ["of"] and of[1:2] in (["follow-up"], ["followup"], ["up"])


def was_screened(tokens: list[Token], count: Count, b: int) -> bool:
    """ "145 patients were SCREENED", "were assessed for ELIGIBILITY": looked at, and no more."""
    ahead = [token.word for token in tokens[count.last : min(b, count.last + 6)]]
    stop = next((k for k, word in enumerate(ahead) if word in (",", ";", "and", ".")), len(ahead))
    return not SCREENED.isdisjoint(ahead[:stop])


#: A sentence without these says of nobody that he stayed.
_PASSIVE = LOOKED_AT | word_set("followed analysed analyzed reassessed")
MAYBE_STAYED = _PASSIVE | TOOK_PART | {"dose"}
#: Words of a group or a visit; the years may be those of an age.
_OTHERS = (GROUP | UNIT_DAYS.keys() | {"not"}) - word_set("year years cohort sample d h y")
_LEADS = word_set(", ; : so that and thus hence therefore leaving")
_BEHIND = word_set(". , ; and for in the study trial follow protocol ) finally prospectively")


def bare_rest(
    tokens: list[Token], a: int, b: int, words: frozenset[str], numbers: list[int]
) -> Count | None:
    """The number of "so 139 (mean age, 68 years; 70 women) WERE EVALUATED", or None.

    Also "139 COMPLETED THE STUDY", "139 men (mean age 68 years) were analysed". The number stands
    alone, as the subject of its clause: people of a group or of one visit, and those who were
    examined by or with something, are left to other rules.
    """
    if words.isdisjoint(MAYBE_STAYED) or not words.isdisjoint(_OTHERS):
        return None
    found = [k for k in numbers if k < b - 1 and _bare(tokens, a, k) and _stayed(tokens, k, b)]
    return Count(int(tokens[found[0]].value), found[0], found[0] + 1) if len(found) == 1 else None


def _bare(tokens: list[Token], a: int, k: int) -> bool:
    if not is_whole(tokens, k) or tokens[k].value < 5:
        return False
    if tokens[k + 1].word in PEOPLE and (k + 2 >= len(tokens) or tokens[k + 2].word != "("):
        return False  # "52 patients were analysed" is read by its noun
    listed = k - a > 1 and tokens[k - 2].kind == "n"  # "84, 76 and 70 completed the visits"
    return k == a or (tokens[k - 1].word in _LEADS and not listed)


def _stayed(tokens: list[Token], k: int, b: int) -> bool:
    """Whether the verb that says so stands behind the number, over a bracket."""
    k += 1 + (tokens[k + 1].word in PEOPLE)
    if tokens[k].word == "(":
        k = next((m + 1 for m in range(k, min(b, k + 20)) if tokens[m].word == ")"), b)
    active = True
    while k < b - 1 and tokens[k].word in ("were", "could", "be", "finally", "therefore"):
        active = False
        k += 1
    if active and k < b and tokens[k].word in ("took", "received"):
        # "Of the 60 nuns, 51 (85%) TOOK AT LEAST ONE DOSE"
        ahead = [token.word for token in tokens[k + 1 : min(b, k + 5)]]
        return ahead[:2] == ["at", "least"] and ahead[3:] == ["dose"]
    if k >= b or tokens[k].word not in (TOOK_PART if active else MAYBE_STAYED):
        return False
    k += 1 + (k + 1 < b and tokens[k + 1].word == "up")
    return k >= b or tokens[k].word in _BEHIND


_ANALYSIS = word_set("analysis analyses dataset")
_COVERED = word_set(
    "covered included comprised consisted contained involved encompassed based restricted limited"
)
_IN_IT = ANALYSED | word_set("analysable analyzable")
# Of what else there may be an analysis beside that of the scores.
_OF_ELSE = word_set(
    "protocol sensitivity subgroup safety secondary interim cost economic hoc multivariate "
    "multivariable regression responder completer completers previous earlier exploratory "
    "radiographic imaging factor subset sub-group subanalysis cluster bivariate univariate meta"
)
_DATED = word_set("at after by until")  # "60 were analysed AT 6 months": those of that visit
_NOT_OF_ALL = _OF_ELSE | _DATED
_FILLS_ANALYSIS = word_set("of on to in the a total was were data from for all only just finally -")


_THEY_WERE = PEOPLE | word_set("were could be finally")


def in_the_analysis(tokens: list[Token], a: int, b: int, count: Count) -> bool:
    """ "1157 were randomised ... The ANALYSIS COVERED 274 patients", "274 patients were ANALYSED".

    Not those of an analysis of something else ("the safety analysis included 280").
    """
    if count.noun not in PEOPLE or count.of is not None or count.bracket:
        return False
    k = count.at - 1
    while k > a and count.at - k < 7 and tokens[k].word in _FILLS_ANALYSIS:
        k -= 1
    if tokens[k].word in _COVERED:
        lead = {tokens[m].word for m in range(max(a, k - 6), k)}
        return not lead.isdisjoint(_ANALYSIS) and lead.isdisjoint(_OF_ELSE)
    first = tokens[a + 1].word if tokens[a].word == ":" else tokens[a].word
    behind = [tokens[m].word for m in range(count.last, min(b, count.last + 5))]
    told = [w for w in behind if w not in _THEY_WERE][:1]
    leads = count.at <= a + 4 and (first in ("a", "in") or count.at <= a + 1)
    return leads and bool(_IN_IT.intersection(told)) and not _NOT_OF_ALL & set(behind)

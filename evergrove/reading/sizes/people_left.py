"""How many people were left, at a visit or in the end: "58 had follow-up at 3 months"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.counted_people import counted_people, is_whole
from evergrove.reading.text.still_there import (
    ANALYSED,
    FOLLOW_UP,
    FOUND_AGAIN,
    LOOKED_AT,
    OBTAINED,
    QUERIED_BY_POST,
    RATES,
    SENT_BACK,
    TOOK_PART,
)
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import PEOPLE, word_set
from evergrove.reading.times.time_parts import Time


def had_visit(tokens: list[Token], a: int, b: int) -> Count | None:
    """ "two were lost and 31 HAD A FINAL FOLLOW-UP": those who were left."""
    for k in range(a, b - 3):
        if tokens[k].kind != "n" or tokens[k].mark is not None or "." in tokens[k].word:
            continue
        j = k + 1 + (tokens[k + 1].word in PEOPLE)
        ahead = [tokens[m].word for m in range(j, min(b, j + 5))]
        led = ahead[:1] == ["had"] and set(ahead[1:3]) & _LAST_VISIT
        if led and set(ahead[2:]) & {"follow", "follow-up", "visit", "examination", "review"}:
            return Count(int(tokens[k].value), k, k + 1)
    return None


def had_data(tokens: list[Token], a: int, b: int) -> Count | None:
    """ "33 were entered; 20 HAD FOLLOW-UP DATA a median of 298 days later": the 20."""
    for k in range(a, b - 3):
        if tokens[k].kind != "n" or tokens[k].mark is not None or not tokens[k].value > 1:
            continue
        j = k + 1 + (tokens[k + 1].word in PEOPLE)
        ahead = [tokens[m].word for m in range(j, min(b, j + 6))]
        ahead = [word for word in ahead if word not in ("-", "available", "complete")]
        followed = ahead[1:3] == ["follow", "up"] or ahead[1:2] == ["follow-up"]
        if ahead[:1] == ["had"] and followed and set(ahead[2:4]) & _FOLLOWED_BY:
            return Count(int(tokens[k].value), k, k + 1)
    return None


def had_both(tokens: list[Token], a: int, b: int) -> Count | None:
    """ "54 of 74 (73%) HAD PRE- AND POSTOPERATIVE QUESTIONNAIRES": those scored both times.

    Not "had pre- and postoperative radiographs", "... strength tests": of something else.
    """
    for k in range(a + 1, b - 4):
        if tokens[k].word != "had":
            continue
        j = k + 1
        while j < b and j - k < 12 and tokens[j].word in _BOTH_TIMES:
            j += 1
        while j < b and is_measure(tokens[j]):
            j += 1
        told = {token.word for token in tokens[k + 1 : j]}
        both = "and" in told and told & _BEFORE and told & _AFTER
        if both and not _RATED.isdisjoint((tokens[j - 1].word, tokens[j].word)):
            return _part_before(tokens, a, k)
    return None


def _part_before(tokens: list[Token], a: int, k: int) -> Count | None:
    """The first number of "54 of 74 (73%)", "54 of 74 patients" right before token k."""
    k -= 1
    while k > a and (tokens[k].word in PEOPLE or tokens[k].word in ("(", ")", "%")):
        k -= 1
    while k > a and tokens[k].kind == "n" and tokens[k - 1].word in ("(", "of", "/"):
        k -= 2
    return _people(tokens, k) if k >= a else None


_RATED = word_set("data questionnaires scores ratings assessments")
_BEFORE = word_set("pre before baseline preoperative pretreatment preprocedural")
_AFTER = word_set("post after postoperative posttreatment postprocedural follow-up final")
_BOTH_TIMES = (
    _BEFORE | _AFTER | word_set("both complete paired and - operative treatment follow up the")
)
_FOLLOWED_BY = word_set("data scores information questionnaires records")
_LAST_VISIT = word_set("final last complete full completed")


def answered(tokens: list[Token], a: int, b: int) -> Count | None:
    """ "61 (33 WOMEN, 28 MEN) RETURNED THEIR QUESTIONNAIRES": a number that opens the sentence."""
    if back := _returned_by(tokens, a, b):
        return back
    k = a + 2 * (a + 1 < b and tokens[a + 1].word == ":")
    k = _behind_whole(tokens, k, b)
    if k + 3 >= b or tokens[k].kind != "n" or tokens[k].mark is not None or tokens[k].value < 2:
        return None
    if "." in tokens[k].word or tokens[k].flag not in ("", "word"):
        return None
    j = k + 1 + (tokens[k + 1].word in PEOPLE)
    if tokens[j].word == "(":
        j = next((m + 1 for m in range(j, min(b, j + 24)) if tokens[m].word == ")"), b)
    if j - k > 1 and tokens[j].word in _WHO:
        j += 1
    ahead = [token.word for token in tokens[j : min(b, j + 6)]]
    told = ahead[:1] and ahead[0] in SENT_BACK and set(ahead[1:]) & QUERIED_BY_POST
    return Count(int(tokens[k].value), k, k + 1) if told else None


def responded(tokens: list[Token], a: int, b: int) -> Count | None:
    """ "There were 8 RESPONDERS TO the QUESTIONNAIRE", "8 sailors RESPONDED TO the survey"."""
    for k in range(a, b - 3):
        if tokens[k].kind != "n" or (tokens[k].mark is not None and tokens[k].flag != "word"):
            continue
        if tokens[k].flag not in ("", "word") or not tokens[k].value.is_integer():
            continue
        person = tokens[k + 1].word.endswith("s") or tokens[k + 1].word in PEOPLE
        j = k + 1 + (person and tokens[k + 1].word not in _RESPONDED)
        ahead = [token.word for token in tokens[j : min(b, j + 12)]]
        to_it = ahead[1:2] == ["to"] and not QUERIED_BY_POST.isdisjoint(ahead)
        told = ahead[:1] == ["respondents"] or (ahead[:1] and ahead[0] in _RESPONDED and to_it)
        if told and tokens[k].value > 1:
            return Count(int(tokens[k].value), k, k + 1)
    return None


_RESPONDED = word_set("responders respondents responded replied")


def _behind_whole(tokens: list[Token], k: int, b: int) -> int:
    """ "OF THE 226 PATIENTS, 182 returned the form": the token behind the whole, or k."""
    if k + 4 >= b or tokens[k].word != "of":
        return k
    n = k + 1 + (tokens[k + 1].word in ("the", "these", "our"))
    j = n + 1 + (tokens[n + 1].word in PEOPLE)
    return j + 1 if tokens[n].kind == "n" and j < b and tokens[j].word == "," else k


_BACK = SENT_BACK | {"back"}


def _returned_by(tokens: list[Token], a: int, b: int) -> Count | None:
    """ "Questionnaires WERE RETURNED BY 182 of 226 patients": the 182."""
    for k in range(a + 1, b - 2):
        if tokens[k].word != "by" or tokens[k - 1].word not in _BACK:
            continue
        number, behind = tokens[k + 1], tokens[k + 2].word
        whole = number.kind == "n" and "." not in number.word and number.value > 1
        asked = any(tokens[m].word in QUERIED_BY_POST for m in range(max(a, k - 6), k))
        if whole and asked and behind in PEOPLE | {"of", "(", "out"}:
            return Count(int(number.value), k + 1, k + 2)
    return None


_WHO = word_set("who have had all")


def of_whom(tokens: list[Token], a: int, b: int) -> Count | None:
    """ "62 were treated, OF WHOM 55 (30 women, mean age 61 years) WERE SEEN at 1 year": the 55."""
    for at in range(a, b - 2):
        if tokens[at].word != "of" or tokens[at + 1].word != "whom":
            continue
        phrase = counted_people(tokens, at + 2, b)
        if phrase is None:
            continue
        k = phrase.last
        k += k < b and tokens[k].word in ("were", "could")
        k += k < b and tokens[k].word == "be"
        if k < b and tokens[k].word in _WERE_THERE:
            return phrase.people
    return None


_WERE_THERE = (
    ANALYSED
    | LOOKED_AT
    | FOUND_AGAIN
    | TOOK_PART
    | word_set("came remained followed available reassessed")
)


def scores_of(tokens: list[Token], a: int, b: int) -> list[Count]:
    """ "PAIN was assessed by survey IN A SUBSET OF 354 subjects": those who were asked of it."""
    for k in range(a + 2, b - 3):
        if tokens[k].word not in PART_OF_ALL or tokens[k + 1].word != "of":
            continue
        if tokens[k - 1].word != "a" or tokens[k - 2].word not in ("in", "for", "from"):
            continue
        count = _people(tokens, k + 2)
        ahead = range(a, k)
        scored = any(is_measure(tokens[m]) for m in ahead)
        if count is not None and scored and any(tokens[m].word in _TAKEN for m in ahead):
            return [count]
    return []


#: One of these stands in every sentence that tells so.
PART_OF_ALL = word_set("subset subgroup sample subsample")
_TAKEN = word_set("assessed recorded measured rated evaluated obtained available collected scored")


def follow_up_rate(
    tokens: list[Token], a: int, b: int, words: set[str], counts: list[Count]
) -> Count | None:
    """ "The 1-year FOLLOW-UP RATE was 87% (52/60)": the 52; "a RETURN RATE of 65% (n = 66)"."""
    told = "rate" in words and words & {"follow-up", "up", "response", "retention", "completion"}
    parts = [count for count in counts if count.of is not None]
    if told and len(parts) == 1 == len(counts):
        return parts[0]
    return _behind_rate(tokens, a, b) if "rate" in words and "%" in words else None


def _behind_rate(tokens: list[Token], a: int, b: int) -> Count | None:
    """The 66 of "a return RATE of 65% (n = 66)", "a response RATE of 65% (66 of 102)"."""
    for k in range(a + 1, b - 6):
        if tokens[k].word != "rate" or tokens[k - 1].word not in RATES:
            continue
        share = next((m for m in range(k + 1, k + 6) if tokens[m].word == "%"), b)
        if share + 3 >= b or tokens[share + 1].word != "(":
            continue
        at = share + 2 + 2 * ([t.word for t in tokens[share + 2 : share + 4]] == ["n", "="])
        token = tokens[at]
        alone = token.kind == "n" and token.raw.isdigit() and token.value > 1
        if alone and tokens[at + 1].word in (")", "/", "of", "out"):
            return Count(int(token.value), at, at + 1)
    return None


def in_analysis(words: set[str], counts: list[Count]) -> Count | None:
    """ "A total of 52 patients were included in THE FINAL ANALYSIS": whose scores are told."""
    told = words & {"analysed", "analyzed"} or {"final", "analysis"} <= words
    told = told or ("available" in words and "data" in words and bool(words & _OF_OUTCOME))
    people = [count for count in counts if count.noun in PEOPLE and not count.each]
    if not told or len(people) != 1 or len(counts) != 1 or words & _NOT_SCORES:
        return None
    return people[0] if people[0].value >= 5 else None


_OF_OUTCOME = FOLLOW_UP | word_set("complete outcome outcomes")
_NOT_SCORES = word_set("not excluded subgroup lost radiographs mri ct images records who samples")


_SCORES = (FOLLOW_UP - {"follow-up"}) | word_set(
    "data questionnaires scores assessments information"
)
_NO_VISIT = word_set("least minimum more than over exceeding > ≥ mean median average no without")
_LED = word_set("for in from on all the")


def followed_at(tokens: list[Token], a: int, b: int, points: list[Time]) -> Count | None:
    """The people of whom a clause says that they were seen at its one time; None otherwise."""
    if len(points) != 1 or _NO_VISIT & {tokens[k].word for k in range(a, b)}:
        return None
    return _had(tokens, a, b, points[0]) or _available(tokens, a, b, points[0])


def _had(tokens: list[Token], a: int, b: int, time: Time) -> Count | None:
    """ "58 (91%) HAD 3-MONTH FOLLOW-UP", "58 patients had follow-up data at 3 months"."""
    for k in range(a + 1, b - 1):
        if tokens[k].word != "had":
            continue
        people = _number_before(tokens, a, k)
        if people is None:
            continue
        behind = {tokens[m].word for m in range(k + 1, min(b, k + 8))}
        near = k < time.first <= k + 8
        if near and behind & _SCORES and ("at" in behind or time.first <= k + 2):
            return people
    return None


def _number_before(tokens: list[Token], a: int, k: int) -> Count | None:
    """The plain number before "had", over "patients" and a percentage in brackets."""
    k -= 1
    if tokens[k].word == ")":
        while k > a and tokens[k].word != "(":
            k -= 1
        k -= 1
    k -= tokens[k].word in PEOPLE
    return _people(tokens, k) if k >= a else None


def _people(tokens: list[Token], k: int) -> Count | None:
    people = is_whole(tokens, k) and tokens[k].value > 1
    return Count(int(tokens[k].value), k, k + 1) if people else None


def _available(tokens: list[Token], a: int, b: int, time: Time) -> Count | None:
    """ "Follow-up at 3 months WAS AVAILABLE FOR 58 patients"."""
    for k in range(time.last, b - 2):
        if tokens[k].word not in OBTAINED or tokens[k - 1].word not in ("was", "were"):
            continue
        if not _SCORES & {tokens[m].word for m in range(max(a, time.first - 6), k)}:
            continue
        at = k + 1
        while at < b - 1 and tokens[at].word in _LED:
            at += 1
        return _people(tokens, at) if at > k + 1 else None
    return None

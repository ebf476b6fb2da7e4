"""Words for "before" that say when a treatment was given: "nuns PRETREATED with wax scored 3"."""

from __future__ import annotations

from evergrove.reading.text.small_words import CHOICES, GROUP_NOUNS
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    AGENT,
    CENTRES,
    CHANGE,
    CHANGE_NOUNS,
    DETERMINERS,
    PEOPLE,
    POST_WORDS,
    STATE,
    UNIT_DAYS,
    is_content,
    word_set,
)
from evergrove.reading.times.time_parts import Time, word_at


def of_a_treatment(tokens: list[Token], a: int, b: int, time: Time) -> bool:
    """Whether a baseline of tokens a..b tells when a treatment was given, and dates no score.

    "At 6 h, VAS was 21 in nuns PRETREATED with wax", "in those given wax PREOPERATIVELY", "with
    PREOPERATIVE wax", "given wax BEFORE SURGERY".
    """
    k, last = time.first, time.last
    told = "".join(tokens[j].word for j in range(k, last) if tokens[j].word != "-")
    if told in _TREATED:
        return not _scored(tokens, last, b)
    if told == "pretreatment":
        return _pretreatment_with(tokens, a, b, time)
    if told in _ADVERBS:
        return _given_then(tokens, a, b, time) or _then_given(tokens, a, b, time)
    if told in _ADJECTIVES:
        return _name_of_treatment(tokens, a, b, time)
    if tokens[k].word in ("before", "prior"):
        return _given_then(tokens, a, b, time)
    return False


def without_group_names(tokens: list[Token], b: int, times: list[Time]) -> list[Time]:
    """ "at 24 h VAS was 3.1 in THE PREOPERATIVE GROUP and 4.4 in THE POSTOPERATIVE GROUP".

    They were given something then. Without another time these words may well date the scores.
    """
    if all(time.kind in ("base", "post") for time in times):
        return times
    naming = [time for time in times if _names_group(tokens, b, time)]
    both = {time.kind for time in naming} == {"base", "post"}
    return [time for time in times if time not in naming] if both else times


def _names_group(tokens: list[Token], b: int, time: Time) -> bool:
    """ "PREOPERATIVE group", "POST-TREATMENT arm", "PREOPERATIVE and postoperative groups"."""
    last = time.last
    if time.kind not in ("base", "post"):
        return False
    if word_at(tokens, last, 0, b) in CHOICES and word_at(tokens, last + 1, 0, b) in POST_WORDS:
        last += 2
    return word_at(tokens, last, 0, b) in GROUP_NOUNS


def _pretreatment_with(tokens: list[Token], a: int, b: int, time: Time) -> bool:
    """ "after PRETREATMENT WITH WAX", "the PRETREATMENT GROUP", "WAX PRETREATMENT lowered VAS"."""
    k, last = time.first, time.last
    after = word_at(tokens, last, a, b)
    if after in GROUP_NOUNS:
        return True
    if after in ("with", "using"):
        return _names_something(tokens, last + 1, b)
    if any(tokens[j].word in _LATER for j in range(a, b)) or not _of_use(tokens, k - 1, a):
        return False
    j = k - 1
    while j > a and _of_use(tokens, j - 1, a):
        j -= 1
    # "VAS of nuns pretreatment was 7": the people, and no treatment
    if tokens[k - 1].word in PEOPLE:
        return False
    return j == a or tokens[j - 1].word in _LEADS


def _given_then(tokens: list[Token], a: int, b: int, time: Time) -> bool:
    """ "in nuns GIVEN WAX PREOPERATIVELY", "those who HAD RECEIVED WAX before surgery"."""
    k, last = time.first, time.last
    if not _goes_on(tokens, a, b, last):
        return False
    if any(tokens[j].word in _MOVES for j in range(a, b)):
        return False  # "in nuns given wax preoperatively was 7 and FELL to 3": when it was rated
    for j in range(k - 1, max(a, k - 7), -1):
        if tokens[j].kind != "w" or is_measure(tokens[j]) or tokens[j].word in _ENDS:
            return False
        if tokens[j].word in _GIVEN:
            near = {tokens[m].word for m in range(max(a, j - 4), j)}
            if j == k - 1:
                return "when" in near
            return not near.isdisjoint(_WHO) or _behind_people(tokens, a, j)
    return False


def _then_given(tokens: list[Token], a: int, b: int, time: Time) -> bool:
    """ "in nuns PREOPERATIVELY GIVEN wax"."""
    if word_at(tokens, time.last, a, b) not in _GIVEN:
        return False
    return tokens[time.first - 1].word in _WHO or _behind_people(tokens, a, time.first)


def _behind_people(tokens: list[Token], a: int, k: int) -> bool:
    """ "IN NUNS given wax": whether what k begins stands behind a noun that may be of people."""
    return _of_use(tokens, k - 1, a) and word_at(tokens, k - 2, a, k) in _LEADS_PEOPLE


def _name_of_treatment(tokens: list[Token], a: int, b: int, time: Time) -> bool:
    """ "with PREOPERATIVE WAX", "the PREOPERATIVE WAX group", "who received PREOPERATIVE WAX"."""
    k, last = time.first, time.last
    j = last
    while j < b and j - last < 4 and _of_use(tokens, j, a) and tokens[j].word not in _VERBS:
        j += 1
    if j == last:
        return False
    if tokens[j - 1].word in GROUP_NOUNS:
        return j > last + 1
    lead = tokens[k - 1].word if k > a else ""
    if lead in _GIVEN:
        return True
    if lead not in ("with", "without") or not _goes_on(tokens, a, b, j):
        return False
    return tokens[j].word != "(" or word_at(tokens, j + 1, a, b) in ("n", "p")


def _goes_on(tokens: list[Token], a: int, b: int, k: int) -> bool:
    """Whether nothing at k makes the time before it that of a score, or one of several times."""
    if k >= b:
        return True
    if tokens[k].kind == "n" or tokens[k].word in _SCORING or is_measure(tokens[k]):
        return False
    after = word_at(tokens, k + 1, a, b)
    if tokens[k].word in ("and", "or", ",", "vs", "versus"):
        unit = word_at(tokens, k + 2, a, b)
        return after not in _DATING and after not in POST_WORDS and unit not in UNIT_DAYS
    return True


def _names_something(tokens: list[Token], k: int, b: int) -> bool:
    """Whether a name stands at k that is none of a score: "with (an) oral WAX"."""
    while k < b and tokens[k].word in DETERMINERS:
        k += 1
    return k < b and not _scored(tokens, k, b) and is_content(tokens[k].word)


def _scored(tokens: list[Token], k: int, b: int) -> bool:
    """Whether a score stands at k: "PRETREATED mean VAS", "pretreatment with PAIN of 7"."""
    if k >= b:
        return False
    return tokens[k].kind == "n" or is_measure(tokens[k]) or tokens[k].word in _SCORING


def _of_use(tokens: list[Token], k: int, a: int) -> bool:
    """Whether the word at k may belong to the name of a treatment."""
    if k < a or tokens[k].kind != "w" or not is_content(tokens[k].word):
        return False
    return not is_measure(tokens[k]) and tokens[k].word not in _SCORING


_TREATED = word_set("pretreated")
_ADVERBS = word_set("preoperatively preprocedurally preinterventionally presurgically beforehand")
_ADJECTIVES = word_set(
    "preoperative preprocedural preinterventional preinjection presurgical preprocedure preop"
)
_GIVEN = word_set(
    "given received receiving receive administered injected treated offered prescribed took taking "
    "had having taken"
)
_WHO = PEOPLE | GROUP_NOUNS | {"who", "those", "when", "whom"}
_LEADS = word_set(
    "with without after following by from on under of the and or , ; : than vs versus"
)
_LEADS_PEOPLE = word_set("in of for among the , and")
_ENDS = word_set("and or but while whereas was were is are than")
_SCORING = CENTRES | word_set(
    "score scores value values level levels rating ratings measurement measurements intensity "
    "severity assessment baseline data status state visit visits"
)
_DATING = word_set("at after on in by during before follow postoperative final discharge last")
_MOVES = CHANGE | CHANGE_NOUNS | {"from"}
_VERBS = AGENT | STATE
_LATER = word_set("posttreatment post-treatment post after-treatment")

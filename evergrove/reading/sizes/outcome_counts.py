"""People counted for what became of them: "30 of 34 nuns WERE FREE OF PAIN", no size."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import words_of
from evergrove.reading.measures.other_clauses import befell
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.pain_in_some import WENT, went_so_in_some
from evergrove.reading.sizes.starts_of_clauses import start_of_clause
from evergrove.reading.text.small_words import TURNS_CLAUSE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, GROUP, PEOPLE, VERBS, word_set

_BECAME = word_set("were was became remained reported felt had got showed are have stayed")
_BECAME_OR_RATED = _BECAME | {"very", "rated"}
_WELL = word_set(
    "free pain-free painless painfree asymptomatic symptom-free satisfied happy pleased improved "
    "cured better relieved well responders successful delighted"
)
_AT_WORK = word_set("unable retired unemployed employed working")
_WELL_OR_NOT = _WELL | _AT_WORK | {"dissatisfied", "unsatisfied"}
_GOOD = word_set(
    "good excellent fair complete full satisfactory partial significant marked relief "
    "improvement success no less reduction resolution"
)
_LEFT_OFF = word_set("stopped discontinued resumed ceased quit smoked complained died")
_DID = word_set(
    "improved responded achieved attained benefited benefitted experienced recovered felt "
    "obtained gained demonstrated"
)
_STUDY = word_set(
    "data follow-up followup follow up questionnaire questionnaires survey letter mail records "
    "study trial assessments criteria"
)
_BETWEEN = word_set(
    "( ) % completely very entirely all fully much also either symptom extremely highly just only "
    "pain - totally almost nearly virtually practically"
)


def had_outcome(tokens: list[Token], count: Count) -> bool:
    """Whether "30 OF 34" counts those of a good outcome; scores beside it are of the 34."""
    if count.of is None or count.equals:
        return False
    k = count.last
    stop = min(len(tokens) - 2, k + 14)
    while k < stop and tokens[k].word not in _BECAME | _DID:
        if tokens[k].word in (",", ";", "."):
            return False
        k += 1
    if k >= stop:
        return False
    if _STUDY & {tokens[m].word for m in range(k + 1, min(len(tokens), k + 5))}:
        return False  # "had complete data", "responded to the survey"
    if tokens[k].word in _DID - _BECAME:
        return True
    m = k + 1
    while m < stop and tokens[m].word in _BETWEEN:
        m += 1
    return tokens[m].word in (_WELL if tokens[k].word in ("were", "was") else _WELL | _GOOD)


def told_of_success(tokens: list[Token], count: Count, b: int) -> bool:
    """ "Thirty nuns WERE SATISFIED", "30 WOULD HAVE IT AGAIN", "30 RETURNED TO SPORT": not all.

    What the clause tells of those people is how well they did, and how many others did not.
    """
    k = count.last
    while k < b and (tokens[k].word in PEOPLE or tokens[k].word == count.noun):
        k += 1
    if k < b and tokens[k].word == "(":
        k = next((m + 1 for m in range(k, min(b, k + 12)) if tokens[m].word == ")"), b)
    words = [tokens[m].word for m in range(k, min(b, k + 6))]
    if words[:1] == ["would"]:
        return True
    if words[:2] == ["returned", "to"]:
        return not _BACK_TO.isdisjoint(words[2:])
    if tokens[count.at - 1].word not in EVERY_ONE and _fell_for_them(tokens, k, b):
        return True
    if words[:1] == [] or words[0] not in _BECAME_OR_RATED:
        return False
    said = [word for word in words[1:] if word not in _BETWEEN]
    return said[:1] != [] and said[0] in _WELL_OR_NOT


def _fell_for_them(tokens: list[Token], k: int, b: int) -> bool:
    """ "15 nuns HAD A FALL IN NRS", "15 IMPROVED.": not "40 nuns had a fall from 7.1 to 3.2"."""
    if k + 1 >= b or tokens[k].word not in _HAD_IT:
        return False
    stop = next((m for m in range(k, b) if tokens[m].word in (".", ";", ":", "(")), b)
    if any(tokens[m].kind == "n" for m in range(k, stop)) or stop - k > _LONGEST:
        return False
    if tokens[k].word in _DID_WELL:
        return stop == k + 1
    near = [tokens[m].word for m in range(k + 1, min(stop, k + 5))]
    return not CHANGE_NOUNS.isdisjoint(near) or not _LESS.isdisjoint(near)


EVERY_ONE = word_set("all the these our those both")
_DID_WELL = word_set("improved responded benefited benefitted recovered worsened deteriorated")
_HAD_IT = _DID_WELL | word_set("had reported showed noted noticed experienced described felt saw")
_LESS = word_set("less lower more worse better milder")
_LONGEST = 12  # tokens of a clause that tells no more than that


def suffered_events(tokens: list[Token], count: Count, b: int) -> bool:
    """ "Eleven nuns EXPERIENCED 13 adverse EVENTS", "two HAD serious side EFFECTS": not all.

    "Sixty nuns had no events" may be everybody. So too "SIDE EFFECTS were limited to aches IN 3".
    """
    if tokens[count.at - 1].word == "in" and _events_are_told(tokens, count.at):
        return True
    k = count.last
    while k < b and (tokens[k].word in PEOPLE or tokens[k].word == count.noun):
        k += 1
    if k < b and tokens[k].word == "(":
        k = next((m + 1 for m in range(k, min(b, k + 8)) if tokens[m].word == ")"), b)
    if k >= b or tokens[k].word not in _SUFFERED:
        return False
    for m in range(k + 1, min(b - 1, k + 7)):
        if tokens[m].word in SUFFERED_EVENTS:
            return tokens[m + 1].word != "of"  # "had complications of gout": why they came
        if tokens[m].word in ("no", "of", ",", "."):
            return False
    return False


def _events_are_told(tokens: list[Token], k: int) -> bool:
    """Whether the sentence of token k opens with side effects, and they are what was in people."""
    start = next((m + 1 for m in range(k, max(0, k - 20), -1) if tokens[m].word in (".", ";")), 0)
    subject = tokens[start : start + 4]
    stop = next((m for m, token in enumerate(subject) if token.word in _EVENTS_WERE), 0)
    return stop > 0 and subject[stop - 1].word in SUFFERED_EVENTS


_EVENTS_WERE = word_set("were was included comprised consisted occurred")
#: A sentence without these tells of nobody who suffered them.
SUFFERED_EVENTS = word_set(
    "event events effects complication complications reaction reactions infection infections"
)


_BACK_TO = word_set("sport sports work play activity activities job duty training")


_PEOPLE_OR_OF = PEOPLE | {"of"}


def in_clause_of_its_own(tokens: list[Token], a: int, count: Count) -> bool:
    """Whether a number of people stands in a clause that is told of them alone."""
    return clause_of_its_own(tokens, a, count) is not None


def clause_of_its_own(tokens: list[Token], a: int, count: Count) -> range | None:
    """ "30 nuns WERE PLEASED, AND the mean VAS was 3": told of them, and the scores of everybody.

    The clause of the count (from token `a` of the sentence, or the last semicolon) has a verb that
    neither treats nor examines people and holds no measure; behind it begins a clause with a
    measure of its own. "Leaks were seen in 12 nuns; the mean VAS was 3" likewise.
    """
    start = start_of_clause(tokens, a, count.at)
    name, joint = _next_subject(tokens, start, count.last)
    if not name or _same_people(tokens, joint, name):
        return None
    clause = range(start, joint)
    if told_of_success(tokens, count, joint) and not _in_bracket(tokens, count.last, joint):
        return clause
    words = {tokens[k].word for k in clause}
    if not (words & WENT or any(_is_verb(tokens, k) for k in clause)) or words & _RELATIVE:
        return None
    behind = {tokens[k].word for k in range(count.last, joint)}
    before = {tokens[k].word for k in range(start, count.at)}
    # "three new FRACTURES were seen": what was found, and nobody who was examined
    things = count.noun and count.noun not in _PEOPLE_OR_OF
    told = _STUDIED if things else OF_STUDY
    if behind & told or before & _STUDIED_BEFORE:
        return None
    if any(_is_measure(tokens, k) and not _eased(tokens, k) for k in clause):
        return None
    return clause


def _in_bracket(tokens: list[Token], k: int, joint: int) -> bool:
    """Whether a joint stands in a bracket behind token k: "had a fall (7 before; 3 at 1 year)"."""
    words = [token.word for token in tokens[k:joint]]
    return words.count("(") > words.count(")")


def _next_subject(tokens: list[Token], a: int, k: int) -> tuple[int, int]:
    """The measure that begins the next clause behind token k, and where that clause begins."""
    led_by_while = tokens[a].word in TURNS_CLAUSE
    for joint in range(k, _end(tokens, k, 26)):
        if tokens[joint].word == ".":
            break
        if tokens[joint].word not in _JOINTS or (tokens[joint].word == "," and not led_by_while):
            continue
        strong = tokens[joint].word in TURNS_CLAUSE or led_by_while
        strong = strong or (tokens[joint].word == "and" and tokens[joint - 1].word == ",")
        ends = joint + 1 >= len(tokens)  # a text cut off behind "and"
        strong = strong or (not ends and tokens[joint + 1].word in _OPENS_SUBJECT)
        ahead = range(joint + 1, _end(tokens, joint + 1, 13 if strong else 8))
        name = next((m for m in ahead if _is_measure(tokens, m)), 0)
        led = range(joint + 1, name)
        numbers = sum(tokens[m].kind == "n" for m in led)
        named = all(_leads_name(tokens, m) for m in led) or (strong and numbers < 2)
        if name and named and not any(_befalls(tokens, m) or _ends(tokens, m) for m in led):
            return name, joint
    return 0, 0


def _ends(tokens: list[Token], k: int) -> bool:
    """Whether the sentence ends at token k, or a value of something else stands there."""
    return tokens[k].word == "." or (tokens[k].kind == "n" and "." in tokens[k].word)


def _befalls(tokens: list[Token], k: int) -> bool:
    """ "...; four also HAD buttock pain": the pain is no subject."""
    return tokens[k].word in ("had", "have", "has", "having", "developed", "reported", "felt")


def _eased(tokens: list[Token], k: int) -> bool:
    """ "had LESS PAIN", "50% PAIN RELIEF", "transient leg pain": what became of them, no score."""
    if befell(tokens, k) or went_so_in_some(tokens, k):
        return True
    near = {tokens[m].word for m in (k - 3, k - 2, k - 1, k + 1) if 0 <= m < len(tokens)}
    return not near.isdisjoint(_OF_PAIN)


_OF_PAIN = word_set(
    "less more no better worse reduced increased transient persistent recurrent new severe mild "
    "moderate relief free reduction improvement temporary postoperative residual without"
)
_JOINTS = word_set("and while whereas whilst ; , but")
_OPENS_SUBJECT = word_set("the mean median average there significant preoperative baseline")
_RELATIVE = word_set("who whom whose which that")
_SEEN = word_set("seen reported followed got reached identified took selected left")
_DONE = word_set(
    "performed done undertaken carried obtained attempted possible collected used applied "
    "administered implanted placed operation operated"
)


def _leads_name(tokens: list[Token], k: int) -> bool:
    return tokens[k].word in _LEADS_NAME or getattr(tokens[k].mark, "kind", "") == "qualifier"


def _same_people(tokens: list[Token], joint: int, k: int) -> bool:
    """ "63 were free of it; the median was 4 IN THESE PATIENTS": told of them after all."""
    if any(tokens[m].word == "their" for m in range(joint, k)):
        return True
    for m in range(k, _end(tokens, k, 30)):
        if tokens[m].word == ".":
            return False
        if tokens[m].word in ("these", "those", "whom", "they", "them"):
            return True
    return False


def _end(tokens: list[Token], k: int, length: int) -> int:
    return min(len(tokens), k + length)


def _is_verb(tokens: list[Token], k: int) -> bool:
    word = tokens[k].word
    return word in VERBS or word in _BECAME or word in _DID or word in _LEFT_OFF


def _is_measure(tokens: list[Token], k: int) -> bool:
    mark = tokens[k].mark
    return getattr(mark, "kind", "") in ("measure", "compound") and "relief" not in mark.key


OF_STUDY = word_set(
    "evaluated assessed examined followed follow-up followup follow included enrolled enroled "
    "recruited randomised randomized allocated assigned treated analysed analyzed available seen "
    "completed studied reviewed operated underwent received attended returned answered remained "
    "interviewed contacted reached got given injected data questionnaire questionnaires survey "
    "eligible evaluable described reported rated scored gave same participated took entered "
    "selected identified responded replied"
)
_LEADS_NAME = word_set(
    "their and there was in - the mean median average overall his her total all of a"
)


def allotted(tokens: list[Token], b: int, counts: list[Count]) -> list[tuple[str, Count]]:
    """ "Six of 7 nuns RANDOMISED TO WAX had relief": the name of that group and its size, 7."""
    out = []
    for count in counts:
        if count.of is None or count.equals or count.bracket or not had_outcome(tokens, count):
            continue
        k = count.last
        while k < min(b, count.last + 12) and tokens[k].word not in _ALLOTTED:
            if tokens[k].word in (",", ";") or tokens[k].word in _BECAME - {"were"}:
                break
            k += 1
        if k + 2 >= b or tokens[k].word not in _ALLOTTED or tokens[k + 1].word != "to":
            continue
        span = noun_phrase(tokens, k + 2, b, 5)
        if span is not None and words_of(text_of(tokens, *span)):
            whole = Count(int(tokens[count.of].value), count.of, count.of + 1)
            out.append((text_of(tokens, *span), whole))
    return out


_ALLOTTED = word_set("randomised randomized allocated assigned")
_STUDIED = OF_STUDY - _SEEN
_STUDIED_BEFORE = _STUDIED | _DONE


def tells_events(tokens: list[Token], a: int, b: int) -> bool:
    """ "numbness was noted in 3 patients in group A and 8 in group B": no sizes of groups."""
    if occurred_in(tokens, a, b):
        return True
    for k in range(a, b - 1):
        if (
            tokens[k].word in _SUFFERED
            and k > a
            and (tokens[k - 1].word in GROUP or tokens[k - 1].word in PEOPLE)
        ):
            return not _all_of_them(tokens, a, k, b)
    return False


def occurred_in(tokens: list[Token], a: int, b: int) -> bool:
    """ "numbness WAS NOTED IN 3 patients", "10 SUCCESSES IN the wax group": it happened to some."""
    if any(
        tokens[k].word in _EVENTS and tokens[k - 1].kind == "n" and tokens[k + 1].word == "in"
        for k in range(a + 1, b - 1)
    ):
        return True
    return any(
        tokens[k].word in _OCCURRED and tokens[k + 1].word in ("in", "by", "among")
        for k in range(a, b - 1)
    )


def _all_of_them(tokens: list[Token], a: int, verb: int, b: int) -> bool:
    """ "50 people UNDERWENT cupping (n = 30) or traction (n = 20)": sizes that add up."""
    sizes = [
        tokens[k + 2].value
        for k in range(verb, b - 2)
        if tokens[k].word == "n" and tokens[k + 1].word == "=" and tokens[k + 2].kind == "n"
    ]
    whole = [tokens[k].value for k in range(a, verb) if tokens[k].kind == "n"]
    # "Of 40 men, 19 men HAD tape and 21 men HAD ice"
    had = [
        tokens[k - 1].value
        for k in range(a + 1, b - 1)
        if tokens[k + 1].word == "had"
        and tokens[k].word in PEOPLE
        and tokens[k - 1].kind == "n"
        and tokens[min(k + 2, b - 1)].word != "none"
    ]
    return any(len(parts) > 1 and sum(parts) in whole for parts in (sizes, had))


_OCCURRED = word_set(
    "noted seen observed found reported occurred recorded present detected encountered needed "
    "required experienced developed diagnosed"
)


_SUFFERED = word_set(
    "had developed experienced suffered reported required needed showed underwent complained"
)
_EVENTS = word_set(
    "successes failures complications infections leaks recurrences haematomas hematomas deaths "
    "relapses reactions dropouts withdrawals"
)
#: One of these stands in every sentence that tells of events.
MAYBE_EVENTS = _OCCURRED | _SUFFERED | _EVENTS


def set_aside(tokens: list[Token], a: int, count: Count) -> bool:
    """ "EXCEPT FOR TWO PATIENTS, pain fell", "DESPITE two failures": not whose the scores are."""
    near = [tokens[k].word for k in range(max(a, count.at - 5), count.at)]
    return not ASIDE_FROM.isdisjoint(near) and not any(word in (",", ";") for word in near)


#: A sentence without these sets nobody aside.
ASIDE_FROM = word_set("except excepting exception despite spite apart besides notwithstanding")

"""Places where a group may be named: behind a preposition, in a bracket, before a value."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import NAME_SEPARATORS, UNITS_IN_NAMES, text_of
from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.dose_groups import DOSE_UNITS
from evergrove.reading.arms.every_one import of_every_one
from evergrove.reading.arms.had_by_others import NOTHING, others_have
from evergrove.reading.arms.hyphened_heads import before_hyphen, before_joined
from evergrove.reading.arms.list_members import behind_alias, behind_head, behind_number
from evergrove.reading.numbers.subject_asides import before_dose, before_sizes, behind_dose
from evergrove.reading.text.small_words import CLOSES_ASIDE, THAN_WORDS, UNDER_WHAT, WERE
from evergrove.reading.text.stat_words import COMPARATIVE, DIFFERENCE
from evergrove.reading.text.tokens import Token, is_measure, open_bracket
from evergrove.reading.text.words import (
    ANYONE,
    ARM_PREPOSITIONS,
    BODY_PLACES,
    CHANGE_NOUNS,
    DETERMINERS,
    GRAMMAR,
    GROUP,
    LOOKED_AT,
    NOT_ARM,
    OPEN_UNITS,
    PEOPLE,
    RESTED,
    UNIT_DAYS,
    is_content,
    word_set,
)
from evergrove.reading.times.treatment_length import after_length

_PRONOUNS = word_set("it they he she we them")
_INSIDE_PHRASE = word_set("of plus without alone")
_PHRASE_SIGNS = word_set("- – + /")
_COORDINATORS = word_set(", and or vs versus & / the")


_ENDS_LIST = word_set(
    ", . ; ) and or at after in by respectively on ( over was were fell had vs averaged stood "
    "ran came amounted dropped rose",
    "",
)


_TRAILING_SIGNS = word_set("- of / + plus")


_KINDS_OF_DAYS = word_set("days weeks nights shifts sessions")


_TREATMENT_HEADS = word_set("treatment therapy surgery injection injections line")


_PROCEDURES = word_set("procedure procedures operation intervention interventions")


_BEFORE_TREATMENT = word_set(
    "other remaining patients those who people subjects participants had received receiving "
    "treated receive given offered with undergoing using wearing assigned allocated to in "
    "underwent took kept managed fitted maintained placed left randomised randomized men women "
    "adults children volunteers individuals"
)


_RECEIVING = word_set("receiving taking using wearing undergoing given offered")
_HAD_BEEN_GIVEN = word_set("undergone received taken used worn")


_BEFORE_NAME_BRACKET = OPEN_UNITS | word_set("mm cm points % )")


_LEADS_VALUE = word_set(", : = ( by to from of")


_CENTRE_WORDS = word_set("mean median average score a of")


_AUXILIARIES = word_set("had have has who also then")


# "underwent EITHER laser or heat", "the OTHER group"
_BEFORE_PHRASE = word_set("other remaining two either")


_ENDS_DOSE = word_set(". , ; ) ]")


def _moves_from(tokens: list[Token], k: int, b: int) -> bool:
    """Whether "from 6.9", "by 2.1" begins at token k."""
    return k + 1 < b and tokens[k].word in ("from", "by") and tokens[k + 1].kind == "n"


def noun_phrase(tokens: list[Token], i: int, b: int, limit: int = 7) -> tuple[int, int] | None:
    """Tokens of the noun phrase that begins at i (after determiners and a dose), or None."""
    dose = 0 < i < b - 1 and tokens[i].word in DOSE_UNITS and tokens[i - 1].kind == "n"
    if dose and tokens[i + 1].word in _ENDS_DOSE:
        return None  # "after irradiation with 8 GY."
    if dose and tokens[i + 1].kind == "w" and tokens[i + 1].word not in GROUP:
        i += 1 + (tokens[i + 1].word == "of")  # "with 20 ML OF wax"
    while (
        i < b
        and (tokens[i].word in DETERMINERS or tokens[i].word in _BEFORE_PHRASE)
        and tokens[i].kind == "w"
    ):
        i += 1
    first = i
    last = i
    while i < b and i - first < limit:
        token = tokens[i]
        if token.kind == "w":
            word = token.word
            if word in _INSIDE_PHRASE and last == i and i > first:
                if word == "of" and not (
                    i + 1 < b and tokens[i + 1].kind == "w" and is_content(tokens[i + 1].word)
                ):
                    break
                i += 1
                if word == "alone":
                    last = i
                continue
            if word in _PRONOUNS or word == "minus" or (word == "relative" and i > first):
                break
            if i > first and word.endswith("ed") and _moves_from(tokens, i + 1, b):
                break  # "in 26 nuns SOFTENED FROM 6.9 to 3.7": a verb
            if word == "finished" and i > first and i + 1 < b and tokens[i + 1].word == "with":
                break  # "those on wax FINISHED WITH a mean NRS of 3"
            if word in ("aged", "containing") and i > first:
                break  # "in 63 nuns AGED 71 years", "a gel CONTAINING 0.5 mg of wax"
            if word == "one" and i > first and i + 1 < b and tokens[i + 1].word == "of":
                break  # "the 24 given wax ONE OF 3.3": a score
            if word == "based" and i > first and i + 1 < b and tokens[i + 1].word == "on":
                break  # "after wax BASED ON the VAS"
            if token.mark is not None and getattr(token.mark, "kind", "") in (
                "measure",
                "compound",
                "time",
            ):
                break
            if word in GRAMMAR and not (word == "even" and _days_behind(tokens, i, b)):
                break
            i += 1
            last = i
        elif (
            token.word in _PHRASE_SIGNS
            and i > first
            and i + 1 < b
            and tokens[i + 1].kind in "wn"
            and (not token.spaced or token.word == "+")
        ):
            i += 1
        elif (
            token.kind == "n"
            and last == i
            and i > first
            and (not token.spaced or tokens[i - 1].word == "-")
            and not token.flag
        ):
            i += 1
            last = i
        else:
            break
    if last <= first or (last == first + 1 and tokens[first].word == "non"):
        return None  # "with NON-significant falls"
    return first, last


def _days_behind(tokens: list[Token], i: int, b: int) -> bool:
    """ "on EVEN DAYS": here no adverb."""
    return i + 1 < b and tokens[i + 1].word in _KINDS_OF_DAYS


def _coordinated(tokens: list[Token], i: int, b: int, busy: set[int], slot: str) -> Arm | None:
    """The next member of "for honey and syrup", if the list ends there or goes on; no NS."""
    i = j = behind_dose(tokens, behind_alias(tokens, i, b), b)
    while j < b and tokens[j].word in _COORDINATORS:
        j += 1
    if (
        j == i
        or (j + 1 < b and tokens[j].word == "ns" and tokens[j + 1].word in (")", "]"))
        or tokens[i].word == "the"
        or not any(tokens[k].word in NAME_SEPARATORS for k in range(i, j))
    ):
        return None
    span = noun_phrase(tokens, behind_number(tokens, j, b), b)
    clean = _clean(tokens, span[0], span[1], busy) if span is not None else None
    if clean is None or clean != span:
        return None
    clean = (min(j, clean[0]) if tokens[j].kind == "n" else clean[0]), clean[1]
    behind = behind_dose(tokens, behind_head(tokens, clean[1], b), b)
    after = tokens[behind].word if behind < b else ""
    if after not in _ENDS_LIST and not _names_score(tokens, clean[1], b):
        return None
    if after in WERE and _opens_clause(tokens, i, j, behind, b):
        return None
    return Arm(clean[0], clean[1], text_of(tokens, *clean), 1, slot=slot, np_first=clean[0])


def _opens_clause(tokens: list[Token], i: int, j: int, verb: int, b: int) -> bool:
    """ "by 3.9 with clay, AND CONSTIPATION WAS the reason": the subject of the next clause.

    The separators stand at i..j, the verb at `verb`. Not in a list of three ("wax, clay, and tape
    was"), nor before a number.
    """
    if [token.word for token in tokens[i:j]] != [",", "and"] or verb + 1 >= b:
        return False
    listed = any(tokens[m].word == "," for m in range(max(0, i - 6), i))
    return not listed and tokens[verb + 1].word in _TELLS_OTHER


_TELLS_OTHER = word_set("the a an not no seen found more less noted stopped given")


def _names_score(tokens: list[Token], i: int, b: int) -> bool:
    """ "with wax, clay and mud THE NRS was": a list of groups that its sentence goes on behind."""
    if tokens[i].word not in ("the", "mean", "median"):
        return False
    return any(is_measure(tokens[k]) for k in range(i + 1, min(i + 5, b)))


def slot_phrases(tokens: list[Token], a: int, b: int, busy: set[int], several: bool) -> list[Arm]:
    """Noun phrases where groups are named: after "with", "in the", "among 29"; a bare phrase in
    brackets or directly before a number; the subject of "scored", "had"."""
    found: list[Arm] = []
    done = a
    for i in [k for k in range(a, b) if tokens[k].word in _BEFORE_SLOT]:
        token = tokens[i]
        word = token.word
        if i < done:
            continue
        if token.kind == "w" and i not in busy:
            arm = _after_preposition(tokens, i, b, busy)
            if arm is not None and word == "of" and after_length(tokens, i, a):
                arm.slot = "length"
            if arm is not None:
                found.append(arm)
                done = arm.last
                while several and arm.strength == 1:
                    arm = _coordinated(tokens, done, b, busy, arm.slot)
                    if arm is None:
                        break
                    found.append(arm)
                    done = arm.last
        elif word in ("(", "[") and token.kind == "s" and i + 1 < b:
            arm = _bracketed(tokens, i, b, busy)
            if arm is not None:
                found.append(arm)
                done = arm.last
    return found


_BEFORE_SLOT = ARM_PREPOSITIONS | {"(", "["}


def _clean(
    tokens: list[Token], first: int, last: int, busy: set[int], had: bool = False
) -> tuple[int, int] | None:
    """Cut the phrase before a busy token; drop phrases whose head names no group.

    `had`: people had it, as in "men undergoing a SHORT PROCEDURE", so that its kind names them.
    """
    for k in range(first, last):
        if k in busy:
            last = k
            break
    while last > first and tokens[last - 1].word in _TRAILING_SIGNS:
        last -= 1
    if last <= first:
        return None
    head = tokens[last - 1].word
    words = {tokens[k].word for k in range(first, last) if tokens[k].kind == "w"}
    if words & _TESTS or (head in ("test", "tests") and last < len(tokens) and last - first > 1):
        return None  # "(paired T-TEST, p = 0.02)", "(Mann-Whitney U)"
    under = tokens[first - 1].word == "under" and tokens[first - 2].kind == "w"
    if not words or words <= (_UNDER if under else _NAMES_NOBODY):
        return None  # "after manipulation UNDER ANAESTHESIA"
    if head in _OF_PAIN and {tokens[first].word, tokens[first - 1].word} & COMPARATIVE:
        return None  # "associated with LESS INTENSE pain"
    if last - first == 1 and head in _MERE_ADJECTIVES:
        return None  # "half of the INITIAL score", "the average SATISFACTORY score"
    if head in _KINDS_OF_DAYS and last - first > 1:
        return first, last
    known = head in GROUP or head in _TREATMENT_HEADS or (had and head in _PROCEDURES)
    known = known or (head == "rest" and tokens[last - 2].word in RESTED and last - first > 1)
    if head in NOT_ARM and not known:
        return None
    if "no" in words or words & _NO_PART_OF_NAME:
        return None
    return first, last


_TESTS = word_set(
    "wilcoxon whitney kruskal wallis anova ancova manova friedman mcnemar bonferroni tukey "
    "student's t-test t-tests kolmogorov shapiro"
)
_NO_PART_OF_NAME = word_set("significance significantly addition indicating suggesting meaning")
_OF_PAIN = word_set("intense severe painful frequent intensive")
_MERE_ADJECTIVES = word_set("initial original satisfactory corresponding respective")
_HOW_MANY = word_set("few several many some any minor major only mean median average mm cm points")
_NAMES_NOBODY = NOT_ARM | ANYONE | _HOW_MANY
_UNDER = _NAMES_NOBODY | UNDER_WHAT


def _rated_place(tokens: list[Token], i: int, last: int) -> bool:
    """ "pain IN THE SCALDED HAND was 3.1": where it hurt, and no group."""
    if tokens[last - 1].word not in BODY_PLACES or tokens[i + 1].word not in _WHOSE:
        return False
    if not is_measure(tokens[i - 1]):
        return False
    # "in the operated hand ... in the OTHER": sides of one person, set against each other
    near = {token.word for token in tokens[last : last + 30]}
    return not near & _OTHER_SIDE


_LEADS_SCALE = word_set("in of for using")
_WHOSE = word_set("the their his her")
_OTHER_SIDE = word_set(
    "other opposite contralateral unaffected healthy untreated control uninjured"
)
_PLEASED = word_set("satisfaction satisfied dissatisfaction dissatisfied happiness happy pleased")

_BEFORE_NAME = DETERMINERS | _BEFORE_TREATMENT


def _only_seen(tokens: list[Token], first: int, last: int) -> bool:
    """ "in the 73 PATIENTS REVIEWED", "in PATIENTS COMPLETING": people, and no group of them."""
    if last - first != 2 or tokens[first].word not in PEOPLE:
        return False
    return tokens[last - 1].word in LOOKED_AT or tokens[last - 1].word in _COMPLETING


_COMPLETING = word_set("completing attending returning contacted reached interviewed")


def _after_preposition(tokens: list[Token], i: int, b: int, busy: set[int]) -> Arm | None:
    j = i + 1
    while j < b and tokens[j].word in _BEFORE_NAME:
        j += 1
    if (
        j < b
        and tokens[j].kind == "n"
        and j not in busy
        and tokens[j].value == int(tokens[j].value)
    ):
        j += 1  # "among 29 swimmers"
        if j + 1 < b and tokens[j].word in UNIT_DAYS and tokens[j + 1].word == "of":
            j += 2  # "after 12 weeks of yoga"
    if tokens[i].word == "with" and i and tokens[i - 1].word in _PLEASED:
        return None  # "satisfaction WITH the crown": what it is about, not a group
    if j + 2 < b and tokens[j].word in ("more", "less") and tokens[j + 1].word not in PEOPLE:
        # "in MORE SUPERFICIAL burns": a kind of burns
        j += is_content(tokens[j + 1].word) and is_content(tokens[j + 2].word)
    without = tokens[i].word == "without" or (j < b and tokens[j].word == "no")
    if j < b and tokens[j].word == "no":
        j += 1
    span = noun_phrase(tokens, j, b)
    if span is None:
        return None
    had = any(tokens[k].word in PEOPLE for k in range(i, j))
    clean = _clean(tokens, span[0], span[1], busy, had)
    if clean is None:
        return None
    first, last = clean
    named = getattr(tokens[last].mark, "kind", "") if last < b else ""
    if last < span[1] and tokens[i].word in ("in", "of") and named in ("veto", "other"):
        return None  # "changes in ANTERIOR HEIGHT RATIO": measured, and no group
    rated = tokens[i].word in _LEADS_SCALE or (
        tokens[i].word == "on" and tokens[j - 1].word == "the"
    )
    if rated and named in ("measure", "compound"):
        # "in throat VAS", "on the grip NRS": the place or kind that was rated, not a group.
        return None
    if _what_changed(tokens, i, last, b) or _tells_value(tokens, i, first, span[1], b):
        return None
    if last == span[1] and last < b and tokens[last].word in CHANGE_NOUNS:
        return None  # "with a slight INCREASE"
    one = last - first == 1 and tokens[first].word.endswith("ing") and tokens[i].word in _ON
    if one and last < b and tokens[last].word in DETERMINERS:
        # "on LEAVING the ward": what people do, not what they were given.
        return None
    if without and tokens[last - 1].word in NOTHING and not others_have(tokens, i, last):
        return None
    if tokens[i].word == "in" and _rated_place(tokens, i, last):
        return None
    # "28 violinists given the diary": what was given says more than who.
    strong = last < b and tokens[last].word in GROUP
    name = ("no " if without else "") + text_of(tokens, first, last)
    if first == last or _only_seen(tokens, first, last):
        return None
    if without and tokens[i].word != "without" and tokens[first - 1].word == "no":
        first -= 1
    start = first if tokens[i].word in THAN_WORDS else i
    slot = "condition" if _of_people(tokens, i) else tokens[i].word
    if slot == "condition" and not strong and _pain_of(tokens, last, b, busy):
        last += 1  # "patients WITH BACK PAIN ... with leg pain": not the place alone
        name = text_of(tokens, first, last)
    return Arm(start, last + strong, name, 3 if strong else 1, slot=slot, np_first=first)


def _what_changed(tokens: list[Token], i: int, last: int, b: int) -> bool:
    """ "an improvement IN DAILY FUNCTIONING", "interference in sleep": measured, and no group."""
    if tokens[i].word not in ("in", "with", "of") or (last < b and tokens[last].word in GROUP):
        return False
    head = tokens[last - 1]
    other = getattr(head.mark, "kind", "") == "other" or head.word in _CAPACITIES
    return other and any(
        tokens[k].word in CHANGE_NOUNS or tokens[k].word in _DISTURBS
        for k in range(max(0, i - 3), i)
    )


def _tells_value(tokens: list[Token], i: int, first: int, last: int, b: int) -> bool:
    """ "WITH A MEAN LESION SIZE OF 4.2 cm": what was measured besides, and no group."""
    if tokens[i].word != "with" or last + 1 >= b:
        return False
    if tokens[first].word in ("mean", "median", "average"):
        return True
    while last + 1 < b and getattr(tokens[last].mark, "kind", "") in ("other", "veto"):
        last += 1
    return tokens[last].word == "of" and tokens[last + 1].kind == "n"


_CAPACITIES = word_set(
    "capacity ability endurance flexibility strength quality performance speed distance tolerance"
)
_DISTURBS = word_set("interference impact gain gains loss influence limitation limitations")


def _of_people(tokens: list[Token], i: int) -> bool:
    """ "patients WITH herpes zoster", "suffering FROM gout": what people have, not a group."""
    before = tokens[i - 1].word if i else ""
    word = tokens[i].word
    return (word == "with" and (before in PEOPLE or before in _HAVING)) or (
        word == "from" and before == "suffering"
    )


def _pain_of(tokens: list[Token], last: int, b: int, busy: set[int]) -> bool:
    """Whether the word for a pain stands behind its place, and is no score of the sentence."""
    return last < b and last not in busy and tokens[last].word in ("pain", "pains", "ache")


_ON = word_set("on upon by after before from")


_HAVING = word_set("those diagnosed presenting affected people")


def _bracketed(tokens: list[Token], i: int, b: int, busy: set[int]) -> Arm | None:
    """A bracket that holds one noun phrase only, right after a number: "8.0 (crush)"."""
    if i and not (tokens[i - 1].kind == "n" or tokens[i - 1].word in _BEFORE_NAME_BRACKET):
        return None
    if i and "." not in tokens[i - 1].word and tokens[i + 1].word in _NAMES_OF_ENDS:
        return None  # "from 0 (NONE) to 4 (WORST)"
    negated = i + 2 < b and tokens[i + 1].word in ("no", "without")  # "35.9 (no oil)"
    span = noun_phrase(tokens, i + 1 + negated, b)
    if span is not None and span[1] < b and tokens[span[1]].word in ("only", "alone"):
        span = (span[0], span[1] + 1)  # "3.8 (tape only)"
    if span is None or not (span[1] < b and tokens[span[1]].word in CLOSES_ASIDE):
        return None
    clean = _clean(tokens, span[0], span[1], busy)
    if clean is None:
        return None
    first = i + 1 if negated else clean[0]
    name = ("no " if negated else "") + text_of(tokens, *clean)
    return Arm(first, clean[1], name, 1, slot="(", np_first=first)


_NAMES_OF_ENDS = word_set(
    "none nil absent best worst maximal maximum minimal severe unbearable intolerable excruciating"
)


_ESTIMATES = DIFFERENCE | word_set("effect effects estimate estimates")


def bare_before(tokens: list[Token], at: int, floor: int, busy: set[int]) -> Arm | None:
    """A noun phrase directly before a value: "saline, 6.9", "harp music 2.8", "MOR=5"."""
    j = at - 1
    if j > floor and tokens[j].word == "=" and tokens[j - 1].word in ("mean", "median"):
        j -= 1  # "vaginal ring: MEDIAN = 55 mm"
    if j > floor and tokens[j].word in _CENTRE_WORDS:
        # "vaginal ring, MEDIAN 55 mm"
        while j > floor and tokens[j].word in _CENTRE_WORDS:
            j -= 1
        if tokens[j].word not in (",", ":", "("):
            return None
    if j >= floor and tokens[j].word in _LEADS_VALUE:
        j -= 1
    elif j >= floor and tokens[j].kind == "s":
        return None
    last = j + 1
    while j >= floor and j not in busy and last - j <= 5:
        token = tokens[j]
        if token.kind == "w" and is_content(token.word) and token.mark is None:
            j -= 1
            continue
        if token.word in ("-", "+", "/") and not token.spaced:
            j -= 1
            continue
        if token.kind == "n" and j + 2 == last and tokens[j + 1].word in UNITS_IN_NAMES:
            j -= 1  # "wax 10 mg, 42, 31 and 28"
            continue
        break
    first = j + 1
    if first < last and tokens[first].word == "neither":
        first += 1
    if first >= last:
        return None
    clean = _clean(tokens, first, last, busy)
    if clean is None or clean[1] != last or tokens[last - 1].word in _ESTIMATES:
        return None  # "less sleep (MD 11.5)", "(treatment EFFECT 0.8)": no group
    none = first > floor and tokens[first - 1].word == "no"
    name = ("no " if none else "") + text_of(tokens, first, last)
    # A noun phrase after a preposition is found as such.
    return Arm(first - none, last, name, 1, slot="bare", np_first=first - none)


def subject_before(tokens: list[Token], verb: int, floor: int, busy: set[int]) -> Arm | None:
    """The subject of a verb that people do: "the climbers had improved", "runners scored"."""
    j = verb - 1
    while j >= floor and tokens[j].word in _AUXILIARIES:
        j -= 1
    j = before_dose(tokens, before_sizes(tokens, j, floor), floor)
    if j > floor and tokens[j].word == ")":
        # "WAX (at L5) lowered VAS": whatever a bracket says of it but how many they were
        opened = open_bracket(tokens, max(floor, j - _BRACKET), j)
        share = opened is None or any(token.word == "%" for token in tokens[opened:j])
        j = j if opened is None or opened == floor or share else opened - 1
    last = j + 1
    while (
        j >= floor
        and j not in busy
        and tokens[j].kind == "w"
        and is_content(tokens[j].word)
        and tokens[j].mark is None
        and last - j < 5
    ):
        j -= 1
    j = before_joined(tokens, before_hyphen(tokens, j, floor), floor)  # "LOW-dose wax lowered VAS"
    j += j + 1 == floor and tokens[floor].word in _HEADINGS  # "RESULTS Nuns had a mean of"
    if j + 1 >= last:
        return None
    clean = _clean(tokens, j + 1, last, busy)
    if clean is None or clean[1] != last or of_every_one(tokens, clean[0], floor):
        return None
    if tokens[last - 1].word in DIFFERENCE or tokens[last - 1].word in ("effect", "effects"):
        return None  # "THE GAP had closed", "the treatment EFFECT had gone"
    named = clean[0]
    if tokens[named].word in _BEFORE_TREATMENT and tokens[named + 1].word in _RECEIVING:
        named += 2  # "SUBJECTS RECEIVING wax had a reduction": wax
    elif tokens[named].word in _HAD_BEEN_GIVEN and tokens[named - 1].word in _AUXILIARIES:
        named += 1  # "those who HAD UNDERGONE fusion scored": fusion
    if named >= last:
        return None
    return Arm(clean[0], last, text_of(tokens, named, last), 1, slot="subject", np_first=clean[0])


_BRACKET = 12  # tokens of an aside behind a name
_HEADINGS = word_set("results result findings methods conclusion conclusions background")

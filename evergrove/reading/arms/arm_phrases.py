"""Noun phrases of a sentence that may name a group."""

from __future__ import annotations

import re

from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.study_groups import SINGULAR_GROUP, study_group
from evergrove.reading.numbers.named_scores import (
    score_behind_number,
    score_of_named,
    scores_of_next,
)
from evergrove.reading.numbers.numbered_groups import numbered_people
from evergrove.reading.text.small_words import CHOICES, THESE_PEOPLE
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    CHECK,
    EVENT,
    FINAL,
    GROUP,
    JOINS_GROUPS,
    NOT_ARM,
    PEOPLE,
    POST_WORDS,
    PRE_WORDS,
    UNIT_DAYS,
    VERBS,
    is_content,
    word_set,
)

_LEADS_SHORT_NAME = word_set("group groups arm arms cohort cohorts team subgroup subgroups")
_BEHIND_SHORT_NAME = word_set(
    ", and ( ) was were had . ; or : received vs versus at after before from than with compared "
    "while whereas but on did scored"
)
_UNITS = frozenset(UNIT_DAYS)
NAME_SEPARATORS = word_set(", and or & vs versus /")
_ROMAN = word_set("i ii iii iv v vi")
# "a between groups ANOVA": how groups were compared, and no group.
_TESTS = word_set("anova ancova manova mancova glm gee gees lmm mmrm")


def text_of(tokens: list[Token], first: int, last: int) -> str:
    """The printed words of tokens first..last, lower case unless they are acronyms."""
    parts = []
    for token in tokens[first:last]:
        raw = token.raw
        if not raw.islower() and raw[:1].isupper() and raw[1:].islower():
            raw = raw.lower()
        glue = "" if not parts or not token.spaced else " "
        parts.append(glue + raw)
    return "".join(parts)


def group_phrases(tokens: list[Token], a: int, b: int) -> list[Arm]:
    """ "group A", "groups A and B", "the amber, birch and clover groups", "the sham limb"."""
    found: list[Arm] = []
    for i in [i for i in range(a, b) if tokens[i].word in GROUP]:
        word = tokens[i].word
        if tokens[i].kind != "w":
            continue
        if word == "branch" and tokens[i - 1].word in _ANATOMY:
            continue
        if word == "population" and tokens[i - 1].word in ("treat", "itt", "protocol"):
            continue  # "the intention-to-treat population": how it was analysed
        if word == "series" and _course(tokens, a, i):
            continue
        if word in _LIMBS and i + 1 < b and _of_the_body(tokens, a, b, i):
            continue
        if word == "group" and i + 1 < b and tokens[i + 1].word in _TOGETHER:
            continue  # "five 90-min GROUP SESSIONS": a treatment of several people at once
        after = _named_after(tokens, i, b)
        if after:
            found.extend(after)
            continue
        if tokens[i].raw == "Group" and _of_researchers(tokens, a, i):
            continue
        hyphened = _hyphened(tokens, a, i)
        before = [hyphened] if hyphened is not None else _named_before(tokens, a, i)
        if word in _WHOLE and before and tokens[before[0].first - 1].word in THESE_PEOPLE:
            continue  # "in THIS ELDERLY POPULATION": all of them
        found.extend(before)
    return found


def _of_researchers(tokens: list[Token], a: int, i: int) -> bool:
    """ "a trial OF THE Turkish Oncology GROUP": who made the study, and none of its groups."""
    k = i - 1
    while k > a and tokens[k].kind == "w" and tokens[k].raw[0].isupper():
        k -= 1
    proper = i - k > 2
    k -= tokens[k].word == "the"
    named = proper and tokens[i - 1].word in _RESEARCHERS
    return named and tokens[k].word in ("of", "by", "from")


_RESEARCHERS = word_set(
    "oncology study research working cooperative collaborative trial trials cancer leukaemia "
    "leukemia lymphoma investigators interest consensus network collaboration"
)


# "the medial branch": of a nerve or a vessel, and no group.
_ANATOMY = word_set(
    "medial lateral dorsal ventral anterior posterior superior inferior nerve articular cutaneous "
    "collateral ascending descending superficial deep main bundle facet genicular sensory motor"
)


def _course(tokens: list[Token], a: int, i: int) -> bool:
    """ "RECEIVING wax bath SERIES", "DURING the injection SERIES": a course of treatment."""
    k = i - 1
    while k > a and i - k < 5 and tokens[k].kind == "w" and tokens[k].word not in _LEADS_COURSE:
        k -= 1
    return i - k > 1 and tokens[k].word in _LEADS_COURSE


_LEADS_COURSE = word_set("receiving received undergoing underwent before during after completed")
_TOGETHER = word_set("session sessions class classes meeting meetings workshop workshops")
_LIMBS = word_set("arm limb")
_OF_A_LIMB = word_set(
    "loss amputation amputations amputee amputees pain swelling oedema edema lymphoedema "
    "lymphedema weakness ischaemia ischemia fracture fractures spasticity salvage length strength "
    "function circumference volume surgery arthroplasty trauma injury injuries girth"
)
_LIMB_STATES = word_set(
    "burned burnt affected injured fractured broken operated swollen painful sore paretic "
    "hemiparetic hemiplegic paralysed paralyzed dominant symptomatic scalded wounded bruised"
)


def _of_the_body(tokens: list[Token], a: int, b: int, i: int) -> bool:
    """ "in upper-LIMB loss", "pain in the burned ARM": a part of the body, and no group.

    An arm in some state is a group only where another is set against it.
    """
    if tokens[i + 1].word in _OF_A_LIMB:
        return True
    k = i - 1
    if k - 2 < a or tokens[k].word not in _LIMB_STATES or tokens[k - 1].word not in _OWN:
        return False
    rated = getattr(tokens[k - 3].mark, "kind", "") if k - 3 >= a else ""
    placed = tokens[k - 2].word in ("in", "of") and rated in ("measure", "compound")
    return placed and sum(token.word in _LIMBS for token in tokens[a:b]) == 1


_OWN = word_set("the their his her")
_WHOLE = word_set("population cohort series sample")


def _hyphened(tokens: list[Token], a: int, i: int) -> Arm | None:
    """ "the K-group", "the MT-group": the short name stands before the word, with a hyphen."""
    if i - 2 < a or tokens[i - 1].word != "-" or tokens[i].spaced or tokens[i - 1].spaced:
        return None
    name = tokens[i - 2]
    if name.raw == "C" and tokens[i].word == "arm":
        return None  # a C-arm takes X-rays
    if name.kind != "w" or not short_name(name) or (i - 3 >= a and tokens[i - 3].word == "-"):
        return None
    return Arm(i - 2, i + 1, f"group {name.raw}", 3, np_first=i - 2)


def short_name(token: Token) -> bool:
    raw = token.raw
    if token.mark is not None or token.word in _TESTS:
        return False
    return (token.kind == "n" and token.value < 10 and not token.flag and "." not in raw) or (
        token.kind == "w"
        and (
            (len(raw) == 1 and raw.isupper())
            or (token.word in _ROMAN and raw.isupper())
            or (len(raw) <= 7 and sum(c.isupper() for c in raw) >= 2)
        )
    )


def short_name_bracket(tokens: list[Token], a: int, close: int) -> int:
    """Where a bracket opens behind a word that holds a short name and closes at `close`; or 0."""
    opened = close - 2
    if opened - 1 < a or tokens[close].word not in (")", "]"):
        return 0
    named = tokens[opened].word in ("(", "[") and short_name(tokens[close - 1])
    return opened if named and tokens[opened - 1].kind == "w" else 0


def _short_or_numbered(token: Token) -> bool:
    """ "group A", "group 2", "group P1": what may stand behind the word."""
    return short_name(token) or (token.mark is None and bool(_NUMBERED.fullmatch(token.raw)))


_NUMBERED = re.compile(r"[A-Z]{1,3}\d{1,2}")


def _named_after(tokens: list[Token], i: int, b: int) -> list[Arm]:
    if tokens[i].word not in _LEADS_SHORT_NAME or score_of_named(tokens, i, b):
        return []
    out: list[Arm] = []
    j = i + 1
    while j < b and _short_or_numbered(tokens[j]):
        behind = tokens[j + 1] if j + 1 < b else None
        if out and tokens[j].word == "p" and behind is not None and behind.word in _SIGNS_OF_P:
            break  # "5.6 in group B, P < 0.001": no group P
        plain = behind is None or behind.word in _BEHIND_SHORT_NAME
        if tokens[j].kind == "n" and not plain and numbered_people(tokens, i, j):
            out.append(Arm(i, j + 1, f"group {tokens[j].raw}", 3))
            break
        if tokens[j].kind == "n" and not plain and not _goes_on(behind):
            if not out and score_behind_number(tokens, j, b):
                out.append(Arm(i, j + 1, f"group {tokens[j].raw}", 3))
            break
        if out and tokens[j].kind == "n" and scores_of_next(tokens, j, b):
            break  # "5 in group 1 AND 3 IN GROUP 2"
        share = j + 2 < b and tokens[j + 1].word == "of" and tokens[j + 2].kind == "n"
        if share and tokens[j].kind == "n":
            break  # "in the wax group 4 OF 30 nuns"
        if out and tokens[j].kind != tokens[i + 1].kind:
            break  # "2 (1-2) in group E versus 1 (1-2) in group P": a value, and no group
        first = i if not out else j
        out.append(Arm(first, j + 1, f"group {tokens[j].raw}", 3))
        j += 1
        k = j
        while k < b and tokens[k].word in NAME_SEPARATORS:
            k += 1
        if k == j or (
            tokens[i].word in SINGULAR_GROUP
            and not (k < b and _short_or_numbered(tokens[k]) and _of_one_sign(tokens[k]))
        ):
            break
        j = k
    return out


_SIGNS_OF_P = word_set("< = > ≤ ≥ - value values")


def _of_one_sign(token: Token) -> bool:
    """ "group A and B", "group I and II": what may go on behind the word for one group."""
    return len(token.raw) == 1 or (token.raw.isupper() and token.word in _ROMAN)


def _goes_on(token: Token | None) -> bool:
    """ "group 1 wore", "group 2 began": a word that is no unit and nothing that is counted."""
    return (
        token is not None
        and token.kind == "w"
        and token.spaced
        and token.mark is None
        and token.word not in UNIT_DAYS
        and token.word not in PEOPLE
        and token.word not in UNITS_IN_NAMES
        and not token.word.endswith("s")
    )


# "By intention to treat analysis, tape and rest groups ...": how it was analysed, no group.
_ANALYSED_SETS = word_set("analysis analyses population principle protocol")
_OPENERS = word_set(
    "moreover furthermore additionally nevertheless nonetheless conversely similarly initially "
    "importantly notably interestingly thereafter afterwards subsequently finally postoperatively "
    "preoperatively consequently accordingly likewise besides thus hence indeed firstly secondly"
)
_ENDS_TIME = (
    (_UNITS | EVENT | CHECK | FINAL | PRE_WORDS | POST_WORDS)
    | word_set("discharge admission entry inclusion completion up rest movement motion night")
)  # fmt: skip
_OPENS_TIME = word_set("at on by after before during until within following")


def _opening_ends(tokens: list[Token], a: int, j: int) -> bool:
    """Whether the comma at j ends an opening: "AT BASELINE, the wax and clay groups scored"."""
    if tokens[j - 1].word in _ANALYSED_SETS or (j == a + 1 and tokens[a].word in _OPENERS):
        return True
    if tokens[a].word == "in" and j - a < 5 and tokens[j + 1].word == "the":
        return not any(tokens[k].word in GROUP for k in range(a, j))  # "In general, the ..."
    last = tokens[j - 1]
    if tokens[j + 1].word != "the" and last.kind == "w" and last.word not in _ENDS_TIME:
        return False  # "At 6 weeks wax, clay and rest groups had ..."
    k = j - 1
    while k > a and tokens[k].word not in NAME_SEPARATORS and j - k < 8:
        if tokens[k].word in _OPENS_TIME:
            return True
        k -= 1
    return tokens[k].word in _OPENS_TIME


def _named_before(tokens: list[Token], a: int, i: int) -> list[Arm]:
    """Names before "groups": walk left over content words and list signs."""
    j = i - 1
    parts: list[tuple[int, int]] = []
    end = i
    aliased = False
    plural = tokens[i].word.endswith("s")
    while j >= a:
        token = tokens[j]
        word = token.word
        glued = j - 2 >= a and tokens[j - 1].word == "-" and not tokens[j - 1].spaced
        if j > a and tokens[j - 1].flag == "ord" and not token.spaced:
            j -= 2  # "the 3rd group"
            continue
        sole = word in ("only", "alone") and j == i - 1 and j > a  # "the wax-ONLY group"
        named = is_content(word) or word in ("treated", "a") or sole  # "the GnRH-A group"
        letter = token.raw == "A" and j > a and tokens[j - 1].word in _BEFORE_LETTER_A
        if glued and not token.spaced and named and tokens[j - 2].kind == "w":
            # "the on-demand arm", "the laser-treated side"
            j -= 3
            continue
        if token.kind == "w" and j > a and tokens[j - 1].flag == "ord" and not token.spaced:
            j -= 2  # "the 1st group"
            continue
        verbal = j == i - 1 and word in VERBS and j > a and tokens[j - 1].word in ("the", "a", "(")
        if (
            token.kind == "w"
            and word not in CHOICES
            and (is_content(word) or word == "control" or verbal or sole or letter)
        ):
            kind = (
                word == "treatment" and not plural and j > a and _kind_of_treatment(tokens[j - 1])
            )
            if (word in UNSUITABLE and not kind and not study_group(tokens, a, i, j)) or (
                token.mark is not None and is_measure(token)
            ):
                break
            j -= 1
            continue
        if token.word == "-" and not token.spaced and j > a and tokens[j - 1].kind == "n":
            j -= 2  # "the 20-unit, 40-unit and 60-unit groups"
            continue
        if token.word in ("-", "+", "/") and (not token.spaced or token.word == "+") and j > a:
            j -= 1
            continue
        acronym = tokens[i - 2].raw if aliased else ""
        if word == "and" and not plural and j > a and _both_in_one(tokens, a, i, j, acronym):
            j -= 1  # "the diet and exercise group (n = 41)"
            continue
        if (
            word == "plus"
            and not plural
            and j > a
            and end > j + 1
            and is_content(tokens[j - 1].word)
        ):
            j -= 1  # "the exercise plus manual therapy group"
            continue
        if token.kind == "n" and j + 1 < end and _unit_or_letters(tokens[j + 1]):
            j -= 1  # "the 10 mg arm", "the 25Q group"
            continue
        if token.flag == "word" and not plural and j == i - 2 and tokens[j + 1].word in _STEPS:
            j -= 1  # "the ONE LEVEL group"
            continue
        if word == "%" and j > a + 1 and tokens[j - 1].kind == "n" and not token.spaced:
            j -= 1  # "the 0.2% group"
            continue
        if not plural and token.word == ")" and j == i - 1 and short_name_bracket(tokens, a, j):
            j -= 3  # "the vertebroplasty (PVP) group"
            end, aliased = j + 1, True
            continue
        if plural and token.word == ")" and _size_bracket(tokens, a, j) and len(parts) < 6:
            # "the yoga (n = 42) and education (n = 41) groups"
            if end > j + 1:
                parts.append((j + 1, end))
            j = end = _size_bracket(tokens, a, j)
            j -= 1
            continue
        listed = j > a and tokens[j - 1].word in JOINS_GROUPS
        if plural and word == "the" and (parts or end > j + 1) and listed:
            # "between the mobilisation and THE thrust groups"
            if end > j + 1:
                parts.append((j + 1, end))
            end = j
            j -= 1
            continue
        fronted = word == "," and j > a and _opening_ends(tokens, a, j)
        if plural and word in JOINS_GROUPS and len(parts) < 6 and not fronted:
            if end > j + 1:
                parts.append((j + 1, end))
                end = j
                j -= 1
                continue
            end = j
            j -= 1
            continue
        break
    if end > j + 1:
        parts.append((j + 1, end))
        if not plural and (first := _one_and_other_named(tokens, a, j)):
            parts.append((first, j - 1))
    parts.reverse()
    out = []
    for index, (first, last) in enumerate(parts):
        if last - first > 1 and tokens[first].word in UNIT_DAYS and first > a:
            first += tokens[first - 1].kind == "n"  # "At 6 WEEKS wax and clay groups had ..."
        dashed = last - first > 1 and tokens[last - 1].word == "-"  # "the gel-group"
        name = text_of(tokens, first, last - dashed)
        words = {t.word for t in tokens[first:last] if t.kind != "s"}
        if words <= _UNITS:
            continue  # "At 26 WEEKS, the wax and clay groups had ..."
        if not words or (words <= UNSUITABLE and not study_group(tokens, a, i, last - 1)):
            continue
        stop = i + 1 if index == len(parts) - 1 and (last == i or aliased) else last
        if first > a and tokens[first - 1].word == "no" and not words & UNSUITABLE:
            first, name = first - 1, f"no {name}"  # "the no block group"
        out.append(Arm(first, stop, name, 3, np_first=first))
    return out


def _one_and_other_named(tokens: list[Token], a: int, j: int) -> int:
    """ "between THE WAX and the clay arm": where the name of the first begins; 0 if none does.

    `j` is the article of the second.
    """
    if j - 4 < a or tokens[j].word != "the" or tokens[j - 1].word not in ("and", "or"):
        return 0
    k = j - 2
    while k > a and tokens[k].kind == "w" and is_content(tokens[k].word) and j - k < 5:
        if tokens[k].mark is not None:
            return 0
        k -= 1
    led = tokens[k].word == "the" and tokens[k - 1].word == "between"
    return k + 1 if led and k + 1 < j - 1 else 0


_STEPS = word_set("level stage session port portal step fraction dose injection needle stitch row")
_BEFORE_LETTER_A = word_set("the and + in")


def _unit_or_letters(token: Token) -> bool:
    """Whether a word behind a number is a unit, or printed without a space in capitals."""
    glued = token.kind == "w" and not token.spaced and token.raw.isupper()
    return glued or token.word in UNITS_IN_NAMES


def _both_in_one(tokens: list[Token], a: int, i: int, j: int, acronym: str) -> bool:
    """ "the DIET AND EXERCISE group (n = 41)": one number of people, and one article.

    Also "the diet and exercise (DE) group", whose `acronym` has the letters of both.
    """
    k = j - 1
    while k > a and tokens[k].kind == "w" and is_content(tokens[k].word) and j - k < 5:
        k -= 1
    sized = i + 3 < len(tokens) and tokens[i + 1].word == "(" and tokens[i + 2].word == "n"
    behind = [token.word for token in tokens[i + 4 : i + 8]]
    counts = tokens[k - 2].kind == "n" and tokens[k - 1].word == "in"  # "41 in the ... group"
    one = sized and not {"and", ","} & set(behind[:2])
    letters = [t.word[0] for t in tokens[k + 1 : i] if t.kind == "w" and is_content(t.word)]
    spelt = bool(acronym) and "".join(letters[: len(acronym)]) == acronym.lower()
    joined = tokens[k + 1].word in ("combined", "combination")  # "the COMBINED diet and bath group"
    return tokens[k].word == "the" and k < j - 1 and (one or counts or spelt or joined)


def _kind_of_treatment(token: Token) -> bool:
    """ "the CONSERVATIVE treatment group": what tells one treatment from another."""
    telling = is_content(token.word) and token.word not in UNSUITABLE
    return token.kind == "w" and token.mark is None and telling


def _size_bracket(tokens: list[Token], a: int, close: int) -> int:
    """The token that opens "(n = 42)" or "(42)", which closes at `close`; 0 if it is none."""
    for k in (close - 2, close - 4):
        if k > a and tokens[k].word == "(":
            if all(short_name(t) or t.word in ("+", "/") for t in tokens[k + 1 : close]):
                return k  # "(E)", "(E+D)"
            size = tokens[close - 1]
            named = k == close - 2 or (tokens[k + 1].word == "n" and tokens[k + 2].word == "=")
            return k if named and size.kind == "n" and "." not in size.word else 0
    return 0


# Units that stand inside the name of a group; `dose_groups.DOSE_UNITS` tell groups apart.
UNITS_IN_NAMES = word_set("mg g gy ml cc µg mcg iu u % mm mmhg gauge hz khz w j")
UNSUITABLE = word_set(
    "two three four both each neither all other the study treatment patient patients same "
    "respective between within per every either age parallel matched total follow-up several "
    "these which different sex separate second first follow up whole entire this eligible "
    "comparison investigated randomised randomized large small age-matched former latter "
    "prospective retrospective observational longitudinal multicenter multicentre whose comparing"
)


def phrase_before(tokens: list[Token], k: int, floor: int) -> tuple[int, int] | None:
    """The noun phrase that ends right before token k."""
    j = k
    while (
        j > floor
        and (
            (
                tokens[j - 1].kind == "w"
                and is_content(tokens[j - 1].word)
                and tokens[j - 1].mark is None
            )
            or (tokens[j - 1].word in ("-", "+") and not tokens[j - 1].spaced)
        )
        and k - j < 6
    ):
        j -= 1
    return (j, k) if j < k and {tokens[m].word for m in range(j, k)} - NOT_ARM else None

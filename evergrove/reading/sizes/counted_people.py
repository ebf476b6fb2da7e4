"""People as they are counted: "58 nuns (60 heels)", "23 hips (22 patients)", "44 knees in 43"."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from evergrove.reading.arms.arms import is_sex
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.people_nouns import may_be_people
from evergrove.reading.text.small_words import THEM
from evergrove.reading.text.tokens import Token, close_bracket, open_bracket
from evergrove.reading.text.words import LIMBS, PEOPLE, is_content, word_set

#: Parts of the body that an operation is done on, one or two for each of the people.
JOINTS = LIMBS | word_set("elbows wrists ankles heels feet joints thumbs legs ears breasts")
_WHOLE_PEOPLE = PEOPLE - JOINTS
#: What is counted beside the people who had it.
_THINGS = word_set(
    "levels vertebrae fractures procedures operations interventions injections surgeries implants "
    "prostheses arthroplasties repairs treatments lesions tears segments discs teeth sites "
    "tendons nerves sides blocks metastases tumours tumors"
)
_NOT_THEMSELVES = JOINTS | _THINGS
_OUT_OF = word_set("in of from among for involving belonging")
_LONGEST_BRACKET = 26


@dataclass(slots=True, frozen=True)
class CountedPeople:
    """A phrase that counts people: their number, and the token behind all of the phrase.

    `of_joints`: joints are counted first, so that the results may be of those.
    """

    people: Count
    last: int
    of_joints: bool = False


def counted_people(tokens: list[Token], k: int, b: int) -> CountedPeople | None:
    """The people of the phrase that begins with the number at k; None where it counts no people.

    "58", "58 adult patients (60 shoulders)", "58 patients with 60 corns", "44 knees in 43 men",
    "23 hips (88.5%) (22 patients)", "58 of the 69 patients", "58/69 patients". A bare number counts
    people where the words around it say so; this the caller must see to.
    """
    if not is_whole(tokens, k) or k + 1 >= b:
        return None
    at, j = k, k + 1
    if tokens[j].word in ("(", "[") and j + 4 < b and tokens[j + 2].word == "%":
        # "43 (90%) OF the 48 subjects", "43 (90%) SUBJECTS"
        j += 4 * (tokens[j + 4].word == "of" or tokens[j + 4].word in _WHOLE_PEOPLE)
    j += tokens[j].word == "out" and j + 1 < b and tokens[j + 1].word == "of"
    if tokens[j].word in ("of", "/") and j + 2 < b:
        j += 1 + (tokens[j + 1].word in _DETERMINERS)
        if is_whole(tokens, j):
            j += 1
            if tokens[j].word == "of" and tokens[j + 1].word in _DETERMINERS:
                j += 2  # "19 of 33 OF THESE patients"
        elif j > k + 4 and tokens[j].word in _WHOLE_PEOPLE and tokens[j - 1].word == "the":
            pass  # "161 (55%) OF THE PATIENTS"
        elif tokens[j - 1].word not in THEM and tokens[j].word not in THEM:
            return None
        else:
            j += tokens[j].word in THEM
    noun = _noun(tokens, j, b)
    of_things = noun < b and tokens[noun].word in _NOT_THEMSELVES
    j = noun + 1 if noun < b else j
    j = _behind_whole(tokens, k, j, b)
    at, j = _in_brackets(tokens, at, j, b, of_things)
    if of_things and at == k and j + 2 < b and tokens[j].word in _OUT_OF:
        # "44 knees IN 43 men": the men
        m = j + 1 + (tokens[j + 1].word in _DETERMINERS)
        behind = _noun(tokens, m + 1, b) if is_whole(tokens, m) else b
        if behind < b and may_be_people(tokens, behind) and tokens[behind].word not in JOINTS:
            at = m
            _, j = _in_brackets(tokens, at, behind + 1, b, False)
        else:
            return None
    elif of_things and at == k and tokens[noun].word not in JOINTS:
        return None  # "12 levels were treated": nobody is counted
    elif j + 2 < b and tokens[j].word == "with" and is_whole(tokens, j + 1):
        # "58 patients WITH 60 CORNS"
        thing = _noun(tokens, j + 2, b)
        if thing < b and tokens[thing].word in _NOT_THEMSELVES:
            _, j = _in_brackets(tokens, at, thing + 1, b, False)
    j = _behind_whole(tokens, k, j, b)
    return CountedPeople(Count(int(tokens[at].value), at, at + 1), j, of_things and at > k)


def joints_behind(tokens: list[Token], k: int, b: int) -> bool:
    """Whether "(60 SHOULDERS)", what the people of a number had, stands in a bracket at k."""
    if k + 3 >= b or tokens[k].word not in ("(", "[") or not is_whole(tokens, k + 1):
        return False
    noun = _noun(tokens, k + 2, b)
    closed = noun + 1 < b and tokens[noun + 1].word in (")", "]")
    return closed and tokens[noun].word in _NOT_THEMSELVES


def joints_of_people(tokens: list[Token], a: int, b: int, count: Count) -> bool:
    """Whether a number counts what people have who are counted beside it, and no people.

    "41 nuns (53 KNEES)", "134 HIPS in 121 nuns", "41 nuns had 53 KNEES replaced", "41 nuns with 53
    VCFs", "41 nuns, 53 KNEES", "there were 41, with 53 KNEES": those who score are the nuns.
    """
    if count.noun in JOINTS and _joints_in(tokens, b, count):
        return True
    lead = count.at - 1
    if tokens[lead].word in ("(", "["):
        people = tokens[lead - 1].word in _WHOLE_PEOPLE
        return count.noun in JOINTS and people and tokens[lead - 2].kind == "n"
    beside = count.noun in JOINTS and tokens[lead].word in _BESIDE
    if lead - 2 < a or (tokens[lead].word not in _HAVING and not beside) or count.equals:
        return False
    acronym = count.noun.endswith("s") and tokens[count.at + 1].raw[:-1].isupper()
    if not acronym and count.noun not in JOINTS:
        return False
    number = lead - 1 - (tokens[lead - 1].word == ",")
    if tokens[lead].word == "with" and is_whole(tokens, number):
        return tokens[number].value <= count.value
    noun = lead - 1 - (tokens[lead - 1].word == ",")
    named = tokens[noun].kind == "w" and tokens[noun].word not in JOINTS
    people = named and may_be_people(tokens, noun)
    return people and any(
        is_whole(tokens, k) and tokens[k].value <= count.value
        for k in range(max(a, lead - 4), lead)
    )


_HAVING = word_set("with had have having")
_BESIDE = word_set(", ; and /")


def _joints_in(tokens: list[Token], b: int, count: Count) -> bool:
    """ "134 HIPS IN 121 patients": the people who are counted behind them are those who score."""
    k = count.last + (count.last < b and tokens[count.last].word == count.noun)
    if k + 2 >= b or tokens[k].word not in ("in", "of", "from"):
        return False
    k += 1 + (tokens[k + 1].word == "the")
    people = is_whole(tokens, k) and k + 1 < b and tokens[k + 1].word in _WHOLE_PEOPLE
    return people and tokens[k].value <= count.value


def each_had(tokens: list[Token], count: Count, b: int) -> bool:
    """ "11 nuns HAD TWO LEVELS treated": those who had so many, and not all of them."""
    k = count.last
    while k < b and tokens[k].word in PEOPLE:
        k += 1
    k += k < b and tokens[k].word == "each"
    if k + 2 >= b or tokens[k].word not in ("had", "received", "underwent"):
        return False
    number = tokens[k + 1]
    few = number.kind == "n" and number.value < count.value and "." not in number.word
    return few and tokens[k + 2].word in _NOT_THEMSELVES


def _behind_whole(tokens: list[Token], k: int, j: int, b: int) -> int:
    """ "58 nuns OF 69 treated from 2001 to 2009": the token of the verb of the 58 nuns, else j."""
    out = j + 1 < b and tokens[j].word == "out"
    if j + 4 >= b or tokens[j + out].word != "of":
        return j
    m = j + out + 1 + (tokens[j + 1].word in _DETERMINERS)
    if not is_whole(tokens, m) or tokens[m].value < tokens[k].value:
        return j
    for verb in range(m + 1, min(b, m + 12)):
        if tokens[verb].word in ("were", "could", "had", "completed", "returned"):
            return verb
        if tokens[verb].word in (",", ";", "(", "."):
            break
    return j


_DETERMINERS = word_set("the these those our all")


def is_whole(tokens: list[Token], k: int) -> bool:
    """Whether a plain whole number stands at k: no decimal, ordinal or number with a mark."""
    if k >= len(tokens):
        return False
    token = tokens[k]
    plain = token.kind == "n" and token.mark is None and token.flag in ("", "word")
    return plain and "." not in token.word and not (_YEARS[0] <= token.value <= _YEARS[1])


_YEARS = (1900, 2099)  # no numbers of people, for what is read here


def _noun(tokens: list[Token], k: int, b: int) -> int:
    """The token of the noun that a number before k counts, over two words before it; b if none."""
    for m in range(k, min(b, k + 3)):
        word = tokens[m].word
        if word in JOINTS or word in _THINGS or may_be_people(tokens, m):
            return m
        if tokens[m].kind != "w" or tokens[m].mark is not None or not is_content(word):
            return b
    return b


def _in_brackets(tokens: list[Token], at: int, j: int, b: int, of_things: bool) -> tuple[int, int]:
    """The number of the people and the token behind the brackets that begin at j.

    "(60 shoulders)", "(88.5%)", "(30 women; mean age 61 years)"; where things were counted before
    them, "(22 PATIENTS)" tells the people.
    """
    while j < b and tokens[j].word in ("(", "["):
        close = _closing(tokens, j, b)
        if close == b:
            break
        inside = j + 1 + (tokens[j + 1].word in ("in", "of"))
        if of_things and is_whole(tokens, inside):
            noun = _noun(tokens, inside + 1, close)
            if noun < close and tokens[noun].word not in _NOT_THEMSELVES:
                at = inside
        j = close + 1
    return at, j


def _closing(tokens: list[Token], opened: int, b: int) -> int:
    """The token of the bracket that closes the one at `opened`, over brackets in it; else b."""
    close = close_bracket(tokens, opened, min(b, opened + _LONGEST_BRACKET))
    return b if close is None else close


def describes(tokens: list[Token], a: int, b: int, k: int) -> bool:
    """ "139 patients (mean age 68 years; 70 WOMEN) were analysed": a semicolon in such a bracket.

    It parts no clauses: what stands behind it tells what people those were.
    """
    if open_bracket(tokens, a, k) is None:
        return False
    inside = itertools.takewhile(lambda m: tokens[m].word not in ")]", range(k + 1, b))
    return any(is_sex(tokens[m].word) for m in inside)


def out_of_all(tokens: list[Token], a: int) -> bool:
    """Whether a sentence begins "Of ..." or "Out of ...", with nothing but its heading before."""
    words = [tokens[k].word for k in range(a, min(a + 5, len(tokens)))]
    words = words[words.index(":") + 1 :] if ":" in words else words
    if {"these", "those", "them"} & set(words[:3]):
        return False  # "Of these eight, two had surgery and five had injections"
    return words[:1] == ["of"] or words[:2] == ["out", "of"]


def described_as_a_whole(tokens: list[Token], count: Count, b: int) -> bool:
    """Whether a bracket with sex and age stands right behind a number of people."""
    k = count.last
    while k < b and k - count.last < 3 and tokens[k].kind == "w":
        k += 1
    if not (k < b and tokens[k].word == "("):
        return False
    for j in range(k + 1, min(b, k + 7)):
        if tokens[j].word in _WHOLE_BRACKET:
            return True
        if tokens[j].word in (")", "]"):
            return False
    return False


_WHOLE_BRACKET = word_set(
    "women men woman man female females male males boys girls age aged mean median sex f m"
)

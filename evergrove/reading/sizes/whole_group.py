"""Other ways to tell how many people a study is about: "48 accepted", "leaving 48", "(n = 48)"."""

from __future__ import annotations

from evergrove.reading.arms.arms import is_sex
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.still_there import AGREED, ANALYSED, FOUND_AGAIN, LOOKED_AT, OBTAINED
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    PEOPLE,
    STATE,
    UNIT_DAYS,
    VERBS,
    is_content,
    names_people,
    word_set,
)

_GIVEN = word_set("given administered applied injected performed done")
_MET = word_set("met fulfilled satisfied")
CHOSE = word_set("selected identified included enrolled recruited found chose")
_CRITERIA = word_set("criteria criterion")
_OPENS = word_set(", ; : and of whom but")
_CHOSEN_LATER = word_set(
    "randomised randomized enrolled included recruited consented allocated assigned declined "
    "refused excluded"
)
_TOLD_OF = word_set(
    "review series analysis study report reports experience evaluation records data charts files "
    "cohort audit description outcomes outcome results assessment reviewed analysed analyzed"
)


def those_who_joined(tokens: list[Token], a: int, b: int, count: Count) -> int:
    """ "offered to 52 patients, and 48 ACCEPTED", "48 MET THE INCLUSION CRITERIA": a rank, or 0.

    4 where those that met the criteria are all that is told of, 3 where others may be chosen.
    """
    if count.equals or count.each or count.at + 1 >= b:
        return 0
    if _of_whom(tokens, a, b, count) or _share_left(tokens, a, b, count):
        return 4
    lead = tokens[count.at - 1].word if count.at > a else ","
    if lead in CHOSE and not count.noun:
        return 4  # "From a database of 310 patients, we SELECTED 48 who had gel"
    if lead not in _OPENS:
        return 0
    k = count.at + 1 + (tokens[count.at + 1].word in PEOPLE)
    if k >= b:
        return 0
    if tokens[k].word in AGREED:
        return 3
    ahead = {tokens[m].word for m in range(k + 1, min(b, k + 6))}
    if tokens[k].word not in _MET or not ahead & _CRITERIA:
        return 0
    return 3 if _CHOSEN_LATER & {tokens[m].word for m in range(a, b)} else 4


def given_to(tokens: list[Token], count: Count) -> bool:
    """ "40 mg of it was GIVEN TO 48 ATTENDERS": people, by a name that no list has."""
    if count.value < 5 or count.of is not None or count.equals or count.at < 2:
        return False
    led = tokens[count.at - 1].word in ("to", "in") and tokens[count.at - 2].word in _GIVEN
    return led and names_people(count.noun)


def parts_of_one(told: list[Count], all_counts: list[Count]) -> bool:
    """ "TWELVE had all of it and 32 half of it", of 44: the two largest of `told` add up to one."""
    values = sorted((count.value for count in told), reverse=True)
    return len(values) > 1 and values[0] + values[1] in {count.value for count in all_counts}


def stayed_on(tokens: list[Token], k: int) -> bool:
    """ "... WERE AVAILABLE for review", "... had COMPLETE data": the verb that begins at k."""
    ahead = [tokens[m].word for m in range(k, min(len(tokens), k + 4))]
    if ahead[:1] in (["had"], ["have"]):
        told = {tokens[m].word for m in range(k + 2, min(len(tokens), k + 7))}
        return ahead[1:2] in (["complete"], ["completed"], ["available"]) and bool(told & _DATA)
    if ahead[:1] in (["were"], ["could"]):
        ahead = ahead[1:]
        ahead = ahead[1:] if ahead[:1] in (["be"], ["been"], ["all"]) else ahead
        ahead = ahead[2:] if ahead[:2] == ["re", "-"] else ahead  # "were re-examined"
        return bool(ahead) and ahead[0] in _IN_THE_END
    return bool(ahead) and ahead[0] in _TOOK_PART


def share_who_stayed(tokens: list[Token], k: int, b: int, part: float) -> int:
    """ "43 (90%) OF THE 48 NUNS COULD BE REACHED": the token of the whole, or 0.

    `k` is the token behind the bracket.
    """
    k = _whole_behind(tokens, k, b, part)
    if not k:
        return 0
    verb = k + 1
    while verb < min(b, k + 5) and tokens[verb].word not in _AUXILIARY | _TOOK_PART:
        if tokens[verb].kind != "w":
            return 0
        verb += 1
    return k if verb < b and stayed_on(tokens, verb) else 0


def share_with_data(tokens: list[Token], a: int, i: int, k: int, b: int) -> int:
    """ "Follow-up was COMPLETE IN 43 (90%) OF 48 NUNS": the token of the whole, or 0.

    `i` is the token of the part, `k` the one behind its bracket.
    """
    if tokens[i - 1].word not in ("for", "from", "in"):
        return 0
    lead = {tokens[m].word for m in range(max(a, i - 7), i - 1)}
    if not lead & (OBTAINED | {"completed"}) or not lead & _DATA:
        return 0
    return _whole_behind(tokens, k, b, tokens[i].value)


def _whole_behind(tokens: list[Token], k: int, b: int, part: float) -> int:
    """ "43 (90%) OF THE 48 nuns": the token of the whole that begins at token k, or 0."""
    if k + 2 >= b or tokens[k].word != "of":
        return 0
    k += 1
    while k < b - 2 and tokens[k].word in _OUR:
        k += 1
    whole = tokens[k]
    if whole.kind != "n" or whole.mark is not None or whole.value % 1 or whole.value < part:
        return 0
    return k


def share_of_all(tokens: list[Token], opened: int, b: int) -> int:
    """ "seen in 90% (N = 43) OF THE 48 NUNS": the token of the whole, or 0."""
    if opened + 6 >= b or [tokens[opened + k].word for k in (1, 2, 4)] != ["n", "=", ")"]:
        return 0
    part = tokens[opened + 3]
    return _whole_behind(tokens, opened + 5, b, part.value) if part.kind == "n" else 0


def _share_left(tokens: list[Token], a: int, b: int, count: Count) -> bool:
    """ "Of the 60, 48 (80%) WERE AVAILABLE with a mean follow-up of 5 years", "48 (80%) OF 60 ...".

    Not where the clause tells another length of time: those are the people of one visit.
    """
    k = count.at + 1
    if k + 5 >= b or tokens[k].word != "(" or tokens[k + 2].word != "%":
        return False
    if count.of is not None:
        k = count.last
        while k < b and tokens[k].word not in _AUXILIARY | _TOOK_PART:
            k += 1
    elif _out_of_people(tokens, a, count):
        k += 4
    else:
        return False
    if k >= b or tokens[k - 1].word == "," or not stayed_on(tokens, k):
        return False
    stop = next((m for m in range(k, b) if tokens[m].word in (";", ",")), b)
    rest = [tokens[m].word for m in range(k, stop)]
    if not UNIT_DAYS.keys() & set(rest):
        return True
    follow = next((m for m, word in enumerate(rest) if word.startswith("follow")), 0)
    return follow > 0 and bool(_ON_AVERAGE & set(rest[max(0, follow - 3) : follow]))


def _out_of_people(tokens: list[Token], a: int, count: Count) -> bool:
    """Whether "Of the 60 grey nuns" leads from the start of the sentence to the count."""
    k = a + 2 * (tokens[a + 1].word == ":")
    if count.noun or tokens[k].word != "of" or not k + 2 < count.at <= k + 9:
        return False
    words = [tokens[m] for m in range(k + 1, count.at)]
    numbers = [token for token in words if token.kind == "n"]
    people = any(token.word in PEOPLE for token in words)
    return people and len(numbers) == 1 and numbers[0].value >= count.value


_ON_AVERAGE = word_set("mean median average minimum")
_OUR = word_set("the these those our all eligible")
_AUXILIARY = word_set("were could had have")
_DATA = word_set("data follow-up up followup study trial questionnaires assessments records")
_IN_THE_END = (
    ANALYSED
    | LOOKED_AT
    | FOUND_AGAIN
    | word_set(
        "available eligible followed included enrolled complete completed recruited surveyed"
    )
)
_TOOK_PART = AGREED | word_set("completed participated attended")


def _of_whom(tokens: list[Token], a: int, b: int, count: Count) -> bool:
    """ "60 were screened, OF WHOM 48 WERE ELIGIBLE and had gel", "48 OF THESE were available".

    Not where the same clause tells how long ("of whom 31 were followed for 2 years").
    """
    lead = [tokens[k].word for k in range(max(a, count.at - 2), count.at)]
    behind = [tokens[k].word for k in range(count.at + 1, min(b, count.at + 3))]
    led = lead == ["of", "whom"] or (lead == ["of", "these"] and count.at <= a + 3)
    if not (led or (behind[:1] == ["of"] and behind[1:] in (["these"], ["them"]))):
        return False
    k = count.at + 1 if led else count.at + 3
    k += k < b and tokens[k].word in PEOPLE
    if k < b and tokens[k].word == "(":
        k = next((m + 1 for m in range(k, min(b, k + 5)) if tokens[m].word == ")"), b)
    rest = {tokens[m].word for m in range(k, min(b, k + 10))}
    return k < b and stayed_on(tokens, k) and not rest & UNIT_DAYS.keys()


def left_over(tokens: list[Token], b: int, count: Count) -> bool:
    """ "4 were lost, LEAVING 48 FOR ANALYSIS": those that the results are about."""
    if tokens[count.at - 1].word != "leaving" or count.each:
        return False
    ahead = [tokens[k].word for k in range(count.at + 1, min(b, count.at + 8))]
    if "in" in ahead[:2] and not _STUDY & set(ahead[1:5]):
        return False  # "leaving 38 in the tape and 38 in the rest group"
    return not {"group", "arm", "each"} & set(ahead)


_STUDY = word_set("study analysis trial cohort series sample")


def complete_in(tokens: list[Token], a: int, count: Count) -> bool:
    """ "Complete data were AVAILABLE FOR 48 of 52 patients"."""
    if count.of is None or tokens[count.at - 1].word not in ("for", "from", "in"):
        return False
    lead = {tokens[k].word for k in range(max(a, count.at - 6), count.at - 1)}
    return bool(lead & _IN_THE_END) and bool(lead & _DATA)


def chosen_for_it(tokens: list[Token], a: int, b: int, count: Count) -> bool:
    """ "41 of 320 consecutive admissions WERE TREATED": the study is of the 41."""
    if count.of is None or count.at > a + 2 + 2 * (tokens[a + 1].word == ":"):
        return False
    k = count.last
    while k + 1 < b and k - count.last < 4 and is_content(tokens[k].word):
        k += 1
    chosen = k + 1 < b and tokens[k].word == "were" and tokens[k + 1].word in _TREATED
    return chosen and tokens[min(k + 2, b - 1)].word != "for"  # "were treated for nausea"


_TREATED = word_set("treated operated injected implanted randomised randomized")


def of_one_sex(tokens: list[Token], b: int, count: Count) -> bool:
    """ "Of the 48 patients, 31 WERE FEMALE": a part of them."""
    k = count.at + 1
    if k + 1 >= b or tokens[k].word not in ("were", "was"):
        return False
    return is_sex(tokens[k + 1].word)


def cases_told_of(tokens: list[Token], a: int, count: Count) -> bool:
    """ "retrospective REVIEW OF 48 cases of kyphoplasty": people, and no events."""
    if count.at - 2 < a or tokens[count.at - 1].word not in ("of", "from", "in"):
        return False
    lead = {tokens[k].word for k in range(max(a, count.at - 4), count.at - 1)}
    return bool(lead & _TOLD_OF)


def whole_of_events(tokens: list[Token], section: str, b: int, count: Count) -> Count | None:
    """ "VAS was 3; three OF THE 57 WOMEN had a burn": all of them, where nothing else tells it.

    Not "three of the 57 women given wax": of a group alone.
    """
    k = count.of
    if count.each or count.noun != "events" or k is None or section not in ("results", "none"):
        return None
    people = k + 2 < b and tokens[k - 1].word == "the" and tokens[k + 1].word in PEOPLE
    if not people or tokens[k].value < 5 or tokens[k + 2].word not in _DID:
        return None
    return Count(int(tokens[k].value), k, k + 1, tokens[k + 1].word)


_DID = word_set(
    "had have reported was were experienced showed developed needed required withdrew stopped "
    "complained felt died dropped suffered noticed discontinued relapsed"
)


def size_of_people(tokens: list[Token], a: int, b: int, count: Count) -> bool:
    """ "patients with knee pain (N = 48) had gel", "N = 48 participants took part"."""
    if not count.equals or count.each or count.of is not None or count.value < 2:
        return False
    if count.last < b and tokens[count.last].word in PEOPLE:
        return True
    if _all_had_it(tokens, a, b, count):
        return True
    for k in range(count.at - 3, a - 1, -1):
        word = tokens[k].word
        if word in PEOPLE:
            return True
        if word in VERBS or word in STATE or word in (";", ":", ")", ","):
            return False
    return False


def _all_had_it(tokens: list[Token], a: int, b: int, count: Count) -> bool:
    """ "Patients with back pain UNDERWENT FUSION (n = 103; mean age 51 years)": one group."""
    opens = any(tokens[k].word in PEOPLE for k in range(a, min(b, a + 4)))
    words = {tokens[k].word for k in range(a, b)}
    return opens and count.bracket and count.value >= 5 and bool(words & _CARE) and not words & _OR


_CARE = word_set("underwent received treated completed given")
_OR = word_set("or either vs versus compared group groups arm arms if when whom some")


def of_groups(
    tokens: list[Token], a: int, b: int, counts: list[Count], words: frozenset[str]
) -> list[Count]:
    """The counts that may be sizes of groups.

    Not "48 patients with low back pain (19 MEN)", nor "of whom 48 had complete data".
    """
    if "whom" in words or "these" in words:
        counts = [count for count in counts if not _of_whom(tokens, a, b, count)]
    if len(counts) < 2 or not any(is_sex(count.noun) for count in counts):
        return counts
    out: list[Count] = []
    whole = None
    for count in counts:
        if not count.bracket and not count.equals and count.noun in PEOPLE:
            whole = count
        inside = whole is not None and count.bracket and is_sex(count.noun) and not count.equals
        if not (inside and count.value < whole.value and not whole.each):
            out.append(count)
    return out

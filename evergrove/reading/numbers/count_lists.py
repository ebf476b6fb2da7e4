"""Lists of numbers of people: "n = 52, 44 and 31", "66 and 64 participants".

They are found before single numbers are read, so that none of them is taken for a result.
"""

from __future__ import annotations

from dataclasses import dataclass

from evergrove.reading.arms.arms import is_sex
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.small_words import CLOSES_ASIDE
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import (
    JOINS_GROUPS,
    PEOPLE,
    UNIT_DAYS,
    is_content,
    word_set,
)

_N_WORDS = word_set("n n1 n2 n3 n4 ns")
_LEADS_LIST = _N_WORDS | word_set("( [ number numbers")
_BEFORE_NOUN = word_set(
    "the eligible evaluable randomised randomized remaining adult older elderly female male "
    "treated consecutive enrolled study of these our"
)
_BEFORE_YEAR = word_set(
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sep sept oct nov dec in since between from and to until through "
    "during - – ( of year before after"
)
_NOT_PEOPLE = word_set("responders controls")
_CAME = word_set("came attended returned remained replied responded answered completed")


@dataclass(slots=True, eq=False)
class CountList:
    """Two or more numbers of people in one list; `bracket` when it stands inside brackets."""

    counts: list[Count]
    first: int
    last: int
    bracket: bool


_JOINS_OR_SHARE = JOINS_GROUPS | {"(", "["}


def find_count_lists(
    tokens: list[Token], a: int, b: int, busy: set[int], words: list[str], numbers: list[int]
) -> list[CountList]:
    """The lists of tokens a..b in order. `busy`: tokens of times and names.

    `words`: those of a..b in order; `numbers`: the tokens of all its numbers.
    """
    found: list[CountList] = []
    done = a
    leads = [i for i, word in enumerate(words, a) if word in _MAYBE_LEAD]
    for i in sorted([*numbers, *leads]) if leads else numbers:
        if i < done:
            continue
        token = tokens[i]
        if token.kind == "n":
            if i + 1 >= b or tokens[i + 1].word not in _JOINS_OR_SHARE:
                continue  # one number alone
            hit = _before_people(tokens, a, b, i, busy)
        elif token.word in _LEAVES:
            hit = _left_behind(tokens, a, b, i, busy)
        elif token.word in ("(", "["):
            number = i + 1 < b and tokens[i + 1].kind == "n"
            hit = _alone_in_bracket(tokens, a, b, i, busy) if number else None
        elif token.word in ("number", "numbers"):
            hit = _numbers_were(tokens, b, i, busy)
        else:
            hit = _after_n(tokens, a, b, i, busy)
        if hit is not None:
            found.append(hit)
            done = hit.last
    return found


def _whole(tokens: list[Token], k: int, b: int, busy: set[int]) -> bool:
    """Whether token k is a plain whole number that counts something, not a time or percentage."""
    if not k < b or tokens[k].kind != "n" or k in busy or tokens[k].mark is not None:
        return False
    token = tokens[k]
    if token.flag not in ("", "word") or token.value != int(token.value) or "." in token.word:
        return False
    if 1900 <= token.value <= 2099 and k and tokens[k - 1].word in _BEFORE_YEAR:
        return False
    after = tokens[k + 1].word if k + 1 < b else ""
    if 1900 <= token.value <= 2099 and token.flag == "":
        return False
    return after != "%" and after not in UNIT_DAYS and after != "±" and token.value > 1


def _joined(tokens: list[Token], k: int, b: int) -> int:
    """The token after the list signs at k; k itself if there is none."""
    j = k
    while j < b and tokens[j].word in JOINS_GROUPS and j - k < 2:
        j += 1
    return j


def _skip_percent(tokens: list[Token], k: int, b: int) -> int:
    """The token after "(93%)" at k; k itself if that does not stand there."""
    if (
        k + 3 < b
        and tokens[k].word in ("(", "[")
        and tokens[k + 1].kind == "n"
        and tokens[k + 2].word == "%"
        and tokens[k + 3].word in (")", "]")
    ):
        return k + 4
    return k


def _after_n(tokens: list[Token], a: int, b: int, i: int, busy: set[int]) -> CountList | None:
    """ "n = 52, 44, 31 and 19", "n = 23 and n = 25", "n = 30/28"-fractions are none."""
    if tokens[i].word not in _N_WORDS or i + 2 >= b or tokens[i + 1].word not in ("=", ":"):
        return None
    counts: list[Count] = []
    k = i + 2
    while _whole(tokens, k, b, busy):
        if k + 1 < b and tokens[k + 1].word in ("/", "of"):
            # "(n = 34/33)": no part of a whole
            falls = tokens[k + 1].word == "/" and _whole(tokens, k + 2, b, busy) and not counts
            if not falls or tokens[k].value < tokens[k + 2].value or tokens[k + 2].value < 5:
                return None
            if k + 3 >= b or tokens[k + 3].word not in (")", "]"):
                return None
            both = [
                Count(int(tokens[m].value), m, m + 1, "", None, False, True, True)
                for m in (k, k + 2)
            ]
            return CountList(both, i, k + 3, open_bracket(tokens, a, i) is not None)
        counts.append(Count(int(tokens[k].value), k, k + 1, "", None, False, True, True))
        j = _joined(tokens, k + 1, b)
        if j == k + 1:
            break
        if j + 2 < b and tokens[j].word in _N_WORDS and tokens[j + 1].word in ("=", ":"):
            j += 2
        elif _other_things(tokens, j, b, single=len(counts) == 1 and j == k + 2):
            break
        if not _whole(tokens, j, b, busy):
            break
        k = j
    if len(counts) < 2:
        return None
    return CountList(counts, i, counts[-1].last, open_bracket(tokens, a, i) is not None)


def _other_things(tokens: list[Token], j: int, b: int, *, single: bool) -> bool:
    """ "n = 99, 107 VERTEBRAE", "n = 40, 23 WOMEN": no second number of the same list.

    `single`: one sign stands between the first number and this one.
    """
    if j + 1 >= b or tokens[j].kind != "n" or tokens[j + 1].kind != "w":
        return False
    noun = tokens[j + 1].word
    if not is_content(noun) or noun == "respectively":
        return False
    return noun not in PEOPLE or is_sex(noun) or (single and tokens[j - 1].word == ",")


def _numbers_were(tokens: list[Token], b: int, i: int, busy: set[int]) -> CountList | None:
    """ "the numbers with data were 84, 66 and 51", "the number analysed was 34, 33 and 29"."""
    at = next((k for k in range(i + 1, min(b, i + 9)) if tokens[k].word in ("were", "was")), None)
    about = {tokens[k].word for k in range(i + 1, at)} if at is not None else set()
    if at is None or not about & (_ABOUT_PEOPLE | PEOPLE):
        return None
    counts: list[Count] = []
    k = at + 1
    while _whole(tokens, k, b, busy):
        counts.append(Count(int(tokens[k].value), k, k + 1, "", None, False, False))
        j = _joined(tokens, k + 1, b)
        if j == k + 1:
            break
        k = j
    return CountList(counts, i, counts[-1].last, False) if len(counts) >= 2 else None


_ABOUT_PEOPLE = word_set(
    "data analysed analyzed available assessed evaluable evaluated followed remaining included "
    "measurements observations scores"
)


def _left_behind(tokens: list[Token], a: int, b: int, i: int, busy: set[int]) -> CountList | None:
    """ "Five withdrew, LEAVING 43 AND 42 for analysis", ", which LEFT 43, 42 and 45."""
    if tokens[i].word == "left" and (i == a or tokens[i - 1].word not in ("which", "this", "that")):
        return None
    counts: list[Count] = []
    k = i + 1
    end = k
    while _whole(tokens, k, b, busy) and tokens[k].value >= 5:
        counts.append(Count(int(tokens[k].value), k, k + 1, "", None, False, False))
        end = _skip_percent(tokens, k + 1, b)
        k = _joined(tokens, end, b)
        if k == end:
            break
    if len(counts) < 2 or counts[-1].last > end or (end < b and tokens[end].word == "of"):
        return None
    noun = end + (end < b and tokens[end].word == ",")
    if noun < b and tokens[noun].word not in _BEHIND_LEFT | PEOPLE | _BEFORE_NOUN:
        return None
    return CountList(counts, i, end, False)


_LEAVES = word_set("leaving left")
_MAYBE_LEAD = _LEAVES | _LEADS_LIST
_BEHIND_LEFT = word_set(". ; ) for in to at respectively available analysed analyzed evaluable who")


def _alone_in_bracket(
    tokens: list[Token], a: int, b: int, i: int, busy: set[int]
) -> CountList | None:
    """ "were randomised to laser or sham (23 vs 25)": sizes only where people are assigned."""
    if tokens[i].word != "(":
        return None
    k = i + 1
    if not _whole(tokens, k, b, busy):
        return None
    assigned = not _ASSIGNS.isdisjoint([token.word for token in tokens[a:i]])
    if not assigned and not (i > a and tokens[i - 1].word in PEOPLE):
        return None
    counts: list[Count] = []
    while _whole(tokens, k, b, busy) and tokens[k].value >= 5:
        counts.append(Count(int(tokens[k].value), k, k + 1, "", None, False, True))
        j = _joined(tokens, k + 1, b)
        if j == k + 1:
            break
        k = j
    close = counts[-1].last if counts else i
    while close < b and tokens[close].word in (",", "respectively", "patients", "participants"):
        close += 1
    if len(counts) < 2 or close >= b or tokens[close].word != ")":
        return None
    one = CountList(counts, i, counts[-1].last, True)
    return one if assigned or adds_up(tokens, one) else None


def adds_up(tokens: list[Token], one: CountList) -> bool:
    """ "484 patients (161, 162 AND 161)": whether the number before the bracket is the sum."""
    k = one.first - 1
    while k > 0 and tokens[k].kind == "w" and one.first - k < 5:
        k -= 1
    whole = tokens[k]
    return whole.kind == "n" and whole.value == sum(count.value for count in one.counts)


_ASSIGNS = word_set(
    "randomised randomized allocated assigned divided received underwent randomly split grouped"
)


def _before_people(tokens: list[Token], a: int, b: int, i: int, busy: set[int]) -> CountList | None:
    """ "66 (93%) and 64 (90%) participants", "fifty-two and 49 patients"."""
    if not _whole(tokens, i, b, busy):
        return None
    lead = tokens[i - 1].word if i > a else ""
    if lead in ("=", "±", "-", "–", "/", "<", ">", "≥", "≤") and not tokens[i].spaced:
        return None
    end = _skip_percent(tokens, i + 1, b)
    if _joined(tokens, end, b) == end:
        return None  # one number alone
    counts: list[Count] = []
    k = i
    while _whole(tokens, k, b, busy):
        counts.append(Count(int(tokens[k].value), k, k + 1, "", None, False, True))
        end = _skip_percent(tokens, k + 1, b)
        j = _joined(tokens, end, b)
        if j == end:
            break
        k = j
    if len(counts) < 2 or counts[-1].at != k:
        return None
    j = end
    while j < b and j - end < 3 and tokens[j].word in _BEFORE_NOUN:
        j += 1
    noun = tokens[j].word if j < b else ""
    if noun in _CAME and lead in ("when", "at", "then", ",", "whom", "which") and j == end:
        # "at the 3-month visit, when 43 and 42 came"
        return CountList(counts, i, end, False)
    opens = i == a or lead in (";", ",", ":", "whom", "which", "so", "that") or i - 1 in busy
    if opens and j == end and j + 1 < b and counts[-1].value > 4:
        # "At 6 months 58 and 68 WERE AVAILABLE", "; 58 and 68 COMPLETED the study"
        stayed = tokens[j + 1].word if noun in ("were", "could") else noun
        if stayed in _STAYED_ON:
            return CountList(counts, i, end, False)
    bracket = open_bracket(tokens, a, i) is not None
    parts = bracket and noun in _PARTS and j + 1 < b and tokens[j + 1].word in CLOSES_ASIDE
    if (noun not in PEOPLE and not parts) or noun in _NOT_PEOPLE:
        return None
    for count in counts:
        count.noun = noun
    return CountList(counts, i, end, bracket)


_STAYED_ON = _CAME | word_set(
    "available followed analysed analyzed assessed evaluated evaluable be"
)

# What is operated on and counted like people: "(nail vs plate, 33 vs 30 tibias)".
_PARTS = word_set(
    "tibias tibiae femurs femora fibulas wrists ankles elbows toes fingers thumbs heels joints "
    "tendons radii humeri clavicles fractures implants"
)

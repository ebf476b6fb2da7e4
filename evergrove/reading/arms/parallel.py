"""Groups told by parallel phrases: "33 mm with felt pads and 45 mm with gel pads".

Two values of one sentence that are each followed by the same preposition and a noun phrase set two
groups against each other, whatever the nouns are; one such phrase alone may be anything.
"""

from __future__ import annotations

import itertools

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    ALLOTTED,
    ANYONE,
    DETERMINERS,
    GROUP,
    OPEN_UNITS,
    PEOPLE,
    RESTED,
    UNIT_DAYS,
    word_set,
)

_LEADS = word_set("with without after in for among amongst on under following by using given")
_ENDS = word_set(
    "and or vs versus compared whereas while whilst but at after in on by during from to was were "
    "had with for than against without under following before as who which that both respectively "
    "among amongst between of then nor although though is are did"
)
_NO_GROUP = word_set(
    "mean median sd sds se sem iqr range ranges p n ci significance difference respect regard "
    "comparison contrast total all each both average baseline morning evening night daytime spring "
    "summer autumn winter week weeks month months year years hour hours day days point points "
    "favour favor addition general favouring adjustment scale score scores follow-up intervals "
    "former latter other others rest line terms interval standard deviation range "
    "complications complication it them this"
)
_UNITS = OPEN_UNITS | word_set("mm cm points point %")
_ANYBODY = ANYONE | GROUP
_PRONOUNS = word_set("it them this that any one")
_CLOSES = word_set(", ; . ( ) [ ]")
_TREATED = word_set("with after by given using following")
#: Names that want the noun of the other group; of anything else, they name none.
_HALF_NAMES = word_set("total general")
_MARKED = word_set("measure compound qualifier other veto")


def parallel_arms(
    tokens: list[Token], a: int, b: int, values: list[Value], busy: set[int]
) -> list[Arm]:
    """Groups behind two or more values by the same preposition; [] where they are not parallel.

    `busy`: tokens of times, measures and values, which are part of no group's name.
    """
    ordered = sorted(values, key=lambda value: value.first)
    out: list[Arm] = []
    last: Arm | None = None
    chain: list[Arm] = []
    for number, value in enumerate(ordered):
        stop = ordered[number + 1].first if number + 1 < len(ordered) else b
        arm = _behind(tokens, value.last, stop, busy, chain[-1] if chain else last)
        if arm is None:
            continue
        if chain and not _same_lead(tokens, chain[-1], arm):
            out += _different(chain)
            chain = []
        chain.append(arm)
        last = arm
    return _with_heads(out + _different(chain))


def _with_heads(arms: list[Arm]) -> list[Arm]:
    """ "2.4 after TOTAL and 3.1 after partial KNEE REPLACEMENT": the noun that both share."""
    for arm, other in itertools.pairwise(arms):
        if arm.name in _HALF_NAMES:
            arm.name = " ".join([arm.name, *other.name.split()[1:]])
    return arms


def _different(chain: list[Arm]) -> list[Arm]:
    if len(chain) < 2:
        return []
    names = {arm.name.lower() for arm in chain}
    states = sum(arm.slot == "state" for arm in chain)
    return chain if len(names) >= 2 and states < len(chain) else []


def _same_lead(tokens: list[Token], one: Arm, two: Arm) -> bool:
    leads = {tokens[one.first].word, tokens[two.first].word}
    return len(leads) == 1 or leads <= {"with", "without"} or leads <= {"in", "among", "amongst"}


def _state(tokens: list[Token], lead: int, j: int) -> bool:
    """ "with walking": a state in which pain is rated may be a treatment as well."""
    one = getattr(tokens[j].mark, "kind", "") == "qualifier"
    return one and tokens[lead].word in _TREATED and tokens[j].mark.first == j


def _people_with(tokens: list[Token], j: int, stop: int) -> int:
    """ "in the 15 patients with X", "in the 20 without X": where X begins, or 0."""
    k = j
    if k < stop and tokens[k].kind == "n":
        k += 1
    if k + 2 < stop and tokens[k + 1].word in _ALLOTTED and tokens[k].word.endswith("s"):
        k += 1  # "among NUNS RANDOMLY ALLOCATED to wax"
    while k < stop and tokens[k].word in _PEOPLE_WORDS:
        k += 1
    if k == j or k >= stop or tokens[k].word not in _HAVING:
        return 0
    k += 1
    if k < stop and tokens[k].word in ("with", "to", "by"):
        k += 1
        k += k < stop and tokens[k].word in ("receive", "undergo", "have", "wear", "take")
    return k


def _given_then(tokens: list[Token], first: int, last: int) -> set[str]:
    """ "NIGHT splints", "MORNING stretches", "bed REST": words of a treatment's name."""
    out = _DAYTIMES & {tokens[k].word for k in range(first, last - 1)}
    if tokens[last - 1].word == "rest" and tokens[last - 2].word in RESTED:
        out = out | {"rest"}
    return out


_DAYTIMES = word_set("morning evening night daytime")
_PEOPLE_WORDS = PEOPLE | word_set("those who had were the remaining other randomly")
_ALLOTTED = ALLOTTED | {"randomly"}
_HAVING = word_set(
    "with without given receiving received treated undergoing underwent taking on using wearing "
    "allocated assigned randomised randomized completed completing finished finishing"
)


def _behind(
    tokens: list[Token], k: int, stop: int, busy: set[int], before: Arm | None
) -> Arm | None:
    """The phrase that a preposition right behind a value leads to."""
    while k < stop:
        if tokens[k].word in ("(", "["):
            while k < stop and tokens[k].word not in (")", "]"):
                k += 1
            k += 1
        elif tokens[k].word in _UNITS or tokens[k].word == "respectively":
            k += 1
        elif k in busy and tokens[k].mark is None:
            k += 1  # "1.2 on DAY 2 with the cushion"
        elif tokens[k].word in ("on", "at") and k + 1 in busy and tokens[k + 1].mark is None:
            k += 2
        elif tokens[k].word == "," and "respectively" in [t.word for t in tokens[k - 1 : k + 2]]:
            k += 1  # "2.9 and 31, respectively, FOR WAX and 3.8 and 40, respectively, for clay"
        else:
            break
    if k + 1 >= stop or tokens[k].word not in _LEADS or tokens[k].kind != "w" or k in busy:
        return None
    j = k + 1
    if before is not None:
        end = j
        while end < stop and tokens[k].word != "without" and tokens[end].word in _PEOPLE_WORDS:
            end += 1
        if end > j and end < stop and tokens[end].word == "without":
            j = end + 1
        if tokens[j - 1].word == "without" and j < len(tokens) and tokens[j].word in _CLOSES:
            # "with the belt ... 3.1 without (p = 0.2)", "... in those WITHOUT"
            return Arm(k, j, f"without {before.name}", 2, slot="parallel", np_first=k)
        j = k + 1
    while j < stop and tokens[j].word in DETERMINERS and tokens[j].word not in _PRONOUNS:
        j += 1
    without = tokens[k].word == "without"
    people = _people_with(tokens, j, stop)
    if not people and tokens[j - 1].word == "those":
        # "in THOSE treated with wax": here no article
        people = _people_with(tokens, j - 1, stop)
        people = 0 if tokens[people - 1].word == "without" else people
    if people:
        without = tokens[people - 1].word == "without"
        j = people
        while j < stop and tokens[j].word in DETERMINERS and tokens[j].word not in _PRONOUNS:
            j += 1
    first = j
    if before is not None and tokens[k].word == "without" and tokens[j].word in _PRONOUNS:
        # "with the belt ... without it"
        return Arm(k, j + 1, f"without {before.name}", 2, slot="parallel", np_first=k)
    if j + 3 < stop and tokens[j].kind == "n" and tokens[j + 1].word == "-" and j not in busy:
        j += 2  # "with the 30-GAUGE NEEDLE and 3.9 with the 27-gauge needle"
    while j < stop and j - first < 7 and (j not in busy or _state(tokens, k, j)):
        token = tokens[j]
        if token.kind == "w":
            if token.word in _ENDS:
                break
        elif not (token.word in ("-", "+", "/") and j > first and j + 1 < stop):
            break
        if getattr(token.mark, "kind", "") in _MARKED and not _state(tokens, k, j):
            return None
        j += 1
    if j == first or (j in busy and j < stop and not _state(tokens, k, j)):
        return None
    words = {tokens[m].word for m in range(first, j) if tokens[m].kind == "w"}
    no_group = words & _NO_GROUP
    if words <= _HALF_NAMES and tokens[k].word in _TREATED and tokens[j].word in ("and", "vs"):
        no_group = set()
    if tokens[k].word == "with":
        no_group.discard("rest")
    if no_group and j - first > 1:
        no_group -= _given_then(tokens, first, j)
    if no_group or words <= _ANYBODY or not UNIT_DAYS.keys().isdisjoint(words):
        return None
    while j > first and tokens[j - 1].kind != "w":
        j -= 1
    if tokens[j - 1].word in GROUP and j - first > 1:
        j -= 1
    name = ("without " if without else "") + text_of(tokens, first, j)
    state = any(getattr(tokens[m].mark, "kind", "") == "qualifier" for m in range(first, j))
    return Arm(k, j, name, 2, slot="state" if state else "parallel", np_first=first)


def with_and_without(tokens: list[Token], a: int, b: int, values: list[Value]) -> list[Arm]:
    """ "2.9 and 3.8 with and without the cast, respectively": two groups in one phrase.

    Also "3.2 vs 4.5 with (n = 30) and without (n = 31) the cast", and without "respectively" where
    all numbers stand before the phrase.
    """
    for k in range(a, b - 3):
        if tokens[k].word not in _BOTH_WAYS:
            continue
        first = _behind_bracket(tokens, k + 1, b)
        then = first + 1
        if then + 1 >= b or tokens[first].word not in ("and", "or", "versus", "vs"):
            continue
        two = [tokens[k].word, tokens[then].word]
        if sorted(two) != _BOTH_WAYS:
            continue
        span = noun_phrase(tokens, _behind_bracket(tokens, then + 1, b), b)
        told = _two_in_turn(tokens, values, k)
        told = told or any(tokens[m].word == "respectively" for m in range(a, b))
        if span is None or not told:
            return []
        name = text_of(tokens, *span)
        names = [name if word == "with" else f"without {name}" for word in two]
        if k - 2 >= a and tokens[k - 2].word in _GIVEN and tokens[k - 1].kind == "w":
            # "were given exercise with or without tape"
            names = [f"{tokens[k - 1].raw} {word} {name}" for word in two]
        return [Arm(k, first, names[0], 3), Arm(then, span[1], names[1], 3)]
    return []


def _two_in_turn(tokens: list[Token], values: list[Value], k: int) -> bool:
    """Whether all numbers of a sentence are two before token k, with nothing but a sign between."""
    if len(values) != 2 or values[1].last > k:
        return False
    between = (tokens[m] for m in range(values[0].last, values[1].first))
    return all(token.kind != "w" or token.word in _BESIDE_VALUES for token in between)


_BESIDE_VALUES = word_set("and vs versus sd se sem mm cm points point ci iqr range")


def _behind_bracket(tokens: list[Token], k: int, b: int) -> int:
    """The token behind a bracket that opens at k, or k itself."""
    if tokens[k].word not in ("(", "["):
        return k
    return next((m + 1 for m in range(k, min(b, k + 7)) if tokens[m].word in (")", "]")), k)


def with_then_without(tokens: list[Token], a: int, b: int, values: list[Value]) -> list[Arm]:
    """ "2.9 WITH and 3.8 WITHOUT THE CAST": the noun of the second names the first group too."""
    ends = {value.last: value for value in values}
    for k in range(a + 1, b - 3):
        if k not in ends or tokens[k].word not in _BOTH_WAYS:
            continue
        joined = tokens[k + 1].word in ("and", "versus", "vs") or (
            tokens[k + 1].word == "," and tokens[k + 2].word in ("and", "versus", "vs")
        )
        starts = k + 2 + (tokens[k + 1].word == ",")
        starts += tokens[starts].word == "by"  # "fell by 26 with AND BY 15 without guidance"
        then = next((v for v in values if v.first == starts), None)
        if not joined or then is None or then.last >= b - 1:
            continue
        two = [tokens[k].word, tokens[then.last].word]
        span = noun_phrase(tokens, then.last + 1, b)
        if sorted(two) != _BOTH_WAYS or span is None:
            continue
        name = text_of(tokens, *span)
        names = [name if word == "with" else f"without {name}" for word in two]
        return [Arm(k, k + 1, names[0], 3), Arm(then.last, span[1], names[1], 3)]
    return []


def who_did_not(tokens: list[Token], a: int, b: int) -> list[Arm]:
    """ "6.1 in those WHO SMOKED and 4.1 in those WHO DID NOT": two groups, the second by the first.

    Named by what the first did: "smoked", "not smoked"; "used tape", "no tape".
    """
    for k in range(a + 4, b - 1):
        if tokens[k].word not in _WHO or tokens[k + 1].word not in _DID or k + 2 >= b:
            continue
        ends = k + 3 >= b or tokens[k + 3].word in _BEHIND_NOT
        if tokens[k + 2].word != "not" or not ends or tokens[k - 1].word not in _SOME:
            continue
        for m in range(a + 1, k - 2):
            people = tokens[m - 1].word in _SOME
            people = people or (tokens[m].word == "who" and tokens[m - 1].word.endswith("s"))
            if tokens[m].word not in _WHO or not people:
                continue
            end = m + 1
            while end < k and tokens[end].kind == "w" and tokens[end].word not in _ENDS_CLAUSE:
                end += 1
            if not 1 <= end - m - 1 <= 5:
                continue
            name = text_of(tokens, m + 1, end)
            had = tokens[m + 1].word in _HAD and end > m + 2
            other = f"no {text_of(tokens, m + 2, end)}" if had else f"not {name}"
            return [Arm(m - 1, end, name, 3), Arm(k - 1, k + 3, other, 3)]
    return []


_HAD = word_set("had used took wore received underwent got needed required chose")
_WHO = word_set("who that which")
_DID = word_set("did had were was do have")
_SOME = PEOPLE | GROUP | word_set("those ones others")
_BEHIND_NOT = word_set("( ) [ ] , ; . at in on after and respectively was were had")
_ENDS_CLAUSE = word_set("and or than versus vs compared at after before was but from to")
_GIVEN = word_set("received receiving given had underwent using on")
_BOTH_WAYS = ["with", "without"]

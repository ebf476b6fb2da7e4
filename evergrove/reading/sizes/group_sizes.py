"""Sizes of groups: "two groups of 27", "each arm comprised 60", "89, 31 with and 58 without"."""

from __future__ import annotations

import itertools

from evergrove.reading.arms.arm_phrases import short_name, text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import DocArm, is_sex, words_of
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.cohort import NO_COHORT
from evergrove.reading.sizes.counted_people import joints_behind
from evergrove.reading.sizes.each_size import of_every_group
from evergrove.reading.sizes.number_headings import NUMBERS, behind_heading
from evergrove.reading.sizes.out_of_more import out_of_more
from evergrove.reading.text.small_words import THEM
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    BODY_PLACES,
    GROUP,
    PEOPLE,
    UNIT_DAYS,
    VERBS,
    is_content,
    names_people,
    word_set,
)

_EVERY = word_set("each every either both per")
_EVERY_ONE = word_set("each every either per")
_HOLDS = word_set(
    "comprised comprising consisted consisting included including contained containing had "
    "having numbered numbering of with was were made up totalled totaled counted in receiving "
    "received the a total held holding hold holds comprises consists includes contains has have "
    "comprise consist contain include"
)
_EQUAL = word_set("equal equally identical")
ALLOCATION = word_set(
    "allocation allocated allocating randomisation randomization randomised randomized assigned "
    "assignment split divided distribution allotted allotment"
)


def mark_each(tokens: list[Token], a: int, counts: list[Count]) -> None:
    """Set `each` on numbers of people that the words before them give to every group."""
    for count in counts:
        if count.each or count.noun == "events" or count.of is not None or count.value < 2:
            continue
        at = count.at - 2 if count.equals else count.at
        k = at - 1
        if tokens[k].word in ("(", "["):
            k -= 1
        of = k > a and tokens[k].word == "of"
        if (of or count.equals) and _several_groups(tokens, a, k - of):
            count.each = True
        elif not count.equals:
            while k > a and tokens[k].word in _HOLDS and at - k < 6:
                k -= 1
            if k < at - 1 and tokens[k].word in GROUP and k > a:
                count.each = of_every_group(tokens, a, k, _EVERY)
            elif _for_each(tokens, a, count) or _entered_each(tokens, count, counts):
                count.each = True
            elif tokens[k].word in _EVERY_ONE and k < at - 1 and tokens[k + 1].word in _HOLDS:
                # "each of 30 women" counts them all; "each comprised 30" counts a group.
                count.each = tokens[k + 1].word not in ("of", "the")


def without_lesions(counts: list[Count]) -> list[Count]:
    """The numbers that may be the size of a group: not that of "group A (38 LEVELS)"."""
    return [count for count in counts if count.equals or count.noun not in NO_COHORT]


def parts_of_them(tokens: list[Token], counts: list[Count]) -> list[tuple[str, Count]]:
    """ "60 cooks, 14 OF WHOM HAD corns": what tells such a part, and its size."""
    out = []
    for count in counts:
        k = count.last
        if count.noun != "events" or k + 3 >= len(tokens) or tokens[k].word != "of":
            continue
        if tokens[k + 1].word not in THEM or tokens[k + 2].word not in _HAVE:
            continue
        span = noun_phrase(tokens, k + 3, len(tokens))
        if span is not None and words_of(text_of(tokens, *span)):
            out.append((text_of(tokens, *span), count))
    return out


def rest_of_them(tokens: list[Token], a: int, b: int) -> str:
    """ "30 cases had gel, while THE REMAINING had ICE": the name of the second group, or ""."""
    for k in range(a + 4, b - 2):
        if tokens[k].word not in REST or tokens[k - 1].word != "the":
            continue
        j = k + 1
        while j < b - 1 and (tokens[j].word in PEOPLE or tokens[j].word in ("were", "was")):
            j += 1
        if tokens[j].word not in _TOOK:
            return ""
        span = noun_phrase(tokens, j + 1, b)
        return text_of(tokens, *span) if span and words_of(text_of(tokens, *span)) else ""
    return ""


REST = word_set("remaining rest remainder others")
_TOOK = word_set("received underwent got took given")


def give_parts(arms: list[DocArm], parts: list[tuple[str, Count]], tokens: list[Token]) -> None:
    """Give a group that the results name ("in the corns group") the size told of such people."""
    for name, count in parts:
        words = words_of(name)
        known = [arm for arm in arms if arm.words == words]
        if not known and any(
            after.word in GROUP and words_of(token.raw) == words
            for token, after in itertools.pairwise(tokens)
        ):
            known = [DocArm(name, words)]
            arms += known
        for arm in known:
            arm.n = arm.n or count


_HAVE = word_set("with had have having")


def _entered_each(tokens: list[Token], count: Count, counts: list[Count]) -> bool:
    """ "Twenty-two men entered each of the three arms", "30 were allocated to either group".

    In "60 were seen and 30 were allocated to each group" the 60 are not of each.
    """
    others = {one.at for one in counts}
    words = [tokens[k].word for k in range(count.last, min(count.last + 11, len(tokens)))]
    for k in range(len(words) - 1):
        if words[k] in (".", ";", ",", "(") or count.last + k in others:
            return False
        if words[k] == "either" and "or" in words[k + 1 : k + 5]:
            return False  # "60 were randomised to EITHER group A OR group B": all of them
        if words[k] in ("each", "either", "both") and GROUP & set(words[k + 1 : k + 5]):
            people = count.noun in PEOPLE and not count.equals
            there = people and words[k - 1] == "in" and words[k - 2] in _SEEN
            return there or bool(set(words[:k]) & (ALLOCATION | _ENTERED))
    return False


def _for_each(tokens: list[Token], a: int, count: Count) -> bool:
    """ ", EACH GROUP 28 cases", "IN EACH GROUP, 61 students were evaluated"."""
    k = count.at - 1
    apart = tokens[k].word == ","
    k -= apart
    if count.noun not in PEOPLE or k - 1 < a or tokens[k].word not in GROUP:
        return False
    if tokens[k - 1].word not in _EVERY_ONE:
        return False
    led = tokens[k - 2].word if k - 2 >= a else ""
    if not apart:
        return led in (",", ";", "(", "with", "and")
    first = k - 2 <= a and led == "in"
    ahead = [tokens[m].word for m in range(count.last, min(count.last + 14, len(tokens)))]
    stop = next((m for m, word in enumerate(ahead) if word in (",", ";", ".")), len(ahead))
    return first and not _SEEN.isdisjoint(ahead[:stop])


# "50 people were SEEN IN EACH arm"
_SEEN = word_set(
    "seen included enrolled treated analysed analyzed followed studied recruited evaluated examined"
)
_ENTERED = word_set("entered joined formed made comprised started completed belonged went")


def _several_groups(tokens: list[Token], a: int, k: int) -> bool:
    """Whether "two groups", "three equal arms" ends at token k."""
    if k <= a or tokens[k].word not in GROUP or not tokens[k].word.endswith("s"):
        return False
    lead = tokens[k - 1]
    equal = lead.word in _EQUAL
    if equal and k - 2 >= a:
        lead = tokens[k - 2]
    number = lead.kind == "n" and lead.value in (2, 3, 4, 5, 6)
    return number or equal or lead.word == "both"


def ratio_sizes(tokens: list[Token], a: int, b: int) -> list[Count]:
    """ "the allocation was 42:42": the sizes of the groups in their order; 1:1 is only a ratio."""
    for k in range(a + 1, b - 1):
        if tokens[k].word not in (":", "/") or tokens[k].spaced or tokens[k + 1].spaced:
            continue
        pair = (tokens[k - 1], tokens[k + 1])
        if all(
            t.kind == "n" and not t.flag and t.value == int(t.value) and t.value >= 8 for t in pair
        ):
            return [
                Count(int(t.value), at, at + 1, "", None, False, True, True)
                for t, at in zip(pair, (k - 1, k + 1), strict=True)
            ]
    return []


_PART_LINKS = word_set(
    "with for in had having received receiving underwent undergoing given treated treating by "
    "using of who were was due to because after on allocated assigned chose choosing took taking "
    "got wore wearing suffering from randomly the a an patients women men people subjects "
    "participants children adults cases them whom"
)
_SEXED = word_set(
    "women woman men man female females male males boys girls right left smokers deaths nodules"
)


def parts_of_total(
    tokens: list[Token], a: int, b: int, counts: list[Count]
) -> list[tuple[int, Count]]:
    """ "89 patients, 31 for metastases and 58 for fractures": numbers that add up to the total.

    Returns the token where the name of each part begins, with its count; [] unless two or more
    numbers behind a count of people add up to it exactly.
    """
    for total in counts:
        whole, behind = total.value, total.last
        if total.of is not None and not total.equals and total.of < total.at:
            whole, behind = int(tokens[total.of].value), total.of + 1  # "Of 41 people, 20 had ..."
        elif total.of is not None:
            continue
        if total.equals or total.each or whole < 6:
            continue
        parts: list[tuple[int, Count]] = []
        for k in range(behind, b - 1):
            if tokens[k].kind != "n" or not is_plain_number(tokens, k):
                continue
            j = k + 1
            if percent_bracket(tokens, j, b) and _assigned_behind(tokens, j + 4, parts):
                j += 4  # "with 48 (52%) randomly assigned to gel and 45 (48%) to a cuff"
            if joints_behind(tokens, k - 1, b):
                continue  # "31 patients (38 KNEES) had wax"
            while j < b and (tokens[j].word in _PART_LINKS or joints_behind(tokens, j, b)):
                j += 4 if tokens[j].word == "(" else 1
            named = j < b and tokens[j].kind == "w" and tokens[j].mark is None
            # "88 athletes: 44 celecoxib, 44 placebo"
            listed = tokens[k - 1].word in (":", ",", "and", "(", ";") and named
            listed = listed and tokens[j].word not in PEOPLE and is_content(tokens[j].word)
            if not named or tokens[j].word in _SEXED or (j == k + 1 and not listed):
                continue
            if _SEXED & {tokens[m].word for m in range(k + 1, j)}:
                continue
            parts.append((j, Count(int(tokens[k].value), k, k + 1, "", None, False, False)))
        # "58 patients operated from 2009 to 2015: 30 arthroscopic and 28 open": the last of them.
        for start in range(len(parts) - 1):
            if sum(count.value for _, count in parts[start:]) == whole:
                return parts[start:]
    return []


def percent_bracket(tokens: list[Token], k: int, b: int) -> bool:
    """Whether "(52%)" stands at token k."""
    return (
        k + 3 < b
        and tokens[k].word in ("(", "[")
        and tokens[k + 1].kind == "n"
        and tokens[k + 2].word == "%"
        and tokens[k + 3].word in (")", "]")
    )


def _assigned_behind(tokens: list[Token], k: int, parts: list[tuple[int, Count]]) -> bool:
    """ "(52%) WERE RANDOMLY ASSIGNED TO gel", then "(48%) TO a cuff": people of a group."""
    ahead = [token.word for token in tokens[k : k + 4]]
    if parts and ahead[:1] == ["to"]:
        return True
    while ahead and ahead[0] in _BEFORE_ASSIGNED:
        ahead.pop(0)
    return bool(ahead) and ahead[0] in ALLOCATION


_BEFORE_ASSIGNED = word_set("were was being randomly been who")


OPENS_PARTS = frozenset(("(", "[", ":"))


def bracket_parts(
    tokens: list[Token], a: int, b: int, numbers: list[int]
) -> list[tuple[int, int, Count]]:
    """ "97 patients (wax 52, clay 45)": first and last token of each name, and its count.

    Read only where the numbers in the bracket add up to a number before it. `numbers`: the tokens
    of all numbers of a..b.
    """
    for i in [i for i in range(a + 1, b) if tokens[i].word in OPENS_PARTS]:
        close = i + 1
        while close < b and tokens[close].word not in (")", "]", "."):
            close += 1
        if len([k for k in numbers if i < k < close]) < 2:
            continue  # no two parts
        listed = tokens[i].word == ":"
        headed = i + 3 < b and tokens[i + 2].word == ":" and tokens[i + 3].kind != "n"
        if not listed and headed:
            continue  # "97 patients (site: wrist 52, thumb 45)": what they had
        apart = listed or ";" in [token.word for token in tokens[i:close]]  # "(wax, 52; ...)"
        signs = (";",) if apart else (",", ";", "and")
        parts: list[tuple[int, int, Count]] = []
        start = i + 1
        for k in range(i + 1, close + 1):
            if k < close and tokens[k].word not in signs:
                continue
            part = named_number(tokens, start, k)
            if part is None:
                parts = []
                break
            parts.append(part)
            start = k + 1
        if len(parts) < 2:
            continue
        total = sum(count.value for _, _, count in parts)
        if listed:
            # "96 women were reviewed: coils, 35; plugs, 29; both, 32"
            if any(tokens[m].kind == "n" and tokens[m].value == total for m in range(a, i)):
                return parts
            continue
        told = [m for m in range(max(a, i - 5), i) if tokens[m].kind == "n"]
        gap = {tokens[m].word for m in range(told[-1] + 1, i)} if told else set()
        people = bool(gap) and gap.isdisjoint(VERBS) and gap.isdisjoint(NO_COHORT)
        if people and total == tokens[told[-1]].value:
            return parts
        of_some = bool(gap) and total == tokens[told[-1]].value
        if of_some and _some_of_whole(tokens, a, told[-1], gap):
            return parts
        if _sum_further_before(tokens, a, i, parts, total):
            return parts
    return []


def _sum_further_before(
    tokens: list[Token], a: int, opened: int, parts: list[tuple[int, int, Count]], total: int
) -> bool:
    """ "81 nuns with one or two corns (WX, 38; CL, 43)", "81 WERE TREATED (wax 38, clay 43)".

    Whether the sum counts people earlier in the sentence: before a verb of taking in where the
    names are words, and anywhere where all are short names.
    """
    at = next((k for k in range(opened - 1, a - 1, -1) if tokens[k].value == total), None)
    if at is None or tokens[at].kind != "n" or "." in tokens[at].word:
        return False
    gap = {tokens[k].word for k in range(at + 1, opened)}
    opens = tokens[at].flag == "word" and at < a + 3
    if gap.isdisjoint(PEOPLE) and not opens and not out_of_more(tokens, a, at):
        return False
    if all(last == first + 1 and short_name(tokens[first]) for first, last, _ in parts):
        return not gap & (NO_COHORT | _FOUND)
    names = {tokens[k].word for first, last, _ in parts for k in range(first, last)}
    taken = gap & VERBS and gap & VERBS <= _TAKEN_IN and not gap & _FOUND
    people = PEOPLE - {"control", "controls"} | BODY_PLACES
    return bool(taken) and names.isdisjoint(people) and not any(map(is_sex, names))


def _some_of_whole(tokens: list[Token], a: int, at: int, gap: set[str]) -> bool:
    """ "OF 90 NUNS enrolled, 81 WERE ANALYSED (wax 43, clay 38)": `gap`, between 81 and bracket."""
    led = [
        k + 1 + (tokens[k + 1].word == "the") for k in range(a, at - 2) if tokens[k].word == "of"
    ]
    whole = [k for k in led if tokens[k].kind == "n"]
    people = whole and any(names_people(tokens[k].word) for k in range(whole[-1], at))
    taken = gap & VERBS <= _TAKEN_IN and not gap & (NO_COHORT - {"study", "trial"} | _FOUND)
    return bool(people) and tokens[at - 1].word == "," and taken


_TAKEN_IN = word_set(
    "were was treated included enrolled randomised randomized analysed analyzed studied took "
    "participated recruited allocated assigned completed"
)
_FOUND = word_set("had died showed developed reported lost excluded withdrew")


def sizes_in_brackets(tokens: list[Token], a: int, b: int) -> list[int]:
    """ "283 had SWL (186) or retrograde pyelography (RGP, 97)": numbers that add up to the first.

    Returns the tokens of the sizes; [] where fewer than two stand in such brackets.
    """
    found = [
        k for k in range(a + 2, b - 1)
        if tokens[k].kind == "n" and _closes_bracket(tokens, k)
    ]  # fmt: skip
    if len(found) < 2:
        return []
    total = sum(tokens[k].value for k in found)
    told = any(tokens[k].kind == "n" and tokens[k].value == total for k in range(a, found[0]))
    return found if told else []


def _closes_bracket(tokens: list[Token], k: int) -> bool:
    """Whether the number at k stands alone in a bracket, or with a short name before it."""
    if tokens[k + 1].word not in (")", "]"):
        return False
    opens = k - 1 if tokens[k - 1].word != "," else k - 3
    if opens < 1 or tokens[opens].word not in ("(", "[") or tokens[opens - 1].kind != "w":
        return False
    return is_plain_number(tokens, k)


def named_number(tokens: list[Token], first: int, last: int) -> tuple[int, int, Count] | None:
    """ "wax 52", "wax n = 52" or "52 wax": the name and the number of one part of a bracket."""
    numbers = [k for k in range(first, last) if tokens[k].kind == "n"]
    if len(numbers) != 1 or last - first < 2:
        return None
    at = numbers[0]
    if "." in tokens[at].word or tokens[at].value < 2:
        return None
    if at == last - 1:
        stop = at - 2 if tokens[at - 1].word in ("=", ":") and tokens[at - 2].word == "n" else at
        name = (first, stop - 1 if tokens[stop - 1].word in (":", "=", ",") else stop)
    elif at == first:
        name = (at + 1, last)
    else:
        return None
    while name[0] < name[1] and tokens[name[0]].word in _LEADS_NAME:
        name = (name[0] + 1, name[1])  # "29 IN THE control group"
    words = [tokens[k] for k in range(*name)]
    if not words or len(words) > 4 or any(t.kind == "n" or t.word in _NOT_NAME for t in words):
        return None
    if tokens[name[1] - 1].word in ("group", "arm") and len(words) > 1:
        name = (name[0], name[1] - 1)
    return name[0], name[1], Count(int(tokens[at].value), at, at + 1, "", None, False, True)


def _were_in(tokens: list[Token], first: int) -> bool:
    """ "21 (52%) WERE IN THE gel group and 19 (48%) in the ice group"."""
    k = first - 1 - (tokens[first - 1].word == "the")
    return k > 0 and tokens[k].word == "in" and tokens[k - 1].word in ("were", "was")


def is_plain_number(tokens: list[Token], k: int) -> bool:
    token = tokens[k]
    if token.kind != "n" or token.mark is not None or token.flag in ("id", "ord"):
        return False
    after = tokens[k + 1].word if k + 1 < len(tokens) else ""
    return (
        token.value == int(token.value)
        and token.value > 1
        and "." not in token.word
        and after not in UNIT_DAYS
        and after not in _NO_PEOPLE
        and tokens[k - 1].word not in ("±", "=", "<", ">")
    )


_NOT_NAME = _SEXED | PEOPLE - {"control", "controls"} | {"(", "%", "±", "="}
_LEADS_NAME = word_set("in to on for with the a an")
_NO_PEOPLE = word_set("% ± mg g ml mm cm ° hz khz j w nm µg gy kg iu - / – points point days")
_GIVEN = word_set(
    "given received administered allocated assigned randomised randomized offered applied chose "
    "chosen underwent treated included enrolled formed comprised completed analysed analyzed "
    "reviewed available remained evaluated evaluable followed assessed attended divided"
)
LOST_OR_WON = word_set(
    "died lost withdrew dropped excluded discontinued missing declined nausea vomiting "
    "complication complications adverse events event recurrence developed failed crossed "
    "crossover relapsed "
    "reported rescue required needed achieved responders response relief improved satisfied"
)


def interleaved(
    tokens: list[Token], a: int, b: int, arms: list[tuple[int, int, DocArm]], busy: set[int]
) -> list[tuple[DocArm, Count]]:
    """ "SF was given to 108 and MF to 106", "26 EG and 27 CG women completed": group and number.

    `arms`: the places of declared groups in the sentence. Read only where each group is named once
    and groups and plain numbers take turns; anything else gives nothing.
    """
    if len(arms) < 2:
        return []
    words = {token.word for token in tokens[a:b]}
    # "THE NUMBER OF PATIENTS WAS 31 with wax and 29 with clay"
    headed = not words.isdisjoint(NUMBERS) and behind_heading(tokens, a, b) > 0
    given = headed or words & _GIVEN or any(_were_in(tokens, first) for first, _, _ in arms)
    if not given or words & LOST_OR_WON:
        return []
    if len({id(arm) for _, _, arm in arms}) != len(arms):
        return []
    inside = {k for first, last, _ in arms for k in range(first, last)}
    numbers = [
        k for k in range(a, b - 1)
        if k not in busy and k not in inside and is_plain_number(tokens, k) and tokens[k].value >= 3
        and tokens[k - 1].word != "/"  # "29/35 with wax and 28/33 with clay completed it"
    ]  # fmt: skip
    total = [k for k in numbers if tokens[k].value == sum(tokens[m].value for m in numbers) / 2]
    if len(total) == 1 and len(numbers) == len(arms) + 1:
        numbers.remove(total[0])
    if len(numbers) > len(arms) and ":" in words:
        # "96 were enrolled and 90 completed: 46 in the device arm and 44 in the usual-care arm"
        last = numbers[-len(arms) :]
        whole = sum(tokens[k].value for k in last)
        if any(tokens[k].value == whole for k in numbers[: -len(arms)]):
            numbers = last
    if len(numbers) != len(arms):
        return []
    before = all(k < first for k, (first, _, _) in zip(numbers, arms, strict=True))
    behind = all(k >= last for k, (_, last, _) in zip(numbers, arms, strict=True))
    turns = sorted([*numbers, *(first for first, _, _ in arms)])
    marks = [k in numbers for k in turns]
    if not (before or behind) or any(x == y for x, y in itertools.pairwise(marks)):
        return []
    return [
        (arm, Count(int(tokens[k].value), k, k + 1, "", None, False, False))
        for k, (_, _, arm) in zip(numbers, arms, strict=True)
    ]

"""How many people were left at each time, and in which group, where a sentence tells only that."""

from __future__ import annotations

from dataclasses import dataclass

from evergrove.reading.arms.arms import DocArm
from evergrove.reading.arms.both_treatments import two_sizes
from evergrove.reading.arms.known_mentions import known_mentions
from evergrove.reading.declarations import Declared
from evergrove.reading.numbers.count_lists import CountList
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.bracketed_sizes import left_in_groups
from evergrove.reading.sizes.counted_people import describes
from evergrove.reading.sizes.group_sizes import percent_bracket
from evergrove.reading.sizes.left_of_each import LEFT_THEN, in_text_order, left_of_each
from evergrove.reading.sizes.people_left import (
    answered,
    follow_up_rate,
    followed_at,
    had_both,
    had_data,
    had_visit,
    in_analysis,
    of_whom,
    responded,
)
from evergrove.reading.text.small_words import KINDS_OF_POINT
from evergrove.reading.text.still_there import (
    ANSWERED,
    COMPLETED,
    LEFT,
    QUERIED_BY_POST,
    STAYED,
    Words,
    stayed,
)
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, is_content, word_set
from evergrove.reading.times.time_parts import Time

_ASSIGNED = word_set("randomised randomized allocated assigned enrolled divided recruited")
_BETWEEN_COUNT_AND_ARM = word_set(
    "in of from on with to the allocated assigned receiving patients participants subjects people "
    "women men children adults who received treated given"
)


@dataclass(slots=True, eq=False)
class Size:
    """n at a time (None: at every time after baseline) of a group (None: of everybody).

    `whole`: those analysed, so that n holds at baseline too.
    """

    time: Time | None
    arm: DocArm | None
    count: Count
    inferred: bool = False
    whole: bool = False


def _share_of_events(tokens: list[Token], count: Count) -> bool:
    """ "14 patients (12.5%) had a new fracture": people to whom something happened."""
    k = count.last
    while k < len(tokens) and k - count.last < 4 and tokens[k].kind == "w":
        k += 1
    if k + 3 >= len(tokens) or tokens[k].word not in ("(", "[") or tokens[k + 2].word != "%":
        return False
    return tokens[k + 4].word not in STAYED | {"were", "could"} if k + 4 < len(tokens) else True


def set_ratio(tokens: list[Token], a: int, b: int, declared: Declared) -> None:
    """ "the allocation was 42:42": the sizes of the declared groups in their order."""
    if declared.cohort is not None:
        told = two_sizes(tokens, a, b, declared.cohort.value)
        for arm, count in zip(declared.arms, told, strict=False):
            arm.n = arm.n or count
    for k in range(a + 1, b - 1):
        one, two = tokens[k - 1], tokens[k + 1]
        if tokens[k].word != ":" or one.kind != "n" or two.kind != "n" or two.spaced:
            continue
        if min(one.value, two.value) < 5 or one.value % 1 or two.value % 1:
            continue
        for arm, at in zip(declared.arms, (k - 1, k + 1), strict=True):
            arm.n = arm.n or Count(int(tokens[at].value), at, at + 1)


# Words of which one stands in a sentence that `set_ratio` can read.
ALLOCATED = word_set("allocation allocated randomised randomized assigned randomisation split")


def sizes_beside_times(times: list[Time], counts: list[Count]) -> list[Size]:
    """ "again at 3 (n = 51) and 9 months (n = 58)": the size in a bracket behind each time."""
    behind = {count.at - 3: count for count in counts if count.equals and not count.each}
    out = [
        Size(t, None, behind[t.last])
        for t in times
        if t.kind in KINDS_OF_POINT and t.last in behind
    ]
    return out if len(out) > 1 else []


_FOUND = word_set("reached contacted located traced")


def find_sizes(
    tokens: list[Token], a: int, b: int, times: list[Time], counts: list[Count],
    lists: list[CountList], declared: Declared, words: Words,
) -> list[Size]:  # fmt: skip
    """The sizes that one sentence without results tells, clause by clause between semicolons.

    `words`: those of the sentence a..b.
    """
    if "not" in words and words & _FOUND:
        return []  # "one could not be reached after 6 weeks": who was lost, not who was left
    cuts = [k for k in range(a, b) if tokens[k].word == ";"] if ";" in words and times else []
    cuts = [k for k in cuts if not describes(tokens, a, b, k)]
    if cuts:
        found: list[Size] = []
        for first, last in zip([a, *[k + 1 for k in cuts]], [*cuts, b], strict=True):
            found += _of_clause(
                tokens, first, last, [t for t in times if first <= t.first < last],
                [c for c in counts if first <= c.at < last],
                [one for one in lists if first <= one.first < last], declared,
                frozenset([token.word for token in tokens[first:last]]),
            )  # fmt: skip
        if found:
            return found
    return _of_clause(tokens, a, b, times, counts, lists, declared, words)


def _of_clause(
    tokens: list[Token], a: int, b: int, times: list[Time], counts: list[Count],
    lists: list[CountList], declared: Declared, words: Words,
) -> list[Size]:  # fmt: skip
    points = [time for time in times if time.kind in KINDS_OF_POINT and time.kind != "base"]
    arms = declared.arms
    if len(points) < 2 and len(arms) > 1 and not words.isdisjoint(LEFT_THEN):
        left = left_of_each(tokens, a, b, arms)
        if left:
            return [Size(points[0] if points else None, arm, count) for arm, count in left]
    several = len(arms) > 1 and len(points) == 1
    if several and (fractions := _fractions(tokens, a, b, counts, points, declared)):
        return fractions
    if words & LEFT and len(arms) < 2 and (seen := had_visit(tokens, a, b)) is not None:
        return [Size(None, None, seen)]
    if "had" in words and len(arms) < 2 and (seen := had_data(tokens, a, b)) is not None:
        return [Size(None, None, seen)]
    if "had" in words and len(arms) < 2 and (seen := had_both(tokens, a, b)) is not None:
        return [Size(None, None, seen, False, True)]
    queried = len(arms) < 2 and not words.isdisjoint(QUERIED_BY_POST)
    if queried and (seen := answered(tokens, a, b)) is not None:
        return [Size(None, None, seen)]
    queried = queried or (len(arms) < 2 and "respondents" in words)
    if queried and (seen := responded(tokens, a, b)) is not None:
        return [Size(points[0] if len(points) == 1 else None, None, seen)]
    visit = len(arms) < 2 and len(points) == 1
    if visit and (seen := followed_at(tokens, a, b, points)) is not None:
        return [Size(points[0], None, seen)]
    if "whom" in words and len(points) < 2 and (seen := of_whom(tokens, a, b)) is not None:
        whole = bool(words & {"analysed", "analyzed"})
        return [Size(points[0] if points else None, None, seen, False, whole)]
    there: Words | None = None
    if len(points) < 2 and len(arms) > 1 and len(counts) > 1:
        there = stayed(tokens, a, b, words)
        parts = left_in_groups(tokens, a, b, arms) if there else []
        if parts:
            return [Size(points[0] if points else None, arm, count) for arm, count in parts]
    bracketed = _in_brackets(tokens, times, counts) if len(times) > 1 else []
    if len(bracketed) > 1:
        return bracketed
    rated = len(arms) < 2 and "rate" in words
    if rated and "response" in words and declared.cohort is not None and not declared.asked:
        return []  # "the RESPONSE RATE was 58% (28/48)": who got better
    if rated and (seen := follow_up_rate(tokens, a, b, words, counts)) is not None:
        visits = [time for time in times if time.kind in ("point", "final", "followup")]
        return [Size(visits[0] if len(visits) == 1 else None, None, seen)]
    there = stayed(tokens, a, b, words) if there is None else there
    if not there or (there <= {"present"} and "in" in words):
        return []  # "a cleft was present in 12 and 21 patients"
    whole = bool(words & {"analysed", "analyzed"})
    # "31 from the bran group and 30 from the oat group answered, a response rate of 81%"
    whole = whole or (not points and bool(words & ANSWERED) and {"response", "rate"} <= words)
    whole = whole or ("leaving" in words and "analysis" in words and not points)
    each = [count for count in counts if count.each and count.noun != "events"]
    if len(each) == 1 and len(arms) > 1 and words & COMPLETED and not words & _ASSIGNED:
        # "Thirty patients completed the study (15 per arm)"
        point = points[0] if len(points) == 1 else None
        return [
            Size(point, arm, each[0], False, whole)
            for arm in arms
            if arm.n is None or each[0].value < arm.n.value
        ]
    for one in lists:
        here = [t for t in points]
        if len(one.counts) == len(arms) >= 2 and len(here) <= 1:
            time = here[0] if here else None
            return [
                Size(time, arm, n, False, whole)
                for arm, n in zip(in_text_order(arms), one.counts, strict=True)
            ]
        if len(one.counts) == len(here) >= 2 and len(arms) < 2:
            return [Size(time, None, n) for time, n in zip(here, one.counts, strict=True)]
    leaving = next((k for k in range(a, b) if tokens[k].word == "leaving"), None)
    if leaving is not None:
        # "Five patients were lost, leaving 33 in the combined and 32 in the eccentric group"
        of_arms = _counted_arms(tokens, leaving, b, counts, points, declared)
        if of_arms:
            return of_arms
    if not words & LEFT or words & {"completed", "available", "remained"}:
        of_arms = _counted_arms(tokens, a, b, counts, points, declared)
        for size in of_arms:
            size.whole = whole
        if of_arms:
            return of_arms
    return _single(tokens, a, times, counts, words)


def _in_brackets(tokens: list[Token], times: list[Time], counts: list[Count]) -> list[Size]:
    """ "at 2 weeks (n = 61), 3 months (n = 55) and 1 year (n = 40)": a size behind each time."""
    out = []
    for time in times:
        k = time.last
        if time.kind not in KINDS_OF_POINT or k >= len(tokens) or tokens[k].word != "(":
            continue
        count = next((c for c in counts if c.equals and k < c.at <= k + 3), None)
        if count is not None and count.last < len(tokens) and tokens[count.last].word == ")":
            out.append(Size(time, None, count))
    return out


def _counted_arms(
    tokens: list[Token], a: int, b: int, counts: list[Count], points: list[Time],
    declared: Declared,
) -> list[Size]:  # fmt: skip
    """ "52 in the kyphoplasty group and 49 in the control group completed the visit"."""
    if len(points) > 1 or len(declared.arms) < 2:
        return []
    named = known_mentions(tokens, a, b, declared.arms, declared.index)
    wholes = {count.at: count for count in counts}
    of = {count.of for count in counts if count.of is not None}
    out: list[Size] = []
    for at in range(a, b):
        token = tokens[at]
        plain = token.kind == "n" and token.mark is None and token.flag in ("", "word")
        if not plain or at in of or token.value != int(token.value) or "." in token.word:
            continue
        if at > a and tokens[at - 1].word == "/":
            continue  # "29/35 with wax and 28/33 with clay completed it": the first of each two
        if at > a + 1 and tokens[at - 1].word == "of" and tokens[at - 2].word in (")", "]"):
            continue  # "31 (89%) OF 35 patients in the wax group": nor those
        count = wholes.get(at) or Count(int(token.value), at, at + 1)
        if count.noun == "events" or count.each or count.value < 2:
            continue
        k = (count.of + 1) if count.of is not None else at + 1
        if count.of is None and k + 1 < b and tokens[k].word == "/" and tokens[k + 1].kind == "n":
            k += 2
        k += 4 * percent_bracket(tokens, k, b)
        if k < b and tokens[k].word not in _BETWEEN_COUNT_AND_ARM and _some_people(tokens, k):
            k += 1  # "29/35 SAILORS with wax"
        while k < b and tokens[k].word in _BETWEEN_COUNT_AND_ARM:
            k += 1
        arm = next((x.arm for x in named if x.first <= k < x.last), None)
        if arm is not None and not any(s.arm is arm for s in out):
            out.append(Size(points[0] if points else None, arm, count))
    return out if len(out) == len(declared.arms) else []


def _some_people(tokens: list[Token], k: int) -> bool:
    """Whether the word at k may name people whom no list has: a plural before "with" or "in"."""
    word, then = tokens[k], tokens[k + 1].word if k + 1 < len(tokens) else ""
    plain = word.kind == "w" and word.mark is None and is_content(word.word)
    return plain and word.word.endswith("s") and then in ("in", "of", "with", "on", "from")


def _fractions(
    tokens: list[Token], a: int, b: int, counts: list[Count], points: list[Time],
    declared: Declared,
) -> list[Size]:  # fmt: skip
    """ "79% (19/24) and 60% (9/15) of those alive at day 30": the denominators are the n then."""
    arms = declared.arms
    if any(arm.n is None for arm in arms):
        return []
    wholes = [
        Count(int(tokens[count.of].value), count.of, count.of + 1)
        for count in counts
        if count.of is not None and tokens[count.at + 1].word == "/"
    ]
    if len(wholes) != len(arms):
        return []
    if any(
        not 0.4 * arm.n.value <= n.value <= arm.n.value
        for arm, n in zip(arms, wholes, strict=True)
        if arm.n is not None
    ):
        return []
    return [Size(points[0], arm, n, True) for arm, n in zip(arms, wholes, strict=True)]


_PEOPLE_OR_OF = PEOPLE | {"of"}


_LEFT_BUT_LOST = LEFT - {"lost"}


def _one_time(
    tokens: list[Token], words: Words, counts: list[Count], points: list[Time]
) -> list[Size]:
    """ "At 24 months 71 of 93 patients could be evaluated": one number of people, one time."""
    told = [c for c in counts if c.equals and not c.each]
    if len(points) == 1 and len(told) == 1 and "analysis" in words:
        # "were excluded from the 24-month analysis (n = 41)"
        return [Size(points[0], None, told[0])]
    people = [c for c in counts if c.noun in _PEOPLE_OR_OF and not c.each and not c.equals]
    if len(people) == 1 and len(counts) == 2 and people[0] is counts[0]:
        # "Of 58 participants, 52 completed the visit"
        rest = counts[1]
        if rest.noun not in PEOPLE and not rest.each and rest.value <= people[0].value:
            people = [rest]
    people = people or [c for c in counts if not c.noun and not c.each and not c.equals]
    if len(points) != 1 or len(people) != 1 or words & _LEFT_BUT_LOST:
        return []
    if _share_of_events(tokens, people[0]):
        return []
    return [Size(points[0], None, people[0])]


def _part_of(tokens: list[Token], k: int, a: int) -> int:
    """ "for 97 OF 118 patients at 2 years": the token of the 97, which were there; else k."""
    j = k - 1 - (tokens[k - 1].word == "the")
    whole = k < len(tokens) and tokens[k].kind == "n" and j - 1 >= a
    if not whole or tokens[j].word not in ("of", "/") or tokens[j - 1].kind != "n":
        return k
    part = tokens[j - 1]
    less = part.value < tokens[k].value and part.mark is None and "." not in part.word
    return j - 1 if less and not part.flag.startswith("o") else k


def _single(
    tokens: list[Token], a: int, times: list[Time], counts: list[Count], words: Words
) -> list[Size]:
    """ "45 were available at 3 months and 41 at 12 months": how many were left at each time."""
    out = []
    for time in times:
        if time.kind != "point":
            continue
        k = time.first - 1
        while k > a and (
            tokens[k].word in _BESIDE_STAYED or tokens[k].word in STAYED or tokens[k].word in PEOPLE
        ):
            k -= 1
        share = k
        if tokens[k].word in (")", "]"):
            # "66 (81%) answered at 3 months"
            share = k - 4
            inside = share >= a and tokens[share + 1].word in ("(", "[")
            if inside and tokens[share + 2].kind == "n" and tokens[share + 3].word == "%":
                k = share
        k = _part_of(tokens, k, a)
        token = tokens[k]
        plain = token.kind == "n" and token.mark is None and "." not in token.word
        if tokens[k - 1].word == "of" and "." in tokens[k - 2].word:
            continue  # "5.5 of 10 after four weeks": the top of a scale
        if plain and k < time.first - 1 and token.value == int(token.value) and token.value > 1:
            count = Count(int(token.value), k, k + 1, "", None, False, False, True)
            out.append(Size(time, None, count))
    points = [time for time in times if time.kind in KINDS_OF_POINT and time.kind != "base"]
    out = out or _only_one(tokens, a, times, counts) or _one_time(tokens, words, counts, points)
    if out or times:
        return out
    told = in_analysis(words, counts)
    if told is None or _share_of_events(tokens, told):
        return []
    return [Size(None, None, told)]


# "34 could be followed at 2 years": the words of the verb.
_BESIDE_STAYED = word_set("at after to for were was had have been could be can up")


def _only_one(tokens: list[Token], a: int, times: list[Time], counts: list[Count]) -> list[Size]:
    """ "At 24 months 71 of 93 patients could be evaluated": one time and one number of people."""
    points = [time for time in times if time.kind in KINDS_OF_POINT and time.kind != "base"]
    points = [time for time in points if not _length_of_study(tokens, a, time)]
    people = [
        count
        for count in counts
        if not count.each
        and not count.equals
        and not count.bracket
        and (count.noun in PEOPLE or count.noun in ("of", "") or count.noun in STAYED)
    ]
    told = max((count.value for count in people[:2]), default=0) if len(people) == 2 else 0
    if len(people) == 2 and _of_whole(tokens, *people):
        people = people[1:]
    people = [count for count in people if count.noun] or people
    if not points and len(people) in (1, 2) and not {"screened"} & {t.word for t in tokens[a:]}:
        # "64 were enrolled and 58 completed the study", "58 of 64 women completed the trial"
        left = people[-1]
        whole = people[0].value if len(people) == 2 else told
        if left.of is not None and len(people) == 1:
            whole = int(tokens[left.of].value)
        ahead = [tokens[k].word for k in range(left.last, min(left.last + 9, len(tokens)))]
        stop = ahead.index(".") if "." in ahead else len(ahead)
        if 0.4 * whole <= left.value < whole and set(ahead[:stop]) & COMPLETED:
            return [Size(None, None, left)]
    if len(points) != 1 or len(people) != 1 or points[0].kind == "post":
        return []
    ahead = {tokens[k].word for k in range(people[0].last, min(people[0].last + 7, len(tokens)))}
    lead = {tokens[k].word for k in range(max(a, people[0].at - 4), people[0].at)}
    if len(people) == 1 and ahead & LEFT:
        return []
    stays = ahead & STAYED or (lead & STAYED and lead & {"in", "for", "from", "of"})
    return [Size(points[0], None, people[0])] if stays else []


def _length_of_study(tokens: list[Token], a: int, time: Time) -> bool:
    """ "52 completed the trial, with a FOLLOW-UP OF 1 year": they were there at every visit."""
    k = time.first - 1
    if k - 3 < a or tokens[k].word != "of" or tokens[k - 1].word not in ("follow-up", "up"):
        return False
    words = [tokens[m].word for m in range(a, k)]
    return any(
        word == "completed" and words[m + 2 : m + 3] and words[m + 2] in _WHOLE_STUDY
        for m, word in enumerate(words)
    )


_WHOLE_STUDY = word_set("study trial protocol treatment program programme series investigation")


def _of_whole(tokens: list[Token], whole: Count, rest: Count) -> bool:
    """ "Of a total of 52 cases, 47 were seen at 1 year": the second is a part of the first."""
    lead = [tokens[k].word for k in range(max(0, whole.at - 5), whole.at)]
    while lead[-1:] and lead[-1] in ("the", "a", "total", "all", "these", "our"):
        lead.pop()
    gap = [tokens[k].word for k in range(whole.last, rest.at)]
    comma = gap[-1:] == [","] and len(gap) <= 14 and gap.count(",") == 1
    return lead[-1:] == ["of"] and comma and rest.value <= whole.value


def size_at(sizes: list[Size], arm: DocArm | None, time: Time | None) -> Size | None:
    """The size of a group at a time, or the one told for every time after baseline."""
    mine = [size for size in sizes if size.arm is arm]
    if time is not None:
        for size in mine:
            if size.time is not None and same_time(size.time, time):
                return size
        then = [s for s in mine if s.time is None and (s.whole or time.kind != "base")]
        # "74 returned it; 54 HAD SCORES BEFORE AND AFTER": those are the ones of both
        return next((s for s in then if s.whole), then[0] if then else None)
    return None


def same_time(one: Time, two: Time) -> bool:
    """Equal labels, or lengths of time within 4 % ("12-month visit", "1 year")."""
    if one.label == two.label:
        return True
    if one.days is None or two.days is None or one.kind == "base" or two.kind == "base":
        return False
    return abs(one.days - two.days) <= 0.04 * max(one.days, two.days)

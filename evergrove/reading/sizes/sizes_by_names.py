"""Sizes of groups that the results call by other names: "57 were operated on, 71 were not"."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from evergrove.reading.arms.adjective_parts import behind_share
from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import ASSIGNED, is_sex
from evergrove.reading.arms.dose_groups import DOSE_UNITS
from evergrove.reading.arms.names_alike import is_role, paired
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.group_sizes import is_plain_number
from evergrove.reading.sizes.number_headings import NUMBERS, counts_others
from evergrove.reading.sizes.outcome_counts import occurred_in
from evergrove.reading.text.people_nouns import may_be_people
from evergrove.reading.text.words import (
    GROUP,
    PEOPLE,
    PREPOSITIONS,
    UNIT_DAYS,
    is_content,
    word_set,
)

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.text.tokens import Token
    from evergrove.reading.view import View

_LEAST = 3
_FURTHEST = 14
_MOST_GROUPS = 4
_YEARS = range(1900, 2100)
_NUMBERED = word_set("grade level stage type phase class no number aged age day week month versus")
# Words of a sentence whose numbers count something else than the people of the groups.
_EVENTS = word_set(
    "died lost withdrew dropped excluded discontinued missing declined nausea vomiting "
    "complication complications adverse events event recurrence developed failed crossed "
    "relapsed reported rescue required needed achieved responders response improved satisfied "
    "leakage infection infections"
)
_DIVIDED = ASSIGNED | word_set("divided groups arms split")
_GIVEN = word_set("with received underwent had got given treated after in on under using")
_GIVEN_TO = ASSIGNED | word_set("given administered offered")
_TAKEN_IN = word_set(
    "enrolled included recruited studied analysed analyzed randomised randomized identified "
    "eligible reviewed available evaluated seen treated"
)
_UNITS = word_set("u units unit iu bottles sessions cycles")
_ENDS = word_set(". ; ) ] , :")


def sizes_by_names(document: Document, names: list[str], busy: set[int]) -> dict[str, Count]:
    """The sizes of the groups of the results, from a sentence that tells as many numbers of people.

    `names`: the groups without a size, as the results print them. `busy`: views (by id) whose
    numbers are results. Each number is told with a phrase of its own, all before or all behind
    ("CLAY (41) and WAX (39)", "41 had CLAY and 39 had WAX"), and each group is like one of the
    phrases. Nothing is given where two sentences tell different sizes.
    """
    if not 2 <= len(names) <= _MOST_GROUPS:
        return {}
    if document.declared.each is not None or document.design.crossover:
        return {}
    found: dict[str, Count] = {}
    for view in document.views:
        if id(view) in busy or view.section == "conclusion":
            continue
        if not view.words.isdisjoint(NUMBERS) and counts_others(document.tokens, view.a, view.b):
            continue
        told = _told_in(document, view, names)
        for name, count in told.items():
            if name in found and found[name].value != count.value:
                return {}
        found = found or told
    return found


def _told_in(document: Document, view: View, names: list[str]) -> dict[str, Count]:
    tokens = document.tokens
    last = min(view.b, len(tokens) - 1)
    numbers = [k for k in view.numbers if k < last and _may_count(tokens, k)]
    if len(numbers) < len(names):
        return {}
    numbers = _without_sexes(tokens, numbers, names)
    size = len(names)
    runs = [numbers[start : start + size] for start in range(len(numbers) - size + 1)]
    runs = [run for run in runs if _adds_up(document, view, run)] or runs
    for run in runs:
        if not _of_people(document, view, run):
            continue
        for phrases in _phrases(tokens, view, run):
            open_ended = _adds_up(document, view, run) or any(map(is_role, names))
            order = paired(names, phrases, unmet=int(open_ended))
            if order is not None:
                return {
                    name: Count(int(tokens[run[at]].value), run[at], run[at] + 1)
                    for name, at in zip(names, order, strict=True)
                }
    return {}


def _without_sexes(tokens: list[Token], numbers: list[int], names: list[str]) -> list[int]:
    """The numbers but those of "131 patients, 109 FEMALES AND 22 MALES": parts of one group.

    Where no group of the results is a sex itself.
    """
    sexed = [k for k in numbers if is_sex(tokens[k + 1].word)]
    own = any(is_sex(word) for name in names for word in name.lower().split())
    return numbers if own or len(sexed) < 2 else [k for k in numbers if k not in sexed]


def _may_count(tokens: list[Token], k: int) -> bool:
    token = tokens[k]
    if token.value < _LEAST or not is_plain_number(tokens, k):
        return False
    before = tokens[k - 1].word if k else ""
    if before in _NUMBERED or (before in GROUP and token.value <= _LABELS):
        return False
    if token.value in _YEARS and not token.flag:
        return False
    if before == "between" or tokens[max(0, k - 3)].word == "between":
        return False  # "people aged BETWEEN 24 AND 72 years": ends of a range
    behind = tokens[k + 1].word
    if behind in UNIT_DAYS:
        return False
    return not (behind == "-" or before in ("-", "/") or behind in DOSE_UNITS or behind in _UNITS)


def _adds_up(document: Document, view: View, run: list[int]) -> bool:
    """Whether the numbers add up to everybody, or to a number that stands before them."""
    tokens = document.tokens
    total = sum(tokens[k].value for k in run)
    cohort = document.declared.cohort
    if cohort is not None and cohort.value == total:
        return True
    return any(tokens[k].kind == "n" and tokens[k].value == total for k in range(view.a, run[0]))


def _of_people(document: Document, view: View, run: list[int]) -> bool:
    """Whether the numbers add up to a number of people, or the first counts people itself."""
    tokens = document.tokens
    if _adds_up(document, view, run):
        return True
    cohort = document.declared.cohort
    sizes = [tokens[k].value for k in run]
    elsewhere = cohort is not None and cohort.at not in run
    if cohort is not None and elsewhere and not _PART * cohort.value <= sum(sizes) <= cohort.value:
        return False
    if occurred_in(tokens, view.a, view.b) or any(_of_all(tokens, k) for k in run):
        return False
    if any(size == sum(sizes) - size for size in sizes) and len(sizes) > 2:
        return False  # the sum of the other two
    if max(sizes) > _UNEVEN * min(sizes) or not view.words.isdisjoint(_EVENTS):
        return False
    if not view.words.isdisjoint(_DIVIDED) and all(_alone_in_bracket(tokens, k) for k in run):
        return True
    behind = {tokens[k].word for k in range(run[0] + 1, min(run[0] + 4, view.b))}
    if not behind.isdisjoint(PEOPLE) or may_be_people(tokens, run[0] + 1):
        return True
    # "Clay was GIVEN TO 41 nuns, wax TO 39"
    if not view.words.isdisjoint(_GIVEN_TO) and all(tokens[k - 1].word == "to" for k in run):
        return True
    # "41 divers WITH clay, 39 WITH wax", and people are told of or the first has their noun
    given = all(_given_behind(tokens, k, view.b) for k in run)
    lead = tokens[run[0] + 1].kind == "w" and tokens[run[0] + 1].word not in _GIVEN
    return given and (lead or not PEOPLE.isdisjoint(tokens[k].word for k in range(view.a, run[0])))


def _given_behind(tokens: list[Token], k: int, b: int) -> bool:
    """Whether "had", "with" stands right behind the number at k, or behind one noun."""
    if k + 2 >= b:
        return False
    return tokens[k + 1].word in _GIVEN or (
        tokens[k + 1].kind == "w"
        and is_content(tokens[k + 1].word)
        and tokens[k + 1].mark is None
        and tokens[k + 2].word in _GIVEN
    )


def _of_all(tokens: list[Token], k: int) -> bool:
    """ "90 patients WERE ENROLLED, and 44 were given wax": the first are all of them."""
    start = k + 1 + may_be_people(tokens, k + 1)
    rest = [token.word for token in tokens[start : k + 7] if token.word not in PEOPLE]
    return (
        len(rest) > 2
        and rest[0] in ("were", "was")
        and rest[1] in _TAKEN_IN
        and rest[2] not in PREPOSITIONS
    )


def _alone_in_bracket(tokens: list[Token], k: int) -> bool:
    return tokens[k - 1].word in ("(", "[") and tokens[k + 1].word in (")", "]")


_UNEVEN = 5
_PART = 0.5  # of everybody, at least, are in the groups together
_LABELS = 9  # up to here "group 4" is a label


def _phrases(tokens: list[Token], view: View, run: list[int]) -> list[list[str]]:
    """What each number may count: the words behind all of them, or the words before all of them.

    Where the numbers stand together, "(28 and 33, respectively)", the words before or behind them
    in parts.
    """
    pairs = itertools.pairwise(run)
    gaps = [
        {tokens[m].word for m in range(a + 1 + may_be_people(tokens, a + 1), b)} for a, b in pairs
    ]
    if all(gap <= _BETWEEN for gap in gaps):
        behind = min(view.b, run[-1] + _FURTHEST)
        return [
            *_cut(tokens, max(view.a, run[0] - 2 * _FURTHEST), run[0], len(run)),
            *(_cut(tokens, run[-1] + 1, behind, len(run)) if "respectively" in view.words else []),
        ]
    starts = [max(view.a, run[0] - _FURTHEST), *(k + 1 for k in run[:-1])]
    before = list(zip(starts, run, strict=True))
    stops = [*(k - _behind_label(tokens, k) for k in run[1:]), view.b]
    behind = [(k + 1, min(stop, k + 2 * _FURTHEST)) for k, stop in zip(run, stops, strict=True)]
    last = _ends_there(tokens, run[-1], view.b)
    ends = [*(_ends_there(tokens, k, view.b, last) for k in run[:-1]), last]
    if all(_behind_label(tokens, k) for k in run):
        chosen = [behind, before]
    elif all(ends) or all(_held_by_group(tokens, view.a, k) for k in run):
        chosen = [before]
    else:
        chosen = [] if any(ends) else [behind]
    return [
        [text_of(tokens, a, b) for a, b in spans]
        for spans in chosen
        if all(a < b <= a + 2 * _FURTHEST for a, b in spans)
    ]


def _held_by_group(tokens: list[Token], a: int, k: int) -> bool:
    """ "The study GROUP COMPRISED 31 patients given wax, and the control GROUP 29 given clay".

    Whose people the number at k counts stands ahead of it, and behind it only what they were given.
    """
    at = k - 1
    while at > a and tokens[at].word in _HELD:
        at -= 1
    return at > a and tokens[at].word in GROUP


_HELD = word_set(
    "comprised comprises included includes contained contains numbered had has consisted consists "
    "composed of was were made up formed , :"
)


def _cut(tokens: list[Token], start: int, end: int, size: int) -> list[list[str]]:
    """ "to 5 mL of WAX or 5 mL of CLAY (28 and 33)": every cut of the words into as many parts.

    So too what stands behind: "28 and 33 had WAX and CLAY, respectively".
    """
    cuts = [k for k in range(start + 1, end - 1) if tokens[k].word in _CUTS]
    out = []
    for chosen in itertools.combinations(cuts[-6:], size - 1):
        edges = [start, *chosen, end]
        out.append([text_of(tokens, a + (a != start), b) for a, b in itertools.pairwise(edges)])
    return out


def _behind_label(tokens: list[Token], k: int) -> int:
    """ "Group 1 (31 patients) had wax", "in group 1, 31 had wax": how far back the label begins."""
    apart = tokens[k - 1].word in ("(", "[", ",", ":")
    at = k - 2 - apart
    return k - at if at >= 0 and tokens[at].word in GROUP and len(tokens[at + 1].raw) < 3 else 0


_BETWEEN = PEOPLE | word_set("and , or / versus vs")
_CUTS = word_set("and , or versus vs plus")


def _ends_there(tokens: list[Token], k: int, b: int, joined: bool = False) -> bool:
    """Whether a number ends what it belongs to: "(41)", "clay, 41;", "given to 41 patients,".

    `joined`, where the last number does: "clay was given to 41 FARMERS, wax to 39", of any people,
    "the clay group comprised 41 AND the wax group 39", "loose in 41 (51%) AND tight in 39 (49%)".
    """
    start = behind_share(tokens, k + 1, b)
    start += start < b and may_be_people(tokens, start)
    at = next(itertools.dropwhile(lambda m: tokens[m].word in PEOPLE, range(start, b)), b)
    if joined and at + 1 < b and tokens[at].kind == "w" and tokens[at + 1].word == ",":
        return True
    behind = tokens[at].word if at < b else "."
    return behind in _ENDS or (joined and behind == "and")

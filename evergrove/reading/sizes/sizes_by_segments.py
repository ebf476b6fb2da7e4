"""Sizes in brackets far behind the names of their groups, or told for two groups at once.

"MXB with 2 mL of brine and 4 mg of tar a side (n = 32) or CXB with the same (n = 33)".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token, close_bracket, open_bracket
from evergrove.reading.text.words import GROUP, word_set

if TYPE_CHECKING:
    from evergrove.reading.view import View

#: The groups of a text by what its records call them, each with its n; `sure`: named, and not left.
Sizes = dict[str, tuple[Count, bool]]
_SAYS_LITTLE = GROUP | word_set(
    "treatment therapy patients mg ml same plus only alone combined either injection block dose "
    "single oral local"
)
_FAR = 10


def sizes_apart(tokens: list[Token], views: list[View], groups: set[str]) -> Sizes:
    """The n of each of several groups, where it stands apart from their names; {} if not told."""
    found = sizes_by_segments(tokens, views, groups)
    return found or sizes_that_sum(tokens, views, groups)


def sizes_by_segments(tokens: list[Token], views: list[View], groups: set[str]) -> Sizes:
    """The n of each group by the stretch of a sentence in which it is named; {} if not clear.

    A sentence has as many "(n = 32)" as there are groups, and each stretch up to the end of such
    a bracket names one group. One group that none names has the stretch that is left.
    """
    names = {group: _own_words(group, groups) for group in groups}
    if len(names) < 2 or not all(names.values()):
        return {}
    for view in views:
        sizes = _of_parts([c for c in view.q.counts if c.equals and not c.each])
        if len(sizes) == len(names) and all(count.bracket for count in sizes):
            found = _matched(names, _segments(tokens, view, sizes), sizes)
            if found:
                return found
    return {}


def _of_parts(sizes: list[Count]) -> list[Count]:
    """The sizes without that of all told ahead: "nuns (n = 80) had wax (n = 41), clay (n = 39)"."""
    rest = sizes[1:]
    whole = len(rest) > 1 and sizes[0].value == sum(count.value for count in rest)
    return rest if whole else sizes


def _own_words(group: str, groups: set[str]) -> frozenset[str]:
    """The words that tell a group from the others."""
    others = {word for other in groups if other != group for word in _words(other)}
    return frozenset(_words(group) - others)


def _words(name: str) -> set[str]:
    plain = name.lower().replace("(", " ").replace(")", " ").replace(",", " ").split()
    return {_stem(word) for word in plain if len(word) > 1 and word not in _SAYS_LITTLE}


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 4 else word


def _segments(tokens: list[Token], view: View, sizes: list[Count]) -> list[set[str]]:
    """The words that tell whose each size is.

    Those up to its bracket where the next name follows at once, "wax (n = 41) OR CLAY (n = 39)";
    else those behind it up to the next, "one group (n = 33) HAD WAX, the other (n = 36) CLAY".
    """
    opens = [open_bracket(tokens, view.a, count.at) or count.at for count in sizes]
    ends = [close_bracket(tokens, k, view.b) or view.b for k in opens]
    gaps = list(zip(ends, [*opens[1:], view.b], strict=True))
    if all(_joint(tokens, end, end + _NEXT) for end, _ in gaps[:-1]):
        bounds = list(zip([view.a, *ends], ends, strict=False))
    elif not any(_joint(tokens, end, end + _NEXT) for end, _ in gaps[:-1]):
        bounds = [(end, _last_joint(tokens, end, stop)) for end, stop in gaps[:-1]]
        bounds.append((ends[-1], view.b))
    else:
        return []
    return [
        {_stem(token.word) for token in tokens[one:two] if token.kind == "w"} for one, two in bounds
    ]


_NEXT = 4  # ") , or to"
_JOINTS = word_set("or and versus vs ; while whereas either compared")


def _joint(tokens: list[Token], first: int, stop: int) -> bool:
    """Whether the list goes on right behind a bracket: ") or", "), and"."""
    behind = [token.word for token in tokens[first:stop] if token.word not in (")", "]", ",")]
    return bool(behind) and behind[0] in _JOINTS


def _last_joint(tokens: list[Token], first: int, stop: int) -> int:
    return next((k for k in range(stop - 1, first, -1) if tokens[k].word in _JOINTS), stop)


def _matched(
    names: dict[str, frozenset[str]], segments: list[set[str]], sizes: list[Count]
) -> Sizes:
    if len(segments) != len(sizes):
        return {}
    places = {
        name: [k for k, words in enumerate(segments) if words & own] for name, own in names.items()
    }
    found = {name: at[0] for name, at in places.items() if len(at) == 1}
    left = [name for name in names if name not in found]
    if len(set(found.values())) != len(found) or len(left) > 1 or any(places[x] for x in left):
        return {}
    out: Sizes = {name: (sizes[k], True) for name, k in found.items()}
    for name in left:
        k = next(k for k in range(len(sizes)) if k not in found.values())
        out[name] = (sizes[k], False)
    return out


def sizes_that_sum(tokens: list[Token], views: list[View], groups: set[str]) -> Sizes:
    """ "90 were enrolled, 52 AND 38 IN THE WAX AND CLAY ARMS": in the order of the names.

    Two groups, whose numbers add up to one that the sentence counts.
    """
    names = {group: _own_words(group, groups) for group in groups}
    if len(names) != 2 or not all(names.values()):
        return {}
    for view in views:
        whole = {count.value for count in view.q.counts}
        for k in view.numbers if whole else ():
            found = _told_sum(tokens, view, k, whole, names)
            if found:
                return found
    return {}


def _told_sum(
    tokens: list[Token], view: View, k: int, whole: set[int], names: dict[str, frozenset[str]]
) -> Sizes:
    if k + 6 >= view.b or tokens[k + 1].word != "and" or tokens[k + 2].kind != "n":
        return {}
    one, two = tokens[k], tokens[k + 2]
    if "." in one.word + two.word or int(one.value + two.value) not in whole:
        return {}
    if tokens[k + 3].word not in ("in", "to"):
        return {}
    stop = next((m for m in range(k + 4, min(view.b, k + 4 + _FAR)) if tokens[m].word in GROUP), 0)
    joint = next((m for m in range(k + 4, stop) if tokens[m].word == "and"), 0)
    if not joint:
        return {}
    sides = [
        {_stem(t.word) for t in tokens[k + 4 : joint]},
        {_stem(t.word) for t in tokens[joint:stop]},
    ]
    places = {
        name: [i for i, side in enumerate(sides) if side & own] for name, own in names.items()
    }
    if sorted(places.values()) != [[0], [1]]:
        return {}
    counts = [Count(int(t.value), at, at + 1) for t, at in ((one, k), (two, k + 2))]
    return {name: (counts[at[0]], True) for name, at in places.items()}

"""Which pairs of records are worth a comparison: a few for each record, whatever their number.

Two records meet if they share an identifier, a title, a place, or two of the rarest words of
their titles. Within a group that is large the records are sorted, and each meets its neighbours
only: the work grows as n log n.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from rapidfuzz.fuzz import ratio as _ratio

from evergrove.matching_evidence import Features, same_name

# A group up to the first number is compared pair by pair; in a larger one each record meets so many
# neighbours on either side as the second says.
_SMALL_GROUP = 12
_NEIGHBOURS = 5
_RARE_WORDS = 4
_AT_ONCE = 200_000
# Titles less alike than this (0 to 100) are no candidates unless an identifier or a place says so.
_ALIKE = 65.0
_VERY_ALIKE = 80.0

Pair = tuple[int, int]
Group = tuple[list[int], int]
Order = Callable[[int], object]
Wanted = Callable[[Features, Features, float], bool]


def candidate_pairs(known: Sequence[Features]) -> Iterator[Pair]:
    """Pairs (a, b), a < b, each once, in a fixed order."""
    keys = [item.key for item in known]
    n = len(known)
    seen: set[int] = set()

    def new(groups: Iterable[Group], wanted: Wanted) -> Iterator[Pair]:
        for members, reach in groups:
            for at, one in enumerate(members, start=1):
                for other in members[at : at + reach]:
                    a, b = (one, other) if one < other else (other, one)
                    # What was found once is found again by its other words.
                    pair = a * n + b
                    if pair in seen:
                        continue
                    likeness = _ratio(keys[a], keys[b], score_cutoff=_ALIKE)
                    if likeness >= _VERY_ALIKE or wanted(known[a], known[b], likeness):
                        seen.add(pair)
                        yield a, b

    def grouped(values: Iterable[Hashable | None], order: Order) -> Iterator[Group]:
        return _groups(((value, at) for at, value in enumerate(values) if value), order)

    by_title = keys.__getitem__
    for name in ("pmid", "pmcid", "doi"):
        yield from new(grouped((getattr(item, name) for item in known), by_title), _always)
    yield from new(grouped(keys, lambda at: _place_order(known[at])), _alike)
    yield from new(grouped(map(_place, known), by_title), _akin)
    rare = _rare_words(known)
    # In turns, so that a million titles do not hold six million groups at once.
    turns = 1 + n // _AT_ONCE
    for turn in range(turns):
        yield from new(_groups(_word_pairs(rare, turns, turn), by_title), _alike)


def _word_pairs(
    rare: Sequence[tuple[int, ...]], turns: int, turn: int
) -> Iterator[tuple[int, int]]:
    """A number for every two rare words of a title, and where the title is, in one of the turns."""
    words = 1 + max((numbers[-1] for numbers in rare if numbers), default=0)
    for at, numbers in enumerate(rare):
        for one, two in combinations(numbers, 2):
            if (one + two) % turns == turn:
                yield one * words + two, at


def _always(_a: Features, _b: Features, _likeness: float) -> bool:
    return True


def _alike(a: Features, b: Features, likeness: float) -> bool:
    """Whether two records with titles that agree less closely are worth a comparison.

    They need a first author in common, or one without authors. `likeness` is from 65 to 80, or 0
    where it is less.
    """
    if not likeness:
        short, long = (a.key, b.key) if len(a.key) < len(b.key) else (b.key, a.key)
        # A title is that unlike one of which it is a part only if it is half as long, or shorter.
        if len(short) * 2 > len(long) or len(short) < 16:
            return False
        if not (long.startswith(short) or long.endswith(short)):
            return False
    return a.nameless or b.nameless or same_name(a.names[0], b.names[0])


def _akin(a: Features, b: Features, likeness: float) -> bool:
    """Whether records in one place may be one report: their titles or first authors agree."""
    return likeness > 0 or bool(a.names and b.names and not a.names[0][0].isdisjoint(b.names[0][0]))


def _groups(keyed: Iterable[tuple[Hashable, int]], order: Order) -> Iterator[Group]:
    """Positions with one key, and how many behind it each is compared with.

    Those of a large group come in `order`, so that the most alike are near each other.
    """
    groups: dict[Hashable, int | list[int]] = {}
    for key, position in keyed:
        # Most keys stand alone; a list for each would fill the memory.
        group = groups.get(key)
        if group is None:
            groups[key] = position
        elif isinstance(group, int):
            groups[key] = [group, position]
        else:
            group.append(position)
    for members in groups.values():
        if isinstance(members, int):
            continue
        if len(members) > _SMALL_GROUP:
            members.sort(key=lambda at: (order(at), at))
            yield members, _NEIGHBOURS
        else:
            yield members, _SMALL_GROUP


def _place(item: Features) -> tuple[object, ...] | None:
    """Year, volume and first page; without a volume, year and both pages."""
    if item.year and item.first_page:
        if item.volume:
            return item.year, item.volume, item.first_page
        if item.last_page:
            return item.year, item.first_page, item.last_page, ""
    return None


def _place_order(item: Features) -> tuple[object, ...]:
    return item.year or 0, item.volume, item.first_page, item.journal.lower()


def _rare_words(known: Sequence[Features]) -> list[tuple[int, ...]]:
    """For each title the numbers of its rarest words that another title has too, ascending.

    Words are numbered from the rarest on, words that are equally rare by the alphabet.
    """
    counts: Counter[str] = Counter()
    for item in known:
        counts.update(set(item.title.split()))
    shared = sorted(((count, word) for word, count in counts.items() if count > 1))
    number = {word: place for place, (_count, word) in enumerate(shared)}
    rare = []
    for item in known:
        numbers = sorted({number[word] for word in item.title.split() if word in number})
        rare.append(tuple(numbers[:_RARE_WORDS]))
    return rare

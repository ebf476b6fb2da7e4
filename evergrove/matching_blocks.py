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
Order = Callable[[int], object]


def candidate_pairs(known: Sequence[Features]) -> Iterator[Pair]:
    """Pairs (a, b), a < b, each once, in a fixed order."""
    keys = [item.key for item in known]
    n = len(known)
    seen: set[int] = set()

    def new(pairs: Iterable[Pair], wanted: Callable[[int, int], bool]) -> Iterator[Pair]:
        for a, b in pairs:
            if wanted(a, b):
                if a > b:
                    a, b = b, a
                pair = a * n + b
                if pair not in seen:
                    seen.add(pair)
                    yield a, b

    def always(_a: int, _b: int) -> bool:
        return True

    def alike(a: int, b: int) -> bool:
        return _alike(known[a], known[b])

    def grouped(values: Iterable[Hashable | None], order: Order) -> Iterator[Pair]:
        keyed = ((value, at) for at, value in enumerate(values) if value)
        return _neighbours(keyed, order)

    by_title = keys.__getitem__
    for name in ("pmid", "pmcid", "doi"):
        yield from new(grouped((getattr(item, name) for item in known), by_title), always)
    yield from new(grouped(keys, lambda at: _place_order(known[at])), alike)
    yield from new(grouped(map(_place, known), by_title), lambda a, b: _akin(known[a], known[b]))
    rare = _rare_words(known)
    # In turns, so that a million titles do not hold six million groups at once.
    turns = 1 + n // _AT_ONCE
    for turn in range(turns):
        keyed = (
            (pair, at)
            for at, words in enumerate(rare)
            for pair in combinations(words, 2)
            if (pair[0] + pair[1]) % turns == turn
        )
        yield from new(_neighbours(keyed, by_title), alike)


def _alike(a: Features, b: Features) -> bool:
    """Whether two records with like titles are worth a comparison.

    Titles that agree less closely need a first author in common, or one without authors.
    """
    likeness = _ratio(a.key, b.key, score_cutoff=_ALIKE)
    if likeness >= _VERY_ALIKE:
        return True
    if not likeness:
        short, long = (a.key, b.key) if len(a.key) < len(b.key) else (b.key, a.key)
        if len(short) < 16 or not (long.startswith(short) or long.endswith(short)):
            return False
    return a.nameless or b.nameless or same_name(a.names[0], b.names[0])


def _akin(a: Features, b: Features) -> bool:
    """Whether records in one place may be one report: their titles or first authors agree."""
    if _ratio(a.key, b.key, score_cutoff=_ALIKE):
        return True
    return bool(a.names and b.names and not a.names[0][0].isdisjoint(b.names[0][0]))


def _neighbours(keyed: Iterable[tuple[Hashable, int]], order: Order) -> Iterator[Pair]:
    """Pairs of positions with one key, near each other in `order` where there are many."""
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
        reach = _SMALL_GROUP
        if len(members) > _SMALL_GROUP:
            members.sort(key=lambda at: (order(at), at))
            reach = _NEIGHBOURS
        for at, member in enumerate(members, start=1):
            for other in members[at : at + reach]:
                yield member, other


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

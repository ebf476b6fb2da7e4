"""Unlabelled pairs of one measure are of one kind: "3 (2-4) at 1 h ... 3 (2-3) at 6 h"."""

from __future__ import annotations

from collections import defaultdict

from evergrove.reading.drafts import Draft

_MEANS = frozenset(("mean", "means", "average", "averages", "averaged"))
_ENDS = (("ci_low", "ci_high"), ("min", "max"))


def pairs_of_all(drafts: list[Draft]) -> None:
    """What the pairs of other scores of a measure tell of its unlabelled pairs."""
    _quartiles_of_all(drafts)
    _ranges_of_all(drafts)


def _quartiles_of_all(drafts: list[Draft]) -> None:
    """Read every unlabelled pair of a measure as quartiles where one of them can be nothing else.

    "3 (2-3)": no mean of different numbers is the greatest of them, so that 3 is a median; then so
    are the scores printed like it ("3 (2-4)"). Not where a sentence calls its scores means. The
    pairs stay flagged.
    """
    by_key: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if "interval_unlabelled" in draft.record["flags"] and draft.record["stat"] == "level":
            by_key[draft.key].append(draft)
    for mine in by_key.values():
        if any(_is_median(draft) for draft in mine):
            for draft in mine:
                _as_quartiles(draft)


def _is_median(draft: Draft) -> bool:
    """Whether a score was taken for a median since it is one end of its pair."""
    record = draft.record
    return record["q1"] is not None and record["median"] in (record["q1"], record["q3"])


def _as_quartiles(draft: Draft) -> None:
    record, places = draft.record, draft.places
    ends = next((pair for pair in _ENDS if record[pair[0]] is not None), None)
    if ends is None or record["mean"] is None or record["median"] is not None:
        return
    if record["sd"] is not None or not _MEANS.isdisjoint(draft.view.words):
        return
    for old, new in (("mean", "median"), (ends[0], "q1"), (ends[1], "q3")):
        record[new], record[old] = record[old], None
        places[new] = places.pop(old)


def _ranges_of_all(drafts: list[Draft]) -> None:
    """ "41 (RANGE 5-88) on day 3 ... At rest it was 14 (2-63)": a range too.

    Unlabelled pairs of a measure of which every labelled pair is a range. They stay flagged.
    """
    told: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        record = draft.record
        if record["stat"] == "level" and "interval_unlabelled" not in record["flags"]:
            told[draft.key] |= {low for low in ("min", "q1", "ci_low") if record[low] is not None}
    for draft in drafts:
        record = draft.record
        if told.get(draft.key) == {"min"} and "interval_unlabelled" in record["flags"]:
            ends = next((pair for pair in _NO_RANGES if record[pair[0]] is not None), None)
            if ends is not None and record["stat"] == "level" and record["min"] is None:
                for old, new in zip(ends, ("min", "max"), strict=True):
                    record[new], record[old] = record[old], None
                    draft.places[new] = draft.places.pop(old)


_NO_RANGES = (("q1", "q3"), ("ci_low", "ci_high"))

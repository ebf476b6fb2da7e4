"""What a second pair of eyes would ask of a text whose records look settled: it is queued."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from typing import Any

from evergrove.reading.document import Document
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.records.doubts_of_groups import doubts_of_groups
from evergrove.reading.records.doubts_of_kinds import Placed, centre_place, doubts_of_kinds
from evergrove.reading.records.doubts_of_percents import falls_set_aside
from evergrove.reading.records.doubts_of_scales import doubts_of_scales
from evergrove.reading.records.doubts_of_sums import doubts_of_sums
from evergrove.reading.text.clues import Clues
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View

SPREADS = (
    "sd", "se", "pm", "q1", "q3", "iqr_width", "min", "max", "ci_low", "ci_high",
)  # fmt: skip
_SMALL = 4
_CLOSE = 5  # tokens between the name of a measure and its score
_TOLD = ("values_conflict", "arity_mismatch", "pair_unresolved")
_UNITS = (None, "mm", "cm", "points", "point")
_ASIDE = word_set("methods aim background conclusion")
_OF_A_SIZE = word_set("power powered alpha sized detect required needed assuming assumed planned")
_NEXT = 2  # tokens behind a name, whose number can hardly be of anything else
_UNLIKELY = ("duration", "volume", "percentage", "dose", "count", "age", "follow-up", "length")
_UNSURE = ("unknown measure", "other measure", "follow-up", "count")
_OTHER_UNITS = word_set("h hr hrs hours min minutes s seconds l ml mg g kg days weeks months years")


# "23 studies with data on 923 patients", "we searched PubMed", "we carried out a pooled analysis".
# Each with what one of stands in whatever it finds: most texts have none of them.
_REVIEWS = tuple(
    (Clues(*words), re.compile(pattern, re.IGNORECASE))
    for words, pattern in (
        (
            ("systematic review", "meta-analysis", "metaanalysis", "pooled analysis",
             "review of the literature", "literature review", "scoping review"),
            r"(?:perform|undert|conduct|carri|did|present|report|aim|this)\w*(?: \w+){0,5} "
            r"(?:systematic review|meta-?analysis|pooled analysis|review of the literature|"
            r"literature review|scoping review)",
        ),
        (("analysis of",), r"meta-?analysis of (?:\w+ ){1,3}(?:trials|studies)"),
        (
            ("search",),
            r"search\w*(?: \w+,?){0,6} (?:pubmed|medline|embase|cochrane|scopus|web of science|"
            r"electronic databases?)"
            r"|(?:pubmed|medline|embase|cochrane|scopus)\w*,?(?: \w+,?){0,6} (?:was|were) searched",
        ),
        (
            ("studies", "papers", "articles", "publications", "trials", "reports"),
            r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\w+teen|twenty\S*|thirty\S*"
            r"|[1-9]\d{0,2})(?: \w+){0,4} (?:studies|papers|articles|publications|trials|reports)"
            r"(?: \([^)]*\))?,? (?:\w+ ){0,3}?"
            r"(?:(?:were|was) (?:included|identified|found|eligible|analy[sz]ed|published|selected|"
            r"retrieved|reviewed)|met|with data|with a total|with \d|includ\w+|involving|"
            r"encompassing|comprising|fulfilled)\b",
        ),
    )
)  # fmt: skip


def doubts(
    document: Document, records: list[dict[str, Any]], unclaimed: list[list[Any]]
) -> set[str]:
    """Names for the queue; no record is changed.

    unclaimed_result: a number with the shape of a score that went into no record and has no
    reason beside it, or was set aside for a reason that may be wrong. uneven_spread: scores of one
    measure and one kind, some with a spread and some without one. mean_beside_median: one measure
    given as both. uneven_n: groups at one time, some with their n and some without. n_grows: more
    people at a later visit than at an earlier one. n_implausible: a group of one, two or three.
    n_missing: people are counted in the text, yet no record has an n. several_studies: the text
    is a review, whose values are those of other papers. More in `doubts_of_kinds`,
    `doubts_of_groups`, `doubts_of_scales` and `doubts_of_sums`.
    """
    told = not document.queue.isdisjoint(_TOLD)  # the queue names these numbers already
    found = set() if told else _of_numbers(document, records, unclaimed)
    for group in [group for group in _alike(records) if len(group) > 1]:
        if len({any(r[name] is not None for name in SPREADS) for r in group}) > 1:
            found.add("uneven_spread")
        if len({r["mean"] is not None for r in group}) > 1:
            found.add("mean_beside_median")
        if len({r["arm"] for r in group}) > 1 and len({r["n"] is None for r in group}) > 1:
            found.add("uneven_n")
        if _grows(group):
            found.add("n_grows")
    if any(r["n"] is not None and r["n"] < _SMALL for r in records):
        found.add("n_implausible")
    if any(_list_lost(document, view) for view in document.views):
        found.add("unclaimed_result")
    if any(falls_set_aside(document, view) for view in document.views):
        found.add("unclaimed_result")
    if records and (document.design.pooled or _is_review(document.source.norm)):
        found.add("several_studies")
    of_groups = [r for r in records if r["stat"] != "between_diff"]
    if of_groups and all(r["n"] is None for r in of_groups) and _counted(document):
        found.add("n_missing")
    if records:
        placed = _placed(document, records)
        found |= doubts_of_kinds(document, records, placed)
        found |= doubts_of_groups(document, records, placed, unclaimed)
        found |= doubts_of_scales(document, placed) | doubts_of_sums(records)
    return found


def _placed(document: Document, records: list[dict[str, Any]]) -> list[Placed]:
    """Each record with the sentence that its centre stands in."""
    tokens, source = document.tokens, document.source
    # Not a sentence of the full stop alone that closes a text: it has no place in it.
    views = [v for v in document.views if v.b > v.a and tokens[v.a].start < tokens[v.a].end]
    starts = [source.place(tokens[v.a].start) for v in views]
    out: list[Placed] = []
    for record in records:
        place = centre_place(record)
        at = -1 if place is None else bisect_right(starts, place) - 1
        if at >= 0:
            out.append((record, views[at]))
    return out


def _is_review(text: str) -> bool:
    """Whether a text tells of the papers of others; most texts have no word that could say so."""
    plain = text.lower()
    return any(
        words.within(plain) and review.search(text) is not None for words, review in _REVIEWS
    )


def _list_lost(document: Document, view: View) -> bool:
    """ "a fall in NRS of 5.2 and a rate of 91%, COMPARED WITH 0.7 AND 14%, RESPECTIVELY".

    Whether the second list was set aside whole as counts or percentages, while a value of the
    first was read: more of them than there are percentages in the first.
    """
    if not view.words.issuperset(("respectively", "compared")):
        return False
    tokens, rejected = document.tokens, view.q.rejected
    start = next(k for k in range(view.a, view.b) if tokens[k].word == "compared")
    stop = next((k for k in range(start, view.b) if tokens[k].word == "respectively"), start)
    listed = [k for k in range(start, stop) if tokens[k].kind == "n"]
    read = any(v.at < start and v.at not in rejected for v in view.q.values)
    lost = all(rejected.get(k) in ("count", "percentage") for k in listed)
    ahead = sum(tokens[k].word == "%" for k in range(view.a, start))
    return len(listed) > max(1, ahead) and lost and read


def _counted(document: Document) -> bool:
    """Whether people are counted anywhere in the text, and not only those something befell."""
    return any(
        count.noun != "events" and count.of is None and count.value >= _SMALL
        for view in document.views
        for count in view.q.counts
    )


def _grows(group: list[dict[str, Any]]) -> bool:
    """ "73 at 3 months" behind "64 at baseline": one of the two numbers is not of the group."""
    sizes: dict[str, list[tuple[float, int]]] = {}
    for record in group:
        if record["n"] is not None and record["timepoint_days"] is not None:
            sizes.setdefault(record["arm"], []).append((record["timepoint_days"], record["n"]))
    return any(
        later > earlier
        for pairs in sizes.values()
        for (day, earlier), (other, later) in itertools.permutations(pairs, 2)
        if day < other
    )


def _of_numbers(
    document: Document, records: list[dict[str, Any]], unclaimed: list[list[Any]]
) -> set[str]:
    """`unclaimed_result`, where a number that may be a result is in no record."""
    found: set[str] = set()
    if unclaimed:
        starts = {start for start, _, _ in unclaimed}
        told = any(m.key is not None for view in document.views for m in view.mentions)
        if any(_unread(document, view, starts, told) for view in document.views):
            found.add("unclaimed_result")
        if any(_in_methods(document, view, starts) for view in document.views):
            found.add("unclaimed_result")
    if any(_set_aside(document, view) for view in document.views):
        found.add("unclaimed_result")
    if any(_named_ahead(document, view) for view in document.views):
        found.add("unclaimed_result")
    if not records and any(_of_something(document, view) for view in document.views):
        found.add("unclaimed_result")
    return found


def _alike(records: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The records of each measure and kind (level, change), differences between groups apart."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for record in records:
        if record["stat"] != "between_diff":
            groups.setdefault((record["measure"], record["stat"]), []).append(record)
    return list(groups.values())


def _unread(document: Document, view: View, starts: set[int], told: bool) -> bool:
    """ "Eight weeks later the estimate was 4.2 ± 1.9": whether such a number was left over.

    Where the outcome is not `told` (named as a measure), the number needs a spread.
    """
    if view.section in _ASIDE or view.planning:
        return False
    return any(
        _like_a_score(document, value)
        and (told or value.spreads)
        and _left_over(document, view, value, starts)
        for value in view.q.values
    )


def _in_methods(document: Document, view: View, starts: set[int]) -> bool:
    """ "METHODS: Fifty nuns with a mean VAS OF 6.7 ± 2.1 were given wax": a result told early.

    Methods, aims and backgrounds are read for groups and sizes alone; a score with its spread that
    stands there beside the name of its measure is shown to a person.
    """
    if view.section == "conclusion" or view.section not in _ASIDE or view.planning:
        return False
    if document.design.planned:
        return False
    named = [mention.last for mention in view.mentions if mention.key]
    return view.words.isdisjoint(_OF_A_SIZE) and any(
        value.spreads
        and any(0 <= value.first - last <= _CLOSE for last in named)
        and _like_a_score(document, value)
        and _left_over(document, view, value, starts)
        for value in view.q.values
    )


def _set_aside(document: Document, view: View) -> bool:
    """ "The fall was 2.9 (95% CI 1.1 to 4.7), above the MCID of 2": results beside a yardstick."""
    if not view.planning or view.section in _ASIDE or not view.words.isdisjoint(_OF_A_SIZE):
        return False
    return any(
        value.spreads
        and _like_a_score(document, value)
        and view.q.rejected.get(value.at, "").startswith("planning")
        for value in view.q.values
    )


def _of_something(document: Document, view: View) -> bool:
    """ "Pain differed by drain size (small 2.7, large 4.0)": of another measure, or is it?

    Asked only where the whole text gave no record.
    """
    if view.section in _ASIDE or view.planning:
        return False
    told = any(m.key is not None for m in view.mentions)
    return any(
        (told or value.spreads)
        and _like_a_score(document, value)
        and view.q.rejected.get(value.at) in _UNSURE
        for value in view.q.values
    )


def _named_ahead(document: Document, view: View) -> bool:
    """ "Relief of pain lasted (VAS 2.7)": a score directly behind its scale, yet set aside."""
    if view.section in _ASIDE or view.planning:
        return False
    tokens = document.tokens
    return any(
        view.q.rejected.get(value.at) in _UNLIKELY
        and any(
            getattr(tokens[k].mark, "kind", "") == "measure"
            for k in range(max(view.a, value.first - _NEXT), value.first)
        )
        and _like_a_score(document, value)
        for value in view.q.values
    )


def _left_over(document: Document, view: View, value: Value, starts: set[int]) -> bool:
    """Whether a value stands among the unclaimed (`starts`), without a reason beside it."""
    place = document.source.place(document.tokens[value.at].start)
    return value.at not in view.q.rejected and place in starts


def _like_a_score(document: Document, value: Value) -> bool:
    tokens = document.tokens
    if value.percent or value.unit not in _UNITS or not 0 <= abs(value.value) <= 100:
        return False
    behind = tokens[value.last].word if value.last < len(tokens) else ""
    return ("." in tokens[value.at].word or bool(value.spreads)) and behind not in _OTHER_UNITS

"""Which citation records are one report, which may be, and which are reports of one study.

A record is a mapping with any of the keys title, authors, year, journal, volume, issue, pages,
doi, pmid, pmcid. `matching_blocks` proposes pairs, `matching_rules` judges them, and this module
joins the pairs to clusters, the strongest first, without ever joining what is known to be apart.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from evergrove.matching_blocks import candidate_pairs
from evergrove.matching_evidence import Features
from evergrove.matching_rules import Verdict, judge

BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Link:
    """What was found out about two records: their positions, the rule that spoke, and why."""

    a: int
    b: int
    rule: str
    detail: str
    strength: int = 0


@dataclass(frozen=True, slots=True)
class Matches:
    """The outcome for n records.

    clusters: every position 0…n-1 in exactly one list, lists and their members ascending.
    links: the n - len(clusters) links that hold the clusters together.
    maybe: links between records of different clusters that may be one report after all.
    related: links between reports that seem to be of one study (abstract and paper, erratum,
    parts I and II, a reprint).
    """

    clusters: list[list[int]]
    links: list[Link]
    maybe: list[Link]
    related: list[Link]


def match(
    records: Sequence[Mapping[str, object]],
    *,
    same: Iterable[tuple[int, int]] = (),
    different: Iterable[tuple[int, int]] = (),
) -> Matches:
    """Cluster the records; pairs in `same` are always joined, pairs in `different` never are.

    Where the two contradict each other, `same` wins; the caller has to look.
    """
    with no_cycle_collection():
        return _match([Features(record) for record in records], sorted(same), list(different))


def _match(
    known: Sequence[Features], same: Sequence[tuple[int, int]], different: list[tuple[int, int]]
) -> Matches:
    found = _findings(known)
    clusters = _Clusters(known, different)
    for a, b in same:
        clusters.join(Link(a, b, BY_HAND, "decided by hand"))
    for link in sorted(found[Verdict.SAME], key=lambda link: (-link.strength, link.a, link.b)):
        refused = clusters.refusal(link)
        if refused:
            found[Verdict.MAYBE].append(Link(link.a, link.b, link.rule, refused))
        else:
            clusters.join(link)
    decided = {tuple(sorted(pair)) for pair in different}

    def open_questions(links: Iterable[Link]) -> list[Link]:
        return sorted(
            (
                link
                for link in links
                if clusters.home[link.a] != clusters.home[link.b]
                and (link.a, link.b) not in decided
            ),
            key=lambda link: (link.a, link.b, link.rule),
        )

    return Matches(
        clusters=clusters.listed(),
        links=clusters.links,
        maybe=open_questions(found[Verdict.MAYBE]),
        related=open_questions(found[Verdict.RELATED]),
    )


def _findings(known: Sequence[Features]) -> dict[Verdict, list[Link]]:
    found: dict[Verdict, list[Link]] = {verdict: [] for verdict in Verdict}
    for a, b in candidate_pairs(known):
        finding = judge(known[a], known[b])
        if finding.verdict is not Verdict.DIFFERENT:
            link = Link(a, b, finding.rule, finding.detail, finding.strength)
            found[finding.verdict].append(link)
    return found


@contextmanager
def no_cycle_collection() -> Iterator[None]:
    """Keep the collector from walking, again and again, millions of objects without a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Clusters:
    """Records that are joined one link at a time."""

    # Clusters larger than this are compared by their first members only.
    _LOOKED_AT = 8

    def __init__(self, known: Sequence[Features], different: Iterable[tuple[int, int]]) -> None:
        self._known = known
        self.home = list(range(len(known)))
        self._members: dict[int, list[int]] = {}
        self._apart: dict[int, set[int]] = defaultdict(set)
        for a, b in different:
            self._apart[a].add(b)
            self._apart[b].add(a)
        self.links: list[Link] = []

    def members(self, record: int) -> list[int]:
        """The records in one cluster with this one, itself first if it is alone."""
        return self._members.get(self.home[record], [record])

    def join(self, link: Link) -> None:
        """Make one cluster of the clusters of the link's two records."""
        a, b = self.home[link.a], self.home[link.b]
        if a == b:
            return
        mine, other = self.members(a), self.members(b)
        if len(mine) < len(other):
            a, b, mine, other = b, a, other, mine
        for member in other:
            self.home[member] = a
        self._members[a] = mine + other
        self._members.pop(b, None)
        self.links.append(link)

    def refusal(self, link: Link) -> str | None:
        """Why the two clusters of a link must not be joined, or None.

        A record that says little may resemble two reports that are known to be apart; it goes to
        the one that it resembles more and must not tie them together.
        """
        if self.home[link.a] == self.home[link.b]:
            return None
        mine, other = self.members(link.a), self.members(link.b)
        if self._apart and any(
            not self._apart[member].isdisjoint(other) for member in mine if member in self._apart
        ):
            return "kept apart by hand"
        known = self._known
        pmids = {known[member].pmid for member in (*mine, *other)} - {None}
        if len(pmids) > 1:
            return f"{link.detail}, but it would join PMIDs {', '.join(sorted(pmids))}"
        if len(mine) == len(other) == 1:
            return None
        for a in mine[: self._LOOKED_AT]:
            for b in other[: self._LOOKED_AT]:
                if (a, b) in {(link.a, link.b), (link.b, link.a)}:
                    continue
                finding = judge(known[a], known[b])
                if finding.verdict is Verdict.RELATED:
                    return f"{link.detail}, but other records of the two differ: {finding.detail}"
        return None

    def listed(self) -> list[list[int]]:
        """All clusters, ascending."""
        members: dict[int, list[int]] = {}
        for record, home in enumerate(self.home):
            members.setdefault(home, []).append(record)
        return sorted(members.values())

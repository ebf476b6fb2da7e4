"""From the rows of one report to its decision: stages, two reviewers, and what they disagree on.

Within a stage a row of the reviewer "consensus" settles; else equal decisions stand, and
different ones are a conflict. A decision on the full text outweighs one on title and abstract.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evergrove.screening_table import CONSENSUS, STAGES, reviewer
from evergrove.tables import Row

AWAITING = "awaiting"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Reviewers who do not agree on one report at one stage.

    `kind` is "decision", or "reason" where all exclude for different reasons. `settled` says by
    what: "consensus", "full_text", "" while it is open (a conflict of reasons settles itself:
    the first row's reason counts, "first_reason").
    """

    stage: str
    kind: str
    decisions: tuple[tuple[str, str, str], ...]
    settled: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What stands for one report. `waits_for` is "" unless a person must still decide."""

    decision: str
    stage: str
    reason: str
    reviewer: str
    note: str
    waits_for: str = ""
    conflicts: tuple[Conflict, ...] = ()


def decide(rows: Sequence[Row], reviewers: int = 1) -> Decision:
    """The decision on the report that all `rows` are about, if `reviewers` (1 or 2) must decide.

    A conflict that nothing settles makes it "unclear", a missing second reviewer "awaiting".
    Raises EvergroveError for a decision on the full text of a report that was excluded, without
    a conflict, on title and abstract.
    """
    stages = {
        stage: [row for row in rows if row.text("stage") == stage]
        for stage in STAGES
        if any(row.text("stage") == stage for row in rows)
    }
    found = {stage: _at_stage(stage, of_stage, reviewers) for stage, of_stage in stages.items()}
    first, last = found[next(iter(found))], found[next(reversed(found))]
    if len(found) == 1:
        return last
    if first.decision == "exclude":
        raise stages["full_text"][0].error(
            "stage",
            "the report was excluded on title and abstract",
            "Correct one of the two decisions, or take one row away.",
        )
    earlier = tuple(replace(item, settled=item.settled or "full_text") for item in first.conflicts)
    return replace(last, conflicts=earlier + last.conflicts)


def _at_stage(stage: str, rows: Sequence[Row], reviewers: int) -> Decision:
    voices = [row for row in rows if reviewer(row).casefold() != CONSENSUS]
    settling = [row for row in rows if reviewer(row).casefold() == CONSENSUS]
    decisions = {row.text("decision") for row in voices}
    reasons = {row.text("reason") for row in voices if row.text("decision") == "exclude"}
    conflicts: tuple[Conflict, ...] = ()
    if len(decisions) > 1 or len(reasons) > 1:
        kind = "decision" if len(decisions) > 1 else "reason"
        settled = CONSENSUS if settling else "first_reason" if kind == "reason" else ""
        said = tuple(
            (reviewer(row), str(row.text("decision")), row.text("reason") or "") for row in voices
        )
        conflicts = (Conflict(stage, kind, said, settled),)
    if settling:
        return replace(_of_row(settling[0], settling), conflicts=conflicts)
    if len(decisions) > 1:
        return Decision("unclear", stage, "", _names(voices), "", "consensus", conflicts)
    if len(voices) < reviewers:
        return Decision(AWAITING, stage, "", _names(voices), "", "second reviewer", conflicts)
    return replace(_of_row(voices[0], voices), conflicts=conflicts)


def _of_row(row: Row, rows: Sequence[Row]) -> Decision:
    decision = str(row.text("decision"))
    notes = dict.fromkeys(note for r in rows if (note := r.text("note")))
    return Decision(
        decision,
        str(row.text("stage")),
        row.text("reason") or "",
        _names(rows),
        " ".join(notes),
        "decision" if decision == "unclear" else "",
    )


def _names(rows: Sequence[Row]) -> str:
    return "; ".join(dict.fromkeys(name for row in rows if (name := reviewer(row))))

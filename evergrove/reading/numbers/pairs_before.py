"""What the pair of a score before tells of one that nothing names: "(95% CI 2.1-3.4) ... (1-2)"."""

from __future__ import annotations

from evergrove.reading.drafts import Draft
from evergrove.reading.numbers.quantities import Spread
from evergrove.reading.numbers.second_spreads import is_first_pair


def note_pair(told: dict[str, str], draft: Draft, spread: Spread) -> None:
    """Keep the kind and level of a named pair, for its sentence and, of an interval, its score."""
    kind = f"{spread.kind}:{spread.level or ''}"
    if spread.kind == "ci" and draft.record["stat"] == "level":
        told[f"ci:{draft.key}"] = kind
    if is_first_pair(draft.cell.value.spreads, spread):
        told[f"pair:{draft.view.a}"] = kind


def pair_before(told: dict[str, str], draft: Draft, declared: str | None) -> str | None:
    """The kind and level of the pair named before in its sentence, or of an interval of its score.

    "VAS was 6.9 (95% CI 6.4-7.3) before. AFTER IT, VAS WAS 3.6 (2.9-4.4)": where nothing is
    declared, and the score is no median.
    """
    before = told.get(f"pair:{draft.view.a}")
    record = draft.record
    if before is not None or declared is not None or record["stat"] != "level":
        return before
    return told.get(f"ci:{draft.key}") if record["median"] is None else None

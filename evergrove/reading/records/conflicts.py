"""Two values that came to stand for one cell of the table: set apart, or taken back.

Linking reads each sentence by its own rules. Where that gives two different values of one measure,
group, kind and time, at least one of them has lost its group or time, and the text must hold
something that sets the two apart (`telling_apart`). A reading that leaves a conflict is not taken.
What is in conflict then is no record: "a false effect is worse than a miss". Its numbers stand in
`unclaimed`, and the text is queued (`values_conflict`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from evergrove.reading.arms.openings import openers
from evergrove.reading.kinds.against_baseline import baseline_again, printed
from evergrove.reading.records.conflict_units import Units
from evergrove.reading.records.telling_apart import readings
from evergrove.reading.text.words import BODY_PLACES, is_content, word_set

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.drafts import Draft

Key = tuple[str, str, str, str | None]
Relabel = Callable[["Draft", str, Any], None]


def key_of(draft: Draft) -> Key:
    """The cell of the table that a draft stands in."""
    record = draft.record
    return record["measure"], record["arm"], record["stat"], record["timepoint_label"]


def shared_cells(drafts: Iterable[Draft]) -> dict[Key, list[Draft]]:
    """The cells in which more than one value stands, with their drafts in the order given."""
    cells: dict[Key, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.record["stat"] != "between_diff":
            cells[key_of(draft)].append(draft)
    return {key: several for key, several in cells.items() if len(several) > 1}


def places(by_view: list[list[Draft]], relabel: Relabel) -> None:
    """ "2.4 IN THE BACK and 1.8 IN THE LEG": places of the body are no groups of people."""
    for drafts in by_view:
        mine = [d for d in drafts if d.record["stat"] != "between_diff"]
        arms = {d.cell.arm.name: d.cell.arm for d in mine if d.cell.arm is not None}
        if len(arms) < 2 or any(arm.arm is not None for arm in arms.values()):
            continue
        if arms.keys() <= BODY_PLACES and all(d.cell.arm is not None for d in mine):
            for draft in mine:
                relabel(draft, "place", draft.record["arm"])
                relabel(draft, "arm", None)


def settle(
    document: Document,
    by_view: list[list[Draft]],
    doubtful: list[list[Draft]],
    relabel: Relabel,
) -> list[list[Draft]]:
    """Set apart values that stand in one cell, by the words of their sentences.

    `doubtful`: by sentence, the values of lists that fitted no labels; returned are those for which
    labels were found now. `relabel(draft, kind, label)` gives a draft another group ("arm"), time
    ("time") or place of the body ("place").
    """
    everything = [draft for drafts in by_view for draft in drafts]
    if not everything and not doubtful:
        return []
    if clash := shared_cells(everything):
        for drafts in by_view:
            if any(key_of(d) in clash for d in drafts):
                baseline_again(drafts, relabel)
            for units in _units(document, drafts):
                _settle(document, units, everything, relabel)
        _by_openers(document, by_view, everything, relabel)
    found: list[list[Draft]] = []
    for drafts in doubtful:
        if baseline_again(drafts, relabel):
            found.append(sorted(drafts, key=lambda d: d.cell.value.at))
            everything += drafts
            continue
        new: list[Draft] = []
        for units in _units(document, drafts):
            mine = [draft for unit in units.of for draft in unit]
            if _settle(document, units, [*everything, *mine], relabel):
                new += mine
                everything += mine
        if new:
            found.append(sorted(new, key=lambda d: d.cell.value.at))
    return found


def _settle(document: Document, units: Units, everything: list[Draft], relabel: Relabel) -> bool:
    """Give the units the first labels that leave no conflict; whether there were any."""
    for kind, labels, reason in readings(document, units, everything):
        if _try(units.of, kind, labels, everything, relabel):
            _note(units.of, reason)
            return True
    return False


def _units(document: Document, drafts: list[Draft]) -> list[Units]:
    """The values in conflict: unit i holds the i-th value of every cell that has k of them.

    Cells with as many values as each other are set apart together ("6.6 to 4.0 and 6.9 to 5.1",
    "9.4, 4.3 and 2.5 with A, and 9.5, 6.3 and 2.7 with B").
    """
    by_size: dict[int, list[list[Draft]]] = defaultdict(list)
    in_text = sorted(drafts, key=lambda d: d.cell.value.first)
    for several in shared_cells(in_text).values():
        several[1:] = [d for d in several[1:] if not _second_of_two(document, several[0], d)]
        if len(several) > 1:
            by_size[len(several)].append(several)
    return [
        Units.cut(document.tokens, [list(unit) for unit in zip(*several, strict=True)])
        for several in by_size.values()
    ]


def _note(units: list[list[Draft]], reason: str) -> None:
    for draft in (d for unit in units for d in unit):
        draft.record["reasons"].append("conflict_resolved")
        if reason:
            draft.record["reasons"].append(reason)


def _try(
    units: list[list[Draft]],
    kind: str,
    labels: list[Any],
    everything: list[Draft],
    relabel: Relabel,
) -> bool:
    """Give each unit its label; take it back where two values still stand in one cell."""
    mine = [draft for unit in units for draft in unit]
    old = [_label(draft, kind) for draft in mine]
    for unit, label in zip(units, labels, strict=True):
        for draft in unit:
            relabel(draft, kind, label)
    clash = shared_cells(everything)
    if not any(key_of(draft) in clash for draft in mine):
        return True
    for draft, label in zip(mine, old, strict=True):
        relabel(draft, kind, label)
    return False


def _label(draft: Draft, kind: str) -> Any:
    if kind == "place":
        return draft.record["measure"].partition(":")[2]
    return getattr(draft.cell, kind)


def _by_openers(
    document: Document, by_view: list[list[Draft]], everything: list[Draft], relabel: Relabel
) -> None:
    """ "In one-level surgery, VAS was 9. In multi-level surgery, it was 8": how sentences begin."""
    clash = shared_cells(everything).keys()
    if not clash:
        return
    views = [drafts for drafts in by_view if any(key_of(d) in clash for d in drafts)]
    if len(views) < 2:
        return
    groups = [len({d.record["arm"] for d in drafts}) for drafts in views]
    found = openers(document, [drafts[0].view for drafts in views], min(groups) > 1)
    for kind, labels in found:
        # Every value of the sentence that has no other group is of the group that opens it.
        units = [_like(drafts, clash) for drafts in views]
        if _try(units, kind, labels, everything, relabel):
            _note(units, "")
            return


def _like(drafts: list[Draft], clash: Iterable[Key]) -> list[Draft]:
    arms = {key[1] for key in clash}
    return [d for d in drafts if d.record["stat"] != "between_diff" and d.record["arm"] in arms]


# -- what is in conflict still --------------------------------------------------------------------
def taken_back(document: Document, drafts: Sequence[Draft]) -> set[int]:
    """ids of the drafts that are no record, since another value stands in their cell.

    The value that stands behind the name of its measure stays where the other has a noun of its
    own that the profile does not know ("pain fell to 1.1; Cohen's d 1.98"), where the other took
    the measure over from a sentence before, and where the other is the median beside the mean.
    """
    out: set[int] = set()
    for several in shared_cells(drafts).values():
        document.queue.add("values_conflict")
        if len({printed(d) for d in several}) == 1:
            out.update(id(d) for d in several[1:])  # one number, told more than once
            continue
        weak = [d for d in several if _weak(document, d, several)]
        lost = weak if len(weak) == len(several) - 1 else several
        out.update(id(d) for d in lost)
    return out


def _weak(document: Document, draft: Draft, several: list[Draft]) -> bool:
    """Whether a value has less of a claim to its cell than the first of them."""
    first = min(several, key=lambda d: d.order)
    if draft is first:
        return False
    if draft.record["median"] is not None and first.record["median"] is None:
        return True
    if draft.view is not first.view:
        mine = any(m.key == draft.key for m in draft.view.mentions)
        return not mine or "carried_over" in draft.record["reasons"]
    return _noun_between(document, first, draft) or _second_of_two(document, first, draft)


def _second_of_two(document: Document, first: Draft, draft: Draft) -> bool:
    """ "PAIN AND QUALITY OF LIFE went from 7.6 and 44.8 to 1.8 and 74.1": the second is unknown."""
    tokens, mention = document.tokens, first.cell.mention
    run = first.cell.run
    if draft.cell.run is not run or run.separators != ["and"] or mention is None:
        return False
    if not draft.view.a <= mention.first < run.first or tokens[mention.last].word != "and":
        return False
    behind = range(mention.last + 1, min(mention.last + 4, run.first))
    busy = {k for t in draft.view.times for k in range(t.first, t.last)}
    return any(is_content(tokens[k].word) and k not in busy for k in behind)


def _noun_between(document: Document, first: Draft, draft: Draft) -> bool:
    """Whether a noun that is no known measure leads the later of two values of a sentence."""
    tokens, view = document.tokens, draft.view
    values = [v.last for v in view.q.values if v.last <= draft.cell.value.first]
    start = max([first.cell.value.last, *values])
    stop = draft.cell.value.first
    if any(m.key and start <= m.first < stop for m in view.mentions):
        return False
    busy = {k for t in view.times for k in range(t.first, t.last)}
    busy |= {k for arm in view.arms for k in range(arm.first, arm.last)}
    words = [tokens[k].word for k in range(start, stop) if tokens[k].kind == "w" and k not in busy]
    return any(is_content(word) and word not in _PLAIN for word in words)


_PLAIN = word_set(
    "p sd se ci iqr range points point mm cm mean median average from to and score scores value "
    "values group patients vs respectively it they this that"
)

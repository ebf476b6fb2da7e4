"""Groups of values that no measure of the profile has: they are those of the next sentence."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.sentence_arms import sentence_arms
from evergrove.reading.document import Document
from evergrove.reading.view import View


def arms_of_others(document: Document, view: View) -> list[Arm]:
    """ "Grip rose by 3.1 WITH WAX and 1.2 WITH CLAY. VAS fell by 2.8 and 1.3": still those two.

    The groups of a sentence without a score, one for each of its values; else none.
    """
    values = [value for value in view.q.values if not value.percent]
    found = view.arms
    declared = len(document.declared.arms) > 1 and len(values) > 1
    if not found and declared and all(value.spreads for value in values):
        busy = {k for time in view.times for k in range(time.first, time.last)}
        busy |= {k for value in values for k in range(value.first, value.last)}
        found = sentence_arms(document, view, values, busy, [])
        found = found if all(arm.arm is not None for arm in found) else []
    arms = list({arm.name: arm for arm in found}.values())
    told = len(values) == len(arms) > 1 and len(found) == len(arms)
    return arms if told else []

"""What is said by the way of a score just told: "was 4.9 with wax, A FALL FROM BASELINE"."""

from __future__ import annotations

import re

from evergrove.reading.text.clues import Clues

_HOW = (
    r"(?:statistically|clinically|highly|very|(?:non-?|in)?significant(?:ly)?|marked(?:ly)?"
    r"|clear(?:ly)?|substantial(?:ly)?|moderate(?:ly)?|small|modest|large|further|still|relevant"
    r"|meaningful|considerabl[ey]|slight(?:ly)?|important|real|strong|dramatic|not|much|far|well"
    r"|only|even)"
)
_MOVED = (
    r"(?:falls?|drops?|decreases?|declines?|reductions?|improvements?|changes?|increases?|rises?"
    r"|lower|less|better|higher|reduced|decreased|improved|different|changed)"
)
_SINCE = (
    r"(?:from|over|than|versus|vs\.?|on|against"
    r"|(?:as )?compared (?:with|to)|in comparison (?:with|to)|relative to)"
)
_BASELINE = (
    r"(?:(?:at|the|its|their|those|that|of|in|on) ){0,3}"
    r"(?:baseline|entry|before(?: (?:the )?(?:treatment|surgery|operation|procedure|therapy"
    r"|intervention|injection))?|pre-?(?:treatment|operative|procedur(?:e|al)|surgical)"
    r"|admission|study entry)(?: (?:values?|scores?|levels?|pain))?"
)
#: Where another number follows in the sentence, which the baseline would else be a time of.
_GOES_ON = (
    r"(?=(?: \(p[^()]*\))?[,;]? (?:and|but|while|whereas|versus|vs|compared with)\b[^;]{0,90}\d)"
)
_ASIDE = re.compile(
    rf", (?:(?:which|that|this) (?:was|were|is|being) |being )?(?:also |again |both )?"
    rf"(?:an? |the |no )?(?:{_HOW} (?:and )?){{0,3}}{_MOVED} {_SINCE} {_BASELINE}{_GOES_ON}"
)
_CLUES = Clues(
    "baseline", "entry", "before", "pre", "admission",
)  # fmt: skip


def of_changes(text: str) -> list[re.Match[str]]:
    """Asides that a score had fallen, told between it and the score of another group or visit.

    "VAS was 4.9 with wax, A SIGNIFICANT FALL FROM BASELINE (p < 0.01), and 5.8 with clay": the
    baseline is no time of the 5.8. Not "a fall from baseline of 2.1": it tells a number.
    """
    return list(_ASIDE.finditer(text)) if _CLUES.within(text) else []

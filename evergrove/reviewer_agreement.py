"""How well two people who screened independently agree: Cohen's kappa with its interval.

At title and abstract the question is whether a report goes on to be read in full, so "include"
and "unclear" count as one; at full text "unclear" is no decision yet and is left out. A row of
"consensus" is nobody's own decision, and "not_retrieved" is no judgement: neither counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from evergrove.screening_table import CONSENSUS, STAGES, reviewer
from evergrove.tables import Row

AGREEMENT_COLUMNS = (
    "stage", "reviewer_a", "reviewer_b", "n", "both_in", "only_a", "only_b", "both_out",
    "agreement", "kappa", "se", "ci_low", "ci_high", "pabak", "reason",
)  # fmt: skip
_Z95 = 1.959963984540054


def cohen_kappa(both_in: int, only_a: int, only_b: int, both_out: int) -> dict[str, object]:
    """Cohen's kappa (1960, Educ Psychol Meas 20:37) of a two by two table of counts.

    `only_a` is the number that only reviewer a took in. Returns agreement (share of equal
    decisions), kappa, se, ci_low, ci_high (95 %, normal, at most 1; the standard error is that of
    Fleiss, Cohen & Everitt 1969, Psychol Bull 72:323), and pabak = 2 agreement - 1 (Byrt 1993, J
    Clin Epidemiol 46:423), which does not fall where nearly all is excluded. Where both reviewers
    used one and the same decision only, kappa is not defined: None, with a reason.
    """
    n = both_in + only_a + only_b + both_out
    empty = dict.fromkeys(("agreement", "kappa", "se", "ci_low", "ci_high", "pabak"))
    if n == 0:
        return empty | {"reason": "no_report_decided_by_both"}
    cells = ((both_in, only_a), (only_b, both_out))
    rows = [sum(row) / n for row in cells]
    columns = [(cells[0][j] + cells[1][j]) / n for j in (0, 1)]
    agreement = (both_in + both_out) / n
    chance = sum(row * column for row, column in zip(rows, columns, strict=True))
    found = empty | {"agreement": agreement, "pabak": 2 * agreement - 1, "reason": ""}
    if both_in == n or both_out == n:
        return found | {"reason": "one_decision_only"}
    kappa = (agreement - chance) / (1 - chance)
    on = sum(cells[i][i] / n * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in (0, 1))
    off = (1 - kappa) ** 2 * sum(
        cells[i][1 - i] / n * (columns[i] + rows[1 - i]) ** 2 for i in (0, 1)
    )
    spread = on + off - (kappa - chance * (1 - kappa)) ** 2
    se = math.sqrt(max(spread, 0.0) / n) / (1 - chance)
    return found | {
        "kappa": kappa,
        "se": se,
        "ci_low": kappa - _Z95 * se,
        "ci_high": min(kappa + _Z95 * se, 1.0),
    }


def agreement(rows_by_report: Mapping[str, Sequence[Row]]) -> list[dict[str, object]]:
    """One row (`AGREEMENT_COLUMNS`) a stage and pair of reviewers who share a report, sorted."""
    out = []
    for stage in STAGES:
        votes = [_votes(rows, stage) for rows in rows_by_report.values()]
        names = sorted({name for vote in votes for name in vote})
        for a, b in combinations(names, 2):
            pairs = [(vote[a], vote[b]) for vote in votes if a in vote and b in vote]
            if not pairs:
                continue
            counts = {
                "both_in": pairs.count((True, True)),
                "only_a": pairs.count((True, False)),
                "only_b": pairs.count((False, True)),
                "both_out": pairs.count((False, False)),
            }
            named = {"stage": stage, "reviewer_a": a, "reviewer_b": b, "n": len(pairs)}
            out.append({**named, **counts, **cohen_kappa(**counts)})
    return out


def _votes(rows: Iterable[Row], stage: str) -> dict[str, bool]:
    """reviewer -> whether the report goes on, for those who decided at this stage."""
    goes_on = {"include": True, "exclude": False}
    if stage == "title_abstract":
        goes_on["unclear"] = True
    return {
        reviewer(row): goes_on[str(row.text("decision"))]
        for row in rows
        if row.text("stage") == stage
        and row.text("decision") in goes_on
        and reviewer(row).casefold() not in {"", CONSENSUS}
    }

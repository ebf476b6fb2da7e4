"""The flow of records and reports, from the exports to the pooled cohorts; counts must add up."""

from __future__ import annotations

from typing import Any

from evergrove import wording
from evergrove.page.results import ReviewResults, words


def flow(results: ReviewResults) -> list[dict[str, Any]]:
    """The boxes of the diagram from top to bottom.

    Each is ``{"label", "count", "detail", "aside"}`` and `aside` the boxes that leave the flow
    there. Raises EvergroveError if a box and what leaves it do not add up to the next one.
    """
    counts, known = results.flow, _reports(results)
    check(results)
    primary = results.primary
    return [
        _box(
            "Citation records read",
            counts["records"],
            f"from {wording.counted(counts['files'], 'export')}",
            [
                _box("Entries that could not be read", counts["rejects"]),
                _box("Records of a report that another record gave", counts["duplicates"]),
            ],
        ),
        _box(
            "Reports",
            counts["reports"],
            None,
            [
                _box(
                    "Ineligible by a rule of the protocol",
                    counts["ineligible"],
                    None,
                    _reasons(results, "automatic", "ineligible_by_reason"),
                ),
                _box("Awaiting a decision", counts["awaiting"]),
            ],
        ),
        _box(
            "Reports screened",
            counts["screened"],
            None,
            [
                _box("Excluded", counts["excluded"], None, _reasons(results)),
                _box("Full text not retrieved", counts["not_retrieved"]),
                _box("Undecided (unclear)", counts["unclear"]),
            ],
        ),
        _box(
            "Reports included",
            counts["included"],
            None,
            [_box("Without a measurement", counts["included"] - len(known["measured"]))],
        ),
        _box(
            "Reports with measurements",
            len(known["measured"]),
            wording.counted(known["n_measurements"], "measurement"),
            [_box("Without an effect size", len(known["measured"]) - len(known["effect"]))],
        ),
        _box(
            "Reports with an effect size",
            len(known["effect"]),
            wording.counted(known["n_effects"], "effect size"),
            [
                _box(
                    "Not in the primary synthesis",
                    len(known["effect"]) - len(known["pooled"]),
                    "reasons in the table of what was not pooled",
                )
            ],
        ),
        _box(
            "Reports in the primary synthesis",
            len(known["pooled"]),
            f"{wording.counted(primary['n_studies'], 'study', 'studies')}, "
            f"{wording.counted(primary['k'], 'cohort')}, "
            f"{wording.counted(primary['n_people'], 'person', 'people')}",
            [],
        ),
    ]


def check(results: ReviewResults) -> None:
    """Raise EvergroveError, naming the file, for any two counts that contradict each other."""
    counts, known = results.flow, _reports(results)
    sums = [
        ("records", counts["records"], ("reports", "duplicates")),
        ("reports", counts["reports"], ("screened", "awaiting", "ineligible")),
        (
            "screened",
            counts["screened"],
            ("included", "excluded", "unclear", "not_retrieved"),
        ),
    ]
    for place, total, parts in sums:
        if total != sum(counts[part] for part in parts):
            raise results.problem(
                "flow.json",
                place,
                f"{place} is not {' + '.join(parts)}",
                f"{total}, {' + '.join(str(counts[part]) for part in parts)}",
            )
    by_reason = sum(counts["excluded_by_reason"].values())
    if by_reason != counts["excluded"]:
        raise results.problem(
            "flow.json",
            "excluded_by_reason",
            "the reasons do not add up to the excluded reports",
            f"{by_reason}, {counts['excluded']}",
        )
    if len(known["included"]) != counts["included"]:
        raise results.problem(
            "screened.csv",
            "decision",
            "the included reports are not as many as in flow.json",
            f"{len(known['included'])}, {counts['included']}",
        )
    stray = sorted(known["pooled"] - known["included"])
    if stray:
        raise results.problem(
            "syntheses.json", "primary", "a pooled report is not among the included", stray[0]
        )
    if results.primary["k"] != len(results.primary["studies"]):
        raise results.problem("syntheses.json", "primary, k", "k is not the number of its rows")


def _reports(results: ReviewResults) -> dict[str, Any]:
    included = results.included
    measured = [row for row in results.measurements if row["report"] in included]
    effects = [row for row in results.effects if row["yi"] and row["report"] in included]
    return {
        "included": included,
        "measured": {row["report"] for row in measured},
        "n_measurements": len(measured),
        "effect": {row["report"] for row in effects},
        "n_effects": len(effects),
        "pooled": {row["report"] for row in results.primary["studies"]},
    }


def _reasons(
    results: ReviewResults, kind: str = "exclude", counted: str = "excluded_by_reason"
) -> list[dict[str, Any]]:
    texts = {item["id"]: item["text"] for item in results.protocol["criteria"].get(kind, ())}
    counts = results.flow[counted]
    ordered = [name for name in texts if name in counts]
    ordered += sorted(counts.keys() - texts.keys())
    return [_box(texts.get(name, words(name)), counts[name]) for name in ordered]


def _box(
    label: str,
    count: int,
    detail: str | None = None,
    aside: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    return {
        "label": label,
        "count": wording.count(count),
        "detail": detail,
        "aside": aside or [],
        "zero": count == 0,
    }

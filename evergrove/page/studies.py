"""The included studies: their measurements as printed, what was not pooled and why, references."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from evergrove import report_status, wording
from evergrove.page.parts import Cell, Table, cell, letters, table
from evergrove.page.results import (
    ReviewResults,
    Row,
    anchor,
    items,
    reason_words,
    value,
    whole,
    words,
)
from evergrove.selection import report_label

_NB = wording.NO_BREAK_SPACE

_BOUNDS = (("q1", "q3", "IQR"), ("min", "max", "range"), ("ci_low", "ci_high", "CI"))

RUNGS = {
    "sd_change_reported": "SD of the change, as reported",
    "se_change_reported": "SE of the change",
    "ci_change_reported": "confidence interval of the change",
    "paired_t": "paired t",
    "paired_p": "exact p of a paired test",
    "r_from_three_sds": "r solved from three SDs",
    "r_assumed": "r assumed",
    "converted_median_iqr": "median and quartiles converted, r assumed",
    "converted_range": "range converted, r assumed",
}


def study_table(results: ReviewResults) -> Table:
    """The included reports' measurements: as printed, the effect, how it was had, its doubts."""
    effects = {row["measurement_id"]: row for row in results.effects}
    pooled = {row["measurement_id"] for row in results.primary["studies"]}
    flags = flag_marks(results)
    usual = _usual_scale(results)
    rows = []
    for row in _included(results):
        effect = effects.get(row["measurement_id"])
        if effect is None:
            raise results.problem(
                "effects.csv", "measurement_id", "a measurement is missing", row["measurement_id"]
            )
        rows.append(
            [
                cell(results.label(row["report"]), href=f"#ref-{anchor(row['report'])}"),
                cell(words(row["cohort"]), detail=_cohort_detail(row, usual)),
                _people(row),
                _time(row),
                printed_summary(row, "before"),
                printed_summary(row, "after"),
                _change(row),
                results.effect(value(effect, "yi")),
                results.bounds(value(effect, "ci_low"), value(effect, "ci_high")),
                _derivation(effect),
                cell(
                    "", notes=[mark for name, mark in flags.items() if name in items(row["flags"])]
                ),
                "yes" if row["measurement_id"] in pooled else "",
            ]
        )
    return table(
        "studies",
        "Measurements of the included reports, as printed, and the effect derived from each",
        [
            ("Report", "text"),
            ("Cohort", "text"),
            ("n", "number"),
            ("Time", "number"),
            ("Before", "text"),
            ("After", "text"),
            ("Change (printed)", "text"),
            ("Effect", "number"),
            (f"{results.level} CI", "number"),
            ("Variance from", "long"),
            ("Flags", "text"),
            ("Used", "text"),
        ],
        rows,
        note=_study_note(results, usual),
        footnotes=list(flags.values()),
        merged=2,
    )


def _study_note(results: ReviewResults, usual: str) -> str:
    sign = f"the {results.effect_words}, {results.sign}"
    if results.unit:
        sign = f"in{results.unit}, {results.sign}"
    return (
        f"Before, after and change are as printed; the scale is "
        f"{wording.with_dashes(usual) or 'not stated'} unless another is named. The effect is "
        f"{sign}. Used: in the primary synthesis. SD, "
        "standard deviation; SE, standard error; IQR, interquartile range; r, correlation of the "
        "values before and after."
    )


def _marks(row: Row, flags: Mapping[str, dict[str, str]]) -> list[dict[str, str]]:
    carried = items(row["flags"])
    return [mark for name, mark in flags.items() if name in carried]


def flag_marks(results: ReviewResults) -> dict[str, dict[str, str]]:
    """A footnote mark for every flag in use: a, b, … in the order of the protocol."""
    used = {name for row in _included(results) for name in items(row["flags"])}
    meanings = results.protocol["flags"]
    ordered = [name for name in meanings if name in used] + sorted(used - meanings.keys())
    return {
        name: {
            "mark": letters(position),
            "id": f"flag-{anchor(name)}",
            "label": words(name),
            "text": meanings.get(name, ""),
        }
        for position, name in enumerate(ordered)
    }


def _included(results: ReviewResults) -> list[Row]:
    included = results.included
    return _by_report([row for row in results.measurements if row["report"] in included])


def _by_report(rows: Iterable[Row]) -> list[Row]:
    """Reports by label, and inside a report the order of the file (cohort, time)."""
    return sorted(rows, key=lambda row: report_label(row["report"]).casefold())


def _usual_scale(results: ReviewResults) -> str:
    """The scale that most measurements have; the others name theirs."""
    counts = Counter(row["scale"] for row in _included(results) if row["scale"])
    return min(counts, key=lambda scale: (-counts[scale], scale), default="")


def _cohort_detail(row: Row, usual: str) -> str | None:
    said = [words(row["group"])] if row["group"] else []
    said += [row["scale"]] if row["scale"] and row["scale"] != usual else []
    if row["status"] != "verified":
        said.append(f"{row['status']}, not verified by a person")
    return wording.with_dashes("; ".join(said)) or None


def _people(row: Row) -> str:
    analysed, enrolled = whole(row, "n"), whole(row, "n_enrolled")
    if analysed is None or enrolled is None or analysed == enrolled:
        return wording.count(analysed)
    return f"{wording.count(analysed)} of {wording.count(enrolled)}"


def _time(row: Row) -> Cell:
    days = value(row, "timepoint_days")
    shown = "not stated" if days is None else f"{wording.plain(days)}{wording.NO_BREAK_SPACE}d"
    return cell(shown, tone="quiet" if days is None else None)


def printed_summary(row: Row, prefix: str) -> str:
    """One summary exactly as printed: "9.2 (SD 1.1)", "median 9.0 (IQR 8.0 to 10.0)".

    `prefix` is ``before``, ``after`` or ``change``; every number keeps the digits of the file.
    """
    given = {
        name: wording.printed(text)
        for name in ("mean", "sd", "se", "median", "q1", "q3", "min", "max", "ci_low", "ci_high")
        if (text := (row.get(f"{prefix}_{name}") or "").strip())
    }
    centre = [given["mean"]] if "mean" in given else []
    centre += [f"median {given['median']}"] if "median" in given else []
    spread = [f"{name.upper()}{_NB}{given[name]}" for name in ("sd", "se") if name in given]
    for low, high, label in _BOUNDS:
        if low in given or high in given:
            bounds = [given.get(name, "?") for name in (low, high)]
            spread.append(_NB.join([label, bounds[0], "to", bounds[1]]))
    shown = " ".join([", ".join(centre), f"({', '.join(spread)})" if spread else ""]).strip()
    return shown or wording.MISSING


def _change(row: Row) -> str:
    """The change and the p value as printed."""
    parts = [printed_summary(row, "change"), printed_p(row.get("p") or "")]
    return ", ".join(part for part in parts if part not in {"", wording.MISSING}) or wording.MISSING


def printed_p(text: str) -> str:
    """A p value as printed: "<0.001" is "p < 0.001", "0.04" is "p = 0.04", "NS" is "p NS"."""
    text = text.strip()
    if not text:
        return ""
    sign, digits = (text[0], text[1:].strip()) if text[0] in "<>=≤≥" else ("=", text)
    if not digits[:1].isdigit() and digits[:1] != ".":
        return f"p{_NB}{text}"
    return _NB.join(["p", sign, digits])


def _derivation(effect: Row) -> Cell:
    rung = effect["rung"]
    if not effect["yi"]:
        return cell(reason_words(effect["reason"]) or "no effect", tone="quiet")
    text = RUNGS.get(rung, words(rung))
    r = value(effect, "r")
    if r is not None and "r assumed" in text:
        text = text.replace("r assumed", f"r = {wording.plain(r)} assumed")
    elif r is not None:
        text = f"{text} (r = {wording.number(r, 2)})"
    return cell(text)


def not_pooled(results: ReviewResults) -> Table:
    """Every measurement that the primary synthesis leaves out, with its reason."""
    pooled = {row["measurement_id"] for row in results.primary["studies"]}
    dropped = {row["measurement_id"]: row["reason"] for row in results.primary["dropped"]}
    effects = {row["measurement_id"]: row for row in results.effects}
    rows = []
    for row in _by_report(results.measurements):
        name = row["measurement_id"]
        if name in pooled:
            continue
        kept_out = row["use_reason"] if row["use"] == "no" else ""
        reason = kept_out or dropped.get(name) or effects[name]["reason"]
        if not reason:
            raise results.problem(
                "syntheses.json",
                "primary, dropped",
                "a measurement is neither pooled nor left out for a reason",
                name,
            )
        rows.append(
            [results.label(row["report"]), words(row["cohort"]), _time(row), reason_words(reason)]
        )
    return table(
        "not-pooled",
        "Measurements that are not in the primary synthesis, and why",
        [("Report", "text"), ("Cohort", "text"), ("Time", "number"), ("Reason", "long")],
        rows,
        merged=2,
        empty="Every measurement is in the primary synthesis.",
    )


def overlaps(results: ReviewResults) -> Table:
    """Reports whose people are, or may be, those of other reports too, and which one is used."""
    rows: list[list[str | Cell]] = []
    for row in _by_report(results.studies):
        others = items(row.get("overlaps"))
        if not others:
            continue
        rows.append(
            [
                results.label(row["report"]),
                "all" if row["cohort"] == "*" else words(row["cohort"]),
                wording.listed([results.label(name) for name in others]),
                "may be pooled" if row["use"] == "pool" else "not used",
                row["reason"] or wording.MISSING,
            ]
        )
    return table(
        "overlaps",
        "Reports that share people, or may",
        [(label, "text") for label in ("Report", "Cohort", "Shares with", "Use", "Reason")],
        rows,
        merged=1,
        empty="No overlap is recorded.",
    )


def references(results: ReviewResults) -> list[dict[str, Any]]:
    """The included reports as a list of references, sorted by label."""
    found = [
        _reference(row, results.label(row["report"]))
        for row in results.screened
        if row["decision"] == "include"
    ]
    return sorted(found, key=lambda item: (item["label"].casefold(), item["id"]))


def _reference(row: Mapping[str, str], label: str) -> dict[str, Any]:
    authors = items(row["authors"])
    shown = [_initials(name) for name in authors[:6]] + (["et al"] if len(authors) > 6 else [])
    doi, pmid = row["doi"].strip(), row["pmid"].strip()
    links = []
    if doi:
        links.append({"text": f"doi:{doi}", "href": f"https://doi.org/{doi}"})
    if pmid.isdigit():
        links.append({"text": f"PMID {pmid}", "href": f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"})
    return {
        "id": f"ref-{anchor(row['report'])}",
        "label": label,
        "authors": ", ".join(shown),
        "title": row["title"].rstrip(". "),
        "source": _source(row),
        "links": links,
        "status": [
            item[:1].upper() + item[1:]
            for item in map(report_status.in_words, report_status.items(row["status"]))
        ],
    }


def _initials(name: str) -> str:
    """ "Kortman, Keith A." is "Kortman KA"; a collective name stays as it is."""
    family, comma, given = name.partition(",")
    if not comma:
        return name
    letters = "".join(part[0] for part in given.replace("-", " ").replace(".", " ").split())
    return f"{family.strip()} {letters.upper()}".strip()


def _source(row: Mapping[str, str]) -> str:
    """ "J Neurointerv Surg 2013;5(5):461–466"; parts that are not known are left out."""
    volume = row["volume"] + (f"({row['issue']})" if row["issue"] else "")
    tail = volume + (f":{wording.with_dashes(row['pages'])}" if row["pages"] else "")
    start = " ".join(part for part in (row["journal"], row["year"]) if part)
    return (";" if row["year"] else " ").join(part for part in (start, tail) if part)

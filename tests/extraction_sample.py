"""A small review for the tests of extraction and effect sizes: protocol, files, invented text."""

import copy
import hashlib
import json

PROTOCOL = {
    "outcome": {
        "id": "pain",
        "scale": {"min": 0, "max": 10},
        "instruments": {
            "VAS 0-10": {"min": 0, "max": 10},
            "VAS 0-100": {"min": 0, "max": 100},
            "NRS 0-10": {"min": 0, "max": 10},
            "relief 0-100": {"min": 0, "max": 100, "reversed": True},
            "questionnaire": {"min": None, "max": None},
        },
        "direction": "lower_is_better",
    },
    "effect": {
        "measure": "MC",
        "sign": "before_minus_after",
        "correlation": {"assumed": 0.5, "grid": [0.0, 0.5, 0.9]},
    },
    "model": {"level": 95},
    "pool_unverified": False,
    "syntheses": {
        "primary": {"exclude_flags": ["sd_or_se_unclear"]},
        "subgroups": [{"id": "by-kind", "column": "group", "levels": ["fracture", "tumour"]}],
    },
    "flags": {"n_assumed": "…", "sd_or_se_unclear": "…", "time_not_stated": "…"},
}

TEXT = (
    "Forty weavers wore a brace. In the 24 weavers who stayed, VAS fell from 7.0 ± 1.5 to "
    "3.10 ± 2.0 after 4 weeks (p < 0.001), a mean fall of 3.9 points."
)


def protocol(**changes):
    """The protocol, with dotted keys changed: protocol(effect__measure="SMCR")."""
    made = copy.deepcopy(PROTOCOL)
    for path, value in changes.items():
        *parents, last = path.split("__")
        part = made
        for name in parents:
            part = part[name]
        part[last] = value
    return made


def sha256(text=TEXT):
    return hashlib.sha256(text.encode()).hexdigest()


def place(surface, text=TEXT):
    start = text.index(surface)
    return [start, start + len(surface)]


def measurement(**changes):
    """One measurement as it stands in a file; dotted keys with two underscores."""
    made = {
        "cohort": "weavers",
        "outcome": "pain",
        "scale": "VAS 0-10",
        "timepoint": {"label": "4 weeks", "days": 28},
        "n_enrolled": 40,
        "n_analysed": 24,
        "statistic": "mean_sd",
        "before": {"mean": 7.0, "sd": 1.5},
        "after": {"mean": 3.10, "sd": 2.0},
        "change": None,
        "p": "<0.001",
        "confidence": "high",
        "flags": [],
        "note": None,
        "spans": {},
    }
    for path, value in changes.items():
        *parents, last = path.split("__")
        part = made
        for name in parents:
            part = part[name]
        part[last] = value
    return made


def document(*measurements, report="loom2020", **changes):
    """A whole extraction file of those measurements (one, if none is given)."""
    return {
        "report": report,
        "source": {"location": "abstract", "url": None, "sha256": None},
        "verified": {"by": "A. Reader", "on": "2024-05-06"},
        "measurements": list(measurements) or [measurement()],
    } | changes


def write(folder, data, name=None):
    """The document as <report>.json in the folder; text is written as it stands."""
    path = folder / f"{name or data['report']}.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def studies_file(folder, *rows):
    """studies.csv with those rows (report, cohort, study, group, use, overlaps, reason)."""
    lines = ["report,cohort,study,group,use,overlaps,reason", *rows]
    path = folder / "studies.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def record(**changes):
    """One record of the program's reader; the spans are those of the values, found in TEXT."""
    names = (
        "mean", "sd", "se", "pm", "median", "q1", "q3", "iqr_width", "min", "max", "ci_low",
        "ci_high", "ci_level", "p", "p_op", "scale_min", "scale_max", "unit", "dispersion",
    )  # fmt: skip
    made = dict.fromkeys(names) | {
        "measure": "pain_vas",
        "arm": "weavers",
        "stat": "level",
        "timepoint_label": "4 weeks",
        "timepoint_days": 28,
        "n": 24,
        "confidence": 0.9,
        "reasons": [],
        "alternatives": [],
        "flags": [],
        "spans": {},
    }
    return made | changes


def spans(text=TEXT, **surfaces):
    """Spans of surfaces in a text, as the reader gives them: field -> [start, end, surface]."""
    return {name: [*place(surface, text), surface] for name, surface in surfaces.items()}


BEFORE = record(
    timepoint_label="baseline", timepoint_days=0, mean=7.0, sd=1.5,
    spans=spans(mean="7.0", sd="1.5", n="24"),
)  # fmt: skip
AFTER = record(
    mean=3.1, sd=2.0, p=0.001, p_op="<",
    spans=spans(mean="3.10", sd="2.0", n="24", p="0.001", timepoint="4"),
)  # fmt: skip
CHANGE = record(stat="change", mean=-3.9, spans=spans(mean="3.9"))


def read_line(*records, report="loom2020", queue=()):
    """One line of candidates.jsonl."""
    return {
        "report": report,
        "record_id": "a.ris#0",
        "source": "a.ris",
        "sha256": sha256(),
        "records": list(records),
        "not_outcome": [],
        "unclaimed": [],
        "queue": list(queue),
    }

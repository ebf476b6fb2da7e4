"""What a page is made from: the content of every result file of one review, already read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from evergrove import report_status, wording
from evergrove.errors import EvergroveError
from evergrove.selection import report_label
from evergrove.shown_measures import Measure, measure_of, sign_words

Row = Mapping[str, str]


@dataclass(frozen=True)
class ReviewResults:
    """The files of ``results/<slug>/`` as docs/reference/files.md describes them.

    CSV files are lists of rows of text, JSON files plain values. `figures` maps a figure's name
    (``primary``) to its SVG text; `inputs` and `results` map paths, relative to the repository,
    to SHA-256 hashes.
    """

    protocol: Mapping[str, Any]
    syntheses: Mapping[str, Any]
    engines: Mapping[str, Any]
    flow: Mapping[str, Any]
    effects: Sequence[Row]
    measurements: Sequence[Row]
    to_verify: Sequence[Row]
    disagreements: Sequence[Row]
    screened: Sequence[Row]
    to_screen: Sequence[Row]
    search_log: Sequence[Row]
    leave_one_out: Sequence[Row]
    cumulative: Sequence[Row]
    rejects: Sequence[Mapping[str, Any]]
    possible: Sequence[Row]
    studies: Sequence[Row]
    candidates: Sequence[Mapping[str, Any]]
    records: Sequence[Mapping[str, Any]]
    agreement: Sequence[Row] = ()
    effects_by_r: Sequence[Row] = ()
    conflicts: Sequence[Row] = ()
    recall: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    certainty: Sequence[Row] = ()
    published: Sequence[Row] = ()
    figures: Mapping[str, str] = field(default_factory=dict)
    code: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    results: Mapping[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.protocol["slug"]

    @property
    def measure(self) -> Measure:
        """The effect measure that the protocol asks for."""
        return measure_of(self.protocol["effect"]["measure"])

    @property
    def decimals(self) -> int:
        """Decimals of every effect: from the width of the outcome's scale, if it has its unit."""
        if not self.measure.has_unit:
            return 2
        scale = self.protocol["outcome"]["scale"]
        return wording.decimals_for_scale(scale["min"], scale["max"])

    @property
    def unit(self) -> str:
        """The unit behind an effect, with its space: " points", or nothing where it has none."""
        return f" {self.protocol['outcome']['unit']}" if self.measure.has_unit else ""

    @property
    def effect_name(self) -> str:
        """The name of an effect at the head of a column: "Mean change", "Ratio of means"."""
        return self.measure.name

    @property
    def effect_words(self) -> str:
        """The same inside a sentence."""
        return self.measure.name[0].lower() + self.measure.name[1:]

    @property
    def sign(self) -> str:
        """How the effect is taken: "before minus after", "before divided by after"."""
        sign = self.protocol["effect"]["sign"]
        return sign_words(sign, self.measure) or words(sign)

    def effect(self, value: float | None) -> str:
        """A value of the pooled scale as it is printed (a log ratio as the ratio)."""
        return wording.number(self._shown(value), self.decimals)

    def bounds(self, low: float | None, high: float | None) -> str:
        """Two ends of an interval on the pooled scale as they are printed."""
        return wording.interval(self._shown(low), self._shown(high), self.decimals)

    def _shown(self, value: float | None) -> float | None:
        return None if value is None else self.measure.shown(value)

    @property
    def level(self) -> str:
        """The level of the intervals as printed: "95%"."""
        return f"{wording.plain(self.syntheses['level'])}%"

    @property
    def included(self) -> set[str]:
        """The short names of the included reports."""
        return {row["report"] for row in self.screened if row["decision"] == "include"}

    def label(self, report: str) -> str:
        """A report's short name as it is printed, with " (retracted)" behind it where it is."""
        flags = (report_status.RETRACTED,) if report in self.retracted else ()
        return report_status.marked(report_label(report), flags)

    @cached_property
    def retracted(self) -> frozenset[str]:
        """The short names of the reports that have been retracted."""
        return frozenset(
            row["report"]
            for row in self.screened
            if report_status.RETRACTED in report_status.flags(row["status"])
        )

    @property
    def primary(self) -> Mapping[str, Any]:
        """The primary synthesis."""
        name = self.syntheses["primary"]
        for synthesis in self.syntheses["syntheses"]:
            if synthesis["id"] == name:
                return synthesis
        raise EvergroveError(
            "the primary synthesis is not among the syntheses",
            file=f"results/{self.slug}/syntheses.json",
            place="primary",
            value=name,
            remedy="Build the file again.",
        )

    def of_kind(self, kind: str) -> list[Mapping[str, Any]]:
        """The syntheses of one kind, in the order of the protocol."""
        return [item for item in self.syntheses["syntheses"] if item["kind"] == kind]

    def problem(self, file: str, place: str, problem: str, value: object = None) -> EvergroveError:
        """An error about one of the result files, which contradict each other."""
        return EvergroveError(
            problem,
            file=f"results/{self.slug}/{file}",
            place=place,
            value=value,
            remedy="The page is not written from results that do not fit together; "
            "build them again with `snakemake --forceall`.",
        )


def value(row: Row, column: str) -> float | None:
    """A cell of a result file as a float, None if it is empty."""
    text = (row.get(column) or "").strip()
    return float(text) if text else None


def whole(row: Row, column: str) -> int | None:
    """A cell of a result file as a whole number, None if it is empty."""
    found = value(row, column)
    return None if found is None else int(found)


def tau(fit: Mapping[str, Any]) -> float | None:
    """The between-cohort standard deviation; None for a model that has none."""
    return None if fit["method"] == "EE" or fit["tau2"] is None else fit["tau2"] ** 0.5


def items(text: str | None) -> list[str]:
    """The parts of a cell that holds a list: "a; b" is ["a", "b"]."""
    return [part.strip() for part in (text or "").split(";") if part.strip()]


def words(name: str) -> str:
    """A name of the kind ``insufficiency_fracture`` in words: "insufficiency fracture"."""
    return " ".join(name.replace("_", " ").split())


def anchor(*parts: str) -> str:
    """An HTML id made from names, whatever characters they hold; different names differ."""
    return "-".join(
        re.sub(r"[^A-Za-z0-9]", lambda found: f"_{ord(found[0]):x}", part) for part in parts
    )


def reason_words(reason: str) -> str:
    """Reasons without the codes in front of them: ``no_spread: no SD; no_mean: no mean``."""
    return re.sub(r"(?:^|(?<=; ))[a-z0-9_]+: (?=\S)", "", reason.strip())

"""One measurement of an extraction file: its keys, its numbers, and what they must satisfy.

Every mistake is an `EvergroveError` that names the file, the place (`measurements[2].before.sd`),
the value and what to do. Numbers keep their printed digits from the file to the tables.
"""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from evergrove.errors import EvergroveError
from evergrove.printed_numbers import p_value

SIDES = ("before", "after", "change")
SUMMARY_FIELDS = ("mean", "sd", "se", "median", "q1", "q3", "min", "max", "ci_low", "ci_high")
STATISTICS = (
    "mean_sd", "median_iqr", "median_range", "mean_range", "mean_only", "median_only",
    "p_value_only",
)  # fmt: skip
CONFIDENCES = ("high", "medium", "low")
TESTS = ("paired_t", "repeated_measures_f", "wilcoxon", "unpaired_t", "other")

_REQUIRED = ("cohort", "outcome", "scale", "timepoint", "statistic")
_OPTIONAL = (
    "n_enrolled", "n_analysed", *SIDES, "p", "test", "correlation", "confidence", "flags", "note",
    "spans",
)  # fmt: skip
_ORDER = ("min", "q1", "median", "q3", "max")


@dataclass(frozen=True)
class Measurement:
    """One outcome of one cohort at one time, as printed. `values` has keys such as before_sd."""

    place: str
    cohort: str
    outcome: str
    scale: str
    label: str
    days: int | None
    statistic: str
    n_enrolled: int | None = None
    n_analysed: int | None = None
    values: Mapping[str, Decimal] = field(default_factory=dict)
    ci_levels: Mapping[str, Decimal] = field(default_factory=dict)  # side to percent
    p: str | None = None
    test: str | None = None
    test_statistic: Decimal | None = None
    correlation: Decimal | None = None
    confidence: str | None = None
    flags: tuple[str, ...] = ()
    note: str | None = None
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class At:
    """A place in a file, that can word an error and go one step deeper."""

    file: Path | str
    place: str = ""

    def __truediv__(self, key: str | int) -> At:
        step = f"[{key}]" if isinstance(key, int) else f".{key}" if self.place else str(key)
        return At(self.file, self.place + step)

    def error(
        self, problem: str, value: object = None, remedy: str | None = None
    ) -> EvergroveError:
        return EvergroveError(
            problem, file=self.file, place=self.place or None, value=value, remedy=remedy
        )

    def keys(self, data: Any, required: Iterable[str], optional: Iterable[str] = ()) -> dict:
        """The object, once its keys are the known ones and the required ones are there."""
        if not isinstance(data, dict):
            raise self.error("not an object", data, "Write { ... } here.")
        required, optional = tuple(required), tuple(optional)
        known = (*required, *optional)
        for key in data:
            if key not in known:
                raise (self / key).error("unknown key", key, nearest(key, known))
        for key in required:
            if key not in data:
                raise self.error(f'"{key}" is missing', remedy=f"Known keys: {', '.join(known)}.")
        return data

    def one_of(self, value: Any, known: Iterable[str], what: str) -> str:
        known = tuple(known)
        if value not in known:
            raise self.error(f"unknown {what}", value, nearest(str(value), known))
        return value

    def text(self, value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.error("not a text", value, "Write a text in quotes.")
        return value.strip()

    def text_or_none(self, value: Any) -> str | None:
        return None if value is None or value == "" else self.text(value)

    def number(self, value: Any) -> Decimal | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.error("not a number", value, "Write the number as printed, without quotes.")
        number = Decimal(value)
        if not -1_000_000_000 < number < 1_000_000_000:
            raise self.error("too large to be a score, a count or a statistic", str(value))
        return number

    def whole(self, value: Any, lowest: int) -> int | None:
        number = self.number(value)
        if number is None:
            return None
        if number != int(number) or number < lowest:
            raise self.error(
                f"not a whole number of {lowest} or more",
                value,
                "Correct it, or write null where it is not stated.",
            )
        return int(number)


def nearest(word: str, known: Iterable[str]) -> str:
    """The remedy for a word that is not known: the closest known ones, or all."""
    known = sorted(known)
    folded = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.5)
    close = [folded[name] for name in found]
    listed = f"known: {', '.join(known) or 'none'}"
    return (
        f'Did you mean "{close[0]}"? ({listed})' if close else f"{listed[0].upper()}{listed[1:]}."
    )


def read_measurement(data: Any, at: At, protocol: Mapping[str, Any]) -> Measurement:
    """The measurement, checked against the protocol's outcome, instruments and flags."""
    at.keys(data, _REQUIRED, _OPTIONAL)
    outcome = protocol["outcome"]
    time = (at / "timepoint").keys(data["timepoint"], ("label",), ("days",))
    values: dict[str, Decimal] = {}
    levels: dict[str, Decimal] = {}
    for side in SIDES:
        found, level = _summary(data.get(side), at / side)
        values |= {f"{side}_{name}": value for name, value in found.items()}
        if level is not None:
            levels[side] = level
    test, test_statistic = _test(data.get("test"), at / "test")
    measurement = Measurement(
        place=at.place,
        cohort=(at / "cohort").text(data["cohort"]),
        outcome=(at / "outcome").one_of(data["outcome"], [outcome["id"]], "outcome"),
        scale=(at / "scale").one_of(data["scale"], outcome["instruments"], "scale"),
        label=(at / "timepoint" / "label").text(time["label"]),
        days=(at / "timepoint" / "days").whole(time.get("days"), 0),
        statistic=(at / "statistic").one_of(data["statistic"], STATISTICS, "statistic"),
        n_enrolled=(at / "n_enrolled").whole(data.get("n_enrolled"), 1),
        n_analysed=(at / "n_analysed").whole(data.get("n_analysed"), 1),
        values=values,
        ci_levels=levels,
        p=_p(data.get("p"), at / "p"),
        test=test,
        test_statistic=test_statistic,
        correlation=_correlation(data.get("correlation"), at / "correlation"),
        confidence=_confidence(data.get("confidence"), at / "confidence"),
        flags=_flags(data.get("flags"), at / "flags", protocol["flags"]),
        note=(at / "note").text_or_none(data.get("note")),
        spans=_spans(data.get("spans"), at / "spans"),
    )
    _check_scale(measurement, at, outcome["instruments"][measurement.scale])
    _check_statistic(measurement, at)
    _check_spans_have_values(measurement, at / "spans")
    return measurement


def _summary(data: Any, at: At) -> tuple[dict[str, Decimal], Decimal | None]:
    if data is None:
        return {}, None
    at.keys(data, (), (*SUMMARY_FIELDS, "ci_level"))
    values = {}
    for name in SUMMARY_FIELDS:
        value = (at / name).number(data.get(name))
        if value is not None:
            values[name] = value
    for name in ("sd", "se"):
        if values.get(name, 0) < 0:
            raise (at / name).error("below zero", values[name], "A spread is zero or more.")
    _check_order(values, at)
    level = (at / "ci_level").number(data.get("ci_level"))
    if level is not None and not 0 < level < 100:
        raise (at / "ci_level").error(
            "not a percentage between 0 and 100", level, "Write 95 for a 95 % interval."
        )
    return values, level


def _check_order(values: Mapping[str, Decimal], at: At) -> None:
    for one, other in (("q1", "q3"), ("min", "max"), ("ci_low", "ci_high")):
        if (one in values) != (other in values):
            present, absent = (one, other) if one in values else (other, one)
            remedy = f"Give both, or neither ({absent} and {present})."
            raise (at / absent).error(f"missing beside {present}", remedy=remedy)
    for chain in (_ORDER, ("ci_low", "mean", "ci_high"), ("min", "mean", "max")):
        given = [name for name in chain if name in values]
        for low, high in itertools.pairwise(given):
            if values[low] > values[high]:
                raise (at / low).error(
                    f"above {high} ({values[high]})", values[low], "Check which is which."
                )


def _test(data: Any, at: At) -> tuple[str | None, Decimal | None]:
    if data is None:
        return None, None
    at.keys(data, ("name",), ("statistic",))
    name = (at / "name").one_of(data["name"], TESTS, "test")
    return name, (at / "statistic").number(data.get("statistic"))


def _correlation(value: Any, at: At) -> Decimal | None:
    number = at.number(value)
    if number is not None and abs(number) > 1:
        raise at.error("a correlation outside -1 to 1", number, "Correct it, or write null.")
    return number


def _confidence(value: Any, at: At) -> str | None:
    return None if value is None else at.one_of(value, CONFIDENCES, "confidence")


def _p(value: Any, at: At) -> str | None:
    if value is None:
        return None
    text = str(value) if isinstance(value, int | Decimal) else at.text(value)
    if text.casefold() in ("ns", "n.s."):
        return text
    parsed = p_value(text)
    if parsed is None or not 0 <= parsed[1] <= 1:
        raise at.error("not a p value", text, 'Write it as printed: "<0.001", "0.04" or "ns".')
    return text


def _flags(value: Any, at: At, declared: Mapping[str, Any]) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise at.error("not a list", value, 'Write ["flag", ...].')
    for number, flag in enumerate(value):
        if flag not in declared:
            remedy = f'{nearest(str(flag), declared)} Flags are declared in protocol.yaml, "flags".'
            raise (at / number).error("unknown flag", flag, remedy)
        if flag in value[:number]:
            raise (at / number).error("the flag stands twice", flag, "Drop one.")
    return tuple(value)


def _spans(value: Any, at: At) -> dict[str, tuple[int, int]]:
    if value is None:
        return {}
    known = [f"{side}.{name}" for side in SIDES for name in SUMMARY_FIELDS]
    known += ["n_enrolled", "n_analysed", "p", "correlation", "test.statistic"]
    known += ["timepoint.label", "timepoint.days"]
    at.keys(value, (), known)
    spans = {}
    for name, place in value.items():
        whole = isinstance(place, list) and all(type(part) is int for part in place)
        if not whole or len(place) != 2 or not 0 <= place[0] < place[1]:
            raise (at / name).error("not a place in the text", place, "Write [start, end].")
        spans[name] = (place[0], place[1])
    return spans


def _check_spans_have_values(measurement: Measurement, at: At) -> None:
    for name in measurement.spans:
        if stored_value(measurement, name) is None:
            raise (at / name).error("a place without a value", remedy=f"Give {name}, or drop it.")


def stored_value(measurement: Measurement, name: str) -> object:
    """The value that a span's name stands for ("before.mean", "p", "timepoint.label")."""
    attributes = {
        "timepoint.label": "label",
        "timepoint.days": "days",
        "test.statistic": "test_statistic",
    }
    side, _, field_name = name.partition(".")
    if side in SIDES:
        return measurement.values.get(f"{side}_{field_name}")
    return getattr(measurement, attributes.get(name, name))


def _check_scale(measurement: Measurement, at: At, scale: Mapping[str, Any]) -> None:
    """Scores lie on the scale, and no change is larger than the scale is wide."""
    if scale["min"] is None or scale["max"] is None:
        return
    low, high = (Decimal(str(scale[bound])) for bound in ("min", "max"))
    for key, value in measurement.values.items():
        side, name = key.split("_", 1)
        if name in ("sd", "se", "ci_low", "ci_high"):
            continue
        outside = abs(value) > high - low if side == "change" else not low <= value <= high
        if outside:
            raise (at / side / name).error(
                f'outside the scale "{measurement.scale}" ({low} to {high})',
                value,
                "Correct the value or the scale; scales are declared in protocol.yaml, "
                '"outcome.instruments".',
            )


def _check_statistic(measurement: Measurement, at: At) -> None:
    """The summary holds what its statistic says, and nothing that another one would be for."""
    values = measurement.values.keys()
    problem = missing_for(measurement.statistic, values)
    if problem:
        raise at.error(
            f'"{measurement.statistic}" needs {problem}',
            remedy="Give it, or name the statistic that the report gives.",
        )
    if measurement.statistic == "mean_only" and not missing_for("mean_sd", values):
        raise (at / "statistic").error(
            "the means have a spread", measurement.statistic, 'Write "mean_sd".'
        )
    if measurement.statistic == "p_value_only" and values:
        raise (at / "statistic").error(
            f"there is more than a p value: {', '.join(sorted(values))}",
            measurement.statistic,
            "Name the statistic that these are.",
        )


def missing_for(statistic: str, values: Iterable[str]) -> str | None:
    """What a measurement of that statistic lacks, in words; None if nothing."""
    have = set(values)

    def both(*names: str) -> bool:
        return all(f"{side}_{name}" in have for side in ("before", "after") for name in names)

    def spread(side: str) -> bool:
        return bool(have & {f"{side}_sd", f"{side}_se", f"{side}_ci_low"})

    if statistic == "mean_sd":
        if not both("mean") and "change_mean" not in have:
            return "the mean before and after, or of the change"
        if not (spread("before") and spread("after")) and not spread("change"):
            return "an SD, SE or confidence interval before and after, or of the change"
    if statistic in ("mean_only", "median_only"):
        centre = statistic.removesuffix("_only")
        return None if any(name.endswith(f"_{centre}") for name in have) else f"a {centre}"
    if statistic in ("median_iqr", "median_range", "mean_range"):
        centre, spreads = {
            "median_iqr": ("median", ("q1", "q3")),
            "median_range": ("median", ("min", "max")),
            "mean_range": ("mean", ("min", "max")),
        }[statistic]
        for side in ("before", "after"):
            direct = f"{side}_mean" in have and spread(side)
            absent = [name for name in (centre, *spreads) if f"{side}_{name}" not in have]
            if absent and not direct:
                return ", ".join(f"{side}.{name}" for name in absent)
    return None


def as_printed(value: Decimal | int | None) -> str:
    """The digits as they stand in the file; empty where there is no value."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)

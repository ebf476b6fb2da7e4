"""What an undeclared ± is, decided record by record."""

from __future__ import annotations

import math

from evergrove.reading.drafts import Draft
from evergrove.reading.numbers.spread import (
    cannot_be_se,
    half_unit,
    p_range,
    t_quantile,
    two_sample_p,
)
from evergrove.reading.numbers.told_spreads import ToldSpreads, cell_of


class DispersionResolver(ToldSpreads):
    """Decides between SD and SE, or leaves it open."""

    def _resolve(self, drafts: list[Draft]) -> None:
        self._told_at_numbers(drafts)
        stated = [d for d in drafts if d.record["dispersion"] == "stated"]
        self._as_ranges(drafts)
        for draft in drafts:
            spread = draft.undecided
            if spread is None:
                continue
            # "3.1 (1.2) vs 4.3 (1.3) (mean difference -1.2, SE 0.3)": no SE of the scores
            apart = draft.record["stat"] == "between_diff"
            like = [d for d in stated if (d.record["stat"] == "between_diff") == apart]
            same = [d for d in like if d.key == draft.key or spread.kind == "paren"]
            same.sort(key=lambda d: (d.key != draft.key, cell_of(d) != cell_of(draft)))
            if same and spread.kind == "paren":
                kind = "sd" if same[0].record["sd"] is not None else "se"
                other = cell_of(same[0]) != cell_of(draft)
                # "a change of -3.8 (SE 0.3), from 7.1 (1.2)": an SE of the change alone
                bad = self._cannot_be(draft, "se") or (other and not self._too_little(draft))
                if kind == "sd" or not bad:
                    self._decide(draft, kind, "inferred_same_sentence")
                    continue
            self._decide_by_numbers(draft, drafts)
        decided = [d for d in drafts if d.record["dispersion"] == "inferred_bounds"]
        for draft in drafts:
            like = [
                d
                for d in decided
                if d.key == draft.key and d.record["stat"] == draft.record["stat"]
            ]
            if draft.record["dispersion"] == "assumed" and like:
                if all(d.record["se"] is not None for d in like):
                    self._to_se(draft)  # 2.7 ± 0.6 beside a ± that can be no SD
                draft.record["dispersion"] = "inferred_same_sentence"
                draft.record["reasons"].remove("dispersion_assumed")
                draft.record["alternatives"].clear()

    def _as_ranges(self, drafts: list[Draft]) -> None:
        """ "a median NRS of 2 (0-9)" without a label: nine tenths of the scale are no quartiles.

        Every unlabelled pair of the sentence is then a range; they stay flagged.
        """
        pairs = [
            draft
            for draft in drafts
            if draft.record["q1"] is not None and "interval_unlabelled" in draft.record["flags"]
        ]
        if not any(self._spans_scale(draft) for draft in pairs):
            return
        for draft in pairs:
            for old, new in (("q1", "min"), ("q3", "max")):
                draft.record[new], draft.record[old] = draft.record[old], None
                draft.places[new] = draft.places.pop(old)

    def _spans_scale(self, draft: Draft) -> bool:
        bounds, _ = self._bounds(draft)
        width = draft.record["q3"] - draft.record["q1"]
        return bounds is not None and width >= 0.9 * (bounds[1] - bounds[0])

    def _to_se(self, draft: Draft) -> None:
        """Turn a spread that was taken for an SD into the SE that its neighbours are."""
        draft.record["sd"] = None
        draft.places.pop("sd", None)
        assert draft.undecided is not None
        self._put(draft, "se", draft.undecided, 0)
        draft.record["reasons"].append("dispersion_inferred")

    def _decide(self, draft: Draft, kind: str, how: str) -> None:
        assert draft.undecided is not None
        self._put(draft, kind, draft.undecided, 0)
        if how != "inferred_same_sentence" and draft.record["mean"] is None:
            how = "assumed"  # "a median of 5 ± 1": nobody says what it is, and no bound can tell
        draft.record["dispersion"] = how
        if how in ("inferred_p", "inferred_same_sentence"):
            draft.record["reasons"].append(
                "dispersion_inferred" if how == "inferred_p" else "spread_of_the_sentence"
            )
        elif how == "assumed":
            draft.record["reasons"].append("dispersion_assumed")
            other = "se" if kind == "sd" else "sd"
            draft.record["alternatives"].append(
                {"field": other, "value": draft.undecided.values[0]}
            )

    def _decide_by_numbers(self, draft: Draft, drafts: list[Draft]) -> None:
        record = draft.record
        assert draft.undecided is not None
        x = draft.undecided.values[0]
        centre = record["mean"] if record["mean"] is not None else record["median"]
        bounds, inferred = self._bounds(draft)
        n = record["n"]
        if bounds is not None and n is not None and record["stat"] in ("level", "change"):
            low, high = (
                bounds
                if record["stat"] == "level"
                else (bounds[0] - bounds[1], bounds[1] - bounds[0])
            )
            if cannot_be_se(x, centre, low, high, n):
                self._decide(draft, "sd", "inferred_bounds")
                if inferred:
                    record["reasons"].append("scale_inferred")
                return
        reading = self._by_p(draft, drafts) or self._by_interval(draft, drafts)
        if reading is not None:
            self._decide(draft, reading, "inferred_p")
            return
        if self._below_whole_numbers(draft, draft.undecided):
            # No set of whole numbers with this mean has so small an SD (rule 3b of the order).
            self._decide(draft, "se", "inferred_bounds")
            record["reasons"].append("dispersion_inferred")
            return
        decided = [
            d
            for d in drafts
            if d.record["dispersion"] in ("stated", "inferred_bounds")
            and d.key == draft.key
            and d is not draft
        ]
        if decided and record["stat"] == decided[0].record["stat"]:
            kind = "sd" if decided[0].record["sd"] is not None else "se"
            self._decide(draft, kind, "inferred_same_sentence")
            return
        if self._told_before(draft) == "se":
            self._decide(draft, "se", "inferred_same_sentence")
            record["reasons"].append("dispersion_inferred")
            return
        if bounds is None and n is None and record["scale_max"] is None:
            self._put(draft, "pm", draft.undecided, 0)
            record["dispersion"] = "ambiguous"
            record["reasons"].append("dispersion_ambiguous")
            record["alternatives"].extend(
                ({"field": "sd", "value": x}, {"field": "se", "value": x})
            )
            return
        self._decide(draft, "sd", "assumed")

    def _by_p(self, draft: Draft, drafts: list[Draft]) -> str | None:
        """The reading whose t reproduces a printed p of two groups, if only one does."""
        p = draft.p
        if p is None or p.op != "=" or p.value is None or p.zero:
            return None
        if len({d.cell.arm.name for d in drafts if d.p is p and d.cell.arm is not None}) > 2:
            return None  # an analysis of variance, not a test of two
        for other in drafts:
            if (
                other is draft
                or other.p is not p
                or other.cell.arm is None
                or draft.cell.arm is None
            ):
                continue
            if (
                other.cell.arm.name == draft.cell.arm.name
                or other.record["n"] is None
                or draft.record["n"] is None
            ):
                continue
            spread = other.undecided
            if (
                spread is None
                or draft.undecided is None
                or other.record["mean"] is None
                or draft.record["mean"] is None
            ):
                continue
            means = (draft.record["mean"], other.record["mean"])
            spreads = (draft.undecided.values[0], spread.values[0])
            ns = (draft.record["n"], other.record["n"])
            text = self.tokens[draft.cell.value.at].word
            halves = (half_unit(text), half_unit(self.tokens[draft.undecided.at[0]].word))
            fits = []
            slack = half_unit(self.tokens[p.first].word)
            for name, se in (("sd", False), ("se", True)):
                low, high = p_range(means, spreads, ns, halves, se)
                if not math.isnan(low) and low - slack <= p.value <= high + slack:
                    fits.append(name)
            exact = [
                name for name, se in (("sd", False), ("se", True))
                if abs(two_sample_p(*means, *spreads, *ns, se) - p.value) <= slack + 0.2 * p.value
            ]  # fmt: skip
            if len(fits) == 1:
                return fits[0]
            if len(exact) == 1:
                return exact[0]
        return None

    def _by_interval(self, draft: Draft, drafts: list[Draft]) -> str | None:
        """The reading that reproduces the printed interval of the difference of two groups.

        The SE of a difference is the root of SE1² + SE2², its interval that times the quantile of
        t; the two readings are a factor of the root of n apart, so that one at most is near.
        """
        others = [d for d in drafts if d is not draft and d.undecided is not None]
        apart = [d for d in drafts if d.record["stat"] == "between_diff"]
        if len(others) != 1 or len(apart) != 1 or draft.undecided is None:
            return None
        one, two, told = draft.record, others[0].record, apart[0].record
        given = [one["mean"], two["mean"], one["n"], two["n"], told["mean"], told["ci_low"]]
        if None in given or one["stat"] != two["stat"] or told["ci_high"] is None:
            return None
        if abs(abs(one["mean"] - two["mean"]) - abs(told["mean"])) > 0.11:
            return None
        x, y = draft.undecided.values[0], others[0].undecided.values[0]  # type: ignore[union-attr]
        half = (told["ci_high"] - told["ci_low"]) / 2
        t = t_quantile(told["ci_level"] or 95, one["n"] + two["n"] - 2)
        widths = {"sd": t * math.hypot(x / one["n"] ** 0.5, y / two["n"] ** 0.5)}
        widths["se"] = t * math.hypot(x, y)
        near = [kind for kind, width in widths.items() if 0.75 * half <= width <= 1.33 * half]
        return near[0] if len(near) == 1 else None

"""Stage effect_sizes: the right rung, the right number, and a reason wherever there is none."""

import csv
import io
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evergrove import conversions, tables
from evergrove.conversions import Quantiles
from evergrove.effect_sizes import BY_R_COLUMNS, COLUMNS, MEASUREMENT_COLUMNS, effect_sizes
from evergrove.errors import EvergroveError
from evergrove.formulas import FORMULAS
from tests.extraction_sample import protocol

LEVELS = {"before_mean": "7.0", "before_sd": "1.5", "after_mean": "3.0", "after_sd": "2.0"}
QUARTILES = {
    "statistic": "median_iqr",
    "before_median": "7", "before_q1": "6", "before_q3": "8.5",
    "after_median": "3", "after_q1": "1.5", "after_q3": "4",
}  # fmt: skip


def row(**cells):
    """A row of measurements.csv; two levels with SDs in 25 people unless told."""
    made = dict.fromkeys(MEASUREMENT_COLUMNS, "") | {
        "measurement_id": "loom/weavers/28", "report": "loom", "study": "loom", "cohort": "weavers",
        "use": "pool", "status": "verified", "timepoint_days": "28", "statistic": "mean_sd",
        "scale": "VAS 0-10", "n": "25",
    }  # fmt: skip
    return tables.Row(made | cells, "measurements.csv", 2)


def effect(the_protocol=None, **cells):
    return effect_sizes([row(**cells)], the_protocol or protocol()).effects[0]


# ---- the ladder ----

T = conversions.t_quantile(95, 24)
# What each adds to the two levels, the rung that must be used, and the SD of the change.
RUNGS = [
    ({"change_mean": "-4.0", "change_sd": "1.8"}, "sd_change_reported", 1.8),
    ({"change_mean": "-4.0", "change_se": "0.4"}, "se_change_reported", 2.0),
    ({"change_mean": "-4.0", "change_ci_low": "-5", "change_ci_high": "-3"},
     "ci_change_reported", 5 / T),
    ({"test": "paired_t", "test_statistic": "-8"}, "paired_t", 2.5),
    ({"test": "repeated_measures_f", "test_statistic": "64"}, "paired_t", 2.5),
    ({"test": "paired_t", "p": "0.01"}, "paired_p", 20 / conversions.t_from_p(0.01, 24)),
    ({"correlation": "0.3"}, "r_reported", math.sqrt(6.25 - 0.6 * 3)),
    ({}, "r_assumed", math.sqrt(6.25 - 3)),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "rung", "sd"), RUNGS, ids=lambda value: str(value)[:40])
def test_each_rung_gives_its_effect(cells, rung, sd):
    found = effect(**LEVELS, **cells)
    assert found["rung"] == rung
    assert found["reason"] is None
    assert found["yi"] == pytest.approx(4.0)
    assert found["vi"] == pytest.approx(sd**2 / 25, rel=1e-12)
    assert found["sei"] == pytest.approx(sd / 5, rel=1e-12)
    assert found["ci_low"] == pytest.approx(4 - 1.959963984540054 * sd / 5, rel=1e-12)


def test_the_rungs_are_taken_in_their_order():
    everything: dict[str, str] = {}
    for cells, rung, _ in reversed(RUNGS):
        if cells.get("test") == "repeated_measures_f":
            continue
        everything |= cells
        assert effect(**LEVELS, **everything)["rung"] == rung


def test_an_interval_of_ninety_percent_is_not_read_as_one_of_ninety_five():
    cells = {"change_mean": "-4", "change_ci_low": "-5", "change_ci_high": "-3"}
    found = effect(**cells, change_ci_level="90")
    assert found["vi"] == pytest.approx((1 / conversions.t_quantile(90, 24)) ** 2, rel=1e-12)
    assert "95 %" not in found["assumptions"]
    assert "is taken to be 95 %" in effect(**cells)["assumptions"]


def test_levels_with_standard_errors_or_intervals_are_as_good_as_sds():
    plain = effect(**LEVELS)
    of_se = effect(before_mean="7", before_se="0.3", after_mean="3", after_se="0.4")
    assert of_se["vi"] == pytest.approx(plain["vi"], rel=1e-12)
    half = repr(T * 0.4)
    of_ci = effect(
        before_mean="7", before_sd="1.5", after_mean="3",
        after_ci_low=repr(3 - float(half)), after_ci_high=repr(3 + float(half)),
    )  # fmt: skip
    assert of_ci["vi"] == pytest.approx(plain["vi"], rel=1e-9)
    assert of_se["formula"][0] == "sd.from_se" and of_ci["formula"][0] == "sd.from_ci"


@pytest.mark.parametrize(
    "cells",
    [
        {"p": "0.01"},
        {"p": "0.01", "test": "wilcoxon"},
        {"p": "0.01", "test": "unpaired_t", "test_statistic": "3"},
        {"p": "<0.001", "test": "paired_t"},
        {"p": "ns", "test": "paired_t"},
    ],
)
def test_a_p_value_that_is_not_exact_and_paired_says_nothing_about_the_spread(cells):
    found = effect(**LEVELS, **cells)
    assert found["rung"] == "r_assumed" and found["vi"] == effect(**LEVELS)["vi"]


def test_a_bound_on_p_is_told_as_a_bound():
    found = effect(**LEVELS, p="<0.001", test="paired_t")
    bound = 20 / conversions.t_from_p(0.001, 24)
    assert (
        f"The paired p < 0.001 means an SD of the change below {bound:.3g}." in found["assumptions"]
    )


def test_a_test_of_no_change_says_nothing_about_the_spread():
    cells = LEVELS | {"after_mean": "7.0"}
    assert effect(**cells, test="paired_t", p="0.9")["rung"] == "r_assumed"
    assert effect(**LEVELS, test="paired_t", test_statistic="0")["rung"] == "r_assumed"


# ---- the correlation of other studies ----


def with_three_sds(number, n="60", r=0.7, **cells):
    change = conversions.sd_of_change(1.5, 2.0, r)
    return row(
        measurement_id=f"other{number}/all/28", report=f"other{number}", cohort="all", n=n,
        change_mean="-4", change_sd=repr(change), **LEVELS, **cells,
    )  # fmt: skip


def test_a_study_with_all_three_sds_lends_its_correlation_to_the_others():
    result = effect_sizes([with_three_sds(1), row(**LEVELS)], protocol())
    own, other = result.effects
    assert (own["rung"], other["rung"]) == ("sd_change_reported", "r_from_three_sds")
    assert own["r"] is None and other["r"] == pytest.approx(0.7)
    assert other["vi"] == pytest.approx((6.25 - 0.7 * 6) / 25, rel=1e-9)
    assert "0.700 (CI 0.5" in other["assumptions"]


def test_correlations_of_several_studies_are_pooled_by_fishers_z_once_a_cohort():
    one, two = with_three_sds(1, n="60", r=0.7), with_three_sds(2, n="23", r=0.2)
    again = with_three_sds(1, n="60", r=0.7, timepoint_days="91")
    result = effect_sizes([one, again, two, row(**LEVELS)], protocol())
    z = (57 * math.atanh(0.7) + 20 * math.atanh(0.2)) / 77
    assert result.effects[3]["r"] == pytest.approx(math.tanh(z), rel=1e-9)
    assert result.pooled_r.k == 2


@pytest.mark.parametrize(
    "cells",
    [{"use": "no"}, {"status": "candidate"}, {"flags": "sd_or_se_unclear"}, {"n": "3"}],
    ids=str,
)
def test_a_doubtful_study_lends_nothing(cells):
    result = effect_sizes([with_three_sds(1, **cells), row(**LEVELS)], protocol())
    assert result.pooled_r is None
    assert result.effects[1]["rung"] == "r_assumed"


def test_three_sds_that_no_correlation_can_give_lend_nothing():
    odd = row(measurement_id="odd", report="odd", change_mean="-4", change_sd="0.2", **LEVELS)
    assert effect_sizes([odd, row(**LEVELS)], protocol()).pooled_r is None


def test_sds_that_no_correlation_can_give_are_told_where_the_effect_does_not_need_one():
    found = effect(**LEVELS, change_mean="-4", change_sd="0.2")
    assert found["rung"] == "sd_change_reported"
    assert "imply a correlation of 1.0" in found["assumptions"]
    smcr = effect(protocol(effect__measure="SMCR"), **LEVELS, change_mean="-4", change_sd="0.2")
    assert smcr["reason"].startswith("impossible_correlation: the three SDs imply")


# ---- conversions ----


def test_quartiles_are_converted_by_luo_and_wan_after_the_test_of_skewness():
    found = effect(**QUARTILES)
    before, after = Quantiles(25, 7, q1=6, q3=8.5), Quantiles(25, 3, q1=1.5, q3=4)
    assert found["rung"] == "converted_median_iqr"
    assert found["before_mean"] == conversions.luo_mean(before)
    assert found["after_sd"] == conversions.wan_sd(after)
    assert found["yi"] == conversions.luo_mean(before) - conversions.luo_mean(after)
    sd = conversions.sd_of_change(found["before_sd"], found["after_sd"], 0.5)
    assert found["vi"] == pytest.approx(sd**2 / 25, rel=1e-12)
    assert found["r"] == 0.5


def test_skewed_quartiles_are_not_converted():
    found = effect(**QUARTILES | {"after_median": "1.5"})
    assert found["yi"] is None and found["rung"] is None
    assert found["reason"] == (
        "skewed: after, Shi's test statistic 1.000 is not below its critical value 0.520"
    )


@pytest.mark.parametrize("method", ["qe", "bc"])
def test_skewed_quartiles_are_fitted_where_the_protocol_says_so(method):
    the_protocol = protocol(effect__skewed_quantiles=method)
    found = effect(the_protocol, **QUARTILES | {"after_median": "2"})
    assert found["rung"] == "converted_skewed" and found["reason"] is None
    assert f"mean_sd.{method}" in found["formula"]
    assert found["after_mean"] > 2.4
    assert effect(the_protocol, **QUARTILES)["rung"] == "converted_median_iqr"
    refused = effect(the_protocol, **QUARTILES | {"after_median": "1.5"})
    assert (refused["reason"] or "").startswith("skewed: ") is (method == "bc")


def test_all_five_quantiles_are_used_where_they_are_there():
    cells = {"before_min": "4", "before_max": "10", "after_min": "0", "after_max": "6"}
    found = effect(**QUARTILES, **cells)
    five = Quantiles(25, 7, q1=6, q3=8.5, minimum=4, maximum=10)
    assert found["before_sd"] == conversions.shi_sd(five)
    assert found["before_mean"] == conversions.luo_mean(five)


def test_ranges_are_converted_by_wan():
    cells = {"before_mean": "7", "before_min": "5", "before_max": "10", "after_mean": "3",
             "after_min": "0", "after_max": "6", "statistic": "mean_range"}  # fmt: skip
    found = effect(**cells)
    assert found["rung"] == "converted_range"
    assert found["before_sd"] == 5 / conversions.xi(25)
    of_median = {name.replace("mean", "median"): value for name, value in cells.items()}
    found = effect(**of_median | {"statistic": "median_range"})
    assert found["rung"] == "converted_range"
    assert found["before_mean"] == conversions.luo_mean(Quantiles(25, 7, minimum=5, maximum=10))


def test_a_side_with_mean_and_sd_is_not_converted():
    mixed = {name: value for name, value in QUARTILES.items() if not name.startswith("before")}
    found = effect(**mixed, before_mean="7", before_sd="1.5")
    assert (found["before_mean"], found["before_sd"]) == (7, 1.5)
    assert found["rung"] == "converted_median_iqr"


def test_a_printed_sd_goes_before_a_printed_range():
    found = effect(**LEVELS, before_min="2", before_max="10", after_min="0", after_max="7")
    assert found["rung"] == "r_assumed" and found["before_sd"] == 1.5


# ---- reasons ----


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"statistic": "p_value_only", "scale": "questionnaire"}, "p_value_only: "),
        (LEVELS | {"n": ""}, "no_n: the number of people analysed is not stated"),
        ({"statistic": "mean_only", "before_mean": "7", "after_mean": "3"},
         "no_spread: no SD, SE or confidence interval before and after"),
        ({"statistic": "mean_only", "before_mean": "7"}, "no_mean: no mean after"),
        ({"statistic": "median_only", "before_median": "7"}, "no_spread: medians without"),
        (LEVELS | {"after_sd": ""}, "no_spread: no SD, SE or confidence interval after"),
        (LEVELS | {"before_sd": "0", "after_sd": "0"}, "zero_variance: "),
        (LEVELS | {"scale": "questionnaire"}, "no_scale: "),
        (LEVELS | {"scale": ""}, "no_scale: "),
        (QUARTILES | {"n": ""}, "no_n: "),
        (QUARTILES | {"n": "4"}, "too_few: quantiles of 4 people"),
        (QUARTILES | {"after_q1": "3", "after_q3": "3"}, "no_spread: the quantiles after"),
        ({"statistic": "mean_range", "before_mean": "7", "before_min": "7", "before_max": "7",
          "after_mean": "3", "after_min": "1", "after_max": "5"}, "no_spread: the range before"),
        (QUARTILES | {"before_median": "5", "before_q1": "1", "before_q3": "9"},
         "no_estimate: the SD estimated before"),
        ({"n": "1", "change_mean": "-4", "change_se": "1"}, "too_few: the scores of one"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_where_there_is_no_effect_there_is_a_reason(cells, reason):
    found = effect(**cells)
    assert found["reason"].startswith(reason)
    for name in ("yi", "vi", "sei", "ci_low", "ci_high", "rung", "formula"):
        assert found.get(name) is None


def test_every_reason_is_given_where_there_are_several():
    found = effect(statistic="mean_only", before_mean="7", after_mean="3", n="")
    assert [part.partition(":")[0] for part in found["reason"].split("; ")] == ["no_spread", "no_n"]


# ---- scale and sign ----


def test_values_on_another_scale_are_rescaled_and_it_is_said():
    hundred = {name: repr(10 * float(value)) for name, value in LEVELS.items()}
    found, plain = effect(scale="VAS 0-100", **hundred), effect(**LEVELS)
    assert found["yi"] == pytest.approx(plain["yi"], rel=1e-12)
    assert found["vi"] == pytest.approx(plain["vi"], rel=1e-12)
    assert found["before_mean"] == pytest.approx(7)
    assert "rescaled from 0 to 100 onto 0 to 10." in found["assumptions"]
    assert "scale.linear" in found["formula"] and "scale.linear" not in plain["formula"]


def test_a_reversed_scale_is_turned_and_it_is_said():
    relief = {"before_mean": "30", "before_sd": "15", "after_mean": "70", "after_sd": "20"}
    found = effect(scale="relief 0-100", **relief)
    assert (found["before_mean"], found["after_mean"]) == (7, 3)
    assert found["yi"] == pytest.approx(4)
    assert "reversed" in found["assumptions"]
    of_change = effect(scale="relief 0-100", change_mean="40", change_sd="18")
    assert of_change["yi"] == pytest.approx(4) and of_change["vi"] == pytest.approx(1.8**2 / 25)


@pytest.mark.parametrize(("cells", "_rung", "_sd"), RUNGS, ids=lambda value: str(value)[:40])
def test_the_other_sign_turns_the_effect_and_nothing_else(cells, _rung, _sd):
    one = effect(**LEVELS, **cells)
    other = effect(protocol(effect__sign="after_minus_before"), **LEVELS, **cells)
    assert other["yi"] == -one["yi"] and other["vi"] == one["vi"]
    assert (other["ci_low"], other["ci_high"]) == (-one["ci_high"], -one["ci_low"])


# ---- other measures ----


@pytest.mark.parametrize("measure", ["SMCR", "SMCRH", "ROMC"])
def test_other_measures_of_change_use_the_correlation(measure):
    the_protocol = protocol(effect__measure=measure)
    assumed = effect(the_protocol, **LEVELS)
    assert assumed["rung"] == "r_assumed" and assumed["measure"] == measure
    change = repr(conversions.sd_of_change(1.5, 2.0, 0.5))
    own = effect(the_protocol, **LEVELS, change_mean="-4", change_sd=change)
    assert own["rung"] == "sd_change_reported"
    assert own["r"] == pytest.approx(0.5) and own["vi"] == pytest.approx(assumed["vi"], rel=1e-9)


def test_a_change_standardised_by_its_own_sd_never_rests_on_an_assumed_correlation():
    the_protocol = protocol(effect__measure="SMCC")
    with pytest.raises(EvergroveError, match="SMCC would rest on an assumed correlation"):
        effect(the_protocol, **LEVELS)
    assert effect(the_protocol, **LEVELS, use="no")["reason"].startswith("no_sd_of_change: ")
    assert effect(the_protocol, **LEVELS, correlation="0.4")["rung"] == "r_reported"
    found = effect(the_protocol, change_mean="-4", change_sd="2")
    assert found["yi"] == pytest.approx(2 * 0.9684, rel=1e-3)


def test_a_ratio_of_means_needs_means_above_zero():
    found = effect(protocol(effect__measure="ROMC"), **LEVELS | {"after_mean": "0"})
    assert found["reason"].startswith("not_positive: ")


def test_a_measure_that_is_no_change_is_refused_with_its_place():
    with pytest.raises(EvergroveError, match=r"effect.measure: not a measure of change"):
        effect(protocol(effect__measure="OR"), **LEVELS)


# ---- tables ----


def test_effects_keep_the_order_and_the_columns_of_the_contract():
    rows = [row(**LEVELS), row(measurement_id="b/x/1", statistic="p_value_only"), row(**QUARTILES)]
    result = effect_sizes(rows, protocol())
    assert [found["measurement_id"][0] for found in result.effects] == ["l", "b", "l"]
    [first, second, _] = csv.DictReader(io.StringIO(tables.format_csv(result.effects, COLUMNS)))
    assert float(first["yi"]) == 4 and first["reason"] == ""
    assert first["inputs"].split("; ")[:2] == ["before_mean=7", "before_sd=1.5"]
    assert second["yi"] == "" and second["reason"]
    assert result.summary().startswith("3 measurements: 2 effects (1 with an assumed correlation)")


def test_every_formula_that_is_named_is_explained():
    for cells, _, _ in RUNGS:
        for measure in ("MC", "SMCR"):
            found = effect(protocol(effect__measure=measure), **LEVELS, **cells)
            assert set(found["formula"] or ()) <= FORMULAS.keys()
    for found in (effect(**QUARTILES), effect(scale="relief 0-100", **LEVELS)):
        assert set(found["formula"]) <= FORMULAS.keys()


def test_the_grid_holds_every_effect_whose_correlation_is_a_guess():
    known = row(measurement_id="known", **LEVELS, correlation="0.3")
    none = row(measurement_id="none", statistic="p_value_only")
    result = effect_sizes(
        [row(**LEVELS), known, none, row(measurement_id="q", **QUARTILES)], protocol()
    )
    assert [(found["measurement_id"], found["r"]) for found in result.by_r] == [
        (name, r) for name in ("loom/weavers/28", "q") for r in (0.0, 0.5, 0.9)
    ]
    at_half = result.by_r[1]
    assert (at_half["yi"], at_half["vi"]) == (result.effects[0]["yi"], result.effects[0]["vi"])
    assert tables.format_csv(result.by_r, BY_R_COLUMNS).count("\n") == 7


def test_no_rows_give_empty_tables():
    result = effect_sizes([], protocol())
    assert (result.effects, result.by_r) == ([], [])


@settings(max_examples=60, deadline=None)
@given(
    before=st.floats(0, 10), after=st.floats(0, 10), sd1=st.floats(0.05, 5), sd2=st.floats(0.05, 5),
    n=st.integers(2, 500), r=st.floats(-0.95, 0.95),
)  # fmt: skip
def test_a_lower_correlation_is_never_less_cautious(before, after, sd1, sd2, n, r):
    cells = {"before_mean": repr(before), "before_sd": repr(sd1), "after_mean": repr(after),
             "after_sd": repr(sd2), "n": str(n)}  # fmt: skip
    grid = sorted({-0.9, 0.0, r, 0.9})
    the_protocol = protocol(effect__correlation={"assumed": r, "grid": grid})
    result = effect_sizes([row(**cells)], the_protocol)
    variances = [found["vi"] for found in result.by_r]
    assert variances == sorted(variances, reverse=True)
    assert {found["yi"] for found in result.by_r} == {result.effects[0]["yi"]}

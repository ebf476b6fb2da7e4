"""Whether printed summaries can be true together."""

from decimal import Decimal
from itertools import combinations_with_replacement
from statistics import fmean, stdev

import pytest

from evergrove import consistency
from evergrove.extraction_rules import Measurement


def item(scale="NRS 0-10", n=20, days=30, cohort="a", p=None, test=None, **values):
    return Measurement(
        "place", cohort, "pain", scale, f"day {days}", days, "mean_sd", None, n,
        {key: Decimal(value) for key, value in values.items()}, p=p, test=test,
    )  # fmt: skip


def rules(measurement):
    return [finding.rule for finding in consistency.findings(measurement)]


def test_grim_and_grimmer_agree_with_all_sets_of_whole_numbers():
    n = 5
    printed = {
        (f"{fmean(s):.2f}", f"{stdev(s):.2f}")
        for s in combinations_with_replacement(range(0, 6), n)
    }
    means = {mean for mean, _ in printed}
    for hundredths in range(0, 500):
        mean = Decimal(hundredths) / 100
        assert consistency.grim_holds(mean, n) == (f"{mean:.2f}" in means)
    # Every printed pair that some set has must be let through.
    assert all(consistency.grimmer_holds(Decimal(m), Decimal(s), n) for m, s in printed)
    # And a pair that no set of whole numbers of any size can have is caught.
    assert not consistency.grimmer_holds(Decimal("2.20"), Decimal("1.60"), n)


@pytest.mark.parametrize(
    ("measurement", "expected"),
    [
        (item(n=16, before_mean="4.21", before_sd="1.50"), ["grim"]),
        (item(n=16, before_mean="4.25", before_sd="1.48"), []),
        (item(n=5, before_mean="2.20", before_sd="1.60"), ["grimmer"]),
        (item("VAS 0-10", n=16, before_mean="4.21", before_sd="1.50"), []),
        (item(n=160, before_mean="4.21", before_sd="1.50"), []),
        (item(after_mean="3.6", after_ci_low="3.8", after_ci_high="4.4"), ["estimate_outside_ci"]),
        (item(after_mean="3.1", after_ci_low="3.0", after_ci_high="4.4"), ["ci_off_centre"]),
        (item(after_mean="3.6", after_ci_low="3.0", after_ci_high="4.2"), []),
        (
            item(n=25, after_mean="3.6", after_sd="0.3", after_ci_low="3.0", after_ci_high="4.2"),
            ["ci_and_sd_disagree"],
        ),
        (
            item(n=25, after_mean="3.6", after_sd="1.5", after_ci_low="3.0", after_ci_high="4.2"),
            [],
        ),
        (item(p="< 0.001", change_mean="-0.2", change_sd="2.0"), ["p_is_another"]),
        (item(p="< 0.001", change_mean="-2.9", change_sd="2.0"), []),
        (item(p="0.04", change_mean="-2.9", change_se="0.2"), []),
        (item(p="0.9", change_mean="-2.9", change_se="0.2"), ["p_is_another"]),
        (item(p="0.9", test="wilcoxon", change_mean="-2.9", change_se="0.2"), []),
        (item(p="not significant", change_mean="-2.9", change_se="0.2"), []),
    ],
)
def test_each_rule_speaks_only_when_no_rounding_saves_the_numbers(measurement, expected):
    assert rules(measurement) == expected


def test_every_finding_names_its_inputs():
    (finding,) = consistency.findings(item(n=16, before_mean="4.21", before_sd="1.50"))
    assert finding.cell == "before.mean"
    assert "16" in finding.text and "4.21" in finding.text


def test_a_number_analysed_that_grows_with_time_is_named_once():
    several = [
        ("loom/a/1", item(n=40, days=30)),
        ("loom/a/2", item(n=43, days=90)),
        ("loom/a/3", item(n=39, days=365)),
        ("loom/b/1", item(n=50, days=365, cohort="b")),
    ]
    found = consistency.growing_n(several)
    assert list(found) == ["loom/a/2"]
    assert "43" in found["loom/a/2"][0].text and "40" in found["loom/a/2"][0].text


def test_two_reports_with_two_equal_cells_may_be_of_the_same_people():
    cells = {"before_mean": "7.1", "before_sd": "1.2", "after_mean": "3.0", "after_sd": "1.6"}
    several = [
        ("one/a/1", item(**cells)),
        ("two/a/1", item(**cells)),
        ("three/a/1", item(**{**cells, "after_mean": "2.9"})),
    ]
    found = consistency.shared_cells(several)
    assert list(found) == ["two/a/1"]
    assert found["two/a/1"][0].rule == "shared_cells"
    assert consistency.shared_cells(several[::2]) == {}

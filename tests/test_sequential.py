"""The sequential view: boundaries as published, error kept, and never without the caution."""

import numpy as np
import pytest

from evergrove import pooling
from evergrove.errors import EvergroveError
from evergrove.sequential import (
    CAUTION,
    boundaries,
    diversity,
    obrien_fleming_spending,
    required_information,
    sequential_view,
)


@pytest.mark.parametrize(
    ("fractions", "published"),
    [
        ([0.2, 0.4, 0.6, 0.8, 1.0], [4.8769, 3.3569, 2.6803, 2.2898, 2.0310]),
        ([0.25, 0.5, 0.75, 1.0], [4.3326, 2.9631, 2.3590, 2.0141]),
        ([0.5, 1.0], [2.9626, 1.9686]),
        ([1.0], [1.9600]),
    ],
)
def test_boundaries_of_obrien_fleming_spending_as_published(fractions, published):
    """Reboussin, DeMets, Kim & Lan (2000, Control Clin Trials 21:190)."""
    assert boundaries(fractions) == pytest.approx(published, abs=1.5e-4)


def test_the_error_is_kept_over_uneven_looks():
    fractions = np.array([0.1, 0.15, 0.5, 0.62, 0.7, 1.0])
    limits = np.array(boundaries(fractions))
    rng = np.random.default_rng(20240501)
    increments = rng.normal(size=(400_000, 6)) * np.sqrt(np.diff(fractions, prepend=0))
    z = np.cumsum(increments, axis=1) / np.sqrt(fractions)
    assert (np.abs(z) >= limits).any(axis=1).mean() == pytest.approx(0.05, abs=0.0012)


def test_all_is_spent_at_the_end_and_next_to_nothing_at_the_start():
    assert obrien_fleming_spending(1) == pytest.approx(0.05)
    assert obrien_fleming_spending(2) == pytest.approx(0.05)
    assert obrien_fleming_spending(0) == 0
    assert obrien_fleming_spending(0.1) < 1e-8


def test_looks_that_are_too_early_too_late_or_add_nothing_have_no_boundary():
    early, first, same, last, late = boundaries([0.001, 0.5, 0.5005, 1.2, 1.4])
    assert np.isinf([early, same, late]).all()
    assert np.isfinite([first, last]).all()


@pytest.mark.parametrize("fractions", [[0.5, 0.5], [0.5, 0.2], [0.0, 1.0]])
def test_fractions_must_increase(fractions):
    with pytest.raises(EvergroveError):
        boundaries(fractions)


def test_required_information_of_a_plain_trial():
    # 80% power at 5% for an effect of 1 standard error unit: (1.96 + 0.8416)².
    assert required_information(1.0) == pytest.approx(7.8489, abs=1e-4)
    assert required_information(-2.0) == pytest.approx(7.8489 / 4, abs=1e-4)
    assert required_information(1.0, diversity=0.5) == pytest.approx(2 * 7.8489, abs=2e-4)


@pytest.mark.parametrize(
    "options", [{"effect": 0}, {"effect": 1, "diversity": 1}, {"effect": 1, "power": 0.3}]
)
def test_assumptions_that_cannot_be_are_refused(options):
    with pytest.raises(EvergroveError):
        required_information(**options)


def test_diversity_is_the_share_of_variance_that_heterogeneity_adds():
    y, v = np.array([0.1, 0.9, 0.4, 1.5]), np.array([0.05, 0.1, 0.02, 0.2])
    fixed = pooling.fit(y, v, method="EE", test="z")["se"]
    random = pooling.fit(y, v, method="DL", test="z")["se"]
    assert diversity(y, v, "DL") == pytest.approx(1 - (fixed / random) ** 2, rel=1e-12)
    assert diversity(np.ones(3), np.ones(3), "DL") == 0


def view(**options):
    y, v = [0.3, 0.5, 0.4, 0.6, 0.45], [0.09, 0.08, 0.05, 0.04, 0.03]
    return sequential_view(y, v, [2019, 2019, 2021, 2022, 2024], **{"effect": 0.4, **options})


def test_each_update_has_its_boundary_and_the_caution_stands_beside_it():
    got = view()
    assert got["caution"] == CAUTION
    assert "discourages" in CAUTION
    assert [row["look"] for row in got["looks"]] == [2019, 2021, 2022, 2024]
    assert [row["k"] for row in got["looks"]] == [2, 3, 4, 5]
    fractions = [row["fraction"] for row in got["looks"]]
    assert fractions == sorted(fractions)
    assert got["fraction_reached"] == fractions[-1]
    for row in got["looks"]:
        assert (row["boundary"] is None) == (row["reason"] is not None)
        if row["boundary"] is not None:
            assert row["crossed"] == (abs(row["z"]) >= row["boundary"])


def test_a_first_crossing_is_what_the_conclusion_names():
    assert "crossed at" in view()["conclusion"]
    assert "has not been crossed" in view(effect=0.1)["conclusion"]


def test_every_study_needs_its_update():
    with pytest.raises(EvergroveError):
        sequential_view([1.0, 2.0], [1.0, 1.0], [2020], effect=1)

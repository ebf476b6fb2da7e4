"""The estimate of recall keeps the probabilities that it states, and says when there is none."""

import itertools
import math
import random
from fractions import Fraction

import pytest

from benchmarks.screening import made_up
from evergrove import screening_order
from evergrove.errors import EvergroveError
from evergrove.screening_recall import (
    STRATA,
    Recall,
    estimate,
    from_sample,
    from_strata,
    random_order,
    stratify,
)

# --- by strata ----------------------------------------------------------------------------------


def predicted(k, n, m):
    """The beta-binomial prediction by the recurrence of its terms: another way than the module's.

    P(x + 1) / P(x) = (m - x)(x + a) / ((x + 1)(m - x - 1 + b)), a = k + 1/2, b = n - k + 1/2.
    """
    a, b = Fraction(2 * k + 1, 2), Fraction(2 * (n - k) + 1, 2)
    terms = [Fraction(1)]
    for x in range(m):
        terms.append(terms[-1] * (m - x) * (x + a) / ((x + 1) * (m - x - 1 + b)))
    return [term / sum(terms) for term in terms]


@pytest.mark.parametrize(
    "strata", [[(3, 20, 12)], [(3, 9, 4), (1, 30, 10), (0, 50, 25), (0, 0, 3)]]
)
def test_the_distribution_of_the_missing_is_the_convolution_of_the_predictions(strata):
    found = 12
    total = [Fraction(1)]
    for counts in strata:
        part = predicted(*counts)
        both = [Fraction(0)] * (len(total) + len(part) - 1)
        for (i, x), (j, y) in itertools.product(enumerate(total), enumerate(part)):
            both[i + j] += x * y
        total = both
    cumulative = list(itertools.accumulate(total))
    quantile = [
        next(x for x, p in enumerate(cumulative) if p >= share)
        for share in (Fraction(1, 20), Fraction(1, 2), Fraction(19, 20))
    ]
    result = from_strata(found, strata, level=0.9, target=0.8)
    assert [result.high, result.recall, result.low] == [found / (found + q) for q in quantile]
    assert result.missing == pytest.approx(
        sum(m * (k + 0.5) / (n + 1) for k, n, m in strata), rel=1e-12
    )
    # Recall is below 0.8 where more than 3 are missing.
    assert result.below_target == pytest.approx(float(1 - cumulative[3]), rel=1e-9)
    assert result.waiting == sum(m for _k, _n, m in strata)


def test_the_interval_holds_the_true_recall_as_often_as_it_says():
    draw = random.Random(20)
    rates = (0.5, 0.2, 0.05, 0.01, 0.001)
    decided = [200 * (end - start) for start, end in zip((0, *STRATA), STRATA, strict=False)]
    held = above = 0
    runs = 1500
    for _ in range(runs):
        strata, missing, found = [], 0, 0
        for rate, n in zip(rates, decided, strict=True):
            n, m = round(n), round(n * 0.75)
            k = sum(draw.random() < rate for _ in range(n))
            missing += sum(draw.random() < rate for _ in range(m))
            found += k
            strata.append((k, n, m))
        if not found:
            held += 1
            continue
        result = from_strata(found, strata, level=0.9)
        true = found / (found + missing)
        held += result.low <= true <= result.high
        above += true >= result.low
    # Four standard errors of 1500 runs are 0.031 and 0.023.
    assert 0.9 - 0.031 <= held / runs <= 0.995
    assert above / runs >= 0.95 - 0.023


@pytest.fixture(scope="module")
def pile():
    reports, truth = made_up(180, 45)
    return reports, truth, screening_order.prepare(reports)


def decisions_on(reports, truth, rows):
    return {
        reports[row]["report_id"]: "include" if truth[row] else "exclude" for row in sorted(rows)
    }


def test_random_decisions_give_an_interval_that_holds_the_truth(pile):
    reports, truth, prepared = pile
    held = 0
    for seed in range(20):
        rows = random.Random(seed).sample(range(180), 110)
        decisions = decisions_on(reports, truth, rows)
        result = estimate(reports, decisions, level=0.9, seed=seed, prepared=prepared)
        assert result.found == sum(truth[row] for row in rows) and result.waiting == 70
        held += result.low <= result.found / sum(truth) <= result.high
    # At 0.9, 14 or fewer of 20 have a probability of 0.011.
    assert held >= 15


def test_decisions_from_the_top_of_the_order_are_not_taken_for_complete(pile):
    reports, truth, prepared = pile
    rows = set(range(0, 180, 12))
    for _ in range(6):
        decisions = decisions_on(reports, truth, rows)
        first = screening_order.order(reports, decisions, prepared=prepared).places[:12]
        rows |= {int(place.report_id) for place in first}
        result = estimate(reports, decisions_on(reports, truth, rows), prepared=prepared)
        assert result.low <= result.found / sum(truth)


def test_every_report_falls_into_one_stratum(pile):
    _reports, truth, prepared = pile
    decided = {row: truth[row] if row % 3 else None for row in range(180)}
    strata = stratify(prepared, decided, 0)
    assert len(strata) == len(STRATA)
    assert sum(k for k, _n, _m in strata) == sum(truth[row] for row in range(180) if row % 3)
    assert sum(n for _k, n, _m in strata) == 120
    assert sum(m for _k, _n, m in strata) == 60
    # The upper strata hold more of what is relevant.
    assert strata[0][0] / strata[0][1] > strata[-1][0] / strata[-1][1]


def test_the_estimate_does_not_depend_on_the_order_of_the_reports(pile):
    reports, truth, prepared = pile
    decisions = decisions_on(reports, truth, range(0, 180, 2))
    result = estimate(reports, decisions, prepared=prepared)
    assert estimate(reports[::-1], dict(reversed(decisions.items()))) == result
    assert 0 < result.low < result.recall < result.high <= 1


def test_when_there_is_no_estimate():
    reports = [{"report_id": str(n), "title": f"title {n}"} for n in range(6)]
    few = estimate(reports, {"0": "include", "1": "exclude", "2": "exclude", "3": "unclear"})
    assert few == Recall(1, 3, reason="fewer than two inclusions or two exclusions")
    all_included = estimate(reports, {"0": "include", "1": "include", "2": "include"})
    assert all_included.recall is None and all_included.reason
    blank = [{"report_id": str(n)} for n in range(6)]
    unreadable = dict(zip("0123", ["include", "include", "exclude", "exclude"], strict=True))
    result = estimate(blank, unreadable)
    assert result.recall is None and "have a text" in result.reason
    none_found = estimate(reports[:2], {"0": "exclude", "1": "exclude"})
    assert none_found == Recall(0, 0, reason="no report is included")
    complete = estimate(reports[:2], {"0": "include", "1": "exclude"})
    assert (complete.recall, complete.low, complete.missing) == (1.0, 1.0, 0.0)
    with pytest.raises(EvergroveError, match="level is not between 0 and 1"):
        estimate(reports, {}, level=95)


def test_reports_without_a_text_count_among_the_waiting(pile):
    reports, truth, _prepared = pile
    reports = [
        row | {"title": "", "abstract": ""} if number < 4 else row
        for number, row in enumerate(reports)
    ]
    decisions = decisions_on(reports, truth, range(2, 180, 2))
    result = estimate(reports, decisions)
    assert result.waiting == 180 - len(decisions)
    assert result.recall is not None


# --- by a random sample -------------------------------------------------------------------------


def test_the_bound_of_a_sample_holds_at_its_level_for_every_pile():
    waiting, sampled, found, level = 40, 15, 10, 0.9
    for relevant in range(waiting + 1):
        holds = Fraction(0)
        for seen in range(max(0, sampled - (waiting - relevant)), min(sampled, relevant) + 1):
            chance = Fraction(
                math.comb(relevant, seen) * math.comb(waiting - relevant, sampled - seen),
                math.comb(waiting, sampled),
            )
            low = from_sample(found, waiting, sampled, seen, level=level).low
            holds += chance * (low <= Fraction(found + seen, found + relevant) + 1e-12)
        assert holds >= level, relevant


def test_the_bound_of_a_sample_is_no_looser_than_it_must_be():
    # With none of 60 of 100 relevant, 3 missing have probability C(40,3)/C(100,3) = 0.061 of not
    # being met and 4 have 0.023: at 0.95 the pile holds at most 3.
    result = from_sample(57, 100, 60, 0)
    assert result.low == 57 / 60
    assert (result.found, result.waiting, result.recall, result.missing) == (57, 40, 1.0, 0.0)
    some = from_sample(8, 100, 50, 2)
    assert some.recall == pytest.approx(10 / 12)
    assert some.low < some.recall < some.high == 1.0


def test_what_a_sample_cannot_say():
    assert from_sample(10, 5, 0, 0) == Recall(10, 5, reason="no sample was drawn")
    assert from_sample(0, 5, 2, 0) == Recall(0, 3, reason="no report is included")
    assert from_sample(10, 5, 5, 1).low == 1.0
    with pytest.raises(EvergroveError, match="cannot be of a sample"):
        from_sample(10, 5, 6, 0)


def test_a_random_order_is_kept_when_reports_join():
    some = [str(n) for n in range(0, 100, 2)]
    more = [str(n) for n in range(100)]
    kept = [name for name in random_order(more, 1) if name in set(some)]
    assert random_order(some[::-1], 1) == kept
    assert random_order(some, 2) != kept
    # Nothing of the ids shows in the order: even and odd ones are mixed.
    first = [int(name) for name in random_order(more, 1)[:50]]
    assert 12 < sum(n % 2 for n in first) < 38 and 1500 < sum(first) < 3450

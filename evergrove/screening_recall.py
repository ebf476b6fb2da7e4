"""How much of what is relevant has been found so far, and how sure that is.

Recall is found / (found + missing), where missing are the relevant reports among those without a
decision. Two answers, of different weight:

`estimate` needs nothing but the decisions, which may have been made in any order. It rests on a
model of the text, and on the assumption that a waiting report is as likely to be relevant as a
decided one of the same standing (below). It says how much the pile probably still holds.

`from_sample` needs decisions on reports drawn at random from the waiting ones (`random_order`). It
rests on the draw alone, whatever the model and the order of the earlier decisions. It is the one to
stop by.

Stopping rules that watch a run of irrelevant reports (Callaghan & Müller-Hansen 2020, Syst Rev
9:273, and their Buscar; Cormack & Gordon 2016, SIGIR: knee, budget; SAFE, Boetje & van de Schoot
2024, Syst Rev 13:81) need the order in which reports were read. Decisions here have none.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evergrove import screening_order
from evergrove.errors import EvergroveError

if TYPE_CHECKING:
    import numpy as np

    from evergrove.screening_order import Prepared, Report

# Upper ends, as shares from the top of the order, of the strata. Fixed beforehand: strata chosen
# by looking at the decisions would make the interval too short.
STRATA = (0.05, 0.1, 0.2, 0.4, 1.0)
MOST_FOLDS = 10


@dataclass(frozen=True, slots=True)
class Recall:
    """found: included reports. waiting: reports without a decision.

    recall, low, high: the median and the ends of the interval; missing: the expected number of
    relevant waiting reports; below_target: the probability that recall is below the target. All
    are None where there is no estimate, and `reason` says why.
    """

    found: int
    waiting: int
    recall: float | None = None
    low: float | None = None
    high: float | None = None
    missing: float | None = None
    below_target: float | None = None
    reason: str | None = None


def estimate(
    reports: Sequence[Report],
    decisions: Mapping[str, str],
    *,
    level: float = 0.95,
    target: float = 0.95,
    seed: int = 0,
    prepared: Prepared | None = None,
) -> Recall:
    """Recall so far, from the models of `screening_order` and the decisions.

    Decided and waiting reports are dealt into up to ten folds by a hash of seed and report_id. The
    models learn from the decisions outside a fold and put the fold's reports, decided or not, in
    one order; a decided report thus stands where it would stand had nobody looked at it. In each
    stratum of that order (`STRATA`), k of n decided reports are included; the number of relevant
    ones among its m waiting reports then has the beta-binomial distribution with m trials and
    parameters k + 1/2 and n - k + 1/2: the Jeffreys prior's prediction (Brown, Cai & DasGupta 2001,
    Stat Sci 16:101-133, section 4; Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.4).
    Strata are independent, so the distributions are convolved, without simulation. The interval is
    equal-tailed at `level`; `below_target` is the probability of more missing ones than a recall
    of `target` allows.

    Assumptions: (1) in one stratum, waiting reports are as likely to be relevant as decided ones.
    It holds where everything was decided once and an update of the same searches comes in, where
    decisions were made at random, and to the safe side where people read from the top of this
    order (the decided ones of a stratum are then its better ones). It fails where a new search
    brings another kind of report, or where reports were passed over for a reason that the text does
    not show; (2) the decisions are right; (3) what no search found does not count.

    No estimate (recall None) with fewer than two inclusions or two exclusions that have a text.
    Recall is 1 where nothing waits and something was found.
    """
    _check_share("level", level)
    _check_share("target", target)
    ids = sorted(str(report["report_id"]) for report in reports)
    row_of = {name: row for row, name in enumerate(ids)}
    labels = {
        row_of[name]: decision == "include"
        for name, decision in decisions.items()
        if decision in {"include", "exclude"} and name in row_of
    }
    found, n_waiting = sum(labels.values()), len(ids) - len(labels)
    if not n_waiting:
        if not found:
            return Recall(0, 0, reason="no report is included")
        return Recall(found, 0, 1.0, 1.0, 1.0, 0.0, 0.0)
    if min(found, len(labels) - found) < 2:
        return Recall(found, n_waiting, reason="fewer than two inclusions or two exclusions")
    if prepared is None:
        prepared = screening_order.prepare(reports, seed=seed)
    screening_order.check_prepared(prepared, ids)
    readable = [row for row in range(len(ids)) if prepared.readable[row]]
    learnt = [labels[row] for row in readable if row in labels]
    if min(sum(learnt), len(learnt) - sum(learnt)) < 2:
        return Recall(
            found, n_waiting, reason="fewer than two inclusions or two exclusions have a text"
        )
    strata = stratify(prepared, {row: labels.get(row) for row in readable}, seed)
    # Reports without a text cannot be told apart: a stratum of their own.
    blind = [labels.get(row) for row in range(len(ids)) if not prepared.readable[row]]
    strata.append((blind.count(True), blind.count(True) + blind.count(False), blind.count(None)))
    return from_strata(found, strata, level=level, target=target)


def stratify(
    prepared: Prepared, decided: Mapping[int, bool | None], seed: int
) -> list[tuple[int, int, int]]:
    """(included, decided, waiting) of each stratum of the cross-validated order.

    decided: by row of `prepared`, True for included, False for excluded, None for waiting.
    """
    kinds: dict[bool | None, list[int]] = {True: [], False: [], None: []}
    for row in sorted(decided, key=lambda row: _drawn(prepared.ids[row], seed)):
        kinds[decided[row]].append(row)
    n_folds = min(MOST_FOLDS, len(kinds[True]), len(kinds[False]))
    strata = [[0, 0, 0] for _ in STRATA]
    for fold in range(n_folds):
        group = [row for rows in kinds.values() for row in rows[fold::n_folds]]
        held_out = set(group)
        labels = {
            row: label
            for row, label in decided.items()
            if label is not None and row not in held_out
        }
        # All of the fold at once, so that each is compared with the same others.
        keys = screening_order.reading_keys(prepared, labels, sorted(group))
        in_order = sorted(keys, key=lambda row: (keys[row], _drawn(prepared.ids[row], seed)))
        for at, row in enumerate(in_order):
            share = (at + 0.5) / len(in_order)
            counts = strata[next(n for n, end in enumerate(STRATA) if share <= end)]
            label = decided[row]
            counts[2 if label is None else 1] += 1
            counts[0] += label is True
    return [(k, n, m) for k, n, m in strata]


def from_strata(
    found: int,
    strata: Iterable[tuple[int, int, int]],
    *,
    level: float = 0.95,
    target: float = 0.95,
) -> Recall:
    """Recall from (included, decided, waiting) of each stratum; see `estimate`.

    found: all included reports, at least 1.
    """
    import numpy as np

    strata = [counts for counts in strata if counts[2]]
    total = np.ones(1)
    for included, decided, waiting in strata:
        part = _beta_binomial(waiting, included + 0.5, decided - included + 0.5)
        total = np.convolve(total, part)
    total /= total.sum()
    cumulative = np.cumsum(total)
    tail = (1 - level) / 2
    few, middle, many = (
        int(np.searchsorted(cumulative, share - 1e-12)) for share in (tail, 0.5, 1 - tail)
    )
    allowed = math.floor(found / target - found + 1e-9)
    return Recall(
        found,
        sum(counts[2] for counts in strata),
        found / (found + middle),
        found / (found + many),
        found / (found + few),
        float(total @ np.arange(len(total))),
        float(max(0.0, 1 - cumulative[allowed])) if allowed < len(total) else 0.0,
    )


def _beta_binomial(n: int, a: float, b: float) -> np.ndarray:
    """P(0), …, P(n) of the beta-binomial distribution with n trials."""
    import numpy as np
    from scipy.special import betaln

    k = np.arange(n + 1)
    # The binomial coefficient is 1 / ((n + 1) B(n - k + 1, k + 1)).
    return np.exp(
        betaln(k + a, n - k + b) - betaln(a, b) - betaln(n - k + 1, k + 1) - math.log(n + 1)
    )


# --- by a random sample -------------------------------------------------------------------------


def random_order(ids: Collection[str], seed: int = 0) -> list[str]:
    """The ids in an order that has nothing to do with them: the first n are a random sample.

    By SHA-256 of seed and id, so that the order of some ids is the same among more of them.
    """
    return sorted(ids, key=lambda name: _drawn(name, seed))


def from_sample(
    found: int, waiting: int, sampled: int, relevant: int, *, level: float = 0.95
) -> Recall:
    """Recall after a random sample of the waiting reports has been decided on.

    found: included reports before the sample was drawn; waiting: reports without a decision then;
    sampled: how many of these were drawn at random and decided on; relevant: the included among
    them. The recall given counts the sample's inclusions as found.

    low is a one-sided bound: with at least the probability `level`, recall is not below it. It
    comes from the largest number of relevant reports among the waiting ones under which `relevant`
    or fewer in the sample have a probability above 1 - level (hypergeometric; the exact bound of
    Clopper & Pearson 1934 for a finite pile; the random phase of Callaghan & Müller-Hansen 2020,
    Syst Rev 9:273, equation 1). high counts nothing but what was found: 1. recall takes the share
    of the sample for that of the pile. Assumes a random sample whose size was fixed beforehand, and
    right decisions; nothing of the model. To end on a sample that looks good and go on after one
    that does not is to choose the sample: each further one needs a level of its own.

    No estimate (recall None) without a sample or without anything found. Raises EvergroveError for
    counts that cannot be.
    """
    _check_share("level", level)
    if not 0 <= relevant <= sampled <= waiting or found < 0:
        raise EvergroveError(
            "these counts cannot be of a sample",
            value=f"found {found}, waiting {waiting}, sampled {sampled}, relevant {relevant}",
            remedy="relevant <= sampled <= waiting, none below 0.",
        )
    left, have = waiting - sampled, found + relevant
    if not have:
        return Recall(have, left, reason="no report is included")
    if not sampled and waiting:
        return Recall(have, left, reason="no sample was drawn")
    if not left:
        return Recall(have, 0, 1.0, 1.0, 1.0, 0.0)
    low, high = relevant, relevant + left  # numbers of relevant ones that are possible, impossible
    if _at_most(relevant, waiting, high, sampled) > 1 - level:
        low = high
    while high - low > 1:
        middle = (low + high) // 2
        if _at_most(relevant, waiting, middle, sampled) > 1 - level:
            low = middle
        else:
            high = middle
    missing = left * relevant / sampled
    return Recall(have, left, have / (have + missing), have / (have + low - relevant), 1.0, missing)


def _at_most(k: int, total: int, relevant: int, drawn: int) -> float:
    """P(X <= k) for the hypergeometric X: relevant ones among `drawn` of `total`."""
    least = max(0, drawn - (total - relevant))
    whole = _log_choose(total, drawn)
    return math.fsum(
        math.exp(_log_choose(relevant, x) + _log_choose(total - relevant, drawn - x) - whole)
        for x in range(least, min(k, relevant, drawn) + 1)
    )


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _drawn(name: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}\0{name}".encode()).digest()


def _check_share(name: str, value: float) -> None:
    if not 0 < value < 1:
        raise EvergroveError(f"{name} is not between 0 and 1", value=value)

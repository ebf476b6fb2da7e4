"""Ordering what awaits a decision: how early a simulated reviewer finds what is relevant.

The reviewer begins with one relevant and one irrelevant report, always reads the report that comes
first and decides as the review did, and the order is made anew, as ASReview simulates it. Figures
are by the definitions of ASReview Insights 1.6: the two reports of the beginning do not count;
WSS@95 is the share of reports by which the relevant report that completes 95% (rounded down to
whole reports) is met earlier than in random order; recall@10% is the share of the relevant reports
among the first 10%. Rows with neither title nor abstract, and all but the first of rows whose
title and abstract are the same letters and digits, are left out: what ASReview's rule for
duplicates finds.

EVERGROVE_SCREENING_SETS names a folder of CSV files with the columns title, abstract and
label_included (0 or 1), as those of the ASReview collections; without it the reports are made up.
"""

from __future__ import annotations

import csv
import os
import random
import re
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from evergrove import screening_order

SEEDS = range(5)
Set = tuple[list[dict[str, str]], list[bool]]


def run() -> Iterator[str]:
    folder = os.environ.get("EVERGROVE_SCREENING_SETS")
    files = sorted(Path(folder).glob("*.csv")) if folder else []
    sets = [(file.stem, read_set(file)) for file in files] or [("made up", made_up(600, 30))]
    for name, (reports, truth) in sets:
        begin = time.process_time()
        prepared = screening_order.prepare(reports)
        seconds = time.process_time() - begin
        found = []
        begin = time.process_time()
        for seed in SEEDS:
            found.append(simulate(prepared, truth, seed))
        each = (time.process_time() - begin) / len(found)
        gains = [work_saved(labels) for labels in found]
        recalls = [recall_at(labels) for labels in found]
        yield (
            f"{name}: {len(reports)} reports, {sum(truth)} relevant; WSS@95 "
            f"{statistics.mean(gains):.3f} ({min(gains):.3f} to {max(gains):.3f}), recall@10% "
            f"{statistics.mean(recalls):.3f}; {seconds:.1f} s of one core for the texts, "
            f"{each:.1f} s a simulation"
        )
    yield speed(10_000)


def read_set(path: Path) -> Set:
    """The reports of a labelled set, without empty rows and exact duplicates."""
    csv.field_size_limit(2**31 - 1)
    reports, truth, seen = [], [], set()
    with path.open(encoding="utf-8-sig", newline="") as source:
        for number, row in enumerate(csv.DictReader(source)):
            title, abstract = (row["title"] or "").strip(), (row["abstract"] or "").strip()
            key = re.sub("[^a-z0-9]", "", f"{title}{abstract}".lower()) or f"{title}{abstract}"
            if not key or key in seen:
                continue
            seen.add(key)
            reports.append({"report_id": f"{number:07d}", "title": title, "abstract": abstract})
            truth.append(row["label_included"].strip() in {"1", "1.0"})
    return reports, truth


def made_up(n: int, n_relevant: int, seed: int = 1) -> Set:
    """Reports of made-up words; relevant ones use some words of one of three topics more often.

    A tenth of them has no abstract, and the topics' words are in other reports too.
    """
    draw = random.Random(seed)
    syllables = [a + b for a in "bdfgklmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er")]
    vocabulary = ["".join(draw.choices(syllables, k=3)) for _ in range(3000)]
    frequency = [1 / rank for rank in range(10, 3010)]
    topics = [draw.sample(vocabulary[200:], 12) for _ in range(3)]
    reports, truth = [], []
    for number in range(n):
        relevant = number < n_relevant
        topic = topics[number % 3]

        def words(count: int, share: float, topic: list[str] = topic) -> str:
            return " ".join(
                draw.choice(topic)
                if draw.random() < share
                else draw.choices(vocabulary, frequency)[0]
                for _ in range(count)
            )

        share = 0.08 if relevant else draw.choice((0.0, 0.0, 0.03))
        abstract = "" if draw.random() < 0.1 else words(120, share)
        reports.append(
            {"report_id": f"{number:07d}", "title": words(10, 2 * share), "abstract": abstract}
        )
        truth.append(relevant)
    return reports, truth


def simulate(
    prepared: screening_order.Prepared, truth: Sequence[bool], seed: int, share: float = 0.0
) -> list[bool]:
    """Whether each report is relevant, in the order of reading, from one of each kind on.

    truth: in the order of the report_ids; seed: of the two reports to begin with; share: how many
    are read before the order is made anew, as a share of the decided ones (at least one).
    """
    draw = random.Random(seed)
    rows = range(len(truth))
    labels = {
        draw.choice([row for row in rows if truth[row] is kind]): kind for kind in (True, False)
    }
    read: list[bool] = []
    missing = sum(truth) - 1
    while missing:
        waiting = [row for row in rows if row not in labels]
        keys = screening_order.reading_keys(prepared, labels, waiting)
        last = (len(waiting) + 1, 0)
        waiting.sort(key=lambda row: (keys.get(row, last), row))
        for row in waiting[: max(1, int(share * len(labels)))]:
            labels[row] = truth[row]
            read.append(truth[row])
            missing -= truth[row]
    return read + [False] * (len(truth) - 2 - len(read))


def work_saved(labels: Sequence[bool], recall: float = 0.95) -> float:
    """Work saved over sampling, as ASReview Insights reckons it.

    The m-th relevant report, m = the whole part of recall times their number, stands at its place
    in `labels`; in random order it is expected where the number of relevant ones, spread evenly
    and rounded to whole reports, first reaches m. The difference, as a share of all.
    """
    n, relevant = len(labels), sum(labels)
    wanted = int(recall * relevant + 1e-9)
    place = [at for at, label in enumerate(labels) if label][wanted - 1]
    by_chance = next(at for at in range(n) if round(relevant * at / (n - 1)) >= wanted)
    return (by_chance - place) / n


def recall_at(labels: Sequence[bool], share: float = 0.1) -> float:
    """The share of the relevant reports that stands among the first `share` of all."""
    return sum(labels[: int(share * len(labels) + 1e-9)]) / sum(labels)


def speed(n: int) -> str:
    """Seconds of one core for many reports, half of them decided."""
    reports, truth = made_up(n, n // 50)
    begin = time.process_time()
    prepared = screening_order.prepare(reports)
    texts = time.process_time() - begin
    decisions = {
        report["report_id"]: "include" if label else "exclude"
        for report, label in list(zip(reports, truth, strict=True))[::2]
    }
    begin = time.process_time()
    screening_order.order(reports, decisions, prepared=prepared)
    return (
        f"{n} made-up reports, half decided: {texts:.1f} s of one core for the texts, "
        f"{time.process_time() - begin:.2f} s to train and order"
    )

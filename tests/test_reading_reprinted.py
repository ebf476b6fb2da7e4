"""What must not matter: how signs are printed, what stands around, and how high a score is.

Every text of the tests is read twice, as it stands and changed. The second reading has the same
records, or the text is queued: a difference in silence is the error looked for.
"""

import itertools
import re
from pathlib import Path

import pytest
import yaml

from evergrove.reading import read_abstract

DATA = Path(__file__).parent / "data"
FILES = ("reading", "reading_general", "reading_more_zo", "reading_more_zq", "reading_more_zv")
KEYS = ("measure", "arm", "stat", "timepoint_label")
REPRINTED = {
    "a sign in ASCII": (r" ?± ?", " +/- "),
    "vs in full": (r"\bvs\.? ", "versus "),
    "p without blanks": (r"\b([pP]) ?([<=>]) ?", r"\1\2"),
    "a dot in the middle": (r"(?<=\d)\.(?=\d)", "·"),
    "SD with a sign": (r"\(SD (?=\d)", "(SD = "),
    "lines": (r"\. (?=[A-Z])", ".\n"),
    "weeks in short": (
        r"\b(week|month)s?\b(?=[.,;) ])",
        lambda m: {"week": "wk", "month": "mo"}[m.group(1)],
    ),
    "a sentence behind": (r"$", " No serious adverse events occurred."),
}


def _texts():
    for name in FILES:
        cases = yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8"))
        for case in (cases.get("read") or cases).values():
            if isinstance(case, dict) and "text" in case:
                yield case["text"]


TEXTS = list(_texts())


def _cells(read):
    return sorted(tuple(record[key] or "" for key in KEYS) for record in read["records"])


def _values(read):
    names = ("mean", "median", "sd", "n")
    return sorted(
        (*(record[key] or "" for key in KEYS), *(str(record[name]) for name in names))
        for record in read["records"]
    )


@pytest.fixture(scope="module")
def plain():
    return {text: read_abstract(text) for text in TEXTS}


@pytest.mark.parametrize("way", REPRINTED)
def test_a_text_reads_the_same_however_it_is_printed(way, plain):
    changed = 0
    for text, read in plain.items():
        other = re.sub(*REPRINTED[way], text)
        if other == text:
            continue
        changed += 1
        again = read_abstract(other)
        assert again["queue"] or _values(again) == _values(read), other
    assert changed >= 5


def _scores(read, text):
    """(start, end) of each score at a visit that is printed with one decimal, on 0 to 10."""
    for record in read["records"]:
        name = "mean" if record["mean"] is not None else "median"
        start, end = record["spans"][name][:2]
        low = record["stat"] == "level" and 1 < record[name] <= 10
        if low and re.fullmatch(r"\d\.\d", text[start:end]):
            yield start, end


@pytest.mark.parametrize("score", ["0.4", "1.0", "3", "9.7"])
def test_a_score_is_read_however_high_it_is(score, plain):
    changed = 0
    for text, read in plain.items():
        for start, end in _scores(read, text):
            changed += 1
            again = read_abstract(text[:start] + score + text[end:])
            assert again["queue"] or _cells(again) == _cells(read), (score, text[start:])
    assert changed >= 50


def test_two_scores_may_be_the_same(plain):
    changed = 0
    for text, read in plain.items():
        places = list(_scores(read, text))
        for (start, end), (first, last) in itertools.pairwise(places):
            changed += 1
            again = read_abstract(text[:start] + text[first:last] + text[end:])
            assert again["queue"] or _cells(again) == _cells(read), text[start:]
    assert changed >= 50

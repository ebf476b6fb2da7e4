"""One group of patients: ways to tell how many there are, and ways to tell a score over time.

Every frame of data/reading_matrix_single.yaml is read in three contexts (a way to tell the size, a
treatment, a name of the score). The records are known by construction.
"""

from pathlib import Path

import pytest
import yaml

from evergrove.reading import read_abstract

DATA = yaml.safe_load(
    (Path(__file__).parent / "data" / "reading_matrix_single.yaml").read_text(encoding="utf-8")
)
TREATMENTS = list(DATA["treatments"].items())
SCORES, SIZES = DATA["scores"], DATA["sizes"]
KINDS = ("change", "percent_change")


def _record(told):
    """ "change 183 -4.9 sd 1.2" as (kind, day, value, spread)."""
    words = told.split()
    kind = words.pop(0) if words[0] in KINDS else "level"
    day = int(words[0]) if words[0].isdigit() else words[0]
    spread = dict(zip(words[2::2], map(float, words[3::2]), strict=True))
    return kind, day, float(words[1]), spread


FRAMES = [(frame["text"], [_record(told) for told in frame["read"]]) for frame in DATA["frames"]]
SPREADS = ("sd", "se", "q1", "q3", "iqr_width", "min", "max", "ci_low", "ci_high", "pm")
OTHERS = (62.4, 24.6, 16.2, 7.4)  # scores of disability


def _upper(text):
    return text[0].upper() + text[1:]


def _fill(frame, treatment, disease, score):
    text = frame.format(X=treatment, X1=_upper(treatment), dx=disease, M=score, M1=_upper(score))
    return _upper(text)


def _visit(record):
    label, days = (record["timepoint_label"] or "").lower(), record["timepoint_days"]
    words = label.replace("-", " ").split()
    if "immediately" in words:
        return "imm"
    if days == 0:
        return "baseline"
    if days in (426, 42) and "six" not in words and {"after", "final", "last"} & set(words):
        days = None  # the visit is dated by the length of treatment or follow-up
    if days is not None:
        return {90: 91, 92: 91, 182: 183, 547: 548}.get(days, days)
    if "discharge" in words:
        return "disch"
    return "final" if {"final", "last"} & set(words) else "post"


def _read(text):
    found = {}
    for record in read_abstract(text)["records"]:
        centre = record["mean"] if record["mean"] is not None else record["median"]
        spread = {name: record[name] for name in SPREADS if record.get(name) is not None}
        assert record["measure"].startswith("pain") == (centre not in OTHERS)
        assert record["arm"] == "all"
        key = (record["stat"], _visit(record), centre)
        assert key not in found
        found[key] = (spread, record["n"])
    return found


def _same_spread(got, want):
    # An undeclared "±" may be taken for an SD by the habit of the field.
    return got == want or ("pm" in want and got == {"sd": want["pm"]})


@pytest.mark.parametrize("at", range(len(FRAMES)), ids=[frame[0][:60] for frame in FRAMES])
def test_one_group(at):
    frame, records = FRAMES[at]
    for turn in range(3):
        told = SIZES[(3 * at + turn) % len(SIZES)]
        size, n, at_entry = told["text"], told["n"], told.get("at_entry", ())
        treatment, disease = TREATMENTS[(at + 5 * turn) % len(TREATMENTS)]
        score = SCORES[(at + 3 * turn) % len(SCORES)]
        text = (
            _fill(size, treatment, disease, score) + " " + _fill(frame, treatment, disease, score)
        )
        found = _read(text)
        assert set(found) == {(stat, day, centre) for stat, day, centre, _ in records}, text
        for stat, day, centre, spread in records:
            got, people = found[stat, day, centre]
            assert _same_spread(got, spread), text
            early = day != 365 and "at 1 year." in size
            allowed = {n, *at_entry} if day == "baseline" or early else {n}
            assert people in allowed, text

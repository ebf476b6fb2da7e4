"""A result beside a clause about something else, in every order: neither takes from the other.

Every result of data/reading_matrix_clauses.yaml is joined with every other clause in nine ways. The
scores, their groups, days and n are known by construction.
"""

from pathlib import Path

import pytest
import yaml

from evergrove.reading import read_abstract

DATA = yaml.safe_load(
    (Path(__file__).parent / "data" / "reading_matrix_clauses.yaml").read_text(encoding="utf-8")
)
PAIN = ("pain", "pain_vas", "pain_nrs")
CASES = [(name, other) for name in ("one group", "two groups") for other in DATA[name]["others"]]


def _upper(text):
    return text[0].upper() + text[1:]


def _texts(name, result, other):
    for joined in DATA["joined"]:
        text = joined.format(result=result, Result=_upper(result), other=other, Other=_upper(other))
        yield f"{DATA[name]['declared']} {text}"


def _group(arm, known):
    return next((name for name in known if arm.startswith(name)), arm)


def _told(line):
    group, day, value = line.rsplit(" ", 2)
    return group, int(day), float(value)


@pytest.mark.parametrize(("name", "other"), CASES)
def test_neither_clause_takes_from_the_other(name, other):
    known = DATA[name]["n"]
    for result in DATA[name]["results"]:
        expected = {_told(line) for line in result["read"]}
        for text in _texts(name, result["text"], other):
            records = [
                r for r in read_abstract(text)["records"] if r["measure"].split(":")[0] in PAIN
            ]
            read = {
                (
                    _group(r["arm"], known),
                    r["timepoint_days"],
                    r["mean"] if r["mean"] is not None else r["median"],
                )
                for r in records
            }
            assert read == expected, text
            for record in records:
                # "28 patients in each group completed the 6-month follow-up" is an n of its own.
                right = {known[_group(record["arm"], known)], *({28} if "28 " in other else ())}
                assert record["n"] in right or "n_inferred" in record["reasons"], text

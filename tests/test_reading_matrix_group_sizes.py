"""The n of each group: ways to tell it, crossed with ways to tell the result.

Each text is a sentence that tells how many people the two groups had, and a result. The n of a
group is never that of the whole study, nor that of lesions or knees; where nobody tells it, it
stays open, and the text is queued.
"""

from __future__ import annotations

from typing import Any

import pytest

from evergrove.reading import read_abstract
from tests.matrix_sample import lines

NAMES = [
    {"A": "wax", "B": "clay", "GA": "the wax group", "GB": "the clay group",
     "GAB": "the wax and clay groups"},
    {"A": "WXB", "B": "CLP", "GA": "the WXB group", "GB": "the CLP group",
     "GAB": "the WXB and CLP groups"},
]  # fmt: skip
RESULTS = [
    "At 12 weeks, mean VAS was 2.3 (SD 1.1) in {GA} and 3.7 (SD 1.4) in {GB}.",
    "VAS at 12 weeks was lower in {GA} than in {GB} (2.3 ± 1.1 vs 3.7 ± 1.4, p = 0.01).",
    "The mean VAS scores at 12 weeks were 2.3 ± 1.1 and 3.7 ± 1.4 in {GAB}, respectively.",
    "VAS decreased from 6.8 ± 1.5 to 2.3 ± 1.1 in {GA} and from 6.9 ± 1.6 to 3.7 ± 1.4 in {GB} at"
    " 12 weeks.",
]
BOTH_TOLD = """
    Sixty potters were randomised to {A} (n = 31) or {B} (n = 29).
    The numbers of recruited patients were 31 and 29 for {GAB}, respectively.
    The number of patients was 31 in {GA} and 29 in {GB}.
    The sample size was 31 in {GA} and 29 in {GB}.
    Group sizes were 31 and 29 for {GAB}, respectively.
    Number randomised: {A} 31, {B} 29.
    Numbers analysed: 31 ({A}) and 29 ({B}).
    A total of 60 patients ({A}: 31; {B}: 29) were analysed.
    Sixty patients completed the trial: {A} n = 31, {B} n = 29.
    Sixty-eight patients were enrolled, of whom 60 were analysed ({A} 31, {B} 29).
    Ninety patients were assessed for eligibility and 60 were randomised ({A} = 31, {B} = 29).
    Sixty patients (31 vs 29) were randomised to {A} and {B}.
    Sixty patients with 72 knees were included, of which 31 patients (38 knees) had {A} and 29 \
patients (34 knees) had {B}.
    31 patients were randomised to {A} and 29 to {B}, with 11 receiving {A} in a learning phase.
"""
LATER = """
    At 12 weeks, 31 of 35 and 29 of 33 were seen.
    At 12 weeks, 31/35 and 29/33 patients completed the questionnaires.
    At 12 weeks, 31 (89%) of 35 patients in {GA} and 29 (88%) of 33 in {GB} were followed up.
    Follow-up at 12 weeks was complete for 31 patients in {GA} and 29 in {GB}.
"""
OWN = [
    "VAS fell in {GA} (from 6.8 (SD 1.5) to 2.3 (SD 1.1) at 12 weeks, n = 31, P < 0.001) and in"
    " {GB} (from 6.9 (SD 1.6) to 3.7 (SD 1.4), n = 29, P < 0.001).",
    "VAS decreased in {GA} (from 6.8 ± 1.5 to 2.3 ± 1.1; n = 31; P < 0.001) and in {GB} (from 6.9"
    " ± 1.6 to 3.7 ± 1.4; n = 29; P = 0.002).",
    "Thirty-one patients in {GA} improved from 6.8 (SD 1.5) to 2.3 (SD 1.1) on the VAS at 12 weeks,"
    " and 29 in {GB} from 6.9 (SD 1.6) to 3.7 (SD 1.4).",
    "Data at 12 weeks were available for 31 patients in {GA} (mean VAS 2.3, SD 1.1) and 29 in {GB}"
    " (mean VAS 3.7, SD 1.4).",
]
NOT_TOLD = """
    Sixty patients were randomised to {A} or {B}.
    Of 90 patients screened, 60 were allocated equally to {A} or {B}.
    Sixty patients were randomised to {A} or {B}. The numbers of injections were 31 and 29 for \
{GAB}, respectively.
    Sixty patients were randomised to {A} or {B}. The number of patients with leaks was 31 in {GA} \
and 29 in {GB}.
"""


def read(text: str, names: dict[str, str]) -> tuple[dict[Any, Any], list[str]]:
    """n by group and score, and why the text is queued."""
    filled = text.format(**names)
    out = read_abstract(filled[0].upper() + filled[1:])
    sizes = {
        ("A" if names["A"].lower() in r["arm"].lower() else "B", r["mean"]): r["n"]
        for r in out["records"]
        if r["stat"] == "level"
    }
    return sizes, out["queue"]


@pytest.mark.parametrize("told", lines(BOTH_TOLD))
def test_each_group_has_its_own_size(told: str) -> None:
    for names in NAMES:
        for result in RESULTS:
            sizes, _ = read(f"{told} {result}", names)
            assert sizes["A", 2.3] == 31, result
            assert sizes["B", 3.7] == 29, result
            assert sizes.get(("A", 6.8), 31) == 31
            assert sizes.get(("B", 6.9), 29) == 29


@pytest.mark.parametrize("later", lines(LATER))
def test_those_left_of_each_group(later: str) -> None:
    told = "Sixty-eight patients were randomised to {A} (n = 35) or {B} (n = 33)."
    for names in NAMES:
        for result in RESULTS:
            sizes, _ = read(f"{told} {later} {result}", names)
            assert (sizes["A", 2.3], sizes["B", 3.7]) == (31, 29), result


@pytest.mark.parametrize("result", OWN)
def test_a_size_beside_its_scores_is_of_all_of_them(result: str) -> None:
    for told in ("", "Patients were randomised to {A} or {B}."):
        for names in NAMES:
            sizes, _ = read(f"{told} {result}".strip(), names)
            own = {"A": 31, "B": 29}
            assert {(arm, n) for (arm, _), n in sizes.items()} == set(own.items()), told
            assert {2.3, 3.7} <= {score for _, score in sizes}


@pytest.mark.parametrize("told", lines(NOT_TOLD))
def test_a_size_that_nobody_tells_stays_open(told: str) -> None:
    for names in NAMES:
        for result in RESULTS:
            sizes, queue = read(f"{told} {result}", names)
            assert set(sizes.values()) == {None}, result
            assert "n_missing" in queue


@pytest.mark.parametrize(
    "told",
    [
        "Sixty patients were randomly divided into two equal groups, wax and clay.",
        "Sixty nuns were treated in three groups.",
    ],
)
def test_one_of_several_groups_is_not_everybody(told: str) -> None:
    out = read_abstract(
        f"{told} In the wax group, VAS fell from 6.8 ± 1.5 to 2.3 ± 1.1 at 12 weeks."
    )
    assert {(r["arm"], r["n"]) for r in out["records"]} == {("wax", None)}
    assert "n_missing" in out["queue"]


def test_the_size_of_each_is_that_of_the_one_group_told_of() -> None:
    out = read_abstract(
        "Sixty patients were randomised into two groups (n = 30 each): wax and clay. In the wax"
        " group, VAS fell from 6.8 to 2.3 at 12 weeks."
    )
    assert {(r["arm"], r["n"]) for r in out["records"]} == {("wax", 30)}


def test_a_group_by_name_alone_puts_the_text_into_the_queue() -> None:
    out = read_abstract(
        "Sixty patients in two hospitals were treated. In the wax group, VAS fell from 6.8 to 2.3"
        " at 12 weeks."
    )
    assert "n_inferred" in out["queue"] or "n_missing" in out["queue"]

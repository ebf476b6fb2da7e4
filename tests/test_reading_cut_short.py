"""A text may end anywhere: exports cut abstracts, and the reader must never raise."""

from pathlib import Path

import pytest
import yaml

from evergrove.reading import read_abstract

DATA = Path(__file__).parent / "data"
ENDS = [
    "VAS at 2 months was 4.20 ± 0.30 with wax (n = 45) and 5.10 ± 0.31 with clay (n = 45; p",
    "The relevant difference was 2.1 points (95% CI 1.7 to 2.5), and",
    "Control wrists (n = 18",
    "VAS fell from 6.7 ± 1.1 pre-",
    "The mean gap between wax",
    "We compared combined wax and clay",
    "Tape (20 men with gout) and rest (21 men of",
    "VAS was 3.1 ± 0.5 with wax (n = 0) and 4.1 ± 0.5 with clay (n = 0), p = 0.03.",
    "We reviewed published series",
    "Of those who remained, the remaining 20",
    "VAS and the disability index were recorded before and after wax. Follow-u",
    "The pain of the 30 cooks was four on a scale of ten",
    "was at icing 3.8, to vs 3.1 Taping 0.02). p (NRS 2 weeks = superior",
    "NRS fell more in group A than in B, from 8.1 to 2.4 vs 8.2 to in pain on walking of 1.4.",
    "VAS fell further with wax (14.2 to 6.8 vs 14.3 to 9.2 p < 0.001), 6.0 p < 0.001).",
]


@pytest.mark.parametrize("text", ENDS)
def test_a_text_that_ends_anywhere_is_read(text: str) -> None:
    assert set(read_abstract(text)) >= {"records", "queue", "unclaimed", "not_outcome"}


def test_texts_cut_behind_every_word_are_read() -> None:
    """Of each file of cases the longest text, cut behind every word."""
    read = 0
    for file in sorted(DATA.glob("reading_*.yaml")):
        cases = (yaml.safe_load(file.read_text(encoding="utf-8")).get("read") or {}).values()
        texts = [case["text"] for case in cases if isinstance(case, dict) and "text" in case]
        words = max(texts, key=len, default="").split()
        for stop in range(1, len(words)):
            read_abstract(" ".join(words[:stop]))
            read += 1
    assert read > 500


@pytest.mark.parametrize(
    "text",
    [
        "VAS had fallen to 3.6 compared to 6.9 before it.",
        "Six of 7 nuns had relief and",
        "Six of 7 nuns who had relief were women randomised",
    ],
)
def test_what_once_stopped_the_reading(text):
    assert set(read_abstract(text)) >= {"records", "queue", "unclaimed"}

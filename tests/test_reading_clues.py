"""What a text may hold is asked by parts of it first; the answer is that of the patterns alone."""

import re

import pytest

from evergrove.reading.kinds.asides_of_pairs import MAYBE_ASIDE_OF_PAIR
from evergrove.reading.numbers.named_ends import MAYBE_ENDS
from evergrove.reading.text.clues import Clues
from evergrove.reading.times.named_steps import MAYBE_STEPS

TEXTS = (
    "VAS was 3.1 with wax and 4.2 with clay (mean difference -1.1, 95% CI -2.0 to -0.4).",
    "VAS fell from 7.1 to 3.2 (reduction 3.9) and was different at once.",
    "Scores were 3 (min 1, max 8) and 4 (lowest: 2); aluminium 5.",
    "Pain during taping was 3.1; after it 2.2 (25th-75th percentile 1-4).",
    "Nothing is told here.",
    "",
)


def test_a_part_alone_tells_and_a_pattern_is_asked_where_its_part_stands():
    clues = Clues("wax", ("min", r"\bmin\b"))
    assert clues.within("the wax group")
    assert clues.within("at 5 min")
    assert not clues.within("aluminium")
    assert not clues.within("")


def test_patterns_may_ignore_the_case():
    assert Clues(("WAX", "wax group"), ignore_case=True).within("WAX GROUP")


@pytest.mark.parametrize("clues", [MAYBE_ASIDE_OF_PAIR, MAYBE_ENDS, MAYBE_STEPS])
def test_no_part_stands_in_the_way_of_its_pattern(clues):
    for text in map(str.lower, TEXTS):
        plainly = any(re.search(p or re.escape(part), text) for part, p in clues._told)
        assert clues.within(text) == plainly, text

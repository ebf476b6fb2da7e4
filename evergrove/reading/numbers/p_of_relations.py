"""A p of how two things go together: "NRS fell to 3.1 and CORRELATED WITH age (p = 0.02)"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

# Words that tell a relation alone, and those that do with the word behind them.
_ALONE = word_set(
    "correlated correlates correlate correlating correlation correlations coefficient "
    "coefficients rho predicted predicts predict predicting predictor predictors predictive"
)
_LED = {
    **dict.fromkeys(("associated", "association", "associations"), word_set("with between of")),
    **dict.fromkeys(("related", "unrelated"), word_set("to")),
    **dict.fromkeys(("relation", "relationship"), word_set("between of with to")),
}
#: A sentence without these tells no relation.
MAYBE_RELATED = _ALONE | _LED.keys()
_JOINTS = word_set("; and but while whereas although")


def p_of_relation(tokens: list[Token], a: int, score: int | None, start: int, then: int) -> bool:
    """Whether the p at `start` tests a relation, and no score.

    The relation is told between the last score ahead (at `score`) and the p. Without one ahead, a
    clause of its own begins between the p and the first score (at `then`): not so where "wax was
    associated with less pain (p = 0.02): 3.1 vs 4.5".
    """
    if not any(relates(tokens, k) for k in range(a if score is None else score + 1, start)):
        return False
    return score is not None or any(tokens[k].word in _JOINTS for k in range(start, then))


def relates(tokens: list[Token], k: int) -> bool:
    word = tokens[k].word
    return word in _ALONE or (word in _LED and tokens[k + 1].word in _LED[word])

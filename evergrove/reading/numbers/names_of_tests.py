"""Names of tests beside a p value: "(range, 1 to 9; p < 0.001, Wilcoxon signed rank test)"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_TESTS = word_set(
    "test tests anova ancova wilcoxon mann whitney kruskal wallis friedman student fisher tailed "
    "sided bonferroni"
)


def behind_test(tokens: list[Token], j: int, close: int) -> int:
    """The token behind the name of a test that begins at j in a bracket; j if none stands there.

    "P < 0.001, WILCOXON SIGNED RANK TEST", "p = 0.02 BY MANN-WHITNEY U TEST", "2 TAILED T-TEST".
    """
    k = _behind_sides(tokens, j)
    while k < close and (tokens[k].kind == "w" or tokens[k].word in ("-", "'", "\u2013")):
        if tokens[k].mark is not None or tokens[k].word == "p":
            break
        k += 1
    return k if any(token.word in _TESTS for token in tokens[j:k]) else j


def _behind_sides(tokens: list[Token], j: int) -> int:
    """ "p < 0.001; 2 TAILED paired t-test", "2-SIDED": a number that counts nobody."""
    k = j + 1 + (j + 1 < len(tokens) and tokens[j + 1].word == "-")
    sides = tokens[j].kind == "n" and k < len(tokens) and tokens[k].word in _SIDES
    return k + 1 if sides else j


_SIDES = word_set("tailed sided way sample")

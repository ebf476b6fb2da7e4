"""Spreads that no field of a record holds: "mean ± 2 SD", "median (MAD)", "10th-90th centile"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import MEANS, MEDIANS, word_set

#: Words of which one names such a spread.
OTHER_SPREADS = word_set("mad cv variance percentile mode coefficient absolute")
_MEASURES = word_set("mad cv variance percentile")
_BETWEEN = word_set("± ( [ and , with the of its")
_MULTIPLES = (2.0, 1.96, 3.0)
_DEVIATIONS = word_set("sd sds se sem standard")


def other_spread(
    tokens: list[Token], a: int, b: int, words: frozenset[str]
) -> tuple[int, int] | None:
    """The tokens of "median (MAD)", "mean ± 2 SD" that declare such a spread: centre and spread."""
    if words & _MEASURES or "absolute" in words or "coefficient" in words:
        for k in range(a + 1, b):
            if _named(tokens, k) and (centre := _centre_before(tokens, a, k)) is not None:
                after = tokens[k + 1].kind if k + 1 < b else ""
                if after != "n":
                    return centre, k
    if words & _DEVIATIONS:
        for k in range(a + 2, b):
            if tokens[k].word not in _DEVIATIONS or tokens[k - 1].kind != "n":
                continue
            several = tokens[k - 1].value in _MULTIPLES and tokens[k - 2].word == "±"
            centre = _centre_before(tokens, a, k - 1) if several else None
            if centre is not None:
                return centre, k
    return None


def _named(tokens: list[Token], k: int) -> bool:
    word, after = tokens[k].word, tokens[k + 1].word if k + 1 < len(tokens) else ""
    if word == "absolute":
        return after.startswith("deviation")
    if word == "coefficient":
        return after == "of" and k + 2 < len(tokens) and tokens[k + 2].word == "variation"
    return word in _MEASURES


def _centre_before(tokens: list[Token], a: int, k: int) -> int | None:
    """ "MEDIAN (median absolute deviation": the centre up to six words before its spread at k."""
    for m in range(k - 1, max(a, k - 6) - 1, -1):
        if tokens[m].word in MEANS | MEDIANS and tokens[m + 1].word not in ("absolute", "abs"):
            between = {tokens[x].word for x in range(m + 1, k)} - {"median"}
            return m if between and between <= _BETWEEN and between & {"±", "(", "["} else None
    return None


def other_number(tokens: list[Token], j: int, close: int) -> list[int]:
    """ "2.4 (VARIANCE 1.4)", "(mode 2)", "(CV 45%)": the number in a bracket at j; or []."""
    if tokens[j].word not in OTHER_SPREADS:
        return []
    k = j + 1 + (tokens[j + 1].word in ("=", ":", ",", "of"))
    return [k] if k < close and tokens[k].kind == "n" else []

"""The two ends of a spread under names of their own, and quartiles named by their percentages."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import SCORE_UNITS, word_set

# One of these stands in every text whose ends or percentiles are named so: what it begins with,
# and the whole, of a text in small letters.
MAYBE_ENDS = Clues(
    ("min", r"min(?<!\wmin)(?:imum)?\.? ?(?:[:=,]|of)? ?\d"),
    ("lowest", r"lowest(?<!\wlowest) ?(?:[:=,]|of)? ?\d"),
    ("q1", r"q1(?<!\wq1) ?(?:[:=,]|of)? ?\d"),
    ("p25", r"p25(?<!\wp25) ?(?:[:=,]|of)? ?\d"),
    ("quartile", r"quartile(?<!\wquartile)"),
    ("centile", r"centile(?:(?<!\wcentile)|(?<=\bpercentile))"),
    ("75", r"25(?:(?<!\w25)|(?<=\biqr25)) ?(?:th)? ?%? ?[-\u2013/,to]+ ?75"),
    ("95", r"5(?<!\w5) ?% ?[-\u2013] ?95 ?%"),
    words=word_set(
        "min minimum lowest q1 p25 quartile quartiles centile centiles percentile percentiles 75 5"
    ),
)


_EXTREMES = {
    "min": "low", "minimum": "low", "lowest": "low",
    "max": "high", "maximum": "high", "highest": "high",
}  # fmt: skip
_LOW = word_set("first lower 1st")
_HIGH = word_set("third upper 3rd")
_CENTILE = word_set("percentile percentiles centile centiles quartile quartiles quantile quantiles")
_FOLLOWS = word_set(": = , of was is")
_ARTICLES = word_set("a an")
_BETWEEN = word_set(", ; and to - – / &")
_OPENS = word_set("( [ , ; with and :")
_LEVELS = {25.0: 75.0, 5.0: 95.0, 10.0: 90.0, 2.5: 97.5}
_LABELS = word_set("iqr iqrs iqr25")


def name_ends(tokens: list[Token]) -> list[Token]:
    """ "(Q1 = 3; Q3 = 7)", "lower quartile 3, upper quartile 7", "(25-75%: 3-7)": as "IQR 3 to 7".

    So too "(min. 1; max: 8)" as "range 1 to 8", and the medians "with 25th and 75th percentiles"
    of the methods. Percentiles that are no quartiles ("5%-95%") are named as such.
    """
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        found = _ends(tokens, k, out) or _percentiles(tokens, k, out)
        if found is None:
            out.append(tokens[k])
            k += 1
            continue
        new, k = found
        out.extend(new)
    return out


def _word(tokens: list[Token], k: int) -> str:
    return tokens[k].word if 0 <= k < len(tokens) else ""


def _named(tokens: list[Token], k: int) -> tuple[str, str, int] | None:
    """(kind, end, next token) of the name of one end at k: "first quartile", "P75", "max."."""
    word, after = _word(tokens, k), _word(tokens, k + 1)
    if word in ("q1", "p25"):
        return "iqr", "low", k + 1
    if word in ("q3", "p75"):
        return "iqr", "high", k + 1
    if word in _EXTREMES:
        return "range", _EXTREMES[word], k + 1 + (after == ".")
    if word == "quartile" and after in ("1", "3"):
        return "iqr", "low" if after == "1" else "high", k + 2
    if k < len(tokens) and tokens[k].flag == "ord" and tokens[k].value in (1, 3, 25, 75):
        skip = k + 1 + (after in ("th", "st", "rd"))
        if _word(tokens, skip) in _CENTILE:
            return "iqr", "low" if tokens[k].value in (1, 25) else "high", skip + 1
    if (word in _LOW or word in _HIGH) and after in ("quartile", "centile"):
        return "iqr", "low" if word in _LOW else "high", k + 2
    return None


def _number(tokens: list[Token], k: int) -> int | None:
    """The number behind the name of an end: "= 3", ", 3", "3"; None where there is none."""
    k += _word(tokens, k) in _FOLLOWS
    plain = k < len(tokens) and tokens[k].kind == "n" and not tokens[k].flag
    return k if plain else None


def _ends(tokens: list[Token], k: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """ "Q1 = 3; Q3 = 7" at k as "IQR 3 to 7", and the token behind it."""
    name = _named(tokens, k)
    # "WITH A minimum of 6 and a maximum of 37"
    ahead = out[-2:-1] if out and out[-1].word in _ARTICLES else out[-1:]
    if name is None or name[1] != "low" or not (ahead and ahead[0].word in _OPENS):
        return None
    low = _number(tokens, name[2])
    if low is None:
        return None
    j = low + 1
    j += _word(tokens, j) in SCORE_UNITS
    sign = j
    while _word(tokens, j) in _BETWEEN and j - sign < 2:
        j += 1
    j += j > sign and _word(tokens, j) in _ARTICLES
    other = _named(tokens, j) if j > sign else None
    if other is None or other[:2] != (name[0], "high"):
        return None
    high = _number(tokens, other[2])
    if high is None:
        return None
    joint = _label(tokens, j, other[2] - 1, "to")
    label = _label(tokens, k, name[2] - 1, name[0])
    return [label, *tokens[low:sign], joint, tokens[high]], high + 1


def _label(tokens: list[Token], first: int, last: int, word: str) -> Token:
    """One token in the place of several; what it is read for is `word`."""
    start, end = tokens[first], tokens[last]
    raw = " ".join(token.raw for token in tokens[first : last + 1])
    return Token("w", start.start, end.end, word, 0.0, start.spaced, "", raw)


def _level(tokens: list[Token], k: int) -> tuple[float, bool, int] | None:
    """(level, whether a sign names it, next token) of "25", "25th", "25%", "25 th percentile"."""
    if k >= len(tokens) or tokens[k].kind != "n":
        return None
    named, j = bool(tokens[k].flag), k + 1
    while _word(tokens, j) in ("th", "%") or _word(tokens, j) in _CENTILE:
        named, j = True, j + 1
    return tokens[k].value, named, j


def _percentiles(tokens: list[Token], k: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """ "25%-75%:", "25-75 percentile", "IQR25-75:": the name of the quartiles, and what follows."""
    glued = _word(tokens, k) == "iqr25"
    low = (25.0, True, k + 1) if glued else _level(tokens, k)
    if low is None or low[0] not in _LEVELS or _word(tokens, low[2]) not in _BETWEEN:
        return None
    j = low[2]
    while _word(tokens, j) in _BETWEEN:
        j += 1
    j += _word(tokens, j) == "the"
    high = _level(tokens, j)
    labelled = bool(out) and out[-1].word in _LABELS
    if high is None or high[0] != _LEVELS[low[0]] or not (labelled or low[1] or high[1]):
        return None
    end = high[2]
    while _word(tokens, end) in ("interval", "range", "ranges"):
        end += 1
    told = _word(tokens, end - 1) in _CENTILE or labelled or glued
    numbered = end < len(tokens) and tokens[end].kind == "n"
    if not told and _word(tokens, end) not in (":", "=", ",", ")", "]") and not numbered:
        return None
    label = _label(tokens, k, high[2] - 1, "iqr" if low[0] == 25.0 else "percentile")
    if labelled:
        label.start, label.spaced = out[-1].start, out[-1].spaced
        label.raw = f"{out.pop().raw} {label.raw}"
    return [label], end

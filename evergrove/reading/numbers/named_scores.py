"""Scores printed right behind the name of a group: "(wax group 1 [0 to 2] vs ...)"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import PEOPLE, SCORE_UNITS, STATE, is_content, word_set


def score_of_named(tokens: list[Token], i: int, b: int) -> bool:
    """ "(wax group 1 [0 to 2] vs CLAY GROUP 2 [1 to 3])": a score behind a name, no "group 2"."""
    if i == 0 or i + 1 >= b or tokens[i + 1].kind != "n":
        return False
    name = tokens[i - 1]
    if name.kind != "w" or not is_content(name.word) or name.word in _DESCRIBES_GROUP:
        return False
    if tokens[i + 1].value >= _NO_SHORT_NAME:
        return True  # "and in the ADVICE ARM 42 mm"
    if i + 2 >= b or _numbered(tokens, i):
        return False
    behind = tokens[i + 2].word
    if behind in SCORE_UNITS or behind == "±":
        return True
    if behind in ("(", "["):
        inside = tokens[i + 3] if i + 3 < b else tokens[i + 2]
        if inside.word != "p":
            return inside.kind == "n" or inside.word in _SPREADS
    if _top_behind(tokens, i + 2, b):
        return True
    return _scored_before(tokens, i)


def score_of_treatment(tokens: list[Token], i: int, b: int) -> bool:
    """ "EARLY RELEASE 2.6 (SD 1.4)", "the short protocol 4.0 ± 1.3": a score, and no version 2.6.

    The noun at i may be named by a number, but has a name of its own and stands before a spread,
    or in a list of scores.
    """
    if i == 0 or i + 2 >= b or tokens[i].word not in _TREATMENTS:
        return False
    name = tokens[i - 1]
    own = name.kind == "w" and is_content(name.word) and name.mark is None
    if not own or name.word in _DESCRIBES_GROUP or _numbered(tokens, i):
        return False
    decimal = "." in tokens[i + 1].word
    behind = tokens[i + 2]
    if behind.word == "±":
        return True
    if behind.word in ("(", "[") and i + 3 < b:
        inside = tokens[i + 3]
        if inside.kind == "n":
            interval = i + 5 < b and tokens[i + 4].word == "%" and tokens[i + 5].word == "ci"
            return interval or (decimal and "." in inside.word)
        return inside.word in _SPREADS
    return decimal and _scored_before(tokens, i)


def _scored_before(tokens: list[Token], i: int) -> bool:
    """ "pain on day 1 WAS 5 in the wax group and in THE CLAY GROUP 4": a score was told before.

    Looked for up to 24 words before, behind a verb, in the same sentence.
    """
    behind = tokens[i + 2]
    if behind.kind == "w" and behind.word not in _LISTS:
        return False  # "in the clay group 2 had no pain"
    for k in range(i - 2, max(0, i - 24), -1):
        if tokens[k].word == ".":
            return False
        if tokens[k].word in STATE and tokens[k + 1].kind == "n":
            return True
        if tokens[k].word == "of" and tokens[k + 1].kind == "n" and is_measure(tokens[k - 1]):
            return True  # "the wax group had a VAS OF 5 and the CLAY GROUP 4"
        if tokens[k].word == ":":
            marks = {getattr(t.mark, "kind", "") for t in tokens[max(0, k - 9) : k]}
            return "measure" in marks  # "VAS at 3 months: wax arm 3, CLAY ARM 4"
    return False


def _top_behind(tokens: list[Token], k: int, b: int) -> bool:
    """ "the clay arm 4 OUT OF 10", "the clay arm 4/10": the end of the scale, from token k."""
    of = k + 1 + (tokens[k].word == "out")
    if of >= b or tokens[of - 1].word not in ("out", "of", "/"):
        return False
    top = of + (tokens[of].word == "of")
    return top < b and tokens[top].kind == "n" and tokens[top].word in ("10", "100")


def score_behind_number(tokens: list[Token], j: int, b: int) -> bool:
    """ "GROUP 1 34 MM, GROUP 2 42 MM": right behind the number of a group stands its score."""
    score = tokens[j + 1] if j + 1 < b else None
    return score is not None and score.kind == "n" and score.spaced and not score.flag


def scores_of_next(tokens: list[Token], j: int, b: int) -> bool:
    """ "8 and 5 in group 1 AND 7 AND 4 IN GROUP 2": the number at j begins the next scores.

    Up to the next group stand only numbers, with their spreads, units and ends of scales.
    """
    k = j
    while k < min(b - 2, j + 40):
        token = tokens[k]
        if token.word in _LEADS_GROUP:
            k += 1 + (tokens[k + 1].word == "the")
            if tokens[k].kind == "n":  # "for THE 26 PATIENTS IN group 2"
                k += 1 + (k + 1 < b and tokens[k + 1].word in PEOPLE)
                k += k + 1 < b and tokens[k].word in ("in", "of")
            return k < b and tokens[k].word in _GROUPS
        plain = token.kind != "w" or token.word in _BESIDE_SCORE
        if not plain or token.word in (".", ";"):
            return False
        k += 1
    return False


def _numbered(tokens: list[Token], i: int) -> bool:
    """ "5 in TRAINING GROUP 1 and 3 in TRAINING GROUP 2": numbered groups of one name."""
    name, group, number = tokens[i - 1].word, tokens[i].word, tokens[i + 1].value
    return any(
        tokens[m].word == group
        and tokens[m - 1].word == name
        and tokens[m + 1].kind == "n"
        and tokens[m + 1].value != number
        for m in range(max(1, i - 24), min(len(tokens) - 1, i + 24))
    )


#: "analysed in Minitab 18.0": the number of a program.
PROGRAMS = word_set(
    "stata spss sas matlab graphpad prism medcalc minitab statistica epi revman jmp excel jamovi "
    "jasp systat sigmaplot stats winbugs python rstudio g*power"
)
VERSIONS = word_set("version v release")
_TREATMENTS = word_set(
    "release version protocol trial step model centre center schedule cycle round level segment"
)
_NO_SHORT_NAME = 10  # groups are numbered up to nine
_LISTS = word_set("and or compared versus vs at on")
_LEADS_GROUP = word_set("in for")
_GROUPS = word_set("group arm cohort")
_BESIDE_SCORE = word_set(
    "and or vs versus to out of sd se sem iqr range ci interquartile mm cm points point p"
)
_SPREADS = word_set("sd se sem iqr range ci ±")
_DESCRIBES_GROUP = word_set("study treatment patient patients age risk subgroup experimental")

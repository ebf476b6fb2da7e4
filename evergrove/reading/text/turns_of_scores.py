"""Rarer turns that tell scores, numbers and times: "fell TWICE AS MUCH", "LOGARITHM OF ...".

As those of `rarer_turns`, which asks for each of them behind the words that it has.
"""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, CONTROLS, SCORE_UNITS, UNIT_DAYS, word_set

#: Before a noun that tells the same with any of them, or without.
ARTICLES = word_set("the their this its a")


def departure(tokens: list[Token]) -> None:
    """ "78 at DEPARTURE FROM THE HOSPITAL" is "at discharge"."""
    for k in range(len(tokens) - 4, 0, -1):
        if tokens[k].word == "departure" and tokens[k + 1].word == "from":
            house = k + 2 + (tokens[k + 2].word in ARTICLES)
            if tokens[house].word == "hospital":
                tokens[k].word = "discharge"
                del tokens[k + 1 : house + 1]


def log_mar(tokens: list[Token]) -> None:
    """ "0.63 LOGARITHM OF THE MINIMUM ANGLE OF RESOLUTION UNITS (LOGMAR)" is "0.63 logMAR"."""
    for k in range(len(tokens) - 6, 0, -1):
        if tokens[k].word != "logarithm" or tokens[k + 1].word != "of":
            continue
        angle = k + 2 + (tokens[k + 2].word in ARTICLES)
        told = [token.word for token in tokens[angle : angle + 4]]
        if told != _LEAST_ANGLE or angle + 4 >= len(tokens):
            continue
        last = angle + 4 + (tokens[angle + 4].word in ("unit", "units"))
        short = [token.word for token in tokens[last : last + 3]] == ["(", "logmar", ")"]
        if tokens[k - 1].kind == "n":
            tokens[k].word, tokens[k].raw = "logmar", "logMAR"
            tokens[k].end = tokens[last - 1].end
            del tokens[k + 1 : last + 3 * short]


_LEAST_ANGLE = ["minimum", "angle", "of", "resolution"]


def double_dash(tokens: list[Token]) -> None:
    """ "12--42 months" is "12-42 months"."""
    for k in range(len(tokens) - 3, 0, -1):
        dashes = tokens[k].word == tokens[k + 1].word == "-" and not tokens[k + 1].spaced
        if dashes and tokens[k - 1].kind == tokens[k + 2].kind == "n" and not tokens[k].spaced:
            tokens[k].end = tokens[k + 1].end
            del tokens[k + 1]


def had_measured(tokens: list[Token]) -> None:
    """ "The fascia HAD MEASURED 5 mm at entry" is "measured"."""
    for k in range(len(tokens) - 3, 0, -1):
        if (tokens[k].word, tokens[k + 1].word) == ("had", "measured"):
            del tokens[k : k + (tokens[k + 2].kind == "n")]


def both_rated(tokens: list[Token]) -> None:
    """ "3.1 with wax and 4.2 with clay; BOTH WERE RATED 6 weeks later" is ", 6 weeks later".

    Only where a number follows: not "both were rated by a nurse".
    """
    for k in range(len(tokens) - 5, 1, -1):
        if tokens[k].word not in ("both", "all") or tokens[k + 1].word != "were":
            continue
        number = k + 3 + (tokens[k + 3].word in ("at", "after"))
        if tokens[k - 1].word not in (";", ",") or tokens[number].kind != "n":
            continue
        if tokens[k + 2].word in _RATED and tokens[number + 1].word in UNIT_DAYS:
            tokens[k - 1].word = ","
            del tokens[k : k + 3]


_RATED = word_set("rated measured recorded taken assessed obtained scored noted")


def end_in_bracket(tokens: list[Token]) -> None:
    """ "95% CI = -2.6-[-26.7]" is "-2.6 to -26.7": a bracket holds the sign of the second end."""
    for k in range(len(tokens) - 4, 1, -1):
        opened = tokens[k].word == "[" and tokens[k - 1].word in _DASHES
        if not opened or tokens[k + 3].word != "]" or tokens[k + 2].kind != "n":
            continue
        if tokens[k + 1].word in _DASHES and tokens[k - 2].kind == "n":
            tokens[k - 1].word, tokens[k - 1].kind = "to", "w"
            del tokens[k + 3], tokens[k]


_DASHES = frozenset("-\u2212\u2013")


def over_controls(tokens: list[Token]) -> None:
    """ "VAS decreased 7.5 mm OVER CONTROLS" is "more than controls": a difference."""
    for k in range(len(tokens) - 3, 2, -1):
        whom = k + 1 + (tokens[k + 1].word == "the")
        if tokens[k].word != "over" or tokens[whom].word not in CONTROLS:
            continue
        amount = k - 1 - (tokens[k - 1].word in SCORE_UNITS)
        moved = {tokens[m].word for m in range(max(0, amount - 4), amount)}
        if tokens[amount].kind == "n" and not moved.isdisjoint(CHANGE):
            tokens[k].word = "than"
            more = tokens[k].start
            tokens.insert(k, Token("w", more, more, "more", raw="more"))


def times_as_much(tokens: list[Token]) -> None:
    """ "fell TWICE AS MUCH with wax AS with clay" is "more with wax than"; "HALF AS MUCH" is less.

    Not "twice as much rope": that is an amount of something.
    """
    for k in range(len(tokens) - 4, 0, -1):
        if tokens[k].word != "as" or tokens[k + 1].word != "much":
            continue
        times = k - 1 if tokens[k - 1].word in _MULTIPLES else k - 2
        if times == k - 2 and (tokens[k - 1].word != "times" or tokens[times].kind != "n"):
            continue
        behind = tokens[k + 2]
        if behind.kind == "w" and behind.word not in _GOES_ON:
            continue
        for m in range(k + 2, min(k + 10, len(tokens) - 1)):
            if tokens[m].word == "as" and tokens[m + 1].kind == "w":
                tokens[m].word = "than"
                break
            if tokens[m].kind != "w":
                break
        half = tokens[times].word == "half"
        tokens[k + 1].word = "less" if half else "more"
        del tokens[times : k + 1]


_MULTIPLES = word_set("twice thrice half")
_GOES_ON = word_set("as in with for on among under after at by during")


def change_scores(tokens: list[Token]) -> None:
    """ "the mean CHANGE SCORE was 1.6", "(CHANGE SCORES 1.6 vs 0.6)" are "change", "changes"."""
    for k in range(len(tokens) - 2, 0, -1):
        if tokens[k].word in ("score", "scores") and tokens[k - 1].word == "change":
            if tokens[k].word == "scores":
                tokens[k - 1].word = "changes"
            del tokens[k]


def scores_of_occasions(tokens: list[Token]) -> None:
    """ "Both VAS SCORES fell, the EVENING SCORE from 6 to 3, ..." is "the evening pain"."""
    for k in range(3, len(tokens) - 1):
        if tokens[k].word not in ("score", "scores") or tokens[k - 1].word not in OCCASIONS:
            continue
        if tokens[k - 2].word != "the" or tokens[k - 3].word not in _LISTS:
            continue
        m = k - 3
        while m > 0 and tokens[m].word != "." and k - m < 60:
            if tokens[m].word == "scores" and tokens[m - 1].word in _PAINS:
                tokens[k].word = "pain"
                break
            m -= 1


OCCASIONS = word_set("morning evening night nighttime daytime resting rest walking movement motion")
_LISTS = word_set(", : and while whereas")
_PAINS = word_set("pain vas nrs")


def where_as(tokens: list[Token]) -> None:
    """ "fell with wax, WHERE AS it rose with clay" is "whereas"."""
    for k in range(len(tokens) - 2, 0, -1):
        if tokens[k].word == "as" and tokens[k - 1].word == "where":
            tokens[k - 1].word = "whereas"
            del tokens[k]


def of_the_clock(tokens: list[Token]) -> None:
    """ "(6 A.M.-6 P.M.)" is "(6 am-6 pm)": no stop of a sentence."""
    for k in range(len(tokens) - 4, 0, -1):
        half = tokens[k].word in ("a", "p") and tokens[k - 1].kind == "n"
        if half and [t.word for t in tokens[k + 1 : k + 4]] == [".", "m", "."]:
            tokens[k].word += "m"
            tokens[k].end = tokens[k + 2].end
            last = k + 4 < len(tokens) and tokens[k + 4].raw[:1].isupper()
            del tokens[k + 1 : k + 3 + (not last)]

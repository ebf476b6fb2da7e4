"""Differences, changes and effect sizes told behind scores, set apart before a text is read.

"VAS was 3.1 vs 4.3 (MEAN DIFFERENCE -1.2, 95% CI -2.0 TO -0.4; P = 0.003) at 3 months and 2.2 vs
3.9 (MD ...) at 6 months": the aside stands between the pairs of a list, their times and groups, and
says nothing of which is whose. Its tokens are moved behind the end of the text, so that the
sentence is read as if the aside were not there; `pair_differences` gives the difference the measure
and the time of the pair that it stood behind. So too the change in a bracket right behind one
score: "3.1 (CHANGE -2.2) vs 4.3 (CHANGE -1.0)", "from 7.1 to 3.2 (-3.9, 95% CI -4.4 TO -3.4)".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import (
    BOUND_SIGNS,
    CHANGE,
    CHANGE_NOUNS,
    PRE_WORDS,
    STATE,
    UNIT_NAME,
    word_set,
)

# What an aside may begin with, behind its bracket: "mean change", "-2.1 points; 95% CI".
_NOUN_FIRST = (
    r"(?:[a-z]+[ -]){0,3}"
    r"(?:change|reduction|improvement|decrease|increase|fall|drop|rise)\b"
)
_NUMBER_FIRST = r" ?[-−–]?\d+(?:\.\d+)?(?: ?(?:mm|cm|points?))?[,;] (?:\d\d ?%|p ?[<=])"
#: Texts without any of these, in small letters, need no look at their tokens.
MAYBE_ASIDE_OF_PAIR = Clues(
    ("diff", r"diff(?<!\wdiff)(?:erence)?\b"),
    ("md", r"\b(?:mds?|wmd|lsmd)\b"),
    ("cohen", r"\bcohen\b"),
    ("hedges", r"\bhedges\b"),
    ("effect", r"effect(?<!\weffect)\b"),
    "δ",
    "∆",
    ("(", rf"\((?:{_NOUN_FIRST}|{_NUMBER_FIRST})"),
    ("[", rf"\[(?:{_NOUN_FIRST}|{_NUMBER_FIRST})"),
    (";", rf";(?:{_NUMBER_FIRST}| [-−–]?\d+(?:\.\d+)? ?[(\[])"),
)

# Every token is a letter, so that an aside is a pattern over them.
_LETTERS = {
    "D": word_set("difference differences md mds wmd lsmd diff contrast"),
    "F": word_set("effect"),
    "E": word_set("cohen cohen's cohens hedges hedges' hedge's glass glass's"),
    "e": word_set("' s d g δ delta size sizes es"),
    "c": CHANGE_NOUNS - word_set("relief loss benefit recovery shift shifts"),
    "f": word_set("from since"),
    "b": PRE_WORDS,
    "M": word_set(
        "mean means median medians between group groups arm arms intergroup treatment treatments "
        "adjusted unadjusted baseline-adjusted crude estimated absolute raw net least squares "
        "square ls model the a an two both score scores overall inter in"
    ),
    "C": word_set("ci cis confidence interval intervals cl limits"),
    "S": word_set("se sd sem"),
    "U": word_set("point points mm cm units unit pts"),
    "p": word_set("p"),
    "o": word_set("of"),
    "v": word_set("favour favor advantage benefit"),
    "V": word_set("favouring favoring"),
    "w": word_set("was is were being"),
    "h": word_set("with"),
    "t": word_set("to"),
    "a": word_set("and"),
    "(": word_set("( ["),
    ")": word_set(") ]"),
    ",": word_set(","),
    ";": word_set(";"),
    ".": word_set("."),
    "=": word_set("= :"),
    "<": BOUND_SIGNS,
    "-": word_set("- − – + —"),
    "%": word_set("%"),
    "±": word_set("±"),
}
_LETTER_OF = {word: letter for letter, words in _LETTERS.items() for word in words}

_NUMBER = r"[-]?N[%U]?"
_LABEL = r"(?:N%-?C+(?:\(C\))?|C+(?:\(C\))?(?:\(?N%\)?)?)"
_LIMITS = rf"{_NUMBER}(?:t|-|,|;|a){_NUMBER}"
_INTERVAL = (
    rf"(?:{_LABEL}[=,ow]*(?:\({_LIMITS}\)|{_LIMITS})|\({_LABEL}[=,ow]*{_LIMITS}\)|\({_LIMITS}\))"
)
_SPREAD = rf"(?:±N|S=?N|\(S=?N\)|{_INTERVAL})"
_P = r"p[=<w]*N"
_NOUN = r"[M-]*(?:D|M[M-]*F(?!e))"
_CALLED = rf"{_NOUN}(?:o?M[M-]*)?(?:\(D\))?(?:\({_LABEL}\))?[=,ow]*"
_SIZE = rf"(?:E[e-]*|F-?e+)[=,ow]*{_NUMBER}(?:[,;]?{_INTERVAL})?"
_OF_DIFFERENCE = rf"{_LABEL}(?:o|=)?[M-]*D[=,ow]*(?:\({_LIMITS}\)|{_LIMITS})"
# "IN FAVOUR OF the wax group (95% CI 4 to 16)", "BETWEEN THE GROUPS (4 to 16; p = 0.01)"
_FAVOUR = r"(?:[Mt]*vo?M*x{1,3}M?|VM?x{1,3}M?|M{2,4})"
_BEHIND = rf"(?:\((?:{_LABEL}[=,ow]*)?{_LIMITS}(?:[,;]{_P})?\)|[,;]{_LABEL}[=,ow]*{_LIMITS})"
_DIFFERENCE = (
    rf"{_CALLED}{_NUMBER}(?:{_FAVOUR}{_BEHIND}|[,;]?{_SPREAD}|[,;]{_OF_DIFFERENCE}|,{_NUMBER}t{_NUMBER})?(?:[,;]{_P}(?:[,;]{_INTERVAL})?)?"
    rf"(?:[,;]{_SIZE})?(?:[,;]{_P})?"
)
_TAIL = rf"(?:[,;]?{_SPREAD})?(?:[,;]{_P})?(?:[,;]{_SIZE})?(?:[,;]{_P})?"
_CHANGE = rf"M*c(?:fM*b)?(?:o|M+)?(?:\({_LABEL}\))?[=,ow]*{_NUMBER}{_TAIL}"
_ALONE = rf"(?:-N|N)U?(?:[,;]{_LABEL}[=,ow]*(?:\({_LIMITS}\)|{_LIMITS})(?:[,;]{_P})?)|-NU?[,;]{_P}"
# "(mean difference 1.2, 95% CI 0.4 to 2.0, AT 3 WEEKS; 0.8, 95% CI -0.3 to 1.9, AT 9 WEEKS)"
_DATED = r"x(?:Nx|xN)"
_THEN = rf"(?:[;,]a?|a)(?:{_CALLED})?"
_ROW = (
    rf"{_CALLED}(?:{_NUMBER}{_TAIL},?{_DATED}(?:{_THEN}{_NUMBER}{_TAIL},?{_DATED})+"
    rf"|{_DATED}[=,ow]*{_NUMBER}{_TAIL}(?:{_THEN}{_DATED}[=,ow]*{_NUMBER}{_TAIL})+)"
)
_ASIDE = re.compile(
    rf"\((?P<row>{_ROW})(?=\))|(?P<lead>[(]|[,;]?hM?|[,;])(?P<body>(?P<difference>{_DIFFERENCE})|{_SIZE}|{_OF_DIFFERENCE})"
    rf"|\((?:(?P<change>{_CHANGE})|(?P<number>{_ALONE}))(?=\))"
    # "; 0.8 (0.2 to 1.4))", and not the interval of a score: "(SD 1.2; 95% CI 2.8 to 3.8)"
    rf"|;(?!{_LABEL})(?P<item>{_NUMBER},?{_INTERVAL})(?:[,;]{_P})?(?=\))"
)


@dataclass(slots=True, eq=False)
class Aside:
    """Tokens first..last of an aside behind the text; it stood ahead of token `place`."""

    first: int
    last: int
    place: int
    kind: str = ""  # difference, change (of one score), number (that nothing names); else no record
    ahead: bool = False  # of its pair: "(mean difference -1.2; 3.1 vs 4.3)"


def set_apart(tokens: list[Token]) -> tuple[list[Token], list[Aside]]:
    """The tokens with every aside of a pair moved behind the end, and where each one stood."""
    letters = "".join(
        [
            "N" if token.kind == "n" and token.flag != "word" else _LETTER_OF.get(token.word, "x")
            for token in tokens
        ]
    )
    kept: list[Token] = []
    gone: list[tuple[list[Token], int, str, bool]] = []
    done = 0
    told: set[int] = set()  # numbers of differences, whether set apart or not: no scores
    for match in _ASIDE.finditer(letters):
        found = _span(tokens, letters, match, done, told)
        told |= set(range(*match.span()))
        if found is None:
            continue
        first, last, ahead = found
        kept += tokens[done:first]
        kind = next((k for k in ("difference", "change", "number") if match[k]), "")
        kind = "number" if match["item"] else kind
        gone.append((tokens[first:last], len(kept), kind, ahead))
        done = last
    if not gone:
        return tokens, []
    kept += tokens[done:]
    asides = []
    for part, place, kind, ahead in gone:
        asides.append(Aside(len(kept), len(kept) + len(part), place, kind, ahead))
        kept += part
    return kept, asides


def _span(
    tokens: list[Token], letters: str, match: re.Match[str], done: int, told: set[int]
) -> tuple[int, int, bool] | None:
    """The tokens of an aside with the bracket or the comma that goes with it; None if it is none.

    The bool says whether its pair stands behind it, in the same bracket.
    """
    first, last = match.span()
    own = bool(match["change"] or match["number"] or match["row"])
    lead = ";" if match["item"] else match["lead"]
    start = _sentence(letters, first)
    if own:
        lead = "("
    if lead == "(":
        if letters[last : last + 1] == ")":
            last += 1
        elif letters[last : last + 1] in (",", ";"):
            if _pair_ahead(tokens, letters, last + 1):
                return first + 1, last + 1, True
            first, last = first + 1, last + 1
        else:
            return None
    elif (
        letters[last : last + 1] in (",", ";")
        and (opened := open_bracket(tokens, start, first)) is not None
        and not any(_is_score(tokens, letters, k) for k in range(opened, first))
        and _pair_ahead(tokens, letters, last + 1)
    ):
        return first, last, True  # "(P = 0.003; mean difference -1.2; 3.1 vs 4.3)"
    elif match["body"] and _LISTED.match(letters, match.start("body")):
        return None  # "mean difference 3.1 and 14.2 for felt": of two measures
    elif letters[last : last + 1] not in (",", ";", ")", "a", ".") and (
        last >= len(tokens) or tokens[last].word not in _GOES_ON
    ):
        return None
    scores = [k for k in range(start, first) if k not in told and _is_score(tokens, letters, k)]
    if not scores or scores[-1] < done:
        return None
    plain = first == scores[-1] + 1 and "." not in tokens[scores[-1]].word
    if match["number"] and letters[first + 1] != "-" and plain:
        return None  # "at 3 (2.7, 95% CI 2.1 to 3.2) and 24 (2.1, ...) months": behind a time
    alone = own or (lead == "(" and letters[last - 1] == ")")
    if len(scores) < 2 and not (alone and _goes_on(tokens, letters, last)):
        return None
    if not _right_behind(tokens, letters, scores[-1] + 1, first):
        return None
    return first, last, False


_LISTED = re.compile(rf"{_CALLED}{_NUMBER},?a{_NUMBER}")
_GOES_ON = word_set("at in after on for while whereas but respectively when by")


def _goes_on(tokens: list[Token], letters: str, last: int) -> bool:
    """ "3.1 (change -2.2) VS 4.3 (change -1.0)": whether the sentence has another score behind."""
    stop = letters.find(".", last)
    stop = stop if stop >= 0 else len(tokens)
    return any(_is_score(tokens, letters, k) for k in range(last, min(stop, last + 40)))


def _sentence(letters: str, first: int) -> int:
    return max(letters.rfind(".", 0, first), first - 150) + 1


def _words(tokens: list[Token], first: int, last: int) -> set[str]:
    return {tokens[k].word for k in range(first, last)}


def _is_score(tokens: list[Token], letters: str, k: int) -> bool:
    """Whether a number may be a score: no length of time, share, spread, n, p or end of a scale."""
    if letters[k] != "N" or _NO_SCORE_AHEAD.search(letters, max(0, k - 8), k):
        return False
    behind, ahead = tokens[k + 1].word if k + 1 < len(tokens) else "", tokens[k - 1].word
    if behind == "%" or behind in UNIT_NAME or behind in _PEOPLE:
        return False
    if ahead in UNIT_NAME and letters[k - 2] != "N":
        return False  # "week 4", and not "at 3 months 3.1"
    if ahead == "=" and tokens[k - 2].word in ("n", "p"):
        return False
    ranged = _RANGE.match(letters, k) or _RANGE.match(letters, max(0, k - 2))
    ranged = ranged and letters[k - 3] not in "±S"  # "from 7.1 ± 1.4 to 3.2"
    return not ranged or "from" in _words(tokens, max(0, k - 3), k)


# "SD 1.2", "± 1.2", "95% CI 1.2", "p < 0.01", and a difference
_NO_SCORE_AHEAD = re.compile(r"(?:[S±C<][=,]?-?|DM?[=,ow(]*-?)$")
_RANGE = re.compile(r"N[t-]N")
_PEOPLE = word_set("patients participants women men people subjects children adults")


def _right_behind(tokens: list[Token], letters: str, first: int, last: int) -> bool:
    """Whether nothing but the spread, the group and the time of a score stands in between."""
    if last - first > 14:
        return False
    return not any(
        tokens[k].word in STATE or tokens[k].word in CHANGE or letters[k] in "aD"
        for k in range(first, last)
    )


_TESTED = re.compile(rf"{_P}[,;]")


def _pair_ahead(tokens: list[Token], letters: str, k: int) -> bool:
    """ "(mean difference -1.2; 3.1 VS 4.3)": whether a pair stands right behind an aside."""
    tested = _TESTED.match(letters, k)
    k = tested.end() if tested else k
    end = letters.find(")", k)
    if end < 0 or letters[k] != "N":
        return False
    inside = range(k, min(end + 1 if "(" not in letters[k:end] else end + 16, len(tokens)))
    return any(tokens[m].word in ("vs", "versus", "and", "compared") for m in inside)

"""Abbreviations that are read as the words they stand for; their spelling stays as printed."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.hidden_signs import hidden
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, SCORE_UNITS, word_set

_PLACES = frozenset(("ED", "ER", "ICU", "PICU", "NICU", "HDU", "ITU"))
#: A text without these has no such place.
MAYBE_PLACE = Clues(
    (" the ", r"\bthe (?:ed|er|p?icu|nicu|hdu|itu)\b"),
    words=frozenset(place.lower() for place in _PLACES),
)
_LEADS = word_set("in to at from on within leaving into")
_NAMED = GROUP | {"(", "patients", "patient", "/", "-", "+"}
_GROUPS = word_set("gp gps grp grps")
#: So too of groups, and of means of a model.
MAYBE_GP = Clues("gp", "grp", words=_GROUPS)
_LETTERS = frozenset("ABCDE")
_SCORE_ENDS = SCORE_UNITS | {")", "]"}
MAYBE_LETTERED = Clues(("(a)", r"(?:[\d)\]]|[cm]m) \(a\).*[\d)m\]] \(b\)"))
_DEMANDED = frozenset((("as", "needed"), ("as", "required"), ("on", "demand")))
MAYBE_DEMANDED = Clues("as-needed", "as-required", "on-demand")
MAYBE_LSM = Clues("lsm", words=word_set("lsm"))


def places_no_groups(tokens: list[Token]) -> None:
    """ "IN THE ED pain fell from 8 to 5": a department, and no group of the text.

    Not where it names people anywhere: "the ED group", "the ED (n = 21)".
    """
    named = {
        tokens[k].raw
        for k in range(1, len(tokens) - 1)
        if tokens[k].raw in _PLACES and tokens[k + 1].word in _NAMED
    }
    for k in range(2, len(tokens)):
        place = tokens[k].raw
        if place not in _PLACES or place in named or tokens[k - 1].word != "the":
            continue
        if tokens[k - 2].word in _LEADS:
            tokens[k].word = tokens[k].raw = "department"  # in capitals it may be a measure


def spell_groups(tokens: list[Token]) -> None:
    """ "in GP. A and GP. B": the full stop ends no sentence."""
    for k in range(len(tokens) - 2, -1, -1):
        if tokens[k].word not in _GROUPS:
            continue
        behind = k + 1 + (tokens[k + 1].word == ".")
        if behind < len(tokens) and _is_letter(tokens[behind]):
            tokens[k].word = "groups" if tokens[k].word.endswith("s") else "group"
            del tokens[k + 1 : behind]


def _is_letter(token: Token) -> bool:
    return len(token.raw) < 4 and (token.raw.isupper() or token.raw.isdigit())


def groups_by_letters(tokens: list[Token]) -> None:
    """ "1.3±0.6 (A), 1.5±0.7 (B)": groups by their letters, each in a bracket behind a score.

    Two of them or more, and no letter twice in one sentence.
    """
    found = [k for k in range(3, len(tokens) - 1) if _letter_in_bracket(tokens, k)]
    if len({tokens[k].raw for k in found}) < 2:
        return
    for k in reversed(found):
        here = tokens[k].start
        tokens.insert(k, Token("w", here, here, "group", raw="group"))


def _letter_in_bracket(tokens: list[Token], k: int) -> bool:
    """Whether a capital stands alone in a bracket right behind a score with its spread."""
    if tokens[k].raw not in _LETTERS or tokens[k - 1].word != "(" or tokens[k + 1].word != ")":
        return False
    before = tokens[k - 2]
    told = "." in before.word or tokens[k - 3].word == "±"
    return before.word in _SCORE_ENDS or (before.kind == "n" and told)


def join_on_demand(tokens: list[Token]) -> list[Token]:
    """ "with AS-NEEDED clay": one word, of which the "as" leads to no group."""
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        three = tokens[k : k + 3]
        if len(three) == 3 and three[1].word == "-" and _on_demand(three[0], three[2]):
            one, three_raw = three[0], "".join(token.raw for token in three)
            word = one.word + three[2].word
            end = three[2].end
            out.append(Token("w", one.start, end, word, 0.0, one.spaced, "", hidden(three_raw)))
            k += 3
            continue
        out.append(tokens[k])
        k += 1
    return out


def _on_demand(one: Token, two: Token) -> bool:
    return (one.word, two.word) in _DEMANDED


def spell_means_of_models(tokens: list[Token]) -> None:
    """ "LSM pain at 6 weeks was 3.4", "(LSM difference -0.9)": adjusted means."""
    for token in tokens:
        if token.word == "lsm":
            token.word = "adjusted"

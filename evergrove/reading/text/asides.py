"""What a clause says beside its score: "VAS was 7, unrelated to stump length, and 3 later"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, CHANGE, DETERMINERS, STATE, word_set

if TYPE_CHECKING:
    from evergrove.reading.measures.mention import Mention
    from evergrove.reading.view import View

ADJUSTS = word_set(
    "adjusted adjusting adjustment adjustments controlled controlling corrected correcting "
    "accounting allowing correction"
)
#: A sentence without any of these has no such aside.
MAYBE_ASIDE = word_set("unrelated uncorrelated irrespective regardless independent independently")
_LEADS = {
    "unrelated": "to", "uncorrelated": "with", "irrespective": "of", "regardless": "of",
    "independent": "of", "independently": "of",
}  # fmt: skip
_GOES_ON = word_set("and but while whereas then")


def asides(tokens: list[Token], view: View) -> set[int]:
    """Tokens of ", UNRELATED TO AGE, SEX OR STUMP LENGTH,": nothing in it is what was scored.

    It ends at the comma before "and", else at its first comma, else with the clause. No number may
    stand in it.
    """
    out: set[int] = set()
    for k in range(view.a + 1, view.b - 2):
        lead = _LEADS.get(tokens[k].word)
        if lead is None or tokens[k + 1].word != lead or tokens[k - 1].word not in _OPENS:
            continue
        stop = k + 2
        commas: list[int] = []
        while stop < view.b and tokens[stop].word not in _CLOSES and tokens[stop].kind != "n":
            if tokens[stop].word == ",":
                commas.append(stop)
            stop += 1
        on = [m for m in commas if m + 1 < view.b and tokens[m + 1].word in _GOES_ON]
        ends = on or commas
        if ends:
            out.update(range(k, ends[0]))
        elif stop >= view.b or tokens[stop].kind != "n":
            out.update(range(k, stop))
    return out


def without_covariates(tokens: list[Token], view: View, named: list[Mention]) -> list[Mention]:
    """ "the fall in VAS ADJUSTED FOR AGE AND SEX was 2.9": what was held alike was not scored.

    A measure is left out too where the phrase opens the clause and another outcome follows:
    "ADJUSTED FOR BASELINE VAS, operating time was 29".
    """
    alike, fronted = _covariates(tokens, view)
    last = max((m.first for m in named if m.first not in alike), default=0)
    return [
        m
        for m in named
        if m.first not in alike or (m.key and (m.first not in fronted or m.first > last))
    ]


def fronted_covariates(tokens: list[Token], view: View) -> set[int]:
    """The tokens of "ADJUSTED FOR DURATION OF USE, VAS was 3": no group is named there."""
    return _covariates(tokens, view)[1]


def _covariates(tokens: list[Token], view: View) -> tuple[set[int], set[int]]:
    """Tokens of what was adjusted for, and those of phrases that open their clause.

    They end at the verb, at a number, or at a comma with "the" or "mean" behind it; not "was lower
    with wax, also WHEN ADJUSTED FOR AGE (β = 1.5)", where no verb follows.
    """
    fronted: set[int] = set()
    out: set[int] = set()
    for k in range(view.a, view.b - 2):
        if tokens[k].word not in ADJUSTS or tokens[k + 1].word != "for":
            continue
        stop = k + 2
        while stop < view.b and tokens[stop].kind != "n" and not _over(tokens, stop):
            stop += 1
        if _opens(tokens, view, k):
            stop = _last_comma(tokens, k, stop)
            fronted.update(range(k, stop))
            out.update(range(k, stop))
        elif stop < view.b and (tokens[stop].word in STATE or tokens[stop].word in CHANGE):
            out.update(range(k, stop))
    return out, fronted


def _last_comma(tokens: list[Token], k: int, stop: int) -> int:
    """ "ADJUSTED FOR AGE AND SEX, operating time was 40": the list ends at its comma."""
    for m in range(stop - 1, k, -1):
        if tokens[m].word in ("and", "or"):
            break
        if tokens[m].word == ",":
            return m
    return stop


def _opens(tokens: list[Token], view: View, k: int) -> bool:
    """Whether the phrase at k opens its clause: "ADJUSTED FOR age, ...", "AFTER ADJUSTMENT FOR"."""
    return k - view.a < 2 or tokens[k - 1].word == ";" or tokens[k - 2].word == ";"


def _over(tokens: list[Token], k: int) -> bool:
    """Whether a list of covariates has ended before the token at k."""
    word = tokens[k].word
    if word in STATE or word in CHANGE or word in _CLOSES:
        return True
    return tokens[k - 1].word == "," and (word in DETERMINERS or word in CENTRES)


_OPENS = word_set(", ( -")
_CLOSES = word_set("; . )")

"""Amounts below a score told before: "VAS lay 2.9 points BELOW THAT OF THE RUN-IN" is a change."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.small_words import CLOSES, COMPARATIVES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PRE_WORDS, SCORE_UNITS, word_set

_WAYS = {"below": "lower", "under": "lower", "beneath": "lower", "above": "higher"}
#: "2.4 points DOWN ON baseline": with one of these words behind.
_MOVES = {"down": "lower", "up": "higher"}
MAYBE_BELOW = Clues(
    *(f" {way}" for way in _WAYS),
    *(f" {way} {on} " for way in _MOVES for on in ("on", "from")),
    " than ",
    words=_WAYS.keys() | _MOVES.keys() | {"than"},
)
_OWN = word_set("that those the its their it")
_POINTS = _OWN - {"the"} | {"value", "values", "score", "scores", "level", "levels"}
_SCORES = word_set(
    "value values score scores level levels figure figures one ones mean means average median "
    "was were measurement measurements rating ratings"
)
_LEADS = word_set("of at in during for from on recorded noted measured found seen told")
_JOINTS = word_set("than on from")
_PERIODS = word_set("period phase weeks week time assessment visit")


def below_baseline(tokens: list[Token]) -> None:
    """ "2.9 points, respectively, BELOW THAT OF THE RUN-IN" is "2.9 points lower than at baseline".

    Behind an amount alone: not "VAS was 3.1, below that of the run-in", "less than those of clay".
    Where a sentence has told so once, "1.2 points BELOW IT" and "at 1 year 1.2 points BELOW" tell
    it again. "2.4 points DOWN ON baseline" is "lower than at baseline", and "1.2 DOWN" is "lower".
    """
    k, told = 2, False
    while k < len(tokens) - 1:
        told = told and tokens[k].word != "."
        way = _WAYS.get(tokens[k].word) or _MOVES.get(tokens[k].word)
        way = way or (tokens[k].word if _compares(tokens, k) else "")
        start = _behind_amount(tokens, k) if way else 0
        if start and told and tokens[k].word in _AGAIN and (last := _again(tokens, k)):
            tokens[k].word = way
            tokens[start:last] = [tokens[k]]
        elif start and (base := _baseline_at(tokens, k)):
            tokens[k].word, told = way, True
            tokens[start : base[-1]] = [tokens[k], *_than(tokens, k, base)]
        elif start:
            # "2.4 points BELOW BASELINE", "above THE BASELINE value"
            told = told or tokens[k + 1 + (tokens[k + 1].word in _OWN)].word in PRE_WORDS
        k += 1


def _again(tokens: list[Token], k: int) -> int:
    """Behind "BELOW IT", and behind "BELOW" where a clause, or a time, goes on; 0 for others."""
    after = tokens[k + 1].word
    if after == "it":
        return k + 2
    return k + 1 if after in _GOES_ON or after in CLOSES else 0


_AGAIN = _WAYS.keys() | _MOVES.keys()
_GOES_ON = word_set(". , ; and but while whereas at after in by ( [")


def _than(tokens: list[Token], k: int, base: tuple[int, int]) -> list[Token]:
    """The tokens "than at baseline" behind k, or "than" alone ahead of "before treatment"."""
    at = tokens[k].end
    than = [Token("w", at, at, word, raw=word) for word in ("than", "at")]
    if base[0] == base[1]:
        return than[:1]
    first, last = tokens[base[0]], tokens[base[1] - 1]
    return [*than, Token("w", first.start, last.end, "baseline", raw="baseline")]


def _compares(tokens: list[Token], k: int) -> bool:
    return tokens[k].word in COMPARATIVES and tokens[k + 1].word == "than"


def _behind_amount(tokens: list[Token], k: int) -> int:
    """The token behind the amount that ends before k, over ", respectively,"; 0 where none does."""
    start = k
    if tokens[k - 1].word == "," and tokens[k - 2].word == "respectively":
        start = k - 2 - (tokens[k - 3].word == ",")
    elif tokens[k - 1].word == "respectively":
        start = k - 1 - (tokens[k - 2].word == ",")
    last = tokens[start - 1]
    amount = last.kind == "n" or last.word in SCORE_UNITS or last.word in CLOSES
    return start if start > 1 and amount else 0


def _baseline_at(tokens: list[Token], k: int) -> tuple[int, int] | None:
    """First and last token of the baseline of "below THAT AT BASELINE" at k, "than IN THE RUN-IN".

    Both are where "before" begins, in "below the value BEFORE treatment"; None where no rarer way
    tells it: "lower than at baseline", "below baseline" are common.
    """
    if tokens[k].word in _MOVES and tokens[k + 1].word not in ("on", "from"):
        return None
    first = k + 1 + (tokens[k + 1].word in _JOINTS)
    base = first
    while base < len(tokens) - 1 and base - first < 6:
        if tokens[base].word not in _OWN | _SCORES | _LEADS:
            break
        base += 1
    pointed = not _POINTS.isdisjoint(token.word for token in tokens[first:base])
    if tokens[base].word == "before":
        return (base, base) if pointed else None
    if [token.word for token in tokens[base : base + 3]] == ["run", "-", "in"]:
        last = base + 3
    elif tokens[base].word in PRE_WORDS or tokens[base].word == "entry":
        last = base + 1
        moved = tokens[k].word in _MOVES
        if moved and last < len(tokens) and tokens[last].kind == "n":
            return None  # "3.2, down from baseline 7.1": where it came from
        common = not pointed and not moved
        if common and tokens[k - 1].word not in ("respectively", ","):
            return None
    else:
        return None
    while last < len(tokens) and tokens[last].word in _PERIODS | _SCORES - {"was", "were"}:
        last += 1
    return base, last

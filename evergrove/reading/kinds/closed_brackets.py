"""Brackets that hold a difference: "2.4 at 6 months (difference, -0.3) and 3.3 at 1 year"."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.stat_words import DIFFER
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import CHANGE_NOUNS, word_set

if TYPE_CHECKING:
    from evergrove.reading.frames import Run


def behind_difference(tokens: list[Token], before: Value, value: Value) -> bool:
    """Whether `before` is a difference or change in a bracket that closes before `value`."""
    words = [token.word for token in tokens[before.first : value.first]]
    if ")" not in words and "]" not in words:
        return False
    floor = max(0, before.first - 8)
    opened = open_bracket(tokens, floor, before.first)
    if opened is None or open_bracket(tokens, floor, value.first) == opened:
        return False
    return any(tokens[k].word in _TOLD for k in range(opened + 1, before.first))


_TOLD = CHANGE_NOUNS | word_set("difference differences md")


def before_bracket(tokens: list[Token], runs: list[Run], index: int, kind: str) -> list[Any] | None:
    """ "2.1 and 2.4 AT 6 MONTHS (difference, -0.3; ...)", "to 2.9 WITH WAX (change, -4.5)".

    The time or group that a bracket stands right behind, for a difference or change alone in it
    that has none on its own side of the punctuation.
    """
    run = runs[index]
    stats = ("between_diff", "change") if kind == "time" else ("change",)
    if not index or run.stat not in stats or run.pre.get(kind) or run.post.get(kind):
        return None
    told = runs[index - 1].post.get(kind, [])
    if not told or len(told[-1].items) > 1 or tokens[told[-1].last].word not in ("(", "["):
        return None
    opened = open_bracket(tokens, max(0, run.first - 8), run.first)
    return [told[-1].items[0]] * len(run.values) if opened == told[-1].last else None


def benefit_with_score(tokens: list[Token], run: Run) -> bool:
    """ "a BENEFIT WITH AN IMPROVED NRS SCORE (3.7)": the score that was reached, and no change."""
    k = run.first - (tokens[run.first].word not in ("(", "["))
    if run.cue not in _BENEFITS or tokens[k].word not in ("(", "["):
        return False
    k -= 1
    while k > 2 and (tokens[k].mark is not None or tokens[k].word in _NAMES):
        k -= 1
    lead = [tokens[m].word for m in (k - 2, k - 1)]
    return tokens[k].word in _REACHED and (lead[1] == "with" or lead[0] == "with")


_BENEFITS = word_set("benefit benefits effect effects")
_NAMES = word_set("pain mean median score scores intensity average")
_REACHED = word_set("improved reduced lower decreased better lowered")


def benefit_over(tokens: list[Token], run: Run) -> bool:
    """ "a BENEFIT OVER clay in VAS (3.1 vs 4.4)": the smaller first, so that none is a gain."""
    if run.cue not in ("benefit", "benefits") or len(run.values) != 2:
        return False
    ahead = [token.word for token in tokens[max(0, run.first - 14) : run.first]]
    over = any(one == run.cue and two == "over" for one, two in itertools.pairwise(ahead))
    return over and run.values[0].value < run.values[1].value


_OPENS_PAIR = word_set("( [ mean median")
_BETTER_THAN = word_set(
    "between no insignificant nonsignificant superiority superior inferior advantage over than"
)


def two_in_turn(tokens: list[Token], run: Run) -> bool:
    """ "a DIFFERENCE between wax and clay (3.1 ± 1.4 AND 5.0 ± 1.6)": two scores.

    So too "SUPERIORITY in VAS (3.1 and 4.4)"; not where two times or measures are listed ahead, of
    which each may have a difference.
    """
    if len(run.values) != 2 or tokens[run.first - 1].word not in _OPENS_PAIR:
        return False
    intervals = [any(x.kind == "ci" for x in value.spreads) for value in run.values]
    several = any(len(x.items) > 1 for kind in ("time", "measure") for x in run.pre.get(kind, []))
    if any(intervals) and (several or not all(intervals)):
        return False
    told = [len(labels.items) for labels in run.pre.get("arm", [])]
    ahead = {token.word for token in tokens[max(0, run.first - 14) : run.first]}
    behind = [token.word for token in tokens[run.last : run.last + 3]]
    if (told[-1:] == [2] or "between" in ahead) and "respectively" in behind:
        return run.separators == ["and"]
    listed = [x for kind in ("time", "measure") for x in run.pre.get(kind, [])]
    if any(len(labels.items) > 1 for labels in listed) or any(v.sign for v in run.values):
        return False
    if run.separators not in (["and"], [","], ["/"]) or max(told, default=0) > 2:
        return False
    # "Baseline VAS did not DIFFER (6.9 and 7.8)"
    return told[-1:] == [2] or bool(ahead & _BETTER_THAN) or run.cue in DIFFER

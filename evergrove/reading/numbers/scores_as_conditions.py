"""Whole scores at which something was done, or until which: "GIVEN WHEN NRS WAS 4", no result."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    CHANGE_NOUNS,
    DETERMINERS,
    SCORE_UNITS,
    word_set,
)
from evergrove.reading.view import View

_UNTIL = word_set("until till once")
_WHEN = word_set("when")
#: What takes time: "TIME TO a VAS of 0".
_TIMES = word_set("time times days weeks hours minutes interval latency")
#: What is done to people in pain.
_DONE = word_set(
    "given administered allowed offered injected provided repeated stopped discontinued started "
    "discharged prescribed permitted supplied withdrawn delivered applied added reinjected "
    "retreated rescued used requested triggered activated received"
)
_AIMED = word_set(
    "titrated titrating titration adjusted aimed aiming targeted targeting target goal aim"
)
#: What those who left were given: "the missing VAS was SET TO 10".
_SET = word_set("set imputed coded replaced substituted")
#: A sentence without such a word tells no such score.
MAYBE_CONDITION = _UNTIL | _WHEN | _TIMES | _AIMED | _SET
_BETWEEN = (
    DETERMINERS
    | SCORE_UNITS
    | CHANGE_NOUNS
    | word_set(
        "was were is had has been reached fell dropped rose decreased increased declined returned "
        "became exceeded fallen sunk gone down to of with by as at in below above or less "
        "more first reach reaching falling dropping "
        " - = patient patient's patients they he she their score scores rating level "
        "values value reported achieved achieving an equal than"
    )
)


def is_condition(tokens: list[Token], view: View, value: Value) -> bool:
    """Whether a value is what was waited for, aimed at, or reason to do something."""
    if value.spreads or value.percent or value.p is not None or "." in tokens[value.at].word:
        return False
    lead = _lead(tokens, view.a, value.first)
    if lead is None:
        return False
    word, then = tokens[lead].word, tokens[lead + 1].word
    if word in _SET:
        return then in ("to", "at", "as", "with", "by")
    if word in _WHEN:
        done = [token.word for token in tokens[max(view.a, lead - 8) : lead]]
        return not _DONE.isdisjoint(done)
    if word in _TIMES:
        # "fell at 6 WEEKS TO a VAS of 3" tells when
        return then in ("to", "until") and (lead == view.a or tokens[lead - 1].kind != "n")
    return True


def _lead(tokens: list[Token], a: int, first: int) -> int | None:
    """The word of condition that a value hangs on, with the name of a measure between; or None."""
    named = False
    for k in range(first - 1, max(a - 1, first - 12), -1):
        if tokens[k].word in MAYBE_CONDITION:
            return k if named or tokens[k].word in _SET else None
        if is_measure(tokens[k]):
            named = True
        elif tokens[k].word not in _BETWEEN:
            return None
    return None

"""Whole scores at which something was done, or until which: "GIVEN WHEN NRS WAS 4", no result."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    CENTRES,
    CHANGE_NOUNS,
    DETERMINERS,
    PEOPLE,
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
#: What a stimulus is set to: "tuned TO EVOKE a pain of 6".
_AROUSED = word_set("evoke elicit provoke induce produce cause yield")
#: What those who left were given: "the missing VAS was SET TO 10".
_SET = word_set("set imputed coded replaced substituted")
#: A sentence without such a word tells no such score.
MAYBE_CONDITION = _UNTIL | _WHEN | _TIMES | _AIMED | _AROUSED | _SET
#: And none of these, that people with such a score were given something.
MAYBE_GIVEN = word_set("received given administered injected")
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
        return _who_were_treated(tokens, view, value)
    word, then = tokens[lead].word, tokens[lead + 1].word
    if word in _SET:
        return then in ("to", "at", "as", "with", "by")
    if word in _AROUSED:
        return tokens[lead - 1].word == "to"
    if word in _WHEN:
        done = [token.word for token in tokens[max(view.a, lead - 8) : lead]]
        return not _DONE.isdisjoint(done)
    if word in _TIMES:
        # "fell at 6 WEEKS TO a VAS of 3" tells when
        return then in ("to", "until") and (lead == view.a or tokens[lead - 1].kind != "n")
    return True


def _who_were_treated(tokens: list[Token], view: View, value: Value) -> bool:
    """ "PATIENTS WITH A VAS OF 4 (out of 10) RECEIVED 5 MG of a drug": at which pain it was given.

    A dose stands behind the verb, and no people are counted ("12 patients with a VAS of 4").
    """
    if tokens[value.first - 1].word != "of" or view.q.counts or not CENTRES.isdisjoint(view.words):
        return False
    verb = next((k for k in range(value.last, view.b - 2) if tokens[k].word in _TREATED), None)
    if verb is None or any(tokens[k].word in (",", ";") for k in range(value.last, verb)):
        return False
    if all(tokens[k].kind != "n" for k in range(verb, view.b)):
        return False
    led = [tokens[k].word for k in range(max(view.a, value.first - 8), value.first - 1)]
    people = next((m for m in range(len(led) - 2, -1, -1) if led[m] in PEOPLE), None)
    return people is not None and led[people + 1] in ("with", "who", "reporting", "whose")


_TREATED = word_set("received were got")


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

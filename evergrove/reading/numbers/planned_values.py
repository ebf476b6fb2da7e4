"""Values of a sentence that plans, sets a threshold or says who was let in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from evergrove.reading.numbers.held_against import held_against
from evergrove.reading.numbers.judged_amounts import MAYBE_JUDGED, judged_amounts
from evergrove.reading.numbers.no_scores import result_before
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.numbers.yardsticks import has_own_number
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import SHOWING, STATE, VERBS, word_set
from evergrove.reading.view import View

_REASON = "planning, eligibility or a threshold"


def planned_values(tokens: list[Token], view: View) -> Callable[[Value], str | None]:
    """A test of a value against the planning or eligibility words of its sentence."""
    judged = [] if view.words.isdisjoint(MAYBE_JUDGED) else judged_amounts(tokens, view)
    planned = _of_planning(tokens, view)
    if view.planning and (found := held_against(tokens, view)):
        return lambda value: None if value in found else planned(value)
    return lambda value: _REASON if value in judged else planned(value)


def _of_planning(tokens: list[Token], view: View) -> Callable[[Value], str | None]:
    """A test of the values that no verdict stands beside."""
    if not view.planning:
        return lambda value: None
    judged = [m for m in view.planning if has_own_number(tokens, m.last, view.b)]
    if len(judged) == len(view.planning) and view.words.isdisjoint(_PLANS | _SET):
        return lambda value: None  # "31 mm with wax and 42 mm with clay, below the MCID (15 mm)"
    clauses = _clauses(tokens, view)
    if len(clauses) == 1:
        return _test(tokens, view)
    _own_spreads(view, clauses[0].b)
    tests = [(clause.b, _test(tokens, clause)) for clause in clauses]
    return lambda value: next(
        (test(value) for end, test in tests if value.first < end), tests[-1][1](value)
    )


def _clauses(tokens: list[Token], view: View) -> list[View]:
    """ "VAS FELL FROM 7 TO 3 AT 1 MONTH; a fall of 2 was relevant": a result and its yardstick.

    The sentence in two where a result of its own stands on one side of a semicolon, and all that
    plans on the other; else the sentence as it is.
    """
    first = min(mark.first for mark in view.planning)
    last = max(mark.last for mark in view.planning)
    for k in (*range(first - 1, view.a, -1), *range(last, view.b - 1)):
        if tokens[k].word != ";" and not _turns(tokens, view, k):
            continue
        left, right = _part(view, view.a, k), _part(view, k, view.b)
        told = left if k < first else right
        if _result(tokens, told) and (told is right or tokens[view.a].word not in _WHILE):
            return [left, right]
    return [view]


def _own_spreads(view: View, end: int) -> None:
    """ "... and 4.4 with clay; assuming an SD OF 1.9": what is planned is no spread of a result."""
    for value in view.q.values:
        far = [s for s in value.spreads if (s.at[0] < end) != (value.first < end)]
        if far:
            ends = [at for spread in far for at in spread.at]
            view.q.rejected.update(dict.fromkeys(ends, "spread without its centre"))
            value.spreads = [spread for spread in value.spreads if spread not in far]


def _turns(tokens: list[Token], view: View, k: int) -> bool:
    """ ", WHILE a fall of 2 was relevant", "WHILE a fall of 2 was relevant, VAS fell": another.

    Also ", AS THE lower bound lay above the margin", what a result is judged by.
    """
    if tokens[k].word != ",":
        return False
    if tokens[view.a].word in _WHILE:
        return True
    if tokens[view.a].word in _HELD_TO and all(mark.last <= k for mark in view.planning):
        # "WITH A MARGIN OF 1.5 points, the DIFFERENCE at 1 year was 0.2"
        return any(token.word in ("difference", "differences") for token in tokens[k : k + 6])
    if k + 2 >= len(tokens):
        return False
    at = k + 1 + (tokens[k + 1].word in ("and", "but"))
    judged = tokens[k + 1].word in _JUDGED and tokens[k + 2].word in _ARTICLES | {"that"}
    own = at > k + 1 and (tokens[at].word in _ARTICLES or _has_verb(tokens, at, view.b))
    return tokens[k + 1].word in _WHILE or judged or own


def _has_verb(tokens: list[Token], k: int, b: int) -> bool:
    """ ", and VAS AT 3 MONTHS WAS 3.1", ", and SEVERE PAIN WAS defined": a clause, no further item.

    Only its subject stands ahead of the verb.
    """
    for m in range(k + 1, min(b, k + 11)):
        if tokens[m].word in STATE or tokens[m].word in VERBS:
            return True
        if tokens[m].word in _ENDS_SUBJECT:
            return False
    return False


_ENDS_SUBJECT = word_set(", ; : ( [ ) ] and or than")


def _part(view: View, a: int, b: int) -> View:
    """The part of a view from token a to token b."""
    q = replace(
        view.q,
        values=[value for value in view.q.values if a <= value.first < b],
        ps=[p for p in view.q.ps if a <= p.first < b],
    )
    return replace(
        view, a=a, b=b, q=q,
        times=[time for time in view.times if a <= time.first < b],
        mentions=[mention for mention in view.mentions if a <= mention.first < b],
        planning=[mark for mark in view.planning if a <= mark.first < b],
    )  # fmt: skip


def _result(tokens: list[Token], part: View) -> bool:
    """Whether a clause tells a score: measure, verb, visit, and a decimal or a spread."""
    told = [v for v in part.q.values if v.spreads or "." in tokens[v.at].word]
    named = next((m.first for m in part.mentions if m.key), None)
    if not told or named is None:
        return False
    words = {tokens[k].word for k in range(part.a, part.b)}
    dated = any(time.kind in ("base", "point", "window", "final") for time in part.times)
    return dated and bool(words & (STATE | VERBS)) and not words & _PLANS


_WHILE = word_set("while whereas although though whilst")
_HELD_TO = word_set("with given against using")
_ARTICLES = word_set("a an the")
_JUDGED = word_set("as since because so")
_PLANS = word_set("would should will could may expected needed required if detect based")
_SET = word_set("defined set chosen considered regarded taken deemed assumed detected power")


def _test(tokens: list[Token], view: View) -> Callable[[Value], str | None]:
    """The test of one clause, or of a sentence that is one."""
    if not view.planning:
        return lambda value: None
    results = any(p.value is not None for p in view.q.ps) or any(
        v.p is not None for v in view.q.values
    )
    results = results or (len([v for v in view.q.values if v.spreads]) > 1 and bool(view.times))

    if any(tokens[mark.first].word in _CALCULATED for mark in view.planning) and not view.q.ps:
        return lambda value: _REASON
    shown = _shown(tokens, view) if not results else -1

    def reason(value: Value) -> str | None:
        if value.first < shown:
            return None
        if all(_in_bracket_of_its_own(tokens, mark.first, value) for mark in view.planning):
            return None  # "fell by 2.9 (SD 2.5) points, ... in 75% (MCID 1.2 points)"
        if not results:
            behind = all(_behind_semicolon(tokens, mark.last, value) for mark in view.planning)
            return None if behind else _REASON
        for mark in view.planning:
            if any(tokens[k].word == ":" for k in range(mark.last, value.first)):
                continue  # "no relevant change in disability: ODI 38 ± 12"
            if _behind_semicolon(tokens, mark.last, value):
                continue
            if 0 <= value.first - mark.last <= 6 or 0 <= mark.first - value.last <= 4:
                return _REASON
        return None

    return reason


#: "The CALCULATION assumed scores of 5.5 (SD 2.0) and 4.0 (SD 2.0)": nobody's, spreads or not.
_CALCULATED = word_set("calculation calculations")


def _in_bracket_of_its_own(tokens: list[Token], at: int, value: Value) -> bool:
    """Whether a bracket opens behind the value, which is printed exactly, and holds token `at`."""
    if at < value.last or not ("." in tokens[value.at].word and value.spreads):
        return False
    return open_bracket(tokens, value.last, at) is not None


def _behind_semicolon(tokens: list[Token], last: int, value: Value) -> bool:
    """ "A rating of 4 was required; at 6 weeks the mean was 2.9 (SD 1.2)": a clause of its own."""
    return bool(value.spreads) and any(tokens[k].word == ";" for k in range(last, value.first))


def _shown(tokens: list[Token], view: View) -> int:
    """ "NRS was 3.1 with A and 3.3 with B, PROVING non-inferiority (margin 1)": where that begins.

    What stands before such a clause is the result, and only what follows is planning; else -1.
    """
    first = min(mark.first for mark in view.planning)
    for k in range(view.a + 1, first):
        if tokens[k].word in SHOWING and tokens[k - 1].word in (",", "thus", "thereby"):
            before = [v for v in view.q.values if v.last <= k]
            named = any(m.key and m.first < k for m in view.mentions)
            if len(before) < 2 or not named:
                return -1
            for value in before:
                # "as the lower bound of the 95% CI (-1.2, 8.0) was above it": of the difference
                far = [spread for spread in value.spreads if spread.at[0] > k]
                ends = [at for spread in far for at in spread.at]
                view.q.rejected.update(dict.fromkeys(ends, "spread without its centre"))
                value.spreads = [spread for spread in value.spreads if spread not in far]
            return k
    return result_before(tokens, view, first)


#: A sentence without these holds nothing under a condition.
IF = word_set("if whenever unless")


def in_condition(tokens: list[Token], view: View, value: Value) -> bool:
    """ "IF VAS WAS 4 at 6 hours, a dose was given": what something was done at."""
    for k in range(value.first - 1, max(view.a - 1, value.first - 9), -1):
        if tokens[k].word in IF:
            return tokens[k + 1].word not in ("anything", "any", "so")
        if tokens[k].word in (",", ";", ":"):
            return False
    return False

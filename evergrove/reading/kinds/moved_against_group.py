"""One number behind what a treatment did "compared with" another: by how much more it did it."""

from __future__ import annotations

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.text.small_words import COMPARED, THAN_WORDS
from evergrove.reading.text.stat_words import sign_of
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import CONTROLS, PRE_WORDS, word_set
from evergrove.reading.times.time_parts import Time
from evergrove.reading.view import View

_MOVED = word_set(
    "reduced lowered decreased improved relieved eased diminished lessened reduces lowers "
    "decreases improves relieves eases alleviated attenuated"
)
_PASSIVE = word_set("was were is are been being be")
_LINKS = word_set("with to")
_STOPS = word_set("; : but while whereas although ( ) [ ]")
_BEHIND = word_set("did does the a an those in of that group groups arm alone")
_LEADS = word_set(": = , by mean nrs vas")
#: What is no group, and what a score is compared with that is no group's
_NO_GROUP = PRE_WORDS | word_set(
    "baseline before initial previous entry admission earlier value values score scores level "
    "levels visit visits side expected normal usual healthy themselves itself which"
)


def moved_against_group(document: Document, view: View, run: Run, times: list[Time]) -> None:
    """ "Wax LOWERED pain COMPARED WITH CLAY (-1.1; p = 0.01)": how much more than clay, in doubt.

    The one number of the sentence, alone in its bracket: it is no change of clay, nor of everybody.
    So too "lowered pain more than clay did (-1.1)", "Compared with clay, wax lowered pain (-1.1)".
    """
    tokens = document.tokens
    if len([value for value in view.q.values if not value.percent]) != 1 or len(run.values) != 1:
        return
    opened = _bracket_ahead(tokens, view.a, run)
    below = run.stat == "change" or (run.stat == "level" and run.values[0].sign == "-")
    if not below or not opened or run.values[0].percent:
        return
    at = _verb_ahead(tokens, view.a, opened)
    if not at:
        return
    told = _group_behind(tokens, at + 1, opened, view, times)
    if not told and tokens[view.a].word in COMPARED:
        told = _group_behind(tokens, view.a, at, view, times)
    if not told:
        return
    group = any(arm.first <= told < arm.last for arm in view.arms)
    control = group or tokens[told].word in CONTROLS
    by_treatment = tokens[at - 1].word not in _PASSIVE and tokens[at - 2].word not in _PASSIVE
    if not control and not (by_treatment and _moves_a_score(tokens, at)):
        return
    ahead = [arm for arm in view.arms if not arm.first <= told < arm.last]
    run.stat, run.role, run.cue = "between_diff", "of", tokens[at].word
    run.sign = "" if run.values[0].sign else sign_of(run.cue)
    run.control = 0 if ahead or not control else told
    document.queue.add("change_or_difference")


def _bracket_ahead(tokens: list[Token], a: int, run: Run) -> int:
    """The bracket that a value opens, perhaps behind its measure: "(NRS: -1.1"; 0 if none."""
    k = run.first - 1
    while k > a and (tokens[k].mark is not None or tokens[k].word in _LEADS):
        k -= 1
    return k if k > a and tokens[k].word in ("(", "[") else 0


def _verb_ahead(tokens: list[Token], a: int, opened: int) -> int:
    """The one word of what was done to the score ahead of a bracket; 0 if none or several."""
    told = [k for k in range(a + 1, opened) if tokens[k].word in _MOVED]
    return told[0] if len(told) == 1 else 0


def _group_behind(tokens: list[Token], first: int, stop: int, view: View, times: list[Time]) -> int:
    """The token that names a group behind "compared with" in first..stop, up to the end; or 0."""
    timed = {k for time in times for k in range(time.first, time.last)}
    base = {k for time in times if time.kind == "base" for k in range(time.first, time.last)}
    for k in range(first, stop - 1):
        word = tokens[k].word
        pair = word in COMPARED and tokens[k + 1].word in _LINKS
        if not pair and word not in THAN_WORDS:
            continue
        behind = range(k + 1 + pair, stop)
        words = {tokens[m].word for m in behind}
        if not behind or words & (_NO_GROUP | _STOPS) or base & set(behind) or len(behind) > 14:
            return 0
        start = next((m for m in behind if tokens[m].word not in _BEHIND), 0)
        named = next((arm.first for arm in view.arms if arm.first in behind), start)
        plain = tokens[start].kind == "w" and start not in timed and not is_measure(tokens[start])
        return named if named != start or plain else 0
    return 0


def _moves_a_score(tokens: list[Token], verb: int) -> bool:
    """ "Wax LOWERED THE MEAN severity of PAIN": a treatment, and what it lowers."""
    return any(is_measure(tokens[k]) for k in range(verb + 1, min(verb + 6, len(tokens))))

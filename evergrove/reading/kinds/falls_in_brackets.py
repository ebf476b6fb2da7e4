"""One number in a bracket behind a fall or a difference: "a difference was seen in VAS (1.8)"."""

from __future__ import annotations

import itertools

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.numbers.separators import NOTED
from evergrove.reading.text.small_words import OPENS
from evergrove.reading.text.stat_words import COMPARATIVE, DIFFERENCE, sign_of
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, STATE, word_set
from evergrove.reading.times.time_parts import Time
from evergrove.reading.view import View

_STOPS = word_set("; : whereas while but although than")
_OF_SCORES = word_set("mean median average pain scores score")
_POINTS = word_set("point points")
_MOVED = (CHANGE | CHANGE_NOUNS) - COMPARATIVE - word_set("changed change changes")


def falls_in_brackets(document: Document, view: View, runs: list[Run], times: list[Time]) -> None:
    """ "A fall in VAS was noted at 6 weeks (1.9 POINTS)": how far; without "points" it is asked.

    Not where a score before stands in the sentence, or the bracket names what its number is.
    """
    tokens = document.tokens
    if len(runs) > 1 and _from_score(tokens, runs):
        document.queue.add("direction_assumed")
    if len(runs) > 1 and "+" in view.words:
        _one_with_a_plus(tokens, view.a, runs)
    if not runs or any(run.role == "from" or run.stat != "level" for run in runs):
        return
    if not all(_alone(tokens, run) for run in runs):
        return
    if any(time.kind == "base" for time in times):
        _moved_from_baseline(document, view, runs, times)
        return
    cue = _moved(tokens, view.a, runs[0].first)
    if not cue:
        _seen_difference(document, view, runs)
        return
    if not all(_in_points(tokens, run) for run in runs):
        document.queue.add("direction_assumed")
        return
    for run in runs:
        run.stat, run.cue, run.role, run.sign = "change", cue, "of", sign_of(cue)


def _one_with_a_plus(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """ "a fall in VAS at week 8 (9.6), whereas a rise was seen with clay (+1.6)": amounts, all.

    No score is printed with a plus; so what opens a bracket behind a fall is one of them too.
    """
    opens = all(len(run.values) == 1 and tokens[run.first - 1].word in OPENS for run in runs)
    signs = {run.values[0].sign for run in runs}
    if not opens or "+" not in signs or "-" in signs:
        return
    told = [run.cue if run.stat == "change" else "" for run in runs]
    cues = [cue or _verb_of(tokens, a, run.first) for cue, run in zip(told, runs, strict=True)]
    if not (runs[0].stat == "change" or _moved(tokens, a, runs[0].first)):
        return
    if any(run.stat not in ("level", "change") for run in runs) or "" in cues:
        return
    for run, cue in zip(runs, cues, strict=True):
        if run.stat == "level":
            run.stat, run.cue, run.role, run.sign = "change", cue, "of", sign_of(cue)


def _verb_of(tokens: list[Token], a: int, stop: int) -> str:
    """The last word for a fall or a rise ahead of a bracket, of whatever."""
    words = (tokens[k].word for k in range(stop - 1, a - 1, -1))
    return next((word for word in words if word in _MOVED), "")


def _moved_from_baseline(
    document: Document, view: View, runs: list[Run], times: list[Time]
) -> None:
    """ "Wax REDUCED VAS FROM BASELINE (8.6 ± 6.4 mm, P = 0.04)": by how much, where it was tested.

    "VAS fell from baseline (68 mm)" may be the score then; it is asked in either case.
    """
    tokens = document.tokens
    since = [time for time in times if time.kind == "base"]
    last = max(times, key=lambda time: time.first)
    if since != [last] or tokens[last.first - 1].word != "from" or last.last > runs[0].first:
        return  # "fell from baseline (68 mm) to 12 weeks (31 mm)"
    cue = _moved(tokens, view.a, last.first)
    if not cue:
        return
    document.queue.add("direction_assumed")
    if all(_tested(tokens, run) for run in runs):
        for run in runs:
            run.stat, run.cue, run.role, run.sign = "change", cue, "of", sign_of(cue)


def _tested(tokens: list[Token], run: Run) -> bool:
    """Whether a p stands in the bracket of a value."""
    last = max([run.last, *(at for spread in run.values[0].spreads for at in spread.at)])
    for token in tokens[last : last + 8]:
        if token.word in (")", "]"):
            return False
        if token.word == "p":
            return True
    return False


def losses_in_brackets(tokens: list[Token], view: View, runs: list[Run]) -> None:
    """ "Weight LOSS was seen with wax (1.9 ± 3.9 kg) and clay (0.4 ± 5.2 kg)": how much it was."""
    for run in runs:
        named = [m for m in view.mentions if m.key and m.last < run.first]
        noun = tokens[named[-1].last].word if named else ""
        opens = tokens[run.first - 1].word in OPENS
        if noun in LOST and opens and run.stat == "level" and "from" not in view.words:
            run.stat, run.cue, run.role, run.sign = "change", noun, "of", sign_of(noun)


LOST = word_set("loss gain")


def _seen_difference(document: Document, view: View, runs: list[Run]) -> None:
    """ "A significant DIFFERENCE WAS FOUND in VAS at 3 months (1.8)": by how much the two differ.

    Not "was found in the wax group (1.8)"; where the text has no two groups, it is asked.
    """
    tokens = document.tokens
    noun = _difference(tokens, view.a, runs[0].first)
    named = [arm for arm in view.arms if noun < arm.first < runs[-1].first]
    if not noun or any(run.values[0].spreads for run in runs) or len(named) == 1:
        return
    if len(document.declared.arms) < 2 and len(view.arms) < 2:
        document.queue.add("direction_assumed")
        return
    for run in runs:
        run.stat, run.cue, run.role, run.sign = "between_diff", tokens[noun].word, "of", ""


def _difference(tokens: list[Token], a: int, stop: int) -> int:
    """The noun of "a DIFFERENCE WAS FOUND", the last clause ahead of `stop`; 0 if there is none."""
    for k in range(stop - 2, a, -1):
        if tokens[k].word in _STOPS or tokens[k].word in ("with", "having"):
            return 0  # "was found, WITH a mean VAS at 3 months (1.8)"
        if tokens[k].word in DIFFERENCE:
            near = [tokens[m].word for m in range(k + 1, min(k + 9, stop))]
            seen = any(w in STATE and v in NOTED for w, v in itertools.pairwise(near))
            return k if seen else 0
    return 0


def _from_score(tokens: list[Token], runs: list[Run]) -> bool:
    """ "a reduction at 1 week (5.3) and at 3 months (3.7) FROM 7.6": by as much, or to that?"""
    *falls, last = runs
    told = last.role == "from" and all(run.stat == "change" for run in falls)
    return told and not any(_in_points(tokens, run) or not _alone(tokens, run) for run in falls)


def _alone(tokens: list[Token], run: Run) -> bool:
    """Whether a run is one number that opens a bracket."""
    value = run.values[0]
    plain = len(run.values) == 1 and not value.sign and not value.percent
    against = tokens[run.last].word in ("vs", "versus", "and", "to")
    return plain and tokens[run.first - 1].word in OPENS and not against


def _in_points(tokens: list[Token], run: Run) -> bool:
    spreads = [at + 1 for spread in run.values[0].spreads for at in spread.at]
    last = max([run.last, *spreads])
    return tokens[last].word in _POINTS or tokens[last - 1].word in _POINTS


def _moved(tokens: list[Token], a: int, stop: int) -> str:
    """The word that tells a fall or a rise of a measure ahead of the bracket at `stop`; else ""."""
    for k in range(stop - 1, a - 1, -1):
        if tokens[k].word in _STOPS:
            return ""
        if tokens[k].word in _MOVED and tokens[k].mark is None:
            if tokens[k + 1].word in _OF_SCORES:
                return ""  # "DECREASED MEDIAN pain scores were noted at 1 day (6.0)"
            near = range(max(a, k - 8), min(k + 8, stop))
            return tokens[k].word if any(is_measure(tokens[m]) for m in near) else ""
    return ""

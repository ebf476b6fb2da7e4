"""A difference or a fall that has itself become smaller: "by 24 h THE GAP HAD NARROWED TO 1.3"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import DIFFERENCE, sign_of
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, word_set

_NOUNS = DIFFERENCE | CHANGE_NOUNS
_SHRANK = word_set(
    "narrowed widened shrunk shrank shrunken grown grew dwindled waned doubled halved closed"
)
_MOVED = CHANGE | _SHRANK
_HAD = word_set("had has was have then only already")


def amounts_that_moved(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """ "THE GAP HAD NARROWED TO 1.3", "THE DROP still SHRANK TO 1.1": no score.

    Also "IT had shrunk to 1.3" behind a difference or a change; "it had fallen to 1.3" is a score.
    """
    for index, run in enumerate(runs):
        before = runs[index - 1] if index else None
        if run.stat != "level" or run.role != "to" or len(run.values) > 1:
            continue
        if before is not None and before.role == "from":
            continue
        start = before.last if before is not None else a
        noun = _subject(tokens, start, run.first - 1)
        if not noun:
            continue
        word = tokens[noun].word
        told = before is not None and before.stat in ("change", "between_diff")
        if word == "it" and told and before is not None:
            run.go_on_from(before)
        elif word in DIFFERENCE:
            run.stat, run.cue, run.sign, run.role = "between_diff", word, "", "of"
        elif word in CHANGE_NOUNS:
            run.stat, run.cue, run.sign, run.role = "change", word, sign_of(word), "of"


def _subject(tokens: list[Token], start: int, at: int) -> int:
    """The noun or "it" whose verb stands right before the "to" at `at`; 0 if there is none."""
    if tokens[at].word != "to" or tokens[at - 1].word not in _MOVED:
        return 0
    k = at - 2
    while k > start and tokens[k].word in _HAD:
        k -= 1
    if tokens[k].word == ",":  # "the drop, still measured against the value before it, had"
        k = next((m - 1 for m in range(k - 1, start, -1) if tokens[m].word == ","), k)
    if tokens[k].word == "it":
        return k if tokens[at - 1].word in _SHRANK else 0
    led = tokens[k - 1].word in ("the", "this", "that", "mean")
    return k if led and tokens[k].word in _NOUNS else 0

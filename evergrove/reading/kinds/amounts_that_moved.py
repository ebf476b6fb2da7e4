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
    Of two groups: "THE DROPS HAD GROWN TO 2.3 and 1.4".
    """
    for index, run in enumerate(runs):
        before = runs[index - 1] if index else None
        if run.stat != "level" or run.role != "to":
            continue
        if before is not None and before.role == "from":
            continue
        start = before.last if before is not None else a
        noun = _subject(tokens, start, run.first - 1)
        if not noun:
            continue
        word = tokens[noun].word
        if len(run.values) > 1 and word not in CHANGE_NOUNS:
            continue
        told = before is not None and before.stat in ("change", "between_diff")
        if word == "it" and told and before is not None:
            run.go_on_from(before)
        elif word in DIFFERENCE:
            run.stat, run.cue, run.sign, run.role = "between_diff", word, "", "of"
        elif word in CHANGE_NOUNS:
            run.stat, run.cue, run.sign, run.role = "change", word, sign_of(word), "of"


def it_moved(tokens: list[Token], a: int, runs: list[Run], before: Run) -> None:
    """ "The difference was 2.2 at 8 weeks. At 20 weeks IT HAD DWINDLED TO 1.4": still one.

    `before`: the last number of the sentence before.
    """
    if not runs or before.stat not in ("change", "between_diff") or len(runs[0].values) > 1:
        return
    run = runs[0]
    noun = _subject(tokens, a, run.first - 1) if (run.stat, run.role) == ("level", "to") else 0
    if noun and tokens[noun].word == "it":
        run.stat, run.cue, run.sign, run.role = before.stat, before.cue, before.sign, "of"
        run.inherits = True


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
    if tokens[k].word == "baseline" and tokens[k - 1].word == "from":
        k -= 2  # "by month 9, THE GAINS from baseline had grown to"
    led = tokens[k - 1].word in ("the", "this", "that", "mean", "these", "those")
    led = led or (tokens[k - 1].word == "," and tokens[k].word.endswith("s"))
    return k if led and tokens[k].word in _NOUNS else 0

"""Verbs that make numbers behind "at" and "of" changes: "the reduction STOOD AT 2.9 points"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.kinds.ranked_changes import RANKS
from evergrove.reading.text.stat_words import COMPARATIVE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, MOVE, STATE, VERBS, word_set

#: What a score does when it moves, and in which direction.
MOVED = (CHANGE & VERBS) - CHANGE_NOUNS - COMPARATIVE - MOVE
SIMILAR = word_set("similar same alike comparable equal identical follows")
_HARDLY = word_set("almost nearly very quite highly")
_MOST = RANKS | word_set("most least pronounced marked steepest slight smaller greater larger")


def stood_at(tokens: list[Token], start: int, at: int) -> int:
    """ "changes WERE similar AT 2.9 and 2.7", "the reduction STOOD AT 2.9": the verb; 0 if none."""
    k = at - 1
    while k > start and tokens[k].word in SIMILAR | _HARDLY:
        k -= 1
    return k if k > start and tokens[k].word in STATE else 0


def most_at(tokens: list[Token], a: int, at: int) -> int:
    """ "The fall WAS MOST PRONOUNCED with wax, AT 2.9 points": the verb; 0 if there is none."""
    if tokens[at - 1].word != ",":
        return 0
    words = [tokens[k].word for k in range(a, at)]
    verb = next((a + n for n, word in enumerate(words) if word in STATE), 0)
    led = verb and not CHANGE_NOUNS.isdisjoint(words[: verb - a])
    return verb if led and not _MOST.isdisjoint(words[verb - a : verb - a + 4]) else 0


def reduced_of_again(tokens: list[Token], previous: Run, run: Run) -> bool:
    """ "ODI was REDUCED OF 13.7 points and VAS OF 2.4": reduced by that as well."""
    again = previous.role in ("by", "of") and previous.stat == "change" and run.verb is None
    first = previous.first - 1
    return again and tokens[first].word == "of" and tokens[first - 1].word in MOVED

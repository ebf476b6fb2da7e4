"""Treatments as subjects: "WAX lowered VAS by 2.1, while CLAY did so by 1.3"."""

from __future__ import annotations

from evergrove.reading.arms.arms_by_form import Frame, name_before, named
from evergrove.reading.text.small_words import IS, JOINS_CLAUSES
from evergrove.reading.text.stat_words import LOWERING_VERBS
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import word_set

#: What leads a frame that is the subject of its verb.
SUBJECT = "subject"
_DID = word_set("did achieved")
_LED = {"led": ("to",), "resulted": ("in",), "associated": ("with",)}
_IT = word_set("it this them")


def subject_frames(tokens: list[Token], a: int, b: int) -> list[Frame]:
    """The names before "lowered VAS", "led to", "was associated with", "did so", in order.

    The first opens the sentence, or follows its opening comma; the others follow a word that joins.
    """
    found: list[Frame] = []
    for k in range(a + 1, b - 1):
        if tokens[k].word not in _ACTING or not _acts(tokens, k):
            continue
        end = k - (tokens[k - 1].word in IS)
        span = name_before(tokens, end, a)
        name = named(tokens, span) if span is not None else ""
        if span is None or not name:
            continue
        lead = tokens[span[0] - 1].word if span[0] > a else ""
        opens = span[0] == a or lead in JOINS_CLAUSES or lead == ":"
        if opens or (lead == "the" and span[0] - 1 == a):
            found.append(Frame(span[0], k, name, True, SUBJECT))
    return found


_ACTING = _LED.keys() | _DID | LOWERING_VERBS


def _acts(tokens: list[Token], k: int) -> bool:
    """Whether the verb at k says what a treatment brought about."""
    word, behind = tokens[k].word, tokens[k + 1].word
    if word in _LED:
        return behind in _LED[word]
    if word in _DID:
        return behind == "so"
    if word not in LOWERING_VERBS:
        return False
    if behind in _IT:
        return True
    return any(is_measure(t) for t in tokens[k + 1 : k + 5])

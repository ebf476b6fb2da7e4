"""Of which visits a p is told: "(p < 0.01 for EVERY TIME AFTER WAX, versus baseline)"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_EVERY = word_set("every each all any either both")
MAYBE_VISITS_OF_P = Clues(*(f" for {word} " for word in sorted(_EVERY)), words=word_set("p"))
_VISITS = word_set(
    "time times visit visits timepoint timepoints point points assessment assessments "
    "measurement measurements occasion occasions follow-up follow-ups interval intervals"
)
_ENDS = word_set(") ] , ; compared versus vs against relative from than")
_FAR = 7


def visits_of_p(tokens: list[Token]) -> None:
    """ "(p < 0.01 for EACH VISIT AFTER WAX versus baseline)" is "for all versus baseline".

    Neither a time nor a group of its own. Not "for each group", nor where a number dates it.
    """
    for k in range(len(tokens) - 5, 3, -1):
        if tokens[k].word != "for" or tokens[k + 1].word not in _EVERY:
            continue
        if tokens[k + 2].word in ("these", "those") and tokens[k + 3].word in _VISITS:
            del tokens[k + 2 : k + 4]  # "and FOR ALL THESE VISITS the fall was significant"
            continue
        signed = tokens[k - 1].kind == "n" and "p" in (tokens[k - 3].word, tokens[k - 4].word)
        if not signed:
            continue
        end = k + 2
        while end < len(tokens) - 1 and end - k < _FAR and tokens[end].kind != "n":
            if tokens[end].word in _ENDS:
                break
            end += 1
        if tokens[end].word in _ENDS and any(t.word in _VISITS for t in tokens[k + 2 : end]):
            tokens[k + 1].word = "all"
            del tokens[k + 2 : end]

""" "One" for a score that was named before: "the women had a VAS of 3.2, the men ONE OF 4.6"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import SCORE_UNITS, is_content, word_set

#: A text without this has none.
MAYBE_ONE = Clues(("one of ", r"one of (?<!\wone of )\d"), words=word_set("one"))
_BEHIND = SCORE_UNITS | word_set("± % ( [")
_LEADS = word_set("had showed reported with and a )")


def ones_as_scores(tokens: list[Token]) -> None:
    """Read "one" as a word, where a score follows behind "of" and no people: "one of 4.6".

    With decimals, a unit or a spread; "one of 41 patients" counts people.
    """
    for k in range(1, len(tokens) - 3):
        if tokens[k].raw.lower() != "one" or tokens[k + 1].word != "of":
            continue
        score = tokens[k + 2]
        if score.kind != "n" or not ("." in score.word or tokens[k + 3].word in _BEHIND):
            continue
        before = tokens[k - 1]
        if before.kind == "w" and (is_content(before.word) or before.word in _LEADS):
            tokens[k].kind, tokens[k].value, tokens[k].flag = "w", 0.0, ""

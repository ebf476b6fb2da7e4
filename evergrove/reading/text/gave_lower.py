"""Treatments that "resulted in lower" scores: told as what they "gave"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_LOWER = r"(?:an? )?(?:[a-z]+ly )?(?:lower|higher|less) "
#: One of them stands in every text that says so.
MAYBE_RESULTED = Clues(
    (" resulted in ", rf" resulted in {_LOWER}"),
    (" led to ", rf" led to {_LOWER}"),
    (" associated with ", rf" w(?:as|ere) associated with {_LOWER}"),
    words=word_set("resulted led associated"),
)
_TURNS = {"resulted": "in", "led": "to", "associated": "with"}
_COMPARED = word_set("lower higher less")


def gave_lower(tokens: list[Token]) -> None:
    """ "Wax RESULTED IN lower VAS (2.1 vs 3.9) than clay", "WAS ASSOCIATED WITH": "gave"."""
    for k in range(len(tokens) - 3, 0, -1):
        if _TURNS.get(tokens[k].word) != tokens[k + 1].word:
            continue
        first = k + 2 + (tokens[k + 2].word in ("a", "an"))
        first += first < len(tokens) and tokens[first].word.endswith("ly")
        if first >= len(tokens) or tokens[first].word not in _COMPARED:
            continue
        was = tokens[k].word == "associated"
        if was and tokens[k - 1].word not in ("was", "were"):
            continue
        tokens[k].word, tokens[k].raw = "gave", "gave"
        del tokens[k + 1]
        if was:
            del tokens[k - 1]

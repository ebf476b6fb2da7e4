"""The mean time of a last visit in a bracket: "at the last VISIT (MEAN 27 months)"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_LAST = word_set("last final latest closing")
_VISITS = word_set("visit examination review assessment control contact check-up")
_MEANS = word_set("mean median average averaging")
MAYBE_LENGTH = Clues(
    *((one, rf"{one} \((?:a )?(?:mean|median|average)") for one in sorted(_VISITS)), words=_LAST
)


def lengths_of_visits(tokens: list[Token]) -> None:
    """ "the last VISIT (mean 27 months)" is "the last follow-up (mean 27 months)": how late it was.

    A mean of anything but time is none: "at the last visit (mean VAS 2.7)".
    """
    for k in range(1, len(tokens) - 4):
        if tokens[k].word not in _VISITS or tokens[k - 1].word not in _LAST:
            continue
        m = k + 2 + (tokens[k + 2].word == "a")
        if tokens[k + 1].word != "(" or tokens[m].word not in _MEANS:
            continue
        m += 1
        while m < len(tokens) - 1 and tokens[m].word in (",", ":", "of", "="):
            m += 1
        if tokens[m].kind == "n" and tokens[m + 1].word in ("months", "years", "weeks", "days"):
            tokens[k].word = "followup"

"""States that head their scores: "VAS: REST, 2.1; COUGHING, 4.4" is "rest 2.1; coughing 4.4"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_STATES = word_set(
    "rest resting movement motion moving activity coughing cough walking standing sitting exercise "
    "night nighttime evening morning daytime exertion flexion loading swallowing "
    "back leg neck arm knee hip shoulder heel hand wrist elbow ankle foot thigh chest"
)
MAYBE_HEADS = Clues(*(f"{one}, " for one in sorted(_STATES)), words=_STATES)


def states_as_heads(tokens: list[Token]) -> None:
    """ "Pain on day 3: REST, 2.1; COUGHING, 4.4" is "rest 2.1; coughing 4.4", each with its own.

    Only of two or more states in one list, a colon or semicolon ahead of each.
    """
    heads = [
        k
        for k in range(1, len(tokens) - 2)
        if tokens[k].word in _STATES
        and tokens[k + 1].word == ","
        and tokens[k + 2].kind == "n"
        and tokens[k - 1].word in (":", ";", ",", "(")
    ]
    if len(heads) > 1:
        for k in reversed(heads):
            del tokens[k + 1]

"""Groups told by "on" behind a measure: "the change in VAS ON WAX was -4, and -2 ON CLAY"."""

from __future__ import annotations

from evergrove.reading.arms.declared_arms import declared_arm
from evergrove.reading.declarations import Declared
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.tokens import Token

#: A sentence without this tells no group so.
ON = "on"


def without_groups_as_states(
    tokens: list[Token], mentions: list[Mention], declared: Declared
) -> None:
    """End the name of a measure before "ON WAX" where wax is a group: it is no state of pain.

    "VAS on gripping", "pain on exercise" keep it: words that the profile knows as a state.
    """
    for mention in mentions:
        if not mention.key or not mention.qualifier:
            continue
        at = next(
            (k for k in range(mention.last - 1, mention.first, -1) if tokens[k].word == ON), None
        )
        if at is None or any(tokens[k].mark is not None for k in range(at, mention.last)):
            continue
        name = " ".join(tokens[k].raw for k in range(at + 1, mention.last))
        if name.lower() == mention.qualifier and declared_arm(name, declared) is not None:
            mention.last, mention.qualifier = at, None

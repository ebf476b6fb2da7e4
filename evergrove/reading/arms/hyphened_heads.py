"""Names of two words of which the first tells it from another group: "the SHAM-wax group"."""

from __future__ import annotations


def only_head(told: str, name: str) -> bool:
    """ "treated with WAX ... in the SHAM-WAX group": the noun alone is not the hyphened one.

    `told`: the phrase; `name`: the only group that the text declares. It tells that there is
    another by the word before the hyphen.
    """
    kind, hyphen, head = name.lower().partition("-")
    words = told.lower().replace("-", " ").split()
    if not hyphen or not kind or " " in head or "-" in head:
        return False
    return head in words and kind not in words

"""Signs inside of a name that is read as one word: "wax 150 mg/day", "WX+".

Names are taken apart at blanks and signs; letters that no text has stand for them until a name is
printed.
"""

from __future__ import annotations

_LETTERS = {" ": "\ua78f", "/": "\ua78c", "-": "\ua799", "+": "\ua7a9"}
_HIDE = str.maketrans(_LETTERS)
#: A blank behind the words by which a group is known: what follows it is printed, and no more.
PRINTED_BEHIND = "\ua793"
_SHOW = str.maketrans({letter: sign for sign, letter in _LETTERS.items()} | {PRINTED_BEHIND: " "})


def hidden(raw: str) -> str:
    """A name without the signs at which it would be taken apart."""
    return raw.translate(_HIDE)


def signs_printed(name: str) -> str:
    """The name of a group with its blanks and signs again: "wax 150 mg/day", "WX+"."""
    return name if name.isascii() else name.translate(_SHOW)

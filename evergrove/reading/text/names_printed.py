"""Names of groups as the text prints them, where several of its words were read as one."""

from __future__ import annotations

from evergrove.reading.text.ages_as_names import ages_printed
from evergrove.reading.text.hidden_signs import signs_printed
from evergrove.reading.text.left_sides import left_printed
from evergrove.reading.text.numbered_types import types_printed


def as_printed(name: str) -> str:
    """ "type1 gout" as "type 1 gout", "leftsided knees" as "left knees"."""
    return signs_printed(left_printed(ages_printed(types_printed(name))))

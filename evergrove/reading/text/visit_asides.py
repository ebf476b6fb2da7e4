"""What is said of a visit beside its date: "at 12 weeks (END OF TREATMENT)"."""

from __future__ import annotations

import re

from evergrove.reading.text.clues import Clues

_UNITS = ("days", "weeks", "months", "years", "day", "week", "month", "year", "hours", "h", "min")
_DATED = "(?:" + "|".join(rf"(?<=\d {unit})" for unit in _UNITS) + "|(?<=week \\d))"
_LENGTH = r"\d+(?:\.\d+)? (?:days|weeks|months|years|d|h|hours)"
_VISIT = (
    r"(?:the )?(?:end of (?:the )?(?:treatment|therapy|intervention|study|trial|follow-up)"
    r"|(?:last|final|first|second|third|main) (?:visit|follow-up|follow up|assessment|examination)"
    r"|primary (?:end-?point|time ?point)|follow-up|visit \d+|study end|end of study)"
)
_SPREAD = (
    r"(?:sd|se|range|iqr|\u00b1|\+/-)[:,=]? ?(?:\d+(?:\.\d+)?(?: ?(?:-|\u2013|to) ?\d+(?:\.\d+)?)?)"
    r"(?: (?:days|weeks|months|years))?"
)
_PATTERNS = (
    re.compile(rf"{_DATED} \({_VISIT}\)"),
    re.compile(r"(?:(?<=\d weeks)|(?<=\d months)) \((?:day|week) \d+\)"),
    re.compile(rf"{_DATED}, {_VISIT}(?=[,.])"),
    re.compile(
        rf"{_DATED}, (?:when|by which time|at which time|after) (?:the |all |most )?[a-z]+"
        r"(?: [a-z]+)? (?:was|were|had been) (?:removed|taken off|stopped|discharged|finished|over)"
        r"(?=[,.])"
    ),
    re.compile(rf"\({_LENGTH} on average\)"),
    re.compile(r" after (?:switching|swapping|changing|exchanging) (?:the )?(?:groups|arms)(?= )"),
)
_SPREADS = re.compile(rf"{_DATED} \({_SPREAD}\)")
# "AT 12 WEEKS (SD 1.2)", and not "a stay of 12 weeks (SD 1.2)", which is a value
_AT = re.compile(r"\b(?:at|after|by) (?:a (?:mean|median) of )?\d+(?:\.\d+)? [a-z]+$")
_CLUES = Clues(
    "(end ", ", end ", "(the ", ", the ", "visit", "follow-up)", "follow-up,", "assessment",
    "point)",
    "(day ", "(week ", "(sd", "(se ", "(range", "(iqr", "(\u00b1", ", when ", "which time",
    ", after ", "on average)", "g groups", "g arms",
    "g the groups",
)  # fmt: skip


def of_visits(text: str) -> list[re.Match[str]]:
    """The places in a text in small letters that say of a dated visit what visit it was."""
    if not _CLUES.within(text):
        return []
    found = [match for pattern in _PATTERNS for match in pattern.finditer(text)]
    for match in _SPREADS.finditer(text):
        if _AT.search(text, max(0, match.start() - 30), match.start()):
            found.append(match)
    return found

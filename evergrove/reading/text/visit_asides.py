"""What is said of a visit beside its date: "at 12 weeks (END OF TREATMENT)"."""

from __future__ import annotations

import re

from evergrove.reading.text.clues import Clues

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
# Each begins with a plain sign, which is found many times faster than what stands before it.
_BESIDE_DATES = (
    re.compile(rf" \({_VISIT}\)"),
    re.compile(rf", {_VISIT}(?=[,.])"),
    re.compile(
        r", (?:when|by which time|at which time|after) (?:the |all |most )?[a-z]+"
        r"(?: [a-z]+)? (?:was|were|had been) (?:removed|taken off|stopped|discharged|finished|over)"
        r"(?=[,.])"
    ),
)
_DAYS = re.compile(r" \((?:day|week) \d+\)")
_SPREADS = re.compile(rf" \({_SPREAD}\)")
_ANYWHERE = (
    re.compile(rf"\({_LENGTH} on average\)"),
    re.compile(r" after (?:switching|swapping|changing|exchanging) (?:the )?(?:groups|arms)(?= )"),
)
_DATE = re.compile(r"(?:\d (?:days?|weeks?|months?|years?|hours|h|min)|week \d)$")
_WEEKS = re.compile(r"\d (?:weeks|months)$")
# "AT 12 WEEKS (SD 1.2)", and not "a stay of 12 weeks (SD 1.2)", which is a value
_AT = re.compile(
    r"\b(?:at|after|by) (?:a (?:mean|median) of )?\d+(?:\.\d+)?"
    r" (?:days?|weeks?|months?|years?|hours)$"
)
# "AT A MEAN OF 41 MONTHS (24 to 73)": between which the lengths lay
_LIMITS = re.compile(
    r" \((\d+(?:\.\d+)?) ?(?:-|\u2013|to) ?(\d+(?:\.\d+)?)(?: (?:days|weeks|months|years))?\)"
)
_SEEN = r"(?: follow-?up| follow up| duration| time| period| interval)"
_AT_MEAN = re.compile(
    rf"\b(?:(?:at|after|by|with|for) (?:an? |the )?(?:mean|median|average){_SEEN}*(?: of)?{_SEEN}*"
    r"|(?:mean|median|average) follow-?up(?: time| period| duration)? was)(?: of)?"
    r" (\d+(?:\.\d+)?) (?:days|weeks|months|years)$"
)
_CLUES_OF_LIMITS = Clues("days (", "weeks (", "months (", "years (")
_CLUES = Clues(
    "end of", "study end", "visit", "follow-up)", "follow-up,", "follow-up.", "follow up)",
    "follow up,", "assessment", "examination", "point)", "point,", "(day ", "(week ", "(sd",
    "(se ", "(range", "(iqr", "(\u00b1", "(+/-", " removed", " taken off", " stopped",
    " discharged", " finished", " over,", " over.", "on average)", "g groups", "g arms",
    "g the groups",
)  # fmt: skip
_FAR = 40  # letters back to where a date may begin
_FURTHER = 70  # where a mean length may


def of_visits(text: str) -> list[re.Match[str]]:
    """The places in a text in small letters that say of a dated visit what visit it was."""
    limits = _limits(text) if _CLUES_OF_LIMITS.within(text) else []
    if not _CLUES.within(text):
        return limits
    found = [match for pattern in _ANYWHERE for match in pattern.finditer(text)]
    for patterns, date in ((_BESIDE_DATES, _DATE), ((_DAYS,), _WEEKS), ((_SPREADS,), _AT)):
        for pattern in patterns:
            for match in pattern.finditer(text):
                if date.search(text, max(0, match.start() - _FAR), match.start()):
                    found.append(match)
    places = {match.start() for match in found}
    return found + [match for match in limits if match.start() not in places]


def _limits(text: str) -> list[re.Match[str]]:
    """ "at a mean follow-up of 41 months (24 TO 73) it was 1.6": no visit, and no score.

    Not "at 6 months (6.8 to 2.1)", where nobody says that the months are a mean, nor a mean that
    lies outside of the two.
    """
    found = []
    for match in _LIMITS.finditer(text):
        mean = _AT_MEAN.search(text, max(0, match.start() - _FURTHER), match.start())
        if mean and float(match[1]) <= float(mean[1]) <= float(match[2]):
            found.append(match)
    return found

"""A verdict on a result, set apart: "a fall of 2.1, WHICH DID NOT REACH THE MCID OF 1.5 POINTS"."""

from __future__ import annotations

import re

from evergrove.reading.text.clues import Clues

_WHOSE = (
    r"(?:prespecified|pre-specified|predefined|established|published|accepted|commonly accepted"
    r"|generally accepted|reported|proposed|suggested|assumed|estimated|recommended|so-called)"
)
_WORTH = r"(?:clinical(?:ly)? )?(?:important|relevant|significant|meaningful)"
_YARDSTICK = (
    rf"(?:mcid|mid|mcic|mic|(?:minim(?:al|um)(?:ly)?|smallest) {_WORTH} (?:between-group )?"
    r"(?:difference|change|improvement|reduction)s?(?: \((?:mcid|mid|mcic|mic)\))?"
    rf"|(?:{_WORTH} )?threshold)(?: threshold)?"
    r"(?: (?:of|for) (?:clinical )?(?:importance|relevance|significance))?"
)
_VERDICT = (
    r"(?:(?:did|does) not (?:reach|meet|exceed|attain|surpass)"
    r"|failed to (?:reach|meet|exceed)|exceed(?:ed|s)|surpass(?:ed|es)|reached|met"
    r"|(?:fell|falls|fall) (?:just |well |far )?(?:short of|below)"
    r"|(?:was|is|were|are|lay|remained) (?:not |just |well |far |slightly |still |also )?"
    r"(?:(?:smaller|less|larger|greater|lower|higher|bigger|more) than|below|above|under|beyond))"
)
_AMOUNT = r"\d+(?:\.\d+)?(?:[- ](?:points?|mm|cm|units?)\b)?"
_IT = (
    r"(?:(?:a |the |this |these )?(?:mean )?(?:difference|change|reduction|improvement|decrease"
    r"|effect|result)s?|this|it|they|these)"
)
_VERDICTS = re.compile(
    rf"(?:,? (?:which|that)|,? (?:but|and|yet|although|though)(?: {_IT})?"
    rf"|, {_IT}(?: (?:that|which))?)?"
    rf" {_VERDICT} (?:the |our |its |a |an )(?:{_WHOSE} )*{_YARDSTICK}"
    rf"(?:,? ?(?:of |\(|: ?|= ?)?(?:about |approximately |at least )?{_AMOUNT}\)?)?"
    r"(?: (?:on|for|in) (?:the )?(?:[a-z]{2,12}(?: pain)?(?: (?:scale|score|scores))?))?(?=[.,;])"
)
_CLUES = Clues("mcid", "mid", "mcic", "mic ", "minim", "smallest", "threshold")
# Not of the people who reached it, and not of a trial that is planned.
_NO_RESULT = re.compile(
    r"\b(?:who|whose|proportions?|percentages?|responders?|patients|participants|subjects|number"
    r"|if|when|would|should|will|could|detect|power|powered|sample|assum(?:ed|ing)|defined)\b|%"
)


def verdicts(text: str) -> list[re.Match[str]]:
    """The places in a text in small letters that hold a result of the sentence to a yardstick.

    Only behind a number of that sentence, and not where people who reached it are told of.
    """
    if not _CLUES.within(text):
        return []
    return [match for match in _VERDICTS.finditer(text) if _of_result(text, match.start())]


def _of_result(text: str, start: int) -> bool:
    """Whether the sentence up to `start` tells a number, and nothing of whom or what is planned."""
    begun = max(text.rfind(". ", 0, start), text.rfind("; ", 0, start)) + 2
    told = re.sub(r"\d\d ?% ?ci\b|\bin (?:all |these )?patients\b", "", text[max(0, begun) : start])
    return any(char.isdigit() for char in told) and not _NO_RESULT.search(told)

"""What a sentence tells of its people by the way: "the VAS of 27 adults (MEAN AGE 51 YEARS) was 7".

So too ", WITH A MEDIAN AGE OF 64 YEARS,", "(17 women; MEAN BMI 25.1)", ", WHOSE MEAN WEIGHT WAS 71
KG,": a number of the people, of their illness or of their care, with its own word for it. No age
without a word for its centre or a spread, which may be what tells one group from another ("those
AGED 60 TO 75").
"""

from __future__ import annotations

import re

from evergrove.reading.text.clues import Clues

_NUMBER = r"[-\u2212\u2013]?\d+(?:[.\u00b7,]\d+)?"
_UNIT = (
    r"(?:[ -]?(?:years?|yrs?|y|months?|mo|weeks?|wks?|days?|hours?|h|kg ?/ ?m ?(?:2|\u00b2)|kg|cm|m"
    r"|ml|cc|mg|g|mmhg|%))?(?: old| of age)?"
)
_RANGE = rf"{_NUMBER}{_UNIT} ?(?:-|\u2013|\u2212|to|and) ?{_NUMBER}"
_WITH = (
    rf"(?: ?(?:\u00b1|\+/-|\+/\u2212) ?{_NUMBER}"
    rf"|,? ?[(\[]?,? ?(?:sd|standard deviation|s\.d\.|range|ranging|iqr|interquartile range)"
    rf"[:,=]? ?(?:from )?(?:{_RANGE}|{_NUMBER})[)\]]?"
    rf"| ?[(\[](?:{_RANGE}|{_NUMBER})[)\]])?"
)
_AMOUNT = rf"{_NUMBER}{_UNIT}{_WITH}{_UNIT}"
_CENTRE = r"(?:mean|median|average|overall mean)"
_OF_ILLNESS = r"(?:symptoms?|pain|disease|illness|complaints?|diabetes)"
_TOPIC = (
    r"(?:age|bmi|body mass index|(?:body )?weight|height|asa|t-score"
    rf"|{_OF_ILLNESS} duration|duration of (?:the |their )?{_OF_ILLNESS}|duration"
    r"|(?:cement |injected )?volume|(?:daily )?dose)"
)
_THINGS = (
    r"(?:injections?|sessions?|treatments?|procedures?|levels?|vertebrae|doses|tablets|visits|blocks"
    r"|operations|comorbidities)"
)
_IS = r"(?: of|,| was| were| is|:| =)?(?: only| about| some)?"
# "mean age 51 years", "age 51 ± 9 years", "median duration of symptoms, 14 months", "mean of 2.1
# injections", "ASA I-II"
_TOLD = (
    rf"(?:(?:the |a |their )?{_CENTRE} {_TOPIC}(?: at \w+)?{_IS} {_AMOUNT}"
    rf"|(?:age|bmi|(?:body )?weight|height|{_OF_ILLNESS} duration|t-score){_IS} {_AMOUNT}"
    rf"|aged {_NUMBER} ?\u00b1 ?{_NUMBER}{_UNIT}"
    rf"|{_CENTRE}(?: of)? {_NUMBER}(?: ?\u00b1 ?{_NUMBER})? {_THINGS}"
    r"|asa(?: physical status| class| grade|-ps)? (?:i{1,3}v?|[1-4])"
    r"(?:(?: ?[-\u2013] ?| or | to | and )(?:i{1,3}v?|[1-4]))?)"
)
_LED = rf"(?:with (?:a |an )?|whose |of (?:a |an )?|having (?:a |an )?|and (?:a |an )?)?{_TOLD}"
_PERCENT = rf"(?:{_NUMBER} ?% (?:were |of them )?(?:women|men|females?|males?))"
_ALL = rf"(?:{_TOLD}|{_PERCENT})"
_SEX = r"(?:women|men|females?|males?)"
# "(9 female, 40 ± 14 years, 10 with a cast)": told of the people that the bracket is behind
_BY_SEX = (
    rf"\d+ {_SEX}(?:(?:[,;] | and )\d+ {_SEX})?[,;] (?:aged? |mean age,? )?{_NUMBER} ?"
    rf"(?:\u00b1|\+/-|\+/\u2212) ?{_NUMBER} ?(?:years?|yrs?)(?: old)?(?:[,;] \d+ [a-z -]+)*"
)
_VERB = (
    r"(?:was|were|had|has|fell|decreased|declined|dropped|improved|rose|increased|averaged|changed"
    r"|reported|rated|scored|showed|went|diminished|remained|stood|experienced|gave)"
)
# "with a mean age of 47 years, A MEAN VAS of 68": one of a list, and not by the way
_LIST = rf"(?!,? (?:and )?(?:with )?(?:an? |the )?{_CENTRE} )"
_THEN = rf"{_LIST}(?=,? {_VERB} |,| and {_NUMBER})"
_PATTERNS = (
    re.compile(rf"\({_TOLD}(?:[;,] (?:and )?{_ALL})*\)"),
    re.compile(rf"\({_PERCENT}(?:[;,] (?:and )?{_TOLD})*\)"),
    re.compile(rf"\(\d\d(?: ?\u00b1 ?{_NUMBER})? (?:years?|yrs?)(?: old)?[;,] {_PERCENT}\)"),
    re.compile(rf"(?<=[a-z] )\({_BY_SEX}\)"),
    re.compile(rf"\(aged? (?:from |between )?{_RANGE}{_UNIT}\)"),
    re.compile(rf"[;,] {_TOLD}(?:[;,] {_ALL})*(?=\))"),
    re.compile(rf"(?<=\(){_TOLD}[;,] (?=\d|n\b|[a-z]+ \d)"),
    re.compile(rf", {_LED}{_LIST}(?=,)"),
    re.compile(rf" (?:with|of|and)(?: a| an)? {_CENTRE} {_TOPIC}(?: of)? {_AMOUNT}{_THEN}"),
    re.compile(rf" aged {_NUMBER} ?\u00b1 ?{_NUMBER}{_UNIT}{_THEN}"),
)  # fmt: skip
# Ages that may tell groups apart, but not where the text has them of one group alone.
_AGED = re.compile(rf" aged (?:from |between )?{_RANGE}{_UNIT}(?=,? {_VERB} )")
_CLUES = Clues(
    " age", "(age", "years; ", "years, ", " bmi", "(bmi", "body mass", " weight", "height",
    "duration", "asa ", "t-score",
    "women", "emale", "volume", " dose", "injections", "sessions", "treatments", "procedures",
)  # fmt: skip


def of_people(text: str) -> list[re.Match[str]]:
    """The places in a text in small letters that tell such a number by the way."""
    if not _CLUES.within(text):
        return []
    patterns = (*_PATTERNS, _AGED) if text.count("aged ") == 1 else _PATTERNS
    return [match for pattern in patterns for match in pattern.finditer(text)]

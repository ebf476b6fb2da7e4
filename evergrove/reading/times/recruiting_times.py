"""How long it took to find the people of a study: no time at which anything was measured."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set
from evergrove.reading.times.time_parts import Time

_OVER = word_set("over during within in throughout")
_PERIOD = word_set("a an the period span course total of about nearly approximately some over")
_RECRUITED = word_set(
    "entered enrolled enroled recruited enlisted accrued included joined presented randomized "
    "randomised allocated assigned consented identified admitted attended registered came screened"
)
_ASSESSED = word_set("assessed rated measured scored followed recorded evaluated completed")

_SUFFERING = word_set("with for having from suffering")
_HEADING = 5  # tokens before its colon, at most

_CONDUCTED = word_set("conducted performed carried undertaken done run")
_STUDIES = word_set("study trial review survey audit investigation analysis series")
_TREATED = word_set("treated operated underwent managed injected")
_FOUND = word_set("identified reviewed retrospectively included collected")
_HALF_A_YEAR = 183  # days

MONTH = 28  # days: nobody recruits for less


def recruiting(tokens: list[Token], a: int, b: int, time: Time) -> bool:
    """ "90 patients ENTERED OVER 30 MONTHS", "OVER 18 MONTHS 90 patients WERE RANDOMISED".

    The sentence tells of people who came, of no score: not "pain was rated over 3 months". So too
    half a year or more "over which" a study was CONDUCTED, or people were TREATED AND IDENTIFIED.
    """
    k = time.first
    while k > a and tokens[k - 1].word in _PERIOD:
        k -= 1
    if tokens[k].word != "over" and (k == a or tokens[k - 1].word not in _OVER):
        return False
    lead = [tokens[m].word for m in range(max(a, k - 7), k)]
    long = (time.days or 0) > _HALF_A_YEAR
    if long and not _CONDUCTED.isdisjoint(lead[-3:]):
        return not _STUDIES.isdisjoint(tokens[m].word for m in range(a, k))
    if long and not _TREATED.isdisjoint(lead):
        return not _FOUND.isdisjoint(tokens[m].word for m in range(time.last, b))
    a = _behind_heading(tokens, a, k)
    if any(
        tokens[m].word in _ASSESSED
        or (getattr(tokens[m].mark, "kind", "") == "measure" and not _of_people(tokens, a, m))
        for m in range(a, b)
    ):
        return False
    if not _RECRUITED.isdisjoint(lead) and not PEOPLE.isdisjoint(
        tokens[m].word for m in range(a, k)
    ):
        return True
    if k - 1 > a:
        return False
    behind = [tokens[m].word for m in range(time.last, min(b, time.last + 12))]
    verbs = _RECRUITED | _TREATED if long else _RECRUITED
    came = next((at for at, word in enumerate(behind) if word in verbs), 0)
    if came and behind[came - 1] == "we":  # "over 18 months WE ENROLLED 90 nuns"
        return not PEOPLE.isdisjoint(behind[came:])
    return came > 0 and not PEOPLE.isdisjoint(behind[:came])


def _behind_heading(tokens: list[Token], a: int, k: int) -> int:
    """ "RESULTS: Over 18 months ...": where the sentence itself begins."""
    ends = (m + 1 for m in range(a, min(k, a + _HEADING)) if tokens[m].word == ":")
    return next(ends, a)


def _of_people(tokens: list[Token], a: int, m: int) -> bool:
    """ "90 nuns WITH HEEL PAIN were enrolled": what they suffered from, and nothing scored."""
    before = [tokens[j].word for j in range(max(a, m - 5), m)]
    return not PEOPLE.isdisjoint(before) and not _SUFFERING.isdisjoint(before)

"""How often something happens: "4 days per month", "2 tablets a day"; never a score or a time."""

from __future__ import annotations

from evergrove.reading.arms.dose_groups import DOSE_UNITS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, SCORE_UNITS, UNIT_DAYS, is_content, word_set

EVERY = word_set("a per every each /")
PERIODS = UNIT_DAYS.keys() | word_set("night morning evening shift session meal")
_DAILY = word_set("daily weekly nightly monthly hourly")
_GOES_ON = word_set("to vs versus and or")
# "2 h a day AFTER surgery", "24 h/day 1": no unit of how often
_TIMED = word_set("after later before post following")


def days_per(tokens: list[Token], k: int, b: int) -> bool:
    """ "DAYS PER MONTH", "hours a day", "days/week": whether such a unit begins at token k."""
    if k + 2 >= b or tokens[k + 1].word not in EVERY:
        return False
    if k + 3 < b and (tokens[k + 3].word in _TIMED or tokens[k + 3].kind == "n"):
        return False
    one, whole = UNIT_DAYS.get(tokens[k].word, 0.0), UNIT_DAYS.get(tokens[k + 2].word, 0.0)
    whole = whole or float(tokens[k + 2].word in ("night", "shift"))  # "5 hours a night"
    return 0 < one < whole


def dose_every(tokens: list[Token], a: int, i: int) -> bool:
    """ "2.5 mg/3 weeks", "90 IU / 2 days": whether a dose and a slash lead the number at i."""
    return i - 3 >= a and tokens[i - 2].word in DOSE_UNITS and tokens[i - 3].kind == "n"


def how_often(tokens: list[Token], i: int, b: int) -> bool:
    """ "2 tablets a day", "3 sessions per week", "from 9 (to 4 days a month)": the number at i."""
    if i + 3 >= b:
        return False
    if tokens[i + 2].word in EVERY:
        if tokens[i + 1].word in SCORE_UNITS and i + 4 < b and tokens[i + 4].word in _TIMED:
            return False  # "fell by 2 POINTS A WEEK AFTER the dive"
        return tokens[i + 3].word in PERIODS and names_things(tokens[i + 1])
    if tokens[i + 2].word in _DAILY:
        return names_things(tokens[i + 1])
    k = _behind_spread(tokens, i + 1)
    if tokens[k].word not in _GOES_ON or k + 2 >= b or tokens[k + 1].kind != "n":
        return False
    return days_per(tokens, _behind_spread(tokens, k + 2), b)


_NO_THINGS = PEOPLE | UNIT_DAYS.keys()


def names_things(noun: Token) -> bool:
    """Whether a noun names things that are taken or happen: "tablets", "attacks"."""
    mark = getattr(noun.mark, "kind", "veto")
    plain = noun.kind == "w" and mark == "veto" and is_content(noun.word)
    return plain and noun.word[-1] == "s" and noun.word not in _NO_THINGS


def _behind_spread(tokens: list[Token], k: int) -> int:
    """The token behind "± 2.1" at k; k itself if that does not stand there."""
    spread = k + 2 < len(tokens) and tokens[k].word == "±" and tokens[k + 1].kind == "n"
    return k + 2 if spread else k

"""Lengths of time and amounts that are outcomes: "median survival was 18.9 MONTHS", "34 ± 15 MG".

Elsewhere a number with a unit of time says when something was measured, and one with a unit of
weight or volume what was given. Where an open profile reads survival, times to an event, stays,
consumption or intake, it is the value.
"""

from __future__ import annotations

from evergrove.reading.measures.lexicon import stem
from evergrove.reading.measures.marks import Mark
from evergrove.reading.measures.outcome_nouns import AMOUNT_HEADS, TIME_HEADS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    CENTRES,
    CHANGE,
    CHANGE_NOUNS,
    DETERMINERS,
    DOSES,
    MEASURED,
    UNIT_DAYS,
    word_set,
)

#: Why "the 2-year survival rate" is no outcome.
SHARE = "share of people"
_WHEN = word_set(
    "at after within over until every during next first last through throughout before since past "
    "each additional up"
)
_LATER = word_set("later after old following post postoperatively before ago apart")
_FOLLOW = word_set("follow follow-up followup age aged")


def times_to_event(marks: list[Mark]) -> frozenset[str]:
    """The measures that are survival or the time to an event: told by medians as a rule."""
    keys = {mark.key for mark in marks if mark.kind == "measure"}
    return frozenset(
        key
        for key in keys
        if "survival" in key.split("_") or key.startswith(("time_to_", "time_until_"))
    )


def spell_amounts(tokens: list[Token], marks: list[Mark]) -> None:
    """Give the units of measured lengths of time and amounts a word of their own, in place."""
    for mark in marks:
        lead = tokens[mark.first - 1] if mark.first > 2 else None
        dated = lead is not None and lead.word in UNIT_DAYS
        if mark.kind == "veto" and mark.key == SHARE and dated:
            _no_time(tokens, mark.first - 1)
        if mark.kind != "measure":
            continue
        heads = _heads(mark.key)
        if heads & TIME_HEADS and dated:
            _no_time(tokens, mark.first - 1)
        if "survival" in heads and tokens[mark.last].word in _GAINED:
            tokens[mark.last].word = "difference"  # "a median SURVIVAL BENEFIT of 4 months"
        times = bool(heads & TIME_HEADS) and not _meanwhile(tokens, mark.first)
        times, amounts = times or _moved_by_time(tokens, mark), bool(heads & AMOUNT_HEADS)
        k = mark.last
        while k < len(tokens) and tokens[k].word != ".":
            if tokens[k].kind == "n":
                unit, spread = _unit_of(tokens, k)
                word = tokens[unit].word if unit < len(tokens) else ""
                length = times or (spread and _directly(tokens, mark.last, k))
                timed = length and word in UNIT_DAYS and not _when(tokens, mark.last, k)
                times = times or (timed and word not in _YEARS)
                if timed or (word in DOSES and (spread or amounts)):
                    _spell(tokens, unit)
            k += 1


def _moved_by_time(tokens: list[Token], mark: Mark) -> bool:
    """ "a mean REDUCTION IN insomnia OF 60 MINUTES": how much, and not when."""
    k = mark.last
    if tokens[k].word != "of" or k + 3 >= len(tokens) or tokens[k + 2].word not in UNIT_DAYS:
        return False
    lead = [token.word for token in tokens[max(0, mark.first - 4) : mark.first]]
    moved = any(word in CHANGE_NOUNS for word in lead) and ("in" in lead or "of" in lead)
    ahead = [token.word for token in tokens[k + 3 : k + 5]]
    return moved and "'" not in ahead and TIME_HEADS.isdisjoint(ahead)


_GAINED = word_set("benefit benefits gain gains advantage improvement prolongation")


def _no_time(tokens: list[Token], unit: int) -> None:
    """ "the 1-, 2- AND 3-YEAR survival": a part of the name, and no times or numbers, in place."""
    tokens[unit].word += MEASURED
    k = unit - 1
    while k > 1 and (tokens[k].word in _LISTED or tokens[k].kind == "n"):
        if tokens[k].kind == "n":
            tokens[k].kind = "w"
        k -= 1


_LISTED = word_set("- – , and or to")


def _heads(key: str) -> set[str]:
    """The nouns that tell what kind of thing is measured: "time" of "time_to_progression"."""
    words = key.split("_")
    if words[0] == "time" or words[0] in UNIT_DAYS or (words[-1] in UNIT_DAYS and len(words) > 1):
        return {"time"}  # "time spent sitting", "days alive", "ventilator-free days"
    for joint in ("of", "to", "until", "in", "from", "between"):
        if joint in words[1:]:
            words = words[: words.index(joint)]
    if words[-1] == "rate" and len(words) > 1 and words[-2] in AMOUNT_HEADS:
        words = words[:-1]  # "albumin EXCRETION RATE"
    return {stem(words[-1])}


def _meanwhile(tokens: list[Token], first: int) -> bool:
    """ "unchanged DURING THE MEAN waiting TIME of 10 months": when it was, and no outcome."""
    k = first - 1
    while k > 0 and (tokens[k].word in DETERMINERS or tokens[k].word in CENTRES):
        k -= 1
    return tokens[k].word in ("during", "after", "throughout", "over")


def _directly(tokens: list[Token], last: int, k: int) -> bool:
    """ "readiness (155 ± 12 vs 143 ± 11 MIN", "regression WAS 250 ± 76 MIN": right behind it."""
    led = k > last and tokens[last].word in _LEADS_SPREAD
    return led and all(t.kind == "n" or t.word in _OF_PAIR for t in tokens[last + 1 : k])


_LEADS_SPREAD = word_set("( [ was were")
_OF_PAIR = word_set("± vs versus against")
_YEARS = word_set("year years yr yrs y")


def _when(tokens: list[Token], floor: int, k: int) -> bool:
    """ "at 6 months", "by 2 years", "a follow-up of 13 months": when, and not how long."""
    lead = tokens[k - 1].word
    if lead in _WHEN or (lead in ("by", "for") and tokens[k - 2].word not in CHANGE):
        return True
    return any(token.word in _FOLLOW for token in tokens[max(floor, k - 5) : k])


def _unit_of(tokens: list[Token], k: int) -> tuple[int, bool]:
    """(place of the unit behind the number at k, its spread or interval; whether it has a ±)."""
    unit, spread = k + 1, False
    if unit < len(tokens) and tokens[unit].word == "±":
        unit, spread = unit + 2, True
    elif unit + 1 < len(tokens) and tokens[unit + 1].word == "±":
        spread = True  # "32 min ± 22"
    if unit < len(tokens) and tokens[unit].word in ("(", "["):
        inside = range(unit, min(unit + 14, len(tokens)))
        unit = next((m for m in inside if tokens[m].word in (")", "]")), unit) + 1
    return unit, spread or tokens[k - 1].word == "±"


def _spell(tokens: list[Token], unit: int) -> None:
    later = unit + 1 < len(tokens) and tokens[unit + 1].word in _LATER
    if not later and tokens[unit - 1].word != "-":
        tokens[unit].word += MEASURED

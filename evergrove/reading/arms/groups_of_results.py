"""Groups that nothing but the results name: "VAS was 3.1 in wax patients and 4.2 in clay patients".

Where no sentence declares groups, two names in parallel places of a sentence with values are those
of the groups of the abstract. A single name, or two that are not set against each other, name none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from evergrove.reading.arms.arms import DocArm, words_of
from evergrove.reading.arms.arms_by_form import Frame, loose_frames, sure_frames
from evergrove.reading.arms.dose_groups import DOSE_UNITS
from evergrove.reading.arms.groups_told_by_layout import told_by_layout
from evergrove.reading.arms.subjects_set_apart import SUBJECT, subject_frames
from evergrove.reading.arms.than_pairs import effect_pair
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import IN_PEOPLE, OPENS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, word_set

if TYPE_CHECKING:
    from evergrove.reading.view import View

_BACKGROUND = ("background", "methods", "aim")
_SETS = word_set("than versus vs and compared against while whereas but with to from relative")
_AGAINST = word_set("than versus vs compared against while whereas relative but")
_CORRESPONDING = word_set("corresponding respective it")
_FRONTS = word_set("in among for with")
_AMOUNTS = word_set("of by")
_TURNS = word_set("whereas while but")
# Letters stand for the names, v for values: "3.1 in wax patients and 4.2 in clay patients" is vavb.
_AHEAD = re.compile(r"(?:[ab]v+)+")
_BEHIND = re.compile(r"(?:v+[ab])+")
_BEHIND_FIRST = re.compile(r"(?:v[ab]){2}(?:vv)+")
_SIDE_BY_SIDE = re.compile(r"(?:vv)?(?:(?:ab|ba)vv+)+|vv+(?:ab|ba)")
_AROUND = re.compile(r"([ab])vv+(?!\1)[ab]")


def groups_of_results(tokens: list[Token], views: list[View], arms: list[DocArm]) -> list[DocArm]:
    """The groups that sentences with values name, the first that tell two; else `arms`.

    `arms`: what the text declares. One group alone ("compared with 1.7 IN THE CLAY ARM") stays,
    where it is one of the two.
    """
    if len(arms) > 1:
        return arms
    before: View | None = None
    for view in views:
        names: Iterable[str] = ()
        scores = _scores(view)
        if scores:
            names = _pair(tokens, view) or told_by_layout(tokens, view)
        if before is not None and not names and (scores or _goes_on(view)):
            names = _pair_of_two(tokens, before, view)
        before = view if scores else None
        found = [_group(name) for name in names]
        if found and not arms:
            return found
        if found and any(arms[0].words == group.words for group in found):
            return [arms[0] if arms[0].words == group.words else group for group in found]
    return arms


def _goes_on(view: View) -> bool:
    """ "THE CORRESPONDING VALUES in clay patients were 3.1 and 4.2": of the measure before."""
    return bool(view.q.values) and not view.words.isdisjoint(_CORRESPONDING)


def _group(name: str) -> DocArm:
    """The group of a name, "group A" by its letter."""
    letter = name[6:] if name.startswith("group ") and len(name) == 7 else ""
    return DocArm(name, set() if letter else set(words_of(name)), letter=letter)


def _scores(view: View) -> bool:
    """Whether a sentence tells values of a measure, not of what is known or planned."""
    measured = any(mention.key for mention in view.mentions)
    return measured and bool(view.q.values) and view.section not in _BACKGROUND


def _pair(tokens: list[Token], view: View) -> list[str]:
    """The names of two groups that one sentence sets side by side; [] if it does not."""
    if len(view.q.values) < 2:
        return []
    sure = sure_frames(tokens, view.a, view.b)
    subjects = subject_frames(tokens, view.a, view.b)
    frames = sorted([*sure, *(s for s in subjects if _apart(s, sure))], key=lambda f: f.first)
    if frames and _fronted(tokens, view.a, frames[0]) and not _parallel(tokens, view.b, frames):
        frames = frames[1:]  # "IN GOUT PATIENTS, VAS was 3.1 with wax and 4.2 with clay"
    told = _distinct(frames)
    if not told:
        pair = effect_pair(tokens, view.a, view.b, view.q.values, set())
        return [arm.name for arm in pair] or _two_loose(tokens, view)
    if len(told) == 1:
        return _beside_one(tokens, view, frames)
    if len(told) == 3 and _fronted(tokens, view.a, frames[0]):
        frames = [f for f in frames if f.name.lower() != frames[0].name.lower()]
        told = _distinct(frames)
    return _set_apart(tokens, view, frames, told)


def _distinct(frames: list[Frame]) -> list[str]:
    """The names, each once, in the order in which they come."""
    return list({frame.name.lower(): frame.name for frame in frames}.values())


def _apart(frame: Frame, others: list[Frame]) -> bool:
    return not any(other.first < frame.last and frame.first < other.last for other in others)


def _fronted(tokens: list[Token], a: int, frame: Frame) -> bool:
    """ "IN ELDERLY PATIENTS, VAS was ...": of whom all is told."""
    led = frame.lead in _FRONTS and frame.first <= a + 2
    return led and frame.last < len(tokens) and tokens[frame.last].word == ","


def _parallel(tokens: list[Token], b: int, frames: list[Frame]) -> bool:
    """ "IN WAX PATIENTS, VAS fell to 3.1; IN THE CLAY GROUP, to 4.2": another opens its clause.

    Not so where another name stands between: "In gout patients, VAS was 3.1 WITH WAX; in ...".
    """
    one = frames[0]
    stop = frames[1].first if len(frames) > 1 else b
    if loose_frames(tokens, one.last, stop, frames):
        return False
    for other in frames[1:]:
        k = other.first - 1
        while k > one.last and tokens[k].word in _LED_BY:
            k -= 1
        opens = tokens[k].word in _CLAUSES and k < other.first - 1
        alike = one.lead == other.lead and tokens[one.last - 1].word == tokens[other.last - 1].word
        if other.name.lower() != one.name.lower() and (opens or alike):
            return True
    return False


def _beside_one(tokens: list[Token], view: View, frames: list[Frame]) -> list[str]:
    """ "1.9 AFTER WAX compared with 1.7 in the clay arm": beside a sure name one that is none."""
    found = []
    for one in loose_frames(tokens, view.a, view.b, frames):
        both = sorted([*frames, one], key=lambda f: f.first)
        told = _distinct(both)
        if len(told) == 2 and _belongs(tokens, view, both, one):
            found.append(_set_apart(tokens, view, both, told))
    found = [pair for pair in found if pair]
    return found[0] if len(found) == 1 else []


def _belongs(tokens: list[Token], view: View, both: list[Frame], one: Frame) -> bool:
    """Whether a loose name is set against the sure one: by words, or by its place."""
    between = {tokens[k].word for k in range(both[0].last, both[-1].first)}
    if both[0].first > view.a + 2 and both[-1].last < view.b and _bracketed(tokens, both):
        return not between.isdisjoint(_SETS)  # "lower AFTER WAX (3.1) than in the clay arm (4.2)"
    if _opens_clause(tokens, view.a, both[0]) and _opens_clause(tokens, view.a, both[-1]):
        return True  # "AFTER WAX, VAS was 3.1; in the clay arm, 4.2"
    if one.first < view.q.values[0].at and "than" not in between:
        return False
    joined = one.lead == "with" or _led_by_subject(both) or _same_words(tokens, view, both[0])
    return bool(between & _AGAINST) or (joined and "and" in between)


def _led_by_subject(both: list[Frame]) -> bool:
    """ "WAX LED TO a fall of 3.1, and 1.7 with clay": the first is the subject."""
    return both[0].lead == SUBJECT


def _bracketed(tokens: list[Token], frames: list[Frame]) -> bool:
    """Whether a bracket opens right behind each name."""
    return all(frame.last < len(tokens) and tokens[frame.last].word in OPENS for frame in frames)


def _opens_clause(tokens: list[Token], a: int, frame: Frame) -> bool:
    """Whether a phrase opens a sentence or stands behind a semicolon, and a comma follows."""
    first = frame.first - (tokens[frame.first - 1].word in _LED_BY)
    first -= tokens[first - 1].word in _LED_BY and first > a
    opens = first <= a or tokens[first - 1].word == ";"
    return opens and frame.last < len(tokens) and tokens[frame.last].word == ","


_CLAUSES = word_set("; , whereas while but")
_LED_BY = word_set("in for with among the")


def _same_words(tokens: list[Token], view: View, one: Frame) -> bool:
    """ "a fall OF 3.1 points after wax AND 1.7 points in the clay arm", "FROM 7 to 3 ... FROM 8".

    Whether the first value behind the name `one` is led as the first of all is.
    """
    values = view.q.values
    behind = next((value for value in values if value.at >= one.last), None)
    if behind is None:
        return False
    first, second = tokens[values[0].first - 1].word, tokens[behind.first - 1].word
    if first == second == "from" or (first in _AMOUNTS and second in _AMOUNTS):
        return True
    ahead = {tokens[k].word for k in range(view.a, values[0].first)}
    listed = first in OPENS or first in _AMOUNTS or not ahead.isdisjoint(CHANGE_NOUNS)
    return listed and second in _SETS


def _two_loose(tokens: list[Token], view: View) -> list[str]:
    """ "a fall OF 3.1 AFTER WAX and OF 1.7 AFTER CLAY", "higher after wax (4) than with clay (3)".

    Two names that only their prepositions lead, where the sentence sets them against each other.
    """
    loose = loose_frames(tokens, view.a, view.b, [])
    if len(loose) != 2 or len(view.q.values) < 2:
        return []
    one, two = loose
    between = {tokens[k].word for k in range(one.last, two.first)}
    if _bracketed(tokens, loose):
        alike = not between.isdisjoint(_AGAINST) and not _third_follows(tokens, view, two)
    elif _opens_clause(tokens, view.a, one) and _opens_clause(tokens, view.a, two):
        alike = True
    elif one.first > view.q.values[0].at:
        against = between & _AGAINST
        alike = bool(against) or _same_words(tokens, view, one)
    else:
        alike = tokens[one.last].word == "than"
    return _set_apart(tokens, view, loose, _distinct(loose)) if alike else []


def _third_follows(tokens: list[Token], view: View, two: Frame) -> bool:
    """ "after wax (3.1) than after clay (4.2) OR MUD (5.0)": a third group that nothing leads."""
    close = next((k for k in range(two.last, view.b) if tokens[k].word in (")", "]")), view.b)
    return close + 1 < view.b and tokens[close + 1].word in ("or", "and", ",")


def _set_apart(tokens: list[Token], view: View, frames: list[Frame], told: list[str]) -> list[str]:
    """The two names, if values and names follow each other as for two groups."""
    if len(told) != 2 or not _tell_two(told):
        return []
    shape = _shape(view.q.values, frames, told)
    if _BEHIND.fullmatch(shape) and all(f.full and f.lead in IN_PEOPLE for f in frames):
        return list({frame.name.lower(): frame.full for frame in frames}.values())
    if _AHEAD.fullmatch(shape) or _BEHIND.fullmatch(shape):
        return told
    if "respectively" in view.words and _BEHIND_FIRST.fullmatch(shape):
        return told  # "(7.9 after wax and 7.6 with clay); at 2 weeks, 3.3 and 5.7, respectively"
    one, two = frames[0], frames[1]
    between = {tokens[k].word for k in range(one.last, two.first)}
    if _SIDE_BY_SIDE.fullmatch(shape) and between & _SETS:
        return told
    if not _AROUND.fullmatch(shape):
        return []
    if _fronted(tokens, view.a, one):
        # "In wax patients, VAS fell to 3.1, WHEREAS it fell to 4.2 in clay patients"
        alike = one.lead == two.lead and tokens[one.last - 1].word == tokens[two.last - 1].word
        return told if alike and between & _TURNS else []
    joined = one.lead == SUBJECT and len(view.q.values) == 2 and "and" in between
    return told if joined or between & _AGAINST else []


def _tell_two(told: list[str]) -> bool:
    """Whether the two names have different words, neither all of those of the other.

    Two doses of one drug are told apart elsewhere.
    """
    one, two = (words_of(name) or {name.lower()} for name in told)
    differing = {word for word in one ^ two if not word.isdigit() and word not in DOSE_UNITS}
    return not (one <= two or two <= one) and bool(differing)


def _shape(values: list[Value], frames: list[Frame], told: list[str]) -> str:
    """The order of names and values, as letters."""
    lower = [name.lower() for name in told]
    marks = [(frame.first, "ab"[lower.index(frame.name.lower())]) for frame in frames]
    marks += [(value.at, "v") for value in values]
    return "".join(letter for _, letter in sorted(marks))


def _pair_of_two(tokens: list[Token], one: View, two: View) -> list[str]:
    """ "IN WAX PATIENTS, VAS fell from 7 to 3. IN CLAY PATIENTS, it fell to 5": one name each."""
    found = []
    for view in (one, two):
        frames = sure_frames(tokens, view.a, view.b)
        if len(_distinct(frames)) != 1:
            return []
        corresponding = view is two and tokens[min(view.a + 1, view.b - 1)].word in _CORRESPONDING
        if frames[0].first > view.a + 3 and not corresponding:
            return []
        found.append(frames[0])
    told = _distinct(found)
    same = tokens[found[0].last - 1].word == tokens[found[1].last - 1].word
    times = [{time.label for time in view.times if time.kind != "duration"} for view in (one, two)]
    if all(times) and times[0].isdisjoint(times[1]):
        return []  # "In gout patients, it was 7 at baseline. In responding patients, 3 at 6 weeks"
    opened = found[0].first == one.a and found[1].first == two.a
    same = same and (opened or found[0].lead == found[1].lead)
    return told if same and len(told) == 2 and _tell_two(told) else []

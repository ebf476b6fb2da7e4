"""Groups that only the layout names: "VAS (wax/clay) was 3.1/4.2", "VAS: wax 3.1; clay 4.2"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.arms import words_of
from evergrove.reading.arms.arms_by_form import content_run, named
from evergrove.reading.text.small_words import CLOSES, OPENS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, word_set

if TYPE_CHECKING:
    from evergrove.reading.view import View

_SET_AGAINST = word_set("vs versus / v")


def told_by_layout(tokens: list[Token], view: View) -> list[str]:
    """The two names of a head "(X vs Y)", of a table in words or of "the corresponding values"."""
    names = _head(tokens, view) if not view.words.isdisjoint(_SET_AGAINST) else []
    if not names and ":" in view.words and ";" in view.words:
        names = _table(tokens, view)
    if not names and "(" in view.words and ";" in view.words:
        names = _rows_in_bracket(tokens, view)
    if len(names) < 2 or len({frozenset(words_of(name) or {name}) for name in names}) < len(names):
        return []
    return names


def _head(tokens: list[Token], view: View) -> list[str]:
    """ "VAS (WAX VS CLAY) was 3.1 vs 4.2 at 2 weeks": the names in a bracket behind the measure."""
    for mention in view.mentions:
        k = mention.last
        if not mention.key or k + 4 >= view.b or tokens[k].word not in OPENS:
            continue
        one = content_run_to(tokens, k + 1, view.b)
        if one is None or tokens[one[1]].word not in _SET_AGAINST:
            continue
        two = content_run_to(tokens, one[1] + 1, view.b)
        if two is None or tokens[two[1]].word not in CLOSES:
            continue
        behind = [value for value in view.q.values if value.at > two[1]]
        names = [named(tokens, one), named(tokens, two)]
        if len(behind) > 1 and not len(behind) % 2 and all(names):
            return names
    return []


def content_run_to(tokens: list[Token], i: int, b: int) -> tuple[int, int] | None:
    """The name that begins at token i; a "/" ends it here."""
    span = content_run(tokens, i, b)
    if span is None:
        return None
    cut = next((k for k in range(*span) if tokens[k].word == "/"), span[1])
    return (i, cut) if cut > i and cut < b else None


def _table(tokens: list[Token], view: View) -> list[str]:
    """ "VAS: WAX baseline 7.1, 3 months 4.2; CLAY baseline 7.0, 3 months 5.1": two rows alike."""
    colon = next((k for k in range(view.a, view.b) if tokens[k].word == ":"), view.b)
    if any(view.a <= value.at < colon for value in view.q.values):
        return []
    starts = [colon + 1]
    depth = 0
    for k in range(colon + 1, view.b):
        depth += (tokens[k].word in OPENS) - (tokens[k].word in CLOSES)
        if tokens[k].word == ";" and not depth:
            starts.append(k + 1)
    return _names_of_rows(tokens, view, starts, view.b)


def _rows_in_bracket(tokens: list[Token], view: View) -> list[str]:
    """ "VAS fell in both (LASER PATIENTS, 72 to 43; SHAM PATIENTS, 74 to 56)": two rows alike."""
    for k in range(view.a, view.b):
        if tokens[k].word not in OPENS:
            continue
        starts, depth, stop = [k + 1], 0, k + 1
        while stop < view.b and (depth or tokens[stop].word not in CLOSES):
            depth += (tokens[stop].word in OPENS) - (tokens[stop].word in CLOSES)
            if tokens[stop].word == ";" and not depth:
                starts.append(stop + 1)
            stop += 1
        names = _names_of_rows(tokens, view, starts, stop, True)
        if names:
            return names
    return []


_PEOPLE = GROUP | PEOPLE


def _names_of_rows(
    tokens: list[Token], view: View, starts: list[int], end: int, people: bool = False
) -> list[str]:
    """The names that two rows or more begin with, if all have as many values; else [].

    `people`: only names that end with a word for people or a group, which is left out.
    """
    if len(starts) < 2:
        return []
    names: list[str] = []
    sizes = set()
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        timed = [time.first for time in view.times if start <= time.first < stop]
        span = content_run(tokens, start, min([stop, *timed]))
        values = [value for value in view.q.values if start <= value.at < stop]
        if span is None or (people and tokens[span[1] - 1].word not in _PEOPLE):
            return []
        name = named(tokens, (span[0], span[1] - people))
        if not name or not values or not _leads_row(tokens, view, span[1], values[0].first):
            return []
        names.append(name)
        sizes.add(len(values))
    return names if len(sizes) == 1 else []


def _leads_row(tokens: list[Token], view: View, end: int, first: int) -> bool:
    """Whether nothing but a time stands between the name and its first value."""
    timed = {k for time in view.times for k in range(time.first, time.last)}
    return all(k in timed or tokens[k].word in _BEFORE_VALUE for k in range(end, first))


_BEFORE_VALUE = word_set(", : = ( was at of mean median")

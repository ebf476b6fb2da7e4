"""Numbers that are the gap of two others: "from 8.0 to 3.3, AN AVERAGE OF 4.7 points"."""

from __future__ import annotations

import itertools
from typing import Any

from evergrove.reading.frames import Run
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import OPENS_ASIDE
from evergrove.reading.text.stat_words import DIFFERENCE, sign_of
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import CENTRES, CHANGE, CHANGE_NOUNS, MOVE, word_set
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import same_label

_CHANGES_BY_ITSELF = CHANGE - MOVE


def amount_of_fall(tokens: list[Token], runs: list[Run]) -> None:
    """Make "an average of 4.7" a change where it is the gap between the two scores before it.

    Read only where the number stands in apposition, and is that gap to the last printed place.
    """
    for start, end, run in zip(runs, runs[1:], runs[2:], strict=False):
        if (start.role, end.role, run.stat) != ("from", "to", "level"):
            continue
        one, two, gap = start.values[-1], end.values[-1], run.values[0]
        words = [tokens[k].word for k in range(run.first - 4, run.first)]
        if words[3] != "of" or words[2] not in CENTRES or words[1] not in ("a", "an"):
            continue
        unit = 0.11 if "." in tokens[gap.at].word else 1.1
        if words[0] not in OPENS_ASIDE or abs(abs(one.value - two.value) - gap.value) > unit:
            continue
        verbs = (tokens[k].word for k in range(start.first - 1, max(start.first - 12, -1), -1))
        verb = next((word for word in verbs if word in _CHANGES_BY_ITSELF), "")
        if verb:
            run.stat, run.cue, run.role, run.sign = "change", verb, "by", sign_of(verb)


def scores_of_difference(tokens: list[Token], runs: list[Run]) -> list[tuple[Run, Run, Run]]:
    """Two that differ by just the difference told before: "was 1.2: 2.9 WITH WAX AND 4.1 ...".

    They were taken for differences as well; they are the two scores that it lies between. Returns
    the difference and both.
    """
    found = []
    for gap, one, two in zip(runs, runs[1:], runs[2:], strict=False):
        if {gap.stat, one.stat, two.stat} != {"between_diff"}:
            continue
        if len(gap.values) + len(one.values) + len(two.values) != 3:
            continue
        first, second, told = one.values[0], two.values[0], gap.values[0]
        if any(spread.kind in ("ci", "pair") for spread in (*first.spreads, *second.spreads)):
            continue
        groups = [_group_of(one), _group_of(two)]
        apart = None not in groups and not same_label(*groups)
        lower = gap.cue in ("lower", "higher") and _both_sides_of_than(tokens, one, two)
        if not apart and not lower:
            continue  # differences at two visits, say
        unit = 0.11 if "." in tokens[told.at].word else 1.1
        if told.value and abs(abs(first.value - second.value) - abs(told.value)) <= unit:
            found.append((gap, one, two))
            if lower:
                _hosts_of(gap, one)
    return found


def _hosts_of(gap: Run, one: Run) -> None:
    """ "1.1 lower WITH WAX (2.2) than ...": the name right before the bracket is of the 2.2 too."""
    for kind, lists in gap.post.items():
        near = [labels for labels in lists if one.first - labels.last in (0, 1)]
        if near and not one.pre.get(kind):
            one.pre[kind] = near


def _both_sides_of_than(tokens: list[Token], one: Run, two: Run) -> bool:
    """ "was 1.1 points lower with wax (2.2) THAN with clay (3.3)": each in a bracket of its own."""
    opened = all("(" in (tokens[r.first].word, tokens[r.first - 1].word) for r in (one, two))
    return opened and "than" in [tokens[k].word for k in range(one.last, two.first)]


def levels_behind_gap(tokens: list[Token], runs: list[Run]) -> None:
    """ "differed by 1.3 points (MEANS 3.1 and 4.4)": the two scores that the gap lies between.

    They are led by a word for scores, or lie just as far apart as was told.
    """
    for gap, pair in itertools.pairwise(runs):
        if gap.stat != "between_diff" or pair.stat != "between_diff":
            continue
        opened = open_bracket(tokens, gap.last, pair.first)
        sizes = len(gap.values), len(pair.values)
        if opened is None or sizes != (1, 2) or any(value.sign for value in pair.values):
            continue
        told, (one, two) = gap.values[0], pair.values
        unit = 0.11 if "." in tokens[told.at].word else 1.1
        fits = abs(abs(one.value - two.value) - abs(told.value)) <= unit
        words = {tokens[k].word for k in range(opened, pair.first)}
        interval = any(spread.kind in ("ci", "pair") for spread in (*one.spreads, *two.spreads))
        if told.value and fits and not words & DIFFERENCE and (words & _SCORES or not interval):
            pair.call_level()
            pair.separators = ["vs"]


def score_behind_gap(tokens: list[Token], runs: list[Run]) -> None:
    """ "2.7 with wax, 1.5 points lower than with clay (4.2)": the other of the two scores.

    It stands in a bracket, or between commas, and lies just as far from the score ahead as told.
    """
    for at in range(len(runs) - 2):
        score, gap, other = runs[at : at + 3]
        if (score.stat, gap.stat, other.stat) != ("level", "between_diff", "between_diff"):
            continue
        if any(len(run.values) != 1 for run in (score, gap, other)) or other.values[0].sign:
            continue
        than = [tokens[k].word for k in range(gap.last, other.first)]
        if "than" in than and _as_far_apart(
            tokens, gap.values[0], score.values[0], other.values[0]
        ):
            other.call_own_level()
            other.head = _group_between(gap, other)


def scores_of_gap(tokens: list[Token], runs: list[Run], times: list[Time]) -> None:
    """ "A difference of 1.3, FROM MEANS of 3.1 with wax and 4.4 with clay": no scores before.

    The two lie just as far apart as was told, and no baseline is told beside them.
    """
    for at, gap in enumerate(runs[:-1]):
        start = runs[at + 1]
        if gap.stat != "between_diff" or (start.stat, start.role) != ("level", "from"):
            continue
        pair = [start] if len(start.values) == 2 else runs[at + 1 : at + 3]
        values = [value for run in pair for value in run.values]
        if len(values) != 2 or len(gap.values) != 1 or any(run.stat != "level" for run in pair):
            continue
        end = runs[at + 1 + len(pair)].first if at + 1 + len(pair) < len(runs) else start.last + 40
        based = any(t.kind == "base" and gap.last <= t.first < end for t in times)
        if not based and _as_far_apart(tokens, gap.values[0], values[0], values[1]):
            for run in pair:
                run.call_level()


def _as_far_apart(tokens: list[Token], told: Value, one: Value, two: Value) -> bool:
    """Whether two values differ by the value told, but for what was rounded."""
    places = len(tokens[told.at].word.partition(".")[2])
    return abs(abs(one.value - two.value) - abs(told.value)) <= 1.1 * 10**-places


_SCORES = word_set("means medians scores values ratings")


def _group_between(one: Run, two: Run) -> Any:
    """The last group that stands between two runs, if there is one."""
    labels = [*(one.post.get("arm") or []), *(two.pre.get("arm") or [])]
    items = [item for label in labels for item in label.items]
    return next((item for item in items[::-1] if one.last <= item.first < two.first), None)


def _group_of(run: Run) -> Any:
    """The one group that stands beside a run, if there is one."""
    labels = run.post.get("arm") or run.pre.get("arm") or []
    items = [item for label in labels for item in label.items]
    return items[0] if len(items) == 1 else None


def noun_of_change(tokens: list[Token], a: int, gap: Run) -> str:
    """The change that a difference is told of ("the difference in IMPROVEMENT was 1.2"), or ""."""
    words = [tokens[k].word for k in range(a, gap.first)]
    at = next((k for k, word in enumerate(words) if word in DIFFERENCE), len(words))
    return next((word for word in words[at:] if word in CHANGE_NOUNS and sign_of(word)), "")


def moved_before_colon(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """ "Both groups IMPROVED: NRS 2.4 POINTS with tape, 2.1 points with sham": two changes.

    Behind a verb of change and a colon, where every number has the unit of an amount and nothing
    tells a score before.
    """
    colon = next((k for k in range(a + 1, runs[0].first) if tokens[k].word == ":"), a)
    verb = tokens[colon - 1].word if colon > a else ""
    if verb not in _CHANGES_BY_ITSELF or not sign_of(verb):
        return
    values = [value for run in runs for value in run.values]
    words = {tokens[k].word for k in range(colon, runs[-1].last)}
    if any(run.stat != "level" for run in runs) or words & _BEFORE or _NAMES_OF_LEVELS & words:
        return
    if all(value.unit == "point" and not value.sign for value in values):
        for run in runs:
            run.stat, run.cue, run.role, run.sign = "change", verb, "by", sign_of(verb)


_BEFORE = word_set("from to baseline before entry preoperative preoperatively was were averaged")
_NAMES_OF_LEVELS = word_set("scores values ratings means")

"""Sentence structure: runs of values, lists of labels, and which labels stand on which side.

A run is a list of values with nothing but list signs between them ("7.1, 3.0 and 2.2"). Labels are
times, groups, measures and counts; between two runs they are divided at the first separator.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evergrove.reading.quantities import P, Value
from evergrove.reading.text import Token
from evergrove.reading.words import STATE, VERBS

KINDS = ("time", "arm", "measure", "count")
_RUN_SEPARATORS = frozenset((",", "and", "or", "vs", "versus", "/", "&", "then", "finally", "-", "plus", "compared", "with", "to", "against", "respectively"))
_LIST_SEPARATORS = frozenset((",", "and", "or", "vs", "versus", "/", "&", "to", "over", "plus", "than", "-", "–", "against", "both"))
_LIST_WORDS = frozenset("at the in on for with of a after by from from postoperative mean then finally those score scores as well compared both again week weeks to".split())
HARD = frozenset((";", "whereas", "while", "whilst", "but", "although", "though", "which"))
# Words that look like verbs but belong to a phrase ("in the treated group", "compared with").
_VERBAL = frozenset("compared versus using given treated allocated assigned received rating remaining lower higher less more better worse greater change changes reduction improvement decrease increase relief enrolled included completed analysed analyzed observed reported relief randomised randomized left".split())
_SPLIT = frozenset((",", ";", ":", "and", "but", "while", "whereas", "whilst", "vs", "versus", "compared", "then", "although", "though", "against", "plus", "or", "—", "/"))


@dataclass(slots=True)
class Labels:
    """A list of one or more labels of one kind in one place."""

    kind: str
    items: list[Any]
    first: int
    last: int
    contrast: bool = False


@dataclass(slots=True)
class Run:
    """Values in one list, with the separators between them."""

    values: list[Value]
    separators: list[str]
    first: int
    last: int
    role: str = "state"
    stat: str = "level"
    sign: str = ""
    pre: dict[str, list[Labels]] = field(default_factory=dict)
    post: dict[str, list[Labels]] = field(default_factory=dict)
    verb: int | None = None
    fresh: bool = False
    hard: bool = False
    cue: str = ""
    inherits: bool = False
    lead: int = 0

    @property
    def versus(self) -> bool:
        return bool(self.separators) and all(s in ("vs", "versus", "against", "compared") for s in self.separators)

    def groups(self) -> list[int]:
        """Sizes of the inner lists if "and" or ";" closes one before the run ends: [3, 3]."""
        sizes, size = [], 1
        closed = False
        for at, separator in enumerate(self.separators):
            strong = separator in (";",) or (closed and separator in (",and", ",", "and"))
            if strong:
                sizes.append(size)
                size, closed = 1, False
            else:
                size += 1
                if separator in ("and", ",and", "vs", "to"):
                    closed = True
            del at
        sizes.append(size)
        return sizes


def build_runs(tokens: list[Token], values: list[Value], covered: dict[int, int], b: int) -> list[Run]:
    """Group values into runs. `covered` maps a token to the end of a label or p that it begins."""
    runs: list[Run] = []
    for value in values:
        if runs:
            separator = _between(tokens, runs[-1].last, value.first, covered)
            if separator is not None:
                runs[-1].values.append(value)
                runs[-1].separators.append(separator)
                runs[-1].last = max(runs[-1].last, value.last)
                continue
        runs.append(Run([value], [], value.first, value.last))
    return runs


def _between(tokens: list[Token], i: int, j: int, covered: dict[int, int]) -> str | None:
    """The list sign between two values, or None if more than that stands there."""
    if i >= j:
        return None
    words: list[str] = []
    k = i
    while k < j:
        end = covered.get(k)
        if end is not None and end <= j:
            k = end
            continue
        word = tokens[k].word
        if word in ("(", ")", "[", "]", "a", "the", "mean", "of", "finally", "p", "median", "again", "only", "points", "mm", "also", "just"):
            if word in ("(", "["):
                return None
            if word == "of" and words[-1:] != ["mean"] and "and" not in words:
                return None
            k += 1
            continue
        if word == ";" :
            words.append(";")
            k += 1
            continue
        if word not in _RUN_SEPARATORS:
            return None
        words.append(word)
        k += 1
    if not words or words == ["to"] or "to" in words and "compared" not in words:
        return None
    if words == ["with"] or words[-1] == "by":
        return None
    if words == [";"]:
        return ";"
    if "and" in words:
        return ",and" if "," in words or ";" in words else "and"
    if "compared" in words:
        return "vs"
    return words[0]


def build_lists(tokens: list[Token], kind: str, items: list[Any], values: list[Value]) -> list[Labels]:
    """Labels of one kind joined into lists where only list signs stand between them."""
    lists: list[Labels] = []
    value_places = [value.at for value in values]
    for item in items:
        if lists and _same_list(tokens, kind, lists[-1], item, value_places):
            lists[-1].items.append(item)
            lists[-1].last = item.last
            continue
        lists.append(Labels(kind, [item], item.first, item.last))
    for labels in lists:
        if len(labels.items) == 2:
            words = {tokens[k].word for k in range(labels.items[0].last, labels.items[1].first)}
            labels.contrast = bool(words & {"vs", "versus", "over", "than", "against"})
    return lists


def _same_list(tokens: list[Token], kind: str, before: Labels, item: Any, values: list[int]) -> bool:
    i, j = before.last, item.first
    if any(i <= at < j for at in values):
        return False
    if kind == "count":
        return False
    separated = i >= j and kind == "time"
    for k in range(i, j):
        word = tokens[k].word
        if word == "-" and kind == "arm" and not tokens[k].spaced:
            return False
        if tokens[k].kind == "n" and kind == "arm" and item.count is not None:
            continue
        if word in _LIST_SEPARATORS:
            separated = True
        elif word not in _LIST_WORDS or kind == "measure" and word not in ("the", "for", "mean", "in", "of", "scores", "score", "both", "as", "well", "on"):
            if kind == "arm" and word in ("group", "arm", "groups", "received", "patients", "received"):
                continue
            if word in ("(", ")") and kind == "measure":
                # "the visual analog scale (VAS) and the Oswestry index (ODI)": one list with names.
                continue
            return False
    if kind == "time" and i < j:
        words = [tokens[k].word for k in range(i, j)]
        if words[-1:] == ["from"] or words[:1] == ["to"] and getattr(item, "kind", "") == "base":
            return False
        if before.items[-1].kind in ("post", "immediate") and not set(words) & _LIST_SEPARATORS:
            return False
    return separated and j - i <= 9


def attach(
    tokens: list[Token], a: int, b: int, runs: list[Run], lists: list[Labels], skip: dict[int, int]
) -> None:
    """Put each list before (pre) or behind (post) the run that it belongs to by punctuation."""
    for index in range(len(runs) + 1):
        left = runs[index - 1] if index else None
        right = runs[index] if index < len(runs) else None
        start = left.last if left else a
        stop = right.first if right else b
        inside = [labels for labels in lists if start <= labels.first < stop]
        if left is None:
            cut = start
        elif right is None:
            cut = _tail_end(tokens, start, stop, inside, skip)
        else:
            cut = _cut(tokens, start, stop, inside, skip, right)
        for labels in inside:
            if left is not None and labels.first < cut:
                left.post.setdefault(labels.kind, []).append(labels)
            elif right is not None:
                right.pre.setdefault(labels.kind, []).append(labels)
        if right is not None:
            _describe_gap(tokens, cut if left else start, stop, right, left)
            if left is not None:
                right.hard = any(
                    tokens[k].word in HARD for k in range(start, stop) if k not in skip
                )


def _cut(
    tokens: list[Token], start: int, stop: int, inside: list[Labels], skip: dict[int, int], right: Run
) -> int:
    """The first separator between two runs that is not part of a list of labels."""
    k = start
    while k < stop:
        end = skip.get(k)
        if end is not None and end <= stop:
            k = end
            continue
        within = next((labels for labels in inside if labels.first <= k < labels.last), None)
        if within is not None:
            if len(within.items) > 1 and _both_sides(tokens, within, stop):
                # "4.2 at 3 months and at 6 months 3.1": the last label goes with the next value.
                last = within.items[-1]
                within.items = within.items[:-1]
                within.last = within.items[-1].last
                moved = Labels(within.kind, [last], last.first, last.last)
                right.pre.setdefault(within.kind, []).append(moved)
                return within.last
            k = within.last
            continue
        word = tokens[k].word
        if word in (")", "]") and tokens[stop - 1].word in ("(", "["):
            # "(-3.4) than with advice (-1.8)": what follows the bracket leads to the next one.
            return k
        if word in ("(", "[") and k + 1 < stop:
            k = _over_bracket(tokens, k, stop)
            continue
        if word in VERBS and tokens[k].kind == "w" and word not in _VERBAL and k > start:
            return k
        if word in _SPLIT:
            if word == "," and _enclosed(tokens, k, stop, inside):
                k += 1
                continue
            return k
        if word in ("to", "from", "by") and (k + 3 >= stop or not any(labels.first > k and labels.first <= k + 2 for labels in inside)):
            return k
        k += 1
    # No separator: a label that follows its value directly is the value's own.
    return stop if not inside or tokens[start].word in ("at", "in", "after", "with", "for", "on", "(", "by") or inside[-1].last >= stop - 1 else start


def _over_bracket(tokens: list[Token], k: int, stop: int) -> int:
    """The token after the bracket at k, or k + 1 if it does not close before `stop`."""
    for j in range(k + 1, stop):
        if tokens[j].word in (")", "]"):
            return j + 1
    return k + 1


def _both_sides(tokens: list[Token], labels: Labels, stop: int) -> bool:
    """Whether the last label of a list stands directly before the next value."""
    last = labels.items[-1]
    if labels.kind != "time":
        return False
    gap = [tokens[k].word for k in range(last.last, stop)]
    return len(gap) <= 3 and not set(gap) & {",", "and", ";"} and set(gap) <= {"it", "was", "were", "mean", "=", ":", "a", "score", "the", "("} and len(labels.items) == 2


def _enclosed(tokens: list[Token], k: int, stop: int, inside: list[Labels]) -> bool:
    """ "7.1, at baseline, and 3.2": a label between commas belongs to the value before."""
    for labels in inside:
        if 0 <= labels.first - k <= 3 and labels.last < stop and tokens[labels.last].word == "," and labels.last + 1 < stop and tokens[labels.last + 1].word == "and":
            return True
    return False


def _tail_end(tokens: list[Token], start: int, stop: int, inside: list[Labels], skip: dict[int, int]) -> int:
    """Where the clause of the last value ends."""
    depth = 0
    k = start
    while k < stop:
        word = tokens[k].word
        if word in ("(", "["):
            depth += 1
        elif word in (")", "]"):
            depth -= 1
        if word in HARD and k > start:
            return k
        if word in (",", "and") and k + 1 < stop and depth <= 0:
            # ", and ... were": another clause, whose labels are its own.
            ahead = [tokens[m].word for m in range(k + 1, min(stop, k + 9))]
            verb = next((n for n, w in enumerate(ahead) if w in STATE or w in VERBS and w not in ("compared", "using", "versus", "following", "rating", "lower", "higher", "better", "greater", "more", "less")), None)
            if verb is not None and verb > 0 and not {",", ")"} & set(ahead[:verb]) and ahead[0] not in ("respectively", "with", "at", "in", "for", "to"):
                return k
        k += 1
    return stop


def _describe_gap(tokens: list[Token], start: int, stop: int, run: Run, left: Run | None) -> None:
    """The verb that leads to a run and whether its clause begins anew."""
    run.lead = start
    for k in range(stop - 1, start - 1, -1):
        if tokens[k].kind == "w" and tokens[k].word in VERBS and tokens[k].word not in (
            "compared", "using", "lower", "higher", "rating", "ratings", "less", "more", "better", "versus", "given", "treated", "remained",
            "change", "changes", "reduction", "improvement", "decrease", "increase", "relief", "drop", "rise", "fall", "gain", "decline", "loss", "greater", "worse",
        ):  # fmt: skip
            run.verb = k
            run.fresh = left is None or any(tokens[m].word not in ("was", "were", "to", "from", "by", "and", "then") for m in range(start, k))
            return


def covered_by(ps: list[P], extra: list[tuple[int, int]], tokens: list[Token], a: int, b: int) -> dict[int, int]:
    """Start -> end of everything that may stand between values of one run: p, n, their brackets."""
    out: dict[int, int] = {}
    spans = [(p.start, p.last) for p in ps] + extra
    for first, last in sorted(spans):
        out[first] = last
    k = a
    while k < b:
        if tokens[k].word in ("(", "["):
            j = k + 1
            only = True
            while j < b and tokens[j].word not in (")", "]"):
                end = out.get(j)
                if end is not None:
                    j = end
                    continue
                if tokens[j].word in (",", ";", "and", "all", "both", "for", "respectively", "each", "n", "=", "per", "group", "in", "arm"):
                    j += 1
                    continue
                only = False
                break
            if only and j < b and j > k + 1:
                out[k] = j + 1
                k = j
        k += 1
    return out

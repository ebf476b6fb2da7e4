"""Sentence structure: runs of values, and what a list of labels is.

A run is a list of values with nothing but list signs between them ("7.1, 3.0 and 2.2"). Labels are
times, groups, measures and counts (`label_lists`), on the one or the other side of a run (`gaps`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evergrove.reading.kinds.closed_brackets import behind_difference
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import VERSUS
from evergrove.reading.text.tokens import Token, is_measure, open_bracket
from evergrove.reading.text.words import CHANGE_NOUNS, word_set

_GROUPS_WORDS = word_set("and ,and vs to")
_BETWEEN_WORDS = word_set("( ) [ ] a the mean of finally p median again only points mm also just")
KINDS = ("time", "arm", "measure", "count")
_RUN_SEPARATORS = word_set(
    ", and or vs versus / & then finally - plus compared with to against respectively"
)


@dataclass(slots=True, eq=False)
class Labels:
    """A list of one or more labels of one kind in one place."""

    kind: str
    items: list[Any]
    first: int
    last: int
    contrast: bool = False


@dataclass(slots=True, eq=False)
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
    at_both: Any = None
    labelled: set[int] = field(default_factory=set)
    compared: int = 0  # 1, 2: the first and the second of two differences of one group
    head: Any = None  # the group that heads the run in its bracket
    of_all: bool = False  # of everybody: a bracket behind it tells its parts, each with its name
    head_times: list[Any] = field(default_factory=list)  # of the values of a headed run
    both: list[Any] = field(default_factory=list)  # two groups of one value
    contrasted: bool = False  # a difference stood behind each two of its values
    began: Any = None  # the change that this score, in a bracket beside it, is the start of
    ranked: bool = False  # two changes of which the first is that of the group named ahead
    control: int = 0  # token of the control that the value is set against, or 0

    def call_level(self, role: str = "state") -> None:
        """Take the values for levels ("state", or "from" and "to" of a pair), and for no change."""
        self.stat, self.role, self.cue, self.sign = "level", role, "", ""

    def call_own_level(self) -> None:
        """Take the values for levels that inherit nothing from the run before."""
        self.call_level()
        self.inherits = False

    def go_on_from(self, previous: Run) -> None:
        """Take the values for the same kind (level, change, difference) as those of `previous`."""
        self.stat, self.cue, self.sign = previous.stat, previous.cue, previous.sign
        self.inherits = True
        if self.role == "state" and previous.role in ("by", "of"):
            self.role = previous.role

    @property
    def versus(self) -> bool:
        return bool(self.separators) and VERSUS.issuperset(self.separators)

    @property
    def pairs(self) -> bool:
        """ "4.9 vs 2.3 and 4.8 vs 2.4": pairs one after another."""
        if len(self.separators) < 3:
            return False
        inner, outer = self.separators[0::2], self.separators[1::2]
        whole = len(inner) == len(outer) + 1 > 1
        return whole and set(inner) <= VERSUS and not set(outer) & VERSUS

    @property
    def slashed(self) -> bool:
        """ "8.1/44, 3.2/21 and 2.7/18": pairs that a slash joins."""
        inner, outer = self.separators[0::2], self.separators[1::2]
        return len(inner) == len(outer) + 1 > 1 and set(inner) == {"/"} and "/" not in outer

    def groups(self) -> list[int]:
        """Sizes of the inner lists if "and" or ";" closes one before the run ends: [3, 3]."""
        if self.pairs or self.slashed:
            return [2] * (len(self.values) // 2)
        sizes, size = [], 1
        closed = False
        for at, separator in enumerate(self.separators):
            strong = separator in (";",) or (closed and separator in (",and", ",", "and"))
            if strong:
                sizes.append(size)
                size, closed = 1, False
            else:
                size += 1
                if separator in _GROUPS_WORDS:
                    closed = True
            del at
        sizes.append(size)
        return sizes


def build_runs(tokens: list[Token], values: list[Value], covered: dict[int, int]) -> list[Run]:
    """Group values into runs. `covered` maps a token to the end of a label or p that it begins."""
    runs: list[Run] = []
    for value in values:
        last = runs[-1].values[-1] if runs else None
        if last is not None and _goes_on(tokens, runs, value, values):
            separator = _between(tokens, runs[-1].last, value.first, covered)
            if separator is not None:
                runs[-1].values.append(value)
                runs[-1].separators.append(separator)
                runs[-1].last = max(runs[-1].last, value.last)
                continue
        runs.append(Run([value], [], value.first, value.last))
    return runs


def _goes_on(tokens: list[Token], runs: list[Run], value: Value, values: list[Value]) -> bool:
    """Whether a value may go on with the last run, by what stands between the two."""
    run, last = runs[-1], runs[-1].values[-1]
    if _difference_follows(tokens, last, value) or _frames_against(tokens, last, value):
        return False
    if len(run.values) > 1 and _closed_list(tokens, last, value):
        return False
    if len(runs) > 1 and (
        _next_frame(tokens, runs, value, values) or _score_or_change(runs, value, values)
    ):
        return False
    if _with_article(tokens, run, value):
        return False
    closed = [k for k in range(last.first, value.first) if tokens[k].word in (")", "]")]
    return not closed or not (
        behind_difference(tokens, last, value) or _out_of_bracket(tokens, run, value)
    )


def outer_run(tokens: list[Token], runs: list[Run], index: int) -> Run:
    """ "3.9 (a fall of 2.2) with tape against 5.0 ...": the run before the bracket, not in it.

    The run that runs[index] goes on from; index is 1 or more.
    """
    previous = runs[index - 1]
    gap = (tokens[k].word for k in range(previous.last, runs[index].first))
    if next((word for word in gap if word in _BRACKETS), "") not in (")", "]"):
        return previous
    k = open_bracket(tokens, runs[0].last, previous.first)
    if k is None:
        return previous
    outer = next((run for run in reversed(runs[: index - 1]) if run.last <= k), previous)
    # "was lower (61 vs 34), with greater falls IN VAS (2.5 vs 1.8) and NRS (2.6 vs 1.4)": no aside
    named = any(is_measure(tokens[m]) for m in range(outer.last, k))
    return previous if named else outer


_BRACKETS = word_set("( ) [ ]")


def _closed_list(tokens: list[Token], before: Value, value: Value) -> bool:
    """ "6.1 and 6.3, RESPECTIVELY, and 2.2 and 3.4 at week 6": a list is over, the next begins."""
    gap = [tokens[k].word for k in range(before.last, value.first)]
    return "respectively" in gap and _CLOSES_LIST.issuperset(gap)


_CLOSES_LIST = word_set("respectively , and")


def _with_article(tokens: list[Token], left: Run, value: Value) -> bool:
    """ "NRS was 3.1, A 2.9(-point) IMPROVEMENT": a number with an article goes on with no list."""
    k = value.first - 1
    if tokens[k].word not in ("a", "an") or tokens[k - 1].word not in (",", "("):
        return False
    return tokens[left.first - 1].word not in ("a", "an")


def _out_of_bracket(tokens: list[Token], left: Run, value: Value) -> bool:
    """ "2.4 with gel (BASELINE: 7.2) AND 3.9 with ice": 3.9 goes on with no list of the bracket."""
    if all(tokens[k].word not in (")", "]") for k in range(left.last, value.first)):
        return False
    opened = open_bracket(tokens, max(0, left.first - 6), left.first)
    if opened is None or open_bracket(tokens, opened, value.first) == opened:
        return False
    return any(tokens[k].kind == "w" for k in range(opened + 1, left.first))


def _score_or_change(runs: list[Run], value: Value, values: list[Value]) -> bool:
    """Whether a value is the third or fourth of "3.3 and -2.2 versus 3.8 and -1.7"."""
    if len(runs) < 2:
        return False
    if scores_and_changes([*runs, Run([value], [], 0, 0)]):
        return True
    after = next((v for v in values if v.first > value.first), None)
    if value.sign or after is None or after.sign != "-":
        return False
    return scores_and_changes([*runs, Run([value], [], 0, 0), Run([after], [], 0, 0)])


def scores_and_changes(runs: list[Run]) -> bool:
    """ "3.3 and a change of -2.2 with wax versus 3.8 and -1.7": the last four are two of each."""
    if len(runs) < 4:
        return False
    signs = [run.values[0].sign if len(run.values) == 1 else "?" for run in runs[-4:]]
    return signs == ["", "-", "", "-"]


def _next_frame(tokens: list[Token], runs: list[Run], value: Value, values: list[Value]) -> bool:
    """ "7.1 to 3.2 AND 6.9 TO 4.8": the third number begins a frame of its own, in no list."""
    if len(runs) < 2 or len(runs[-1].values) > 1:
        return False
    lead = [token.word for token in tokens[value.first - 2 : value.first]]
    if lead[-1] not in _ANDS and lead not in _COMPARED:
        return False
    last = runs[-1]
    led = tokens[last.first - 1].word == "to" and runs[-2].last == last.first - 1
    after = next((v for v in values if v.first > value.first), None)
    return (
        led
        and after is not None
        and after.first == value.last + 1
        and tokens[value.last].word == "to"
    )


_ANDS = word_set("and , vs versus against")
_COMPARED = (["compared", "with"], ["compared", "to"])


def _frames_against(tokens: list[Token], before: Value, value: Value) -> bool:
    """ "8.1 to 3.9 VS 8.0 to 6.2": before and after in two groups, not 3.9 against 8.0."""
    gap = [tokens[k].word for k in range(before.last, value.first)]
    if gap not in _AGAINST or value.last + 1 >= len(tokens):
        return False
    ends = before.first > 2 and tokens[before.first - 1].word == "to"
    begins = tokens[value.last].word == "to" and tokens[value.last + 1].kind == "n"
    led = tokens[before.first - 3 : before.first - 1]  # "68 mm to 31 mm"
    return ends and any(token.kind == "n" for token in led) and begins


_AGAINST = (["vs"], ["versus"], ["against"], ["compared", "with"], ["compared", "to"])


_LESS = word_set("lower higher less more better worse")


def _difference_follows(tokens: list[Token], before: Value, value: Value) -> bool:
    """ "3.3 (SD 1.8), 2.1 lower than before": the second is a difference, not one of a list."""
    k = value.last
    ahead = [tokens[m].word for m in range(k, min(k + 2, len(tokens)))]
    if value.percent and not before.percent and set(ahead[:1]) & CHANGE_NOUNS:
        return True  # "3.9 (SD 1.8), a 38% reduction"
    return (
        bool(before.spreads)
        and not value.spreads
        and ahead[:1] != []
        and (ahead[0] in _LESS and "than" in ahead)
    )


_SET_APART = ([",", "against"], [",", "versus"], [",", "vs"])  # "3.2, versus 8.1 before it"


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
        if word in _BETWEEN_WORDS:
            if word in ("(", "["):
                return None
            if word == "of" and words[-1:] != ["mean"] and "and" not in words:
                return None
            k += 1
            continue
        if word == ";":
            words.append(";")
            k += 1
            continue
        if word not in _RUN_SEPARATORS:
            return None
        words.append(word)
        k += 1
    if not words or words == ["to"] or ("to" in words and "compared" not in words):
        return None
    if words == ["with"] or words[-1] == "by":
        return None
    if words == [";"]:
        return ";"
    if "and" in words:
        return ",and" if "," in words or ";" in words else "and"
    if "compared" in words or words in _SET_APART:
        return "vs"
    return words[0]

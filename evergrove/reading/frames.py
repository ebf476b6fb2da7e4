"""Sentence structure: runs of values, lists of labels, and which labels stand on which side.

A run is a list of values with nothing but list signs between them ("7.1, 3.0 and 2.2"). Labels are
times, groups, measures and counts; between two runs they are divided at the first separator.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evergrove.reading.kinds.closed_brackets import behind_difference
from evergrove.reading.measures.other_clauses import befell
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import CHANGE_NOUNS, PEOPLE, UNIT_NAME, is_content, word_set
from evergrove.reading.times.next_clause import opens_clause

_VERSUS_WORDS = word_set("vs versus against compared")
_GROUPS_WORDS = word_set("and ,and vs to")
_BETWEEN_WORDS = word_set("( ) [ ] a the mean of finally p median again only points mm also just")
_BUILD_LISTS_WORDS = word_set("vs versus over than against")
_SAME_LIST_WORDS = word_set("the for mean in of scores score both as well on")
_SAME_LIST_WORDS_2 = word_set("group arm groups received patients")
_VISIT_WORDS = word_set("follow up followup")
KINDS = ("time", "arm", "measure", "count")
_RUN_SEPARATORS = word_set(
    ", and or vs versus / & then finally - plus compared with to against respectively"
)
_LIST_SEPARATORS = word_set(", and or vs versus / & to over plus than - – against both")
_LIST_WORDS = word_set(
    "at the in on for with of a after by from postoperative mean then finally those score "
    "scores as well compared both again week weeks to end"
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
        return bool(self.separators) and _VERSUS_WORDS.issuperset(self.separators)

    @property
    def pairs(self) -> bool:
        """ "4.9 vs 2.3 and 4.8 vs 2.4": pairs one after another."""
        if len(self.separators) < 3:
            return False
        inner, outer = self.separators[0::2], self.separators[1::2]
        whole = len(inner) == len(outer) + 1 > 1
        return whole and set(inner) <= _VERSUS_WORDS and not set(outer) & _VERSUS_WORDS

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
        if (
            last is not None
            and not _difference_follows(tokens, last, value)
            and not _next_frame(tokens, runs, value, values)
            and not _frames_against(tokens, last, value)
            and not (len(runs[-1].values) > 1 and _closed_list(tokens, last, value))
            and not _score_or_change(runs, value, values)
            and not behind_difference(tokens, last, value)
            and not _with_article(tokens, runs[-1], value)
            and not _out_of_bracket(tokens, runs[-1], value)
        ):
            separator = _between(tokens, runs[-1].last, value.first, covered)
            if separator is not None:
                runs[-1].values.append(value)
                runs[-1].separators.append(separator)
                runs[-1].last = max(runs[-1].last, value.last)
                continue
        runs.append(Run([value], [], value.first, value.last))
    return runs


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
    return next((run for run in reversed(runs[: index - 1]) if run.last <= k), previous)


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
    if len(runs) < 2 or len(runs[-1].values) > 1 or tokens[value.first - 1].word not in _ANDS:
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


_ANDS = word_set("and , vs versus")


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


def build_lists(
    tokens: list[Token], kind: str, items: list[Any], values: list[Value]
) -> list[Labels]:
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
            labels.contrast = bool(words & _BUILD_LISTS_WORDS)
            labels.contrast |= kind == "arm" and "comparison" in words
    return lists


def _same_list(
    tokens: list[Token], kind: str, before: Labels, item: Any, values: list[int]
) -> bool:
    i, j = before.last, item.first
    while kind == "measure" and i < j and tokens[before.last - 1].word == "to":
        if i - before.last > 3 or not is_content(tokens[i].word) or tokens[i].kind != "w":
            break
        i += 1  # "time to FIRST WALK and length of stay"
    if [at for at in values if i <= at < j]:
        return False
    if kind == "count" or (kind == "measure" and _aside(tokens, before)):
        return False
    if kind == "measure" and heads_bracket(tokens, item.first, item.last):
        return False
    if kind == "measure" and item.key is None:
        j = _of_name(tokens, i, j)
    if kind == "measure" and item.key and _happened(tokens, before.items[-1], item):
        return False
    if kind == "measure" and _opens_sentence(tokens, before, item):
        return False
    separated = i >= j and kind == "time"
    skipped = _size_bracket(tokens, i, j) if kind == "arm" else 0
    if kind == "measure":
        skipped = own_time(tokens, i, item.first)
    for k in range(i + skipped, j):
        word = tokens[k].word
        if word == "-" and kind == "arm" and not tokens[k].spaced:
            return False
        if tokens[k].kind == "n" and kind == "arm" and item.count is not None:
            continue
        if word in _LIST_SEPARATORS or (kind == "arm" and _in_comparison(tokens, k)):
            separated = True
        elif word not in _LIST_WORDS or (kind == "measure" and word not in _SAME_LIST_WORDS):
            if kind == "arm" and word in _SAME_LIST_WORDS_2:
                continue
            if kind == "arm" and _whose_treatment(tokens, k):
                continue
            if kind == "measure" and k < j - 1 and _in_scale(tokens, i, k, j):
                continue  # "NDI (0-100) and neck VAS"
            if kind == "time" and word in _VISIT_WORDS:
                continue  # "before versus follow-up at 3 years"
            if word in ("(", ")") and kind == "measure":
                # "the visual analog scale (VAS) and the Oswestry index (ODI)": one list with names.
                continue
            return False
    if kind == "time" and i < j:
        if opens_clause(tokens, i, item, values, before.first):
            return False
        words = [tokens[k].word for k in range(i, j)]
        if words[:2] == [",", "with"]:
            return False  # "2.4 at 3 days, WITH a final score of 0.4"
        if words[-1:] == ["from"] or (words[:1] == ["to"] and getattr(item, "kind", "") == "base"):
            return False
        if words[:1] == [","] and words[-1:] == ["mean"] and item.kind == "base":
            return False  # "to 2.3 at 6 months, and mean PREOPERATIVE ODI of 48"
        if before.items[-1].kind in ("post", "immediate") and not set(words) & _LIST_SEPARATORS:
            return False
    return separated and j - i - skipped <= 9


def _opens_sentence(tokens: list[Token], before: Labels, item: Any) -> bool:
    """ "REGARDLESS OF AGE, the mean VAS fell", "as for pain, VAS was": what it is told for.

    One name in a phrase that opens the sentence, a comma, and the measure that is told: no list.
    """
    start = next((k for k in range(before.first, 0, -1) if tokens[k - 1].word in (".", ";")), 0)
    if len(before.items) > 1 or not 0 < before.first - start < 6:
        return False
    gap = [tokens[k].word for k in range(before.last, item.first)]
    goes_on = item.last < len(tokens) and tokens[item.last].word in (",", "and", "or", "&")
    return (
        gap[:1] == [","]
        and gap.count(",") == 1
        and "and" not in gap
        and not goes_on
        and (tokens[start].word in _OPENS_PHRASE)
    )


_OPENS_PHRASE = word_set(
    "regardless irrespective independent independently after as for regarding concerning with in "
    "according based on by"
)
_STATES_LEAD = word_set("at on in during with")


def own_time(tokens: list[Token], i: int, j: int) -> int:
    """ "VAS AT 24 H and length of stay were 2.1 and 3 days": tokens of a time inside the list."""
    if j - i < 4 or tokens[i].word not in ("at", "on"):
        return 0
    two = (tokens[i + 1], tokens[i + 2])
    dated = any(token.kind == "n" for token in two) and any(t.word in UNIT_NAME for t in two)
    joined = tokens[i + 3].word in (",", "and") and tokens[i + 4].word not in _STATES_LEAD
    return 3 if dated and joined else 0  # not "pain on day 3, AT REST"


def _whose_treatment(tokens: list[Token], k: int) -> bool:
    """ "in patients treated with wax and THOSE TREATED with clay": k or the token before it."""
    lead = tokens[k - 1].word
    return tokens[k].word in _TREATED and (lead == "those" or lead in PEOPLE)


_TREATED = word_set("treated given managed receiving undergoing using taking wearing")


def _happened(tokens: list[Token], item: Any, then: Any) -> bool:
    """ "Thirty HAD LEAKAGE, and the mean VAS fell from 8 to 3": what befell people, no subject.

    Pain may befall them too ("two had leg pain, and the mean VAS"), but no score.
    """
    if item.key is not None and (item.instrument or not then.instrument):
        return False
    between = {tokens[k].word for k in range(item.last, then.first)}
    if item.key is not None and not between & {"the", "mean", "median", "average"}:
        return False
    return befell(tokens, item.first)


def _of_name(tokens: list[Token], i: int, j: int) -> int:
    """ "VAS and DAILY MORPHINE dose": where the name that ends in the known noun at j begins."""
    k = j
    while k - 1 > i and j - k < 3 and tokens[k - 1].kind == "w" and is_content(tokens[k - 1].word):
        k -= 1
    return k if tokens[k - 1].word in ("and", ",") else j


def heads_bracket(tokens: list[Token], first: int, last: int) -> bool:
    """ "on the VAS and ODI (VAS: 3.1 ...": a name that opens a bracket and heads its values."""
    opens = first > 0 and tokens[first - 1].word in ("(", "[")
    return opens and last < len(tokens) and tokens[last].word == ":"


def _aside(tokens: list[Token], labels: Labels) -> bool:
    """ "Excluding dropouts, mean pain was ...": a phrase before the sentence, no measure of it."""
    first = labels.items[0]
    lead = tokens[first.first - 1].word if first.first else ""
    return first.key is None and tokens[labels.last].word == "," and lead in _SETS_ASIDE


_SETS_ASIDE = word_set(
    "including excluding counting omitting despite without barring ignoring disregarding"
)


def _in_comparison(tokens: list[Token], k: int) -> bool:
    """ "with tape IN COMPARISON WITH ice": two groups set against each other."""
    word, lead, after = (tokens[m].word for m in (k, k - 1, k + 1))
    if word == "comparison":
        return lead in ("in", "by") and after in ("with", "to")
    return word == "in" and after == "comparison"


def _in_scale(tokens: list[Token], i: int, k: int, j: int) -> bool:
    """Whether token k is part of a bracket of numbers only between tokens i and j: "(0-100)"."""
    left = next((m for m in range(k, i - 1, -1) if tokens[m].word == "("), None)
    right = next((m for m in range(k, j) if tokens[m].word == ")"), None)
    if left is None or right is None:
        return False
    inside = tokens[left + 1 : right]
    return bool(inside) and all(t.kind == "n" or t.word in ("-", "–", "to", "/") for t in inside)


def _size_bracket(tokens: list[Token], i: int, j: int) -> int:
    """Length of "(n = 42)" or "(42)" that begins at token i; 0 if it does not stand there."""
    people = [t.word for t in tokens[i : min(i + 4, j)]]
    if len(people) == 4 and people[0] == "(" and people[3] == ")" and people[2] in PEOPLE:
        return 4 if tokens[i + 1].kind == "n" else 0  # "(33 people)"
    for size in (5, 3):
        if i + size <= j and tokens[i].word == "(" and tokens[i + size - 1].word == ")":
            inside = tokens[i + 1 : i + size - 1]
            if all(t.word in ("+", "/") or (t.kind == "w" and len(t.raw) <= 4) for t in inside):
                return size  # "(E)", "(E+D)"
            named = size == 3 or tokens[i + 1].word == "n"
            if named and tokens[i + size - 2].kind == "n":
                return size
    return 0

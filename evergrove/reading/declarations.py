"""What the abstract says once and means throughout: conventions, groups, cohort, follow-up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evergrove.reading.arms.arms import ArmIndex, DocArm
from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.other_spreads import OTHER_SPREADS, other_spread
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.numbers.spread_names import QUARTILE_WORDS, spread_behind_name, spread_kind
from evergrove.reading.text.small_words import KINDS_OF_POINT
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import Time

_FIND_CONVENTION_WORDS = word_set("mean means median medians average averages data values")
_FIND_CONVENTION_WORDS_2 = word_set("± ( [ and , with plus")
_FIND_CONVENTION_WORDS_3 = word_set(
    "deviation deviations error errors ) ] range of the mean quartile interval - – max "
    "maximum ; q3 , confidence sd se sem iqr ( [ intervals ranges"
)
_FIND_CONVENTION_WORDS_4 = word_set(
    "expressed presented given reported shown denote values data numbers figures results are "
    "quoted summarised summarized"
)
_FIND_CONVENTION_WORDS_5 = word_set(
    "± brackets parentheses denote denotes indicate indicates follow parenthesis expressed "
    "presented given shown stand stands throughout error errors variability spread dispersion"
)
_FOLLOWING = word_set(
    "follow followup observation followed observed surveillance review called recalled "
    "reexamined re-examined"
)
_VISITS = word_set("visit examination review follow-up assessment")
MAYBE_FOLLOWED = _FOLLOWING | _VISITS  # one of these stands where a follow-up is told
_FIND_FOLLOW_UP_WORDS_2 = word_set("age aged duration minimum least")
_FIND_FOLLOW_UP_WORDS_3 = word_set("mean median average averaged averaging")
_FIND_FOLLOW_UP_WORDS_4 = word_set("was of : lasted")


@dataclass(slots=True, eq=False)
class Convention:
    """What "mean (SD)" in a sentence or in the whole text says about centre and spread."""

    centre: str | None = None
    spread: str | None = None
    where: int = 0
    document: bool = False
    level: int | None = None
    inline: bool = False
    beside: Convention | None = None  # "mean (SD) or median (IQR)": the second


@dataclass(slots=True, eq=False)
class Declared:
    """Everything that holds for the whole abstract."""

    arms: list[DocArm] = field(default_factory=list)
    index: ArmIndex = field(default_factory=ArmIndex)
    cohort: Count | None = None
    each: Count | None = None
    follow_up: Time | None = None
    conventions: list[Convention] = field(default_factory=list)
    pair: list[str] = field(default_factory=list)
    primary: tuple[str, Time] | None = None
    schedule: list[Time] = field(default_factory=list)
    sizes: list[Any] = field(default_factory=list)
    cohort_doubt: bool = False
    asked: bool = False  # whether people were asked by letter, by phone, in a survey
    fewer_later: bool = False
    several_groups: bool = False  # "divided into TWO GROUPS", however they are called
    doses: dict[tuple[float, str], DocArm] = field(default_factory=dict)


_CENTRES = word_set(
    "mean means median medians average averages lsm lsms lsmean lsmeans emm emms"
)  # LSM, EMM: means of a model
_SPREAD_FIRST = word_set(
    "sd sds standard se sem ses iqr interquartile quartiles q1 inter range ranges min minimum ci "
    "confidence"
)


#: Words of which one stands in every sentence that tells how values are printed.
MAYBE_CONVENTION = (
    _SPREAD_FIRST
    | QUARTILE_WORDS
    | OTHER_SPREADS
    | word_set("lower upper first third 25 75 25th 75th")
)


def find_convention(
    tokens: list[Token], a: int, b: int, words: frozenset[str]
) -> Convention | None:
    """What `find_words` finds, else what a bracket tells beside a value: "81 [55-100] mm (median
    [min-max])", "Median [25th; 75th percentile] pain was 4 [3; 6]"."""
    if words & _CENTRES and (other := other_spread(tokens, a, b, words)) is not None:
        centre = "median" if tokens[other[0]].word.startswith("median") else "mean"
        told = words & _FIND_CONVENTION_WORDS_4 and not any(
            token.kind == "n" for token in tokens[a : other[0]] + tokens[other[1] + 1 : b]
        )
        known = find_words(tokens, a, b, words)
        rare = Convention(centre, "other", other[0], bool(told))
        if known is not None and known.where < rare.where:
            known.beside = rare  # "mean ± SD or median (10th-90th percentile)"
            return known
        rare.beside = known
        return rare
    if words & BRACKETS:
        told = _before_colon(tokens, a, b) or _last_clause(tokens, a, b)
        if told is not None:
            return told
    found = find_words(tokens, a, b, words)
    if found is not None and found.document and len(words & _CENTRES) > 1:
        found.beside = _second(tokens, found, b)
    of_value = found is None or (not found.document and found.spread in ("iqr", "range", "ci"))
    if of_value and words & _CENTRES:
        return _inline(tokens, a, b) or found
    return found


def _second(tokens: list[Token], first: Convention, b: int) -> Convention | None:
    """ "Data are mean (SD) OR MEDIAN (IQR)": the other centre with its spread, if it has one."""
    for k in range(first.where + 1, b - 1):
        if tokens[k].word in _CENTRES:
            words = frozenset(tokens[m].word for m in range(k, b))
            other = find_words(tokens, k, b, words)
            apart = other is not None and other.centre != first.centre
            return other if apart and other.spread != first.spread else None
    return None


_LEVELS = (25, 75, 90, 95, 99)  # "median (25%-75% interquartile range)", "mean (95% CI)"
_OPENS = ("(", "[", "±")
_PAIRS = ("iqr", "range", "ci")


def fitting(convention: Convention, kinds: set[str]) -> Convention:
    """Of two declarations of one sentence the one of the shape that was printed.

    `kinds`: of the spreads of the value. A pair "(1-3)" is no SD, and a single number no IQR.
    """
    other = convention.beside
    if other is None or not kinds:
        return convention
    pair = "pair" in kinds
    if pair == (convention.spread in _PAIRS):
        return convention
    return other if pair == (other.spread in _PAIRS) else convention


def _before_colon(tokens: list[Token], a: int, b: int) -> Convention | None:
    """ "STANDARD ERRORS ARE IN PARENTHESES: at 3 months the mean VAS was 44.5 (3.2)"."""
    ahead = range(a, min(b, a + 14))
    colon = next((k for k in ahead if tokens[k].word in (":", ";")), None)
    if colon is None:  # "With standard errors IN PARENTHESES, the VAS was 44.5 (3.2)"
        colon = next((k for k in ahead if tokens[k].word == "," and _in_bracket(tokens, k)), None)
    if colon is None or any(tokens[k].kind == "n" for k in range(a, colon)):
        return None
    return find_words(tokens, a, colon, frozenset(tokens[k].word for k in range(a, colon)))


def _last_clause(tokens: list[Token], a: int, b: int) -> Convention | None:
    """ "... from 6.8 (1.5) to 3.1 (2.0); PARENTHESES CONTAIN STANDARD DEVIATIONS"."""
    near = range(b - 2, max(a, b - 14), -1)
    sign = next((k for k in near if tokens[k].word in (";", ":")), None)
    if sign is None:  # "from 6.8 (1.5) to 3.1 (2.0) (SD IN PARENTHESES)"
        last = next((k for k in near if tokens[k].word in "(["), None)
        told = last is not None and any(_in_bracket(tokens, k) for k in range(last, b + 1))
        sign = last if told else None
    if sign is None or any(tokens[k].kind == "n" for k in range(sign, b)):
        return None
    words = frozenset(tokens[k].word for k in range(sign + 1, b))
    return find_words(tokens, sign + 1, b, words) if words & BRACKETS else None


def _in_bracket(tokens: list[Token], k: int) -> bool:
    """Whether "in parentheses" ends right before token k."""
    return k > 1 and tokens[k - 1].word in BRACKETS and tokens[k - 2].word in ("in", "within")


BRACKETS = word_set("parentheses parenthesis brackets bracketed parenthesised parenthesized")


def _inline(tokens: list[Token], a: int, b: int) -> Convention | None:
    """A centre with the name of its spread in a bracket that holds no value."""
    for i in range(a, b - 3):
        word = tokens[i].word
        if word not in _CENTRES:
            continue
        inside = (
            i > a and tokens[i - 1].word in ("(", "[") and tokens[i + 1].word in (",", ";", "and")
        )
        if not (inside or tokens[i + 1].word in ("(", "[", "{")):
            continue
        close = next(
            (k for k in range(i + 2, min(b, i + 12)) if tokens[k].word in (")", "]")), None
        )
        if close is None:
            continue
        numbers = [t for t in tokens[i + 2 : close] if t.kind == "n"]
        if any(t.flag != "ord" and t.value not in (25, 75, 90, 95, 99) for t in numbers):
            continue
        kinds = [spread_kind(tokens, k) for k in range(i + 2, close)]
        kind = next((one for one in kinds if one is not None), None)
        if kind is None and {t.value for t in numbers} >= {25.0, 75.0}:
            kind = "iqr"
        if kind is None:
            continue
        centre = "median" if word.startswith("median") else "mean" if word[0] in "ma" else None
        level = next((int(t.value) for t in numbers if t.value in (90, 95, 99)), None)
        return Convention(centre, kind, a, False, level if kind == "ci" else None, True)
    return None


def _without_scale(tokens: list[Token], a: int, b: int) -> list[int]:
    """The tokens without the ends of a scale: "rated FROM 0 TO 10; values are medians (IQR)"."""
    out = list(range(a, b))
    for k in range(a, b - 2):
        ends = tokens[k].kind == tokens[k + 2].kind == "n" and tokens[k].value in (0, 1)
        if ends and tokens[k + 1].word in _TO_END and tokens[k + 2].value in _TOPS:
            out = [m for m in out if not k <= m <= k + 2]
        line = tokens[k].kind == "n" and tokens[k].value in _TOPS and tokens[k + 1].word == "-"
        if line and tokens[k + 2].word in ("mm", "cm", "point"):
            out = [m for m in out if m != k]
    return out


_TO_END = word_set("to - – through")
_TOPS = frozenset({5, 10, 20, 50, 100})


def find_words(tokens: list[Token], a: int, b: int, words: frozenset[str]) -> Convention | None:
    """ "mean (SD)", "means ± SEM", "median [Q1; Q3]" with no number in between."""
    named = words & _CENTRES
    alone = None if words.isdisjoint(_OPENS) else spread_behind_name(tokens, a, b, _CENTRES)
    if alone is not None:
        return Convention(None, *alone)
    for i in range(a, b) if named or words & _FIND_CONVENTION_WORDS else ():
        word = tokens[i].word
        if word not in _FIND_CONVENTION_WORDS or (named and word not in _CENTRES):
            continue
        j = i + 1
        steps = 0
        while j < b and steps < 7:
            told = tokens[j].value in _LEVELS or tokens[j].flag == "ord"
            if tokens[j].kind == "n" and not told:
                break
            kind = spread_kind(tokens, j)
            if kind is not None:
                link = {tokens[k].word for k in range(i + 1, j)}
                if not link & _FIND_CONVENTION_WORDS_2:
                    break
                end = j + 1
                while end < b and tokens[end].word in _FIND_CONVENTION_WORDS_3:
                    if tokens[end].word == "(" and end + 1 < b and tokens[end + 1].kind == "n":
                        break
                    end += 1
                # "mean (SD 2.1)" is a value with its label, not a convention.
                if (
                    end < b
                    and tokens[end].kind == "n"
                    and not (
                        "±" in link and end + 1 < b and tokens[end + 1].word == "±"
                    )  # "mean ± SEM 7.6 ± 0.2"
                    and tokens[end - 1].word not in (")", "]", ",")
                    # "fell by -3.1 ± 1.2 (mean ± SD), -2.8 ± 1.4": the bracket is closed.
                    and not any(tokens[k].word in (")", "]") for k in range(j, end))
                ):
                    break
                centre = (
                    "median" if word.startswith("median") else "mean" if word[0] in "ma" else None
                )
                document = bool(words & _FIND_CONVENTION_WORDS_4) and not any(
                    tokens[k].kind == "n"
                    and tokens[k].value not in (25, 75, 95)
                    and tokens[k].flag != "ord"
                    for k in _without_scale(tokens, a, b)
                )
                level = next(
                    (
                        int(tokens[k].value)
                        for k in range(i, j)
                        if tokens[k].kind == "n" and tokens[k].value in (90, 95, 99)
                    ),
                    None,
                )
                return Convention(centre, kind, i, document, level)
            j += 1
            steps += 1
    for i in range(a, b) if words & _FIND_CONVENTION_WORDS_5 else ():
        # "± denotes the standard error", "values after ± are SE", "(SD in brackets)"
        kind = spread_kind(tokens, i) if tokens[i].word in _SPREAD_FIRST else None
        if kind is not None:
            numbers = any(tokens[k].kind == "n" and tokens[k].value != 95 for k in range(a, b))
            if not numbers:
                return Convention(None, kind, i, True)
    return None


def find_follow_up(tokens: list[Token], a: int, b: int, times: list[Time]) -> Time | None:
    """The mean or median length of follow-up that a sentence states."""
    for i in range(a, b - 3):
        if tokens[i].word in _LAST and tokens[i + 1].word in _VISITS:
            # "the final visit took place 5 years after surgery"
            k = i + 2 + (tokens[i + 2].word == "-")
            placed = {tokens[m].word for m in range(k, min(k + 3, b))} & {"place", "was", "done"}
            near = [t for t in times if t.kind == "point" and 0 < t.first - k <= 4]
            if placed and near:
                return near[0]
    for i in range(a, b - 1):
        word = tokens[i].word
        follows = word in _FOLLOWING
        if not follows:
            continue
        for time in times:
            if time.number is None or time.kind not in ("duration", "point", "final"):
                continue
            if time.label == "age" or not (-4 <= time.first - i <= 9):
                continue
            low, high = (i - 3, time.first) if time.first > i else (time.first - 3, i)
            near = {tokens[k].word for k in range(max(a, low), max(a, high))}
            if near & _FIND_FOLLOW_UP_WORDS_2:
                continue
            if near & _FIND_FOLLOW_UP_WORDS_3 or time.kind == "final":
                return time
            if [token.word for token in tokens[time.last : time.last + 2]] == ["on", "average"]:
                return time  # "seen again and followed for 14 months ON AVERAGE"
            lead = tokens[time.first - 1].word if time.first > a else ""
            if word != "review" and lead in _FIND_FOLLOW_UP_WORDS_4 and 0 < time.first - i <= 5:
                return time
    return None


_LAST = frozenset(("final", "last"))


def find_primary(
    tokens: list[Token], a: int, b: int, times: list[Time], mentions: list[Mention]
) -> tuple[str, Time] | None:
    """The measure of the primary outcome, and the one time after baseline that is set for it.

    "The MAIN OUTCOME was pain at week 6; SECONDARY outcomes were ...": what is told of the others
    in a clause behind it has measures and times of its own.
    """
    words = [tokens[k].word for k in range(a, b)]
    if PRIMARY.isdisjoint(words) or _OUTCOMES.isdisjoint(words):
        return None
    first = min(words.index(word) for word in PRIMARY if word in words)
    if "primary" not in words and _OUTCOMES.isdisjoint(words[first + 1 : first + 4]):
        return None  # "the main reason was the end of the trial"
    second = next((k for k in range(first + 3, len(words)) if words[k] in _SECONDARY), len(words))
    told = [time for time in times if time.first < a + second]
    # "by 1 HOUR, rated 60 MINUTES later": one time
    later = {time.days or time.label: time for time in reversed(told) if time.kind in _LATER}
    # "as change from baseline to ENDPOINT": of a length that the text tells elsewhere
    later = later or {time.label: time for time in told if time.label in _ENDS}
    named = [m.key for m in mentions if m.key and m.first < a + second]
    return (named[-1], next(iter(later.values()))) if len(later) == 1 and named else None


PRIMARY = word_set("primary main principal")
_SECONDARY = word_set("secondary other others additional further exploratory")
_OUTCOMES = word_set("outcome outcomes endpoint end measure variable parameter endpoints")
_ENDS = frozenset(("endpoint", "end of study"))


_LATER = ("point", "window")


def find_schedule(tokens: list[Token], times: list[Time]) -> list[Time]:
    """The times of measurement that a sentence of the methods lists, baseline first."""
    points = [time for time in times if time.kind in KINDS_OF_POINT]
    if len(points) < 2 or points[0].kind != "base":
        return []
    first = points[0].first
    if tokens[first].kind == "n" and tokens[first - 1].word == "between":
        return []  # "fractures between 0 and 14 days old": a span, and no visits
    return points if len({time.label for time in points}) == len(points) else []

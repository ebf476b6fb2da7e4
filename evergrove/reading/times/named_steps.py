"""Steps of a procedure that the text rates pain at: "speculum insertion, IUD placement, removal".

What stands behind "during", or behind the pain that was rated ("pain WITH IUD INSERTION"), is the
name of a step in the whole text, wherever it stands: in a list, before its score, behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    DETERMINERS,
    GROUP,
    POST_WORDS,
    PRE_WORDS,
    STATE,
    is_content,
    word_set,
)
from evergrove.reading.times.time_parts import Time, named_time

# What is done to a patient within minutes, and no treatment by itself.
_STEPS = word_set(
    "insertion placement removal extubation intubation incision puncture venipuncture "
    "venepuncture cannulation positioning catheterization catheterisation sounding dilation "
    "dilatation curettage aspiration stick sticks prick pricks suturing stitching biopsy "
    "withdrawal sampling suctioning retrieval tenaculum speculum probing swabbing"
)
_THINGS = word_set("stick sticks prick pricks tenaculum speculum")
# These may be a treatment too: a step only where the text tells of pain "during" or "at" it.
_PERHAPS = word_set(
    "injection injections infiltration administration application instillation block extraction "
    "manipulation reduction stimulation irrigation inflation"
)
_ENDS = ("scopy", "centesis", "graphy")
#: A text without these, in small letters, names no step.
MAYBE_STEPS = Clues(
    "during", "insertion", "placement", "removal", "tubation", "incision", "puncture",
    "cannulation", "positioning", "catheteri", "sounding", "dila", "curettage", "aspiration",
    "prick", "suturing", "stitching", "biops", "withdrawal", "sampling", "suctioning", "retrieval",
    "tenaculum", "speculum", "probing", "swab", "scopy", "centesis", "graphy",
    ("needle", "needle.?stick"),
    ("injection", "at (?:the )?(?:time of )?injection"),
    ("infiltration", "at (?:the )?(?:time of )?infiltration"),
)  # fmt: skip
_STRONG = word_set("during at upon")
_WEAK = word_set("with for of from on")
_LEADS = _STRONG | _WEAK
_RATED = word_set(
    "pain vas nrs nprs score scores discomfort intensity perception rating ratings values level "
    "levels experienced felt mm less more lower higher"
)
_BARE = word_set(
    "venipuncture venepuncture cannulation intubation extubation suturing sounding positioning "
    "incision puncture biopsy"
)
_JOINS = word_set(", ; and or then but also as well not")
_BEFORE_STEP = _JOINS | _STRONG | DETERMINERS
_LONGEST = 4
_NO_PART = (
    POST_WORDS
    | PRE_WORDS
    | GROUP
    | STATE
    | word_set("time pain score scores vas nrs mean median versus vs than patients women men group")
)
Name = tuple[str, ...]


def named_in(tokens: list[Token]) -> frozenset[Name]:
    """The names of the steps that the text tells pain of, and of those listed beside them."""
    out: set[Name] = set()
    counted: set[Name] = set()
    ends: set[int] = set()  # behind each place of such a step
    for k in [k for k, token in enumerate(tokens) if token.kind == "w" and _head(token.word)]:
        first = _first(tokens, k)
        name = tuple(token.word for token in tokens[first : k + 1])
        behind = tokens[min(k + 1, len(tokens) - 1)].word
        if behind in GROUP or _head(behind) or first < 2:
            continue
        if [token.word for token in tokens[k + 1 : k + 4]] == ["(", "n", "="]:
            counted.add(name)  # "suctioning (n = 45) or tube removal (n = 35)": two groups
        if name in out or _leads(tokens, first, name) or _goes_on(tokens, first, ends):
            out.add(name)
            ends.add(k + 1)
    return frozenset(out - counted)


def _leads(tokens: list[Token], first: int, name: Name) -> bool:
    """Whether pain is told "during" the step at `first`, or right before "with" it."""
    lead = first - 1 - (tokens[first - 1].word in DETERMINERS)
    word = tokens[lead].word
    if word == "of" and tokens[lead - 1].word == "time":
        return True
    if word in _STRONG:
        return True
    if word not in _WEAK or name[-1] in _PERHAPS or (len(name) == 1 and name[0] not in _BARE):
        return False
    end = first + len(name)
    scored = end + 1 < len(tokens) and tokens[end].word == "(" and tokens[end + 1].kind == "n"
    return scored or _rated(tokens, lead)


def _goes_on(tokens: list[Token], first: int, ends: set[int]) -> bool:
    """Whether a list of steps goes on at `first`: behind ", ", "and", or a bracket of scores."""
    k = first
    while k > 0 and tokens[k - 1].word in _BEFORE_STEP:
        k -= 1
    if k == first:
        return False
    if k not in ends and tokens[k - 1].word == ")":
        k -= 1
        while k > 0 and tokens[k].word != "(" and first - k < 30:
            k -= 1
    return k in ends


def with_steps(
    tokens: list[Token], a: int, b: int, times: list[Time], names: frozenset[Name]
) -> list[Time]:
    """The times of a..b, and each step of `names` that is told there of a score.

    A step is told behind a preposition, in a list behind another step, at the head of a clause, or
    right before its score. Days are not known.
    """
    known = {k for time in times for k in range(time.first, time.last)}
    ends = {time.last for time in times if time.kind == "other"}
    more: list[Time] = []
    for first, last in _phrases(tokens, a, b):
        name = tuple(token.word for token in tokens[first:last])
        if name not in names or not known.isdisjoint(range(first, last)):
            continue
        if _told(tokens, a, b, first, last, ends):
            ends.add(last)
            more.append(named_time(tokens, first, last))
            known.update(range(first, last))
    if more:
        more += _alike(tokens, a, b, more, known)
    return sorted([*times, *more], key=lambda time: time.first) if more else times


def _alike(tokens: list[Token], a: int, b: int, steps: list[Time], known: set[int]) -> list[Time]:
    """ "3.1 FOR infiltration and 5.2 FOR the biopsy": what the same word leads to as the steps."""
    leads = {tokens[_lead(tokens, a, step.first)].word for step in steps} & _LEADS
    return [
        named_time(tokens, first, last)
        for first, last in _phrases(tokens, a, b)
        if known.isdisjoint(range(first, last))
        and tokens[_lead(tokens, a, first)].word in leads
        and (last >= b or tokens[last].word not in GROUP)
    ]


def _phrases(tokens: list[Token], a: int, b: int) -> Iterator[tuple[int, int]]:
    """First and last token of each noun phrase of a..b that may name a step."""
    for k in [k for k in range(a, b) if tokens[k].kind == "w" and _head(tokens[k].word)]:
        if k + 1 < b and _head(tokens[k + 1].word):
            continue  # "SPECULUM insertion"
        end = k + 1
        if tokens[k].word in _PERHAPS and k + 2 < b and tokens[k + 1].word == "of":
            # "application OF THE GEL"
            end = k + 2 + (tokens[k + 2].word in DETERMINERS)
            end += end < b and tokens[end].kind == "w" and is_content(tokens[end].word)
        yield max(a, _first(tokens, k)), end


def _lead(tokens: list[Token], a: int, first: int) -> int:
    return max(a, first - 1 - (first > a and tokens[first - 1].word in DETERMINERS))


def without_qualifiers(
    tokens: list[Token], mentions: list[Mention], times: list[Time]
) -> list[Mention]:
    """ "VAS during probe insertion and biopsy": where steps are times, they qualify no measure.

    For sentences that tell two or more steps; what is a step and no more is no mention either.
    """
    steps = [time for time in times if time.kind == "other"]
    if len(steps) < 2:
        return mentions
    out: list[Mention] = []
    for mention in mentions:
        inside = [t for t in steps if t.first < mention.last and mention.first < t.last]
        if inside and mention.key and mention.qualifier:
            if inside[0].first <= mention.first:
                continue
            lead = inside[0].first - (tokens[inside[0].first].word not in _STRONG)
            mention.qualifier, mention.last = None, max(lead, mention.first + 1)
        out.append(mention)
    return out


@lru_cache(1 << 14)
def _head(word: str) -> bool:
    return word in _STEPS or word in _PERHAPS or (word.endswith(_ENDS) and len(word) > 7)


def is_step(word: str) -> bool:
    """Whether the word names a step of a procedure, and no treatment or thing by itself."""
    return word in _STEPS - _THINGS or (word.endswith(_ENDS) and len(word) > 7)


def _first(tokens: list[Token], k: int) -> int:
    """Where the noun phrase begins whose head is token k: "local anesthetic INFILTRATION"."""
    first = k
    while first > 0 and k - first < _LONGEST - 1:
        before = tokens[first - 1]
        plain = before.kind == "w" and is_content(before.word) and before.word not in _NO_PART
        if not plain or is_measure(before):
            break
        if before.word in DETERMINERS or before.word in _RATED or before.word.endswith("ly"):
            break
        first -= 1
    return first


def _rated(tokens: list[Token], lead: int) -> bool:
    """Whether the pain that was rated ends right before token `lead`."""
    k = lead - 1
    if k < 0 or (tokens[k].word in _JOINS and tokens[k].word != "not"):
        return False
    if tokens[k].kind == "n" or tokens[k].word in (")", "]"):
        return True
    if tokens[k].word == "not" and tokens[k - 1].word == "but":
        return True
    # "less PAIN THAN THE PLACEBO GROUP with cannulation"
    than = next((m for m in range(k, max(0, k - 6), -1) if tokens[m].word == "than"), 0)
    if than and (tokens[than - 1].word in _RATED or tokens[than - 1].mark is not None):
        return True
    return tokens[k].word in _RATED or getattr(tokens[k].mark, "kind", "") in (
        "measure",
        "compound",
    )


def _told(tokens: list[Token], a: int, b: int, first: int, last: int, ends: set[int]) -> bool:
    """Whether the phrase first..last stands where a step of scores is told."""
    behind = tokens[last].word if last < b else "."
    if behind in GROUP:
        return False
    lead = first - 1 - (first > a and tokens[first - 1].word in DETERMINERS)
    word = tokens[lead].word if lead >= a else "."
    if word in _LEADS or _goes_on(tokens, first, ends):
        return True
    heads = word in (".", ";", ":", ",", "(") or lead < a
    return heads and (behind in (":", "had", "(", "was") or (last < b and tokens[last].kind == "n"))

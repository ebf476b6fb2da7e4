"""Steps that no list knows, told in a row: each before its bracket, or each behind "during".

"Pain was lower DURING STRETCHING (62 vs 59 mm), SUCTION (70 vs 70) AND AT REST (3 vs 9)": what
stands before each bracket is when its scores were taken, whatever the name of the step.
"""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    DETERMINERS,
    GROUP,
    PEOPLE,
    STATE,
    VERBS,
    is_content,
    word_set,
)
from evergrove.reading.times.time_parts import Time, named_time

_JOINS = word_set(", ; and or then but also")
_LEADS = word_set("during at on upon in with for")
#: Words of which a bracket of scores may consist, beside numbers.
_IN_BRACKET = word_set(
    "vs versus mean median score scores points point mm cm p sd se sem ci iqr range to and or "
    "vas nrs compared with n % ± = < > , ; : - – − [ ] / 95"
)
_NO_STEP = word_set(
    "treatment therapy study trial period course follow-up hospitalization hospitalisation stay "
    "admission day days night week weeks month months year years time which whom group groups "
    "pregnancy sleep sex intercourse activity activities gait"
)
_WHOLE = word_set("overall afterwards total")
_ENDS = word_set("( [ was were , ; and or . than")


def steps_in_rows(tokens: list[Token], a: int, b: int, times: list[Time]) -> list[Time]:
    """The times of a..b with the steps of its row; call for sentences with "during"."""
    known = {k for time in times for k in range(time.first, time.last)}
    more = _before_brackets(tokens, a, b, known) or _behind_during(tokens, a, b, known)
    return sorted([*times, *more], key=lambda time: time.first) if more else times


def _before_brackets(tokens: list[Token], a: int, b: int, known: set[int]) -> list[Time]:
    """A step for each bracket of scores, where the first of them is led by "during"."""
    brackets = _brackets_of_scores(tokens, a, b)
    row: list[tuple[int, int]] = []
    before = a
    for number, (opened, closed) in enumerate(brackets):
        span = _first_step(tokens, a, opened) if not number else _step(tokens, before, opened)
        if span is None:
            break
        row.append(span)
        before = closed + 1
    if len(row) < 2 or len({_shape(tokens, *brackets[k]) for k in range(len(row))}) > 1:
        return []
    return _new_times(tokens, row, known)


def _behind_during(tokens: list[Token], a: int, b: int, known: set[int]) -> list[Time]:
    """A step for each "during", where the sentence has two or more of them."""
    places = [k for k in range(a, b) if tokens[k].word == "during"]
    if len(places) < 2:
        return []
    spans = []
    for k in places:
        end = k + 1
        while end < b and end - k < 6 and tokens[end].word not in _ENDS and tokens[end].kind != "n":
            end += 1
        span = _plain(tokens, k + 1, end)
        if span is not None:
            spans.append(span)
    return _new_times(tokens, spans, known) if len(spans) == len(places) else []


def _new_times(tokens: list[Token], spans: list[tuple[int, int]], known: set[int]) -> list[Time]:
    """The steps that are no times yet; none where each is a known state ("during coughing")."""
    new = [span for span in spans if known.isdisjoint(range(*span))]
    unknown = any(tokens[k].mark is None for span in new for k in range(*span))
    return [named_time(tokens, *span) for span in new] if unknown else []


def _brackets_of_scores(tokens: list[Token], a: int, b: int) -> list[tuple[int, int]]:
    """First and last token of each bracket that holds numbers and little else."""
    out: list[tuple[int, int]] = []
    k = a
    while k < b:
        if tokens[k].word == "(":
            end = next((m for m in range(k + 1, min(b, k + 30)) if tokens[m].word == ")"), None)
            if end is None:
                break
            inside = tokens[k + 1 : end]
            scores = any(t.kind == "n" for t in inside[:4])
            if scores and all(t.kind == "n" or t.word in _IN_BRACKET for t in inside):
                out.append((k, end))
            k = end
        k += 1
    return out


def _shape(tokens: list[Token], opened: int, closed: int) -> bool:
    """Whether two scores are set against each other in the bracket."""
    return any(tokens[k].word in ("vs", "versus") for k in range(opened, closed))


def _first_step(tokens: list[Token], a: int, opened: int) -> tuple[int, int] | None:
    lead = next((k for k in range(opened - 1, max(a, opened - 7), -1) if _leads(tokens, k)), None)
    return _plain(tokens, lead + 1, opened) if lead is not None else None


def _leads(tokens: list[Token], k: int) -> bool:
    return tokens[k].word == "during"


def _step(tokens: list[Token], first: int, opened: int) -> tuple[int, int] | None:
    """The step between two brackets, behind what joins it: ", or DURING removal (" ."""
    joined = False
    while first < opened and tokens[first].word in _JOINS:
        first += 1
        joined = True
    first += first < opened and tokens[first].word in _LEADS
    return _plain(tokens, first, opened) if joined else None


def _plain(tokens: list[Token], first: int, last: int) -> tuple[int, int] | None:
    """The tokens of a noun phrase of one to four plain words, without its article; or None."""
    while first < last and tokens[first].word in DETERMINERS:
        first += 1
    if not 0 < last - first <= 4:
        return None
    for token in tokens[first:last]:
        kind = getattr(token.mark, "kind", "")
        if token.kind != "w" or kind not in ("", "qualifier"):
            return None
        plain = is_content(token.word) or token.word in _WHOLE
        if not plain or token.word in _NO_STEP | STATE | GROUP | PEOPLE:
            return None
        if token.word in VERBS and last - first > 1:
            return None
    return first, last

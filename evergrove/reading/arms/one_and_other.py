"""Groups that a sentence sets side by side as "the one" and "the other"."""

from __future__ import annotations

from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.noun_lists import skip_bracket
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, is_content, word_set

_HAD = word_set(
    "received had got took used underwent wore was were given treated with a an the only tried "
    "drank chewed ate practised swallowed kept assigned allocated to of them"
)


def one_and_other(
    tokens: list[Token], a: int, b: int
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """ "ONE GROUP had tablets with a brace, THE OTHER tablets only": the two treatments.

    Half-open spans of tokens, or None. The second keeps its "only" or "alone".
    """
    for i in range(a, b - 4):
        if tokens[i].word == "half" and (halves := _halves(tokens, i, b)) is not None:
            return halves
        if tokens[i].word != "one" or tokens[i + 1].word not in GROUP:
            continue
        if tokens[i - 1].word == "to":
            return _given_to(tokens, a, b, i - 1)
        left = _treatment(tokens, i + 2, b)
        if left is None:
            return None
        behind = skip_bracket(tokens, left[1], b)  # "mud baths (MB) with oil and the other"
        behind = left[1] if behind < b and tokens[behind].word == "-" else behind
        for k in range(left[1], min(b - 2, behind + 8)):
            if tokens[k].word in ("other", "second") and tokens[k - 1].word in ("the", "a"):
                after = k + 1 + (tokens[k + 1].word in GROUP)
                right = _treatment(tokens, after, b)
                return (left, right) if right is not None else None
    return None


def _halves(tokens: list[Token], i: int, b: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """ "HALF (of) the ward used wax, (the other) HALF used clay": what each half had."""
    verb = next((k for k in range(i + 1, min(b - 3, i + 8)) if tokens[k].word in _HALF_HAD), 0)
    if not verb or any(tokens[k].kind == "s" for k in range(i + 1, verb)):
        return None
    other = next((k for k in range(verb + 2, min(b - 1, verb + 14)) if tokens[k].word in _REST), 0)
    end = other
    while end > verb and tokens[end - 1].word in _LEADS_REST:
        end -= 1
    left = _treatment(tokens, verb + 1, end) if other else None
    right = _treatment(tokens, other + 1, b) if left is not None else None
    return (left, right) if left is not None and right is not None else None


_REST = word_set("half rest remainder")
_LEADS_REST = word_set("the other and while whereas , ; but")
_HALF_HAD = word_set(
    "received had got took used underwent wore tried drank chewed ate were was "
    "practised swallowed kept"
)


def _given_to(
    tokens: list[Token], a: int, b: int, to: int
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """ "We gave WAX to one group and CLAY TO THE OTHER": what stands before each "to"."""
    for k in range(to + 3, min(b - 2, to + 14)):
        if tokens[k].word == "to" and tokens[k + 1].word == "the" and tokens[k + 2].word == "other":
            left, right = _before_to(tokens, to, a), _before_to(tokens, k, to + 3)
            return (left, right) if left and right else None
    return None


def _before_to(tokens: list[Token], to: int, floor: int) -> tuple[int, int] | None:
    """The phrase before "to" or "was given to"."""
    last = to
    while last > floor and tokens[last - 1].word in _GAVE:
        last -= 1
    first = last
    while first > floor and last - first < 7:
        token = tokens[first - 1]
        joins = token.word in ("/", "-", "+", "plus")
        plain = token.kind == "w" and is_content(token.word) and token.word not in _GAVE
        if not (joins or plain) or token.mark is not None:
            break
        first -= 1
    return (first, last) if first < last and tokens[first].kind == "w" else None


_GAVE = word_set("gave given was were administered applied delivered offered assigned allocated")


def _treatment(tokens: list[Token], i: int, b: int) -> tuple[int, int] | None:
    """What a group had: a noun phrase, with what it was joined to."""
    i = skip_bracket(tokens, i, b)
    while i < b and tokens[i].word in _HAD:
        i += 1
    kinds = i + (i < b and tokens[i].word == "other")
    if kinds + 1 < b and tokens[kinds].word in _KINDS and tokens[kinds + 1].word == "of":
        i = kinds + 2  # "the other group OTHER TYPES OF exercise"
    span = noun_phrase(tokens, i, b, 6)
    if span is None or any(getattr(t.mark, "kind", "") == "measure" for t in tokens[i : span[1]]):
        return None
    first, last = span
    if last + 1 < b and tokens[last].word in ("with", "plus", "and"):
        more = noun_phrase(tokens, last + 1, b, 4)
        known = more is not None and tokens[more[1] - 1].word not in GROUP
        last = more[1] if more is not None and known else last
    if last < b and tokens[last].word in ("only", "alone"):
        last += 1
    return first, last


_KINDS = word_set("types type forms form kinds kind")

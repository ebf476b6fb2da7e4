"""Groups told by the wording of a sentence that gives no score: "A was compared with B and C"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import words_of
from evergrove.reading.arms.noun_lists import alias, list_behind, past_dose, skip_bracket
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.small_words import OR_AND
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    ALLOTTED,
    GROUP,
    PEOPLE,
    is_content,
    names_people,
    word_set,
)

#: A name, the number of its people if it is told, and a second name, "" if none.
Item = tuple[str, Count | None, str]
Span = tuple[int, int]
_TO = word_set("with to against")
_WAS = word_set("was were is are been be")
_SET = word_set("tested set pitted weighed tried evaluated studied investigated measured")
_GIVEN = word_set("given administered used applied offered prescribed performed injected delivered")
_GOT = word_set("received got underwent used took had wore")
_HAD_IT = _WAS | _GOT | _GIVEN | {"treated", "with", "by"}
_TREATED = (_GOT - {"had"}) | {"given", "treated"}
_TREATMENTS = word_set(
    "treatment therapy intervention anaesthesia anesthesia analgesia operation procedure surgery "
    "technique method drug medication management care"
)
_JOINS = word_set(", and ; while whereas another or")
_NOBODY = word_set(
    "those these them it that this results result outcomes outcome baseline values value data "
    "scores findings patients groups group arms controls-only others other another one side before "
    "after pain methods method both each everyone respectively"
)


def told_groups(tokens: list[Token], a: int, b: int, words: frozenset[str]) -> list[Item]:
    """The groups that the sentence a..b sets side by side, two or more; [] where it tells none."""
    for needed, find in _FINDERS:
        if words.isdisjoint(needed):
            continue
        found = find(tokens, a, b)
        names = [frozenset(words_of(name)) for name, _, _ in found]
        if len(found) > 1 and all(names) and len(set(names)) == len(names):
            return found
    return []


def _item(tokens: list[Token], span: Span, b: int, size: Count | None = None) -> Item:
    return text_of(tokens, *span), size, alias(tokens, span[1], b)


_PEOPLE_OR_GROUP = PEOPLE | GROUP


def _named(tokens: list[Token], span: Span | None) -> bool:
    """Whether the phrase may be the name of a group."""
    if span is None:
        return False
    plain = all(_unmeasured(tokens[k]) for k in range(*span))
    words = {tokens[k].word for k in range(*span)}
    head = tokens[span[1] - 1].word
    return plain and not words & _NOBODY and head not in _PEOPLE_OR_GROUP and span[1] - span[0] < 7


def _unmeasured(token: Token) -> bool:
    """No name of a measure; "placebo TABLETS" and "WALKING" are none."""
    mark = token.mark
    return mark is None or mark.kind == "qualifier" or (mark.kind, mark.key) == ("veto", "dose")


def _compared(tokens: list[Token], a: int, b: int) -> list[Item]:
    """ "A WAS COMPARED WITH B (and C)", "A, B and C WERE COMPARED", "compared A WITH B AND C"."""
    for i in range(a, b - 1):
        if tokens[i].word != "compared":
            continue
        if i > a + 1 and tokens[i - 1].word in _WAS:
            left = _ahead(tokens, a, i - 1)
            if tokens[i + 1].word in _TO:
                return _all(tokens, [*left, *_behind(tokens, i + 2, b)], b) if left else []
            return _all(tokens, left, b)
        first = noun_phrase(tokens, i + 1, b)
        if _named(tokens, first) and first is not None:
            k = skip_bracket(tokens, past_dose(tokens, first[1], b), b)
            if k < b and tokens[k].word in _TO:
                more = _behind(tokens, k + 1, b)
                return _all(tokens, [first, *more], b) if len(more) > 1 else []
    return []


def _tested_against(tokens: list[Token], a: int, b: int) -> list[Item]:
    """ "We TESTED A AGAINST B"."""
    for i in range(a, b - 3):
        if tokens[i].word in _SET and tokens[i - (i > a)].word not in _WAS:
            first = noun_phrase(tokens, i + 1, b)
            k = skip_bracket(tokens, first[1], b) if first is not None else b
            if first is not None and k < b and tokens[k].word == "against":
                return _all(tokens, [first, *_behind(tokens, k + 1, b)], b)
    return []


def _given_to(tokens: list[Token], a: int, b: int) -> list[Item]:
    """ "A, B OR C WAS GIVEN to 30 adults each": one thing for each group."""
    for i in range(a + 3, b - 1):
        if tokens[i].word in _WAS and tokens[i + 1].word in _GIVEN:
            left = _ahead(tokens, a, i)
            either = left and any(tokens[k].word == "or" for k in range(left[0][1], left[-1][0]))
            counted = any(tokens[k].kind == "n" for k in range(i + 2, min(b, i + 5)))
            return _all(tokens, left, b) if either and counted else []
    return []


def _allotted(tokens: list[Token], a: int, b: int) -> list[Item]:
    """ "people ALLOTTED TO A AND B, ..."."""
    for i in range(a, b - 3):
        if tokens[i].word in ALLOTTED and tokens[i + 1].word in ("to", "into"):
            everyone = "all" in [token.word for token in tokens[a:i]]
            return [] if everyone else _all(tokens, _behind(tokens, i + 2, b), b)
    return []


def _as_list(tokens: list[Token], a: int, b: int) -> list[Item]:
    """ "The three GROUPS WERE A, B and C", "three GROUPS: A, B and C"."""
    for i in range(a, b - 4):
        told = tokens[i].word in ("groups", "arms") and tokens[i + 1].word in ("were", ":")
        if told and tokens[i - (i > a)].kind == "n" and (tokens[i + 2].kind == "w"):
            spans = _behind(tokens, i + 2, b)
            number = tokens[i - 1].value if i > a else 0
            return _all(tokens, spans, b) if len(spans) == number else []
    return []


def _people_who(tokens: list[Token], a: int, b: int) -> list[Item]:
    """ "30 women GOT A, 30 women B, and 30 women C", "18 underwent A, while 18 underwent B"."""
    found: list[Item] = []
    k = a
    while k < b - 2:
        token = tokens[k]
        if token.kind != "n" or token.value < 3 or "." in token.word or token.flag == "ord":
            if found:
                return []
            k += 1
            continue
        size, j = k, k + 1
        people = next((m for m in range(j, min(b, j + 3)) if names_people(tokens[m].word)), 0)
        if people and all(is_content(tokens[m].word) for m in range(j, people)):
            j = people + 1  # "18 DIALYSIS PATIENTS received"
        verb = j
        while j < b and tokens[j].word in _HAD_IT:
            j += 1
        if not found and _TREATED.isdisjoint(tokens[m].word for m in range(verb, j)):
            k += 1
            continue
        span = noun_phrase(tokens, j, b)
        said = {tokens[m].word for m in range(verb, j)}
        stayed = said and said <= _WAS  # "48 WERE available at 1 year"
        if stayed or not _named(tokens, span) or span is None:
            return []
        count = Count(int(tokens[size].value), size, size + 1, "patients")
        found.append(_item(tokens, span, b, count))
        k = skip_bracket(tokens, past_dose(tokens, span[1], b), b)
        if k >= b or tokens[k].word not in _JOINS:
            break
        while k < b and tokens[k].word in _JOINS:
            k += 1
        if k < b and tokens[k].kind != "n":
            break
    return found


def _in_each(tokens: list[Token], a: int, b: int) -> list[Item]:
    """ "Treatment was A IN 18 and B IN 18": each with the number of its people."""
    verb = next((k for k in range(a + 1, min(b, a + 6)) if tokens[k].word in _WAS), b)
    if _TREATMENTS.isdisjoint(tokens[k].word for k in range(a, verb)):
        return []  # "the diagnosis was stenosis in 18 and a hernia in 18"
    found: list[Item] = []
    k = verb + 1
    while k < b - 1:
        span = noun_phrase(tokens, k, b)
        if not _named(tokens, span) or span is None or span[1] + 1 >= b:
            return []
        at = span[1] + 1
        whole = tokens[at].kind == "n" and tokens[at].value >= 3 and "." not in tokens[at].word
        if tokens[span[1]].word not in ("in", "for") or not whole:
            return []
        count = Count(int(tokens[at].value), at, at + 1, "patients")
        found.append((text_of(tokens, *span), count, ""))
        k = at + 1 + (at + 1 < b and names_people(tokens[at + 1].word))
        if k < b and tokens[k].word not in OR_AND:
            break
        while k < b and tokens[k].word in OR_AND:
            k += 1
    return found


def _all(tokens: list[Token], spans: list[Span], b: int) -> list[Item]:
    """The items of the phrases, if all of them may be names."""
    if len(spans) < 2 or not all(_named(tokens, span) for span in spans):
        return []
    return [_item(tokens, span, b) for span in spans]


def _behind(tokens: list[Token], i: int, b: int) -> list[Span]:
    """The phrases of "A", "A and B", "A, B or C" that begin at token i."""
    spans = list_behind(tokens, i, b)
    if spans:
        return spans
    span = noun_phrase(tokens, i, b)
    return [span] if span is not None else []


def _ahead(tokens: list[Token], a: int, i: int) -> list[Span]:
    """The phrases of "A (n = 30), B 10 mg and C" that end right before token i, over doses."""
    spans: list[Span] = []
    j = i
    while j > a:
        j = _before_detail(tokens, a, j)
        k = j - 1
        while k >= a and _of_name(tokens[k]):
            k -= 1
        if k + 1 >= j:
            return []
        spans.append((k + 1, j))
        if k < a or tokens[k].word not in OR_AND:
            break
        while k > a and tokens[k].word in OR_AND:
            k -= 1
        j = k + 1
    return spans[::-1]


def _of_name(token: Token) -> bool:
    plain = token.kind == "w" and is_content(token.word) and token.mark is None
    return plain or token.word in ("-", "+", "/", "no", "without")


def _before_detail(tokens: list[Token], a: int, j: int) -> int:
    """Where the name ends whose bracket or dose ends before token j: "A (n = 30)", "A 10 mg"."""
    if tokens[j - 1].word in (")", "]"):
        k = j - 1
        while k > a and tokens[k].word not in ("(", "["):
            k -= 1
        j = k
    if j - 4 > a and tokens[j - 2].word == "/" and tokens[j - 4].kind == "n":
        return j - 4  # "wax 60 mg/day"
    if j - 2 > a and tokens[j - 2].kind == "n" and past_dose(tokens, j - 2, j) == j:
        j -= 2
    return j


# What each of them needs to stand in the sentence.
_FINDERS = (
    (_TREATED, _people_who),
    (_TREATMENTS, _in_each),
    (word_set("compared"), _compared),
    (word_set("against"), _tested_against),
    (_GIVEN, _given_to),
    (ALLOTTED, _allotted),
    (word_set("groups arms"), _as_list),
)
MAYBE_TOLD = frozenset().union(*(needed for needed, _ in _FINDERS))

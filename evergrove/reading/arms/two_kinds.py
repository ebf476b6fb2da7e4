"""Two kinds of people set against each other: "WOMEN had a lower VAS than MEN (3.2 vs 4.6)"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import Arm, is_sex
from evergrove.reading.arms.kinds_of_people import NO_KIND
from evergrove.reading.numbers.quantities import Count, Value
from evergrove.reading.text.small_words import AMONG
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    ANYONE,
    NOT_ARM,
    PEOPLE,
    SET_AGAINST,
    UNIT_DAYS,
    VERBS,
    is_content,
    word_set,
)

_AGAINST = SET_AGAINST | {"compared"}
_JOINS = word_set("and , ; while whereas but than")
_FEMALE = word_set("women females girls")
# Parts in a trial, and those who are told by how far they came.
_PARTS = word_set("controls control responders nonresponders completers completer survivors cases")
_IRREGULAR = word_set("women men people children feet")
_KINDS = frozenset(noun for noun in PEOPLE if noun.endswith("s")) | _IRREGULAR
_PLAIN = NO_KIND | UNIT_DAYS.keys() | word_set("consecutive more fewer less other our no")


def two_kinds(
    tokens: list[Token], a: int, b: int, values: list[Value], counts: list[Count], busy: set[int]
) -> list[Arm]:
    """Both as groups; [] unless the sentence tells of just two, and of one against the other.

    "women ... than men", "between children and adults", "in right and in left knees", "in workers
    and retired people, respectively". Those who are counted together ("in 19 women and 4 men") are
    one group.
    """
    found = [k for k in range(a, b) if tokens[k].word in _KINDS]
    if len(values) < 2 or len(found) != 2 or not busy.isdisjoint(found):
        return []
    spans = [(k - _described(tokens, k, a, busy), k + 1) for k in found]
    names = [text_of(tokens, *span) for span in spans]
    if names[0] == names[1] or not all(_tells(tokens, *span) for span in spans):
        return []
    nouns = [tokens[k].word for k in found]
    if all(map(is_sex, nouns)) and len({noun in _FEMALE for noun in nouns}) == 1:
        return []
    if any(count.at + 1 in range(span[0], span[1] + 1) for count in counts for span in spans):
        return []
    if not _apart(tokens, a, b, spans[0], spans[1]):
        return []
    return [
        Arm(span[0], span[1], name, 2, slot="parallel", np_first=span[0])
        for span, name in zip(spans, names, strict=True)
    ]


def _described(tokens: list[Token], k: int, a: int, busy: set[int]) -> int:
    """How many words right before the noun tell which people: "RIGHT knees", "RETIRED people"."""
    word = tokens[k - 1]
    if k - 1 < a or word.kind != "w" or k - 1 in busy or word.mark is not None:
        return 0
    named = is_content(word.word) and word.word not in _PLAIN | VERBS | NOT_ARM
    return int(named)


def _tells(tokens: list[Token], first: int, last: int) -> bool:
    """ "women", "retired people"; not "patients", "controls"; not "patients WITH gout"."""
    noun, behind = tokens[last - 1].word, tokens[last].word if last < len(tokens) else "."
    if noun in _PARTS or behind in ("with", "without", "who", "treated", "given", "receiving"):
        return False
    return last - first > 1 or noun not in ANYONE or noun == "adults"


def _apart(tokens: list[Token], a: int, b: int, one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Whether the sentence sets the two against each other."""
    between = [token.word for token in tokens[one[1] : two[0]]]
    led = tokens[one[0] - 1].word if one[0] > a else ""
    if between and between[-1] in AMONG and between[-1] == led:
        return len(between) > 1 and between[-2] in _JOINS
    if ";" in between or "." in between:
        return False
    if _AGAINST & set(between):
        return True
    if between[-1:] != ["and"]:
        return False
    told = any(token.word == "respectively" for token in tokens[two[1] : b])
    return led == "between" or told

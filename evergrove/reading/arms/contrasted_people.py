"""People set against those who were named before: "2.4 in smokers and 3.7 in NEVER SMOKERS"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import Arm, DocArm
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import JOINS_CLAUSES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import DETERMINERS, OPEN_UNITS, PEOPLE, names_people, word_set

_BEFORE_NOUN = DETERMINERS | {"all"}
_LEADS = word_set("in for among amongst of")
_REMAINING = word_set("other remaining")
_THE_REST = word_set("rest remainder others")
_UNITS = OPEN_UNITS | word_set("mm cm points point % respectively")
_EVER = word_set("never former current ex past previous")
_CLOSES = word_set(". ; , ) (") | {"["}


def people_set_against(
    tokens: list[Token], a: int, b: int, values: list[Value], chosen: list[Arm]
) -> list[Arm]:
    """The people behind a later value, where one group alone is named in the sentence.

    "In patients with diabetes it was 2.4, compared with 3.7 in THE OTHER PATIENTS", "in THOSE
    WITHOUT", "in THE REST"; "in smokers 2.4 and in NEVER SMOKERS 3.7". Empty where several are
    named, or none.
    """
    if len(values) < 2 or len({arm.name for arm in chosen}) != 1:
        return []
    one = chosen[0]
    for k in range(max(values[0].last, one.last), b - 1):
        if tokens[k].word not in _LEADS or tokens[k].kind != "w":
            continue
        if not _behind_value(tokens, values, k) and tokens[k - 1].word not in JOINS_CLAUSES:
            continue
        j = k + 1
        while j < b and tokens[j].word != "those" and tokens[j].word in _BEFORE_NOUN:
            j += 1
        if j < b and tokens[j].kind == "n":
            j += 1
        if (found := _named(tokens, k, j, b, one)) is not None:
            return [found]
    return []


def others_of_two(rest: list[Arm], chosen: list[Arm], declared: list[DocArm]) -> list[Arm]:
    """Those set against one declared group of two are the other: "THE REST", "the other patients".

    [] where the one is declared, and the others may be of several groups.
    """
    one = chosen[0].arm if chosen else None
    if not rest or one is None:
        return rest
    others = [arm for arm in declared if arm is not one]
    if len(others) != 1:
        return []
    rest[0].arm, rest[0].name, rest[0].strength = others[0], others[0].name, 3
    return rest


def _named(tokens: list[Token], k: int, j: int, b: int, one: Arm) -> Arm | None:
    """The people named at `j` behind the preposition at `k`, if they are not those of `one`."""
    if j >= b:
        return None
    word = tokens[j].word
    behind = tokens[j + 1].word if j + 1 < b else "."
    if word in _THE_REST and behind in _CLOSES and tokens[j - 1].word in ("the", "all"):
        return Arm(k, j + 1, "others", 2, slot="parallel", np_first=j)
    if word in _REMAINING and names_people(behind):
        return Arm(k, j + 2, text_of(tokens, j, j + 2), 2, slot="parallel", np_first=j)
    if (word in PEOPLE or word in ("those", "others")) and behind == "without":
        if j + 2 >= b or tokens[j + 2].word in _CLOSES:
            return Arm(k, j + 2, f"without {one.name}", 2, slot="parallel", np_first=j)
        return None
    if word in _EVER and names_people(behind) and behind == one.name.rpartition(" ")[2].lower():
        return Arm(k, j + 2, text_of(tokens, j, j + 2), 2, slot="parallel", np_first=j)
    return None


def _behind_value(tokens: list[Token], values: list[Value], k: int) -> bool:
    """Whether only units and brackets stand between a value and `k`."""
    for value in values:
        m = value.last
        while m < k and (tokens[m].word in _UNITS or tokens[m].word in ("(", "[")):
            if tokens[m].word in ("(", "["):
                while m < k and tokens[m].word not in (")", "]"):
                    m += 1
            m += 1
        if m == k:
            return True
    return False

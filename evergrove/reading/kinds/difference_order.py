"""Which of two groups a difference is taken from, by the words around it.

"NRS was 1.2 points lower with wax" is wax minus its comparator, however the methods list the two;
"lower with wax than with clay (mean difference 1.2)" is clay minus wax, since 1.2 has no sign.
"""

from __future__ import annotations

from collections.abc import Sequence

from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.comparators import behind_comparator
from evergrove.reading.text.stat_words import DIFFERENCE, sign_of
from evergrove.reading.text.tokens import Token, words_outside
from evergrove.reading.text.words import (
    CHANGE,
    CHANGE_NOUNS,
    CONTROLS,
    GROUP,
    SET_AGAINST,
    word_set,
)

_MORE = word_set("greater larger more stronger bigger higher further faster steeper")
_LESS = word_set("less lesser smaller lower weaker fewer slower")
_BETTER = word_set("better superior superiority outperformed")
_WORSE = word_set("worse inferior poorer")
_NOT = word_set("not no nor neither never non")
_JUDGED = word_set("superior inferior preferable equivalent comparable")
_AMOUNT = word_set("greater larger bigger smaller")  # of a number, these tell no direction alone
_EFFECTIVE = word_set(
    "effective efficacious beneficial successful potent helpful favourable favorable analgesic "
    "advantageous efficient"
)
_OPPOSITE = {"-": "+", "+": "-", "better": "worse", "worse": "better"}


def told_order(
    tokens: list[Token], a: int, b: int, arms: list[Arm], names: Sequence[str]
) -> tuple[str, str] | None:
    """(the group that the sentence tells of, the one it is set against), of the two `names`.

    None where the sentence names neither, or both without setting one against the other.
    """
    against: dict[str, bool] = {}
    for arm in arms:
        name = _name_of(arm, names)
        if name and a <= arm.first < b:
            behind = behind_comparator(tokens, arm) or _taken_from(tokens, arm.first)
            against[name] = against.get(name, False) or behind
    for name in names:  # "between CONTROL and wax": a group without an article
        k = next((k for k in range(a, b) if tokens[k].word == name.lower()), None)
        if name not in against and k is not None and name.lower() in CONTROLS:
            against[name] = tokens[k - 1].word in SET_AGAINST or _second_of_two(tokens, a, k)
            if tokens[k - 1].word == "between" and tokens[k + 1].word == "and" and len(against) > 1:
                return name, next(one for one in names if one != name)
    if not against:
        return None
    if len(against) == 1:
        (name, behind), other = next(iter(against.items())), ""
        other = next(one for one in names if one != name)
        return (other, name) if behind else (name, other)
    subjects = [name for name, behind in against.items() if not behind]
    if len(subjects) != 1:
        return None
    return subjects[0], next(name for name in names if name != subjects[0])


def _taken_from(tokens: list[Token], first: int) -> bool:
    """ "The DIFFERENCE FROM CLAY was -1.2", "SUPERIOR TO CLAY": what the other is taken from."""
    k = first - 1 - (tokens[first - 1].word == "the")
    judged = tokens[k].word == "to" and tokens[k - 1].word in _JUDGED
    return judged or (tokens[k].word == "from" and tokens[k - 1].word in DIFFERENCE)


def _second_of_two(tokens: list[Token], a: int, k: int) -> bool:
    """ "between wax AND CONTROL", "between a course of wax AND PLACEBO": the one set against."""
    return tokens[k - 1].word == "and" and any(
        tokens[m].word == "between" for m in range(max(a, k - 8), k - 2)
    )


def pair_at_bracket(tokens: list[Token], arms: list[Arm], first: int) -> list[Arm]:
    """ "more with WAX than with clay (9, 2 to 16) but not than with BRAN (4, -3 to 11)": wax, bran.

    Of three groups or more: the first that is set against another, and the one right before the
    bracket that the value at token `first` opens; else []. Behind "COMPARED WITH BRAN, ..." the
    group before the bracket is the one told of.
    """
    opened = next((k for k in range(first, max(0, first - 5), -1) if tokens[k].word in "(["), 0)
    close = [arm for arm in arms if opened - 2 <= arm.last <= opened]
    if not opened or not close or len({arm.name for arm in arms}) < 3:
        return []
    mine = close[-1]
    if (own := _told_again(tokens, arms, mine)) is not None:
        return [own, mine]
    against = [arm for arm in arms if behind_comparator(tokens, arm)]
    told = [arm for arm in arms if arm not in against]
    if against and told and against[0].first < told[0].first:
        pair = [mine, against[0]]
    else:
        ahead = [arm for arm in told if arm.first < mine.first]
        # "lower with WAX than with clay (...) and with SAND than with BRAN (...)": sand, bran
        own = ahead and "than" in (tokens[k].word for k in range(ahead[-1].last, mine.first))
        pair = [ahead[-1 if own else 0], mine] if ahead else []
    return pair if pair and pair[0].name != pair[1].name else []


def _told_again(tokens: list[Token], arms: list[Arm], mine: Arm) -> Arm | None:
    """ "than CLAY (difference 1.3), WHO in turn fell more than bran (...)": clay; else None.

    Of all groups before the relative, the last one: nothing but a bracket stands between the two.
    """
    if not behind_comparator(tokens, mine):
        return None
    for k in range(mine.first - 1, arms[0].last, -1):
        if tokens[k].word in ("who", "which") and tokens[k - 1].word == ",":
            told = [arm for arm in arms if arm.last < k][-1]
            between = words_outside(tokens, told.last, k - 1)
            return told if GROUP.issuperset(between) and told.name != mine.name else None
    return None


def pair_behind(
    tokens: list[Token], arms: list[Arm], last: int, others: Sequence[int], b: int
) -> list[Arm]:
    """ "1.2 points lower WITH WAX THAN WITH CLAY and 2.4 points lower ...": the two behind a value.

    `last` is the token behind the value, `others` the first tokens of the other values.
    """
    stop = min((first for first in others if first > last), default=b)
    near = [arm for arm in arms if last <= arm.first < stop]
    if len({arm.name for arm in near}) != 2 or len(near) != 2:
        return []
    return near if behind_comparator(tokens, near[1]) else []


def _name_of(arm: Arm, names: Sequence[str]) -> str:
    if arm.name in names:
        return arm.name
    return arm.arm.name if arm.arm is not None and arm.arm.name in names else ""


def told_way(tokens: list[Token], a: int, b: int, better: str) -> str:
    """ "-" or "+": whether the group told of stands below or above the other; "" if not told.

    `better` is the direction of the measure, "lower" or "higher". Two words that contradict each
    other ("lower ... less of a fall") tell nothing.
    """
    ways = {way for k in range(a, b) if (way := _way_at(tokens, a, b, k))}
    ways = ways or _of_verbs(tokens, a, b)
    good = "-" if better == "lower" else "+"
    ways = {_OPPOSITE[good] if way == "worse" else good if way == "better" else way for way in ways}
    return ways.pop() if len(ways) == 1 else ""


def _way_at(tokens: list[Token], a: int, b: int, k: int) -> str:
    word = tokens[k].word
    if word in _BETTER or word in _WORSE:
        if tokens[k - 1].word in _NOT or tokens[k - 2].word == "non":
            return ""  # "was NOT SUPERIOR to clay (0.3)", "was NON-INFERIOR to clay (0.3)"
        return "better" if word in _BETTER else "worse"
    if word not in _MORE and word not in _LESS:
        return ""
    if k + 1 < b and tokens[k + 1].word in _EFFECTIVE:
        return "better" if word in _MORE else "worse"  # "wax was MORE EFFECTIVE than clay"
    if k + 1 < b and tokens[k + 1].word == "than" and tokens[k - 1].kind == "n":
        return ""
    changed = _change_behind(tokens, b, k) or _change_ahead(tokens, a, k)
    if changed:
        return changed if word in _MORE else _OPPOSITE[changed]
    if word in _AMOUNT:
        return ""
    return "+" if word in _MORE else "-"


def _of_verbs(tokens: list[Token], a: int, b: int) -> set[str]:
    """ "Wax REDUCED pain COMPARED WITH clay": the way that a verb tells."""
    words = [tokens[k].word for k in range(a, b)]
    if SET_AGAINST.isdisjoint(words) or "from" in words:
        return set()  # "fell FROM 7.4 to 2.9 with wax (difference 1.6 VS clay)": of wax alone
    return {sign_of(word) for word in words if word in CHANGE and word not in CHANGE_NOUNS} - {""}


def _change_behind(tokens: list[Token], b: int, k: int) -> str:
    """ "a GREATER mean FALL": the way of the change right behind a comparative."""
    for m in range(k + 1, min(b, k + 4)):
        if tokens[m].word in CHANGE_NOUNS:
            return sign_of(tokens[m].word)
        if tokens[m].kind != "w":
            break
    return ""


def _change_ahead(tokens: list[Token], a: int, k: int) -> str:
    """ "the FALL in NRS was 1.2 points greater", "FELL by 1.2 points more": of the change ahead."""
    for m in range(k - 1, a - 1, -1):
        if tokens[m].word in (";", ":"):
            break
        if tokens[m].word in CHANGE or tokens[m].word in CHANGE_NOUNS:
            return sign_of(tokens[m].word)
    return ""

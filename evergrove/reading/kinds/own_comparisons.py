"""Several differences of one sentence, each between two groups of its own."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_AGAINST = word_set("versus vs against minus")
_COMPARED = ("with", "to")


def own_pair(
    tokens: list[Token], a: int, b: int, value: Value, others: list[Value], arms: list[Arm]
) -> list[Arm]:
    """The group that is subtracted from, and the one that is subtracted; [] where it is not told.

    "versus placebo it was -0.6 FOR 15 MG and -1.0 for 30 mg", "-0.6 FOR YOGA VS ADVICE and ...",
    "BETWEEN YOGA AND ADVICE it was -0.6 and between ...", "a 0.6 difference BETWEEN YOGA AND ADVICE
    and a 1.1 difference between ...". `others`: the other differences.
    """
    stop = min((v.first for v in others if v.first > value.first), default=b)
    start = max((v.last for v in others if v.last <= value.first), default=a)
    if pairs_lead(tokens, a, [value, *others], arms):
        return _two_ahead(tokens, start, value, arms)
    behind = [arm for arm in arms if value.last <= arm.first < stop]
    ahead = [arm for arm in arms if start <= arm.first < value.first]
    if len(behind) == 2 and (
        _set_against(tokens, behind[1]) or _word_before(tokens, behind[0]) == "between"
    ):
        return behind
    between = [arm for arm in ahead if _word_before(tokens, arm) == "between"]
    if len(between) == 1 and len(ahead) == 2 and ahead[0] is between[0]:
        return ahead
    first = min((v.first for v in [value, *others]), default=value.first)
    common = [arm for arm in arms if arm.first < first and _set_against(tokens, arm)]
    if len(common) == 1 and len(behind) == 1 and behind[0].name != common[0].name:
        return [behind[0], common[0]]
    return []


def pairs_lead(tokens: list[Token], a: int, values: list[Value], arms: list[Arm]) -> bool:
    """ "BETWEEN A AND B it was -0.1; ...", "A VS B, -0.1; ...": each pair before its value."""
    first = min(values, key=lambda value: value.first)
    return bool(_two_ahead(tokens, a, first, arms))


def _two_ahead(tokens: list[Token], start: int, value: Value, arms: list[Arm]) -> list[Arm]:
    """The last two groups between `start` and the value, if they are set against each other."""
    ahead = [arm for arm in arms if start <= arm.first < value.first][-2:]
    if len(ahead) < 2 or ahead[0].name == ahead[1].name:
        return []
    near = value.first - ahead[1].last < 4
    told = _set_against(tokens, ahead[1]) or _word_before(tokens, ahead[0]) == "between"
    return ahead if near and told else []


def pair_ahead(tokens: list[Token], value: Value, arms: list[Arm]) -> list[Arm]:
    """ "(YOGA VS ADVICE: mean difference -1.2; YOGA VS REST: ...)": of three groups, the two named.

    [] where no pair heads the difference.
    """
    pair = [arm for arm in arms if arm.last <= value.first][-2:]
    if len(pair) < 2 or len({arm.name for arm in arms}) < 3 or not _set_against(tokens, pair[1]):
        return []
    gap = [token.word for token in tokens[pair[1].last : value.first]]
    return pair if gap[:1] in ([], [":"], [","], ["="]) and len(gap) < 6 else []


def _word_before(tokens: list[Token], arm: Arm) -> str:
    """The word before a group's name, over "the" and over a preposition inside its span."""
    k = (arm.np_first or arm.first) - 1
    k -= tokens[k].word in ("the", "a")
    return tokens[k].word if k >= 0 else ""


def _set_against(tokens: list[Token], arm: Arm) -> bool:
    """ "VERSUS placebo", "COMPARED WITH advice", "relative to advice"."""
    k = (arm.np_first or arm.first) - 1
    k -= tokens[k].word in ("the", "a")
    if k < 1:
        return False
    compared = tokens[k].word in _COMPARED and tokens[k - 1].word in ("compared", "relative")
    return tokens[k].word in _AGAINST or compared

"""Words that stand like a group beside the groups of the study: "was less INTENSE (3.7) than"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm, DocArm
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import VERSUS, VS
from evergrove.reading.text.stat_words import COMPARATIVE, DIFFERENCE
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import DETERMINERS, GROUP, PRE_WORDS, SCORE_UNITS, word_set

_ALL_OTHERS = word_set("others both all each")
#: Places of a word that tell a group only where nothing else does.
_RANKS = ["former", "latter"]
_BY_PLACE = ("host", "bare", "subject", "for")


def without_strangers(
    tokens: list[Token], arms: list[Arm], declared: list[DocArm], values: list[Value]
) -> list[Arm]:
    """The groups of a sentence that names every group of the study, without what only looks so.

    "Pain was less INTENSE with wax (3.7) than with clay (5.2)", "by 24 h the GAP had narrowed".
    """
    arms = [arm for arm in arms if arm.name not in SCORE_UNITS]  # "29 (SD 21) MM with the former"
    arms = _without_pair_ahead(tokens, arms, values)
    if len(declared) < 2:
        return arms
    for arm in arms:
        if arm.arm is None and len(declared) == 2 and arm.name in _RANKS:
            # "29 with THE FORMER, 58 patients, and 37 with THE LATTER, 56 patients"
            arm.arm = declared[_RANKS.index(arm.name)]
            arm.name = arm.arm.name
    named = {id(arm.arm) for arm in arms if arm.arm is not None}
    if not all(id(one) in named for one in declared):
        return arms
    return [
        arm for arm in arms if arm.arm is not None or arm.strength > 1 or arm.slot not in _BY_PLACE
    ]


def _without_pair_ahead(tokens: list[Token], arms: list[Arm], values: list[Value]) -> list[Arm]:
    """ "WAX AND CLAY were compared; the former gave 3.1, the latter 2.2": told once more.

    Where "the former" and "the latter" both stand for a group, and no value ahead of them.
    """
    ranks = [arm for arm in arms if tokens[arm.first].word in _RANKS]
    if {tokens[arm.first].word for arm in ranks} != set(_RANKS) or not values:
        return arms
    first = min(arm.first for arm in ranks)
    if min(value.first for value in values) < first:
        return arms
    return [arm for arm in arms if arm.first >= first]


def outside_tests(tokens: list[Token], a: int, arms: list[Arm], words: frozenset[str]) -> list[Arm]:
    """ "1.9 ± 1.2 (P < 0.01, CORK VS OTHERS)": between whom was tested, and no groups of values.

    Nor is the one of "wax caused a decrease (-8.1 mm) in VAS (P < 0.05 VERSUS CLAY)", where the
    sentence (`words`) tells no difference.
    """
    kept = []
    about_two = [arm for arm in arms if _tests_two(tokens, open_bracket(tokens, a, arm.first))]
    elsewhere = {arm.name for arm in arms if arm not in about_two}
    named = all(arm.name in elsewhere for arm in about_two)
    tested = []
    for arm in arms:
        opened = open_bracket(tokens, a, arm.first)
        if opened is not None and _of_the_start(tokens, arm):
            continue
        if opened is not None and tokens[opened + 1].word == "p":
            inside = {token.word for token in tokens[opened : arm.last + 4]}
            if not inside.isdisjoint(_ALL_OTHERS):
                continue
        if named and arm in about_two:
            continue
        if opened is not None and tokens[opened + 1].word == "p" and _set_against(tokens, arm):
            tested.append(arm)
        kept.append(arm)
    if not tested or not words.isdisjoint(COMPARATIVE) or not words.isdisjoint(DIFFERENCE):
        return kept
    outside = {arm.name for arm in kept if arm not in tested}
    if len(outside) != 1 or any(arm.name in outside for arm in tested):
        return kept
    return [arm for arm in kept if arm not in tested]


def _of_the_start(tokens: list[Token], arm: Arm) -> bool:
    """ "(p < 0.01 for both comparisons WITH PRETREATMENT)": a time, where nobody is called so."""
    words = {tokens[k].word for k in range(arm.first, arm.last)}
    if arm.arm is not None or not words <= _START or tokens[arm.last].word in GROUP:
        return False
    return tokens[arm.first - 1].word in _AGAINST


_START = PRE_WORDS | DETERMINERS | word_set("value values score scores level levels")
_AGAINST = word_set("with to vs versus against from")


def _tests_two(tokens: list[Token], opened: int | None) -> bool:
    """ "1.9 ± 0.4 in group B (B VS. A, B VS. C, P < 0.01)": no number stands ahead of the p.

    Where the groups have no other name, "2.0 vs 4.9 (WAX VS CLAY, P = 0.01)" tells whose they are.
    """
    if opened is None:
        return False
    told: set[str] = set()
    for token in tokens[opened + 1 : opened + 20]:
        if token.word == "p":
            return not told.isdisjoint(VS)
        if token.kind == "n" or token.word in (")", "]"):
            return False
        told.add(token.word)
    return False


def _set_against(tokens: list[Token], arm: Arm) -> bool:
    """ "p < 0.05 VERSUS clay", "p = 0.02 COMPARED WITH the clay group"."""
    k = arm.first - 1
    while tokens[k].word in DETERMINERS:
        k -= 1
    if tokens[k].word in ("with", "to") and tokens[k - 1].word == "compared":
        k -= 1
    return tokens[k].word in VERSUS and (
        tokens[k - 1].kind == "n" or tokens[k - 1].word in ("p", ",")
    )

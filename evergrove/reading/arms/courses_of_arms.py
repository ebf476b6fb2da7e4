"""Phrases in the place of a group that name less: courses of a treatment, tests, analyses."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import Arm, words_of
from evergrove.reading.arms.declared_arms import declared_arm
from evergrove.reading.declarations import Declared
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

COURSES = word_set("cycles courses rounds series sessions doses cycle course")
TESTS = word_set("test tests t-test t-tests anova")
_OF_TEST = word_set(
    "paired unpaired sample samples student students independent dependent signed rank two one "
    "tailed sided t z u wilcoxon mann whitney related matched repeated measures"
)

#: A sentence without these names no set of people for an analysis.
MAYBE_ANALYSES = word_set("intent intention protocol carried itt mitt locf")
_ANALYSES = MAYBE_ANALYSES | word_set(
    "to treat modified per last observation forward endpoint full analysis set safety population "
    "sample evaluable analysed analyzed the at"
)


def of_analysis(name: str) -> bool:
    """ "the INTENT-TO-TREAT sample", "at LAST OBSERVATION CARRIED FORWARD endpoint": no group."""
    words = name.lower().replace("-", " ").split()
    return not MAYBE_ANALYSES.isdisjoint(words) and _ANALYSES.issuperset(words)


def without_courses(tokens: list[Token], arms: list[Arm], declared: Declared) -> list[Arm]:
    """ "after two CYCLES OF wax therapy": the group that was given wax.

    "Over the COURSE OF TREATMENT" tells when, and not that it was in the treatment group.
    """
    arms = [arm for arm in arms if not _while_treated(tokens, arm)]
    for arm in arms:
        first = arm.np_first or arm.first
        k = first
        while k < min(arm.last, len(tokens)) and tokens[k].word not in COURSES:
            k += 1
        if arm.arm is not None or k + 2 >= arm.last or tokens[k + 1].word != "of" or k > first + 1:
            continue
        name = text_of(tokens, k + 2, arm.last)
        if words_of(name) and arm.name.endswith(name):
            arm.name, arm.arm = name, declared_arm(name, declared)
    return arms


def _while_treated(tokens: list[Token], arm: Arm) -> bool:
    """Whether a phrase is no more than "the COURSE OF TREATMENT", behind "over" or "during"."""
    first = arm.np_first or arm.first
    course, _, what = arm.name.lower().rpartition(" of ")
    lead = {token.word for token in tokens[max(0, first - 2) : first + 1]}
    return course == "course" and what in _TREATED and not lead.isdisjoint(_DURING)


_TREATED = word_set("treatment therapy intervention")
_DURING = word_set("over during throughout")


def without_tests(tokens: list[Token], arms: list[Arm]) -> list[Arm]:
    """ "compared by PAIRED sample t-test": no group of that name."""
    return [
        arm
        for arm in arms
        if not {word.lower() for word in arm.name.replace("-", " ").split()} <= _OF_TEST
        or TESTS.isdisjoint(token.word for token in tokens[arm.first : arm.last + 6])
    ]

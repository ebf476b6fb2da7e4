"""The groups that an abstract declares, as they are collected: one entry for each group."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import (
    TOGETHER,
    DocArm,
    gives_both,
    initials,
    is_inert,
    of_with_or_without,
    words_of,
)
from evergrove.reading.arms.courses_of_arms import of_analysis
from evergrove.reading.arms.dose_groups import DOSE_UNITS
from evergrove.reading.arms.noun_lists import (
    alias,
)
from evergrove.reading.measures.lexicon import stem
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.cohort import CohortCounter
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    POST_WORDS,
    PRE_WORDS,
    SCORE_UNITS,
    UNIT_DAYS,
    word_set,
)
from evergrove.reading.text.written_numbers import NUMBER_WORDS

_NEGATIONS = word_set("non no without not un never ex sham placebo dummy simulated")
_UNITS = frozenset(UNIT_DAYS)
_VISIT = word_set(
    "final last latest first follow up followup visit examination assessment review evaluation "
    "consultation appointment check long term mid short"
)
_VISITS = _VISIT | PRE_WORDS | POST_WORDS | {"baseline"}
_DESIGN = word_set(
    "trial trials study controlled randomized randomised prospective pilot crossover clinical "
    "blind blinded double-blind single-blind parallel-group open-label multicentre multicenter"
)
# Heads of phrases that name no group.
NOT_HEAD = word_set(
    "baseline values value scores score time groups group arms efficacy outcomes outcome "
    "results safety effect effects data measures day days week weeks month months year years "
    "visits follow-up function change changes highest lowest greatest smallest largest best worst"
)
_SERIES = word_set("consecutive prospective retrospective unselected")


_RELATIVE = word_set("whose which who that whom")


_NOUNS_OF_NAME = frozenset(
    map(
        stem,
        word_set(
            "injection infiltration treatment therapy block administration application use arm "
            "group infusion supplement dressing technique method procedure session"
        ),
    )
)


def _told_again(arms: list[DocArm], words: set[str], count: Count) -> bool:
    """ "the wax group (n = 18) ... 18 with wax INJECTIONS": a known group, by what it was given."""
    same = [
        arm
        for arm in arms
        if arm.n is not None
        and arm.n.value == count.value
        and arm.n.at != count.at
        and arm.words < words
        and words - arm.words <= _NOUNS_OF_NAME
    ]
    return len(same) == 1


def _added(name: str) -> bool:
    return "+" in name or " plus " in name


def _joined_apart(name: str, arm: DocArm, fresh: list[DocArm]) -> bool:
    """ "(TEA group) ... (TEA+MILK group)" in one sentence: two groups."""
    if name.split()[-1] in ("alone", "only") and gives_both(arm.name):
        return True  # "exercise plus taping" and "exercise alone"
    one = _added(name) != _added(arm.name)
    return one and any(arm is other for other in fresh)


def _called_apart(alias: str, arm: DocArm, fresh: list[DocArm]) -> bool:
    """ "closure (CC) and nerve-sparing closure (NSC)" in one sentence: two groups."""
    other = bool(alias) and bool(arm.aliases) and alias not in arm.aliases
    return other and any(arm is one for one in fresh)


_WHOLE_WORD = 6
_COMPARED_OF = (
    "results of ", "outcomes of ", "outcome of ", "effects of ", "effect of ", "efficacy of ",
    "effectiveness of ", "safety of ", "adjunctive ", "adjuvant ",
)  # fmt: skip


_EFFECTS = word_set("efficacy effectiveness efficiency safety tolerability effect effects")


def _what_was_compared(name: str) -> str:
    """ "We compared RESULTS OF lysis", "THE ANALGESIC EFFICACY OF lysis": lysis is the group."""
    for told in _COMPARED_OF:
        name = name.removeprefix(told)
    words = name.split()
    of = words.index("of") if "of" in words[1:6] else 0
    if of and words[of - 1].lower() in _EFFECTS:
        return " ".join(words[of + 1 + (words[of + 1 : of + 2] in (["the"], ["a"])) :]) or name
    return name


class ArmList(CohortCounter):
    """Adds groups to `arms`; a name that is known gives its entry more words, or its n.

    `fresh` are those of the sentence at hand, `left` and `staying` whether it tells who was left.
    """

    fresh: list[DocArm]
    left: bool
    staying: bool

    def _all(self, names: list[str], shorts: list[str]) -> None:
        """Add the groups of a list, though the name of one may hold that of another."""
        words = [words_of(name) for name in names]
        nested = any(one < two for one in words for two in words)
        for name, mine, short in zip(names, words, shorts, strict=True):
            if nested and not self.fresh and len(self.arms) < len(names):
                # "allocated to cupping, dry cupping or rest": three, though one holds another.
                self.arms.append(DocArm(name, set(mine), None, {short} if short else set(), ""))
            else:
                self._add(name, None, short)

    def _pair(self, tokens: list[Token], left: tuple[int, int], right: tuple[int, int]) -> None:
        names = [text_of(tokens, *left), text_of(tokens, *right)]
        if any(not words_of(name) for name in names) or words_of(names[0]) == words_of(names[1]):
            return
        if any(tokens[span[1] - 1].word in NOT_HEAD for span in (left, right)):
            return
        if all(_VISITS.issuperset(name.lower().replace("-", " ").split()) for name in names):
            return  # "(p < 0.01, PREOPERATIVE V FOLLOW-UP)": two visits
        if any(tokens[span[1]].word == "-" for span in (left, right) if span[1] < len(tokens)):
            return  # "surgeon-placed block": the phrase was cut in a word
        words = [words_of(name) for name in names]
        if not self.arms and (words[0] < words[1] or words[1] < words[0]):
            # "taping or sham taping": two groups, though one name holds the other.
            for name, mine, span in zip(names, words, (left, right), strict=True):
                short = alias(tokens, span[1], len(tokens))
                self.arms.append(DocArm(name, set(mine), None, {short} if short else set(), ""))
            return
        for name, span in zip(names, (left, right), strict=True):
            self._add(name, None, alias(tokens, span[1], len(tokens)))

    def _single(self, item: tuple[str, Count | None, str]) -> None:
        words = words_of(item[0])
        for arm in self.arms:
            if words and words & arm.words and arm.n is None:
                arm.n = item[1]

    def _add_lettered(self, name: str, size: Count | None, given: str) -> None:
        """ "group A (n = 31) received GEL": the treatment names the group too, if it tells it."""
        letter = name.split()[1]
        words = words_of(given)
        same = [arm for arm in self.arms if arm.letter == letter]
        others = [arm for arm in self.arms if arm.words == words and arm not in same]
        if not same and len(others) == 1 and not others[0].letter:
            others[0].letter, others[0].n = letter, others[0].n or size
            return
        self._add(name, size, "")
        for arm in self.arms:
            if arm.letter == letter and (not others or given.startswith("no ")):
                arm.words |= words
                arm.given = arm.given or given

    def _by_part_of_name(self, name: str, words: set[str], alias: str) -> bool:
        """Whether a name without a number is that of one known group, told shorter or longer.

        A longer name is taken over by the group.
        """
        if not words or words & _NEGATIONS:
            return False
        if self._by_end_of_name(words):
            return True
        fresh = {id(arm) for arm in self.fresh}
        # "the high-intensity group" beside "high-intensity" and "moderate-intensity training"
        longer = [
            arm
            for arm in self.arms
            if words < arm.words and (arm.n is not None or id(arm) not in fresh)
        ]
        longer = [arm for arm in longer if not arm.words & _NEGATIONS] or longer
        alike = len(longer) == 1 and not longer[0].words & _NEGATIONS
        alike = alike and not _called_apart(alias, longer[0], self.fresh)
        if alike and not _joined_apart(name, longer[0], self.fresh):
            return True
        shorter = [arm for arm in self.arms if arm.words and arm.words < words]
        plain = len(shorter) == 1 and not shorter[0].letter and not gives_both(name)
        plain = plain and not _called_apart(alias, shorter[0], self.fresh)
        if plain and len(name.split()) <= 4 and not _joined_apart(name, shorter[0], self.fresh):
            # "closed-loop" and then "closed-loop SCS", beside "fixed-output SCS"
            shorter[0].words |= words
            shorter[0].name = name
            return True
        if of_with_or_without(name, self.arms) is not None:
            return True
        # "controls" beside "a block" and "no block"
        both = len(self.arms) == 2 and all(arm.n is not None for arm in self.arms)
        return both and words == {"control"} and sum(map(is_inert, self.arms)) == 1

    def _by_end_of_name(self, words: set[str]) -> bool:
        """ "the STEROID group" of those who had "a corticosteroid injection": the end of a word."""
        word = next(iter(words)) if len(words) == 1 else ""
        if len(word) < _WHOLE_WORD or any(word in arm.words for arm in self.arms):
            return False
        ends = [
            arm
            for arm in self.arms
            if arm.n is not None and any(w.endswith(word) and w != f"non{word}" for w in arm.words)
        ]
        if len(ends) == 1:
            ends[0].words |= words
        return len(ends) == 1

    def _join_lettered(self, arm: DocArm) -> None:
        """ "RANDOMISED TO WAX or clay. ... wax (GROUP I) and clay (group II)": of one group.

        The letter was noted as a group of its own before the bracket was read.
        """
        bare = f"group {arm.letter}"
        for other in [one for one in self.arms if one is not arm and one.name == bare]:
            if other.given or (arm.n and other.n and arm.n.value != other.n.value):
                continue
            arm.n = arm.n or other.n
            arm.words |= other.words
            self.arms.remove(other)

    def _add(self, name: str, count: Count | None, alias: str, ordinal: bool = False) -> None:
        name = _what_was_compared(name)
        if not ordinal and _VISIT.issuperset(name.lower().replace("-", " ").split()):
            return  # "one was lost and 31 had a last follow-up": a visit, no treatment
        if of_analysis(name) or name.lower() in _EFFECTS:
            return  # "compared the EFFECTIVENESS and safety of tape and cork"
        for suffix in (" groups", " arms", " group", " arm"):
            name = name.removesuffix(suffix)
        letter = ""
        if name in ("former", "latter") or name.partition(" ")[0] in _RELATIVE:
            return  # a group named before
        if count is not None and count.noun in ("group", "arm", "cohort"):
            count = None  # "one group had tape, the other rest"
        if count is not None and count.value == 1:
            count = None  # "three tape groups and ONE CONTROL group": no group is of one
        words = words_of(name) | (words_of(alias) if "+" in alias else set())
        if count is not None and len(name) == 1 and name.isupper():
            name = f"group {name}"  # "40 nuns formed the R group"
        if name.startswith("group ") and len(name.split()) == 2:
            letter = name.split()[1]
            words = words_of(letter) if len(letter) > 1 and not letter.isdigit() else set()
        alias_letter = ""
        if alias.startswith("group ") and len(alias.split()) == 2:
            alias_letter = alias.split()[1]
        if not words and not letter and not alias_letter:
            return
        if words and (words <= _UNITS or words <= DOSE_UNITS):
            return  # "at 1 month (n = 40)", "5 mg or 10 mg"
        if name in SCORE_UNITS:
            return  # "the VAS < 7 CM group"; CM in capitals may be a name
        counted = words <= NUMBER_WORDS and not name.isupper()  # "TENS" is no number
        if words and (counted or (name.isdigit() and count is None)):
            return  # "a FIVE-arm trial", "a 3-arm trial"
        if words and words <= _SERIES:
            return  # "a CONSECUTIVE series of 85 patients"
        if words == {"single"} or words == {"trial"} or (len(words) > 1 and words <= _DESIGN):
            # "of a TRIAL (n = 210)", "this randomized trial had three arms", "a single-arm trial"
            return
        for arm in self.arms:
            same = (letter and arm.letter == letter) or (
                alias_letter and arm.letter == alias_letter
            )
            if (
                same
                or name in arm.aliases
                or (words and (words == arm.words or (alias and alias in arm.aliases)))
            ):
                arm.n = arm.n or count
                arm.words |= words
                if alias and not alias_letter:
                    arm.aliases.add(alias)
                arm.letter = arm.letter or letter or alias_letter
                if words and alias_letter:
                    self._join_lettered(arm)
                return
        if words and words <= TOGETHER and sum(gives_both(arm.name) for arm in self.arms) == 1:
            return
        if name.isupper() and len(name) > 1:
            spelt = [arm for arm in self.arms if initials(arm.name) == name.lower()]
            if len(spelt) == 1:
                spelt[0].aliases.add(name)
                spelt[0].n = spelt[0].n or count
                return
        if count is not None and _told_again(self.arms, words, count):
            return
        if count is None and not letter and self._by_part_of_name(name, words, alias):
            return
        for arm in self.arms:
            # A shorter name of a declared group ("the sham group" for "sham injection").
            near = [other for other in self.arms if words and words & other.words]
            negated = (words ^ arm.words) & _NEGATIONS
            sized_apart = count is not None and arm.n is not None and count.at != arm.n.at
            if (
                sized_apart
                and self.left
                and not any(arm is other for other in self.fresh)
                and len(near) == 1
                and near[0] is arm
                and (words <= arm.words or arm.words <= words)
                and 0.4 * arm.n.value <= count.value <= arm.n.value
            ):
                # "43 in the steroid group were reviewed": those left of the 49 that were declared.
                return
            if (
                len(near) == 1
                and near[0] is arm
                and not sized_apart
                and not negated
                and not _joined_apart(name, arm, self.fresh)
                and not _called_apart(alias, arm, self.fresh)
                and (words <= arm.words or arm.words <= words)
            ):
                arm.n = arm.n or count
                if arm.words < words:
                    arm.words |= words
                    if len(name.split()) <= 4 and not arm.letter:
                        arm.name = name
                return
        if (
            count is not None
            and words == {"control"}
            and not any("control" in a.words for a in self.arms)
        ):
            inert = [arm for arm in self.arms if is_inert(arm) and arm.n is None]
            if len(inert) == 1 and len(self.arms) > 1:
                inert[0].n = count  # "32 in the control group", who had no patch
                return
        known = any(
            words and words < arm.words and arm.n is not None
            for arm in self.arms
            if not any(arm is other for other in self.fresh)
        )
        if self.staying and count is not None and known:
            # "43 in the steroid group were reviewed": those left of a group known already.
            return
        aliases = {alias} if alias and not alias_letter else set()
        self.arms.append(DocArm(name, set(words), count, aliases, letter or alias_letter))
        self.fresh.append(self.arms[-1])

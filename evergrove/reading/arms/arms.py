"""Groups of people: those the abstract declares, and phrases in a sentence that may name one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from evergrove.reading.measures.lexicon import stem
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.hidden_signs import PRINTED_BEHIND
from evergrove.reading.text.words import GROUP, PEOPLE, PREPOSITIONS, word_set

#: "PRP-L", and "O-shaped", "L-OA": a letter that tells one group from another.
_LETTERED = re.compile(r"[A-Z]{2,}-[A-Z]|[A-Z]-[A-Za-z]{2,}")
_GENERIC = (
    PEOPLE
    | GROUP
    | word_set(
        "the a an of in with and or treatment therapy treated received receiving alone only "
        "procedure method technique new standard conventional usual care intervention dose "
        "patient-specific percutaneous first second single double one two three symptomatic "
        "undergoing underwent who were given equal same identical "
        "mean median average iqr sd"
    )
)
ASSIGNED = word_set("assigned allocated randomised randomized assignment allocation")
_SEX = word_set("male males female females men women man woman boys girls boy girl")


@dataclass(slots=True, eq=False)
class DocArm:
    """A group that the abstract declares: its names as printed, its n, and what tells it apart."""

    name: str
    words: set[str]
    n: Count | None = None
    aliases: set[str] = field(default_factory=set)
    letter: str = ""
    called: str = ""
    given: str = ""  # what a lettered group was given

    def shown(self) -> str:
        """The name to print, with the letter or acronym that the abstract uses for it."""
        if self.given and self.name.startswith("group "):
            return self.name
        if not (self.aliases or self.letter or self.called):
            return self.name
        short = [a for a in self.aliases if sum(map(str.isupper, a)) >= min(2, len(a))]
        short = sorted(short or (alias for alias in self.aliases if alias in PARTS))
        if self.letter and not self.name.startswith("group "):
            acronym = [one for one in short if len(one) > 1 and one not in self.name][:1]
            short = [", ".join([*acronym, f"group {self.letter}"])]
        # "SI joint fusion (SIF)": the acronym of a part of the name (SI) tells nothing.
        short = [one for one in short if one not in self.name] or short
        if short and short[0] not in self.name and self.name.lower() != short[0].lower():
            return f"{self.name} ({short[0]})"
        if self.called and self.called not in self.name:
            return f"{self.name} ({self.called})"
        return self.name


@dataclass(slots=True, eq=False)
class Arm:
    """A phrase that may name a group. `strength`: 3 declared or "... group", 2 a count of people,
    1 a noun phrase in a place where groups are named."""

    first: int
    last: int
    name: str
    strength: int
    arm: DocArm | None = None
    count: Count | None = None
    slot: str = ""
    np_first: int = 0


def words_of(name: str) -> set[str]:
    """The telling words of a group's name, singular."""
    return set(_words_of(name))


@lru_cache(1 << 12)
def _words_of(name: str) -> frozenset[str]:
    out = {word for word in name.lower().split() if word.partition("-")[0] in _ORDINAL_PARTS}
    if "-" in name:  # "PRP-L" beside "PRP-H": the letter tells them apart
        # "vitamin D-treated" and "vitamin D-receiving" are of "vitamin D"
        lettered = (word.lower() for word in name.split() if _LETTERED.fullmatch(word))
        out |= {word[:1] if word[2:] in _GENERIC else word for word in lettered}
    for word in name.lower().replace("-", " ").replace("/", " ").replace("+", " ").split():
        word = stem(word.partition(PRINTED_BEHIND)[0].strip("()[],.'"))
        if word in PREPOSITIONS and word != "without":
            continue  # "splint at night"
        if word and word not in _GENERIC and (len(word) > 1 or word.isdigit()):
            out.add(word)
    if name[-1:].isupper() and name[-2:-1] == " " and name.partition(" ")[0] not in GROUP:
        out.add(name[-1:].lower())  # "type A"
    if not out:
        # Groups named by nothing but their part in the trial: "the therapy arm", "controls".
        spaced = name.lower().replace("-", " ").split()
        plain = [stem(word.strip("()[],.'")) for word in spaced]
        telling = [word for word in plain if word in PARTS]
        if telling and len(plain) <= 2:
            return frozenset(telling[-1:])
        if len(plain) == 1 and plain[0] in _PEOPLE_TOLD_APART:
            return frozenset(plain)
    return frozenset(out)


# "single-fraction" and "multiple-fraction" differ by a word that tells nothing alone.
_ORDINAL_PARTS = word_set("single double one two three first second")

# Names of groups that are words for people or ways elsewhere: "the PT group".
_PEOPLE_TOLD_APART = word_set("pt percutaneous")

# Parts in a trial: they name a group only beside "group" or "arm", or one against the other.
PARTS = word_set("control intervention treatment therapy conventional standard usual care treated")


def part_of_short_name(word: str, arm: DocArm) -> bool:
    """Whether a word is one half of a group's short name: "LT" is not the group "US-LT"."""
    halves = arm.name.split("-")
    return len(halves) > 1 and arm.name.isupper() and word in halves


def is_sex(noun: str) -> bool:
    return noun in _SEX


_INERT_WORDS = word_set(
    "placebo sham control saline dummy inactive conventional standard usual routine"
)


def is_inert(arm: DocArm) -> bool:
    """Whether a group was given nothing ("no block"), a sham, or what is usual."""
    words = arm.name.lower().split()
    return words[:1] == ["no"] or bool({*arm.words, *words} & _INERT_WORDS)


def of_with_or_without(name: str, arms: list[DocArm]) -> DocArm | None:
    """ "injection-only", "injection plus splint" beside "splinting" and "no splinting"."""
    if len(arms) != 2:
        return None
    without = [arm for arm in arms if arm.name.startswith("no ")]
    if len(without) != 1 or any(arm.n is None for arm in arms):
        return None
    rest = next(arm for arm in arms if arm is not without[0])
    if without[0].words - {"no"} != rest.words:
        return None
    words = name.lower().replace("-", " ").split()
    if words[0] in ("no", "without"):
        return None
    if words[-1] in ("only", "alone"):
        return without[0]
    roots = {word[:5] for word in rest.words if len(word) > 4}
    return rest if any(word[:5] in roots for word in words) else None


class ArmIndex(dict[str, int]):
    """What `index_of` returns. `names`: what `known_mentions` worked out of it for the text."""

    names: Any = None


def in_name(index: ArmIndex, word: str) -> bool:
    """Whether a word stands in the name of one declared group, and of no other."""
    return stem(word) in index


def index_of(arms: list[DocArm]) -> ArmIndex:
    """Telling word -> number of the arm, for words that only one arm has.

    "~physiotherapy and taping", "~physiotherapy": the whole name where no word of it tells.
    """
    seen: dict[str, int] = {}
    for number, arm in enumerate(arms):
        for word in sorted(arm.words | {stem(alias.lower()) for alias in arm.aliases}):
            seen[word] = -1 if word in seen and seen[word] != number else number
        if arm.letter:
            seen[f"={arm.letter}"] = number
    seen.update(_with_and_without(arms))
    known = ArmIndex({word: number for word, number in seen.items() if number >= 0})
    for number, arm in enumerate(arms):
        told = any(known.get(word) == number for word in arm.words)
        if arm.words and not arm.letter and (gives_both(arm.name) or not told):
            known[f"~{arm.name.lower()}"] = number
    return known


def _with_and_without(arms: list[DocArm]) -> dict[str, int]:
    """ "gel" and "no gel", "gel alone" and "gel plus ice": "+gel", "-gel" and "gel alone".

    The word that two groups share tells one of them where "no" or "alone" stands beside it.
    """
    out: dict[str, int] = {}
    if len(arms) != 2:
        return out
    for number, arm in enumerate(arms):
        other = arms[1 - number]
        word = stem(arm.name.lower().split()[-1])
        bare = other.name.lower() in (f"no {word}", f"without {word}") and word in arm.words
        if bare or other.name.lower() in (f"no {arm.name.lower()}", f"without {arm.name.lower()}"):
            out[f"+{word}"], out[f"-{word}"] = number, 1 - number
        first, _, rest = arm.name.lower().partition(" ")
        if rest and other.name.lower() in (f"non-{arm.name.lower()}", f"non {arm.name.lower()}"):
            out[f"+{stem(first)} {rest.split()[0]}"] = number  # "late pain" and "non-late pain"
        if rest in ("alone", "only") and stem(first) in other.words:
            out[f"{stem(first)} alone"] = number
        shared = arm.words & other.words
        if shared and is_inert(other) and other.words - arm.words <= _SHAM and not is_inert(arm):
            # "kinesio taping" and "sham taping": plain "taping" is the real one
            for key in shared:
                out[f"+{key}"], out[f"-{key}"] = number, 1 - number
    return out


_SHAM = word_set("placebo sham dummy inactive simulated mock fake")
TOGETHER = frozenset(stem(word) for word in ("combined", "combination", "both", "joint"))


def gives_both(name: str) -> bool:
    """Whether a group's name joins two treatments."""
    return any(f" {sign} " in f" {name} " for sign in ("plus", "+", "and", "with"))


def initials(name: str) -> str:
    """ "prp" for "platelet-rich plasma"."""
    return "".join(word[0].lower() for word in name.replace("-", " ").split())

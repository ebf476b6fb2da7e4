"""Names of groups once the whole abstract is read: acronyms, letters, names of one group."""

from __future__ import annotations

from evergrove.reading.arms.arms import (
    ArmIndex,
    DocArm,
    index_of,
    words_of,
)
from evergrove.reading.arms.names_alike import in_order
from evergrove.reading.measures.lexicon import stem
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP

_OPENS = frozenset(("(", "["))
_ENDS_ACRONYM = frozenset((")", "]", ",", ";"))


def acronyms(tokens: list[Token]) -> dict[str, str]:
    """Acronym -> the words before its bracket, for each "(ABC)" whose letters they begin with."""
    out: dict[str, str] = {}
    for i in [at for at, token in enumerate(tokens[1:-2], 2) if token.word in _OPENS]:
        token = tokens[i]
        if token.kind != "w" or len(token.raw) < 2 or tokens[i + 1].word not in _ENDS_ACRONYM:
            continue
        if tokens[i - 2].kind == "n" or sum(map(str.isupper, token.raw)) < 2:
            # "saline, 23.0 [SE, 3.0]": the bracket is that of a score
            continue
        letters = [c for c in token.raw.lower() if c.isalpha()]
        words = [t for t in tokens[max(0, i - 1 - 2 * len(letters)) : i - 1] if t.kind == "w"]
        for size in range(min(len(letters), len(words)), 0, -1):
            spelt = "".join(t.word for t in words[-size:])
            if words[-size].word[0] == letters[0] and in_order("".join(letters), spelt):
                out[token.raw] = " ".join(t.raw for t in words[-size:])
                break
    return out


def _without_group(long_form: str) -> str:
    """ "control GROUP (CG)" is short for "control" too: the name as the methods have it."""
    name, _, last = long_form.lower().rpartition(" ")
    return name if name and last in GROUP else long_form.lower()


def _merge_acronyms(arms: list[DocArm], long_forms: dict[str, str]) -> None:
    """ "BKP" and "the kyphoplasty group" are one group if BKP stands for balloon kyphoplasty."""
    for short, long_form in long_forms.items():
        full = words_of(long_form)
        word = stem(short.lower())
        own = [arm for arm in arms if word in arm.words or short in arm.aliases]
        others = [a for a in arms if a not in own and a.words and a.words <= full]
        if not others and full:
            # "a mud pack injection group ... mud pack (MP) ... in the MP group"
            wider = [a for a in arms if a not in own and full <= a.words]
            others = [a for a in wider if {*a.words} - full <= _GIVEN_AS] if len(wider) == 1 else []
        if len(own) != 1 or len(others) != 1 or not full:
            continue
        one, other = own[0], others[0]
        if one.n is not None and other.n is not None and one.n.value != other.n.value:
            continue
        if any(own_name != short and own_name in long_forms for own_name in other.aliases):
            continue  # "conventional closure (CC)" beside "nerve-sparing closure (NSC)"
        one.words |= other.words
        one.aliases |= other.aliases | {short}
        one.n = one.n or other.n
        if one.name == short:
            one.name = other.name
        arms.remove(other)


_GIVEN_AS = {stem(word) for word in ("injection", "injections", "therapy", "treatment", "block")}


def _merge_lettered(arms: list[DocArm]) -> None:
    """ "bilateral QLB" and "(group QLB, n = 48)" are one group."""
    for arm in list(arms):
        if arm.n is not None or arm.letter:
            continue
        own = [
            other
            for other in arms
            if other is not arm
            and len(other.letter) > 1
            and stem(other.letter.lower()) in arm.words
        ]
        if len(own) == 1:
            own[0].words |= arm.words
            arms.remove(arm)


def _merge_using(arms: list[DocArm], tokens: list[Token]) -> None:
    """ "We compared banding with open surgery USING zapper": two names of one group.

    The first of them has no size of its own, and the second has.
    """
    if len(arms) < 3:
        return
    for k in [at for at, token in enumerate(tokens[1:-1], 1) if token.word == "using"]:
        before, behind = stem(tokens[k - 1].word), stem(tokens[k + 1].word)
        one = next((arm for arm in arms if before in arm.words and arm.n is None), None)
        other = next((arm for arm in arms if behind in arm.words and arm.n is not None), None)
        if one is None or other is None or len(arms) < 3:
            continue
        if not one.words & other.words or " using " in other.name:
            other.words |= one.words
            other.aliases |= one.aliases
            arms.remove(one)


def _name_by_treatment(
    arms: list[DocArm], tokens: list[Token], results: list[tuple[int, int]]
) -> None:
    """ "Group A had gel ... with gel it was 3.1": what it was given names the group from there on.

    Where `results`, the sentences with scores, speak of "group A", that stays its name.
    """
    told = [arm for arm in arms if arm.given and arm.name.startswith("group ")]
    if not told:
        return
    places = [k for a, b in results for k in range(a, b - 1) if tokens[k].word in GROUP]
    behind = {tokens[k + 1].raw for k in places}
    if not any(arm.letter in behind for arm in told):
        for arm in told:
            arm.name = arm.given


def _spells_difference(tokens: list[Token]) -> bool:
    """ "mean difference [MD]": what MD stands for in this text."""
    return any(
        token.raw == "MD" and at > 1 and tokens[at - 2].word.startswith("difference")
        for at, token in enumerate(tokens)
    )


def finish(
    arms: list[DocArm],
    tokens: list[Token],
    results: list[tuple[int, int]],
    long_forms: dict[str, str],
) -> tuple[list[DocArm], ArmIndex]:
    """The declared groups with acronyms resolved, and the index of telling words.

    `results`: first and last token of each sentence that has scores; `long_forms`: `acronyms`.
    """
    _merge_acronyms(arms, long_forms)
    _merge_lettered(arms)
    _name_by_treatment(arms, tokens, results)
    if len(arms) > 2:
        _merge_using(arms, tokens)
    shared = [
        short for short in long_forms if sum(stem(short.lower()) in arm.words for arm in arms) > 1
    ]
    for arm in arms:
        for short, long_form in long_forms.items():
            if short in shared:
                continue
            full = words_of(long_form)
            if (
                stem(short.lower()) in arm.words
                or short in arm.aliases
                or (full and full <= arm.words and _without_group(long_form) in arm.name.lower())
            ):
                arm.aliases.add(short)
    index = index_of(arms)
    for number, arm in enumerate(arms):
        if ("MD" in arm.aliases or arm.name == "MD") and not _spells_difference(tokens):
            # the acronym of a mean difference, here that of a group
            index["md-group"] = number
            for token in tokens:
                if token.raw == "MD":
                    token.word = "md-group"
    return arms, index

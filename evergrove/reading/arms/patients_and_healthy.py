"""Patients and healthy people: "32 PATIENTS with gout and 30 HEALTHY VOLUNTEERS" are two groups."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import ArmIndex, DocArm, index_of
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, is_content, word_set

#: A text without one of these sets no patients against others.
HEALTHY = word_set("healthy asymptomatic")
_PATIENTS = word_set("patients sufferers outpatients")
_JOINS = word_set("and versus vs with to or")
_NEAR = 12  # tokens between the patients and those who are healthy


def with_patients(
    tokens: list[Token], spans: list[tuple[int, int]], arms: list[DocArm], index: ArmIndex
) -> tuple[list[DocArm], ArmIndex]:
    """The groups, with patients and healthy people where one sentence sets them side by side.

    `spans`: first and last token of each sentence. Not where other groups are declared, as those
    of a trial in patients.
    """
    pair = next((found for a, b in spans if (found := _pair(tokens, a, b)) is not None), None)
    if pair is None:
        return arms, index
    patients, healthy = pair
    known = [arm for arm in arms if arm.words & HEALTHY]
    others = [arm for arm in arms if not any(arm is one for one in known)]
    if len(known) > 1 or len(others) > 1 or (others and not known):
        return arms, index
    if others:
        one = others[0]
        if one.n is not None and patients.n is not None and one.n.value != patients.n.value:
            return arms, index
        one.words |= patients.words
        one.n = one.n or patients.n
    else:
        arms = [patients, *arms]
    if known:
        known[0].n = known[0].n or healthy.n
    else:
        arms = [*arms, healthy]
    return arms, index_of(arms)


def _pair(tokens: list[Token], a: int, b: int) -> tuple[DocArm, DocArm] | None:
    """The two of them, each with its number of people, where a sentence counts one at least."""
    for k in range(a + 1, b - 1):
        if tokens[k].word not in HEALTHY:
            continue
        end = k + 1
        while end < b and end - k < 4 and tokens[end].word not in PEOPLE:
            end += 1
        if end >= b or tokens[end].word not in PEOPLE or tokens[end].word in _PATIENTS:
            continue
        near = range(k - 1, max(a, k - _NEAR) - 1, -1)
        ill = next((m for m in near if tokens[m].word in _PATIENTS), None)
        if ill is None or not any(tokens[m].word in _JOINS for m in range(ill + 1, k)):
            continue
        sizes = _size(tokens, a, ill), _size(tokens, ill + 1, k)
        if not any(sizes):
            continue
        name = text_of(tokens, k, end + 1)
        patients = DocArm(tokens[ill].raw.lower(), {"patient"})
        others = DocArm(name, {tokens[k].word})
        patients.n, others.n = sizes
        return patients, others
    return None


def _size(tokens: list[Token], floor: int, k: int) -> Count | None:
    """The whole number before the noun at k, with words of a name alone in between."""
    m = k - 1
    while m > floor and k - m < 7 and (_of_name(tokens[m]) or tokens[m].word == "-"):
        m -= 1
    number = tokens[m]
    whole = number.kind == "n" and number.flag in ("", "word") and "." not in number.word
    return Count(int(number.value), m, m + 1) if whole and m >= floor else None


def _of_name(token: Token) -> bool:
    return token.kind == "w" and is_content(token.word)

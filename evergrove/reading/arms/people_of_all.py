"""People of whom everything is told: "IN ELDERLY WOMEN, VAS was 3 with wax and 4 with clay"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.document import Document
from evergrove.reading.text.small_words import AMONG, THESE_PEOPLE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set
from evergrove.reading.view import View

# "in patients GIVEN WAX": a group by what it was given
_BY_TREATMENT = word_set(
    "given treated receiving received undergoing underwent taking using wearing allocated assigned "
    "randomised randomized managed on injected who had"
)
_WHOLE = word_set("population cohort series sample")
_ALL_PEOPLE = PEOPLE | _WHOLE


def without_people_of_all(document: Document, view: View, arms: list[Arm]) -> list[Arm]:
    """The groups of a sentence without the people whom it is all about.

    "... in THESE CANCER PATIENTS", "in THIS ELDERLY POPULATION" are never a group. "IN ELDERLY
    WOMEN, ..." and "AMONG PATIENTS WITH GOUT, ..." are none before two groups of their own, nor
    where no other sentence begins so.
    """
    tokens, a, b = document.tokens, view.a, view.b
    kept = [arm for arm in arms if arm.arm is not None or not _these(tokens, a, arm)]
    fronted = [arm for arm in kept if arm.arm is None and _opens(tokens, a, b, arm)]
    rest = [arm for arm in kept if arm not in fronted]
    several = len({arm.name.lower() for arm in rest}) > 1
    apart = bool(rest) and all(_given(tokens, arm) for arm in rest)
    # "In elderly women, IN THE WAX GROUP VAS was 3"
    apart = apart or any(0 < arm.first - one.last <= 3 for one in fronted for arm in rest)
    sole = not rest and bool(fronted) and not _others_begin_so(document, view)
    return rest if several or apart or sole else kept


def _others_begin_so(document: Document, view: View) -> bool:
    """ "In older men, VAS was 3. IN YOUNGER MEN, it was 4": another sentence of its own people."""
    tokens = document.tokens
    return any(
        tokens[other.a].word in AMONG
        and any(token.word in PEOPLE for token in tokens[other.a + 1 : other.a + 6])
        for other in document.views
        if other is not view and other.q.values
    )


def _given(tokens: list[Token], arm: Arm) -> bool:
    """ "... favouring WAX", "... lower than WITH WAX": what was given, and no kind of people."""
    first = arm.np_first or arm.first
    led = {tokens[k].word for k in range(max(0, arm.first - 1), first)}
    return arm.slot in _SET_AGAINST or not led.isdisjoint(_TREATED)


_SET_AGAINST = word_set("favoured vs surpassed subject")
_TREATED = word_set("with after under than favouring favoring favoured favored following")


def _these(tokens: list[Token], a: int, arm: Arm) -> bool:
    """Whether "these" or "this" stands before the name, and people behind it."""
    first = arm.np_first or arm.first
    determined = {tokens[k].word for k in range(max(a, arm.first - 1, first - 2), first)}
    ends = {tokens[k].word for k in range(arm.last - 1, min(arm.last + 1, len(tokens)))}
    return bool(determined & THESE_PEOPLE) and not ends.isdisjoint(_ALL_PEOPLE)


_CONTROLS = word_set("control controls")


def _opens(tokens: list[Token], a: int, b: int, arm: Arm) -> bool:
    """Whether the phrase opens the sentence, tells of people, and ends at a comma."""
    lead = a + 2 * (a + 1 < b and tokens[a + 1].word == ":")
    if tokens[lead].word not in AMONG or (arm.np_first or arm.first) > lead + 4:
        return False
    end = arm.last
    while end < b and tokens[end].word in PEOPLE:
        end += 1
    told = {tokens[k].word for k in range(lead, end)} - _CONTROLS  # "IN THE CONTROL GROUP, ..."
    people = not told.isdisjoint(PEOPLE) and told.isdisjoint(_BY_TREATMENT)
    return people and end < b and tokens[end].word == ","

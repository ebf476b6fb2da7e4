"""Words for a state of pain that are a treatment here: "patients given WALKING", "with WALKING"."""

from __future__ import annotations

from evergrove.reading.arms.arms import ASSIGNED
from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.small_words import OPENS_CLAUSE
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import GROUP, PEOPLE, word_set

#: States in which pain is rated that may be a treatment too.
MAYBE_GIVEN = word_set("walking")
_GIVEN = word_set("given received receiving allocated assigned offered prescribed")
_TOGETHER = word_set("and or versus vs to than")
_LEADS = word_set("with after than given in")
_SCORES = word_set("values scores results figures ones")
_REACH = 16


def without_given_states(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """The marks without the states that name a group; takes them from the tokens too.

    "The WALKING group", "patients given WALKING", "randomised to yoga or WALKING" are sure. Then,
    or beside "With yoga, ...", so is "WITH WALKING" unless it tells in which state pain was rated.
    """
    places = [
        mark.first
        for mark in marks
        if mark.kind == "qualifier"
        and mark.last - mark.first == 1
        and tokens[mark.first].word in MAYBE_GIVEN
    ]
    sure = {k for k in places if _surely(tokens, k)}
    dropped = sure | {k for k in places if _led(tokens, k) and (sure or _beside(tokens, k))}
    dropped |= {k for k in places if sure and _listed(tokens, k)}
    for k in dropped:
        tokens[k].mark = None
    return [mark for mark in marks if mark.first not in dropped or mark.kind != "qualifier"]


def _surely(tokens: list[Token], k: int) -> bool:
    """Whether the words around it tell that people were given it."""
    before, behind = tokens[k - 1].word if k else ".", tokens[min(k + 1, len(tokens) - 1)].word
    if before in _GIVEN or behind in GROUP or (behind in PEOPLE and before not in _SCORES):
        return True
    sized = behind == "(" and k + 2 < len(tokens) and tokens[k + 2].word == "n"
    near = {token.word for token in tokens[max(0, k - _REACH) : k]}
    return sized or (before in _TOGETHER and not ASSIGNED.isdisjoint(near))


def _led(tokens: list[Token], k: int) -> bool:
    """ "WITH walking", of people, and not "pain with walking", a state."""
    if k < 1 or tokens[k - 1].word not in _LEADS:
        return False
    return k < 2 or not is_measure(tokens[k - 2])


def _listed(tokens: list[Token], k: int) -> bool:
    """ "yoga 4.1; WALKING 3.2", "with yoga (4.1) and WALKING (3.2)"; not "at rest and walking"."""
    joined = k > 1 and tokens[k - 1].word in _LISTS
    return joined and getattr(tokens[k - 2].mark, "kind", "") != "qualifier"


_LISTS = _TOGETHER | {";", ":"}


def _beside(tokens: list[Token], k: int) -> bool:
    """ "WITH YOGA, NRS was 3; WITH WALKING, NRS was 4", "the corresponding values WITH WALKING".

    Whether another thing was led by the same word where a sentence begins, and no other state.
    """
    lead = tokens[k - 1].word
    start = next((m for m in range(k - 2, -1, -1) if _opens(tokens, m, lead)), None)
    if start is None or any(
        getattr(token.mark, "kind", "") == "qualifier" for token in tokens[start : k - 1]
    ):
        return False
    comma = next((m for m in range(start + 1, min(start + 5, k)) if tokens[m].word == ","), None)
    again = k > 1 and tokens[k - 2].word in _SCORES | OPENS_CLAUSE
    return comma is not None and again and tokens[start + 1].mark is None


def _opens(tokens: list[Token], m: int, lead: str) -> bool:
    return tokens[m].word == lead and (m == 0 or tokens[m - 1].word in (".", ":"))

"""Those who responded as a group: "2.4 in RESPONDERS and 5.8 in NONRESPONDERS"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.arms import Arm
from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.small_words import ENDS_PHRASE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set
from evergrove.reading.vectors import Cell

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.view import View

_LEADS = word_set("in among amongst for than between with from of versus vs")


def without_responders(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """The marks but those of "responders" where nonresponders are set against them.

    Alone it is the name of people where they are scored, else it counts them and is kept.
    """
    against = any(
        token.word == "nonresponders"
        or (token.word == "responders" and [t.word for t in tokens[k - 2 : k]] == ["non", "-"])
        for k, token in enumerate(tokens)
    )
    # "There were 8 RESPONDERS TO the questionnaire": they answered it
    answered = any(_answered(tokens, k) for k in range(len(tokens) - 1))
    kept = []
    for mark in marks:
        k = mark.first
        lead = "."
        for before in reversed(tokens[max(0, k - 3) : k]):
            if before.word != "the" and before.kind != "n":  # "in THE 31 responders"
                lead = before.word
                break
        named = tokens[k].word == "responders" and lead in _LEADS | ENDS_PHRASE | {"-"}
        scored = not answered and tokens[k].word == "responders" and _subject(tokens, k)
        if named if against else scored:
            tokens[k].mark = None
        else:
            kept.append(mark)
    return kept


def _subject(tokens: list[Token], k: int) -> bool:
    """ "AMONG THE RESPONDERS, NRS fell", "RESPONDERS HAD a fall of 3": those who were scored."""
    lead = k - 1
    while lead > 0 and (tokens[lead].word in ("the", "these", "all") or tokens[lead].kind == "n"):
        lead -= 1
    if tokens[lead].word in ("in", "among", "amongst", "for"):
        return True
    behind = tokens[k + 1].word if k + 1 < len(tokens) else ""
    return behind in _HAD and (lead == k - 1 or tokens[lead].word in (".", ";", ":"))


_HAD = word_set("had showed experienced reported whose achieved")


def responders_alone(document: Document, view: View, cells: list[Cell]) -> None:
    """ "21 patients WERE RESPONDERS, WITH a mean fall of 3.1", "AMONG RESPONDERS NRS fell by 3.1".

    Values of those alone who responded, where nobody is set against them: their group has their
    name, and their number where it is told. Not ", and the mean NRS fell": that may be of all.
    """
    tokens = document.tokens
    if any("nonresponders" in other.words for other in document.views):
        return
    if any(_answered(tokens, k) for k in range(len(tokens) - 1)):
        return
    at = next((k for k in range(view.a, view.b) if _responded(tokens, view.a, k)), None)
    if at is None:
        return
    arm = Arm(at, at + 1, "responders", 2, slot="in", np_first=at)
    for cell in cells:
        whole = cell.arm is None and cell.value.first > at
        if not whole and not (cell.arm is None and _behind(tokens, cell, at)):
            continue
        gap = [tokens[k].word for k in range(at, cell.value.first)]
        if ";" in gap or _of_all(gap):
            continue
        cell.arm = arm
        if cell.count is None or cell.count.of is not None:
            told = [c for c in view.q.counts if c.noun in PEOPLE | {"events"} and c.at < at]
            cell.count = told[0] if len(told) == 1 else None


def _responded(tokens: list[Token], a: int, k: int) -> bool:
    word, before = tokens[k].word, tokens[k - 1].word
    if word == "responders":
        behind = tokens[k + 1].word if k + 1 < len(tokens) else ""
        shared = before == "(" and behind in (",", ":", "=")  # "(responders, 61%)"
        return before != "-" and behind not in _NO_PEOPLE and not shared
    if word != "responded" or tokens[k - 1].word in ("not", "never"):
        return False
    ahead = tokens[max(a, k - 6) : k]
    near = {token.word for token in ahead}
    # "21 of 54 PATIENTS RESPONDED", "PATIENTS WHO RESPONDED"; not "patients responded well"
    some = "who" in near or any(token.kind == "n" for token in ahead)
    return some and bool(near & PEOPLE) and near.isdisjoint(("all", "both", "no", "groups"))


def _answered(tokens: list[Token], k: int) -> bool:
    return tokens[k].word == "responders" and tokens[k + 1].word == "to"


_NO_PEOPLE = word_set("analysis rate rates status if defined is are")


def _behind(tokens: list[Token], cell: Cell, at: int) -> bool:
    """ "The mean NRS was 3.2 AMONG RESPONDERS": right behind the value."""
    gap = [token.word for token in tokens[cell.value.last : at]]
    return len(gap) <= 4 and bool(set(gap) & {"in", "among", "amongst", "for"})


def _of_all(gap: list[str]) -> bool:
    """ "... were responders, AND THE MEAN NRS fell": a clause of its own, perhaps of everybody."""
    for k, word in enumerate(gap[:-1]):
        if word in ("and", "but", "while", "whereas") and gap[k + 1] not in ("their", "these"):
            return "had" not in gap[:k]
    return False

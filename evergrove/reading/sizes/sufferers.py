"""Scores of those who had the pain at all: "in 39 nuns WITH HEEL PAIN", and not of everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set

if TYPE_CHECKING:
    from evergrove.reading.drafts import Draft
    from evergrove.reading.measures.mention import Mention

_PAINS = word_set("pain ache aches headache backache toothache symptoms")
_HAVING = word_set("with having reporting suffering who whose")


def keep_sufferers(drafts: list[Draft], tokens: list[Token]) -> None:
    """ "At entry NRS IN 39 NUNS WITH HEEL PAIN was 7; it was 3 at a week": later too of the 39.

    Later scores that would take the n of the whole cohort take that of the score at baseline of
    the same measure, where people with that pain are counted for it; `n_inferred` says so.
    """
    firsts = [
        draft
        for draft in drafts
        if draft.own_n
        and draft.record["stat"] == "level"
        and draft.cell.time is not None
        and draft.cell.time.kind == "base"
        and "n" in draft.places
        and _with_pain(tokens, draft.places["n"][0])
    ]
    for first in firsts:
        for draft in drafts:
            record = draft.record
            same = draft.key == first.key and record["arm"] == first.record["arm"]
            if not same or "n_cohort" not in record["reasons"] or draft.own_n:
                continue
            if record["n"] is None or record["n"] <= first.record["n"]:
                continue
            record["n"], draft.places["n"] = first.record["n"], first.places["n"]
            record["reasons"].remove("n_cohort")
            record["reasons"].append("n_inferred")


def _with_pain(tokens: list[Token], at: int) -> bool:
    k = at + 1
    while k < min(len(tokens), at + 4) and tokens[k].word not in PEOPLE:
        k += 1
    behind = [token.word for token in tokens[k + 1 : k + 6]]
    return k < len(tokens) and behind[:1] != [] and behind[0] in _HAVING and _until(behind)


def _until(behind: list[str]) -> bool:
    """Whether a word for pain stands before the verb of the sentence."""
    for word in behind[1:]:
        if word in _PAINS:
            return True
        if word in ("was", "were", "=", ",", "(", "fell", "rose"):
            return False
    return False


def without_conditions(tokens: list[Token], mentions: list[Mention]) -> list[Mention]:
    """ "NRS-2002 was 3.6 in the 54 PATIENTS WITH HEEL PAIN and 2.7 in others": what they had.

    For sentences whose measure is known to be another: the condition of people was not scored.
    """
    out: list[Mention] = []
    foreign = False
    for mention in mentions:
        foreign = foreign or mention.key is None
        lead = [tokens[k].word for k in range(max(0, mention.first - 7), mention.first)]
        had = max((n for n, word in enumerate(lead) if word in _HAVING), default=0)
        if not (mention.key and foreign and had and lead[had - 1] in PEOPLE):
            out.append(mention)
    return out


def without_counted_conditions(tokens: list[Token], mentions: list[Mention]) -> list[Mention]:
    """ "NRS of PATIENTS WITH COMPLICATIONS was lower than of others (2.1 vs 4.3)": nothing counted.

    What people had, behind the measure that was rated in them.
    """
    first = next((mention.last for mention in mentions if mention.key), None)
    if first is None:
        return mentions
    return [
        m
        for m in mentions
        if m.veto != "count"
        or m.first < first
        or tokens[m.first - 1].word not in _WITH
        or tokens[m.first - 2].word not in PEOPLE
    ]


_WITH = frozenset(("with", "without"))

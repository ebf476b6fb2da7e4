"""Scores of which only the condition of the people tells what was scored.

"We saw 31 nurses WITH BACK PAIN. THE MEAN SCORE was 6.1 at entry": the pain that they had.
"""

from __future__ import annotations

from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.mention import Mention, read_mention
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View

#: A sentence without them has no score of which nobody says on what.
SCORES = word_set("score scores")
_OPENS = word_set("the their mean median average pain overall and corresponding")
# "USING the Foss INDEX, the mean score was 44": a score of that
_INSTRUMENTS = word_set(
    "scale scales questionnaire questionnaires index inventory instrument instruments test tests "
    "form survey scoring subscale domain grade criteria classification using outcome outcomes "
    "function disability quality measured assessed evaluated measure measures rated"
)


def scored_condition(
    tokens: list[Token], views: list[View], view: View, said: frozenset[str], profile: Profile
) -> Mention | None:
    """The pain that the people of a text have, where a sentence scores nothing that it names.

    None where the text tells of an instrument or of anything else that has scores.
    """
    if not said.isdisjoint(_INSTRUMENTS) or any(other.mentions for other in views):
        return None
    k = view.a
    while k < view.b and tokens[k].word in _OPENS:
        k += 1
    behind = tokens[min(k + 1, view.b - 1)].word
    if tokens[k].word not in SCORES or behind in _OF_SOMETHING:
        return None
    found = {m.key: m for m in _conditions(tokens, view.a, profile)}
    pain = found.pop("pain", None)
    return pain if not found else None


_OF_SOMETHING = word_set("of on for in by from")


def _conditions(tokens: list[Token], stop: int, profile: Profile) -> list[Mention]:
    """What the people before token `stop` are told to have: "with NECK PAIN"."""
    out: list[Mention] = []
    for k in range(stop):
        mark = tokens[k].mark
        if mark is None or mark.first != k or mark.kind not in ("measure", "compound"):
            continue
        before = tokens[k - 1].mark
        cluster = [mark] if before is None or before.kind != "qualifier" else [before, mark]
        mention = read_mention(tokens, cluster[0].first, cluster, profile)
        if mention is not None and mention.key:
            out.append(mention)
    return out

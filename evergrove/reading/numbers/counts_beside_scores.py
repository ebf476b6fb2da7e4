"""People who are counted beside a score: "mean VAS AND NUMBER OF MEN IN PAIN (4.1 ± 2.0, 10)"."""

from __future__ import annotations

from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, STATE, word_set
from evergrove.reading.view import View

#: A sentence without these counts nobody.
MAYBE_COUNTED = word_set("number numbers proportion")
_JOINS = word_set("and the mean median average")
_VERBS = STATE | word_set("had fell rose decreased increased dropped than compared versus vs")


def counts_beside_scores(tokens: list[Token], view: View) -> list[Mention]:
    """The mentions left when the second of two subjects counts people and the numbers are scores.

    "The mean pain score AND NUMBER OF MEN WITH VAS ≥5 with wax (4.1 ± 2.0, 10) were lower than
    with clay (5.8 ± 2.3, 19)": the numbers with a spread or a decimal are scores, the others are
    people. What they are counted for ("with VAS ≥5", "with nausea") is no measure of theirs.
    """
    for one, two in zip(view.mentions, view.mentions[1:], strict=False):
        if one.key is None or two.key is not None or two.veto != "count":
            continue
        gap = [tokens[k].word for k in range(one.last, two.first)]
        if "and" not in gap or not _JOINS.issuperset(gap):
            continue
        ahead = [token.word for token in tokens[two.last : two.last + 4]]
        if PEOPLE.isdisjoint(ahead):
            continue
        scores = [value for value in view.q.values if _is_score(tokens, value)]
        people = [value for value in view.q.values if value not in scores]
        if not scores or any(value.first < two.last for value in view.q.values):
            continue
        stop = next((k for k in range(two.last, view.b) if _ends_subject(tokens, k)), view.b)
        inside = range(two.first, stop)
        if any(tokens[k].word in ("and", ";") for k in inside):
            continue  # "the number of men with nausea, and the ODI, were": a third subject
        for value in people:
            view.q.rejected[value.at] = "number of people"
        view.q.values = scores
        return [m for m in view.mentions if m.first not in inside]
    return view.mentions


def _is_score(tokens: list[Token], value: Value) -> bool:
    return bool(value.spreads) or "." in tokens[value.at].word


def _ends_subject(tokens: list[Token], k: int) -> bool:
    return tokens[k].word in _VERBS or (tokens[k].kind == "n" and tokens[k - 1].word == "(")

"""Groups that are told by their part in the trial: "THE STUDY GROUP", "the COMPARISON group"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CONTROLS, word_set

#: The word for one group.
SINGULAR_GROUP = word_set("group arm cohort team")


def study_group(tokens: list[Token], a: int, i: int, j: int) -> bool:
    """ "lower in THE STUDY GROUP than in the control group": the one that was treated.

    Also "in the TREATMENT and SHAM groups", in either order, and "the COMPARISON group" beside
    another. The word at j tells the part; that at i is "group" or "groups".
    """
    word = tokens[j].word
    if word == "treatment" and tokens[i].word in ("groups", "arms"):
        ahead = tokens[j + 1].word in ("and", "or") and i == j + 3
        other = tokens[j + 2 if ahead else j - 2].word
        return other in CONTROLS and (ahead or (j == i - 1 and tokens[j - 1].word in ("and", "or")))
    if word not in _PLAYED or j != i - 1 or tokens[i].word not in SINGULAR_GROUP:
        return False
    near = {token.word for token in tokens[max(a, i - 24) : i + 24]}
    if word != "comparison" and near & CONTROLS:
        return tokens[j - 1].word in _LEADS_STUDY
    others = {
        tokens[k - 1].word
        for k in range(max(a + 1, i - 24), min(len(tokens), i + 24))
        if tokens[k].word in SINGULAR_GROUP
    }
    set_against = others & (_AGAINST_STUDY if word != "comparison" else _AGAINST_COMPARISON)
    return tokens[j - 1].word in ("the", "a") and bool(set_against)


_LEADS_STUDY = word_set("the in")  # "IN STUDY GROUP it was 3 and in control group 5"
_PLAYED = word_set("study treatment comparison")
_AGAINST_STUDY = word_set("comparison comparator reference observation conventional")
_AGAINST_COMPARISON = word_set(
    "treatment study intervention experimental observation exercise training active treated test"
)

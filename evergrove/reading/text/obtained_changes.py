"""Changes that were had or seen: "the mean reduction WHICH WAS OBTAINED was 3.5 points"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, word_set

_OBTAINED = word_set(
    "obtained achieved reached observed found seen gained noted recorded experienced attained "
    "measured had got reported"
)
_WHICH = word_set("which that we they was were could be has have had been")
_WAS = word_set("was were amounted averaged is are equalled reached")
_BY_IT = (["by", "it"], ["by", "this"], ["with", "it"], ["with", "this"])
MAYBE_OBTAINED = Clues(
    *(f" {word} " for word in sorted(_OBTAINED)), words=_OBTAINED - word_set("had reported")
)
_VERBS = word_set("reduced decreased fell declined dropped lowered lessened diminished went")
#: Behind a verb of change and "with", its amount.
_AMOUNT = word_set("mean average")
MAYBE_WITH_MEAN = Clues(" with a mean ", " with an average ", words=_VERBS)
_FAR = 8


def obtained_changes(tokens: list[Token]) -> None:
    """ "the reduction of NRS WHICH WAS OBTAINED was 3.5" is "the reduction of NRS was 3.5"."""
    for k in range(len(tokens) - 3, 3, -1):
        if tokens[k].word not in _OBTAINED:
            continue
        end = k + 1
        if [token.word for token in tokens[end : end + 2]] in _BY_IT:
            end += 2
        if tokens[end].word not in _WAS:
            continue
        first = k
        while first > 1 and tokens[first - 1].word in _WHICH:
            first -= 1
        first -= tokens[first - 1].word == ","
        if _behind_change(tokens, first):
            del tokens[first:end]


def _behind_change(tokens: list[Token], k: int) -> bool:
    """Whether a noun of a change stands before token k, and words alone between them."""
    for m in range(k - 1, max(0, k - _FAR), -1):
        if tokens[m].word in CHANGE_NOUNS:
            return True
        if tokens[m].kind != "w":
            return False
    return False


def changed_with_mean(tokens: list[Token]) -> None:
    """ "pain was REDUCED on the VAS WITH A MEAN OF 23 mm" is "reduced by a mean of 23 mm".

    Only where "with" stands behind the verb or the scale: "fell at 6 weeks, with a mean of 2.1"
    tells where it was.
    """
    for k in range(3, len(tokens) - 4):
        if tokens[k].word != "with" or tokens[k + 2].word not in _AMOUNT:
            continue
        if tokens[k + 1].word not in ("a", "an") or tokens[k + 3].word != "of":
            continue
        if tokens[k + 4].kind != "n":
            continue
        verb = k - 1
        while verb > k - 5 and verb > 0 and tokens[verb].kind == "w":
            if tokens[verb].word in _VERBS:
                break
            verb -= 1
        if tokens[verb].word not in _VERBS:
            continue
        if verb == k - 1 or tokens[verb + 1].word in ("on", "in"):
            tokens[k].word = "by"

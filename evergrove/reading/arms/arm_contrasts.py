"""Groups that a sentence sets against each other: "compared X with Y", "randomised to X or Y"."""

from __future__ import annotations

from evergrove.reading.arms.arm_list import NOT_HEAD, ArmList
from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import words_of
from evergrove.reading.arms.noun_lists import (
    alias,
    list_before,
    list_behind,
    past_dose,
    past_manner,
    skip_bracket,
    to_choice,
)
from evergrove.reading.arms.with_or_without import set_against_without
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, word_set

_COMPARING = word_set("compared comparing compare between")
_SECOND_OF_PAIR = word_set("with and to versus vs against")
_LEADS_CHOICE = word_set("to either receive received given with after or")
_LEADS_LIST = word_set("to either receive received into given")
_MAYBE_LIST = _COMPARING | _LEADS_LIST | {"with"}
#: Any other word sets nothing against anything.
_SETS_AGAINST = _MAYBE_LIST | (_LEADS_CHOICE - {"or"}) | word_set("against vs versus")
_BEFORE_CHOICE = word_set("to a the with")
_CHOICE_VERBS = word_set(
    "randomised randomized assigned allocated received receive given after either"
)
SET_AGAINST = word_set("set tested weighed pitted measured tried put")


class ContrastFinder(ArmList):
    """Declares the groups of a contrast."""

    def _several(self, tokens: list[Token], a: int, b: int, i: int) -> bool:
        """ "allocated to X, Y or Z", "to compare X, Y and Z": three groups or more."""
        word = tokens[i].word
        chosen = word in _LEADS_LIST and not _CHOICE_VERBS.isdisjoint(
            [token.word for token in tokens[a : i + 1]]
        )
        if word not in _COMPARING and not chosen and not _treated_in_parts(tokens, b, i):
            return False
        spans = list_behind(tokens, past_manner(tokens, i + 1, b), b)
        if len(spans) < 3:
            return False
        names = [text_of(tokens, *span) for span in spans]
        words = [words_of(name) for name in names]
        heads = {tokens[span[1] - 1].word for span in spans}
        if not all(words) or heads & (NOT_HEAD | PEOPLE) or len({frozenset(w) for w in words}) < 3:
            return False
        self._all(names, [alias(tokens, span[1], len(tokens)) for span in spans])
        return True

    def _three(self, tokens: list[Token], spans: list[tuple[int, int]]) -> bool:
        """Declare three groups, if their names tell them apart."""
        names = [text_of(tokens, *span) for span in spans]
        words = {frozenset(words_of(name)) for name in names}
        heads = {tokens[span[1] - 1].word for span in spans}
        if len(words) < 3 or not all(words) or heads & (NOT_HEAD | PEOPLE):
            return False
        self._all(names, [alias(tokens, span[1], len(tokens)) for span in spans])
        return True

    def _contrast(self, tokens: list[Token], a: int, b: int, words: frozenset[str]) -> None:
        """ "compared X with Y", "X and Y were compared", "randomised to X or Y", "X versus Y"."""
        without = "without" in words or "not" in words
        if without and (span := set_against_without(tokens, a, b)) is not None:
            name = text_of(tokens, *span)
            self._all([name, f"no {name}"], [alias(tokens, span[1], b), ""])
            return
        for i in [i for i in range(a, b) if tokens[i].word in _SETS_AGAINST]:
            word = tokens[i].word
            if word in _MAYBE_LIST and self._several(tokens, a, b, i):
                continue
            if word in _COMPARING and i + 1 < b:
                left = noun_phrase(tokens, i + 1, b, 9)
                if left is not None and left[1] < b and tokens[left[1]].word in _SECOND_OF_PAIR:
                    right = noun_phrase(tokens, left[1] + 1, b, 9)
                    if right is not None:
                        third = _third(tokens, right[1], b, tokens[left[1]].word)
                        if third is None or not self._three(tokens, [left, right, third]):
                            self._pair(tokens, left, right)
                        continue
                if word == "compared" and i > a + 2 and tokens[i - 1].word in ("were", "was"):
                    spans = list_before(tokens, a, i - 1)
                    if len(spans) == 2:
                        self._pair(tokens, spans[0], spans[1])
            elif word == "against" and tokens[i - 1].word in SET_AGAINST and i > a + 2:
                # "Bran was set against oats"
                spans = list_before(tokens, a, i - 2)
                right = noun_phrase(tokens, i + 1, b, 9)
                plain = right is not None and tokens[min(right[1], b - 1)].mark is None
                if len(spans) == 1 and plain:
                    self._pair(tokens, spans[0], right)
            elif word in ("vs", "versus"):
                spans = list_before(tokens, a, i)
                right = noun_phrase(tokens, i + 1, b, 9)
                timed = tokens[i + 1].word in ("pre", "post")  # "48 kg vs POST-TRAINING: 78 kg"
                if spans and right and tokens[i - 1].word not in DIFFERENCE and not timed:
                    self._pair(tokens, spans[-1], right)
            elif word in _LEADS_CHOICE and i + 1 < b and tokens[i - 1].word not in _CAUSED:
                # "received 8 MG (OF) wax or clay"
                first = past_dose(tokens, past_manner(tokens, i + 1, b), b)
                first += i + 1 < first < b and tokens[first].word == "of"
                left = noun_phrase(tokens, first, b, 9)
                if left is None:
                    continue
                j = past_dose(tokens, left[1], b)
                if j >= b or tokens[j].word != "or":
                    j = to_choice(tokens, skip_bracket(tokens, left[1], b), b)
                if j < b and tokens[j].word == "or":
                    k = j + 1
                    while k < b and tokens[k].word in _BEFORE_CHOICE:
                        k += 1
                    none = tokens[k].word == "no" if k < b else False
                    right = noun_phrase(tokens, k + none, b, 9)
                    chosen = _CHOICE_VERBS & {t.word for t in tokens[a : i + 1]}
                    if right is not None and (chosen or _treated_in_parts(tokens, b, i)):
                        self._pair(tokens, left, (k, right[1]) if none else right)


_CAUSED = word_set("due owing secondary related attributed attributable")  # "DUE TO gout or corns"


def _treated_in_parts(tokens: list[Token], b: int, i: int) -> bool:
    """ "were TREATED WITH wax, felt or clay (n = 34 PER ARM)": one thing for each group."""
    if tokens[i].word != "with" or i < 2 or tokens[i - 1].word not in _TREATED:
        return False
    for k in range(i + 2, b - 1):
        if tokens[k].word in ("per", "each") and tokens[k + 1].word in GROUP:
            return True
        if tokens[k].word in ("each", "apiece") and tokens[k - 1].kind in "nw":
            return any(tokens[m].kind == "n" for m in range(max(i, k - 2), k))
    return False


_TREATED = word_set("treated managed")


def _third(tokens: list[Token], i: int, b: int, link: str) -> tuple[int, int] | None:
    """ "We compared X with Y AND WITH Z": the phrase behind the same word once more, if any."""
    i += i < b and tokens[i].word == ","
    again = i + 2 < b and tokens[i].word == "and" and tokens[i + 1].word == link != "and"
    return noun_phrase(tokens, i + 2, b, 9) if again else None

"""People told of behind all scores: "VAS was 3, AND 19 WOMEN CALLED THEMSELVES BETTER"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count, Quantities
from evergrove.reading.sizes.outcome_counts import OF_STUDY
from evergrove.reading.sizes.outcomes_graded import outcomes_graded
from evergrove.reading.text.small_words import STARTS_CLAUSE
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import GROUP, VERBS, is_content, names_people, word_set

_LEADS = word_set("the another only some about nearly all just these")
# Verbs of what became of people, though studies have them too: "12 men TOOK early leave".
_BECAME = word_set("reported got took gave returned received reached same")
# "41 adults KEPT THE DIARY": they are those who rated.
_OF_RATING = word_set("diary diaries questionnaire questionnaires form forms card cards kept rated")
_DID = word_set(
    "felt called asked thought judged said told found slept went stopped quit would could "
    "did chose lost left held became won withdrew died dropped"
)
_EVERY = word_set("each either both every")


def set_aside_behind(tokens: list[Token], a: int, b: int, q: Quantities) -> None:
    """Make events of the people of a clause behind the last value, which holds no score."""
    if not q.values:
        return
    last = max(value.last for value in q.values)
    graded = outcomes_graded(tokens, a, q.counts)
    for count in q.counts:
        if count in graded or (
            count.at > last
            and (
                _of_its_own(tokens, last, b, count)
                or _befell(tokens, last, count)
                or _some_of_each(tokens, last, count)
            )
        ):
            count.noun, count.each = "events", False


def _befell(tokens: list[Token], last: int, count: Count) -> bool:
    """ "VAS was 3, AND PAIN RECURRED IN 6 PATIENTS": what happened to some of them."""
    k = count.at - 1
    if tokens[k].word != "in" or tokens[k - 1].word not in _RECURRED or count.equals:
        return False
    return any(tokens[m].word in ("and", ";", "but", "while") for m in range(last, k - 1))


def _some_of_each(tokens: list[Token], last: int, count: Count) -> bool:
    """ "... and 3.1 with clay, WITH BLISTERS IN 5 AND 9 NUNS": events of two groups."""
    k = count.at - 1
    if tokens[k].word in ("and", "vs", "versus") and tokens[k - 1].kind == "n":
        k -= 2
    elif count.last + 1 >= len(tokens) or tokens[count.at + 2].kind != "n":
        return False
    if tokens[k].word != "in" or tokens[k - 1].kind != "w" or not is_content(tokens[k - 1].word):
        return False
    while k - 1 > last and tokens[k - 1].kind == "w" and is_content(tokens[k - 1].word):
        k -= 1
    return tokens[k - 1].word == "with" and tokens[k - 2].word == ","


_RECURRED = word_set("recurred reappeared persisted worsened returned relapsed flared failed")


def _of_its_own(tokens: list[Token], last: int, b: int, count: Count) -> bool:
    """Whether a clause of its own tells what the people of `count` did or became."""
    behind = _behind_every_group(tokens, count, b) if count.each else count.last
    if count.equals or count.bracket or not behind:
        return False
    if not names_people(count.noun) and not (count.each and not count.noun):
        return False
    opening = count.at - 1
    while opening > last and tokens[opening].word in _LEADS:
        opening -= 1
    if opening < last or tokens[opening].word not in STARTS_CLAUSE:
        return False
    verb = next((k for k in range(behind, min(b - 1, behind + 6)) if _did(tokens, k)), 0)
    if not verb or any(not _plain(tokens, k) for k in range(behind, verb)):
        return False
    if any(tokens[k].kind == "n" and "." in tokens[k].word for k in range(verb, b)):
        return False
    clause = {token.word for token in tokens[verb:b]}
    scored = any(is_measure(tokens[k]) and not _eased(tokens, k) for k in range(verb, b))
    return not scored and clause.isdisjoint(OF_STUDY - _BECAME | _OF_RATING)


def _eased(tokens: list[Token], k: int) -> bool:
    """ "12 nuns were PAIN FREE", "had PAIN RELIEF": what became of them, and no score."""
    return k + 1 < len(tokens) and tokens[k + 1].word in ("free", "relief")


def _behind_every_group(tokens: list[Token], count: Count, b: int) -> int:
    """ "two nuns IN EACH GROUP had a rash": the token behind those words; 0 without them."""
    every = next((k for k in range(count.at, min(b, count.at + 5)) if tokens[k].word in _EVERY), 0)
    ends = range(every + 1, min(b - 1, every + 4)) if every else range(0)
    group = next((k for k in ends if tokens[k].word in GROUP), 0)
    return group + 1 if group else 0


def _plain(tokens: list[Token], k: int) -> bool:
    return tokens[k].kind == "w" and is_content(tokens[k].word)


def _did(tokens: list[Token], k: int) -> bool:
    word = tokens[k].word
    past = word.endswith("ed") and len(word) > 4
    return (
        tokens[k].kind == "w"
        and tokens[k - 1].kind == "w"
        and (word in VERBS or word in _DID or past)
    )

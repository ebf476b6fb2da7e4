"""Lists of labels: times, groups, measures or counts with nothing but list signs between them."""

from __future__ import annotations

from typing import Any

from evergrove.reading.frames import Labels
from evergrove.reading.measures.other_clauses import befell, reached_by_share
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.numbers.subject_asides import behind_dose
from evergrove.reading.text.small_words import THAN_WORDS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, STATE, UNIT_NAME, is_content, word_set
from evergrove.reading.times.next_clause import opens_clause

_SAME_LIST_WORDS = word_set("the for mean in of scores score both as well on")
_SAME_LIST_WORDS_2 = word_set("group arm groups received patients")
_VISIT_WORDS = word_set("follow up followup")
_LIST_SEPARATORS = word_set(", and or vs versus / & to over plus than - – against both")
_LIST_WORDS = word_set(
    "at the in on for with of a after by from postoperative mean then finally those score "
    "scores as well compared both again week weeks to end"
)


def build_lists(
    tokens: list[Token], kind: str, items: list[Any], values: list[Value]
) -> list[Labels]:
    """Labels of one kind joined into lists where only list signs stand between them."""
    lists: list[Labels] = []
    value_places = [value.at for value in values]
    for item in items:
        if lists and _same_list(tokens, kind, lists[-1], item, value_places):
            lists[-1].items.append(item)
            lists[-1].last = item.last
            continue
        lists.append(Labels(kind, [item], item.first, item.last))
    for labels in lists:
        if len(labels.items) == 2:
            words = {tokens[k].word for k in range(labels.items[0].last, labels.items[1].first)}
            labels.contrast = bool(words & THAN_WORDS)
            labels.contrast |= kind == "arm" and "comparison" in words
    return lists


def _same_list(
    tokens: list[Token], kind: str, before: Labels, item: Any, values: list[int]
) -> bool:
    i, j = before.last, item.first
    # "for wax 20 MG and clay": one list, as without the dose
    i = behind_dose(tokens, i, j) if kind == "arm" and i + 2 < j else i
    while kind == "measure" and i < j and tokens[before.last - 1].word == "to":
        if i - before.last > 3 or not is_content(tokens[i].word) or tokens[i].kind != "w":
            break
        i += 1  # "time to FIRST WALK and length of stay"
    if [at for at in values if i <= at < j]:
        return False
    if kind == "count" or (kind == "measure" and _aside(tokens, before)):
        return False
    if kind == "measure" and heads_bracket(tokens, item.first, item.last):
        return False
    if kind == "measure" and item.key is None:
        j = _of_name(tokens, i, j)
    if kind == "measure" and item.key and _happened(tokens, before.items[-1], item):
        return False
    if kind == "measure" and reached_by_share(tokens, before.items[-1].first, item.first):
        return False
    if kind == "measure" and (
        _opens_sentence(tokens, before, item) or _next_subject(tokens, before, item, values)
    ):
        return False
    if kind == "arm" and _heads_own(tokens, before, item, values):
        return False
    separated = i >= j and kind == "time"
    skipped = _size_bracket(tokens, i, j) if kind == "arm" else 0
    if kind == "time" and i + 5 < j and tokens[i + 1].word == "n" and tokens[i].word in ("(", "["):
        skipped = _size_bracket(tokens, i, j)
    if kind == "measure":
        skipped = own_time(tokens, i, item.first)
    for k in range(i + skipped, j):
        word = tokens[k].word
        if word == "-" and kind == "arm" and not tokens[k].spaced:
            return False
        if tokens[k].kind == "n" and kind == "arm" and item.count is not None:
            continue
        if word in _LIST_SEPARATORS or (kind == "arm" and _in_comparison(tokens, k)):
            separated = True
        elif word not in _LIST_WORDS or (kind == "measure" and word not in _SAME_LIST_WORDS):
            if kind == "arm" and word in _SAME_LIST_WORDS_2:
                continue
            if kind == "arm" and _whose_treatment(tokens, k):
                continue
            if kind == "measure" and k < j - 1 and _in_scale(tokens, i, k, j):
                continue  # "NDI (0-100) and neck VAS"
            if kind == "time" and word in _VISIT_WORDS:
                continue  # "before versus follow-up at 3 years"
            if word in ("(", ")") and kind == "measure":
                # "the visual analog scale (VAS) and the Oswestry index (ODI)": one list with names.
                continue
            return False
    if kind == "time" and i < j:
        if opens_clause(tokens, i, item, values, before.first):
            return False
        words = [tokens[k].word for k in range(i, j)]
        if words[:2] == [",", "with"]:
            return False  # "2.4 at 3 days, WITH a final score of 0.4"
        if words[-1:] == ["from"] or (words[:1] == ["to"] and getattr(item, "kind", "") == "base"):
            return False
        of_it = [token.word for token in tokens[item.last : item.last + 1]] == ["of"]
        if (
            of_it
            and item.kind == "base"
            and words[-1:] != ["and"]
            and tokens[item.last + 1].kind == "n"
        ):
            return False  # "7.2 at 6 months, compared with A BASELINE OF 6.1"
        if words[:1] == [","] and words[-1:] == ["mean"] and item.kind == "base":
            return False  # "to 2.3 at 6 months, and mean PREOPERATIVE ODI of 48"
        if before.items[-1].kind in ("post", "immediate") and not set(words) & _LIST_SEPARATORS:
            return False
    return separated and j - i - skipped <= 9


def _heads_own(tokens: list[Token], before: Labels, item: Any, values: list[int]) -> bool:
    """ "3.6 FOR WAX (n = 66) and FOR CLAY (n = 82) 2.6": each has its value, and they are no list.

    One number right behind the second group, and one ahead of the first; both behind one word.
    """
    lead = tokens[item.first - 1].word
    if len(before.items) > 1 or lead not in _EACH_LEADS or tokens[before.first - 1].word != lead:
        return False
    if tokens[item.first - 2].word not in ("and", ","):
        return False
    end = item.last + _size_bracket(tokens, item.last, len(tokens))
    end += [token.word for token in tokens[end : end + 2]] == ["it", "was"] and 2
    ahead = [at for at in values if at < before.first and before.first - at < _NEAR]
    more = [at for at in values if end < at <= end + _NEAR // 2]
    return end in values and bool(ahead) and not more


_EACH_LEADS = word_set("for in with after on")
_NEAR = 12


def _opens_sentence(tokens: list[Token], before: Labels, item: Any) -> bool:
    """ "REGARDLESS OF AGE, the mean VAS fell", "as for pain, VAS was": what it is told for.

    One name in a phrase that opens the sentence, a comma, and the measure that is told: no list.
    """
    start = next((k for k in range(before.first, 0, -1) if tokens[k - 1].word in (".", ";")), 0)
    if len(before.items) > 1 or not 0 < before.first - start < 6:
        return False
    gap = [tokens[k].word for k in range(before.last, item.first)]
    goes_on = item.last < len(tokens) and tokens[item.last].word in (",", "and", "or", "&")
    return (
        gap[:1] == [","]
        and gap.count(",") == 1
        and "and" not in gap
        and not goes_on
        and (tokens[start].word in _OPENS_PHRASE)
    )


def _next_subject(tokens: list[Token], before: Labels, item: Any, values: list[int]) -> bool:
    """ "Comfort was 8.7 ON THE VAS, AND PAIN AT 3 WEEKS WAS 3.1": a scale, and another subject."""
    first = before.first
    if len(before.items) > 1 or tokens[first - 1].word not in ("the", "a"):
        return False
    turned = [token.word for token in tokens[before.last : before.last + 2]] == [",", "and"]
    if not turned or tokens[first - 2].word != "on":
        return False
    then = next((at for at in values if at > item.last), len(tokens))
    told = any(tokens[k].word in STATE for k in range(item.last, min(then, item.last + 9)))
    return told and any(first - 9 < at < first for at in values)


_OPENS_PHRASE = word_set(
    "regardless irrespective independent independently after as for regarding concerning with in "
    "according based on by"
)
_STATES_LEAD = word_set("at on in during with")


def own_time(tokens: list[Token], i: int, j: int) -> int:
    """ "VAS AT 24 H and length of stay were 2.1 and 3 days": tokens of a time inside the list."""
    if j - i < 4 or tokens[i].word not in ("at", "on"):
        return 0
    two = (tokens[i + 1], tokens[i + 2])
    dated = any(token.kind == "n" for token in two) and any(t.word in UNIT_NAME for t in two)
    joined = tokens[i + 3].word in (",", "and") and tokens[i + 4].word not in _STATES_LEAD
    return 3 if dated and joined else 0  # not "pain on day 3, AT REST"


def _whose_treatment(tokens: list[Token], k: int) -> bool:
    """ "in patients treated with wax and THOSE TREATED with clay": k or the token before it."""
    lead = tokens[k - 1].word
    return tokens[k].word in _TREATED and (lead == "those" or lead in PEOPLE)


_TREATED = word_set("treated given managed receiving undergoing using taking wearing")


def _happened(tokens: list[Token], item: Any, then: Any) -> bool:
    """ "Thirty HAD LEAKAGE, and the mean VAS fell from 8 to 3": what befell people, no subject.

    Pain may befall them too ("two had leg pain, and the mean VAS"), but no score.
    """
    if item.key is not None and (item.instrument or not then.instrument):
        return False
    between = {tokens[k].word for k in range(item.last, then.first)}
    if item.key is not None and not between & {"the", "mean", "median", "average"}:
        return False
    return befell(tokens, item.first)


def _of_name(tokens: list[Token], i: int, j: int) -> int:
    """ "VAS and DAILY MORPHINE dose": where the name that ends in the known noun at j begins."""
    k = j
    while k - 1 > i and j - k < 3 and tokens[k - 1].kind == "w" and is_content(tokens[k - 1].word):
        k -= 1
    return k if tokens[k - 1].word in ("and", ",") else j


def heads_bracket(tokens: list[Token], first: int, last: int) -> bool:
    """ "on the VAS and ODI (VAS: 3.1 ...": a name that opens a bracket and heads its values."""
    opens = first > 0 and tokens[first - 1].word in ("(", "[")
    return opens and last < len(tokens) and tokens[last].word == ":"


def _aside(tokens: list[Token], labels: Labels) -> bool:
    """ "Excluding dropouts, mean pain was ...": a phrase before the sentence, no measure of it."""
    first = labels.items[0]
    lead = tokens[first.first - 1].word if first.first else ""
    return first.key is None and tokens[labels.last].word == "," and lead in _SETS_ASIDE


_SETS_ASIDE = word_set(
    "including excluding counting omitting despite without barring ignoring disregarding"
)


def _in_comparison(tokens: list[Token], k: int) -> bool:
    """ "with tape IN COMPARISON WITH ice": two groups set against each other."""
    word, lead, after = (tokens[m].word for m in (k, k - 1, k + 1))
    if word == "comparison":
        return lead in ("in", "by") and after in ("with", "to")
    return word == "in" and after == "comparison"


def _in_scale(tokens: list[Token], i: int, k: int, j: int) -> bool:
    """Whether token k is part of a bracket of numbers only between tokens i and j: "(0-100)"."""
    left = next((m for m in range(k, i - 1, -1) if tokens[m].word == "("), None)
    right = next((m for m in range(k, j) if tokens[m].word == ")"), None)
    if left is None or right is None:
        return False
    inside = tokens[left + 1 : right]
    return bool(inside) and all(t.kind == "n" or t.word in ("-", "–", "to", "/") for t in inside)


def _size_bracket(tokens: list[Token], i: int, j: int) -> int:
    """Length of "(n = 42)" or "(42)" that begins at token i; 0 if it does not stand there."""
    people = [t.word for t in tokens[i : min(i + 4, j)]]
    if len(people) == 4 and people[0] == "(" and people[3] == ")" and people[2] in PEOPLE:
        return 4 if tokens[i + 1].kind == "n" else 0  # "(33 people)"
    for size in (5, 3):
        if i + size <= j and tokens[i].word == "(" and tokens[i + size - 1].word == ")":
            inside = tokens[i + 1 : i + size - 1]
            if all(t.word in ("+", "/") or (t.kind == "w" and len(t.raw) <= 4) for t in inside):
                return size  # "(E)", "(E+D)"
            named = size == 3 or tokens[i + 1].word == "n"
            if named and tokens[i + size - 2].kind == "n":
                return size
    return 0

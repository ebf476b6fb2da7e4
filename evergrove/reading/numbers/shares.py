"""Percentages and answers that tell of a share of the people, and no score."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count, Value
from evergrove.reading.text.small_words import WERE
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    CENTRES,
    CHANGE,
    CHANGE_NOUNS,
    PEOPLE,
    STATE,
    VERBS,
    is_content,
    names_people,
    word_set,
)
from evergrove.reading.view import View

SAID_OF_SELVES = word_set(
    "called considered felt described said would chose preferred rated gave answered named "
    "indicated stated picked selected ticked"
)


_USED = word_set(
    "asked required wanted demanded used employed preferred chosen favoured favored applied "
    "selected answered reported "
    "regained achieved attained reached recovered obtained "
    "experienced felt described mentioned noted complained suffered judged considered deemed"
)


def by_people(tokens: list[Token], view: View, value: Value) -> bool:
    """Whether the verb before "by 61%" is something that people do, and no change."""
    for k in range(value.first - 2, view.a - 1, -1):
        if tokens[k].word in CHANGE:
            return False
        if tokens[k].word in _USED:
            return True
    return False


def at_least(tokens: list[Token], first: int) -> bool:
    """ "61% had AT LEAST A 30% reduction of NRS", "more than 50%": what was to be reached."""
    k = first - 1
    k -= tokens[k].word in ("a", "an")
    return [tokens[k - 1].word, tokens[k].word] in (["at", "least"], ["more", "than"])


def seen_in(tokens: list[Token], value: Value) -> bool:
    """ "a gain of 10 points in ODI was seen IN 88%": a share of people, on any scale."""
    at = value.first - 1
    if at < 1 or tokens[at].word != "in" or value.spreads:
        return False
    if value.last < len(tokens) and tokens[value.last].word in CHANGE:
        return False  # "resulted in a mean 40% reduction"
    return tokens[at - 1].word not in _RESULTED


def answer_of_share(tokens: list[Token], value: Value) -> bool:
    """ "61% CHOSE 3 points, 22% SAID 4 to 5": what a share of the people asked answered."""
    k = value.first - 1
    if value.spreads or k < 3:
        return False
    if tokens[k].word in ("to", "-", "–", "or") and tokens[k - 1].kind == "n":
        k -= 2
    return tokens[k].word in _ANSWERED and tokens[k - 1].word == "%"


_ANSWERED = word_set("gave chose said answered named indicated stated picked selected ticked")


def did_something(tokens: list[Token], value: Value, a: int, b: int) -> bool:
    """ "ODI fell to 27%, WHILE 64% TOOK fewer tablets": a share of people, on any scale."""
    k = value.first - 1
    k -= k > a and tokens[k].word in _ROUGHLY
    if value.spreads or value.sign or k < a or value.last >= b:
        return False
    lead, verb = tokens[k].word, tokens[value.last].word
    if verb in _OF_PEOPLE or verb in SAID_OF_SELVES:
        return lead in _OPENS
    if verb in _LESSENED and tokens[value.last + 1].word in ("their", "the", "all"):
        return lead in _OPENS  # "and 64% REDUCED THEIR dose"
    return verb in ("were", "had", "could", "did") and lead in _OPENS_ANOTHER


def share_of_adjective(tokens: list[Token], value: Value, b: int) -> bool:
    """ "ODI was 24% in 52 patients WITH 84% SATISFIED": a share of people, on any scale."""
    lead = tokens[value.first - 1].word
    told = value.last < b and tokens[value.last].word in _ADJECTIVES
    return told and lead in _LEADS_SHARE and not value.spreads


_LEADS_SHARE = word_set("with and , ( ; :")
_ADJECTIVES = word_set(
    "satisfied dissatisfied pleased improved unimproved unchanged recovered employed able unable "
    "pain-free healed fused ambulatory returning responding"
)
_ROUGHLY = word_set("about only some nearly almost another over")
_OPENS_ANOTHER = word_set("while whereas although though whilst ;")
_OPENS = _OPENS_ANOTHER | word_set("and but , that when")
_LESSENED = word_set("reduced halved lowered decreased cut increased doubled tapered")
_OF_PEOPLE = word_set(
    "took used wore needed required received returned resumed stopped continued walked slept "
    "worked asked wanted underwent discontinued completed reported experienced remained"
)


def behind_count(tokens: list[Token], counts: list[Count], value: Value) -> bool:
    """ "ODI fell to 27; 34 PATIENTS (85%) were satisfied": the share of the people counted."""
    opened = value.first - 1
    if tokens[opened].word not in ("(", "[") or value.last >= len(tokens):
        return False
    if tokens[value.last].word not in (")", "]"):
        return False
    return any(count.at < opened <= count.last + 1 and not count.each for count in counts)


def between_shares(tokens: list[Token], value: Value) -> bool:
    """ "pain relief lay BETWEEN 30% AND 90%": the second of two percentages."""
    at = value.first - 1
    if at < 3 or tokens[at].word != "and" or value.spreads:
        return False
    at -= 1 + (tokens[at - 1].word == "%")
    return tokens[at].kind == "n" and tokens[at - 1].word == "between"


def by_fraction(tokens: list[Token], value: Value, a: int) -> bool:
    """ "A THIRD of the wax group REACHED a 50% fall": what a share of people reached."""
    if not value.percent or value.spreads:
        return False
    verb = next((k for k in range(value.first - 1, a, -1) if tokens[k].word in _CAME_TO), a)
    if verb == a or value.first - verb > 4:
        return False
    return any(
        tokens[k].word in _FRACTIONS and tokens[k + 1].word in ("of", "the")
        for k in range(a, verb - 1)
    )


_CAME_TO = word_set("reached achieved attained obtained had reported experienced showed gained")
_FRACTIONS = word_set(
    "half third thirds quarter quarters fifth fifths most majority minority all none many few "
    "two-thirds three-quarters"
)


def reached_by_share(tokens: list[Token], value: Value, b: int) -> bool:
    """ "a gain of 20 points IN 71%": what a share of people reached."""
    k = value.last
    if value.spreads or k + 2 >= b or tokens[k].word != "in" or tokens[k + 1].kind != "n":
        return False
    if tokens[k + 2].word != "%":
        return False
    # "3.1 in 5% dextrose": a solution, and no share.
    then = tokens[min(k + 3, len(tokens) - 1)]
    return then.kind != "w" or not is_content(then.word) or then.word in PEOPLE | VERBS


def share_reason(tokens: list[Token], value: Value, a: int, b: int) -> str | None:
    """What a value is that a share of people ("71%") answered or reached; else None."""
    if answer_of_share(tokens, value):
        return "class of some people"
    if of_proportion(tokens, value, a):
        return "share of people"
    reached = reached_by_share(tokens, value, b) or by_fraction(tokens, value, a)
    return "threshold" if reached else None


def reached_by_some(tokens: list[Token], value: Value, a: int, b: int) -> bool:
    """ "33 of 60 patients (55%) ACHIEVED A 2-POINT DROP in NRS": what some of them had to reach.

    So is "64% of nuns had a 10-POINT BETTER VAS", "had 30% LESS pain".

    Also "a drop of 2 points WAS REACHED BY 33 of 60 patients", "a 50% drop WAS SEEN IN 33 of 60".
    """
    if value.spreads or "." in tokens[value.at].word:
        return False
    near = {tokens[k].word for k in range(max(a, value.first - 3), min(b, value.last + 3))}
    if near.isdisjoint(MAYBE_REACHED):
        return False
    verb = next((k for k in range(value.first - 1, a, -1) if tokens[k].word in _CAME_TO), a)
    between = {tokens[k].word for k in range(verb + 1, value.first)}
    plain = between <= _UP_TO if value.percent else between.isdisjoint(CENTRES)
    if a < verb and value.first - verb < 5 and plain:
        return _some_people(tokens, a, verb)
    told = _ATTAINED | _SEEN if value.percent else _ATTAINED
    for k in range(value.last, min(b - 4, value.last + 9)):
        if tokens[k].word in WERE and tokens[k + 1].word in told:
            by = tokens[k + 2].word in ("by", "in") and tokens[k + 3].kind == "n"
            return by and tokens[k + 4].word in ("of", "%", "(")
    return False


def _some_people(tokens: list[Token], a: int, verb: int) -> bool:
    """Whether "33 of 60 patients (55%)", "55% of the nuns" or "33 (55%)" stands before the verb."""
    words = [tokens[k].word for k in range(a, verb)]
    stop = next((k for k in range(len(words) - 1, -1, -1) if words[k] in _CLAUSES), -1)
    words = words[stop + 1 :]
    shared = words[-1:] == ["%"] or words[-2:] == ["%", ")"]
    return shared or ("%" in words and "of" in words[words.index("%") :])


_UP_TO = word_set("a an at least ≥ the")
#: "a 10-point REDUCTION", "30% LESS pain": a sentence without such a word tells none.
MAYBE_REACHED = CHANGE_NOUNS | word_set("better worse less lower fewer higher more")
_CLAUSES = word_set("; : , and but")
_ATTAINED = word_set("achieved reached attained obtained")
_SEEN = word_set("reported seen observed found noted experienced recorded")
_RESULTED = word_set("resulted resulting results result")


def behind_share(tokens: list[Token], k: int) -> int:
    """ "a 2.8-point (47%) reduction": the token behind a bracket at k that holds a share, or k."""
    if k >= len(tokens) or tokens[k].word not in ("(", "["):
        return k
    inside = [token.word for token in tokens[k : k + 5]]
    if inside[2:4] in (["%", ")"], ["%", "]"]):
        return k + 4
    return k


def told_of_people(tokens: list[Token], value: Value, b: int) -> bool:
    """ "and 4.1% (7 toes of 5 nuns) REPORTED the worst pain": people, counted in a bracket."""
    k = value.last
    if k + 2 >= b or tokens[k].word not in ("(", "["):
        return False
    close = next((m for m in range(k, min(b - 1, k + 10)) if tokens[m].word in (")", "]")), 0)
    return bool(close) and tokens[close + 1].word in _TOLD


_TOLD = word_set("reported described rated scored had experienced felt complained gave chose")


def of_proportion(tokens: list[Token], value: Value, a: int) -> bool:
    """ "The PROPORTION OF NUNS with LVEF > 50% was similar (wax 58%, clay 61%)": shares of people.

    Not behind a measure of a later clause ("... was 58%, and mean LVEF ROSE TO 47%").
    """
    if value.spreads or value.sign or not value.percent:
        return False
    told = next((k for k in range(value.first - 3, a - 1, -1) if _of_whom(tokens, k)), None)
    if told is None:
        return False
    ahead = range(told + 3, value.first)
    if any(tokens[k].word in (";", "while", "whereas", "but") for k in ahead):
        return False
    verb = next((k for k in ahead if tokens[k].word in STATE), value.first)
    return not any(is_measure(tokens[k]) for k in range(verb, value.first))


def _of_whom(tokens: list[Token], k: int) -> bool:
    """Whether "proportion of patients", "percentage of female patients" begins at k.

    Also "INCIDENCE OF increased NRS": how many had it, whatever it is.
    """
    if tokens[k].word in _HOW_MANY and tokens[k + 1].word == "of":
        return True
    if tokens[k].word not in _PROPORTION or tokens[k + 1].word != "of":
        return False
    return any(names_people(token.word) for token in tokens[k + 2 : k + 5])


_HOW_MANY = word_set("incidence incidences prevalence")
_PROPORTION = word_set("proportion proportions percentage percentages")

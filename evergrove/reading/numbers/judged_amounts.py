"""Amounts that a sentence judges results by: "a fall of 2 WAS THOUGHT RELEVANT" is nobody's fall.

A result is told of somebody ("the fall was 2.3", "a fall of 2.3 was seen"); a yardstick is told of
any fall of that size: without an article that points, and with a verb that judges, or in the
conditional. What stands in another clause of the same sentence is a result as ever.
"""

from __future__ import annotations

from itertools import pairwise

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.numbers.yardsticks import LEAST, NO_YARDSTICK, WORTH, YARDSTICKS
from evergrove.reading.text.small_words import OPENS_ASIDE
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    AGENT,
    BOUND_SIGNS,
    CENTRES,
    CHANGE_NOUNS,
    PEOPLE,
    SCORE_UNITS,
    STATE,
    word_set,
)
from evergrove.reading.view import View

#: What a verdict is passed on.
_NOUNS = CHANGE_NOUNS | DIFFERENCE | word_set("effect response")
_IT = word_set("this these which the it they")
_SUBJECTS = _IT | word_set("a an any no")
_AUX = word_set("was were is are has have had would could should will can may might must be")
#: With these behind it, an amount is one that is wanted, allowed or accepted.
_JUDGE = word_set(
    "thought judged deemed regarded considered held counted accepted proposed taken required "
    "needed called set defined believed classed classified labelled termed ignored chosen used "
    "suggested recommended specified prespecified pre-specified expected anticipated assumed "
    "interpreted agreed fixed sought targeted said enough sufficient recognised recognized viewed "
    "demanded asked wanted requested stipulated"
)
_CONDITIONAL = word_set("would could should might must may will can")
#: "A fall of 3.2 COULD BE SHOWN": a result.
_DONE = AGENT | word_set("shown demonstrated reached seen maintained confirmed measured noticed")
_LEAST = LEAST | {"minimally"}
_WORTH = WORTH | word_set("accepted mattered matter matters worth acceptable")
_NAMES = YARDSTICKS | word_set("mcic limit minimum criterion")
_POINTS_OUT = CENTRES | word_set("the this that these those their its his her our overall observed")
_LIMITS = word_set("of by at least below above under over than less more exceeding about or a")
_BEHIND = SCORE_UNITS | word_set("or more greater above better larger units unit at least - mm")
_CLAUSE = word_set("and but while whereas where although though whilst since because as with so")
_OPENS = word_set("( ) [ ] ; :")
_MEANS = word_set("was is were are meant means be")
_CALLED = word_set("success response relief responder responders improvement failure recovery")
_IF = word_set("when if whenever once where provided unless")
_NOTICE = word_set("notice perceive value want accept appreciate recognise recognize feel")
_DEMAND = word_set("require requires demand demands")
_CALL = word_set("ask asks call calls")
_SIZED = word_set("sized powered calculated planned designed computed set")
_REACH = 9
#: A sentence without these judges nothing.
MAYBE_JUDGED = _JUDGE | _CONDITIONAL | _LEAST | _WORTH | _NAMES | _CALLED | _NOTICE | _SIZED
MAYBE_JUDGED |= _DEMAND | _CALL
MAYBE_JUDGED |= word_set("what power")


def judged_amounts(tokens: list[Token], view: View) -> list[Value]:
    """The values of a sentence that are yardsticks of results, by the clause they stand in.

    Words of planning that stand in a clause of nothing but such amounts plan nothing else: they
    are taken out of `view.planning`.
    """
    out: list[Value] = []
    for a, b in pairwise(_bounds(tokens, view)):
        values = [value for value in view.q.values if a <= value.first < b]
        judged = [value for value in values if _judged(tokens, a, b, value)]
        out += judged
        bounds = not values and _only_bounds(tokens, view, a, b)
        bounds = bounds or (_power(tokens, a, b) and all(value.percent for value in values))
        if bounds or (judged and len(judged) == len(values)):
            view.planning = [mark for mark in view.planning if not a <= mark.first < b]
        elif view.planning:
            # "-1.2 fell short of THE 1.5 POINTS DEEMED important": said of the 1.5 alone
            ends = {value.last for value in values if tokens[value.first - 1].word == "the"}
            own = [mark for mark in view.planning if mark.first in ends]
            out += [v for v in values if v.last in {mark.first for mark in own} and v not in out]
            view.planning = [mark for mark in view.planning if mark not in own]
            view.planning = [
                mark
                for mark in view.planning
                if not _praised(tokens, a, b, values, mark.first, mark.last)
            ]
    return out


def _bounds(tokens: list[Token], view: View) -> list[int]:
    """Where the clauses of a sentence begin, and its end."""
    cuts = [view.a]
    for k in range(view.a + 1, view.b - 1):
        word, after = tokens[k].word, tokens[k + 1].word
        turned = word == "," and after in _CLAUSE
        joined = word in ("and", "but") and after in _SUBJECTS
        begun = word in ("while", "whereas", "where") and tokens[k - 1].word != ","
        if word in _OPENS or turned or joined or begun:
            cuts.append(k)
    return [*cuts, view.b]


def _only_bounds(tokens: list[Token], view: View, a: int, b: int) -> bool:
    """ "A reduction of 2 OR MORE was considered relevant": a clause without any other number."""
    numbers = [k for k in range(a, b) if tokens[k].kind == "n"]
    return bool(numbers) and all(view.q.rejected.get(k) == "threshold" for k in numbers)


def _power(tokens: list[Token], a: int, b: int) -> bool:
    """ "(95% POWER)", ", with a POWER OF 80%": how sure a trial was to find what it found."""
    words = [tokens[k].word for k in range(a, b)]
    return (
        "power" in words and "%" in words and len(words) < _REACH and tokens[a].word in OPENS_ASIDE
    )


def _praised(
    tokens: list[Token], a: int, b: int, values: list[Value], first: int, last: int
) -> bool:
    """ "THE fall of 3.2 at 1 year WAS CONSIDERED relevant", ", and THIS fall WAS DEEMED so".

    Such a verdict, first..last, plans nothing if no number stands behind it.
    """
    if not a <= first < b or tokens[last - 1].word not in _JUDGE | {"as", "clinically"}:
        return False
    if any(tokens[k].kind == "n" for k in range(first, b)):
        return False
    if not any(tokens[k].word in _AUX for k in range(first - 2, last)):
        return False
    if values:
        noun = _noun_before(tokens, a, values[0].first)
        return noun >= 0 and not _any_one(tokens, a, noun)
    told = [tokens[k].word for k in range(a, first) if tokens[k].word not in (",", "and")]
    return bool(told) and told[0] in _IT and len(told) < 5


def _judged(tokens: list[Token], a: int, b: int, value: Value) -> bool:
    """Whether the value of the clause a..b is a yardstick."""
    if value.spreads and any(spread.kind != "paren" for spread in value.spreads):
        return False
    end = value.last
    while end < b and tokens[end].word in _BEHIND:
        end += 1
    if tokens[end - 1].word == "or" and tokens[end].kind == "n":
        end = _past_amount(tokens, end, b)
    noun = end if end < b and tokens[end].word in _NOUNS else _noun_before(tokens, a, value.first)
    if noun > value.first:
        any_one = _any_one(tokens, a, value.first)
        return any_one and (_verdict(tokens, noun + 1, b) or _noticed(tokens, a, value.first))
    if noun >= 0 and _any_one(tokens, a, noun):
        if _verdict(tokens, end, b) or _noticed(tokens, a, noun):
            return True
        return _defining(tokens, a, noun) or _sized(tokens, a, noun)
    if noun < 0 and _named_yardstick(tokens, a, value.first):
        return True
    return (
        _wanted(tokens, a, value.first)
        or _condition(tokens, a, value.first)
        or (noun < 0 and _at_start(tokens, a, value.first) and _taken(tokens, end, b))
    )


def _past_amount(tokens: list[Token], k: int, b: int) -> int:
    """ "a fall of 2 points OR 25 % in VAS is wanted": behind the other way to tell the amount."""
    k += 1
    while k < b and (tokens[k].word in _BEHIND or tokens[k].word == "%"):
        k += 1
    return k


def _before_amount(tokens: list[Token], a: int, k: int) -> int:
    """ "a fall of 25 % OR 2 points": k is the "or"; ahead of the first way to tell the amount."""
    m = k - 1
    while m > a and (tokens[m].word in SCORE_UNITS or tokens[m].word == "%"):
        m -= 1
    return m - 1 if m > a and tokens[m].kind == "n" else k


def _noun_before(tokens: list[Token], a: int, first: int) -> int:
    """ "A FALL in VAS of at least 2", "CHANGES below 2": the noun that a number measures, or -1."""
    k = first - 1
    if tokens[k].word == "or":
        k = _before_amount(tokens, a, k)
    while k > a and (tokens[k].word in _LIMITS or tokens[k].word in BOUND_SIGNS):
        k -= 1
    if k == first - 1:
        return -1
    for m in range(k, max(a - 1, k - 5), -1):
        if tokens[m].word in _NOUNS:
            return m
        if tokens[m].kind == "n" or tokens[m].word in STATE or tokens[m].word == ",":
            return -1
    return -1


def _any_one(tokens: list[Token], a: int, noun: int) -> bool:
    """ "A clinically relevant fall", "changes": whether no word points at one that was measured."""
    for k in range(noun - 1, a - 1, -1):
        word = tokens[k].word
        if word in ("a", "an", "any", "no", "each"):
            between = {tokens[m].word for m in range(k, noun)}
            return between.isdisjoint(_POINTS_OUT)
        if word in _POINTS_OUT or word in STATE or tokens[k].kind == "n" or noun - k > 6:
            return False
        if word in _CLAUSE or word in _OPENS or word == ",":
            return True
    return True


def _verdict(tokens: list[Token], k: int, b: int) -> bool:
    """ "... of 2 WAS generally THOUGHT relevant", "IS WHAT patients notice", "WOULD HAVE been"."""
    aux = next((m for m in range(k, min(b, k + _REACH)) if tokens[m].word in _AUX), -1)
    if aux < 0 or any(tokens[m].kind == "n" or tokens[m].word == "," for m in range(k, aux)):
        return False
    if tokens[aux].word in _CONDITIONAL:
        return tokens[aux + 1].word == "have" or _DONE.isdisjoint(
            [tokens[m].word for m in range(aux + 1, min(b, aux + 4))]
        )
    for m in range(aux + 1, min(b, aux + 5)):
        word = tokens[m].word
        if word in _JUDGE or word in _NAMES or word in _LEAST:
            return True
        if word == "what" or (word in _WORTH and tokens[aux].word in ("is", "are")):
            return True
        if word in (",", "and") or tokens[m].kind == "n":
            return False
    return False


def _noticed(tokens: list[Token], a: int, noun: int) -> bool:
    """ "Patients NOTICE a fall of 2", "guidelines REQUIRE one": of every day, in the present."""
    for k in range(max(a + 1, noun - 5), noun):
        if tokens[k].word in _NOTICE and tokens[k - 1].word in PEOPLE:
            return True
        if tokens[k].word in _DEMAND or (tokens[k].word in _CALL and tokens[k + 1].word == "for"):
            return True
    return False


def _defining(tokens: list[Token], a: int, noun: int) -> bool:
    """ "SUCCESS WAS a fall of 2", "success MEANT a drop of at least 2"."""
    for k in range(noun - 1, a, -1):
        if tokens[k].word in _MEANS:
            called = tokens[k - 1].word in _CALLED and tokens[noun].word not in _CALLED
            return called and _any_one(tokens, a, k)
        if tokens[k].kind == "n" or noun - k > 4:
            return False
    return False


def _sized(tokens: list[Token], a: int, noun: int) -> bool:
    """ "The sample was SIZED FOR a difference of 2"."""
    for k in range(noun - 1, max(a, noun - 5), -1):
        if tokens[k].word in ("for", "on", "to", "upon"):
            return tokens[k - 1].word in _SIZED or tokens[k - 2].word in _SIZED
    return False


def _wanted(tokens: list[Token], a: int, first: int) -> bool:
    """ "The smallest fall THAT MATTERED WAS 2", "a worthwhile effect WAS SET AT 2": its subject."""
    k = first - 1
    while k > a and tokens[k].word in _LIMITS:
        k -= 1
    verb = k
    while verb > a and tokens[verb].word in _JUDGE | word_set("been be as for to"):
        verb -= 1
    if tokens[verb].word not in _MEANS | {"had", "has"}:
        return False
    subject = [tokens[m].word for m in range(a, verb)]
    if any(tokens[m].kind == "n" for m in range(a, verb)) or not _NOUNS.intersection(subject):
        return False
    worth = next((m for m, word in enumerate(subject) if word in _WORTH), -1)
    least = next((m for m, word in enumerate(subject) if word in _LEAST), -1)
    if worth < 0:
        return False
    if least >= 0 or tokens[verb].word in ("is", "are") or verb < k:
        return True
    after = subject[worth + 1] if worth + 1 < len(subject) else ""
    # "THE RELEVANT FALL was 2"; not "the relevant outcome, change in VAS, was 2.3"
    return after in _NOUNS or after == ""


def _named_yardstick(tokens: list[Token], a: int, first: int) -> bool:
    """ "The MCID WAS 2", "an MCID OF 2 was used", "the measurement ERROR of the scale IS 2"."""
    k = first - 1
    if tokens[k].word not in _MEANS | {"of", ":", "="}:
        return False
    while k > a and (tokens[k].word in _MEANS or tokens[k].word in _BESIDE):
        k -= 1
    before = {tokens[m].word for m in range(max(a, k - 2), k)}
    if tokens[k].word in ("error", "errors"):
        return "measurement" in before
    return tokens[k].word in _NAMES and before.isdisjoint(NO_YARDSTICK)


_BESIDE = word_set(
    "of non inferiority - noninferiority non-inferiority equivalence the scale vas : ="
)


def _condition(tokens: list[Token], a: int, first: int) -> bool:
    """ "Relief WAS COUNTED WHEN the score fell by 2"."""
    for k in range(first - 1, a + 1, -1):
        if tokens[k].kind == "n" or tokens[k].word in (",", ";"):
            return False
        if tokens[k].word in _IF:
            return any(tokens[m].word in _JUDGE for m in range(max(a, k - 4), k))
    return False


def _at_start(tokens: list[Token], a: int, first: int) -> bool:
    """Whether a number is the subject: first of its clause, or behind an opening and a comma."""
    k = first - 1
    while k > a and tokens[k].word in _CLAUSE | _OPENS | {"a", "an"}:
        k -= 1
    if (k <= a and tokens[a].word in _CLAUSE | _OPENS | {"a", "an"}) or first == a:
        return True
    return tokens[k].word == "," and all(tokens[m].kind != "n" for m in range(a, k))


def _taken(tokens: list[Token], k: int, b: int) -> bool:
    """ "2 WAS TAKEN AS THE SMALLEST change that matters", "1.5 IS THE accepted THRESHOLD"."""
    if k >= b or tokens[k].word not in _MEANS:
        return False
    words = [tokens[m].word for m in range(k + 1, min(b, k + 8))]
    if not _NAMES.isdisjoint(words):
        return True
    return not (_LEAST.isdisjoint(words) or _NOUNS.isdisjoint(words))

"""Bare numbers that count the people who answered, had or reached something."""

from __future__ import annotations

from evergrove.reading.numbers.counted_with import counted_with
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, CHANGE_NOUNS, PEOPLE, SCORE_UNITS, word_set
from evergrove.reading.view import View


def counts_people(tokens: list[Token], view: View, value: Value) -> bool:
    """Whether a bare value counts people: by the words around it, or by its subject."""
    if counted_with(tokens, view, value):
        return True
    if value.spreads or value.unit or value.percent or value.sign or value.p is not None:
        return False
    if _changed(tokens, view, value):
        return True
    if view.words.isdisjoint(PEOPLE) and view.words.isdisjoint(_SHARE):
        return False
    whole = "." not in tokens[value.at].word
    if whole and (
        _by_others(tokens, view, value)
        or _had(tokens, view, value)
        or _as_those(tokens, view, value)
    ):
        return True
    return (whole and _fewer(tokens, view, value)) or _of_people(tokens, view, value, whole)


def _fewer(tokens: list[Token], view: View, value: Value) -> bool:
    """ "FEWER PATIENTS had an NRS OF 4 OR MORE (3 vs 9; p = 0.04)": how many patients."""
    k = value.first - 1
    while k > view.a and tokens[k].word not in ("(", "["):
        k -= 1
    ahead = [tokens[m].word for m in range(view.a, k)]
    bound = _LIMITS & set(ahead[-3:])
    if k == view.a or not bound or {";", ":"} & set(ahead):
        return False
    return any(
        word in PEOPLE and ahead[m - 1] in ("fewer", "more")
        for m, word in enumerate(ahead[1:-2], start=1)
    )


def _by_others(tokens: list[Token], view: View, value: Value) -> bool:
    """ "mild pain was reported BY 16 PATIENTS and severe pain BY 2": people, as those before."""
    if tokens[value.first - 1].word != "by":
        return False
    return any(
        count.noun in PEOPLE and count.at < value.first and tokens[count.at - 1].word == "by"
        for count in view.q.counts
    )


def _had(tokens: list[Token], view: View, value: Value) -> bool:
    """ "18 had complete relief, 12 had good relief, AND 10 HAD less than that": people, each."""
    if value.last >= view.b or tokens[value.last].word not in _HELD:
        return False
    if tokens[value.first - 1].word not in (",", ";", "and", "while", "whereas"):
        return False
    return any(count.at < value.first and not count.equals for count in view.q.counts)


def _as_those(tokens: list[Token], view: View, value: Value) -> bool:
    """ "in 15 NUNS WITH wax AND 9 WITH clay", "5 NUNS complained OF pain AND 3 OF rash": people.

    The same small word behind both numbers, which "and" joins, and no other number between.
    """
    first, lead = value.first, tokens[value.last].word if value.last < view.b else ""
    joined = tokens[first - 1].word == "and" and lead in ("with", "of", "on", "in", "from", "after")
    before = [count for count in view.q.counts if count.at < first]
    if not joined or not before or before[-1].equals or before[-1].noun not in _COUNTED:
        return False
    one = before[-1]
    if any(other.first < one.at and other.value for other in view.q.values):
        return False  # "VAS was 6.2 in 9 nuns with wax and 3 with clay": who knows
    between = [tokens[k] for k in range(one.last, first - 1)]
    if any(token.kind == "n" or token.word in _APART for token in between) or len(between) > 7:
        return False
    words = [token.word for token in between]
    scored = any(getattr(token.mark, "key", "") and token.word in _SCORES for token in between)
    return lead in words and not scored and words.count("and") == 0


_COUNTED = PEOPLE | {"events"}
_APART = word_set("; : , ( [ was were averaged to")
_SCORES = word_set("vas nrs nprs vrs score scores")


def _changed(tokens: list[Token], view: View, value: Value) -> bool:
    """ "35 toes had a fall in NRS, WHILE 14 HAD NO CHANGE AND 52 HAD A RISE": people or things."""
    k = value.last
    if "." in tokens[value.at].word or k + 3 >= view.b:
        return False
    if value.first > view.a and tokens[value.first - 1].word not in _OPENS_CLAUSE:
        return False
    thing = tokens[k]
    if thing.kind == "w" and thing.word not in _HELD and thing.word.endswith("s"):
        k += thing.word not in SCORE_UNITS
    if tokens[k].word not in _HELD or tokens[k + 1].word not in ("a", "an", "no"):
        return False
    return any(token.word in CHANGE_NOUNS for token in tokens[k + 2 : min(k + 5, view.b)])


def _of_people(tokens: list[Token], view: View, value: Value, whole: bool) -> bool:
    """ "The PERCENTAGES OF PATIENTS with a 50% fall in NRS at 1 and 3 months WERE 75 and 62".

    Also "PATIENTS achieving NRS < 3 WERE 31 at 3 months", where a threshold tells them apart.
    """
    verb = next(
        (k for k in range(value.first - 1, view.a, -1) if tokens[k].word in ("was", "were")), 0
    )
    if not verb or any(tokens[k].word in _NEW_CLAUSE for k in range(verb, value.first)):
        return False
    if any(verb < m.first < value.first for m in view.mentions):
        return False
    start = verb
    while start > view.a and tokens[start - 1].word not in _BEFORE_SUBJECT:
        start -= 1
    if any(m.key is None and m.veto != "count" and start <= m.first < verb for m in view.mentions):
        return False
    for k in range(start, verb - 2):
        if tokens[k].word in _SHARE and tokens[k + 1].word in ("of", "in"):
            if not PEOPLE.isdisjoint(tokens[m].word for m in range(k + 2, k + 5)):
                return True
            # "The percentages of COOKS WITH a 50% fall": a plural, by any name
            return tokens[k + 2].word.endswith("s") and tokens[k + 3].word in _WITH
    if tokens[start].word in ("the", "all"):
        start += 1
    if not whole or tokens[start].word not in PEOPLE or tokens[start + 1].word not in _WITH:
        return False
    words = [tokens[k].word for k in range(start, verb)]
    return not set(words).isdisjoint(_BOUNDS) and set(words).isdisjoint(CENTRES)


_LIMITS = word_set("more less higher lower above below ≥ ≤ > <")
_HELD = word_set("had reported experienced showed felt achieved obtained reached noted")
_SHARE = word_set(
    "percentage percentages percent proportion proportions number numbers share shares rate rates "
    "fraction fractions"
)
#: One of these stands in every sentence whose bare values may count people.
MAYBE_COUNTING = PEOPLE | _SHARE | _HELD
_OPENS_CLAUSE = word_set(", ; : ( and but while whereas although though")
_NEW_CLAUSE = word_set("; : whereas while but")
_VERBS = word_set("was were had fell rose decreased increased improved")
_BEFORE_SUBJECT = _NEW_CLAUSE | _VERBS
_WITH = word_set("with achieving reaching having who reporting attaining obtaining scoring")
_BOUNDS = word_set("< > ≤ ≥ least most than below above under over less more")

"""The name of the group whose number stands in a bracket: "tape (n = 24)", "(n = 24, group A)"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import (
    UNITS_IN_NAMES,
    phrase_before,
    short_name,
    short_name_bracket,
    text_of,
)
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import words_of
from evergrove.reading.arms.given_brackets import before_manner, end_of_name
from evergrove.reading.arms.noun_lists import joins_treatments
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.sections import SECTIONS
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import GROUP, PEOPLE, UNIT_DAYS, is_content, word_set

ARM_LINKS = word_set(
    "from with received receiving underwent undergoing had given treated in to using on who were "
    "was for by assigned allocated randomised randomized randomly the "
    "took wearing chose preferred selected opted"
)
_DOSE_RANGE = word_set("to - –")
_SPREADS = word_set("sd se sem iqr ci ±")
_PARTS = word_set("vs versus ;")


def _holds_result(tokens: list[Token], first: int, stop: int) -> bool:
    """ "(3.1; SD 1.4; n = 30)", "(ENTRY, 6.1; WEEK 5, 3.4; n = 30)": scores before the n."""
    for m in range(first, stop):
        decimal = tokens[m].word == ";" and tokens[m - 1].kind == "n" and "." in tokens[m - 1].word
        if decimal or tokens[m].word in _SPREADS:
            return True
    return False


_PEOPLE_OR_GROUP = PEOPLE | GROUP


def before_bracket(
    tokens: list[Token], a: int, b: int, count: Count
) -> tuple[str, Count | None, str] | None:
    """The phrase before "(n = 24, group A)"."""
    j = count.at - 1
    while j > a and tokens[j].word not in ("(", "["):
        if count.at - j > 25:
            return None
        j -= 1
    if open_bracket(tokens, a, count.at) is None:
        return _before_bare_n(tokens, a, count)
    lettered = _letter_before(tokens, a, j)
    if lettered:
        return lettered, count, ""
    named = _named_inside(tokens, j + 1, count)
    short = named[0] if named is not None and named[0].isupper() and not named[1] else ""
    if named is not None and not short:
        return named[0], count, named[1]
    part = next((m for m in range(count.at, j, -1) if tokens[m].word in _PARTS), None)
    if part is not None and any(tokens[m].word == "n" for m in range(j, part)):
        # "(gel, n = 27, vs rest, n = 26)": a name in each part of the bracket.
        name = text_of(tokens, part + 1, max(part + 1, count.at - 2)).strip(" ,;")
        return (name, count, "") if name and words_of(name) else None
    inner = short or text_of(tokens, j + 1, max(j + 1, count.at - 2)).strip(" ,;[]()")
    if ";" in inner and (short_part := _short_part(tokens, j + 1, count.at)):
        inner = short_part  # "the experimental group (EG; taping plus exercise; n = 38)"
    if _holds_result(tokens, j + 1, count.at):
        inner = ""  # "the bran group (3.1; SD 1.4; n = 30)": a result, and no other name
    acronym = _acronym_before(tokens, a, j)
    if acronym:
        # "vertebroplasty (PVP) (n = 41)", "the vertebroplasty (PVP) group (n = 41)"
        inner, j = inner or tokens[acronym + 1].raw, acronym
    j = end_of_name(tokens, a, j)
    k = j - 1
    while (
        k >= a
        and tokens[k].kind != "n"
        and (
            (
                tokens[k].kind == "w"
                and (is_content(tokens[k].word) or tokens[k].word in _PART_OF_NAME)
            )
            or (k == j - 1 and _letter_of_name(tokens, a, k))
            or tokens[k].word in ("-", "+", "/")
            or (k == j - 1 and tokens[k].word == "%")
            or joins_treatments(tokens, a, k)
        )
    ):
        k -= 1
    ranged = False
    if k > a and tokens[k].kind == "n" and k + 1 < j and tokens[k + 1].word in UNITS_IN_NAMES:
        # "radiotherapy of 20 Gy (n = 26)", "ketorolac, 30 mg (n = 32)": the name before its dose.
        ranged = k - 3 > a and tokens[k - 1].word in _DOSE_RANGE and tokens[k - 2].kind == "n"
        if ranged:
            k -= 2  # "mirtazapine 15 to 45 mg/day (n = 61)"
            j = k
        span = phrase_before(tokens, k - (tokens[k - 1].word in ("of", ",")), a)
        if span is not None and tokens[k - 1].word == ",":
            j = k - 1
            span = (span[0] + (span[0] == a and tokens[a].word in SECTIONS), span[1])
        k = span[0] - 1 if span is not None else k
    k = _both_behind_or(tokens, a, b, k, count)
    first = k + 1
    while first < j and (tokens[first].word in UNITS_IN_NAMES or tokens[first].word in ("of", "-")):
        first += 1  # "5 mL of saline (n = 27)"
    if first + 1 < j and tokens[first - 1].word == "-" and tokens[first].word in UNIT_DAYS:
        first += tokens[first - 2].kind == "n"  # "a 3-day course of baths (n = 27)"
    either = next((m for m in range(first, j - 1) if tokens[m].word == "either"), None)
    first = either + 1 if either is not None else first  # "nuns TAKING EITHER wax (n = 30) or"
    while first + 1 < j and (
        tokens[first].word in ARM_LINKS
        or tokens[first].word == "taking"
        or (tokens[first].word in PEOPLE and tokens[first + 1].word in ARM_LINKS)
    ):
        first += 1  # "patients receiving tanezumab (n = 230)"
    dosed = _before_dose(tokens, a, first) if first < j else None
    if dosed is None and first < j and not ranged:
        dosed = _behind_choice(tokens, a, first, j)
    if dosed is not None:
        first, j = dosed
    if dosed is None and (manner := before_manner(tokens, a, first)) is not None:
        first, j = manner
    first = _with_its_means(tokens, a, first)
    if first >= j:
        return (inner, count, "") if inner and words_of(inner) else None
    if first < j and tokens[first].word in ("of", "plus", "alone"):
        first += 1
    trimmed = j - 1 if j - first > 1 and tokens[j - 1].word in GROUP else j
    if first > a and tokens[first - 1].word == "no":
        first -= 1  # "no block (n = 40)"
    name = text_of(tokens, first, trimmed)
    if (lead := _without(tokens, a, first)) < first:
        name = f"without {name}"  # "in those WITHOUT a cleft (n = 54)"
        first = lead
    spelt = _spelt_before(tokens, a, first) if j - first == 1 and not inner else None
    if spelt is not None:
        return text_of(tokens, *spelt), count, name
    alias = inner
    close = count.last
    while close < b and tokens[close].word not in (")", "]"):
        close += 1
    stop = next((m for m in range(count.last, close) if _p_at(tokens, m)), close)
    tail = [t for t in tokens[count.last : stop] if t.kind == "w" or short_name(t)]
    if not alias and tail and tail[0].word in GROUP and len(tail) > 1:
        alias = f"group {tail[1].raw}"
    elif not alias and len(tail) == 1 and tail[0].word not in _PEOPLE_OR_GROUP:
        named = short_name(tail[0]) or is_content(tail[0].word)
        alias = tail[0].raw if named else ""  # "(n = 31, SINCE 2013)": no name
    if tokens[first].word in GROUP and j - first == 2:
        name = f"group {tokens[first + 1].raw}"
    if name in ("patients", "participants"):
        return None
    if alias in ("control", "controls") and name in _NAMES_NOTHING:
        return "controls", count, ""  # "who declined the procedure (CONTROLS, n = 54)"
    return name, count, alias


def _before_bare_n(
    tokens: list[Token], a: int, count: Count
) -> tuple[str, Count | None, str] | None:
    """ "60 nuns finished it: WAX n = 31, CLAY n = 29": the name before an n in no bracket."""
    stop = count.at - 2
    while stop > a and tokens[stop - 1].word in (",", ":", ";"):
        stop -= 1
    trimmed = stop - 1 if tokens[stop - 1].word in GROUP else stop
    span = phrase_before(tokens, trimmed, a)
    if span is None or not words_of(text_of(tokens, *span)):
        return None
    return text_of(tokens, *span), count, ""


def _spelt_before(tokens: list[Token], a: int, k: int) -> tuple[int, int] | None:
    """ "to BEESWAX, BW (n = 30), or clay": the name, a comma, and its short name at k."""
    raw = tokens[k].raw
    if k - 2 < a or tokens[k - 1].word != "," or not raw.isupper() or len(raw) < 2:
        return None
    span = phrase_before(tokens, k - 1, a)
    if span is None or not words_of(text_of(tokens, *span)):
        return None
    full = iter(text_of(tokens, *span).lower())
    same = tokens[span[0]].word[:1] == raw[0].lower()
    return span if same and all(letter in full for letter in raw.lower()) else None


def _short_part(tokens: list[Token], first: int, stop: int) -> str:
    """The short name that stands alone between the signs of a bracket, else ""."""
    start = first
    for k in range(first, stop):
        if tokens[k].word in (";", ","):
            if k == start + 1 and short_name(tokens[start]):
                return tokens[start].raw
            start = k + 1
    return ""


def _acronym_before(tokens: list[Token], a: int, j: int) -> int:
    """Where the bracket opens that holds the short name right before the bracket at j; else 0.

    A noun may stand between: "kyphoplasty (PKP) GROUP (n = 41)", "spinae (ESP) BLOCK (n = 32)".
    """
    k = j - (tokens[j - 1].word in GROUP)
    while k > a + 3 and j - k < 3 and tokens[k - 1].word != ")" and _plain_noun(tokens[k - 1]):
        k -= 1
    opened = short_name_bracket(tokens, a, k - 1)
    return 0 if opened and tokens[opened + 1].raw.isdigit() else opened


def _letter_of_name(tokens: list[Token], a: int, k: int) -> bool:
    """ "botulinum toxin A (n = 32)": a capital behind a noun, which is part of its name."""
    one = len(tokens[k].raw) == 1 and tokens[k].raw.isupper()
    return one and k > a and tokens[k - 1].word not in GROUP and _plain_noun(tokens[k - 1])


_PART_OF_NAME = word_set("plus of alone only")


def _plain_noun(token: Token) -> bool:
    return token.kind == "w" and token.mark is None and is_content(token.word)


def _both_behind_or(tokens: list[Token], a: int, b: int, k: int, count: Count) -> int:
    """ "TENS (n = 24) or MANUAL THERAPY AND EXERCISE (n = 22)": one group, which had both.

    The same before the "or": "to DIET AND EXERCISE (n = 24) or diet (n = 22)". The token before
    the name; `k` where the "and" at k joins nothing of this kind.
    """
    if k <= a or tokens[k].word != "and" or not is_content(tokens[k - 1].word):
        return k
    m = k - 1
    while m > a and tokens[m].kind == "w" and is_content(tokens[m].word) and k - m < 6:
        m -= 1
    closed = tokens[m - 1].word in (")", "]") or tokens[m - 2].word in (")", "]")
    if tokens[m].word in _CHOICES:
        return m if closed else k
    close = next((x for x in range(count.at, min(b, count.at + 6)) if tokens[x].word == ")"), b)
    chosen = close + 1 < b and tokens[close + 1].word in _CHOICES
    # "two groups: diet and exercise (41 patients) and diet (38 patients)"
    chosen = chosen or (tokens[m].word == ":" and close + 1 < b and tokens[close + 1].word == "and")
    return m if chosen and tokens[m].word in _GIVEN_TO else k


_CHOICES = word_set("or versus vs")
_GIVEN_TO = word_set("to received receive receiving either with of : had underwent undergo")


def _before_dose(tokens: list[Token], a: int, first: int) -> tuple[int, int] | None:
    """ "to a block WITH 20 mL OF 0.25 % drug per side (n = 40)": the treatment.

    `first` begins the phrase right before the bracket. None unless a dose leads to it.
    """
    k = first - 1
    if k < a or not (tokens[k].kind == "n" or tokens[k].word in UNITS_IN_NAMES | {"of", "per"}):
        return None
    dose = False
    while k > a and first - k < 12 and tokens[k].word not in _LEADS_DOSE:
        if tokens[k].word in _ENDS_DOSE:
            return None
        dose = dose or tokens[k].kind == "n"
        k -= 1
    if not dose or tokens[k].word not in _LEADS_DOSE:
        return None
    span = phrase_before(tokens, k, a)
    if span is None or tokens[span[1] - 1].word in PEOPLE or not words_of(text_of(tokens, *span)):
        return None
    return span


def _behind_choice(tokens: list[Token], a: int, first: int, j: int) -> tuple[int, int] | None:
    """ "assigned to PRF at 42 °C for 240 seconds (34 patients)": what stands behind "to".

    Only where numbers stand between it and the bracket at j: the phrase right before the bracket
    then tells how the treatment was given.
    """
    if tokens[first - 1].word in _LEADS_DOSE and any(t.kind == "n" for t in tokens[first:j]):
        span = phrase_before(tokens, first - 1, a)
        fits = span is not None and tokens[span[1] - 1].word not in PEOPLE
        return span if fits and words_of(text_of(tokens, *span)) else None
    if not (tokens[first - 1].kind == "n" or tokens[j - 1].word in UNIT_DAYS):
        return None
    k = first - 1
    while k > a and first - k < 14 and tokens[k].word not in _CHOICE_LEADS:
        if tokens[k].word in (")", "]", ";", ":"):
            return None
        k -= 1
    if tokens[k].word not in _CHOICE_LEADS:
        return None
    start = k + 1
    while start < first and (
        tokens[start].kind == "n" or tokens[start].word in UNITS_IN_NAMES | {"of", "a", "an", "the"}
    ):
        start += 1
    span = noun_phrase(tokens, start, first, 6)
    if span is None or tokens[span[1] - 1].word in PEOPLE or not words_of(text_of(tokens, *span)):
        return None
    return span


_CHOICE_LEADS = word_set("to or either received receiving receive given versus vs")
_LEADS_DOSE = word_set("with using")
_ENDS_DOSE = word_set("or and to vs versus ; : . received")


def _letter_before(tokens: list[Token], a: int, j: int) -> str:
    """ "groups A (splint, n = 26) and B (exercise, n = 26)": the letter before the bracket at j."""
    if j - 2 < a or tokens[j].word not in ("(", "["):
        return ""
    raw = tokens[j - 1].raw
    if len(raw) > 3 or not raw.isupper() or not short_name(tokens[j - 1]):
        return ""
    lead = tokens[j - 2].word
    if lead in GROUP:
        return f"group {raw}"
    listed = lead in ("and", "or", ",", "versus", "vs")
    said = any(
        tokens[k].word in GROUP and short_name(tokens[k + 1]) and len(tokens[k + 1].raw) == len(raw)
        for k in range(a, j - 2)
    )
    return f"group {raw}" if listed and said else ""


def _p_at(tokens: list[Token], m: int) -> bool:
    """ "(n = 54; P = 0.09)": a printed p, and no short name of the group."""
    if tokens[m].word != "p" or m + 1 >= len(tokens):
        return False
    return tokens[m + 1].word in _SIGNS or tokens[m + 1].kind == "n"


def _without(tokens: list[Token], a: int, first: int) -> int:
    """Where "without" stands before a name that begins at `first`; `first` if it does not."""
    k = first - 1
    if k > a and tokens[k].word in ("a", "an", "any"):
        k -= 1
    return k if k >= a and tokens[k].word == "without" else first


_NAMES_NOTHING = word_set("procedure intervention treatment operation surgery study protocol")
_SIGNS = word_set("= < > ≤ ≥ ≈ : value")


_UNITS_AHEAD = UNITS_IN_NAMES | {"%", "hz", "khz"}


def _named_inside(tokens: list[Token], first: int, count: Count) -> tuple[str, str] | None:
    """ "(exercise group, EG; n = 30)": the name and the acronym that a bracket gives."""
    stop = count.at - 2 if count.equals else count.at
    name, alias, k = "", "", first
    start = first
    while k <= stop:
        if k == stop or tokens[k].word in (",", ";", ":"):
            words = tokens[start:k]
            if words and words[-1].word in GROUP and len(words) > 1:
                name = text_of(tokens, start, k - 1)
                if len(name) == 1 and name.isupper():
                    return f"group {name}", alias  # "rest (K group, n = 15)"
            elif len(words) == 1 and short_name(words[0]):
                alias = words[0].raw
            start = k + 1
        k += 1
    last = text_of(tokens, start, stop) if start < stop else ""
    if not name and count.equals:
        # "(MI-TLIF, n = 45; open TLIF, n = 52)": the name stands right before its own n.
        k = stop - 1 if tokens[stop - 1].word in (",", ":") else stop
        begin = k
        while begin > first and tokens[begin - 1].word not in (";", ",", "("):
            begin -= 1
        if begin + 2 < k and tokens[begin].kind == "n" and tokens[begin + 1].word in _UNITS_AHEAD:
            begin += 2  # "(10 KHZ stimulation, n = 52; plain stimulation, n = 47)"
        inside = tokens[begin:k]
        dosed = [t for t in inside if t.kind == "n"]
        plain = [t for t in inside if t.kind != "n"]
        if dosed and tokens[begin].kind == "w" and plain[-1].word in UNITS_IN_NAMES:
            # "(dexamethasone 8 mg, n = 55; triamcinolone 40 mg, n = 55)"
            k = next(m for m in range(begin, k) if tokens[m].kind == "n")
            inside = tokens[begin:k]
        if k < stop and inside and all(t.kind == "w" or t.word in ("-", "+", "/") for t in inside):
            last = text_of(tokens, begin, k)
            if any(t.word == ";" for t in tokens[first - 1 : count.last + 2]):
                name = last
    if not name or not words_of(name):
        return None
    return name, alias


def _with_its_means(tokens: list[Token], a: int, first: int) -> int:
    """ "to FUSION USING screws (n = 52)": the first token of what was done, or `first`.

    "Treated using screws (n = 52)" names nothing before its means.
    """
    k = first - 1 - (tokens[first - 1].word in ("a", "an", "the"))
    if k <= a + 1 or tokens[k].word != "using":
        return first
    span = phrase_before(tokens, k, a)
    if span is None or span[1] != k or tokens[span[0] - 1].word not in _LEADS_NAME:
        return first
    start = span[0] + (tokens[span[0]].word == "either")
    return start if words_of(text_of(tokens, start, k)) else first


_LEADS_NAME = word_set("to or and either , : underwent received had undergo undergoing receive of")

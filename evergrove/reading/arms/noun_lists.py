"""Noun phrases in lists: those before a place in the text, and those behind one."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import short_name
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.dose_groups import DOSE_UNITS
from evergrove.reading.text.small_words import CLOSES_ASIDE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, UNIT_DAYS, is_content, word_set

_NAME_SIGNS = word_set("- + / plus")


_LIST_SIGNS = word_set("and or , vs versus")


_DOSE_SIGNS = word_set("mg g gy ml µg mcg iu % mm hz khz w j / - x")


def joins_treatments(tokens: list[Token], a: int, k: int) -> bool:
    """ "pregabalin WITH exercise": two treatments of one group, not people with something."""
    if tokens[k].word != "with" or k - 1 < a:
        return False
    word = tokens[k - 1].word
    return tokens[k - 1].kind == "w" and is_content(word) and word not in PEOPLE | GROUP


def sized(tokens: list[Token], j: int, b: int) -> bool:
    """Whether a bracket with a number of people stands right behind a phrase and its dose."""
    stop = j + 5
    while j < min(b, stop) and (tokens[j].kind == "n" or tokens[j].word in _DOSE_SIGNS):
        j += 1  # "lidocaine 5 % (n = 20)"
    if j + 2 >= b or tokens[j].word not in ("(", "["):
        return False
    k = j + 1 + (tokens[j + 1].word in GROUP)
    if k + 3 < b and short_name(tokens[k]) and tokens[k + 1].word in (",", ";", ":"):
        j = k + 1  # "wax (group A, 52 patients)"
        if tokens[j + 1].kind == "n" and tokens[j + 2].word in PEOPLE:
            return True
    return (tokens[j + 1].word == "n" and tokens[j + 2].word in ("=", ":")) or (
        tokens[j + 1].kind == "n" and tokens[j + 2].word in (")", "]")
    )


def alias(tokens: list[Token], j: int, b: int) -> str:
    """The acronym in brackets right after a phrase."""
    if (
        j + 2 < b
        and tokens[j].word in ("(", "[")
        and tokens[j + 1].kind == "w"
        and tokens[j + 2].word in CLOSES_ASIDE
    ):
        return tokens[j + 1].raw
    if (
        j + 4 < b
        and tokens[j].word in ("(", "[")
        and tokens[j + 1].kind == tokens[j + 3].kind == "w"
        and tokens[j + 2].word == "+"
        and tokens[j + 4].word in CLOSES_ASIDE
    ):
        return f"{tokens[j + 1].raw}+{tokens[j + 3].raw}"  # "(HP+EX)"
    lettered = j + 3 < b and tokens[j].word in ("(", "[") and tokens[j + 1].word == "group"
    if lettered and short_name(tokens[j + 2]) and tokens[j + 3].word in CLOSES_ASIDE:
        return f"group {tokens[j + 2].raw}"  # "30 had no block (group 1)"
    return ""


def both_given(tokens: list[Token], span: tuple[int, int], b: int) -> tuple[int, int]:
    """ "heat packs AND EXERCISE (HP+EX)": the phrase with all that its short name stands for.

    Also "41 received diet AND EXERCISE and 38 diet".
    """
    if span[1] + 1 >= b or tokens[span[1]].word not in ("and", "with"):
        return span
    more = noun_phrase(tokens, span[1] + 1, b, 5)
    if more is None:
        return span
    if "+" in alias(tokens, more[1], b) or _next_count(tokens, more[1], b):
        return span[0], more[1]
    return span


def _next_count(tokens: list[Token], k: int, b: int) -> bool:
    """ "41 received diet and exercise AND 38 diet": where the next number of people follows."""
    k += k < b and tokens[k].word == ","
    if k + 1 >= b or tokens[k].word not in ("and", "while", "whereas"):
        return False
    size = tokens[k + 1]
    return size.kind == "n" and size.value >= 2 and "." not in size.word


def to_choice(tokens: list[Token], j: int, b: int) -> int:
    """The "or" behind a dose or a detail: "ESPB with 20 ml per side OR to no block"; else j."""
    if j >= b or tokens[j].word not in _DETAIL:
        return j
    for k in range(j, min(b, j + 16)):
        if tokens[k].word in (".", ";") or (k > j and tokens[k].word in ("who", "and", "were")):
            return j
        if tokens[k].word == "or" and not (
            tokens[k - 1].kind == "n" and k + 1 < b and tokens[k + 1].kind == "n"
        ):
            return k
    return j


_UNITS_OF_DOSE = DOSE_UNITS | {"%"}


def past_dose(tokens: list[Token], j: int, b: int) -> int:
    """The token behind a dose and its route: "wax 400 MG or clay", "wax 2 MG/KG ORALLY or clay".

    So too how often: "wax 25 MG EVERY 2 HOURS or clay", "wax 25 MG TWICE DAILY or clay".
    """
    k = j
    while k + 1 < b and tokens[k].kind == "n" and tokens[k + 1].word in _UNITS_OF_DOSE:
        k += 2
        while k + 1 < b and tokens[k].word == "/":
            k += 2
    while k > j and k < b and tokens[k].word in _ROUTES:
        k += 1
    return _past_how_often(tokens, k, b) if k > j else k


def _past_how_often(tokens: list[Token], k: int, b: int) -> int:
    """The token behind "EVERY 2 HOURS", "TWICE DAILY", "3 TIMES A DAY" at k; k if there is none."""
    words = [token.word for token in tokens[k : min(k + 4, b)]]
    counted = len(words) > 1 and (words[0] == "every" or words[1] == "times")
    if words[:1] == ["every"]:
        often = 1 + (counted and tokens[k + 1].kind == "n")
        return k + often + 1 if words[often : often + 1] and words[often] in UNIT_DAYS else k
    often = 2 if counted and tokens[k].kind == "n" else int(words[:1] != [] and words[0] in _OFTEN)
    if not often:
        return k
    if words[often : often + 1] in (["daily"], ["weekly"]):
        return k + often + 1
    per = words[often : often + 1] in (["a"], ["per"], ["each"])
    return k + often + 2 if per and words[often + 1 : often + 2] in (["day"], ["week"]) else k


_OFTEN = word_set("once twice thrice")


_ROUTES = word_set(
    "orally oral intravenously iv sublingually vaginally rectally intramuscularly im po topically "
    "perineurally subcutaneously daily"
)
_DETAIL = word_set("with at of for using in by once twice daily per , every over during")


def _measured(token: Token) -> bool:
    """Whether a name of something measured stands here; "walking" may be a treatment."""
    return token.mark is not None and getattr(token.mark, "kind", "") != "qualifier"


def past_manner(tokens: list[Token], i: int, b: int) -> int:
    """ "randomised to ANALGESIA WITH wax, clay or felt": where what was given begins; else i.

    Only behind a noun that says how something is given, and before a choice that is not "or
    without" or "or none".
    """
    span = noun_phrase(tokens, _past_length(tokens, i, b), b, 6)
    if span is None or span[1] + 1 >= b or tokens[span[1]].word not in ("with", "using"):
        return i
    if tokens[span[1] - 1].word not in _MANNERS:
        return i
    drug = tokens[span[1] - 1].word in _OF_DRUGS
    ahead = [token.word for token in tokens[span[1] : min(b, span[1] + (48 if drug else 16))]]
    close = ahead.index("or") + 1 if "or" in ahead[:-1] else 0
    if drug and close and ahead[close] in _INSTEAD:
        return span[1] + 1  # "to 8 weeks of TREATMENT WITH wax or PLACEBO": no kind of treatment
    if not close or ahead[close] in _NOT_GIVEN or _MANNERS & set(ahead[close : close + 4]):
        return i  # "a block with wax or WITHOUT", "a block with wax or INFILTRATION"
    return span[1] + 1


def _past_length(tokens: list[Token], i: int, b: int) -> int:
    """ "to 8 WEEKS OF treatment with wax", "to 8-WEEK treatment": where the noun begins; else i."""
    if i + 3 >= b or tokens[i].kind != "n":
        return i
    unit, of = tokens[i + 1].word, tokens[i + 2].word
    told = (unit in UNIT_DAYS and of == "of") or (unit == "-" and of in UNIT_DAYS)
    return i + 3 if told else i


_OF_DRUGS = word_set("treatment therapy medication")
_INSTEAD = word_set("placebo sham usual standard no")
_NOT_GIVEN = word_set("without no none placebo sham usual standard not")
_MANNERS = word_set(
    "analgesia anesthesia anaesthesia sedation premedication prophylaxis block blocks infiltration "
    "injection injections infusion infusions treatment therapy irrigation instillation medication "
    "management dressing"
)
_BEFORE_ITEM = word_set("to either receive undergo wear have get use the a an with")


def list_behind(tokens: list[Token], i: int, b: int) -> list[tuple[int, int]]:
    """The noun phrases of "X, Y (n = 20) or Z" that begin at token i; empty if no "or" closes."""
    spans: list[tuple[int, int]] = []
    closed = False
    while i < b and len(spans) < 7:
        while i < b and tokens[i].word in _BEFORE_ITEM:
            i += 1
        none = i < b and tokens[i].word == "no"  # "to wax, clay or NO TREATMENT"
        span = noun_phrase(tokens, i + none, b, 9)
        if closed and i < b and tokens[i].word == "both":
            spans.append((i, i + 1))  # "to wax alone, clay alone or BOTH"
            break
        if span is None or any(_measured(tokens[k]) for k in range(*span)):
            break
        span = (i, span[1]) if none else _spelt(tokens, span, b)
        spans.append(span)
        i = skip_bracket(tokens, past_dose(tokens, span[1], b), b)
        if closed or i >= b:
            break
        if tokens[i].word == ",":
            i += 1
        if i < b and tokens[i].word in ("or", "and"):
            closed = True
            i += 1
        elif tokens[i - 1].word != ",":
            break
    return spans if closed else []


def _spelt(tokens: list[Token], span: tuple[int, int], b: int) -> tuple[int, int]:
    """ "fixation WITH SCREWS (FS)": the whole phrase, where the short name is its initials."""
    if span[1] + 1 >= b or tokens[span[1]].word not in ("with", "by", "of"):
        return span
    more = noun_phrase(tokens, span[1] + 1, b, 5)
    if more is None or any(_measured(tokens[k]) for k in range(*more)):
        return span
    first = [tokens[k].raw[:1].upper() for k in (*range(*span), *range(*more))]
    return (span[0], more[1]) if alias(tokens, more[1], b) == "".join(first) else span


def skip_bracket(tokens: list[Token], j: int, b: int) -> int:
    if j < b and tokens[j].word == "(":
        while j < b and tokens[j].word != ")":
            j += 1
        return j + 1
    return j


def list_before(tokens: list[Token], a: int, i: int) -> list[tuple[int, int]]:
    """The noun phrases of "X and Y" that end right before token i."""
    spans: list[tuple[int, int]] = []
    j = i
    while j > a:
        k = j - 1
        while k >= a and (
            (tokens[k].kind == "w" and is_content(tokens[k].word) and tokens[k].mark is None)
            or tokens[k].word in _NAME_SIGNS
        ):
            k -= 1
        if k + 1 >= j:
            break
        spans.append((k + 1, j))
        if k > a and tokens[k].word in _LIST_SIGNS:
            j = k
            if tokens[j - 1].word == ",":
                j -= 1
            continue
        break
    return spans[::-1]

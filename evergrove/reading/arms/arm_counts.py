"""The name of the group that a number of people counts: "24 had tape", "21 controls"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import (
    phrase_before,
    short_name,
    short_name_bracket,
    text_of,
)
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import ASSIGNED, is_sex, words_of
from evergrove.reading.arms.names_before_brackets import ARM_LINKS, before_bracket
from evergrove.reading.arms.noun_lists import alias, both_given, sized
from evergrove.reading.numbers.counts import FEW
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.numbers.things_of_people import (
    DONE,
    behind_things,
    behind_times_done,
    things_of_people,
)
from evergrove.reading.sizes.cohort import NO_COHORT
from evergrove.reading.sizes.counted_people import out_of_all
from evergrove.reading.sizes.sizes_beside_names import beside_name
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    ANAPHORS,
    CAREGIVERS,
    DETERMINERS,
    GROUP,
    PEOPLE,
    is_content,
    names_people,
    word_set,
)

_GROUPS = word_set("group groups arm arms cohort cohorts subgroup subgroups")
_CLOSES_COUNT = word_set(", ) ; and")
_STRONG_LINKS = word_set(
    "with received receiving underwent undergoing had given treated in using allocated randomised "
    "randomized "
    "assigned took wearing chose preferred selected opted"
)
_TOOK = word_set("received underwent got took used wore")
_TOOK_OR_HAD = _TOOK | {"had"}


def _each_took(tokens: list[Token], a: int, b: int, noun: str) -> bool:
    """ "40 women received gel and 41 women received ice": one sex, and a treatment each time."""
    nouns = [k for k in range(a + 1, b - 1) if tokens[k].word == noun and tokens[k - 1].kind == "n"]
    took = [k for k in nouns if tokens[k + 1].word in _TOOK_OR_HAD]
    places = [k for k in took if tokens[min(k + 2, b - 1)].word != "part"]  # "64 men took part"
    if len(places) < 2:
        return False
    if all(tokens[k + 1].word in _TOOK for k in nouns):
        return True
    # "Of the 60 men, 20 men had tape, 20 men had ice and 20 men had rest": they are everybody
    ahead = {tokens[k].value for k in range(a, places[0] - 1) if tokens[k].kind == "n"}
    return sum(tokens[k - 1].value for k in places) in ahead


def _of_group_that_had(tokens: list[Token], k: int, b: int) -> str:
    """ "35 from THE CONTROL GROUP RECEIVED nothing": the name that begins at k, or ""."""
    for end in range(k + 1, min(k + 4, b - 1)):
        if tokens[end].word in GROUP:
            name = text_of(tokens, k, end)
            return name if tokens[end + 1].word in _TOOK and words_of(name) else ""
    return ""


def _cases_of(tokens: list[Token], count: Count, b: int) -> str | None:
    """ "30 cases OF DO, 48 cases OF FI and 66 consecutive cases OF BESS": groups by short names."""
    for k in range(count.at + 1, min(count.at + 4, b - 2)):
        if tokens[k].word in ("cases", "case") and tokens[k + 1].word == "of":
            ends = k + 3 >= b or tokens[k + 3].kind != "w" or tokens[k + 3].word in _CLOSES_CASES
            return tokens[k + 2].raw if ends and short_name(tokens[k + 2]) else None
    return None


def _one_of_both(tokens: list[Token], span: tuple[int, int], b: int) -> bool:
    """ "95 received WAX (W) OR CLAY (C)": the number is of both together."""
    k = span[1]
    if k < b and tokens[k].word == "(":
        k = next((m + 1 for m in range(k, min(b, k + 7)) if tokens[m].word == ")"), k)
    return k + 1 < b and tokens[k].word == "or" and is_content(tokens[k + 1].word)


def _one_or_other(tokens: list[Token], span: tuple[int, int], b: int) -> bool:
    """Whether "or group" (or "or" and a letter) stands behind a numbered group."""
    if tokens[span[0]].word not in GROUP:
        return False
    behind = [tokens[k].word for k in range(span[1], min(span[1] + 3, b))]
    return "or" in behind[:2]


_CLOSES_CASES = word_set("and were was")


_BUT_CONTROLS = PEOPLE - {"controls", "control"}


def counted(
    tokens: list[Token], a: int, b: int, count: Count, linked: bool
) -> tuple[str, Count | None, str] | None:
    """Name of the group that a count counts, with a second name if one is given."""
    if count.noun in CAREGIVERS:
        return None
    if count.noun and count.at + 2 < b and tokens[count.at + 2].word == "/":
        return None  # "an energy of 360 mJ/mm2"
    if count.each or (count.of is not None and not count.equals) or count.noun == "events":
        return None
    led = tokens[count.at - 1].word
    if count.noun in _GROUPS or (led in ("with", "(") and things_of_people(tokens, a, b, count)):
        return None  # "Two groups with corns were compared", "31 patients with 44 corns"
    if count.at > a and led == "of" and out_of_all(tokens, a) and count.at < a + 5:
        return None  # "Of 49 patients who had a trial, ..."
    if count.equals or (led in ("(", "[") and _sole_in_bracket(tokens, b, count)):
        return before_bracket(tokens, a, b, count)
    if led in (",", ";", ":") and (beside := beside_name(tokens, a, b, count)) is not None:
        return beside
    if is_sex(count.noun):
        ahead = {tokens[k].word for k in range(count.last, min(b, count.last + 4))}
        # "48 women were randomised to swimming and 42 men to rowing"
        goes_on = linked and "to" in ahead and any(t.word in ASSIGNED for t in tokens[a : count.at])
        if not ahead & ASSIGNED and not goes_on and not _each_took(tokens, a, b, count.noun):
            return None
    if count.noun in PEOPLE and tokens[count.at - 1].word == "," and count.at - a >= 2:
        titled = _titled(tokens, a, count.at - 1)
        if titled is not None:
            return titled[0], count, titled[1]
    ahead = [tokens[k].word for k in range(count.last, min(b, count.last + 7))]
    if "served" in ahead and {"control", "controls"} & set(ahead[ahead.index("served") :]):
        return "controls", count, ""  # "54 declined and served as controls"
    bare = [word for word in ahead if word != count.noun]
    if count.noun in PEOPLE and bare[:1] == ["("] and bare[1:2] in (["controls"], ["control"]):
        return "controls", count, ""  # "the other 20 patients (controls)"
    j = count.at + 1
    if not count.noun and j + 3 < b and tokens[j + 1].word == "the":
        name = _of_group_that_had(tokens, j + 2, b)
        if name:
            return name, count, ""
    before = tokens[count.at - 1] if count.at > a else None
    inside = before is not None and (before.word in ("(", ",") or before.kind == "w")
    # "(MOR 21, LDK 24)"
    if (
        inside
        and before is not None
        and before.kind == "w"
        and short_name(before)
        and tokens[j].word in _CLOSES_COUNT
    ):
        return before.raw, count, ""
    k = j
    while (
        k < b
        and k - j < 6
        and (tokens[k].kind == "w" or tokens[k].word == "-")
        and tokens[k].word not in ARM_LINKS
    ):
        if tokens[k].word in ("and", "or"):
            break
        k += 1
    if (short := _cases_of(tokens, count, b)) is not None:
        return short, count, ""
    if j < b and tokens[j].word in ("a", "an"):
        span = noun_phrase(tokens, j, b, 9)
        if span is not None and not count.noun and words_of(text_of(tokens, *span)):
            return text_of(tokens, *span), count, alias(tokens, span[1], b)
    if count.noun in PEOPLE:
        k = behind_things(tokens, k, b)
    if k < b and tokens[k].word == "with" and names_people(count.noun):
        k = _behind_condition(tokens, k, b)
    if k < b and tokens[k].kind == "w" and tokens[k].word in ARM_LINKS:
        m = k
        while m < b and (tokens[m].word in ARM_LINKS or tokens[m].word in DETERMINERS):
            m += 1
        if tokens[m - 1].word == "their" or tokens[m].word == "theirs":
            m = _behind_done(tokens, m, b)
        if m + 2 < b and tokens[m].word in _PLACED:
            m = _behind_placed(tokens, m, b)
        m = behind_times_done(tokens, m, b, count)
        none = m < b and tokens[m].word == "no"
        span = noun_phrase(tokens, m + none, b, 9)
        if span is not None and tokens[m - 1].kind == "n" and tokens[span[1] - 1].word in DONE:
            span = (span[0], max(span[0] + 1, span[1] - 1))
        if none and span is not None:
            span = (m, span[1])
        links = {tokens[x].word for x in range(k, m)}
        # "31 for metastases and 58 for osteoporotic fractures"
        strong = (
            links & _STRONG_LINKS
            or (links == {"for"} and not count.noun)
            or ("to" in links and any(tokens[x].word in ASSIGNED for x in range(a, count.at)))
        )
        if span is not None and sized(tokens, span[1], b):
            # "64 patients received lidocaine (n = 32)": the size in the bracket is its own.
            return None
        if span is not None and strong and tokens[span[1] - 1].word not in FEW:
            name = text_of(tokens, *span)
            words = words_of(name)
            if not words and m < b and tokens[span[1] - 1].word in GROUP:
                words = {name}
            if _one_of_both(tokens, span, b):
                return name, None, alias(tokens, span[1], b)
            if _one_or_other(tokens, span, b):
                return None  # "40 were assigned to group 1 OR GROUP 2"
            if name in GROUP and span[1] < b and tokens[span[1]].raw.isdigit():
                # "21 were allocated to group 1": a number for a letter
                return f"group {tokens[span[1]].raw}", count, ""
            if tokens[span[0]].word in GROUP and span[1] - span[0] == 2:
                return f"group {tokens[span[1] - 1].raw}", count, ""
            if words and span[1] + 1 < b and tokens[span[1]].word == "with":
                more = noun_phrase(tokens, span[1] + 1, b, 5)
                if more is not None and links & {"received", "receiving", "underwent", "given"}:
                    span = (span[0], more[1])
                    name = text_of(tokens, *span)
            if words:
                span = both_given(tokens, span, b)
                return text_of(tokens, *span), count, alias(tokens, span[1], b)
    noun = count.noun
    if linked and before is not None and before.word in ("and", ",") and noun not in PEOPLE:
        # "30 had a block and 26 RFT"
        span = noun_phrase(tokens, j, b, 5)
        if span is not None and words_of(text_of(tokens, *span)) and noun not in NO_COHORT:
            return text_of(tokens, *span), count, alias(tokens, span[1], b)
    if noun in FEW or noun in NO_COHORT:
        return None
    if (
        noun and noun not in _BUT_CONTROLS and noun not in ("of", "total") and tokens[j].kind == "w"
    ) and (count.bracket or noun.endswith("s")):
        end = k if k > j and k - j < 4 else j + 1
        # "in 33 cyclists AT 1 year", "33 cyclists IT FELL": behind the name
        told = () if noun in ("controls", "control") else range(j + 1, end)
        behind = (m for m in told if tokens[m].word != "-")
        cut = (m for m in behind if not is_content(tokens[m].word) or tokens[m].word in ANAPHORS)
        return text_of(tokens, j, next(cut, end)), count, ""
    if noun in ("controls", "control"):
        return "controls", count, ""
    return None


def _behind_placed(tokens: list[Token], m: int, b: int) -> int:
    """ "30 nuns were PLACED IN wax AND 32 IN clay GROUP": where the name begins; else m.

    Only where the name has the word group, or the next number and that word come behind it.
    """
    k = m + 1
    if tokens[m - 1].word not in ("were", "was") or tokens[k].word not in ("in", "into"):
        return m
    k += tokens[k + 1].word in ("the", "a")
    span = noun_phrase(tokens, k + 1, b, 5)
    if span is None:
        return m
    if tokens[span[1] - 1].word in _GROUPS:
        return k + 1 if span[1] - span[0] > 1 else m
    n = span[1]
    while n < b and tokens[n].word in (",", "and"):
        n += 1
    listed = span[1] < n < b and tokens[n].kind == "n"
    return k + 1 if listed and any(t.word in _GROUPS for t in tokens[n : n + 8]) else m


def _behind_done(tokens: list[Token], m: int, b: int) -> int:
    """ "40 nuns HAD THEIR BURNS DRESSED WITH wax": where what it was done with begins; else m."""
    for k in range(m + 1, min(m + 4, b - 2)):
        if tokens[k].kind != "w" or tokens[k].word in ("and", "or"):
            break
        if tokens[k].word.endswith("ed") and tokens[k + 1].word in _DONE_WITH:
            return k + 2 + (tokens[k + 2].word in DETERMINERS)
    return m


_DONE_WITH = word_set("with by using")
_PLACED = word_set(
    "chosen placed put kept selected enrolled included recruited taken entered sampled"
)


def _behind_condition(tokens: list[Token], k: int, b: int) -> int:
    """ "30 patients WITH CHRONIC HIP PAIN received wax": the verb behind what all of them have."""
    for m in range(k + 2, min(b - 1, k + 10)):
        if tokens[m].word in _TOOK_CARE:
            return m
        if tokens[m].kind == "n" and tokens[m].flag == "word":
            continue  # "30 patients WITH TWO CORNS received wax"
        if tokens[m].kind != "w" or tokens[m].word in ARM_LINKS or tokens[m].word in ("and", "or"):
            break
    return k


_TOOK_CARE = word_set("received underwent got")


def _sole_in_bracket(tokens: list[Token], b: int, count: Count) -> bool:
    """ "(46 cases)", "(25 patients)": the size of what stands before the bracket."""
    if count.at < 2 or tokens[count.at - 1].word not in ("(", "["):
        return False
    k = count.at + 1
    while k < b and k < count.at + 4 and tokens[k].kind == "w":
        k += 1
    noun = tokens[k - 1].word
    if k > count.at + 1 and count.noun in PEOPLE and noun not in PEOPLE:
        k, noun = _described(tokens, b, count, k), count.noun
    before = tokens[count.at - 2]
    if is_sex(noun) and k + 2 < b and tokens[k + 1 + (tokens[k + 1].word == "and")].kind == "n":
        return False  # "85 top-level runners (68 MALES, 17 FEMALES)": the sexes of all
    return (
        k < b
        and tokens[k].word in (")", "]", ",", ";")
        and noun in PEOPLE
        # "vertebroplasty (46 patients)", "vertebroplasty (PVP) (46 patients)"
        and (before.kind == "w" or short_name_bracket(tokens, 0, count.at - 2))
        and (before.word not in PEOPLE or before.word in ("control", "controls"))
    )


def _described(tokens: list[Token], b: int, count: Count, k: int) -> int:
    """ "tape (20 men WITH GOUT) and rest (21 men OF THE SAME AGE)": where such a bracket closes.

    Read only where another bracket begins with a number of the same people; else `k`.
    """
    close = next((m for m in range(k, min(b, k + 25)) if tokens[m].word in (")", "]", "(")), k)
    behind = next((m for m in range(count.at + 1, k) if tokens[m].word == count.noun), -1) + 1
    if not behind or max(behind, close) >= b or tokens[behind].word not in _DESCRIBES:
        return k
    if tokens[close].word == "(":
        return k
    for m in range(max(0, count.at - 40), min(b - 2, close + 20)):
        opens = tokens[m].word in ("(", "[") and tokens[m + 1].kind == "n" and m + 1 != count.at
        if opens and any(tokens[x].word == count.noun for x in range(m + 2, min(b, m + 5))):
            return close
    return k


_DESCRIBES = word_set(
    "with matched aged of who whose in from without selected chosen drawn having given treated "
    "undergoing receiving operated seen managed"
)


def _titled(tokens: list[Token], a: int, comma: int) -> tuple[str, str] | None:
    """ "Kyphoplasty (KP), 34 patients; vertebroplasty (VP), 41 patients": name and short name."""
    k, short = comma, ""
    if tokens[k - 1].word == ")" and tokens[k - 3].word == "(" and short_name(tokens[k - 2]):
        short, k = tokens[k - 2].raw, k - 3
    span = phrase_before(tokens, k, a)
    if span is None or not words_of(text_of(tokens, *span)):
        return None
    lead = tokens[span[0] - 1].word if span[0] > a else ":"
    after = next((t.word for t in tokens[comma + 1 : comma + 6] if t.word in (";", ".")), "")
    return (text_of(tokens, *span), short) if lead in (":", ";") and after else None

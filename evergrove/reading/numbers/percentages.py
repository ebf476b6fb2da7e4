"""Why a percentage is no outcome: a share of people, a range, a definition."""

from __future__ import annotations

import itertools
from typing import Any

from evergrove.reading.arms.arms import in_name, is_sex
from evergrove.reading.document import Document
from evergrove.reading.numbers.percents_compared import MAYBE_COMPARED, falls_compared
from evergrove.reading.numbers.percents_in_lists import beside_listed, length_of_list
from evergrove.reading.numbers.percents_of_falls import of_fall_before
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.numbers.rows_of_percents import in_row_of_falls
from evergrove.reading.numbers.separators import NOTED
from evergrove.reading.numbers.shares import (
    SAID_OF_SELVES,
    behind_share,
    between_shares,
    did_something,
    seen_in,
    share_of_adjective,
    told_of_people,
)
from evergrove.reading.text.stat_words import COMPARATIVE
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import (
    CENTRES,
    CHANGE,
    CHANGE_NOUNS,
    DETERMINERS,
    PEOPLE,
    STATE,
    VERBS,
    is_content,
    names_people,
    word_set,
)
from evergrove.reading.times.time_parts import Time
from evergrove.reading.view import View

_DIFFERENCE_NOUNS = word_set("difference advantage benefit lower higher gap")
_BEFORE_PERCENT = word_set("a an mean average about median the of overall")
_SHARE_OF_PEOPLE = word_set("of had were reported achieved patients")
_CONTINUES_CHANGE = word_set(", and was were averaged")
_PEOPLE_ACHIEVED = word_set("patients participants seen achieved least had")


def shares_sign(tokens: list[Token], before: Value, value: Value) -> bool:
    """ "rose from 22 to 41%", "(9.9 VS 24.0% of all)": the sign behind the second is of both."""
    if before.spreads or before.unit is not None or before.percent:
        return False
    if value.first - before.last != 1:
        return False
    joint, lead = tokens[before.last].word, tokens[before.first - 1].word
    return (lead, joint) == ("from", "to") or (lead in ("(", "[") and joint in ("vs", "versus"))


def percent_of_both(tokens: list[Token], values: list[Value]) -> None:
    """ "A 45 VERSUS 21% IMPROVEMENT", "by 45 AND 21%": the sign behind two numbers is of both."""
    for before, value in itertools.pairwise(values):
        if not value.percent or before.spreads or before.unit or before.percent or before.sign:
            continue
        if _joined(tokens, before, value) and (
            _amount_of_change(tokens, value) or tokens[before.first - 1].word == "by"
        ):
            before.percent = True


def _joined(tokens: list[Token], before: Value, value: Value) -> bool:
    apart = value.first - before.last
    return apart == 1 and tokens[before.last].word in ("versus", "vs", "and")


def _amount_of_change(tokens: list[Token], value: Value) -> bool:
    """ "21% IMPROVEMENT", "21% mean reduction": whether a noun of change is right behind."""
    k = value.last + (value.last < len(tokens) and tokens[value.last].word in CENTRES)
    return k < len(tokens) and tokens[k].word in CHANGE_NOUNS


_VERBS_BETWEEN = VERBS - {"compared", "versus"}


def goes_on(tokens: list[Token], before: Value, value: Value, times: list[Time]) -> bool:
    """ "fell by 38% in the one arm AND 21% in the other": the second percentage of a list.

    The numbers of `times` may stand between: "fell by 38% AT 1 MONTH, compared with 21% ...", and
    what a bracket holds: "by 10% (105 TO 95 ML/MIN) and 37%".
    """
    behind = [token.word for token in tokens[value.last : value.last + 2]]
    if behind[:1] != [] and behind[0] in STATE and behind[-1] not in NOTED:
        return False  # "fell by 88% with wax and 53% WERE SATISFIED"
    if behind[:1] == ["of"] and _share_of_several(tokens, value.last + 1):
        return False  # "fell by 88% with wax and 53% OF THE NUNS rowed again"
    lead = tokens[value.first - 1].word
    lead = "with" if lead == "to" and tokens[value.first - 2].word == "compared" else lead
    if lead == "of" == tokens[before.first - 1].word:
        lead = tokens[value.first - 2].word  # "by a mean OF 37% with wax AND OF 22% with clay"
    if lead not in ("and", ",", "versus", "vs", "with", "against"):
        return False
    timed = {k for time in times for k in range(time.first, time.last)}
    aside = {k for k in range(before.last, value.first) if open_bracket(tokens, before.last, k)}
    if value.first - before.last - len(aside) > 12:
        return False
    timed |= aside
    return not any(
        (tokens[k].kind == "n" and k not in timed)
        or (tokens[k].word in _VERBS_BETWEEN and tokens[k - 1].word != "-")  # "wax-TREATED"
        or tokens[k].word == ";"
        for k in range(before.last, value.first)
    )


def _share_of_several(tokens: list[Token], k: int) -> bool:
    """ "OF THE NUNS", "OF OUR WORKING PATIENTS": a plural, right behind at most three words."""
    for token in tokens[k : k + 4]:
        if token.kind != "w" or getattr(token.mark, "kind", "") == "measure":
            return False
        if names_people(token.word) or (token.word.endswith("s") and is_content(token.word)):
            return True
    return False


def change_follows(tokens: list[Token], value: Value) -> bool:
    first = behind_share(tokens, value.last)
    return any(
        tokens[k].word in CHANGE or tokens[k].word in _DIFFERENCE_NOUNS
        for k in range(first, min(first + 4, len(tokens)))
    )


def noun_of_change_follows(tokens: list[Token], value: Value) -> bool:
    """ "a 2.1-point mean FALL"; not "the 40-m sprint WAS IMPROVED", where a verb is between."""
    near = tokens[value.last : value.last + 5]
    verb = next((k for k, token in enumerate(near) if token.word in STATE), len(near))
    return verb > 1 and any(t.word in CHANGE or t.word in _DIFFERENCE_NOUNS for t in near[:verb])


def _bracket_closed(tokens: list[Token], mention: Any, value: Value) -> bool:
    """ "The rate (10 points of ODI and 2 OF VAS) was 75%": named in a bracket closed before."""
    between = [tokens[k].word for k in range(mention.last, value.first)]
    opens = [tokens[k].word for k in range(max(0, mention.first - 9), mention.first)]
    return ")" in between and "(" in opens and "(" not in between[: between.index(")")]


def _of_people(tokens: list[Token], value: Value, b: int) -> bool:
    """ "60% OF THE PATIENTS were satisfied", "60% PATIENTS": on any scale, a share of people."""
    if value.spreads or value.sign:
        return False
    ahead = [token.word for token in tokens[value.last : min(b, value.last + 4)]]
    if ahead[:1] == ["of"]:
        return not _PEOPLE_OR_GROUP.isdisjoint(ahead[1:])
    return ahead[:1] != [] and ahead[0] in PEOPLE


_PEOPLE_OR_GROUP = PEOPLE | word_set("group arm groups arms")  # "33% OF THE WAX ARM"


def _share_of_count(tokens: list[Token], view: View, value: Value) -> bool:
    """ "ODI in 14 (53.9%) patients was 25": the share that a number of people is, in a bracket."""
    if tokens[value.first - 1].word not in ("(", "[") or value.last >= view.b:
        return False
    behind = tokens[value.last].word in (")", "]") or tokens[value.last - 1].word in (")", "]")
    return behind and any(c.at < value.first - 1 <= c.last for c in view.q.counts)


def _of_one_sex(tokens: list[Token], view: View, value: Value) -> bool:
    """ "ODI was 22% (58 patients; 60% WOMEN)", "(n = 58, 60% male)": who the people were."""
    if value.last >= view.b or value.first == view.a:
        return False
    return is_sex(tokens[value.last].word) and tokens[value.first - 1].word in ("(", ",", ";")


def _of_scale_behind(document: Document, view: View, value: Value) -> bool:
    """ "values of 35% and 22% FOR THE ODI": the scale in per cent stands behind its numbers."""
    tokens = document.tokens
    after = next((m for m in view.mentions if m.first >= value.last), None)
    if after is None or not after.key or not document.profile.measures[after.key].percent:
        return False
    between = [tokens[k] for k in range(value.last, after.first)]
    words = [token.word for token in between if token.kind != "n"]
    return "for" in words[-2:] and _BEFORE_SCALE.issuperset(words)


_BEFORE_SCALE = word_set("for the mean and , % ( ) ± sd vs to")


def _of_scales_before(document: Document, view: View) -> bool:
    """ "THE VALUES were 24 mm and 13%, RESPECTIVELY": of the scales of the sentence before."""
    if view.words.isdisjoint(_SCORES):
        return False
    if view.words.isdisjoint(_IN_TURN) and not _plain_and_percent(document.tokens, view):
        return False
    if any(mention.key for mention in view.mentions) or not view.words.isdisjoint(PEOPLE):
        return not view.words.isdisjoint(_COUNTERPARTS) and not any(m.key for m in view.mentions)
    at = document.views.index(view)
    told = document.views[at - 1].mentions if at else []
    return any(m.key and document.profile.measures[m.key].percent for m in told)


def _plain_and_percent(tokens: list[Token], view: View) -> bool:
    """ "At 5 weeks THEY WERE 2.4 AND 19%": one of each, and no shares of people."""
    one, two = (*view.q.values[:2], None, None)[:2]
    if one is None or two is None or not two.percent or tokens[one.last - 1].word == "%":
        return False
    led = tokens[one.first - 1].word in STATE and tokens[one.first - 2].word in _SCORES
    return led and two.first - one.last == 1 and tokens[one.last].word == "and"


_COUNTERPARTS = word_set("corresponding respective")
_IN_TURN = _COUNTERPARTS | {"respectively"}
_SCORES = word_set("values scores figures they these both results means")


def _strength_of(document: Document, view: View, value: Value) -> bool:
    """ "patients applying 0.03% WAX twice daily": how strong what a group was given is."""
    tokens = document.tokens
    if value.spreads or value.sign or value.last >= view.b:
        return False
    lead, after = tokens[value.first - 1].word, tokens[value.last]
    if lead in CHANGE or lead == "by" or after.kind != "w":
        return False
    return in_name(document.declared.index, after.word)


def _mean_from_to(tokens: list[Token], mention: Any, value: Value, view: View) -> bool:
    """ "MEAN impairment improved FROM 32.1 TO 23.4%": a mean that moved, and no share of people."""
    if mention is None or not mention.key or "from" not in view.words:
        return False
    ahead = {token.word for token in tokens[max(view.a, mention.first - 4) : mention.first]}
    if ahead.isdisjoint(CENTRES):
        return False
    pair = [v for v in view.q.values if v.first > mention.last][:2]
    if len(pair) < 2 or value not in pair or not pair[1].percent:
        return False
    led = tokens[pair[0].first - 1].word == "from" and tokens[pair[1].first - 1].word == "to"
    return led and pair[1].first - pair[0].last <= 12


def percent_reason(document: Document, view: View, value: Value) -> str | None:
    """Why a percentage is no outcome: only instruments that are percentages, or changes, may be."""
    tokens = document.tokens
    for other in view.q.values:
        if other.percent and _joined(tokens, value, other) and _amount_of_change(tokens, other):
            return percent_reason(document, view, other)  # "45 VERSUS 21% IMPROVEMENT"
    nearest = [m for m in view.mentions if m.first < value.first]
    mention = nearest[-1] if nearest else None
    if seen_in(tokens, value) or did_something(tokens, value, view.a, view.b):
        return "percentage"
    if value.sign and beside_listed(tokens, value):
        return "percentage"
    if document.profile.open and _strength_of(document, view, value):
        return "concentration"
    if _of_one_sex(tokens, view, value) or share_of_adjective(tokens, value, view.b):
        return "percentage"
    if between_shares(tokens, value):
        return "range of several values"
    if _share_of_count(tokens, view, value):
        return "percentage"
    before = [m for m in view.mentions if m.first < value.first and m.key]
    before = [m for m in before if not _bracket_closed(tokens, m, value)]
    listed = before[-length_of_list(tokens, before) :]
    if len(before) > 1 and any(document.profile.measures[m.key].percent for m in listed):
        return None  # "mean ODI and back pain VAS had gone from 52% and 7.0"
    if value.last < view.b and tokens[value.last].word in SAID_OF_SELVES:
        return "percentage"  # "58% called themselves satisfied"
    if value.last + 2 < view.b and tokens[value.last].word == "and":
        k = next(
            (m for m in range(value.last, min(view.b, value.last + 4)) if tokens[m].word == "%"),
            None,
        )
        if k is not None and k + 1 < view.b and tokens[k + 1].word in SAID_OF_SELVES:
            return "percentage"
    if _of_people(tokens, value, view.b):
        return "percentage"  # "ODI fell by 22 points, and 60% OF PATIENTS were satisfied"
    if _of_scale_behind(document, view, value) or _of_scales_before(document, view):
        return None
    percent = (
        mention is not None
        and mention.key is not None
        and document.profile.measures[mention.key].percent
    )
    lasting = mention is not None and mention.key in document.lengths  # "survival is 20%"
    if percent or (document.profile.open and value.spreads and not lasting):
        return None
    if document.profile.open and not lasting and _mean_from_to(tokens, mention, value, view):
        return None
    if mention is None:
        after = [m for m in view.mentions if 0 <= m.first - value.last <= 5]
        mention = after[0] if after else None
    if mention is None or mention.key is None:
        return "percentage"
    if of_fall_before(tokens, view, value):
        return None
    if not view.words.isdisjoint(MAYBE_COMPARED) and falls_compared(tokens, view, value):
        return None
    k = value.first - 1
    while k >= view.a and tokens[k].word in _BEFORE_PERCENT:
        k -= 1
    lead = tokens[k].word if k >= view.a else ""
    follows = change_follows(tokens, value)
    if _of_named_change(tokens, mention, value):
        return None
    if tokens[value.last].word in _SHARE_OF_PEOPLE if value.last < view.b else False:
        return "percentage"
    if told_of_people(tokens, value, view.b):
        return "percentage"
    if lead == "," and _behind_share(tokens, view, value):
        return "percentage"
    if ":" in view.words and in_row_of_falls(tokens, view, value):
        return None
    if value.sign == "-" and lead in _LEADS_SIGNED:
        return None  # "knee VAS: −31% at 8 weeks"
    if lead in ("by",) or lead in CHANGE or (follows and tokens[value.last].word in CHANGE):
        return None
    if (
        any(tokens[m].word in CHANGE for m in range(max(view.a, k - 6), k + 1))
        and lead in _CONTINUES_CHANGE
    ):
        words = {tokens[m].word for m in range(view.a, value.first)}
        if not words & {"in", "of"} & {lead} and not words & _PEOPLE_ACHIEVED:
            return None
    return "percentage"


def _of_named_change(tokens: list[Token], mention: Any, value: Value) -> bool:
    """ "A FALL IN serum zinc OF 54%": the noun of change is told of the measure right behind it."""
    if tokens[value.first - 1].word != "of" or not 1 < mention.first < mention.last < value.first:
        return False
    if tokens[value.last].word == "of" or tokens[value.last].word in PEOPLE:
        return False  # "a fall in VAS of 54% of the bakers"
    k = mention.last
    if tokens[k].word == "(" and value.first - k < 6:  # "a fall in serum zinc (SZ) of 54%"
        k += 3 if tokens[k + 2].word == ")" else 0
    if k != value.first - 1:
        return False
    lead = mention.first - 1
    lead -= tokens[lead].word in DETERMINERS or tokens[lead].word in CENTRES
    return tokens[lead].word in ("in", "of") and tokens[lead - 1].word in CHANGE_NOUNS


def _behind_share(tokens: list[Token], view: View, value: Value) -> bool:
    """ "VAS fell significantly (20% wax, 17% CLAY)": in a bracket, behind what is none already."""
    opened = open_bracket(tokens, view.a, value.first)
    before = [v for v in view.q.values if v.first < value.first]
    if opened is None or not before or before[-1].first < opened:
        return False
    return view.q.rejected.get(before[-1].at) == "percentage"


_LEADS_SIGNED = word_set(": = ( [ was were")


def told_again(tokens: list[Token], value: Value, a: int, b: int) -> bool:
    """ "The difference was 10.1 mm (7.4 to 12.8) OR 15.6% BETTER than placebo": the same again."""
    k = value.first - 1
    if k - 1 <= a or value.last >= b:
        return False
    if tokens[k].word == "a" and tokens[k - 1].word == ",":
        # "raised intake by 1.2 portions, A 69% GREATER INCREASE THAN the others"
        told = any(tokens[m].kind == "n" for m in range(max(a, k - 6), k - 1))
        behind = [tokens[m].word for m in range(value.last, min(b, value.last + 3))]
        return told and behind[0] in COMPARATIVE and behind[-1] == "than"
    if tokens[k].word != "or":
        return False
    k -= 1 + (tokens[k - 1].word == ",")
    amount = tokens[k].word in _AMOUNTS or tokens[k].word == ")"
    if not amount or tokens[value.last].word not in COMPARATIVE:
        return False
    return any(tokens[m].word in ("difference", "differences") for m in range(a, k))


_AMOUNTS = word_set("mm cm point points units unit")

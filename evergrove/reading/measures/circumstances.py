"""Names that say of which pain a score is: where it hurts, at rest, on movement, at night."""

from __future__ import annotations

import itertools

from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.marks import Mark
from evergrove.reading.measures.mention import (
    NO_TREATMENT,
    STATES,
    Mention,
    read_mention,
)
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    GROUP,
    PEOPLE,
    STATE,
    UNIT_DAYS,
    is_content,
    word_set,
)
from evergrove.reading.times.occasions import BASE_EVENTS

_RETURN = word_set("return returned returning back resumption time")
# "disease activity", "perceived exertion": not a state in which pain was rated.
_OF_SOMETHING = word_set(
    "disease perceived physical enzyme muscle functional social sports sporting leisure "
    "recreational work working household"
)
# "they DIFFERED IN activity (31 and 22)": what they did, and no pain at it.
_DIFFERS = word_set(
    "differ differed differs difference differences differing improved improvement improvements "
    "increase increases increased gain gains gained change changes changed better reduction"
)
_SCORE_NOUNS = word_set("score scores rating ratings values value intensity")
_VERBS_BEHIND = word_set(
    "averaged fell improved decreased dropped changed rose increased declined diminished remained "
    "reached had went worsened lessened stayed reduced"
)
_BEHIND_QUALIFIER = word_set("( was were = : from it") | _VERBS_BEHIND
_LEADS_QUALIFIER = word_set("and , ( ; the for in while whereas but")
_STATE_PREPOSITIONS = word_set("at on in during with when while under")
_LEADS_STATE = word_set("on at during while when with")
_BEHIND_STATE = (
    word_set(
        "they it these scores the values ratings / , . ; ) and ( after at before in on was were vs "
        "to from by for with",
        "",
    )
    | _VERBS_BEHIND
)


def heads_own_bracket(tokens: list[Token], mentions: list[Mention], profile: Profile) -> None:
    """ "HIP PAIN (VAS: 3.1)", "(change in VAS 3.1)": the instrument there is that of the hip."""
    for one, two in itertools.pairwise(mentions):
        opens = two.first - 1
        while opens > one.last and tokens[opens].word in _OF_CHANGE:
            opens -= 1
        if tokens[opens].word != "(" or opens != one.last or two.qualifier:
            continue
        bare = one.qualifier and two.key and two.instrument and not one.instrument
        state = bare and one.key == "" and construct(profile, two.key) == "pain"
        alike = bare and one.key and construct(profile, one.key) == construct(profile, two.key)
        if state or alike:
            two.qualifier = one.qualifier


_OF_CHANGE = word_set("change reduction decrease difference in of mean the")


def fronted_place(
    tokens: list[Token], a: int, front: list[Mark], place: Mention | None, cluster: list[Mark],
    profile: Profile,
) -> Mention | None:  # fmt: skip
    """ "FOR BACK PAIN, the mean VAS was 3", "AT REST, mean pain was": set before the measure."""
    first, last = front[0].first, front[-1].last
    gap = [tokens[m].word for m in range(last, cluster[0].first)]
    if gap[:1] != [","] or not set(gap[1:]) <= _BEFORE_NAME:
        return None
    qualifier = place.qualifier if place is not None else front[-1].key
    if place is None:
        k = first
        if not of_kind(front, "qualifier") or not state_phrase(tokens, front):
            return None
    else:
        k = first - 1
        if place.instrument or not qualifier or k < a or tokens[k].word not in _ABOUT:
            return None
    if k > a and tokens[k - 1].word not in (";", ",", ":", "whereas", "while", "and", "but"):
        return None
    after = read_mention(tokens, a, cluster, profile)
    if after is None or not after.key or after.qualifier in STATES or qualifier is None:
        return None
    if place is not None:
        if not after.instrument or after.qualifier:
            return None
        if construct(profile, after.key) != place.key:
            return None
    return Mention(first, after.last, after.key, qualifier, None, after.instrument)


_ABOUT = word_set("for regarding concerning")


_BEFORE_NAME = word_set("the mean median average their")


def qualified_behind(tokens: list[Token], mention: Mention, b: int) -> None:
    """ "pain ON deep inspiration": the circumstance behind the name says which pain is meant."""
    k = mention.last
    if (
        k + 1 >= b
        or tokens[k].word not in ("on", "during", "upon")
        or tokens[k + 1].mark is not None
    ):
        return
    j = k + 1
    while j < b and tokens[j].word in ("the", "a", "an", "first"):
        j += 1
    first = j
    while (
        j < b
        and j - first < 3
        and tokens[j].kind == "w"
        and tokens[j].mark is None
        and is_content(tokens[j].word)
        and tokens[j].word not in UNIT_DAYS
        and tokens[j].word not in GROUP
        and tokens[j].word not in PEOPLE
    ):
        j += 1
    j = _past_hyphen(tokens, j, b) if j > first else j
    if first < j < b and tokens[j].word in ("changes", "change", "increases"):
        j += 1  # "during dressing changes"
    words = [tokens[m].word for m in range(first, j)]
    if words and words[0][-1].isdigit():
        return  # "VAS on POD1, POD3 and POD7": when, and not what for
    after = tokens[j].word if j < b else ""
    if not words or after in GROUP or set(words) & _NO_STATE or words[-1] in UNIT_DAYS:
        return
    if after in UNIT_DAYS or (j < b and tokens[j].kind == "n"):
        return  # "pain scores on POSTOPERATIVE DAY 3": when, and not what for
    mention.last, mention.qualifier = j, " ".join(words).replace(" - ", "-")


def _past_hyphen(tokens: list[Token], j: int, b: int) -> int:
    """ "during the COTTON-SWAB TEST": the end of a name that the hyphen at j joins, else j."""
    if j + 1 >= b or tokens[j].word != "-" or tokens[j].spaced:
        return j
    m = j + 1
    while m < b and m - j < 4 and tokens[m].kind == "w" and is_content(tokens[m].word):
        place = m == j + 1 and getattr(tokens[m].mark, "kind", "") == "qualifier"  # "one-LEG"
        if (tokens[m].mark is not None and not place) or tokens[m].word in _JOINED_NO_STATE:
            return j
        m += 1
    return m if m > j + 1 else j


_JOINED_NO_STATE = GROUP | PEOPLE | UNIT_DAYS.keys()
_NO_STATE = BASE_EVENTS | word_set(
    "therapy treatment sessions session training programme program follow-up follow up study trial "
    "admission discharge entry referral enrolment enrollment completion day days average visit "
    "visits time "
    "stay hospitalization hospitalisation weeks period phase stage morning evening night placebo "
    "ward post pre leaving arrival pacu"
)


def further_state(tokens: list[Token], mentions: list[Mention], b: int) -> None:
    """ "at rest, at night and ON KNEELING was": a circumstance that the profile does not know."""
    if not mentions or mentions[-1].qualifier not in STATES:
        return
    k = mentions[-1].last
    while k < b and tokens[k].word in (",", "and"):
        k += 1
    joined = (
        mentions[-1].last < k and k + 2 < b and tokens[k].word in ("on", "at", "during", "when")
    )
    if not joined or tokens[k + 1].kind != "w" or tokens[k + 1].mark is not None:
        return
    word = tokens[k + 1].word
    if is_content(word) and word not in UNIT_DAYS and tokens[k + 2].word in STATE:
        mentions.append(Mention(k, k + 2, "", word, None, False, True))


def when_for_while(tokens: list[Token], marks: list[Mark]) -> None:
    """ "6.3 WHILE STANDING and 3.7 WHILE SITTING": no clause begins with such a "while".

    One behind a comma, or with the measure right behind, may set two clauses against each other:
    "sitting NRS was 3, WHILE standing NRS was 5".
    """
    for mark in marks:
        first, last = mark.first, mark.last
        if mark.kind != "qualifier" or tokens[first].word != "while" or not first:
            continue
        measured = last < len(tokens) and tokens[last].mark is not None
        if tokens[first - 1].word != "," and not measured:
            tokens[first].word = "when"


def stands_alone(tokens: list[Token], cluster: list[Mark]) -> bool:
    """A qualifier that stands for its measure: "activity scores", "on coughing 4.6", "leg 3.1"."""
    first, last = cluster[0].first, cluster[-1].last
    after = tokens[last] if last < len(tokens) else None
    if after is None or after.word in GROUP:
        return False
    if after.word in _SCORE_NOUNS:
        return cluster[0].key not in STATES or _rated_before(tokens, cluster)
    lead = tokens[first - 1].word if first else ""
    if lead == "to" and first > 1 and tokens[first - 2].word in _RETURN:
        return False
    if lead in _OF_SOMETHING and (first < 2 or tokens[first - 2].word not in _STATE_PREPOSITIONS):
        return False
    k = first if tokens[first].word == "in" else first - 1
    k -= k > 1 and tokens[k].word in _OF_SOMETHING
    differs = k > 1 and tokens[k].word == "in" and tokens[k - 1].word in _DIFFERS
    if differs and cluster[0].key in STATES and not _rated_before(tokens, cluster):
        return False
    direct = after.kind == "n" or after.word in _BEHIND_QUALIFIER
    if after.word in _SIGNS and last + 1 < len(tokens):
        direct = tokens[last + 1].kind == "n" and not tokens[last + 1].spaced  # "on coughing -2.1"
    if after.word == "," and lead == "for" and last + 1 < len(tokens):
        direct = tokens[last + 1].kind == "n"  # "...; for dysuria, 1.9"
    state = cluster[0].key in STATES
    return direct and (state or lead in _LEADS_QUALIFIER)


_SIGNS = frozenset("-\u2212+")


def _rated_before(tokens: list[Token], cluster: list[Mark]) -> bool:
    """ "activity scores" are pain only where pain on activity was named before."""
    key = cluster[0].key
    for k in range(cluster[0].first):
        mark = tokens[k].mark
        if getattr(mark, "kind", "") != "qualifier" or mark.key != key:
            continue
        near = range(max(0, mark.first - 6), min(len(tokens), mark.last + 4))
        if any(is_measure(tokens[m]) for m in near):
            return True
    return False


def state_phrase(tokens: list[Token], cluster: list[Mark]) -> bool:
    """ "at rest", "on movement", "during walking", also behind the value."""
    mark = cluster[-1]
    if mark.key not in STATES:
        return False
    last = mark.last
    if last + 1 < len(tokens) and tokens[last].word in _SPANS:
        last += 1  # "during rest TIME"
    after = tokens[last].word if last < len(tokens) else ""
    lead = tokens[mark.first - 1].word if mark.first else ""
    inside = tokens[mark.first].word in _STATE_PREPOSITIONS
    # "9 to 4 FOR SITTING"; "for walking" may be a treatment
    told = "for" in (
        lead if tokens[mark.first].word in NO_TREATMENT else "",
        tokens[mark.first].word,
    )
    inside = inside or (told and after != ",")
    return (
        (inside or lead in _LEADS_STATE)
        and after not in GROUP
        and (
            after in _BEHIND_STATE
            or (last < len(tokens) and tokens[last].kind == "n")
            or _of_score(tokens, last)
        )
    )


def _of_score(tokens: list[Token], k: int) -> bool:
    """ "an NRS at rest of 2.1 and on movement OF 4.6": a score; no movement "of 30 degrees"."""
    if k + 2 >= len(tokens) or tokens[k].word != "of" or tokens[k + 1].kind != "n":
        return False
    return tokens[k + 2].word in _BEHIND_SCORE


_BEHIND_SCORE = word_set(", ; . ( [ ) ± at and in with after on vs versus while but points mm")
_SPANS = word_set("time times period periods")


def construct(profile: Profile, key: str) -> str | None:
    return profile.measures[key].construct


def of_kind(cluster: list[Mark], kind: str) -> bool:
    return all(mark.kind == kind for mark in cluster)


def two_states(one: Token, two: Token) -> bool:
    """ "at rest/on coughing": two circumstances, not one name."""
    keys = [token.mark.key for token in (one, two) if getattr(token.mark, "kind", "") == _STATE]
    return len(keys) == 2 and keys[0] != keys[1] and set(keys) <= STATES


_STATE = "qualifier"

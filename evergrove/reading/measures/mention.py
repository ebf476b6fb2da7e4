"""What a cluster of names means: the measure, its qualifier, or why it is none."""

from __future__ import annotations

from dataclasses import dataclass

from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.marks import Mark
from evergrove.reading.measures.other_constructs import ADJECTIVES
from evergrove.reading.measures.those_of_another import for_pronoun
from evergrove.reading.text.dosed_drugs import DRUG_UNITS
from evergrove.reading.text.small_words import GROUP_NOUNS
from evergrove.reading.text.tokens import Token, close_bracket, is_measure
from evergrove.reading.text.words import (
    BODY,
    CENTRES,
    CHANGE_NOUNS,
    CHECK,
    EVENT,
    GROUP,
    LIMBS,
    PEOPLE,
    POST_WORDS,
    PRE_WORDS,
    STATE,
    UNIT_DAYS,
    VERBS,
    is_content,
    word_set,
)

_CAUSES = word_set("due because related caused secondary attributed limited owing")


# "the mean INTERFERENCE OF pain with sleep", "WORRY ABOUT pain": what pain does, and what people
# think of it, are not how bad it is; "the effect ON pain" is.
_DONE_BY = word_set(
    "interference interfering impact influence burden consequences hindrance effect effects bother "
    "distress disruption disturbance worry worries concern concerns fear anxiety knowledge "
    "understanding awareness acceptance tolerance attention memory memories recollection "
    "unpleasantness expectation expectations expectancy anticipation avoidance mastery "
    "attitudes beliefs"
)
_TOWARDS = word_set("of from about over towards toward regarding")
# "EXPECTED pain", "the highest TOLERABLE pain": not what anybody felt.
_NOT_FELT = word_set(
    "expected anticipated predicted acceptable tolerable imagined desired feared remembered "
    "recalled hypothetical"
)
# "pain INTERFERED with sleep by 3.1": a verb of what pain did.
_DID = word_set("interfered interferes interfering bothered bothers disrupted disturbed")
_LINKED = word_set("related associated induced provoked specific")
_RATED = word_set(
    "score scores intensity severity rating ratings vas nrs nprs vrs scale scales value values "
    "level levels outcome outcomes symptoms pain"
)


def _held(noun: str, link: str) -> bool:
    """ "to COPE WITH pain", "CONTROL OVER pain", "ATTENTION TO pain"; not "than control with"."""
    if link == "with":
        return noun in ("cope", "coping", "coped", "satisfaction", "satisfied", "dissatisfaction")
    if link == "over":
        return noun == "control"
    return link == "to" and noun in ("attention", "attitude", "attitudes")


def _not_how_bad(tokens: list[Token], first: int, last: int) -> bool:
    """ "pain interfered with sleep", "pain-related disruption of sleep"."""
    if last + 2 >= len(tokens):
        return False
    if tokens[last].word in _DID:
        return True
    linked = tokens[last].word == "-" and tokens[last + 1].word in _LINKED
    noun = tokens[last + 2]
    return linked and noun.kind == "w" and noun.mark is None and noun.word not in _RATED


_ENDS_MODIFIER = word_set(", ; ) for in at")


# Circumstances of pain that no treatment is called by ("for rest", "for walking" may be one).
NO_TREATMENT = word_set("sitting standing lying stairs coughing")
STATES = word_set(
    "day rest movement activity walking stairs night standing sitting worst morning evening "
    "defecation micturition intercourse least current coughing breathing swallowing chewing "
    "palpation pressure"
)


@dataclass(slots=True, eq=False)
class Mention:
    """One measure in one place. `key` is None for what is no outcome (`veto` says why)."""

    first: int
    last: int
    key: str | None
    qualifier: str | None = None
    veto: str | None = None
    instrument: bool = False
    anaphor: bool = False

    def same(self, other: Mention) -> bool:
        return (
            self.key == other.key and self.qualifier == other.qualifier and self.veto == other.veto
        )


def at_a_dose(tokens: list[Token], a: int, mention: Mention) -> bool:
    """ "pain AT THE HIGHEST DOSE was 3.1": under what a score was taken, and no measure.

    So too "pain AFTER THE LAST DOSE", "on the DAY OF A MISSED DOSE".
    """
    k = mention.first - 1
    while (
        k > a
        and mention.first - k < 5
        and tokens[k].kind == "w"
        and (is_content(tokens[k].word) or tokens[k].word in ("the", "a", "each", "that", "their"))
    ):
        k -= 1
    if mention.veto != "dose" or k <= a:
        return False
    dosed = tokens[k].word == "of" and tokens[k - 1].word in ("day", "days", "night", "morning")
    return tokens[k].word in _WHEN_DOSED or dosed or _behind_one(tokens, a, mention)


_WHEN_DOSED = word_set("at after before following since")


def _behind_one(tokens: list[Token], a: int, mention: Mention) -> bool:
    """ "pain fell AFTER A first DOSE OF 20 mg wax (-26)": all of the dose is told."""
    k = mention.last
    if k + 2 >= len(tokens) or tokens[k].word != "of" or tokens[k + 1].kind != "n":
        return False
    ahead = {token.word for token in tokens[max(a, mention.first - 7) : mention.first]}
    return tokens[k + 2].word in DRUG_UNITS and not ahead.isdisjoint(("after", "following"))


def along_a_slope(tokens: list[Token], mention: Mention) -> bool:
    """ "VAS moved ON A STEADY SLOPE and was 3.1": how it went, and no angle that was measured."""
    if mention.veto != "angle" or tokens[mention.first].word not in ("slope", "curvature"):
        return False
    k = mention.first - 1
    k -= k > 0 and tokens[k].kind == "w" and is_content(tokens[k].word)
    behind = tokens[mention.last].word if mention.last < len(tokens) else ""
    on = k > 0 and tokens[k].word in ("a", "an", "the") and tokens[k - 1].word in ("on", "along")
    return on and behind != "of"


def of_a_dosage(tokens: list[Token], a: int, mention: Mention) -> bool:
    """ "(high-DOSE: 3.1; low-DOSE: 4.4)": a part of a group's name, and nothing measured."""
    k = mention.first
    adjective = k - 2 >= a and tokens[k - 1].word == "-" and tokens[k - 2].word in _DOSAGES
    behind = tokens[mention.last].word if mention.last < len(tokens) else ""
    return adjective and tokens[k].word == "dose" and behind in (":", "group", "arm", ")", ",")


_DOSAGES = word_set(
    "high low full half standard single double reduced medium moderate higher lower"
)


def of_a_factor(tokens: list[Token], a: int, mention: Mention) -> bool:
    """ "pain differed BY DRAIN SIZE (small 2.7, large 4.0)": what sets the groups apart."""
    lead = [tokens[k].word for k in range(max(a, mention.first - 3), mention.first)]
    if "by" not in lead:
        return False
    at = mention.first - len(lead) + lead.index("by")
    return any(tokens[k].word in _DIFFERED for k in range(max(a, at - 2), at))


_DIFFERED = word_set("differed differ differs varied vary varies stratified grouped split divided")


def during_a_stay(tokens: list[Token], a: int, mention: Mention) -> bool:
    """ "mean NRS DURING THE HOSPITAL STAY was 2.1": when a score was taken, and no measure."""
    if mention.veto == "follow-up":
        if tokens[mention.first - 1].word == "(" and _length_in_bracket(tokens, mention):
            return True
        # "the mean score DURING FOLLOW-UP was lower"
        lead = mention.first - 1 - (tokens[mention.first - 1].word == "the")
        return lead >= a and tokens[lead].word in ("during", "throughout", "over")
    if mention.veto != "duration" or tokens[mention.last - 1].word not in _STAYS:
        return False
    words = [tokens[k].word for k in range(max(a, mention.first - 4), mention.first)]
    while words and words[-1] in _BEFORE_STAY:
        words.pop()
    return words[-1:] in (["during"], ["throughout"], ["over"])


def _length_in_bracket(tokens: list[Token], mention: Mention) -> bool:
    """ "VAS in 27 adults (MEAN FOLLOW-UP 14 MONTHS) was 3": told by the way, with its unit."""
    closed = close_bracket(tokens, mention.first - 1, min(mention.last + _LENGTH, len(tokens)))
    return closed is not None and any(
        tokens[k].kind == "n" and tokens[k + 1].word in _LONG for k in range(mention.last, closed)
    )


_LENGTH = 10
_LONG = word_set("days day weeks week months month years year mo yr yrs wk wks")
_STAYS = word_set("stay hospitalization hospitalisation")
_BEFORE_STAY = word_set("the their whole entire time of period hospital total inpatient length")


def of_other_measure(tokens: list[Token], other: Mention, place: Mention) -> bool:
    """ "The mean T-score AT THE HIP was": a place behind another measure is that of the other."""
    if other.key is not None or place.key != "" or not 1 <= place.first - other.last <= 2:
        return False
    gap = [tokens[k].word for k in range(other.last, place.first)]
    return gap[0] in ("at", "of", "in") and gap[1:] in ([], ["the"])


def under_curve(tokens: list[Token], other: Mention, inner: Mention) -> bool:
    """ "the AREA UNDER the 12 h pain CURVE": what the area was taken of has no score there."""
    if other.key is not None or tokens[other.first].word != "area":
        return False
    if not 0 <= inner.first - other.last <= 8:
        return False
    return any(token.word in ("curve", "curves") for token in tokens[inner.last : inner.last + 6])


def is_instrument(mark: Mark, profile: Profile) -> bool:
    return mark.kind == "measure" and profile.measures[mark.key].instrument


_PEOPLE_PRESENTING = PEOPLE | {"those", "presenting", "diagnosed"}


def _modifies(tokens: list[Token], a: int, first: int) -> str | None:
    """Whether a construct only describes people or a cause: "patients with pain", "due to pain"."""
    words = [tokens[k].word for k in range(max(a, first - 5), first)]
    tail = [w for w in words if w not in ("the", "their", "a")]
    caused = len(tail) > 1 and tail[-1] in ("to", "of", "by")
    if caused and tail[-2] in _CAUSES:
        return "cause"
    if tail[-1:] == ["of"] and tail[-4:-2] in (["time", "to"], ["time", "until"]):
        return "cause"  # "time to progression OF PAIN was 11 and 14 weeks"
    if len(tail) > 1 and ((tail[-2] in _DONE_BY and tail[-1] in _TOWARDS) or _held(*tail[-2:])):
        return "cause"
    for k in range(len(words) - 1, -1, -1):
        if words[k] == "with":
            return "people" if k and words[k - 1] in _PEOPLE_PRESENTING else None
        if words[k] in VERBS or words[k] in _ENDS_MODIFIER:
            return None
    return None


def _their_mean(tokens: list[Token], first: int, last: int) -> bool:
    """ "84 patients with a MEAN pain score OF 6.4": what they scored, and no mere condition."""
    if last + 1 >= len(tokens) or tokens[last].word != "of" or tokens[last + 1].kind != "n":
        return False
    return any(token.word in CENTRES for token in tokens[max(0, first - 2) : first])


def _named_scale(tokens: list[Token], a: int, first: int) -> bool:
    """ "the HARROW back pain scale": an instrument by a proper name, which is none of ours."""
    if first - 1 <= a:
        return False
    name = tokens[first - 1]
    proper = name.kind == "w" and name.raw[:1].isupper() and name.raw[1:].islower()
    opens = tokens[first - 2].word in (".", ":", "(")
    return proper and name.mark is None and not opens and name.word not in ADJECTIVES


_FORMS = word_set("scale questionnaire inventory index")


_RATED_KINDS = frozenset(("measure", "compound", "qualifier"))


def read_mention(
    tokens: list[Token], a: int, cluster: list[Mark], profile: Profile
) -> Mention | None:
    cluster = _without_group(tokens, cluster)
    # "and LASTING (VAS 2.7)": a score, and no length of time
    cluster = [m for m in cluster if m.kind != "veto" or not _held_on(tokens, m)]
    if not cluster:
        return None
    first, last = cluster[0].first, cluster[-1].last
    kinds = {mark.kind for mark in cluster}
    felt = "measure" in kinds and any([is_instrument(mark, profile) for mark in cluster])
    if not felt and kinds <= _RATED_KINDS:
        role = _modifies(tokens, a, first)
        if role == "cause":
            return Mention(first, last, None, None, "another construct")
        if role == "people" and not (
            _their_mean(tokens, first, last) or _fronted_subject(tokens, a, first, last)
        ):
            return None
    after = tokens[last].word if last < len(tokens) else ""
    if after in ("group", "groups") and not felt:
        return None  # "the back pain group scored higher": a name of people
    form = not felt and (after in _FORMS or tokens[last - 1].word in _FORMS)
    if form and _named_scale(tokens, a, first):
        return Mention(first, last, None, None, "unknown measure")
    thought = first > 0 and tokens[first - 1].word in _NOT_FELT
    if thought or (not felt and _not_how_bad(tokens, first, last)):
        # "EXPECTED pain", "the RECALLED NRS pain": what people thought of, and did not feel
        return Mention(first, last, None, None, "another construct")
    if after in _PART_HEADS and not felt:
        # "the SRS-22 pain domain": a part of an instrument that the profile does not know.
        return Mention(first, last, None, None, "part of another instrument")
    qualifier: str | None = None
    activity = cluster[0].kind == "qualifier" and tokens[first].word.startswith("activit")
    if activity and first > a and tokens[first - 1].word == "disease":
        return Mention(first, last, None, None, "another construct")
    if kinds == {"veto"} and after in _RATED_IT and _modifies(tokens, a, first) == "people":
        return None  # "the 34 patients WITH COLLAPSE rated pain at 2.3": why they came
    for mark in cluster if "veto" in kinds else ():
        if mark.kind == "veto" and not _attack_rated(tokens, mark, cluster, profile):
            return Mention(first, last, None, None, mark.key)
    measures = [mark for mark in cluster if mark.kind == "measure"]
    if "other" in kinds:
        others = [mark for mark in cluster if mark.kind == "other"]
        named = [mark for mark in measures if profile.measures[mark.key].alone]
        if not named:
            return (
                Mention(first, last, None, None, f"another construct: {others[0].key}")
                if measures or for_pronoun(tokens, a, first)
                else None
            )
    if not measures and "compound" not in kinds:
        return None
    key, instrument = None, False
    for mark in measures:
        measure = profile.measures[mark.key]
        if measure.instrument and (key is None or not instrument):
            key, instrument = mark.key, True
        elif key is None:
            key = mark.key
    if "compound" in kinds:
        compounds = [mark for mark in cluster if mark.kind == "compound"]
        construct, _, place = compounds[0].key.partition(":")
        key = key or construct
        qualifier = place
    # Of several qualifiers the state (walking, rest) says more than the place.
    for mark in cluster if "qualifier" in kinds else ():
        if mark.kind == "qualifier" and (qualifier is None or mark.key in STATES):
            qualifier = mark.key
    qualifier = next((mark.part for mark in measures if mark.part), qualifier)
    if qualifier is None:
        qualifier = _open_qualifier(tokens, a, measures, profile)
        # "heel VAS and ANKLE VAS": the place is part of the name, so that names make a list
        first -= qualifier in BODY and first > a and tokens[first - 1].word == qualifier
    if qualifier is None:
        qualifier = _item(tokens, a, first, last)
    return Mention(first, last, key, qualifier, None, instrument)


def _fronted_subject(tokens: list[Token], a: int, first: int, last: int) -> bool:
    """ "IN people with Paget disease PAIN FELL from 7 to 4": no comma, but no other subject."""
    words = [tokens[k].word for k in range(a, first)]
    if last >= len(tokens) or tokens[last].word not in _FELL or "," in words:
        return False
    heading = words[1:] if words[1:2] == [":"] else words
    return heading[:1] in (["in"], ["among"], ["for"])


_FELL = word_set("fell decreased declined dropped improved was averaged rose increased diminished")


def _without_group(tokens: list[Token], cluster: list[Mark]) -> list[Mark]:
    """ "the NRS in the REST GROUP": the name of a group, and not the state that was rated."""
    mark = cluster[-1]
    if len(cluster) < 2 or mark.kind != "qualifier" or mark.last >= len(tokens):
        return cluster
    named = tokens[mark.last].word in GROUP_NOUNS and mark.key in STATES
    gap = {tokens[k].word for k in range(cluster[-2].last, mark.first)}
    return cluster[:-1] if named and gap & _OF_GROUPS else cluster


_RATED_IT = word_set("rated scored graded marked gave")
_OF_GROUPS = word_set("in of for among within")


def _attack_rated(tokens: list[Token], mark: Mark, cluster: list[Mark], profile: Profile) -> bool:
    """ "worst-attack NRS", "the VAS of the attack": how bad attacks were, not how many."""
    return tokens[mark.first].word in _ATTACKS and any(is_instrument(m, profile) for m in cluster)


def _held_on(tokens: list[Token], mark: Mark) -> bool:
    """ "the GAIN LASTED (mean fall of 41 mm)": it did not end, and no length of time is told.

    So is "the effect was LONG-LASTING", "lasted FOR 24 months, WITH A mean SCORE of".
    """
    if mark.key != "duration" or mark.last >= len(tokens):
        return False
    lead, behind = tokens[mark.first - 1].word, tokens[mark.last].word
    opened = behind in ("(", "[") and tokens[mark.last + 1].kind == "w"
    if tokens[mark.first].word == "lasting":
        if opened and tokens[mark.last + 1].word in _SCORED:
            return True  # "relief was quick and LASTING (VAS 2.7)"
        stated = lead in STATE and behind in _ON
        return stated or (lead == "-" and tokens[mark.first - 2].word == "long")
    if tokens[mark.first].word != "lasted":
        return False
    near = [token.word for token in tokens[mark.last : mark.last + 9]]
    scored = behind == "for" and "with" in near and not _SCORED.isdisjoint(near)
    return lead in _GAINS and (opened or scored or behind in _ON)


_SCORED = word_set("score scores rating ratings vas nrs")
_ON = word_set(", ; . and until throughout to up at beyond through")
_GAINS = CHANGE_NOUNS | word_set("effect effects benefit benefits response responses relief")


def _item(tokens: list[Token], a: int, first: int, last: int) -> str | None:
    """ "BPI worst pain", "average NRS": which of several items of one scale is meant.

    "Average" and "usual" say so only beside a centre ("median average NRS") or where the text
    has a worst item too; else they are the mean.
    """
    for k in range(max(a, first - 1), last):
        word = tokens[k].word
        if word in _ITEMS:
            return word
        if word not in _ITEMS_TOO or (k + 1 < len(tokens) and tokens[k + 1].word in ("of", "and")):
            continue
        centred = k > a and tokens[k - 1].word in ("mean", "median")
        if centred or (tokens[k].mark is not None and k > first) or _worst_item(tokens):
            return word
    return None


def _worst_item(tokens: list[Token]) -> bool:
    return any(
        token.word == "worst"
        and k + 1 < len(tokens)
        and is_measure(tokens[k + 1])
        and tokens[k - 1].kind == "w"
        for k, token in enumerate(tokens)
    )


_ITEMS = word_set("worst least")
_ITEMS_TOO = word_set("average usual")
_ATTACKS = word_set("attack attacks episode episodes")


_PART_HEADS = word_set(
    "domain domains subscale subscales subscore subscores dimension component catastrophizing "
    "catastrophising catastrophisation interference disability acceptance coping behaviour "
    "behavior "
    "threshold thresholds tolerance medication medications drug drugs free days episodes attacks "
    "frequency duration knowledge beliefs attitudes relief vigilance bothersomeness site sites "
    "distress impact behaviours behaviors burden control management awareness unpleasantness "
    "worry worries expectation expectations expectancy rumination helplessness location locations "
    "distribution onset self-management education neuroscience literacy"
)


_DAYTIMES = word_set("morning evening daytime nighttime night-time")
# "at ADMISSION pain was 6": when, and not where
_WHEN = word_set(
    "immediate early late delayed initial final subsequent later discharge arrival review "
    "admission entry presentation consultation referral hospitalisation hospitalization triage"
)


# "postoperative pain": when, and not where
_ILL = word_set("disease syndrome disorder whom whose")
_NO_PLACE = EVENT | CHECK | GROUP | PRE_WORDS | POST_WORDS | _WHEN | _ILL | (PEOPLE - LIMBS)


def _open_qualifier(
    tokens: list[Token], a: int, measures: list[Mark], profile: Profile
) -> str | None:
    """The noun directly before a construct's name: "thumb pain", "stair pain"."""
    for mark in measures:
        if is_instrument(mark, profile) and tokens[mark.first].word not in profile.construct_words:
            k = mark.first - 1
            part = k >= a and tokens[k].mark is None
            part = part and (tokens[k].word in _DAYTIMES or tokens[k].word in BODY)
            if part and profile.measures[mark.key].construct is not None:
                return tokens[k].word  # "the wrist NRS"
            continue
        k = mark.first - 1
        if k < a or tokens[k].kind != "w" or tokens[k].mark is not None:
            continue
        word = tokens[k].word
        if k > a and tokens[k - 1].kind == "n" and word.endswith("s"):
            continue  # "in 27 weavers pain was lower"
        if (
            word in ADJECTIVES
            or word in UNIT_DAYS
            or word in _NO_PLACE
            or tokens[k - 1].word == "-"
            or not is_content(word)
            or len(word) < 3
            or word.endswith("ly")
        ):
            continue
        return word
    return None

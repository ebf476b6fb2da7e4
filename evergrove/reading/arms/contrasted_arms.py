"""Groups set against each other in one sentence."""

from __future__ import annotations

import itertools

from evergrove.reading.arms.arm_phrases import phrase_before, text_of
from evergrove.reading.arms.arm_slots import (
    noun_phrase,
)
from evergrove.reading.arms.arms import Arm, is_sex, words_of
from evergrove.reading.arms.dose_groups import DOSE_UNITS
from evergrove.reading.arms.former_and_latter import compared_subjects, phrase_ahead
from evergrove.reading.arms.parts_with import of_counted_part
from evergrove.reading.document import Document
from evergrove.reading.measures.claim_subjects import moves_it
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.numbers.subject_asides import before_aside
from evergrove.reading.text.small_words import COMPARED
from evergrove.reading.text.stat_words import DIFFER, LOWERING_VERBS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import ANYONE, BODY_PLACES, GROUP, NOT_ARM, is_content, word_set
from evergrove.reading.view import View

_PAIR_JOINERS = word_set("and or with versus vs to against")


def contrasted(slots: list[Arm], tokens: list[Token]) -> list[Arm]:
    """Conditions of people, and what went on meanwhile, name groups only as one of several."""
    out = list(slots)
    for slot, heads in (("condition", None), ("during", _LASTING), ("given", None)):
        mine = [s for s in slots if s.slot == slot and s.strength == 1]
        if not mine:
            continue
        names = {s.name.lower() for s in mine}
        if slot == "given":
            names |= {s.name.lower() for s in slots if s.strength > 1 or s.slot in _PLACES}
        proper = heads is None or all(tokens[s.last - 1].word in heads for s in mine)
        proper = proper or any(words_of(s.name) & _INERT for s in mine)
        if slot == "condition" and len(names) == 1:
            # "in the 27 with cysts and the 31 without cysts"
            names |= {s.name.lower() for s in slots if s.name == f"no {next(iter(names))}"}
        if slot == "condition" and len(names) == 1 and of_counted_part(tokens, mine[0]):
            continue
        if len(names) < 2 or not proper:
            out = [s for s in out if s not in mine]
    return out


_DEGREES = word_set("mild moderate severe none low high slight")


_INERT = word_set("placebo sham saline")


_PLACES = word_set("in with on among for under")


_LASTING = word_set(
    "therapy treatment sessions session training stimulation music hypnosis infusion exercise "
    "period phase weeks days programme program care support"
)


def hosts(tokens: list[Token], view: View, values: list[Value], busy: set[int]) -> list[Arm]:
    """ "between midazolam (VAS 5.3) and ketamine (VAS 5.7)": what stands before each bracket."""
    if view.words.isdisjoint(("(", "[")):
        return []
    named = {k for m in view.mentions for k in range(m.first, m.last)}
    out: list[Arm] = []
    for value in values:
        k = value.first - 1
        while k > view.a and (
            k in named or tokens[k].word in _INSIDE_HOST or _share(tokens, k, value.first)
        ):
            k -= 1
        if k <= view.a or tokens[k].word not in ("(", "["):
            continue
        span = phrase_before(tokens, k, view.a)
        if span is None or any(m in busy for m in range(*span)):
            continue
        head = tokens[span[1] - 1].word
        if (
            head in ANYONE
            or head in GROUP
            or head.endswith("ly")
            or head in _DEGREES
            or not words_of(text_of(tokens, *span))
        ):
            continue
        name = text_of(tokens, *span)
        out.append(Arm(span[0], span[1], name, 1, slot="host", np_first=span[0]))
    return out if len({arm.name.lower() for arm in out}) >= 2 else []


def _share(tokens: list[Token], k: int, first: int) -> bool:
    """ "wax (SUCCESS RATE, 75%; 2.2 points)": what a bracket tells before a score."""
    word = tokens[k].word
    if word in ("%", ";") or word in _SHARE_NOUNS:
        return "%" in [tokens[m].word for m in range(k - 1, first)]
    return tokens[k].kind == "n" and tokens[k + 1].word == "%"


_SHARE_NOUNS = word_set("success response responder responders rate recovery cure recovered")
_INSIDE_HOST = word_set("mean median average score of a = : ,")


def subject_pair(tokens: list[Token], view: View, values: list[Value]) -> list[Arm]:
    """ "Smokers and non-smokers did not differ (3.9 vs 3.6)": two subjects of one verb."""
    pair = any(
        tokens[v.last].word in ("vs", "versus", "against") for v in values if v.last < view.b
    )
    if not pair:
        return []
    for k in range(view.a + 1, min(view.b, view.a + 8)):
        if tokens[k].word != "and":
            continue
        left = phrase_before(tokens, k, view.a)
        right = noun_phrase(tokens, k + 1, view.b)
        if left is None or right is None or left[0] > view.a + 1 or right[1] >= view.b:
            return []
        verb = tokens[right[1]].word
        by_sex = all(is_sex(tokens[span[1] - 1].word) for span in (left, right))
        if verb not in _SUBJECT_VERBS or not (by_sex or words_of(text_of(tokens, *left))):
            return []
        return [
            Arm(span[0], span[1], text_of(tokens, *span), 2, slot="pair", np_first=span[0])
            for span in (left, right)
        ]
    return []


def set_against(tokens: list[Token], view: View, busy: set[int]) -> list[Arm]:
    """ "COMPARED WITH REST, TAPE lowered VAS by 8 mm": the two groups of a difference."""
    k = view.a + 2 * (tokens[min(view.a + 1, view.b - 1)].word == ":")
    if k + 4 >= view.b:
        return []
    if tokens[k].word in COMPARED and tokens[k + 1].word in ("with", "to"):
        k += 1
    elif tokens[k].word not in ("against", "versus", "unlike"):
        return []
    rest = tokens[k + 1].word == "rest"
    other = (k + 1, k + 2) if rest else noun_phrase(tokens, k + 1, view.b)
    if other is None or tokens[other[1]].word != ",":
        return []
    mine = noun_phrase(tokens, other[1] + 1, view.b)
    if mine is None or mine[1] >= view.b or tokens[mine[1]].word not in LOWERING_VERBS:
        return []
    spans = (other, mine)
    if any(m in busy for span in spans for m in range(*span) if not (rest and span == other)):
        return []
    return _both(tokens, spans, "state", _ALLOWED_HEADS)


def lowered_beside(tokens: list[Token], view: View, busy: set[int]) -> list[Arm]:
    """ "WAX lowered the 6-hour NRS by 1.7 RELATIVE TO CLAY (95% CI 0.6 to 2.8)": both groups.

    The subject that opens the sentence, and the phrase behind the words of comparison.
    """
    start = view.a + 2 * (tokens[min(view.a + 1, view.b - 1)].word == ":")
    mine = noun_phrase(tokens, start, view.b)
    if mine is None or mine[1] >= view.b or tokens[mine[1]].word not in LOWERING_VERBS:
        return []
    if tokens[mine[0]].word in ("adding", "addition"):
        return []  # "ADDING TAPE lowered it ... relative to icing alone": the group had both
    by = next((k for k in range(mine[1], view.b - 3) if tokens[k].word == "by"), 0)
    if not any(mention.key and mine[1] < mention.first < by for mention in view.mentions):
        return []
    for k in range(by + 2, view.b - 2):
        pair = tokens[k].word in COMPARED and tokens[k + 1].word in _WITH
        if not pair and tokens[k].word not in ("versus", "vs"):
            continue
        other = noun_phrase(tokens, k + 1 + pair, view.b)
        ends = other is not None and other[1] < len(tokens)
        if other is None or not ends or tokens[other[1]].word not in _ENDS_NAME:
            return []
        if any(m in busy for span in (mine, other) for m in range(*span)):
            return []
        return _both(tokens, (mine, other), "state", _ALLOWED_HEADS)
    return []


_ENDS_NAME = word_set("( [ , . ; at after over by in")


def _both(
    tokens: list[Token],
    spans: tuple[tuple[int, int], tuple[int, int]],
    slot: str,
    allowed: frozenset[str] = frozenset(),
) -> list[Arm]:
    """Two phrases as groups, where both tell enough; `allowed`: heads that elsewhere name none."""
    names = [text_of(tokens, *span) for span in spans]
    heads = {tokens[span[1] - 1].word for span in spans} - allowed
    if heads & (NOT_ARM | GROUP | ANYONE) or not all(words_of(name) for name in names):
        return []
    return [
        Arm(span[0], span[1], name, 2, slot=slot, np_first=span[0])
        for span, name in zip(spans, names, strict=True)
    ]


_ALLOWED_HEADS = word_set("rest injection injections")


def differed_pair(tokens: list[Token], view: View, busy: set[int]) -> list[Arm]:
    """ "FELT PADS AND GEL PADS differed by 0.6": the two groups of a difference."""
    for k in range(view.a + 3, view.b - 1) if "by" in view.words else ():
        if tokens[k].word not in DIFFER or tokens[k + 1].word not in ("by", "in", "on"):
            continue
        end = k
        while end > view.a and (
            tokens[end - 1].word in _HEDGES or tokens[end - 1].word[-2:] == "ly"
        ):
            end -= 1
        right = phrase_before(tokens, end, view.a)
        joined = right[0] - 1 if right is not None else view.a
        joined -= tokens[joined].word in ("the", "a")
        left = phrase_before(tokens, joined, view.a) if joined > view.a else None
        if right is None or left is None or tokens[joined].word not in ("and", "from"):
            continue
        spans = (left, right)
        if any(m in busy for span in spans for m in range(*span)):
            continue
        if found := _both(tokens, spans, "pair"):
            return found
    return []


_HEDGES = word_set("did not also only hardly barely never still")


def subject_beside(
    tokens: list[Token], view: View, subject: Arm, values: list[Value], busy: set[int]
) -> list[Arm]:
    """ "CUPPING and taping gave scores of 31 and 42": the first of two subjects in turn."""
    joined = subject.first - 1
    joined -= tokens[joined].word in ("the", "a")
    if len(values) != 2 or joined <= view.a or tokens[joined].word != "and":
        return []
    one, two = values
    if one.first < subject.last or two.first - one.last != 1:
        return []
    if tokens[one.last].word not in ("and", "vs", "versus"):
        return []
    span = phrase_before(tokens, joined, view.a)
    if span is None or any(m in busy for m in range(*span)):
        return []
    name = text_of(tokens, *span)
    if tokens[span[1] - 1].word in NOT_ARM | GROUP | ANYONE or not words_of(name):
        return []
    return [Arm(span[0], span[1], name, subject.strength, slot="subject", np_first=span[0])]


_SUBJECT_VERBS = word_set("did do were was differed scored had showed reported have")


def before_versus(tokens: list[Token], view: View, busy: set[int]) -> list[Arm]:
    """ "2.6 versus 3.5, nerve block VERSUS no block": the group named first of two."""
    out = []
    for k in [k for k in range(view.a + 1, view.b) if tokens[k].word in ("versus", "vs")]:
        span = phrase_before(tokens, before_aside(tokens, k, view.a, view.q.values), view.a)
        if span is None or any(m in busy for m in range(*span)):
            continue
        if tokens[span[0] - 1].word in (",", "(", ":", ";"):
            name = text_of(tokens, *span)
            out.append(Arm(span[0], span[1], name, 1, slot="vs", np_first=span[0]))
    return out


def before_than(tokens: list[Token], view: View, sure: list[Arm], busy: set[int]) -> list[Arm]:
    """ "better FOR THE WAX than the clay group": the group of which only the other tells the noun.

    `sure`: the groups of the sentence that are told by their noun, or known.
    """
    out = []
    for arm in sure:
        k = arm.first - 1
        while k > view.a and tokens[k].word in _OWN_LEADS:
            k -= 1
        if k <= view.a or tokens[k].word != "than":
            continue
        span = phrase_before(tokens, k, view.a)
        if span is None or span[1] - span[0] > 2 or any(m in busy for m in range(*span)):
            continue
        lead = span[0] - 1 - (tokens[span[0] - 1].word == "the")
        if tokens[lead].word not in _LEADS_ONE or any(
            a.first < span[1] and span[0] < a.last for a in sure
        ):
            continue
        if tokens[span[1] - 1].word in NOT_ARM | GROUP | ANYONE | BODY_PLACES:
            continue
        out.append(Arm(span[0], span[1], text_of(tokens, *span), 2, slot="vs", np_first=span[0]))
    return out


_OWN_LEADS = word_set("the a an in for with on among")
_LEADS_ONE = word_set("for in with among under")


def described_scores(
    tokens: list[Token], view: View, values: list[Value], busy: set[int]
) -> list[Arm]:
    """ "THE WAXED NRS was 5 and THE UNWAXED 2": the groups as adjectives of their score.

    The second stands right before its value, the first right before the measure.
    """
    if len(values) < 2:
        return []
    for one, two in itertools.pairwise(values):
        k = two.first - 1
        if tokens[k - 1].word != "the" or tokens[k - 2].word not in ("and", ",", "while", "but"):
            continue
        if k - 3 > one.last or not is_content(tokens[k].word) or k in busy:
            continue
        named = [m for m in view.mentions if m.key and m.last <= one.first]
        first = named[-1].first - 1 if named else view.a
        if first <= view.a or tokens[first - 1].word != "the" or first in busy:
            continue
        if not is_content(tokens[first].word) or {tokens[first].word, tokens[k].word} & _SAME_SCORE:
            continue
        names = [text_of(tokens, m, m + 1) for m in (first, k)]
        if names[0].lower() != names[1].lower():
            return [
                Arm(m, m + 1, name, 3, slot="vs", np_first=m)
                for m, name in zip((first, k), names, strict=True)
            ]
    return []


_SAME_SCORE = word_set(
    "mean median average total overall first second third last final initial worst best highest "
    "lowest morning evening night nighttime daytime daily weekly early late resting static dynamic "
    "score scores corresponding respective same other latter former"
)


def subject_compared(
    tokens: list[Token], view: View, slots: list[Arm], values: list[Value], busy: set[int]
) -> list[Arm]:
    """ "SMOKING men had higher scores (3.1 vs 2.0) COMPARED TO non-smokers": the two of the pair.

    The subject of the sentence, and the phrase behind "than" or "compared with" that ends it.
    """
    led = next((s for s in slots if s.slot == "subject" and s.first <= view.a + 3), None)
    pair = any(tokens[v.last].word in ("vs", "versus") for v in values if v.last < view.b)
    if led is None or not pair or view.words.isdisjoint(COMPARING):
        return []
    for k in range(max(value.last for value in values), view.b - 2):
        word = tokens[k].word
        if word != "than" and (word not in COMPARED or tokens[k + 1].word not in _WITH):
            continue
        first = k + 1 + (word != "than")
        first += tokens[first].word in ("with", "in", "the")
        span = noun_phrase(tokens, first, view.b)
        if span is None or any(m in busy for m in range(*span)):
            continue
        if span[1] < view.b and tokens[span[1]].word not in (".", ",", ";", ")"):
            continue
        name = text_of(tokens, *span)
        if not words_of(name) or tokens[span[1] - 1].word in ANYONE:
            continue
        led.strength = 2
        return [Arm(span[0], span[1], name, 2, slot="vs", np_first=span[0])]
    return []


_WITH = word_set("with to")


def transitive(tokens: list[Token], view: View) -> list[int]:
    """Verbs whose subject lowers a measure: "saline LOWERED the VAS by 11 mm"."""
    if view.words.isdisjoint(LOWERING_VERBS):
        return _moving_it(tokens, view)
    return [
        k
        for k in range(view.a, view.b)
        if tokens[k].word in LOWERING_VERBS
        and any(0 < mention.first - k <= 4 and mention.key for mention in view.mentions)
    ] + _moving_it(tokens, view)


def _moving_it(tokens: list[Token], view: View) -> list[int]:
    """ "Warm pads lowered IT to 4.9, and cold pads lowered IT to 3.7": two subjects, two groups."""
    if view.words.isdisjoint(("it", "this", "them")):
        return []
    found = [k for k in range(view.a, view.b - 1) if moves_it(tokens, k)]
    return found if len(found) > 1 else []


def named_pair(document: Document, view: View) -> list[str]:
    """ "Glue and stitches were tried": the two subjects of the sentence before, or of this one."""
    tokens = document.tokens
    index = document.views.index(view)
    for other in (document.views[index - 1] if index else view, view):
        if pair := compared_subjects(tokens, other.a, other.b):
            return pair
        for k in range(other.a + 1, other.b):
            if tokens[k].word in _PAIR_JOINERS:
                dosed = tokens[k - 1].word in DOSE_UNITS and tokens[k - 2].kind == "n"
                left = phrase_ahead(tokens, k - 2 * dosed, other.a)  # "wax 400 MG and clay"
                by = tokens[k + 1].word if k + 1 < other.b else ""
                at = k + 1 + (by in ("by", "with", "in", "to"))
                right = noun_phrase(tokens, at, other.b)
                if left is not None and right is not None:
                    return [text_of(tokens, *left), text_of(tokens, *right)]
    return []


def objects(tokens: list[Token], k: int, b: int, busy: set[int]) -> list[Arm]:
    """ "favoured cork insoles over foam", "in favour of taping": the groups behind the verb."""
    out: list[Arm] = []
    i = k + 1
    if i < b and tokens[i].word == "of":
        i += 1
    while True:
        span = noun_phrase(tokens, i, b)
        if span is None or any(m in busy for m in range(*span)):
            return out
        out.append(
            Arm(
                span[0],
                span[1],
                text_of(tokens, *span),
                2,
                slot="favoured",
                np_first=span[0],
            )
        )
        if span[1] < b and tokens[span[1]].word in ("over", "versus", "vs") and len(out) < 2:
            i = span[1] + 1
            continue
        return out


def _only_compared(tokens: list[Token], view: View, k: int) -> bool:
    """ "With wax it was 5 and 2, with differences COMPARED TO the other group": none of its values.

    Not so where two values are set against each other: "3.2 vs 4.2, lower than in the other group".
    """
    last = max((v.last for v in view.q.values if v.last <= k), default=k)
    if last == k or any(v.first > k for v in view.q.values):
        return False
    if any(tokens[m].word in ("vs", "versus", "against") for m in range(view.a, last)):
        return False
    return any(tokens[m].word in COMPARING for m in range(last, k))


COMPARING = word_set("compared relative than versus vs comparison")


def the_other(document: Document, view: View, chosen: list[Arm]) -> list[Arm]:
    """ "3.2 with gel versus 4.2 in THE OTHER GROUP": of two groups, the one not named before.

    The one before may stand in the sentence before: "... with gel. In the other group ...".
    """
    tokens, declared = document.tokens, document.declared
    if len(declared.arms) != 2:
        return []
    out: list[Arm] = []
    for k in range(view.a + 2, view.b - 1):
        if tokens[k].word != "other" or tokens[k - 1].word != "the":
            continue
        if tokens[k + 1].word not in GROUP or any(arm.first <= k < arm.last for arm in chosen):
            continue
        if _only_compared(tokens, view, k):
            continue
        before = [arm for arm in [*chosen, *out] if arm.arm is not None and arm.last < k]
        if not before and k < view.a + 6:
            at = document.views.index(view)
            before = [arm for arm in document.views[at - 1].arms if at and arm.arm is not None]
            before = before if len({id(arm.arm) for arm in before}) == 1 else []
        if before and tokens[k - 2].word != "each":
            last = max(before, key=lambda arm: arm.first)
            other = next(arm for arm in declared.arms if arm is not last.arm)
            out.append(Arm(k - 1, k + 2, other.shown(), 3, other))
    return out

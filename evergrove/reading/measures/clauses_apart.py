"""Two clauses of one sentence, of which only one tells scores: read as two sentences.

"The MCID WAS 1.4, and VAS at 3 weeks was 3.1 with wax": a relation, a yardstick or a count of
people lends neither number, nor time, nor p to the scores beside it.
"""

from __future__ import annotations

from evergrove.reading.numbers.p_of_relations import MAYBE_RELATED, relates
from evergrove.reading.text.sections import Sentence
from evergrove.reading.text.small_words import CLOSES, OPENS, TURNS_ON
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, STATE, UNIT_DAYS, VERBS, word_set

_YARDSTICKS = word_set(
    "mcid mcids mcic cut-off cut-offs cutoff cutoffs defined regarded considered deemed icc auc "
    "required eligible kappa alpha reliability sensitivity variance odds hazard hazards "
    "heterogeneity measurement proportion curve accounted"
)
_PLANS = word_set("detect detection power powered")
_HAPPENED = word_set(
    "persisted persists occurred recurred returned developed resolved vanished disappeared"
)
_FARED = word_set("improved worsened unchanged satisfied dissatisfied")
_REPORTED = word_set("reported present recorded noted observed seen found reached")
_SUFFERED = word_set("had have reported experienced felt complained suffered")
_EVENTS = word_set("effects events complications complication adverse infections")
#: A sentence without these has no such clause.
MAYBE_APART = MAYBE_RELATED | _YARDSTICKS | _HAPPENED | _REPORTED | _SUFFERED | _EVENTS
MAYBE_APART |= _PLANS | _FARED
_PAINS = word_set("pain pains headache headaches ache discomfort")
_HOW_MUCH = word_set(
    "no mild moderate severe any some persistent persisting residual chronic recurrent of from "
    "only complete slight intermittent occasional continuous"
)
# What a clause opens with that holds for the next one, too ("at 3 weeks", "in the wax group").
_OPENS = word_set("in with for among after at of when if on by as to from given under which")
_MODELS = word_set("model models analysis analyses regression")
_PRONOUNS = word_set("it they this these those that which both he she its their such")
_MOVES = STATE | VERBS | _HAPPENED
_MOVES |= word_set("predicted predicts explained explains raised complained accounted allow")
_MOVES -= word_set("level average averaging mean use using measured")
_COUNTED = PEOPLE | word_set("cases case")


def clauses_apart(tokens: list[Token], parts: list[Sentence]) -> list[Sentence]:
    """The sentences, with those in two that hold a clause of scores and one of something else."""
    out: list[Sentence] = []
    for part in parts:
        cut = _cut(tokens, part.first, part.last)
        ends = [part.last] if cut is None else [cut, part.last]
        first = part.first
        for end in ends:
            out.append(Sentence(first, end, part.section))
            first = end
    return out


def _cut(tokens: list[Token], a: int, b: int) -> int | None:
    """The first token of the second of two such clauses; None where there are none.

    What goes ahead lends its time to what follows, if that has none.
    """
    words = [token.word for token in tokens[a:b]]
    if MAYBE_APART.isdisjoint(words) or ("," not in words and ";" not in words):
        return None
    joints = _joints(tokens, a, b)
    for end, start in joints[:1]:
        if _tells_other(tokens, a, end) and _tells_scores(tokens, start, b):
            lends = _dated(tokens, a, end) or _opens_for_both(tokens, a, end)
            return None if lends else start
    for end, start in joints[-1:]:
        if _tells_scores(tokens, a, end) and _tells_other(tokens, start, b):
            lacks = not _dated(tokens, a, end) and _dated(tokens, start, b)
            return None if lacks else start
    return None


def _opens_for_both(tokens: list[Token], a: int, end: int) -> bool:
    """ "IN THE WAX GROUP, age predicted relapse, and VAS ..."; not "in a regression MODEL"."""
    model = any(tokens[k].word in _MODELS for k in range(a, min(a + 6, end)))
    return tokens[a].word in _OPENS and not model


def _joints(tokens: list[Token], a: int, b: int) -> list[tuple[int, int]]:
    """Where a clause ends, and the next begins: at "; ", ", and", ", whereas", out of brackets."""
    out: list[tuple[int, int]] = []
    depth = 0
    for k in range(a + 1, b - 2):
        word = tokens[k].word
        depth += (word in OPENS) - (word in CLOSES)
        if depth or word not in (",", ";"):
            continue
        turned = tokens[k + 1].word in TURNS_ON
        if turned or word == ";":
            out.append((k, k + 1 + turned))
    return out


def _verb(tokens: list[Token], a: int, b: int) -> int | None:
    """The first verb of a clause, outside of brackets."""
    depth = 0
    for k in range(a, b):
        word = tokens[k].word
        depth += (word in OPENS) - (word in CLOSES)
        if not depth and word in _MOVES and k > a:
            return k
    return None


def _tells_scores(tokens: list[Token], a: int, b: int) -> bool:
    """ "VAS AT 3 WEEKS WAS 3.1 with wax": a measure, a verb and a score, and nothing else."""
    verb = _verb(tokens, a, b)
    if verb is None or any(_triggers(tokens, k) for k in range(a, b)):
        return False
    named = any(getattr(tokens[k].mark, "kind", "") == "measure" for k in range(a, verb))
    return named and any(tokens[k].kind == "n" and "." in tokens[k].word for k in range(verb, b))


def _triggers(tokens: list[Token], k: int) -> bool:
    word = tokens[k].word
    return word in _YARDSTICKS or word in _HAPPENED or relates(tokens, k)


def _tells_other(tokens: list[Token], a: int, b: int) -> bool:
    """Whether a clause with a subject of its own tells a relation, a yardstick or a count."""
    verb = _verb(tokens, a, b)
    if verb is None or tokens[a].word in _PRONOUNS or _joints(tokens, a, b):
        return False
    told = any(
        tokens[k].word in _YARDSTICKS or relates(tokens, k) for k in range(a, min(verb + 7, b))
    )
    told = told or any(tokens[k].word in _PLANS for k in range(a, b))
    return told or (_people_counted(tokens, a, b) and _whole(tokens, a, b))


def _people_counted(tokens: list[Token], a: int, b: int) -> bool:
    """ "pain PERSISTED in 7 PATIENTS", "was REPORTED BY 12 of 41", "12% HAD PAIN at rest"."""
    for k in range(a + 1, b - 1):
        word = tokens[k].word
        if word in _HAPPENED or word in _EVENTS:
            return True
        then = tokens[k + 1].word
        if word in _FARED and _fared(tokens, a, k, b):
            return True
        if word in _REPORTED and then in ("in", "by") and k + 2 < b and tokens[k + 2].kind == "n":
            return True
        if word in _SUFFERED and any(tokens[m].kind == "n" for m in range(a, k)):
            m = k + 1
            while m < b - 1 and tokens[m].word in _HOW_MUCH:
                m += 1
            if tokens[m].word in _PAINS:
                return True
    return False


def _fared(tokens: list[Token], a: int, k: int, b: int) -> bool:
    """ "pain IMPROVED IN 34 nuns", "32 nuns (78%) WERE SATISFIED": how many, and not how far."""
    if tokens[k + 1].word == "in" and k + 2 < b and tokens[k + 2].kind == "n":
        return True
    return tokens[k - 1].word in ("were", "was") and tokens[a].kind == "n"


def _whole(tokens: list[Token], a: int, b: int) -> bool:
    """Whether a clause counts people or gives their share, and has no other number."""
    numbers = [k for k in range(a, b) if tokens[k].kind == "n"]
    shares = [k for k in numbers if k + 1 < b and tokens[k + 1].word == "%"]
    people = any(tokens[k].word in _COUNTED | _EVENTS for k in range(a, b))
    plain = all("." not in tokens[k].word for k in numbers if k not in shares)
    return bool(numbers) and plain and (people or bool(shares))


def _dated(tokens: list[Token], a: int, b: int) -> bool:
    return any(tokens[k].word in UNIT_DAYS for k in range(a, b))

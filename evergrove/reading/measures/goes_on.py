"""Sentences that go on about the score before, and name nothing of their own.

"At 1 year (3.3 vs 3.7) THE DIFFERENCE WAS NO LONGER SIGNIFICANT", "By 1 year THE GROUPS NO LONGER
DIFFERED (3.3 vs 3.7)", "A FURTHER DECREASE TO 2.8 WAS SEEN at 1 year", "VAS fell in both groups.
THE WAX GROUP SHOWED A DECREASE FROM 7 TO 3".
"""

from __future__ import annotations

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.measures.listed_lengths import LASTING
from evergrove.reading.measures.other_constructs import ADJECTIVES
from evergrove.reading.text.stat_words import COMPARATIVE, DIFFER, DIFFERENCE, KEPT
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, GROUP, is_content, word_set
from evergrove.reading.vectors import Memory
from evergrove.reading.view import View

_SEEN = KEPT | word_set(
    "seen found observed noted recorded detected apparent evident present occurred existed "
    "disappeared vanished lost closed narrowed gone equalised equalized reached showed "
    "experienced reported exhibited demonstrated it time results"
)
_PLAIN = word_set(
    "significant significance similar comparable equal alike same longer slight small modest "
    "marked minor mild further subsequent such superior inferior additional clear two three four "
    "gradual between-group intergroup respectively p ns mean means median medians statistical "
    "treatment effect effects"
)
_DIFFERING = (
    DIFFERENCE
    | DIFFER
    | word_set("similar comparable equal alike same equalised superior inferior superiority")
)
# "the difference was LARGER (1.9 vs 1.5)": two differences, and no score of each group
_GREW = word_set("larger greater bigger widened grew grown increased wider more")
_NOTHING_NEW = (
    ADJECTIVES | _SEEN | _PLAIN | _DIFFERING | CHANGE | CHANGE_NOUNS | COMPARATIVE | GROUP
)
_ARTICLES = word_set("a an some further additional")
# Why a number is no score: it is an amount of something else.
_AMOUNTS = word_set("angle dose volume") | {"body size"}
_OF_PEOPLE = word_set("age follow-up")
_SCORES = word_set("score scores rating ratings pain")


def goes_on(document: Document, view: View, run: Run, memory: Memory) -> bool:
    """Whether a sentence that names no measure tells the next values of the score just told.

    The sentence before told them, or tells no numbers but of people.
    """
    if _moved_in_one(document, view, run):
        return True
    if view.mentions or not memory.cells or run.stat == "percent_change":
        return False
    tokens = document.tokens
    kept = run.stat == "level" and not view.words.isdisjoint(KEPT)
    if not (kept or _pair_apart(view, run, memory) or _moved_to(tokens, view, run)):
        return False
    told = not memory.other and _of_the_last(document, view, memory)
    return told and _nothing_new(tokens, view)


def _moved_in_one(document: Document, view: View, run: Run) -> bool:
    """ "VAS fell in both groups. The wax group SHOWED A REDUCTION FROM 7.1 TO 4.1": of that VAS.

    The sentence right before names one measure, no number, and says that it moved; this one names
    groups and times alone.
    """
    if view.mentions or run.role != "from" or view.words.isdisjoint(CHANGE_NOUNS):
        return False
    at = document.views.index(view)
    if not at or not any(arm.arm is not None for arm in view.arms):
        return False
    before = document.views[at - 1]
    named = [m for m in before.mentions if m.veto != "time"]
    if before.q.values or not named or any(not m.key for m in named):
        return False
    moved = not before.words.isdisjoint(CHANGE) and before.section == view.section
    if not moved or len({m.key for m in named}) > 1:
        return False
    tokens = document.tokens
    return _nothing_new(tokens, before) and _nothing_new(tokens, view)


def _pair_apart(view: View, run: Run, memory: Memory) -> bool:
    """ "(3.3 vs 3.7) THE DIFFERENCE was ...": a value for each group, and a word of difference."""
    size = len(run.values)
    each = size > 1 and (run.versus or size == len(memory.arms))
    return each and not view.words.isdisjoint(_DIFFERING) and view.words.isdisjoint(_GREW)


def _moved_to(tokens: list[Token], view: View, run: Run) -> bool:
    """ "A FURTHER DECREASE TO 2.8", "a slight increase TO 2.8": an article, and what it came to."""
    k = run.first - 2
    if run.role != "to" or tokens[run.first - 1].word != "to" or k <= view.a:
        return False
    if tokens[k].word not in CHANGE_NOUNS:
        return False
    near = {tokens[m].word for m in range(max(view.a, k - 3), k)}
    return not near.isdisjoint(_ARTICLES)


def _nothing_new(tokens: list[Token], view: View) -> bool:
    """Whether all that the sentence names are times, groups, and that they differ or moved."""
    held = {k for item in (*view.arms, *view.times) for k in range(item.first, item.last)}
    held |= {k for value in view.q.values for k in range(value.first, value.last)}
    held |= {k for m in view.mentions if m.key for k in range(m.first, m.last)}
    return all(
        token.word in _NOTHING_NEW or not is_content(token.word) or token.word.endswith("ly")
        for k, token in enumerate(tokens[view.a : view.b], view.a)
        if token.kind == "w" and k not in held
    )


def _of_the_last(document: Document, view: View, memory: Memory) -> bool:
    """Whether no sentence with results of another thing stands in between."""
    told = memory.cells[-1].value.at
    at = document.views.index(view)
    between = [other for other in document.views[:at] if other.a > told]
    return all(
        value.percent or value.at in other.q.rejected
        for other in between
        for value in other.q.values
    )


def tells_other_amount(view: View) -> bool:
    """ "The hospital STAY WAS 3.1 DAYS", "extension rose to 58°": an amount of something else."""
    named = any(m.key is None and m.veto and m.veto not in _OF_PEOPLE for m in view.mentions)
    lasting = any(time.kind == "duration" and time.label != "age" for time in view.times)
    lasting |= bool(view.times) and any(mention.veto in LASTING for mention in view.mentions)
    return (named and lasting) or not _AMOUNTS.isdisjoint(view.q.rejected.values())


def of_other_amount(view: View, memory: Memory) -> bool:
    """ "The stay was 3.1 days. At 1 year IT was 2.8": not of the score told before the stay."""
    return memory.other and view.words.isdisjoint(_SCORES)


def amount_of_it(tokens: list[Token], before: Run, run: Run) -> bool:
    """ "NRS fell to 2; depth went from 4.6 TO 3.5 (NET DECREASE: 1.1)": the fall of the 3.5."""
    spreads = [at for spread in before.values[-1].spreads for at in spread.at]
    first = max([before.last, *(at + 1 for at in spreads)])  # "4.6 (SD 1.5; net increase: 1.1)"
    between = [tokens[k].word for k in range(first, run.first)]
    told = not CHANGE_NOUNS.isdisjoint(between) or not DIFFERENCE.isdisjoint(between)
    return told and all(
        word in CHANGE_NOUNS or word in DIFFERENCE or word in _LEADS_AMOUNT for word in between
    )


_LEADS_AMOUNT = word_set("( [ ; , : = a an the of by was net mean median average total absolute")

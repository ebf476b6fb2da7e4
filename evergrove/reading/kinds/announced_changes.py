"""Changes that a comparison announces: "pain REDUCTION was alike; 2 with wax, 3 with cork"."""

from __future__ import annotations

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.kinds.compared_changes import ALIKE, COMPARING, DIRECTED, LESS, MORE_OF
from evergrove.reading.text.small_words import ENDS_SAID
from evergrove.reading.text.stat_words import COMPARATIVE, DIFFERENCE, sign_of
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import CENTRES, CHANGE_NOUNS, STATE, VERBS, word_set
from evergrove.reading.view import View

#: A sentence without these compares no change.
MAYBE_ANNOUNCED = CHANGE_NOUNS

_NAMES = CENTRES | word_set(
    "sd se sem iqr range interquartile quartiles ( ) [ ] ; , of a the means medians values value "
    "being were was at"
)
_ANNOUNCES = word_set(": ; , with at being")
_DENIED = word_set("differ different differed")
#: What may stand in front of the noun: it is the subject, and no part of a phrase.
_NO_SUBJECT = word_set("after following despite without with by from of than no for")


def announced_changes(document: Document, view: View, runs: list[Run]) -> None:
    """ "The FALL in VAS did not differ: 2.1 (1.3) vs 1.8 (1.4)": two falls, and no scores.

    Also ", with 2.1 in the wax group and 1.8 in the cork group", "; median (IQR) of 2 (1-3) and 3
    (1-4)". Nothing but names of centres and spreads stands between the mark and the first number.
    Numbers that go against a comparison ("greater with wax: 3.1 vs 4.0") are left as they are.
    """
    values = [value for run in runs for value in run.values]
    if len(values) < 2 or any(run.role not in ("state", "of") for run in runs):
        return
    if any(run.stat == "change" or run.cue in DIFFERENCE or run.head for run in runs):
        return
    tokens, first = document.tokens, runs[0].first
    named = {k for arm in view.arms for k in range(arm.first, arm.last)}
    mark = _mark(tokens, view.a, first, named)
    told = _compared(tokens, view.a, mark) if mark else None
    if told is None or _measured_anew(view, mark):
        return
    cue, way = told
    ahead = values[0].value - values[1].value
    if way and (len(values) > 2 or ahead * way <= 0):
        return
    document.queue.add("direction_assumed")
    for run in runs:
        run.stat, run.cue, run.sign, run.role = "change", cue, sign_of(cue), "of"


def _mark(tokens: list[Token], a: int, first: int, named: set[int]) -> int:
    """The place of the colon, comma or "with" that announces the number at `first`, or 0.

    `named`: the names of groups; one may stand behind a colon ("was alike: WAX 2.1, clay 2.7").
    """
    k = first - 1
    name = k
    while name > a and name in named:
        name -= 1
    if tokens[name].word == ":":
        k = name
    while k > a and tokens[k].word in _NAMES and tokens[k].word not in (";", ",", ":"):
        k -= 1
    if tokens[k].word not in _ANNOUNCES:
        return 0
    return k - (tokens[k].kind == "w" and tokens[k - 1].word in (",", ";"))


def _compared(tokens: list[Token], a: int, mark: int) -> tuple[str, int] | None:
    """The noun of change in front of `mark` and 1 for "greater", -1 for "less", 0 for "alike"."""
    start = mark - 1
    while start > a and tokens[start].word not in ENDS_SAID:
        start -= 1
    verb = next(
        (k for k in range(start, mark) if tokens[k].word in STATE or tokens[k].word in _DENIES),
        None,
    )
    if verb is None:
        return None
    noun = next((k for k in range(start, verb) if _names_change(tokens, k)), None)
    if noun is None or any(tokens[k].word in _NO_SUBJECT for k in range(start, noun)):
        return None
    words = [tokens[k].word for k in range(verb, mark)]
    compared = [word for word in words if word in COMPARING or word in _DENIED]
    moved = any(word in VERBS and word not in _COMPARES for word in words[1:])
    if len(compared) != 1 or moved:
        return None
    way = 1 if compared[0] in MORE_OF else -1 if compared[0] in LESS else 0
    denied = "not" in words or "no" in words or compared[0] in ALIKE
    return tokens[noun].word, 0 if denied else way


_DENIES = word_set("did differed")
_COMPARES = STATE | COMPARING | COMPARATIVE | _DENIES | _DENIED


def _names_change(tokens: list[Token], k: int) -> bool:
    word = tokens[k].word
    return word in CHANGE_NOUNS and (word in DIRECTED or word in ("change", "changes"))


def _measured_anew(view: View, mark: int) -> bool:
    """Whether a measure is named behind the mark: ", with an NRS of 3.1 and 2.9"."""
    return any(mention.first >= mark for mention in view.mentions)


def changes_of_heads(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """ "no difference IN THE (INITIAL) FALL IN NRS (wax, 2.2; clay, 2.1)": changes, each headed.

    All values of one bracket that its groups head, where the noun of change is what leads to it.
    """
    stop = a
    for index, run in enumerate(runs):
        opened = open_bracket(tokens, stop, run.first)
        if run.head is None or opened is None or any(one.first > opened for one in runs[:index]):
            stop = run.last if run.head is None else stop
            continue
        noun = _noun_led(tokens, stop, opened)
        for other in runs[index:] if noun else ():
            if other.head is None or open_bracket(tokens, opened, other.first) != opened:
                break
            if other.stat != "change":
                other.stat, other.cue, other.sign, other.role = "change", noun, sign_of(noun), "of"
        stop = run.last


def _noun_led(tokens: list[Token], start: int, stop: int) -> str:
    """ "fall" of "differed in the initial FALL in", of which nothing else is told behind; or ""."""
    for k in range(stop - 1, start + 1, -1):
        noun = tokens[k].word in CHANGE_NOUNS and tokens[k + 1].word in ("in", "of")
        if not noun and (tokens[k].word in VERBS or tokens[k].word in (";", ",", ")")):
            return ""
        if noun:
            m = k - 1
            while m > start and tokens[m].word in _BEFORE_FALL:
                m -= 1
            return tokens[k].word if m < k - 1 and tokens[m].word in ("in", "of", "for") else ""
    return ""


_BEFORE_FALL = word_set("the mean median average initial early late final total overall absolute")

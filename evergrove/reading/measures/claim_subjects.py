"""The subject of a clause with numbers: the measure before, another thing, or people."""

from __future__ import annotations

import re

from evergrove.reading.frames import Run
from evergrove.reading.measures.mention import Mention
from evergrove.reading.measures.moved_things import had_moved
from evergrove.reading.measures.other_constructs import ADJECTIVES
from evergrove.reading.measures.scored_symptoms import MAYBE_BEFELL, of_symptom
from evergrove.reading.text.tokens import Token, close_bracket
from evergrove.reading.text.words import (
    AGENT,
    ANAPHORS,
    CHANGE,
    CHANGE_NOUNS,
    CHECK,
    DETERMINERS,
    GROUP,
    LIMBS,
    PEOPLE,
    STATE,
    VERBS,
    is_content,
    word_set,
)
from evergrove.reading.view import View

PLAIN = word_set(
    "respectively sd se sem ci iqr range p n mean median results points point units unit mm cm "
    "data baseline overall scale line scales difference differences different adjusted pooled "
    "estimated slight small modest marked minor mild further subsequent transient temporary "
    "renewed clear well above below significant longer similar comparable equal alike unchanged "
    "essentially absolute net crude "
    "unadjusted analysed evaluable available ml contrast gap existed exist seen found apparent "
    "evident remained detected noted ls effect treatment down up back again mg mcg µg kg g min "
    "relative proportional proportionate minutes like minus stable constant steady md wmd low high "
    "sustained maintained thereafter starting beginning thus therefore hence accordingly "
    "consequently leaving giving finished yielding remaining staying settling holding levelling "
    "leveling stabilising stabilizing plateauing reaching attaining returning little"
)

CENTRE_WORDS = word_set("mean means median medians average averages")

_SUBJECT_WORDS = word_set("at after by in on during with for among of following")


_PEOPLE_VERB_WORDS = word_set(
    "scored rated reported had gave yielded logged recorded experienced averaged showed "
    "marked stated"
)


def subject_of(tokens: list[Token], view: View, start: int, run: Run, floor: int) -> str:
    """What the clause that leads to a run is about: anaphor, people, unknown or "" (nothing)."""
    if not view.words.isdisjoint(MAYBE_BEFELL) and of_symptom(tokens, view, run.values[0].first):
        return "unknown"
    verb = run.verb
    covered: set[int] = set()
    for item in (*view.arms, *view.times):
        covered.update(range(item.first, item.last))
    if verb is None or verb < start:
        nouns = {count.noun for count in view.q.counts}
        # "a 3.1-point fall in HEEL NRS ... and a 1.9-point fall": what the measure is about
        nouns |= {m.qualifier for m in view.mentions if m.key and m.qualifier}
        return _gap_subject(tokens, floor, run.first, covered, nouns)
    if not view.words.isdisjoint(_MOVES) and any(
        moves_it(tokens, k) for k in range(start, run.first - 1)
    ):
        return "anaphor"
    if not view.words.isdisjoint(_NEEDED) and _had_a_score(tokens, view, floor, run):
        return "anaphor"
    heading = next((k for k in range(start, min(start + 4, verb)) if tokens[k].word == ":"), None)
    if heading is not None and start == view.a:
        start = heading + 1  # "Results: The nidus measured ...": the heading is no subject
    if any(tokens[k].word in _CONTRASTS for k in range(start, verb)):
        # "the WAX-CLAY difference was", "wax minus clay was": the groups of the sentence
        names = {word for arm in view.arms for word in arm.name.lower().split()}
        covered.update(k for k in range(start, verb) if tokens[k].word in names)
    # "relief was rated" is said of relief, "patients rated" of people.
    passive = verb > start and tokens[verb - 1].word in ("was", "were", "been")
    passive = passive or had_moved(tokens, verb)  # "the gap HAD CLOSED TO 1.2"
    state = "people" if tokens[verb].word in AGENT and not passive else ""
    depth = 0
    unknown = False
    for k in range(start, verb):
        token = tokens[k]
        if token.word in ("(", "["):
            depth += 1
        elif token.word in (")", "]"):
            depth -= 1
        if depth > 0 or k in covered or token.kind != "w":
            continue
        word = token.word
        if word in ANAPHORS or word in ("former", "latter"):
            if word in _SCORED and _named_by(tokens, start, k, covered):
                return "unknown"
            if word in _SCORES and k > start and getattr(tokens[k - 1].mark, "kind", "") == "other":
                return "unknown"  # "improvements in ANXIETY scores were"
            behind = _behind_spread(tokens, k + 1, verb)
            if not (word in CENTRE_WORDS and _names_on(tokens, behind, verb)):
                state = "anaphor"
        elif word == "same" and k == verb - 1 and tokens[k - 1].word == "the":
            state = "anaphor"  # "; THE SAME WAS true at week 9 (2.4 and 3.9)"
        elif word in PEOPLE or word in GROUP or (word in LIMBS and _given(tokens, k + 1, covered)):
            state = state or "people"
        elif word in _OF_THINGS and tokens[k + 1].word in ("of", "for") and k + 2 not in covered:
            unknown = True  # "; USE OF rescue tablets fell by 45%"
        elif _given(tokens, k, covered) or (word == "nothing" and tokens[k + 1].word == "but"):
            continue  # "when NOTHING BUT wax was used"
        elif word in _GREATEST and tokens[k + 1].word in CHANGE_NOUNS:
            state = state or "anaphor"  # "THE MAXIMUM REDUCTION was 4.3 points"
        elif word == "relief" and run.stat == "level" and tokens[k + 1].word in STATE:
            unknown = True
        elif (
            is_content(word)
            and word not in CHANGE
            and word not in PLAIN
            and word != "results"
            and not word.endswith("ly")
        ):
            near = [tokens[m].word for m in range(max(start, k - 4), k)]
            if not (_SUBJECT_WORDS & set(near)):
                unknown = True
    if unknown and state != "anaphor":
        return (
            "people"
            if tokens[verb].word in AGENT and state == "people" and _people_verb(tokens, verb)
            else "unknown"
        )
    return state


_GREATEST = word_set("maximum maximal greatest largest biggest peak")
_OF_THINGS = word_set("use usage need demand demands requests")
_STATISTICS = word_set("t f z u h")
_CONTRASTS = word_set("minus difference differences")


def differs_in_another(tokens: list[Token], view: View, run: Run, floor: int) -> bool:
    """ "The side-to-side difference IN LAXITY was 1.6 mm": not in what the text is about.

    `floor`: the end of the number before it, or the start of the sentence.
    """
    if run.stat != "between_diff":
        return False
    named = next((k for k in range(floor, run.first) if tokens[k].word in _CONTRASTS), None)
    if named is None or any(m.key and named < m.first < run.first for m in view.mentions):
        return False
    # "in laxity" looks like a group too; those that are known, or called groups, are
    groups = [arm for arm in view.arms if arm.arm is not None or arm.strength > 1]
    covered = {k for item in (*groups, *view.times) for k in range(item.first, item.last)}
    for k in range(named + 1, run.first - 1):
        if tokens[k].word not in ("in", "of") or k in covered:
            continue
        m = k + 1
        while m < run.first and (tokens[m].word in DETERMINERS or tokens[m].word in ADJECTIVES):
            m += 1
        known = m in covered or tokens[m].word in _OF_PAIN
        other = getattr(tokens[m].mark, "kind", "") in ("other", "veto")
        if not known and (other or _names_on(tokens, m, run.first)):
            return True
    return False


_OF_PAIN = word_set("pain relief intensity favour favor reduction severity")


def moves_it(tokens: list[Token], k: int) -> bool:
    """ "the pads LOWERED IT to 3.9": a verb that moves what the sentence before is about."""
    if tokens[k].word not in _MOVES or tokens[k + 1].word not in ("it", "this", "them"):
        return False
    return any(token.word in ("to", "by", "from") for token in tokens[k + 2 : k + 4])


def _given(tokens: list[Token], k: int, covered: set[int]) -> bool:
    """ "knees INJECTED WITH wax": what was done to them, and no subject."""
    if not tokens[k].word.endswith("ed") or tokens[k + 1].word not in ("with", "by", "using"):
        return False
    return k + 2 in covered


def _had_a_score(tokens: list[Token], view: View, floor: int, run: Run) -> bool:
    """ "NRS was 7 at entry; they NEEDED less morphine (12 mg) AND HAD A SCORE OF 2": of the NRS.

    The people of the score before are the subject of both verbs, and nothing else was rated.
    """
    k = run.first - 1
    if tokens[k].word != "of" or tokens[k - 1].word not in _SCORES:
        return False
    k -= 2
    while k > floor and tokens[k].word in CENTRE_WORDS | {"a"}:
        k -= 1
    if tokens[k].word != "had" or tokens[k - 1].word != "and":
        return False
    between = range(floor, k)
    needed = any(tokens[m].word in _NEEDED for m in between)
    ends = any(tokens[m].word in (";", ".") for m in between)
    return needed and not ends and not any(m.first in between for m in view.mentions)


_NEEDED = word_set("needed required used took consumed requested received")
_MOVES = word_set(
    "lowered reduced decreased raised increased cut brought lessened diminished halved improved "
    "dropped pushed took"
)


def _gap_subject(
    tokens: list[Token], start: int, stop: int, covered: set[int], nouns: set[str]
) -> str:
    """Whether a gap without a verb holds a noun that is no label ("batch 77")."""
    start = _behind_phrase(tokens, start, stop)
    if [tokens[k].word for k in range(max(start, stop - 2), stop)] == [",", "and"]:
        start = stop  # "7.8 before, whatever the size or shape, and 2.9 after"
    state, depth = "", 0
    closed = {tokens[k].word for k in range(start, stop)} >= {"(", ")"}
    for k in range(start, stop):
        word = tokens[k].word
        if closed and word in ("(", ")"):
            depth += 1 if word == "(" else -1
        if k in covered or tokens[k].kind != "w" or depth > 0:
            continue
        if word in _STATISTICS and tokens[k + 1].word in ("=", ":", "("):
            continue  # "3.3 ± 2.0, T = 2.09, p < 0.05"
        if _how_much(tokens, k, stop):
            continue
        if _given(tokens, k, covered) or (word in LIMBS and _given(tokens, k + 1, covered)):
            continue
        if k + 1 < stop and tokens[k - 1].word == tokens[k + 1].word == "as":
            continue  # "3.8 AS EARLY AS day 3 (day 0: 7.5)"
        if tokens[k - 1].word in ("of", "into") and k - 2 in covered:
            continue  # "to 1.4, respectively, after 24 weeks OF THERAPY and stayed at 1.3"
        if tokens[k + 1].word == "(" and k + 2 in covered and _VISIT.fullmatch(tokens[k].raw):
            continue  # "at T2 (2 H) 1.6 and 5.8"
        if word in ("below", "above") and k + 1 in covered:
            continue  # "3.1 at 1 month and 3.4 BELOW BASELINE at 3 months"
        if word in _CALLS and (k - 1 in covered or tokens[k - 1].word in _CALLS):
            continue  # "at the 6-week TELEPHONE CALL, 3.2", "end of the 3-week PROGRAM, 4.7"
        if word.endswith("ly") and tokens[k + 1].word in ADJECTIVES | PLAIN:
            continue  # "from EQUALLY high initial scores (6.3 and 6.5)"
        if word in ANAPHORS:
            if word in _SCORED and _named_by(tokens, start, k, covered):
                return "unknown"
            state = "anaphor"
        elif (
            is_content(word)
            and word not in CHANGE
            and word not in PEOPLE
            and word not in GROUP
            and word not in PLAIN
            and word not in nouns
        ) and (tokens[k].mark is None or getattr(tokens[k].mark, "kind", "") in ("veto", "other")):
            return "unknown" if state == "" else state
    return state


_VISIT = re.compile(r"[TVM]\d")
_CALLS = CHECK | word_set("telephone phone call mail email e-mail letter")


def _how_much(tokens: list[Token], k: int, stop: int) -> bool:
    """ "a SUBSTANTIAL reduction of 2.8", "a TOTAL fall of": how much, and nothing that fell."""
    if tokens[k].word not in ADJECTIVES and tokens[k].word not in _AMOUNTS:
        return False
    while k < stop and (tokens[k].word in ADJECTIVES or tokens[k].word in _AMOUNTS):
        k += 1
    return k + 2 == stop and tokens[k].word in CHANGE_NOUNS and tokens[k + 1].word == "of"


_AMOUNTS = word_set(
    "immediate early additional profound impressive progressive sharp real true highly clinically "
    "statistically steep great"
)


def _behind_phrase(tokens: list[Token], start: int, stop: int) -> int:
    """ "3.1 in the 15 patients with a wall defect and 2.4 ...": where the next clause begins.

    A phrase that a preposition leads belongs to the value before, up to the last list sign.
    """
    k = start
    if k < stop and tokens[k].word in ("(", "["):
        while k < stop and tokens[k].word not in (")", "]"):
            k += 1
        k += 1
    if k < stop and tokens[k].word in ("points", "point", "mm", "cm"):
        k += 1
    if k >= stop or tokens[k].word not in _PHRASE_LEADS:
        return start
    last = max((m for m in range(k, stop) if tokens[m].word in _CLAUSE_SIGNS), default=start)
    return last


_PHRASE_LEADS = word_set(
    "before prior in with after for at among on under by following without during over within from "
    "between until throughout"
)


_CLAUSE_SIGNS = word_set("to and , ; vs versus whereas while but compared against than")


def bare_scale(tokens: list[Token], label: Mention) -> bool:
    """Whether only a scale is named ("a 0-10 numeric scale", "VAS"), and nothing that was rated."""
    words = {tokens[k].word for k in range(label.first, label.last)}
    return bool(
        words & {"vas", "nrs", "scale", "nprs", "vrs", "likert", "analogue", "analog"}
    ) and (
        not words & {"pain", "ache", "headache", "soreness", "tenderness"} and not label.qualifier
    )


def _behind_spread(tokens: list[Token], k: int, stop: int) -> int:
    """ "the mean (SD) TORQUE", "mean ± SD TORQUE": past how its spread is told."""
    if k + 2 < stop and tokens[k].word in ("(", "["):
        closed = close_bracket(tokens, k, min(k + 6, stop))
        inside = {token.word for token in tokens[k:closed] if token.kind == "w"}
        return closed + 1 if closed is not None and inside <= _SPREADS else k
    return k + 2 if k + 2 < stop and tokens[k].word == "±" and tokens[k + 1].word in _SPREADS else k


_SPREADS = word_set("sd se sem ci iqr range interquartile standard deviation error")


def _names_on(tokens: list[Token], k: int, stop: int) -> bool:
    """Whether a noun of its own follows: "the median NODULE SIZE", not "the median was"."""
    if k >= stop or tokens[k].kind != "w":
        return False
    word = tokens[k].word
    return (
        is_content(word)
        and tokens[k].mark is None
        and word not in ANAPHORS
        and word not in CHANGE
        and word not in PEOPLE
        and word not in GROUP
        and word not in PLAIN
        and not word.endswith("ly")
    )


_SCORES = word_set("score scores rating ratings")


_SCORED = word_set(
    "value values level levels index figures rate rates number numbers reading readings"
)


def _named_by(tokens: list[Token], start: int, k: int, covered: set[int]) -> bool:
    """ "the median UPTAKE value", "ferritin levels": a noun of its own says what was measured."""
    token = tokens[k - 1] if k > start else None
    if k - 3 >= start and tokens[k].word == "index" and tokens[k - 2].word == "-":
        return not tokens[k - 2].spaced and tokens[k - 3].mark is None  # "the ball-heel INDEX"
    if token is None or token.kind != "w" or token.mark is not None or k - 1 in covered:
        return False
    word = token.word
    plain = word in ADJECTIVES | ANAPHORS | CHANGE | PEOPLE | GROUP | PLAIN | STATE | VERBS
    return is_content(word) and not plain and not word.endswith(("ly", "ive", "ed", "ing", "al"))


def _people_verb(tokens: list[Token], verb: int) -> bool:
    return tokens[verb].word in _PEOPLE_VERB_WORDS

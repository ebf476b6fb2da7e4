"""What one run holds, by the words ahead of it: a level, a change or a difference."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.kinds.levels_at_ends import at_entry
from evergrove.reading.kinds.more_than_told import more_than_told
from evergrove.reading.kinds.predicates import (
    before_predicate,
    headed_by_change,
    lowered_it,
    one_more,
)
from evergrove.reading.kinds.stat_phrases import (
    difference_of,
    fell_for,
    moved_by,
    noun_before,
    since_baseline,
    verb_before,
)
from evergrove.reading.kinds.stat_places import (
    before_and_after,
    behind,
    by_noun,
    by_verb,
    end_of_frame,
    from_baseline,
)
from evergrove.reading.kinds.stat_subjects import by_subject, groups_differed, of_a_thing
from evergrove.reading.kinds.verbs_of_amounts import (
    MOVED,
    SIMILAR,
    most_at,
    reduced_of_again,
    stood_at,
)
from evergrove.reading.linking.gaps import HARD
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.asides_before import before_aside, before_p, before_respectively
from evergrove.reading.text.small_words import IS
from evergrove.reading.text.stat_words import (
    COMPARATIVE,
    DIFFER,
    DIFFERENCE,
    MORE,
    OF_EFFECT,
    more_or_less,
    of_cause,
    sign_of,
)
from evergrove.reading.text.tokens import Token, is_measure, open_bracket
from evergrove.reading.text.words import (
    AGENT,
    ALLOTTED,
    CENTRES,
    CHANGE,
    CHANGE_NOUNS,
    MOVE,
    STATE,
    VERBS,
    word_set,
)
from evergrove.reading.times.time_parts import Time

_ONE_WORDS = word_set("= : , ( [")
_ONE_WORDS_2 = word_set("change changes reduction improvement")
_ONE_WORDS_3 = word_set("= : ( [")
_INHERIT_WORDS = word_set("compared versus given treated received using")
_FILL = word_set(
    "a an the mean average median about only just approximately roughly some another total "
    "thus therefore hence then further overall around additional extra respective full "
    "mere "
    "minus plus nearly almost as much still estimated i.e namely viz"
)
_SET_AGAINST = word_set(
    "compared relative comparison contrast opposed similar comparable superior inferior equal "
    "equivalent identical close prior"
)
# "the difference CAME TO 1.4": as "was 1.4"
_AMOUNTED = word_set("amounted amounts amounting equal came comes coming")
_DIFFERED = DIFFER | word_set("different indistinguishable distinguishable")
_STARTED = word_set("started began begun starting beginning")
_LABELS = word_set("md wmd")


def _clause_start(tokens: list[Token], a: int, j: int, previous: Run | None) -> int:
    start = previous.last if previous is not None else a
    for k in range(j, start - 1, -1):
        if tokens[k].word in HARD:
            return k + 1
    return start


def stat_of_run(
    tokens: list[Token], a: int, run: Run, previous: Run | None, outer: Run | None,
    named: dict[int, Mention], timed: dict[int, Time], contrast: bool,
) -> None:  # fmt: skip
    """Set role, stat, sign and cue of a run.

    `previous` bounds the clause; `outer` is the run that this one goes on from.
    """
    start = _clause_start(tokens, a, run.first - 1, previous)
    after = behind(tokens, run, timed)
    if after is not None and after[0] == "change" and tokens[run.first - 1].word in _LABELS:
        after = None  # "(MD 0.6 points BETTER)": a difference, which way it goes
    if after is not None:
        run.stat, run.cue = after
        run.sign = sign_of(run.cue)
        if run.stat == "between_diff" and run.cue in MORE:
            run.sign = more_than_told(tokens, run, previous) or _moved_more(tokens, start, run)
        run.role = "by"
        return
    opens = before_respectively(tokens, run.first - 1, start)
    behind_p = before_p(tokens, opens, previous.last if previous is not None else a)
    if behind_p != opens:
        opens, start = behind_p, _clause_start(tokens, a, behind_p, previous)
    j = before_aside(tokens, opens, start)
    while j >= start and tokens[j].kind == "w" and tokens[j].word in _FILL:
        j -= 1
    begun = previous is not None and previous.role == "from"
    if j in timed and begun and tokens[timed[j].first - 1].word == "to":
        j = timed[j].first - 1  # "from 7.4 TO POST-OPERATIVE 3.2"
    if j > start and tokens[j].word in ("on", "in") and tokens[j + 1].word == "average":
        j -= 1  # "the reduction was ON AVERAGE 2.9 points", "decreased IN AVERAGE 2.9 points"
    while j >= start and tokens[j].word in _ONE_WORDS:
        j -= 1
        if tokens[j + 1].word in ("(", "["):
            break
    if tokens[j + 1].word == ",":
        j = before_predicate(tokens, start, j)
    while j >= start and tokens[j].word == "to" and tokens[j - 1].word in _AMOUNTED:
        j -= 1
    if j - 3 >= start and tokens[j].word in ")]" and tokens[j - 2].word in "([":
        # "a mean difference [MD], -0.4": a short name between the noun and the number.
        j -= 3 if tokens[j - 1].raw.isupper() else 0
    if _share_before(tokens, run):
        j = run.first - 4  # "fell by 55% (3.2 points)": as "fell by 3.2 points"
        while j >= start and tokens[j].kind == "w" and tokens[j].word in _FILL:
            j -= 1
    if j > start and tokens[j].word == "of":
        j = end_of_frame(tokens, start, j)
    if j > start and tokens[j].word == "of" and tokens[j - 1].word in CENTRES:
        k = j - 1 - (tokens[j - 2].word in ("a", "an", "the"))
        if k > start and tokens[k - 1].word in ("by", "to", "from"):
            j = k - 1  # "fell BY AN AVERAGE OF 3.4 points"
        elif k > start and tokens[k - 1].word in MOVED:
            run.stat, run.cue, run.role = "change", tokens[k - 1].word, "by"
            run.sign = sign_of(run.cue)  # "VAS DECREASED AN AVERAGE OF 3.4 points"
            return
        elif _again_by(tokens, run, previous):
            run.go_on_from(previous)
            return
    if j > start + 1 and tokens[j].word == "of" and tokens[j - 1].word in IS:
        j -= 1  # "the reduction in VAS WAS OF 2.4 points": as "was 2.4 points"
    word = tokens[j].word if j >= start and not of_a_thing(tokens, start, j) else ""
    if word == "respectively" or (word == "to" and tokens[j - 1].word in _SET_AGAINST):
        word = ""  # "fell by 3.1 with wax AS COMPARED TO 2.2 with clay": no end of a frame
    if word == "from" and tokens[j - 1].word in _DIFFERED and run.post.get("arm"):
        word = ""  # "2.7 with wax, which did not DIFFER FROM the 2.4 with clay": no start of one
    if word == "by":
        by_verb(tokens, start, j, run, outer, timed)
        before_and_after(tokens, a, j, run, timed)
    elif (
        word == "of"
        and previous is not None
        and (one_more(tokens, j, previous) or reduced_of_again(tokens, previous, run))
    ):
        run.go_on_from(previous)
        run.role = "of"
    elif word == "of" and tokens[j - 1].word not in MOVED:
        by_noun(tokens, start, j, run, outer, named, timed)
    elif word in ("from", "to"):
        run.role = word
    elif word == "at" and tokens[j - 1].word in _STARTED:
        run.role = "from"
    elif word == "at" and tokens[j - 1].word in ("ended", "finished", "ending", "finishing"):
        run.role = "to"
    elif (word in ("with", "of") and tokens[j - 1].word in MOVED) or fell_for(tokens, j, outer):
        by_verb(tokens, start, j, run, outer, timed)  # "VAS improved WITH 2.5 points", "OF 2.5"
    elif word == "with" and tokens[j - 1].word == "," and run.values[0].unit == "point":
        # "the decrease was significant in both groups, WITH 2.6 POINTS in the wax group"
        by_subject(tokens, a, start, run.first, run, named, timed, contrast)
    elif word == "at" and (verb := stood_at(tokens, start, j) or most_at(tokens, a, j)):
        by_subject(tokens, a, start, verb, run, named, timed, contrast)
    elif word in DIFFERENCE or (word and _of_effect(tokens, j)):
        run.stat, run.cue, run.role = "between_diff", word, "of"
        from_baseline(tokens, j, run, timed)
    elif "minus" in [tokens[k].word for k in range(max(start, j - 5), j)] and _named_difference(
        tokens, start, j
    ):
        run.stat, run.cue, run.role = "between_diff", "difference", "of"
        from_baseline(tokens, max(start, j - 6), run, timed)
    elif (word in CHANGE_NOUNS and word not in VERBS and word != "relief") or word in _ONE_WORDS_2:
        differed = groups_differed(tokens, start, j, run)
        run.stat, run.cue, run.role = "between_diff" if differed else "change", word, "of"
        run.sign = sign_of(word)
        if difference_of(tokens, j):
            run.stat, run.sign = "between_diff", ""
    elif word in DIFFER and not _levels_differed(tokens, run):
        run.stat, run.cue, run.role = "between_diff", word, "by"
    elif (
        word in CHANGE
        and word not in COMPARATIVE
        and (word not in MOVE or word in ("changed", "shifted", "moved"))
        and not _names_state(tokens, j)
    ):
        run.stat, run.cue, run.role = "change", word, "by"
        run.sign = sign_of(word)
    elif tokens[run.first - 1].word == ":" and _announced(tokens, start, run):
        pass
    elif moved := lowered_it(tokens, start, run):
        run.stat, run.cue, run.role, run.sign = "change", moved, "by", sign_of(moved)
    elif (
        word in STATE
        or (tokens[opens].word in _ONE_WORDS_3 and j >= start)
        or (word and run.verb is not None)
    ):
        led = run.verb is not None and word in STATE
        by_subject(tokens, a, start, run.verb if led else run.first, run, named, timed, contrast)
    elif run.verb is None and headed_by_change(tokens, start, run):
        by_subject(tokens, a, start, run.first, run, named, timed, contrast)
    elif run.verb is None and run.first - 1 in timed:
        # "VAS improvement at 2 years 38 ± 21 vs 25 ± 20": no verb, and a time before the value.
        by_subject(tokens, a, start, run.first, run, named, timed, contrast)
    if run.role in ("state", "of") and run.stat == "level" and at_entry(tokens, start, run):
        run.role = "from"
    if run.role in ("state",) and run.stat == "level":
        _role_by_distance(tokens, start, run, timed)
        _inherit(tokens, start, run, outer)


def _names_state(tokens: list[Token], j: int) -> bool:
    """ "VAS for pain ON ELEVATION, 7.6 to 2.7": in which state it was rated, and no change."""
    return tokens[j - 1].word in _STATED and getattr(tokens[j].mark, "kind", "") == "qualifier"


_STATED = word_set("on during at with")


def _again_by(tokens: list[Token], run: Run, previous: Run | None) -> bool:
    """ "fell by 2.1 with wax and AN AVERAGE OF 1.2 with clay": no verb before it or behind it."""
    if previous is None or run.verb is not None or previous.role != "by":
        return False
    return run.last >= len(tokens) or tokens[run.last].word not in STATE


def _levels_differed(tokens: list[Token], run: Run) -> bool:
    """ "VAS before and VAS after DIFFERED (8 ± 1 and 3 ± 1)": two scores, and no differences."""
    if tokens[run.first - 1].word not in ("(", "[") or len(run.values) != 2:
        return False
    told = [time.kind == "base" for labels in run.pre.get("time", []) for time in labels.items]
    kinds = {spread.kind for value in run.values for spread in value.spreads}
    return sorted(told) == [False, True] and kinds <= {"sd", "pm", "paren"}


def _announced(tokens: list[Token], start: int, run: Run) -> bool:
    """ "With rest the decreases were similar: 3.1 ± 1.2, 2.8 ± 1.4": changes, by their heading."""
    words = [tokens[k].word for k in range(max(start, run.first - 14), run.first - 1)]
    verb = next((k for k, word in enumerate(words) if word in STATE), len(words))
    noun = next((k for k in range(verb) if words[k] in CHANGE_NOUNS), -1)
    alone = noun == verb - 1 or (noun >= 0 and words[noun + 1] in ("in", "of"))
    if noun < 0 or not alone or not SIMILAR & set(words[verb + 1 :]):
        return False
    run.stat, run.cue, run.role = "change", words[noun], "of"
    run.sign = sign_of(run.cue)
    return True


def _moved_more(tokens: list[Token], start: int, run: Run) -> str:
    """ "pain FELL 1.2 points MORE with clay than with sand": clay minus sand is below nothing."""
    noun = moved_by(tokens, run.last)
    if noun:
        return more_or_less(sign_of(noun), run.cue)  # "a 1.2 point GREATER FALL with clay"
    for k in range(run.first - 1, max(start, run.first - 4) - 1, -1):
        if tokens[k].word not in MORE and (way := sign_of(tokens[k].word)):
            return more_or_less(way, run.cue)
    way = verb_before(tokens, start, run.first) or noun_before(tokens, start, run.first)
    return more_or_less(way, run.cue) if way else sign_of(run.cue)


def _share_before(tokens: list[Token], run: Run) -> bool:
    """Whether a run stands in a bracket behind a percentage, as the same in points."""
    if run.values[0].unit not in ("point", "mm", "cm") or run.first < 4:
        return False
    return tokens[run.first - 1].word == "(" and tokens[run.first - 2].word == "%"


def _named_difference(tokens: list[Token], start: int, j: int) -> bool:
    """ "mean difference, mirror therapy minus sham, -1.8": what is taken from what."""
    return any(tokens[k].word in DIFFERENCE for k in range(max(start, j - 14), j))


def _role_by_distance(tokens: list[Token], start: int, run: Run, timed: dict[int, Time]) -> None:
    """ "from a median VAS of 8": from and to may stand a few words before the number."""
    for k in range(run.first - 1, max(start, run.first - 9) - 1, -1):
        word = tokens[k].word
        if word == "to" and tokens[k - 1].word in _SET_AGAINST | ALLOTTED:
            return
        if word == "from" and of_cause(tokens, start, k, run.first):
            return
        if word == "from" and tokens[k - 1].word in _DIFFERED and run.post.get("arm"):
            return  # "neither of which DIFFERED FROM the 2.4 with laser"
        if word == "from" and since_baseline(tokens, k, run.first, timed):
            return
        if word == "to" and tokens[k - 1].word == "up" and k + 1 in timed:
            continue  # "fell by 4.8 points UP TO 1 week and 4.4 points up to 1 year"
        if word in ("from", "to") and tokens[k].kind == "w":
            between = [m for m in range(k + 1, run.first) if m in timed]
            if between and tokens[run.first - 1].word == ":" and run.first - 1 > between[-1] + 1:
                return  # "still lowered from baseline in both arms: -1.9 and -1.2"
            if (
                not between
                or (len(between) < run.first - k - 1 and tokens[run.first - 1].word not in STATE)
            ) and not any(tokens[m].word in (",", ";", ")") for m in range(k, run.first)):
                run.role = word
            return
        if word in VERBS or word in (";", ")", "(", "["):
            return


_OWN_VERBS = VERBS - _INHERIT_WORDS


def _of_effect(tokens: list[Token], j: int) -> bool:
    """ "the TREATMENT EFFECT was 0.8", "(adjusted EFFECT ESTIMATE 0.8)": between two groups."""
    word, before = tokens[j].word, tokens[j - 1].word
    return (word == "effect" and before in OF_EFFECT) or (word == "estimate" and before == "effect")


def _of_one_bracket(tokens: list[Token], run: Run, previous: Run) -> bool:
    """ "(mean REDUCTION with wax 3.4; WITH CLAY 2.1)": what opens the bracket is of both."""
    gap = [tokens[k] for k in range(previous.last, run.first)]
    if not any(token.word == ";" for token in gap) or any(token.word in VERBS for token in gap):
        return False
    floor = max(0, previous.first - _BRACKET)
    opened = open_bracket(tokens, floor, previous.first)
    if opened is None or opened != open_bracket(tokens, floor, run.first):
        return False
    named = any(is_measure(token) for token in gap)
    return not named and not any(token.word in CHANGE_NOUNS | DIFFERENCE for token in gap)


_BRACKET = 40  # tokens back to where a bracket may open


def _inherit(tokens: list[Token], start: int, run: Run, previous: Run | None) -> None:
    """A run that only continues a list has the stat of the run before it."""
    if previous is None or (run.role in ("from", "to") and previous.stat == "level"):
        return
    gave = tokens[run.first - 1].word
    ahead = range(max(0, previous.first - 12), previous.first) if gave in AGENT else ()
    noun = previous.stat == "change" and previous.cue in CHANGE_NOUNS
    if noun and any(tokens[k].word == gave for k in ahead):
        run.go_on_from(previous)  # "wax GAVE a fall of 2.4, and clay GAVE 1.2"
        return
    if run.verb is not None and run.fresh:
        return
    if run.role in ("from", "to"):
        return
    words = {tokens[k].word for k in range(start, run.first)}
    if words & _OWN_VERBS and run.verb is not None:
        return
    bracket = previous.stat == "change" and run.hard and _of_one_bracket(tokens, run, previous)
    if bracket or (previous.stat != "level" and not run.hard):
        run.go_on_from(previous)
    elif any(labels.items[-1].kind == "base" for labels in run.pre.get("time", [])[-1:]):
        return  # "fell to 2.7 at 6 months (BASELINE, 8.1)"
    elif previous.role in ("from", "to") and not words & {"from", "to"} and run.role == "state":
        run.role = "to" if previous.role == "to" else run.role
        run.inherits = True

"""What a run holds: levels, changes, percent changes or differences between groups."""

from __future__ import annotations

from evergrove.reading.bracket_times import effect_behind
from evergrove.reading.contrasts import against_control, compared_again
from evergrove.reading.frames import Run, outer_run, scores_and_changes
from evergrove.reading.gaps import HARD
from evergrove.reading.mention import Mention
from evergrove.reading.stats_phrases import (
    against_in_bracket,
    changes_between,
    difference_of,
    go_on_in_bracket,
)
from evergrove.reading.text import ARROWS
from evergrove.reading.time_parts import Time
from evergrove.reading.tokens import Token
from evergrove.reading.words import (
    BETTER,
    CHANGE,
    CHANGE_NOUNS,
    DETERMINERS,
    DOWN,
    MOVE,
    STATE,
    UP,
    VERBS,
    WORSE,
    word_set,
)

_ONE_WORDS = word_set("= : , ( [")
_ONE_WORDS_2 = word_set("change changes reduction improvement")
_ONE_WORDS_3 = word_set("= : ( [")
_AFTER_WORDS = word_set(
    "mean average significant greater larger point absolute relative overall further net"
)
_AFTER_WORDS_2 = word_set("difference advantage contrast gap apart")
_BY_WORDS = word_set("favoured favored superior outperformed beat exceeded")
_OF_WORDS = word_set("in of for on from at by with was")
_OF_WORDS_2 = word_set("a an the mean")
_FROM_BASELINE_WORDS = word_set("from between to with versus vs")
_SUBJECT_WORDS = word_set(
    "in of for on from at with by after between was were score scores over among ( : = "
    "averaged to within until since amounted compared , relative vs versus had has",
    "",
)
_SUBJECT_WORDS_2 = word_set("treatment intervention mean estimated")
_SUBJECT_WORDS_3 = word_set(
    "had has have compared versus given treated received using adjusted observed seen reported "
    "found measured assessed evaluated quantified expressed recorded determined graded"
)
_INHERIT_WORDS = word_set("compared versus given treated received using")

_FILL = word_set(
    "a an the mean average median about only just approximately roughly some another total "
    "thus therefore hence then further overall around additional respective full mere "
    "minus plus nearly almost as much "
    "estimated"
)
_DIFFERENCE = word_set(
    "difference differences contrast gap md wmd margin differential advantage advantages "
    "superiority"
)
_TAKING = word_set("taking took takes take taken")  # "taking advantage of the scan"
_DIFFER = word_set("differed differ differs differing separated")
_COMPARATIVE = word_set(
    "lower higher less more better worse greater smaller fewer longer shorter stronger weaker "
    "larger"
)
_EARLIER_WORDS = word_set("baseline before initial preoperative pretreatment previous entry")
# "the difference CAME TO 1.4": as "was 1.4"
_AMOUNTED = word_set("amounted amounts equal came comes")
_AUXILIARY = word_set("did does do not never hardly could would cannot didn't")
_COMPARED_WITH = word_set("from to with versus vs than over")
_HAVING = word_set("had has showed reached")
_NOT_SUBJECT = word_set("after following despite without during upon before")


def describe(
    tokens: list[Token],
    a: int,
    runs: list[Run],
    mentions: list[Mention],
    times: list[Time],
    contrast: bool,
) -> None:
    """Set role, stat, sign and cue of every run of a sentence."""
    named = {k: mention for mention in mentions for k in range(mention.first, mention.last)}
    timed = {k: time for time in times for k in range(time.first, time.last)}
    for index, run in enumerate(runs):
        previous = runs[index - 1] if index else None
        outer = outer_run(tokens, runs, index) if index > 1 else previous
        _one(tokens, a, run, previous, outer, named, timed, contrast)
        if previous is not None:
            _bare_frame(tokens, previous, run)
            _fell_to(tokens, a, previous, run, timed)
            _same_subject(tokens, previous, run, named)
            go_on_in_bracket(tokens, previous, run, timed)
            compared_again(tokens, previous, run)
        if run.versus and len(run.values) == 2 and run.stat == "between_diff":
            # Two numbers set against each other are the two levels, not their difference.
            run.stat, run.cue, run.sign = "level", "", ""
    for run in runs:
        if run.stat == "change" and len(run.values) == 1:
            _against_group(tokens, a, run, timed)
    _contrast_in_bracket(tokens, a, runs, timed)
    _noun_again(tokens, runs)
    _scores_and_changes(runs)
    for run in runs:
        if cue := effect_behind(tokens, a, run):
            run.stat, run.cue, run.role, run.sign = "change", cue, "by", _sign(cue)
    _levels_in_bracket(tokens, runs)
    _levels_of_groups(runs)
    for run, cue in changes_between(tokens, a, runs, timed) if len(timed) > 1 else ():
        run.stat, run.cue, run.role, run.sign = "change", cue, "of", _sign(cue)
    for run in runs:
        if run.stat == "level" and all(value.sign == "-" for value in run.values):
            _negative(tokens, a, run)
            if run.stat == "level" and all(value.percent for value in run.values):
                run.stat = "percent_change"  # "knee VAS: −31% at 8 weeks"
            against_in_bracket(tokens, a, runs, timed)
        if run.stat == "change" and _percentage(tokens, a, run):
            run.stat = "percent_change"
    against_control(tokens, a, runs)


def _scores_and_changes(runs: list[Run]) -> None:
    """ "3.3 and a change of -2.2 with wax versus 3.8 and -1.7": a score and a change again."""
    for end in range(4, len(runs) + 1):
        one, two, three, four = runs[end - 4 : end]
        if (one.stat, two.stat) == ("level", "change") and scores_and_changes(runs[:end]):
            three.stat, three.role, three.cue, three.sign = "level", "state", "", ""
            _copy(four, two)


def _percentage(tokens: list[Token], a: int, run: Run) -> bool:
    """ "the median PERCENTAGE reduction was -40": a percent change without its sign."""
    for k in range(run.first - 1, a, -1):
        if tokens[k].word == run.cue:
            return tokens[k - 1].word in ("percentage", "percent", "relative", "proportional")
    return False


def _noun_again(tokens: list[Token], runs: list[Run]) -> None:
    """ "a fall of 3 points (from 7 to 4) at 1 week and OF 3.6 at 2 weeks": a fall again."""
    for index, run in enumerate(runs):
        lead = [tokens[k].word for k in range(max(0, run.first - 2), run.first)]
        if run.stat != "level" or run.role != "of" or lead != ["and", "of"]:
            continue
        before = next((one for one in reversed(runs[:index]) if one.role == "of"), None)
        if before is not None and before.stat == "change":
            _copy(run, before)


def _levels_of_groups(runs: list[Run]) -> None:
    """ "no difference in VAS [laser group 7.2 ± 1.1, sham group 7.1 ± 1.2]": two levels."""
    told = [run for run in runs if run.stat == "between_diff" and run.cue in _DIFFERENCE]
    named = [
        run.pre["arm"][-1].items[0].name
        for run in told
        if run.pre.get("arm")
        and len(run.pre["arm"][-1].items) == 1
        and run.first - run.pre["arm"][-1].last <= 2
        and run.values[0].spreads
    ]
    if len(told) == len(named) == len(set(named)) >= 2:
        for run in told:
            run.stat, run.cue, run.sign, run.role = "level", "", "", "state"


def _contrast_in_bracket(
    tokens: list[Token], a: int, runs: list[Run], timed: dict[int, Time]
) -> None:
    """ "Groups did not differ in NRS at 4 weeks (0.3, 95% CI -0.4 to 1.0)": their difference."""
    run = runs[0] if len(runs) == 1 else None
    if run is None or run.stat != "level" or len(run.values) != 1 or run.post.get("arm"):
        return
    lead = run.first - 1 if tokens[run.first].word not in ("(", "[") else run.first
    if tokens[lead].word not in ("(", "[") or not any(
        len(spread.values) == 2 and spread.kind not in ("iqr", "range")
        for spread in run.values[0].spreads
    ):
        return
    for k in range(lead - 1, a - 1, -1):
        if tokens[k].word in _DIFFER:
            run.stat, run.cue, run.role = "between_diff", tokens[k].word, "of"
            _from_baseline(tokens, k, run, timed)
            return
        if tokens[k].word in HARD or tokens[k].word in STATE - {"did"}:
            return


def _negative(tokens: list[Token], a: int, run: Run) -> None:
    """ "Changes from baseline in pain (NRS) were -2.4": below nothing, behind a word of change."""
    stated = False
    for k in range(run.first - 1, a - 1, -1):
        word = tokens[k].word
        if word in _DIFFERENCE or word in _DIFFER or word in ("differ", "similar", "comparable"):
            run.stat, run.cue = "between_diff", word
            ahead = {tokens[m].word for m in range(k, run.first)}
            if "from" in ahead and ahead & _EARLIER_WORDS:
                run.stat, run.role = "change", "of"  # "did not differ from baseline (VAS -0.5)"
            return
        noun = word in CHANGE_NOUNS and tokens[k - 1].word not in _NOT_SUBJECT
        # "at 9 weeks VAS was still lowered from baseline: -1.9 and -1.2"
        lowered = word in CHANGE and tokens[k + 1].word == "from" and k + 2 < run.first
        if noun or (lowered and tokens[k + 2].word in _EARLIER_WORDS):
            run.stat, run.cue, run.sign = "change", word, _sign(word)
            if run.role == "state":
                run.role = "of"
            return
        stated = stated or word in STATE
        if word in _MOVED and not stated and run.role == "state":
            # "scores improved, most at week 5 (-21.4)": no score is below nothing.
            run.stat, run.cue = "change", word
            return
    if run.versus and len(run.values) == 2:
        # "outcomes favoured the pump: pain (-2.9 vs -1.1)": no score is below nothing.
        run.stat, run.role = "change", "of"


_MOVED = word_set(
    "improved fell dropped decreased declined changed worsened rose increased reduced"
)


def _levels_in_bracket(tokens: list[Token], runs: list[Run]) -> None:
    """ "pain hardly moved (4.4 at entry, 4.3 in week 15)": a score at entry is no change."""
    for run in runs:
        if run.stat != "change" or run.role not in ("by", "of") or not run.first:
            continue
        label = next((labels for labels in run.post.get("time", [])), None)
        if label is None or len(label.items) != 1 or label.items[0].kind != "base":
            continue
        lead = tokens[label.first - 1].word, tokens[label.first].word
        if tokens[run.first - 1].word not in ("(", ",", ":") or set(lead) & _COMPARED_WITH:
            continue
        cue = run.cue
        for other in runs:
            if other.stat == "change" and other.role in ("by", "of") and other.cue == cue:
                other.stat, other.role, other.cue, other.sign = "level", "state", "", ""


def _against_group(tokens: list[Token], a: int, run: Run, timed: dict[int, Time]) -> None:
    """ "Compared with sham, taping lowered pain by 0.9": a difference between groups."""
    for k in range(a, run.first - 1):
        if tokens[k].word in ("compared", "relative") and tokens[k + 1].word in ("with", "to"):
            near = [timed[m] for m in range(k + 2, k + 6) if m in timed]
            words = {tokens[m].word for m in range(k + 2, min(k + 5, len(tokens)))}
            if not near and not words & _EARLIER_WORDS and k <= a + 2:
                run.stat = "between_diff"
            return


def _bare_frame(tokens: list[Token], left: Run, right: Run) -> None:
    """ "7.9 to 2.4", "62 → 40" without "from": two levels, if they are printed as measurements."""
    gap = [tokens[k].word for k in range(left.last, right.first)]
    exact = all(v.spreads or "." in tokens[v.at].word for v in (left.values[-1], right.values[0]))
    exact = exact or tokens[left.last].raw in ARROWS
    opens = tokens[left.first - 1].word in ("(", "[")
    opened = tokens[left.first - 1].word == "(" and len(left.values) == 1
    one, two = left.values[0], right.values[0]
    unsigned = not one.sign and not two.sign and not (left.sign == "-" and two.value > one.value)
    if gap == ["to"] and exact and opened and unsigned and left.stat == "change":
        # "pain fell (8.1 to 3.9)": two scores, and not by how much it fell.
        left.stat, left.cue, left.sign, left.role = "level", "", "", "state"
    if (
        gap == ["to"]
        and (left.role == "state" or left.inherits or opens)
        and (left.stat == "level" or (opens and left.inherits))
        and exact
        and len(left.values) == 1
    ):
        # "down by 74% [6.7 ± 2.3 to 1.8 ± 2.3]": the bracket holds the two scores.
        left.role, right.role, left.stat, right.stat = "from", "to", "level", "level"


def _fell_to(tokens: list[Token], a: int, left: Run, right: Run, timed: dict[int, Time]) -> None:
    """ "a mean VAS of 8.0 FELL TO 3.6": the value before the verb is where it fell from."""
    gap = [tokens[k].word for k in range(left.last, right.first)]
    if left.stat != "level" or left.role not in ("state", "of") or right.role != "to":
        return
    if gap[-1:] != ["to"] or len(left.values) != 1:
        return
    joined = len(gap) in (3, 4) and gap[0] == "and"
    if joined and gap[-2] in CHANGE and len(right.values) == 1:
        # "VAS was 8.0 and fell to 3.6", unless a time has been told: "at 2 weeks it was 5.1 and"
        dated = any(timed[k].kind != "base" for k in range(a, left.first) if k in timed)
        left.role = left.role if dated else "from"
    elif len(gap) <= 3 and gap[0] in CHANGE:
        left.role = "from"


def _same_subject(tokens: list[Token], left: Run, right: Run, named: dict[int, Mention]) -> None:
    """ "the difference was -8.6, and at 3 months IT was -5.9": still a difference."""
    noun = left.cue in _DIFFERENCE or (left.cue in CHANGE_NOUNS and left.role == "of")
    if right.stat != "level" or left.stat == "level" or not noun or right.role != "state":
        return
    gap = range(left.last, right.first)
    if any(k in named and named[k].key for k in gap):
        return
    if any(tokens[k].word in ("it", "this") and tokens[k + 1].word in STATE for k in gap):
        _copy(right, left)


def _clause_start(tokens: list[Token], a: int, j: int, previous: Run | None) -> int:
    start = previous.last if previous is not None else a
    for k in range(j, start - 1, -1):
        if tokens[k].word in HARD:
            return k + 1
    return start


def _one(
    tokens: list[Token], a: int, run: Run, previous: Run | None, outer: Run | None,
    named: dict[int, Mention], timed: dict[int, Time], contrast: bool,
) -> None:  # fmt: skip
    """`previous` bounds the clause; `outer` is the run that this one goes on from."""
    start = _clause_start(tokens, a, run.first - 1, previous)
    after = _after(tokens, run, timed)
    if after is not None:
        run.stat, run.cue = after
        run.sign = _sign(run.cue)
        if run.stat == "between_diff" and run.cue in _MORE:
            run.sign = _moved_more(tokens, start, run)
        run.role = "by"
        return
    j = run.first - 1
    j = _before_aside(tokens, j, start)
    while j >= start and tokens[j].kind == "w" and tokens[j].word in _FILL:
        j -= 1
    while j >= start and tokens[j].word in _ONE_WORDS:
        j -= 1
        if tokens[j + 1].word in ("(", "["):
            break
    while j >= start and tokens[j].word == "to" and tokens[j - 1].word in _AMOUNTED:
        j -= 1
    if j - 3 >= start and tokens[j].word in ")]" and tokens[j - 2].word in "([":
        # "a mean difference [MD], -0.4": a short name between the noun and the number.
        j -= 3 if tokens[j - 1].raw.isupper() else 0
    if _share_before(tokens, run):
        j = run.first - 4  # "fell by 55% (3.2 points)": as "fell by 3.2 points"
        while j >= start and tokens[j].kind == "w" and tokens[j].word in _FILL:
            j -= 1
    word = tokens[j].word if j >= start else ""
    if word == "respectively":
        word = ""
    if word == "by":
        _by(tokens, start, j, run, outer, timed)
        _before_and_after(tokens, a, j, run, timed)
    elif word == "of":
        _of(tokens, start, j, run, outer, named, timed)
    elif word in ("from", "to"):
        run.role = word
    elif word == "at" and tokens[j - 1].word in ("started", "began", "starting", "beginning"):
        run.role = "from"
    elif word == "at" and tokens[j - 1].word in ("ended", "finished", "ending", "finishing"):
        run.role = "to"
    elif word in _DIFFERENCE or (word == "effect" and tokens[j - 1].word in _SUBJECT_WORDS_2):
        run.stat, run.cue, run.role = "between_diff", word, "of"
        _from_baseline(tokens, j, run, timed)
    elif any(tokens[k].word == "minus" for k in range(max(start, j - 5), j)) and _named_difference(
        tokens, start, j
    ):
        run.stat, run.cue, run.role = "between_diff", "difference", "of"
    elif (word in CHANGE_NOUNS and word not in VERBS | {"relief"}) or word in _ONE_WORDS_2:
        differed = _groups_differed(tokens, start, j, run)
        run.stat, run.cue, run.role = "between_diff" if differed else "change", word, "of"
        run.sign = _sign(word)
        if difference_of(tokens, j):
            run.stat, run.sign = "between_diff", ""
    elif word in _DIFFER and not _levels_differed(tokens, run):
        run.stat, run.cue, run.role = "between_diff", word, "by"
    elif (
        word in CHANGE
        and word not in _COMPARATIVE
        and (word not in MOVE or word in ("changed", "shifted", "moved"))
    ):
        run.stat, run.cue, run.role = "change", word, "by"
        run.sign = _sign(word)
    elif tokens[run.first - 1].word == ":" and _announced(tokens, start, run):
        pass
    elif (
        word in STATE
        or (tokens[run.first - 1].word in _ONE_WORDS_3 and j >= start)
        or (word and run.verb is not None)
    ):
        led = run.verb is not None and word in STATE
        _subject(tokens, a, start, run.verb if led else run.first, run, named, timed, contrast)
    elif run.verb is None and run.first - 1 in timed:
        # "VAS improvement at 2 years 38 ± 21 vs 25 ± 20": no verb, and a time before the value.
        _subject(tokens, a, start, run.first, run, named, timed, contrast)
    if run.role in ("state", "of") and run.stat == "level" and _at_entry(tokens, start, run):
        run.role = "from"
    if run.role in ("state",) and run.stat == "level":
        _role_by_distance(tokens, start, run, timed)
        _inherit(tokens, start, run, outer)


def _levels_differed(tokens: list[Token], run: Run) -> bool:
    """ "VAS before and VAS after DIFFERED (8 ± 1 and 3 ± 1)": two scores, and no differences."""
    if tokens[run.first - 1].word not in ("(", "[") or len(run.values) != 2:
        return False
    told = [time.kind == "base" for labels in run.pre.get("time", []) for time in labels.items]
    kinds = {spread.kind for value in run.values for spread in value.spreads}
    return sorted(told) == [False, True] and kinds <= {"sd", "pm", "paren"}


def _at_entry(tokens: list[Token], start: int, run: Run) -> bool:
    """ "25 nurses ENTERED WITH a mean NRS of 6.8": the score that they came with."""
    return any(
        tokens[k].word in _ENTRY and tokens[k + 1].word == "with"
        for k in range(max(start, run.first - 9), run.first - 1)
    )


_ENTRY = word_set("entered presented began enrolled")


def _announced(tokens: list[Token], start: int, run: Run) -> bool:
    """ "With rest the decreases were similar: 3.1 ± 1.2, 2.8 ± 1.4": changes, by their heading."""
    words = [tokens[k].word for k in range(max(start, run.first - 14), run.first - 1)]
    verb = next((k for k, word in enumerate(words) if word in STATE), len(words))
    noun = next((k for k in range(verb) if words[k] in CHANGE_NOUNS), -1)
    alone = noun == verb - 1 or (noun >= 0 and words[noun + 1] in ("in", "of"))
    if noun < 0 or not alone or not _SIMILAR & set(words[verb + 1 :]):
        return False
    run.stat, run.cue, run.role = "change", words[noun], "of"
    run.sign = _sign(run.cue)
    return True


_SIMILAR = word_set("similar same alike comparable equal identical follows")


def _before_aside(tokens: list[Token], j: int, start: int) -> int:
    """ "pain fell, on average, 3.2 points": the token before ", on average," that ends at j."""
    k = j - (tokens[j].word == ",")
    if k - 2 < start or tokens[k].word not in ("average", "mean", "median"):
        return j
    k -= 1 + (tokens[k - 1].word in ("the", "a"))
    if tokens[k].word != "on":
        return j
    k -= 1
    return k - (k > start and tokens[k].word == ",")


def _moved_more(tokens: list[Token], start: int, run: Run) -> str:
    """ "pain FELL 1.2 points MORE with clay than with sand": clay minus sand is below nothing."""
    for k in range(run.first - 1, max(start, run.first - 4) - 1, -1):
        if tokens[k].word in DOWN | UP:
            down = (tokens[k].word in DOWN) == (run.cue != "less")
            return "-" if down else "+"
    return _sign(run.cue)


_MORE = word_set("more greater less")


def _share_before(tokens: list[Token], run: Run) -> bool:
    """Whether a run stands in a bracket behind a percentage, as the same in points."""
    if run.values[0].unit not in ("point", "mm", "cm") or run.first < 4:
        return False
    return tokens[run.first - 1].word == "(" and tokens[run.first - 2].word == "%"


def _named_difference(tokens: list[Token], start: int, j: int) -> bool:
    """ "mean difference, mirror therapy minus sham, -1.8": what is taken from what."""
    return any(tokens[k].word in _DIFFERENCE for k in range(max(start, j - 14), j))


def _sign(word: str) -> str:
    if word in DOWN:
        return "-"
    if word in UP:
        return "+"
    if word in BETTER:
        return "better"
    if word in WORSE:
        return "worse"
    return ""


def _after(tokens: list[Token], run: Run, timed: dict[int, Time]) -> tuple[str, str] | None:
    """ "3.1-point reduction", "2 points lower than before", "1.2 points lower than with tape"."""
    k = run.values[-1].last
    if k >= len(tokens):
        return None
    value = run.values[-1]
    mark = tokens[k].mark
    named = getattr(mark, "kind", "") == "measure" and mark.first == k and mark.last < len(tokens)
    if named and tokens[mark.last].word in CHANGE_NOUNS:
        k = mark.last  # "a 2.9 cm VAS reduction"
    word = tokens[k].word
    if word == "-" and not tokens[k].spaced and k + 1 < len(tokens):
        k += 1
        word = tokens[k].word
    steps = 0
    while steps < 2 and word in _AFTER_WORDS and k + 1 < len(tokens):
        if word in ("greater", "larger"):
            break
        k += 1
        word = tokens[k].word
        steps += 1
    if word in CHANGE_NOUNS and (value.adjectival or value.unit or value.percent):
        return "change", word
    if word in _AFTER_WORDS_2 and (value.adjectival or value.unit):
        return "between_diff", word
    if word in _COMPARATIVE and (
        value.unit or value.percent or value.adjectival or run.values[-1].at == k - 1
    ):
        for m in range(k + 1, min(k + 40, len(tokens))):
            if tokens[m].word in (".", ";"):
                break
            if tokens[m].word == "than":
                near = [timed[n] for n in range(m + 1, min(m + 4, len(tokens))) if n in timed]
                if near and near[0].kind == "base":
                    return "change", word
                return "between_diff", word
        return (
            None
            if word in ("more", "greater")
            else (
                "between_diff"
                if any(
                    tokens[m].word in ("with", "in") for m in range(k + 1, min(k + 4, len(tokens)))
                )
                else "change",
                word,
            )
        )
    return None


def _by(
    tokens: list[Token], start: int, j: int, run: Run, previous: Run | None, timed: dict[int, Time]
) -> None:
    run.role = "by"
    floor = start
    for k in range(j - 1, floor - 1, -1):
        word = tokens[k].word
        if word in _DIFFER or word in _DIFFERENCE:
            run.stat, run.cue = "between_diff", word
            if tokens[k + 1].word == "between":
                _from_baseline(tokens, k, run, timed)  # "differed between baseline and 1 month by"
            return
        if word in _BY_WORDS:
            run.stat, run.cue = "between_diff", word
            return
        if word in CHANGE:
            behind = _clause_behind(tokens, run)
            if word in _COMPARATIVE and "than" in {tokens[m].word for m in range(k, j)} | behind:
                run.stat, run.cue, run.sign = "between_diff", word, _sign(word)
                if {"baseline", "before"} & ({tokens[m].word for m in range(k, j)} | behind):
                    run.stat = "change"
                return
            run.stat, run.cue, run.sign = "change", word, _way(tokens, k)
            if tokens[k - 1].word in ("the", "mean") and any(
                tokens[m].word in _DIFFER for m in range(floor, k)
            ):
                run.stat = "between_diff"  # "the groups differed in the fall of VAS by 2.6"
            return
        if word in _GONE and tokens[k + 1].word in ("down", "up"):
            run.stat, run.cue, run.sign = "change", word, _way(tokens, k)
            return
    if previous is not None and previous.stat == "level" and previous.role in ("from", "to"):
        _by_from(tokens, previous, run)
    if previous is not None and not run.cue:
        _copy(run, previous)


def _by_from(tokens: list[Token], previous: Run, run: Run) -> None:
    """ "pain FELL from 6.1 (SD 1.2) BY 2.4 points": the verb stands before the level."""
    for k in range(previous.first - 1, max(previous.first - 12, 0), -1):
        word = tokens[k].word
        if word in (";", ".") or tokens[k].kind == "n":
            return
        if word in CHANGE or word in _GONE:
            run.stat, run.cue, run.sign = "change", word, _way(tokens, k)
            return


def _way(tokens: list[Token], k: int) -> str:
    """The sign of the verb at k; of "came DOWN" and "went UP" by the word behind it."""
    after = tokens[k + 1].word if tokens[k].word in _GONE and k + 1 < len(tokens) else ""
    return {"down": "-", "up": "+"}.get(after, _sign(tokens[k].word))


_GONE = word_set("come came comes gone went go goes going moved shifted")


def _before_and_after(
    tokens: list[Token], a: int, j: int, run: Run, timed: dict[int, Time]
) -> None:
    """ "Preoperative and postoperative scores differed by 3.9": a change, if no group is set
    against another.
    """
    if run.cue not in _DIFFER or run.inherits:
        return
    told = {timed[k].kind for k in range(a, j) if k in timed}
    if "base" in told and told & {"post", "point", "final", "window", "immediate"}:
        words = {tokens[k].word for k in range(a, j)}
        if not words & {"groups", "group", "arms", "treatments", "between"}:
            run.stat = "change"


def _clause_behind(tokens: list[Token], run: Run) -> set[str]:
    """The words of the clause behind a run: "lower by 1.4 in the ice THAN in the heat group"."""
    out: set[str] = set()
    for k in range(run.last, min(run.last + 12, len(tokens))):
        if tokens[k].word in (".", ";", ",") or tokens[k].kind == "n":
            break
        out.add(tokens[k].word)
    return out


def _copy(run: Run, previous: Run) -> None:
    run.stat, run.cue, run.sign, run.inherits = previous.stat, previous.cue, previous.sign, True
    if run.role == "state" and previous.role in ("by", "of"):
        run.role = previous.role


def _of(
    tokens: list[Token], start: int, j: int, run: Run, previous: Run | None,
    named: dict[int, Mention], timed: dict[int, Time],
) -> None:  # fmt: skip
    run.role = "of"
    k = j - 1
    seen_measure = False
    while k >= start:
        word = tokens[k].word
        if (word in CHANGE_NOUNS and k not in named) or (
            word in ("relief", "reduction") and tokens[k].mark is not None
        ):
            linked = not seen_measure or tokens[k + 1].word in _OF_WORDS or k + 1 in timed
            if linked:
                run.stat, run.cue, run.sign = "change", word, _sign(word)
                return
            break
        if word in _DIFFERENCE:
            run.stat, run.cue = "between_diff", word
            _from_baseline(tokens, k, run, timed)
            return
        if word == "changed" or (
            word in CHANGE
            and tokens[j - 1].word == "mean"
            and tokens[j - 2].word == "a"
            and tokens[j - 3].word == "by"
        ):
            run.stat, run.cue, run.sign = "change", word, _sign(word)
            return
        if k in named:
            seen_measure = True
        elif word == "from" and all(timed[m].kind == "base" for m in range(k, j) if m in timed):
            run.role = word  # "from a baseline of 6.8"
            return
        elif word in ("from", "to") and not any(m in timed for m in range(k, j)):
            run.role = word
            return
        elif word == "by" and tokens[k + 1].word in _OF_WORDS_2:
            _by(tokens, start, k, run, previous, timed)
            return
        elif word in _HAVING and j - k <= 3 and tokens[k + 1].word in ("a", "an", "mean", "median"):
            pass  # "the change had a median of -2.5": the change is the subject
        elif (word in VERBS and word not in CHANGE) or word in HARD:
            break
        k -= 1
    if previous is not None and tokens[j - 1].word in ("and", ","):
        _copy(run, previous)


def _headed_anew(tokens: list[Token], k: int, stop: int, named: dict[int, Mention]) -> bool:
    """ "There was no change in disability: ODI 38 ± 12": a measure of its own behind the colon."""
    colon = next((m for m in range(k + 1, stop) if tokens[m].word == ":"), None)
    return colon is not None and any(m in named for m in range(colon + 1, stop))


def _score_in_bracket(tokens: list[Token], k: int, run: Run, named: dict[int, Mention]) -> bool:
    """ "There was no difference (mean VAS 3.3 (SD 2.6) with ...": a score, told as an example."""
    opened = next((m for m in range(run.first - 1, k, -1) if tokens[m].word in ("(", ")")), None)
    if opened is None or tokens[opened].word == ")" or not run.values[0].spreads:
        return False
    centred = {tokens[m].word for m in range(opened, run.first)} & {"mean", "median", "means"}
    measure = any(m in named and named[m].key for m in range(opened, run.first))
    return bool(centred) and measure and run.values[0].spreads[0].kind in ("sd", "se", "iqr")


def _from_baseline(tokens: list[Token], k: int, run: Run, timed: dict[int, Time]) -> None:
    """A difference from baseline, or between two times, is a change."""
    for m in range(k + 1, min(run.first, k + 6)):
        if m in timed and timed[m].kind == "base" and tokens[m - 1].word in _FROM_BASELINE_WORDS:
            run.stat = "change"
            return


def _subject(
    tokens: list[Token], a: int, start: int, verb: int, run: Run,
    named: dict[int, Mention], timed: dict[int, Time], contrast: bool,
) -> None:  # fmt: skip
    """Whether the subject of the clause is a change or a difference."""
    cue: tuple[str, str, int] | None = None
    for k in range(start, min(verb, run.first)):
        word = tokens[k].word
        if word in _DIFFERENCE and tokens[k - 1].word not in _TAKING:
            if _score_in_bracket(tokens, k, run, named):
                return
            cue = ("between_diff", word, k)
            break
        if word == "minus" and 0 < run.first - k <= 7 and tokens[k + 1].kind == "w":
            cue = ("between_diff", "difference", k)  # "mirror therapy minus sham, -1.8"
            break
        if word in CHANGE_NOUNS or tokens[k].raw.lower() in CHANGE_NOUNS:
            placed = k in timed or tokens[k - 1].word in ("at", "in", "during", "on")
            if word == "recovery" and k and placed:
                continue  # "the score AT RECOVERY was 2.1": a place and a time
            if _headed_anew(tokens, k, run.first, named):
                continue
            if k and tokens[k - 1].word in _NOT_SUBJECT:
                continue
            if k in named and word in (named[k].qualifier or "").split():
                continue
            if any(tokens[m].word in _AUXILIARY for m in range(max(start, k - 3), k)):
                # "did not really change, being 4.6 ...": a verb, and not the subject.
                continue
            before = named.get(k - 1) if k > start else None
            after = tokens[k + 1].word if k + 1 < run.first else ""
            joined = after in _SUBJECT_WORDS or (k + 1 in timed)
            if not joined and k + 1 not in named and before is None:
                continue
            cue = ("change", word, k)
            break
        if word in ("effect",) and k and tokens[k - 1].word in _SUBJECT_WORDS_2:
            cue = ("between_diff", word, k)
            break
    if cue is None:
        return
    stat, word, k = cue
    # A verb between the cue and the number closes the subject: "the drop was clear and VAS was 3".
    verbs = [
        m
        for m in range(k + 1, min(verb, run.first))
        if tokens[m].word in VERBS
        and tokens[m - 1].word not in DETERMINERS  # "the fall in THE SCORE for pain was"
        and m not in named
        and tokens[m].word not in CHANGE_NOUNS
        and tokens[m].word not in _SUBJECT_WORDS_3
    ]
    if verbs:
        # "Six had a reduction, and the mean FALL was 3.1": a later noun may be the subject.
        return _subject(tokens, a, verbs[0] + 1, verb, run, named, timed, contrast)
    if stat == "change" and any(
        tokens[m].word in ("difference", "differences") for m in range(start, k)
    ):
        stat = "between_diff"
    if stat == "change" and _groups_differed(tokens, start, k, run):
        stat = "between_diff"
    run.stat, run.cue = stat, word
    run.role = "of" if run.role == "state" else run.role
    if stat == "change":
        run.sign = _sign(word)
        ahead = [tokens[m].word for m in range(k, min(k + 12, run.first))]
        if "between" in ahead and {"groups", "arms", "treatments"} & set(ahead):
            run.stat = "between_diff"
    else:
        _from_baseline(tokens, k, run, timed)
        if word in _DIFFERENCE and run.stat == "between_diff" and not contrast:
            span = [timed[m] for m in range(k, run.first) if m in timed]
            if len({id(t) for t in span}) >= 2 and any(t.kind == "base" for t in span):
                run.stat = "change"


def _groups_differed(tokens: list[Token], start: int, k: int, run: Run) -> bool:
    """ "Gel and ice DIFFERED in VAS change (1.8, p = 0.01)": one number, by how much they did."""
    if not any(tokens[m].word in _DIFFER for m in range(start, k)) or len(run.values) > 1:
        return False
    if tokens[run.first - 1].word != "(":
        return False
    for m in range(run.last, len(tokens)):
        if tokens[m].word == ")":
            return True
        if tokens[m].kind == "n" and tokens[m - 1].word not in _COMPARES:
            return False
    return False


_COMPARES = word_set("= < > ≤ ≥")


def _role_by_distance(tokens: list[Token], start: int, run: Run, timed: dict[int, Time]) -> None:
    """ "from a median VAS of 8": from and to may stand a few words before the number."""
    for k in range(run.first - 1, max(start, run.first - 9) - 1, -1):
        word = tokens[k].word
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


def _inherit(tokens: list[Token], start: int, run: Run, previous: Run | None) -> None:
    """A run that only continues a list has the stat of the run before it."""
    if previous is None or (run.role in ("from", "to") and previous.stat == "level"):
        return
    if run.verb is not None and run.fresh:
        return
    if run.role in ("from", "to"):
        return
    words = {tokens[k].word for k in range(start, run.first)}
    if words & VERBS - _INHERIT_WORDS and run.verb is not None:
        return
    if previous.stat != "level" and not run.hard:
        _copy(run, previous)
    elif previous.role in ("from", "to") and not words & {"from", "to"} and run.role == "state":
        run.role = "to" if previous.role == "to" else run.role
        run.inherits = True

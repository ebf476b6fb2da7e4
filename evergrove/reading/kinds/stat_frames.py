"""Numbers of one sentence beside each other: frames, brackets and groups settle what each is."""

from __future__ import annotations

from evergrove.reading.frames import Run, scores_and_changes
from evergrove.reading.kinds.frames_between import frame_between_times
from evergrove.reading.kinds.fronted_comparisons import UNLIKE, behind_time
from evergrove.reading.kinds.scores_in_brackets import NAMES_SCORE, score_in_bracket
from evergrove.reading.kinds.stat_places import from_baseline
from evergrove.reading.linking.gaps import HARD
from evergrove.reading.linking.went_to import outside_group, went_to
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.arrows import ARROWS
from evergrove.reading.text.small_words import AND_SIGNS, EARLIER, THAT_THOSE
from evergrove.reading.text.stat_words import COMPARATIVE, DIFFER, DIFFERENCE, NOT_SUBJECT, sign_of
from evergrove.reading.text.tokens import Token, open_bracket, words_outside
from evergrove.reading.text.words import (
    CHANGE,
    CHANGE_NOUNS,
    STATE,
    word_set,
)
from evergrove.reading.times.time_parts import Time

_COMPARED_WITH = word_set("from to with versus vs than over below above")


def score_change_again(runs: list[Run]) -> None:
    """ "3.3 and a change of -2.2 with wax versus 3.8 and -1.7": a score and a change again."""
    for end in range(4, len(runs) + 1):
        one, two, three, four = runs[end - 4 : end]
        if (one.stat, two.stat) == ("level", "change") and scores_and_changes(runs[:end]):
            three.call_level()
            four.go_on_from(two)


def percentage(tokens: list[Token], a: int, run: Run) -> bool:
    """ "the median PERCENTAGE reduction was -40": a percent change without its sign."""
    if run.values[0].unit in ("point", "mm", "cm"):
        return False  # "the percentage reduction was 42% (2.4 POINTS)"
    for k in range(run.first - 1, a, -1):
        if tokens[k].word == run.cue:
            return tokens[k - 1].word in ("percentage", "percent", "relative", "proportional")
    return False


def noun_again(tokens: list[Token], runs: list[Run]) -> None:
    """ "a fall of 3 points (from 7 to 4) at 1 week and OF 3.6 at 2 weeks": a fall again."""
    for index, run in enumerate(runs):
        if run.stat != "level" or run.role != "of":
            continue
        if [token.word for token in tokens[max(0, run.first - 2) : run.first]] != ["and", "of"]:
            continue
        before = next((one for one in reversed(runs[:index]) if one.role == "of"), None)
        if before is not None and before.stat == "change":
            run.go_on_from(before)


def levels_of_groups(tokens: list[Token], runs: list[Run]) -> None:
    """ "no difference in VAS [laser group 7.2 ± 1.1, sham group 7.1 ± 1.2]": two levels.

    Also "no difference in VAS of those on balm (3.1) VERSUS bran (3.4)".
    """
    told = [run for run in runs if run.stat == "between_diff" and run.cue in DIFFERENCE]
    if len(told) < 2:
        return
    if any(_called_difference(tokens, run) for run in told):
        return  # "more than massage (DIFFERENCE 24, 95% CI 16 to 32) and sham (17, 10 to 24)"
    named = [
        run.pre["arm"][-1].items[0].name
        for run in told
        if run.pre.get("arm")
        and len(run.pre["arm"][-1].items) == 1
        and run.first - run.pre["arm"][-1].last <= 2
        and (run.values[0].spreads or _alone_in_brackets(tokens, told))
    ]
    if len(told) == len(named) == len(set(named)) >= 2:
        for run in told:
            run.call_level()


def _called_difference(tokens: list[Token], run: Run) -> bool:
    k = run.first - 1
    k -= tokens[k].word in ("=", ":", "of", "was", ",")
    return tokens[k].word in DIFFERENCE


def _alone_in_brackets(tokens: list[Token], told: list[Run]) -> bool:
    """ "(3.1) versus bran (3.4)": two numbers, each alone in a bracket, set against each other."""
    if len(told) != 2 or any(len(run.values) > 1 or run.values[0].sign for run in told):
        return False
    alone = all(tokens[r.first - 1].word == "(" and tokens[r.last].word == ")" for r in told)
    gap = {tokens[k].word for k in range(told[0].last, told[1].first)}
    # "a difference BETWEEN the wax (3.1) AND clay (3.4) groups"
    ahead = {tokens[k].word for k in range(max(0, told[0].first - 8), told[0].first)}
    between = "between" in ahead and "and" in gap and "between" not in gap
    return alone and (between or bool(gap & {"versus", "vs", "compared", "against"}))


def contrast_in_bracket(
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
        if tokens[k].word in DIFFER:
            run.stat, run.cue, run.role = "between_diff", tokens[k].word, "of"
            from_baseline(tokens, k, run, timed)
            return
        if tokens[k].word in HARD or tokens[k].word in STATE - {"did"}:
            return


def below_nothing(tokens: list[Token], a: int, run: Run) -> None:
    """ "Changes from baseline in pain (NRS) were -2.4": below nothing, behind a word of change."""
    stated = False
    for k in range(run.first - 1, a - 1, -1):
        word = tokens[k].word
        if word in DIFFERENCE or word in DIFFER or word in ("differ", "similar", "comparable"):
            if run.versus and len(run.values) == 2:
                # "changes did not DIFFER between wax and clay (-2.4 vs -1.2)": two of them
                run.stat, run.role, run.cue = "change", "of", "change"
                return
            run.stat, run.cue = "between_diff", word
            ahead = {tokens[m].word for m in range(k, run.first)}
            if "from" in ahead and ahead & EARLIER:
                run.stat, run.role = "change", "of"  # "did not differ from baseline (VAS -0.5)"
            return
        noun = word in CHANGE_NOUNS and tokens[k - 1].word not in NOT_SUBJECT
        # "at 9 weeks VAS was still lowered from baseline: -1.9 and -1.2"
        lowered = word in CHANGE and tokens[k + 1].word == "from" and k + 2 < run.first
        if noun or (lowered and tokens[k + 2].word in EARLIER):
            run.stat, run.cue, run.sign = "change", word, sign_of(word)
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
    elif run.role == "state" and tokens[run.first - 1].word in ("(", "["):
        # "both wax (-2.9) and clay (-1.1) had REDUCTIONS in NRS": told behind them
        outside = words_outside(tokens, run.last, min(len(tokens), run.last + 80))
        told = next((word for word in outside if word in _MOVED_BEHIND), "")
        if told in CHANGE_NOUNS | CHANGE:
            run.stat, run.role, run.cue = "change", "of", told


def fell_and_rose(tokens: list[Token], a: int, run: Run) -> None:
    """ "improved more with wax than with clay: NRS, -2.4 (1.9) vs 0.3 (1.6)": changes as printed.

    One is below nothing or has a plus, as no score is: "(+1.6 vs -0.6)"; so neither is a score.
    """
    signs = "".join(sorted(value.sign for value in run.values))
    if not run.versus or run.stat != "level" or signs not in ("-", "+-", "++"):
        return
    moved = CHANGE | CHANGE_NOUNS
    cue = next(
        (tokens[k].word for k in range(run.first - 1, a - 1, -1) if tokens[k].word in moved), ""
    )
    cue = cue or ("change" if any(value.sign == "+" for value in run.values) else "")
    if cue and not any(value.percent for value in run.values):
        run.stat, run.role, run.cue, run.sign = "change", "of", cue, ""


_MOVED_BEHIND = CHANGE | CHANGE_NOUNS | word_set("; . differ differed difference")
_MOVED = word_set(
    "improved fell dropped decreased declined changed worsened rose increased reduced"
)


def levels_in_bracket(tokens: list[Token], runs: list[Run]) -> None:
    """ "pain hardly moved (4.4 at entry, 4.3 in week 15)": a score at entry is no change."""
    for run in runs:
        if run.stat != "change" or run.role not in ("by", "of") or not run.first:
            continue
        label = next((labels for labels in run.post.get("time", [])), None)
        dated = _opens_with_baseline(tokens, run)
        told = score_in_bracket(tokens, run) and (
            _baseline_told(tokens, runs) or _less_after_more(tokens, run)
        )
        if not dated and not told:
            if label is None or len(label.items) != 1 or label.items[0].kind != "base":
                continue
            lead = tokens[label.first - 1].word, tokens[label.first].word
            if tokens[run.first - 1].word not in ("(", ",", ":") or set(lead) & _COMPARED_WITH:
                continue
        cue, end = run.cue, len(tokens)
        bracketed = tokens[run.first - 1].word in ("(", "[")
        if dated:
            end = next((k for k in range(run.last, end) if tokens[k].word in ")]"), end)
        for other in runs:
            by = other.first < run.first or tokens[other.first - 1].word == "by"
            if by and other.role == "by" and bracketed:
                continue  # "fell BY 2.1 (6.1 before and 4.0 at week 9)": the fall is still one
            if dated and not run.first <= other.first < end:
                continue  # "fell by 2.1 (baseline 6.1, week 9 4.0)"
            if other.stat == "change" and other.role in ("by", "of") and other.cue == cue:
                other.call_level()


def _less_after_more(tokens: list[Token], run: Run) -> bool:
    """ "a GREATER reduction than clay (VAS 4.1 vs 4.8)": the smaller number is where it ended."""
    if not run.versus or len(run.values) != 2 or run.values[0].value >= run.values[1].value:
        return False
    words = [tokens[k].word for k in range(max(0, run.first - 20), run.first)]
    more = next((n for n, word in enumerate(words) if word in _GREATER), len(words))
    return "than" in words[more:] and bool(set(words[more : more + 4]) & CHANGE_NOUNS)


_GREATER = word_set("greater more larger better superior higher")


def _baseline_told(tokens: list[Token], runs: list[Run]) -> bool:
    """ "compared with baseline (8.1)", "vs 8.1 at baseline": whether a value is one of baseline."""
    for run in runs:
        for labels in (*run.pre.get("time", []), *run.post.get("time", [])):
            if not any(label.kind == "base" for label in labels.items):
                continue
            gap = tokens[labels.last : run.first] or tokens[run.last : labels.first]
            if all(t.mark is not None or t.word in NAMES_SCORE | _BESIDE_TIME for t in gap):
                return True
    return False


_BESIDE_TIME = word_set("( [ at the") | {")"}


def _opens_with_baseline(tokens: list[Token], run: Run) -> bool:
    """ "a clear fall (baseline NRS: 6.1, NRS week 9: 4.0)": the bracket opens with a score."""
    label = next((labels for labels in reversed(run.pre.get("time", []))), None)
    if label is None or len(label.items) != 1 or label.items[0].kind != "base":
        return False
    if tokens[label.first - 1].word not in ("(", "[") or run.values[0].sign:
        return False
    gap = tokens[label.last : run.first]
    return len(gap) <= 5 and all(t.mark is not None or t.word in NAMES_SCORE for t in gap)


def than_other(tokens: list[Token], left: Run, right: Run) -> None:
    """ "The fall was 2.3 with wax, which was GREATER THAN THE 1.1 with clay": a fall as well."""
    if left.stat != "change" or right.stat != "level" or left.role not in ("by", "of"):
        return
    k = right.first - 1
    k -= tokens[k].word in ("the", "only", "a")
    if tokens[k].word != "than" or tokens[k - 1].word not in COMPARATIVE:
        return
    if all(tokens[m].kind != "n" for m in range(left.values[-1].last, k)):
        right.go_on_from(left)


def scores_before_and_after(tokens: list[Token], run: Run) -> None:
    """ "the fall in mean pre- and post-drain scores was 8.4 vs 3.1": the two scores themselves.

    For a text of one group only: of two groups they may be how far each fell.
    """
    if run.stat != "change" or not run.versus or len(run.values) != 2:
        return
    told = run.pre.get("time", [])
    if len(told) != 1 or [time.kind == "base" for time in told[0].items] != [True, False]:
        return
    first, last = told[0].items
    noun = next((k for k in range(told[0].first, 0, -1) if tokens[k].word == run.cue), None)
    if noun is None or tokens[noun + 1].word not in ("in", "of"):
        return
    joined = "and" in [tokens[k].word for k in range(first.last - 1, last.first)]
    if joined and not any(value.sign or value.percent for value in run.values):
        run.call_level()


def against_group(tokens: list[Token], a: int, run: Run, timed: dict[int, Time]) -> None:
    """ "Compared with sham, taping lowered pain by 0.9": a difference between groups."""
    a = behind_time(tokens, a, run, timed)
    if tokens[a].word in UNLIKE and run.role == "by":
        words = {tokens[m].word for m in range(a + 1, min(a + 5, len(tokens)))}
        if "," in words and not words & EARLIER:
            run.stat = "between_diff"  # "Against sham, taping lowered pain by 0.9"
            return
    if run.role == "by" and _taken_from(tokens, a, run, timed):
        run.stat = "between_diff"
        return
    opened = next((k + 1 for k in range(run.first - 1, a, -1) if tokens[k].word == ";"), a)
    for k in range(a, run.first - 1):
        if tokens[k].word in ("compared", "relative") and tokens[k + 1].word in ("with", "to"):
            near = [timed[m] for m in range(k + 2, k + 6) if m in timed]
            words = {tokens[m].word for m in range(k + 2, min(k + 5, len(tokens)))}
            leads = k <= a + 2 or opened <= k <= opened + 2
            if not near and not words & EARLIER and leads:
                run.stat = "between_diff"
            if leads or k >= opened:
                return


def _taken_from(tokens: list[Token], a: int, run: Run, timed: dict[int, Time]) -> bool:
    """ "Adding wax LOWERED NRS BY 0.9 points RELATIVE TO clay alone": how much more than clay did.

    A treatment that lowers a score by as much, and another, but no score and no visit, behind it.
    """
    if tokens[run.first - 1].word != "by" or len(run.values) > 1:
        return False
    k = _behind_asides(tokens, run.values[-1].last, timed)
    ahead = [tokens[m].word for m in range(k, min(k + 2, len(tokens)))]
    two = ahead in (["relative", "to"], ["compared", "to"], ["compared", "with"])
    k += 2 if two else 1
    if not (two or ahead[:1] in (["versus"], ["vs"], ["against"])) or k + 1 >= len(tokens):
        return False
    stop = min(k + 4, len(tokens))
    stop = next(
        (m for m in range(k + 1, stop) if tokens[m].word in AND_SIGNS or _own_bracket(run, m)),
        stop,
    )
    behind = range(k, stop)
    if any(m in timed and timed[m].kind == "base" for m in behind) or k in timed:
        return False
    words = [tokens[m].word for m in behind]
    if set(words) & (EARLIER | _NO_GROUP) or tokens[k].kind == "n" or "by" in words:
        return False
    if any(tokens[m].kind == "n" and m not in timed for m in behind):
        return False  # "compared with CLAY 0.4": the other group has a change of its own
    verb = next((m for m in range(run.first - 2, a, -1) if tokens[m].word == run.cue), a)
    # "pain was lowered by", "pain fell by": no treatment is said to have done it
    if verb <= a or tokens[verb - 1].word in _PASSIVE:
        return False
    object_of = any(getattr(t.mark, "kind", "") in _SCORED for t in tokens[verb + 1 : run.first])
    return run.cue in _TRANSITIVE or (object_of and run.cue in _EITHER)


def _own_bracket(run: Run, k: int) -> bool:
    """ "relative to clay (95% CI 0.4 to 3.4)": whether the bracket behind k holds its interval."""
    return any(spread.at[0] - 4 <= k < spread.at[0] for spread in run.values[-1].spreads)


def _behind_asides(tokens: list[Token], k: int, timed: dict[int, Time]) -> int:
    """The token behind a value's bracket and its time: "(95% CI 0.4 to 3.4) AT 6 MONTHS"."""
    for _ in range(3):
        start = k
        if k < len(tokens) and tokens[k].word in ("(", "["):
            k = next((m + 1 for m in range(k, len(tokens)) if tokens[m].word in (")", "]")), k)
        lead = k + (k < len(tokens) and tokens[k].word in _LEADS_TIME)
        if lead in timed and timed[lead].kind != "base":
            k = timed[lead].last
        named = k + 1 + (k + 1 < len(tokens) and tokens[k + 1].word == "the")
        if named < len(tokens) and tokens[k].word == "on":
            mark = tokens[named].mark
            # "by 11 mm ON THE VAS compared with clay"
            k = mark.last if getattr(mark, "kind", "") in _SCORED else k
        if k == start:
            return k
    return k


_LEADS_TIME = word_set("at after over by in within")
_SCORED = word_set("measure compound")
_EITHER = word_set(
    "decreased improved increased worsened"
)  # of a score itself, or of what changes it


_NO_GROUP = word_set(
    "values value scores score levels visit visits admission those that side other"
)
_PASSIVE = word_set("was were is been being be are significantly")
_TRANSITIVE = word_set("lowered reduced cut eased relieved diminished lessened raised")


def heads_bracket_of(tokens: list[Token], k: int) -> bool:
    """Whether the value at k opens a bracket, perhaps behind its measure: "(VAS: 56.7 to 31.2)"."""
    first = max(0, k - 8)
    k -= 1
    while k > first and (tokens[k].word in _HEADING or tokens[k].mark is not None):
        k -= 1
    return tokens[k].word in ("(", "[")


_HEADING = word_set(": = , mean median average score scores - / 0 10 100 the of from")


def bare_frame(tokens: list[Token], left: Run, right: Run) -> None:
    """ "7.9 to 2.4", "62 → 40" without "from": two levels, if they are printed as measurements."""
    frame_between_times(tokens, left, right)
    gap = [tokens[k].word for k in range(left.last, right.first)]
    if len(left.values) != 1 or "to" not in gap:
        return
    exact = all(v.spreads or "." in tokens[v.at].word for v in (left.values[-1], right.values[0]))
    exact = exact or tokens[left.last].raw in ARROWS
    # "ODI (48 to 21)": a range is told from its lower end
    exact = exact or left.values[0].value > right.values[0].value
    opens = heads_bracket_of(tokens, left.first)
    if _each_in_bracket(tokens, left, gap):
        gap, opens = ["to"], True
    one, two = left.values[0], right.values[0]
    unsigned = not one.sign and not two.sign and not (left.sign == "-" and two.value > one.value)
    if gap == ["to"] and exact and opens and unsigned and left.stat == "change":
        # "pain fell (8.1 to 3.9)": two scores, and not by how much it fell.
        left.call_level()
    if (
        gap == ["to"]
        and (left.role == "state" or left.inherits or opens)
        and (left.stat == "level" or (opens and left.inherits))
        and exact
    ):
        # "down by 74% [6.7 ± 2.3 to 1.8 ± 2.3]": the bracket holds the two scores.
        left.role, right.role, left.stat, right.stat = "from", "to", "level", "level"


def _each_in_bracket(tokens: list[Token], left: Run, gap: list[str]) -> bool:
    """ "a fall in NRS (MEAN (SD) = 6.4 (1.3)) TO (MEAN (SD) = 5.1 (2.2))": each in its bracket."""
    if "to" not in gap or gap[-1] == "to" or not {"(", "["} & set(gap[gap.index("to") :]):
        return False
    if [word for word in gap if word not in _BRACKET_HEADS] != ["to"]:
        return False
    opened = open_bracket(tokens, max(0, left.first - 7), left.first)
    return opened is not None and _BRACKET_HEADS.issuperset(
        token.word for token in tokens[opened : left.first]
    )


_BRACKET_HEADS = word_set("( ) [ ] mean median sd iqr se sem m = : , of range score")
_OF_WHAT = word_set("in of for on")


def fell_to(tokens: list[Token], a: int, left: Run, right: Run, timed: dict[int, Time]) -> None:
    """ "a mean VAS of 8.0 FELL TO 3.6": the value before the verb is where it fell from."""
    if left.stat != "level" or left.role not in ("state", "of") or right.role != "to":
        return
    gap = [tokens[k].word for k in range(left.last, right.first)]
    if gap[-1:] != ["to"] or len(left.values) != 1:
        return
    joined = gap[0] in ("and", ",", ";", "then") and went_on(gap)
    if joined and len(right.values) == 1:
        # "VAS was 8.0 and fell to 3.6", ", and it came down to 3.6", unless a time has been told:
        # "at 2 weeks it was 5.1 and"
        dated = any(timed[k].kind != "base" for k in range(a, left.first) if k in timed)
        left.role = left.role if dated else "from"
    elif (len(gap) <= 3 and gap[0] in CHANGE) or went_to(outside_group(tokens, left, right)):
        left.role = "from"


def went_on(gap: list[str]) -> bool:
    """ ", AND IT CAME DOWN TO": the verb of what was told before, up to the next number."""
    k = 0
    while k < len(gap) and (gap[k] in _GOES_ON or gap[k].endswith("ly")):
        k += 1
    rest = [word for word in gap[k:] if not word.endswith("ly")]
    fell = len(rest) == 2 and rest[0] in CHANGE
    return fell or (len(rest) == 3 and rest[0] in ("came", "went") and rest[1] in ("down", "up"))


_GOES_ON = word_set(", ; and then which it they this later had has have but was were")


def same_subject(tokens: list[Token], left: Run, right: Run, named: dict[int, Mention]) -> None:
    """ "the difference was -8.6, and at 3 months IT was -5.9": still a difference."""
    noun = left.cue in DIFFERENCE or (left.cue in CHANGE_NOUNS and left.role == "of")
    if right.stat != "level" or left.stat == "level" or not noun or right.role != "state":
        return
    gap = range(left.last, right.first)
    if any(tokens[k].word in THAT_THOSE and tokens[k + 1].word in _OF_WHAT for k in gap):
        right.go_on_from(left)  # "the improvement in VAS was 4.8 and THAT IN ODI 27"
        return
    if any(k in named and named[k].key for k in gap):
        return
    if any(tokens[k].word in ("it", "this") and tokens[k + 1].word in STATE for k in gap):
        right.go_on_from(left)

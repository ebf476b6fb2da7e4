"""What the words at one place make of a number: behind it, its verb, its noun."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.kinds.predicates import change_since
from evergrove.reading.kinds.stat_phrases import moved_by, noun_before, verb_before
from evergrove.reading.kinds.where_lower import words_of_place
from evergrove.reading.linking.gaps import HARD
from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.shares import behind_share
from evergrove.reading.text.small_words import EARLIER
from evergrove.reading.text.stat_words import (
    COMPARATIVE,
    DIFFER,
    DIFFERENCE,
    MORE,
    more_or_less,
    of_itself,
    sign_of,
)
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    CENTRES,
    CHANGE,
    CHANGE_NOUNS,
    DETERMINERS,
    STATE,
    UNIT_DAYS,
    VERBS,
    word_set,
)
from evergrove.reading.times.time_parts import Time

_AFTER_WORDS = word_set(
    "mean average significant greater larger point absolute relative overall further net"
)
_AFTER_WORDS_2 = word_set("difference advantage contrast gap apart")
_BY_WORDS = word_set("favoured favored superior outperformed beat exceeded")
_OF_WORDS = word_set("in of for on from at by with was")
_OF_WORDS_2 = word_set("a an the mean")
_NOUNS_TOO = word_set("average rating")
_BEFORE_NOUN = word_set("a an the average mean median initial final overall pain")
_FROM_BASELINE_WORDS = word_set("from between to with versus vs")
_HAVING = word_set("had has showed reached")


def behind(tokens: list[Token], run: Run, timed: dict[int, Time]) -> tuple[str, str] | None:
    """ "3.1-point reduction", "2 points lower than before", "1.2 points lower than with tape"."""
    k = behind_share(tokens, run.values[-1].last)
    if k >= len(tokens):
        return None
    value = run.values[-1]
    mark = tokens[k].mark
    named = getattr(mark, "kind", "") == "measure" and mark.first == k and mark.last < len(tokens)
    if named and tokens[mark.last].word in CHANGE_NOUNS:
        k = mark.last  # "a 2.9 cm VAS reduction"
    if value.unit and tokens[k].word == "of":
        k = _behind_names(tokens, k + 1)  # "2.8 points OF PAIN REDUCTION"
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
    if word in CHANGE_NOUNS and (
        value.adjectival or value.unit or value.percent or _amount_of_noun(tokens, run, k)
    ):
        return "change", word
    if word in _AFTER_WORDS_2 and (
        value.adjectival or value.unit or _amount_of_noun(tokens, run, k)
    ):
        return "between_diff", word
    if way := beyond_baseline(tokens, k, timed):
        return "change", way  # "2.4 points BELOW BASELINE"
    if word in COMPARATIVE and (
        value.unit or value.percent or value.adjectival or value.last >= k - steps
    ):
        for m in range(k + 1, min(k + 40, len(tokens))):
            if tokens[m].word in (".", ";"):
                break
            if tokens[m].word == "than":
                his = m + 2 < len(tokens) and tokens[m + 2].word == "or"
                own = m + 1 + 2 * his  # "less than HIS OR HER own score"
                near = [
                    timed[n]
                    for n in range(own, min(own + 3, len(tokens)))
                    if n in timed and tokens[n - 1].word not in ("between", "from")
                ]
                if near and near[0].kind == "base":
                    return "change", word
                return "between_diff", word
        after = _behind_bracket(tokens, k + 1)
        near = words_of_place(tokens, after, timed)
        compared = moved_by(tokens, k) or (
            word in MORE
            and (noun_before(tokens, 0, run.first) or verb_before(tokens, 0, run.first))
        )
        if compared and (not near.isdisjoint(("with", "in", "for")) or moved_by(tokens, k)):
            return "between_diff", word  # "the fall was 1.2 points GREATER with clay"
        return (
            None
            if word in ("more", "greater")
            else (
                "between_diff" if not near.isdisjoint(("with", "in", "for", "among")) else "change",
                word,
            )
        )
    return None


def _behind_names(tokens: list[Token], k: int) -> int:
    """The noun of change behind the names of measures at k, or the "of" before them."""
    first = k
    while k < len(tokens) - 1 and k - first < 5 and is_measure(tokens[k]):
        k += 1
    return k if tokens[k].word in CHANGE_NOUNS else first - 1


def _amount_of_noun(tokens: list[Token], run: Run, k: int) -> bool:
    """ "A 2.1 REDUCTION IN heel NRS", "a mean 6.2 (2.0 to 10.4) IMPROVEMENT": without a unit."""
    j = run.first - 1
    j -= tokens[j].word in CENTRES
    led = j >= 0 and (tokens[j].word in ("a", "an") or tokens[j + 1].word in CENTRES)
    if j > 0 and tokens[j].word in (",", "and"):
        led = led or tokens[j - 1].word in CHANGE_NOUNS  # "a 2.1 decrease, 1.4 INCREASE and ..."
    after = k + 1 < len(tokens) and tokens[k + 1].word in _OF_NOUN
    return len(run.values) == 1 and led and after and tokens[k - 1].word != "-"


_OF_NOUN = word_set("in of for from on at over after by with was were and ( [ ) ] , . ; between")


def _behind_bracket(tokens: list[Token], k: int) -> int:
    """ "1.2 points lower (95% CI 0.3 to 2.1) with clay": behind the bracket at k, or k."""
    if k >= len(tokens) or tokens[k].word not in ("(", "["):
        return k
    ends = range(k, min(k + 24, len(tokens)))
    return next((m + 1 for m in ends if tokens[m].word in (")", "]")), k)


def beyond_baseline(tokens: list[Token], k: int, timed: dict[int, Time]) -> str:
    """ "lower" of "below (the) baseline (value)" at token k, "higher" of "above"; else ""."""
    way = _BEYOND.get(tokens[k].word, "")
    near = range(k + 1, min(k + 4, len(tokens))) if way else ()
    at = next((m for m in near if tokens[m].word not in DETERMINERS), k)
    return way if at in timed and timed[at].kind == "base" else ""


_BEYOND = {"below": "lower", "above": "higher"}


def by_verb(
    tokens: list[Token], start: int, j: int, run: Run, previous: Run | None, timed: dict[int, Time]
) -> None:
    run.role = "by"
    floor = start
    for k in range(j - 1, floor - 1, -1):
        word = tokens[k].word
        if word in DIFFER or word in DIFFERENCE:
            run.stat, run.cue = "between_diff", word
            if tokens[k + 1].word == "between":
                from_baseline(tokens, k, run, timed)  # "differed between baseline and 1 month by"
            return
        if word in _BY_WORDS:
            run.stat, run.cue = "between_diff", word
            return
        if word in CHANGE or (word in MORE and "than" in _clause_behind(tokens, run)):
            behind = _clause_behind(tokens, run)
            moved = _way(tokens, k - 1) if word in MORE and k > floor else ""
            if moved and run.versus and len(run.values) == 2:
                # "pain fell more with clay, by 2.4 AGAINST 1.2 points with sand": two falls
                run.stat, run.cue, run.sign = "change", word, moved
                return
            if moved and not tokens[k + 1].word.endswith("ly"):
                # "pain fell MORE with clay, BY 1.2 points"
                run.stat, run.cue, run.sign = "between_diff", word, more_or_less(moved, word)
                return
            if _against_arm(tokens, k, j, run):
                # "clay LOWERED pain RELATIVE TO SAND by 1.2", "was LOWER with CLAY by 1.2"
                run.stat, run.cue, run.sign = "between_diff", word, _way(tokens, k)
                return
            way = verb_before(tokens, floor, k) if word in MORE else ""
            if word in MORE and "than" in behind:
                way = way or noun_before(tokens, floor, k)
            if way:
                # "clay LOWERED pain scores MORE than sand, BY 1.2 points"
                run.stat, run.cue, run.sign = "between_diff", word, more_or_less(way, word)
                return
            if word in COMPARATIVE and "than" in {tokens[m].word for m in range(k, j)} | behind:
                run.stat, run.cue, run.sign = "between_diff", word, sign_of(word)
                if {"baseline", "before"} & ({tokens[m].word for m in range(k, j)} | behind):
                    run.stat = "change"
                return
            if word in COMPARATIVE and _being(tokens, floor, k, run):
                run.stat, run.cue, run.sign = "between_diff", word, sign_of(word)
                return
            if word in COMPARATIVE and behind & {"group", "arm"} and not behind & _OF_EACH:
                # "was lower by 0.3 IN THE CLAY GROUP": than in the other
                run.stat, run.cue, run.sign = "between_diff", word, sign_of(word)
                return
            run.stat, run.cue, run.sign = "change", word, _way(tokens, k)
            if tokens[k - 1].word in ("the", "mean") and any(
                tokens[m].word in DIFFER for m in range(floor, k)
            ):
                run.stat = "between_diff"  # "the groups differed in the fall of VAS by 2.6"
            return
        if word in _GONE and tokens[k + 1].word in ("down", "up"):
            run.stat, run.cue, run.sign = "change", word, _way(tokens, k)
            return
        if word in _BROUGHT and tokens[j - 1].word in _WAYS:
            # "wax BROUGHT the VAS DOWN BY 3.1 points"
            run.stat, run.cue, run.sign = "change", word, _WAYS[tokens[j - 1].word]
            return
    if tokens[j - 1].word in _WAYS:
        # "clay: VAS DOWN BY 2.6 at 6 months", "wax, DOWN BY 1.4": told without a verb
        run.stat, run.cue, run.sign = "change", "change", _WAYS[tokens[j - 1].word]
        return
    if previous is not None and previous.stat == "level" and previous.role in ("from", "to"):
        _by_from(tokens, previous, run)
    if previous is not None and not run.cue:
        run.go_on_from(previous)


def _being(tokens: list[Token], floor: int, k: int, run: Run) -> bool:
    """ "wax did better THAN CLAY, the VAS at week 8 BEING LOWER by 2.3": than with clay as well."""
    if tokens[k - 1].word != "being":
        return False
    than = next((m for m in range(k - 1, floor, -1) if tokens[m].word == "than"), 0)
    arms = [arm for labels in run.pre.get("arm", []) for arm in labels.items]
    return than > 0 and len(arms) > 1 and any(than < arm.first <= than + 4 for arm in arms)


def _against_arm(tokens: list[Token], k: int, j: int, run: Run) -> bool:
    """Whether a group is what the verb at k is set against, in front of "by" at j or behind it."""
    arms = [arm for labels in run.pre.get("arm", []) for arm in labels.items if k < arm.first < j]
    words = {tokens[m].word for m in range(k, j)}
    if (words | _clause_behind(tokens, run)) & EARLIER or words & {":", ";", "was", "were"}:
        return False
    if tokens[k].word in COMPARATIVE:
        stated = tokens[k - 1].word in STATE or tokens[k - 1].word.endswith("ly")
        return bool(arms) and stated and "than" not in words
    if arms and any(
        tokens[m].word in _RELATIVE and arms[-1].first - m in (1, 2, 3) for m in range(k, j)
    ):
        return True
    more = any(tokens[m].word in _EXTRA for m in range(j, run.first))
    ahead = [tokens[m].word for m in range(run.last, min(run.last + 4, len(tokens)))]
    compared = ahead[:1] in (["compared"], ["relative"], ["versus"], ["over"], ["than"])
    return more and compared and not set(ahead) & EARLIER


_RELATIVE = word_set("relative compared versus vs")
_EXTRA = word_set("additional extra further")


def _by_from(tokens: list[Token], previous: Run, run: Run) -> None:
    """ "pain FELL from 6.1 (SD 1.2) BY 2.4 points": the verb stands before the level.

    Also "fell by 2.4 from 6.1 with wax and BY 1.1 from 6.0 with clay".
    """
    told = any(tokens[k].word == "by" for k in range(max(previous.first - 8, 0), previous.first))
    for k in range(previous.first - 1, max(previous.first - 12, 0), -1):
        word = tokens[k].word
        if word in (";", ".", "to") or (tokens[k].kind == "n" and not told):
            return
        if word in CHANGE or word in _GONE:
            run.stat, run.cue, run.sign = "change", word, _way(tokens, k)
            return


def _way(tokens: list[Token], k: int) -> str:
    """The sign of the verb at k; of "came DOWN" and "went UP" by the word behind it."""
    after = tokens[k + 1].word if tokens[k].word in _GONE and k + 1 < len(tokens) else ""
    return _WAYS.get(after, sign_of(tokens[k].word))


_WAYS = {"down": "-", "up": "+"}
_BROUGHT = word_set("brought brings bring bringing took takes drove pushed pulled")
_GONE = word_set("come came comes gone went go goes going moved shifted")


def before_and_after(tokens: list[Token], a: int, j: int, run: Run, timed: dict[int, Time]) -> None:
    """ "Preoperative and postoperative scores differed by 3.9": a change, if no group is set
    against another.
    """
    if run.cue not in DIFFER or run.inherits:
        return
    told = {timed[k].kind for k in range(a, j) if k in timed}
    if "base" in told and told & {"post", "point", "final", "window", "immediate"}:
        words = {tokens[k].word for k in range(a, j)}
        if not words & {"groups", "group", "arms", "treatments", "between"}:
            run.stat = "change"


_OF_EACH = word_set("and both each either all while whereas but")


def _clause_behind(tokens: list[Token], run: Run) -> set[str]:
    """The words of the clause behind a run: "lower by 1.4 in the ice THAN in the heat group"."""
    out: set[str] = set()
    for k in range(run.last, min(run.last + 12, len(tokens))):
        if tokens[k].word in (".", ";", ",") or tokens[k].kind == "n":
            break
        out.add(tokens[k].word)
    return out


_SINCE = word_set("from versus vs with to since")
_LINKS = _OF_WORDS | _SINCE | word_set("compared relative")


def by_noun(
    tokens: list[Token], start: int, j: int, run: Run, previous: Run | None,
    named: dict[int, Mention], timed: dict[int, Time],
) -> None:  # fmt: skip
    run.role = "of"
    k = j - 1
    seen_measure = False
    while k >= start:
        word = tokens[k].word
        if tokens[k - 1].word in ("after", "following") and tokens[k + 1].word == ",":
            pass  # "ten minutes AFTER REDUCTION, scores of 2.1 and 1.5": what was done
        elif (word in CHANGE_NOUNS and k not in named) or (
            word in ("relief", "reduction") and tokens[k].mark is not None
        ):
            linked = not seen_measure or tokens[k + 1].word in _LINKS or k + 1 in timed
            if linked:
                run.stat, run.cue, run.sign = "change", word, sign_of(word)
                return
            break
        if word in DIFFERENCE:
            run.stat, run.cue = "between_diff", word
            from_baseline(tokens, k, run, timed)
            return
        if word == "changed" or (
            word in CHANGE
            and tokens[j - 1].word == "mean"
            and tokens[j - 2].word == "a"
            and (tokens[j - 3].word == "by" or (tokens[j - 3].word == "with" and k == j - 4))
        ):
            run.stat, run.cue, run.sign = "change", word, sign_of(word)
            return
        since = word == "with" and change_since(tokens, start, k, run, timed)
        if word == "with" and not since and _with_score(tokens, k, j, seen_measure, timed):
            break
        if k in named:
            seen_measure = True
        elif word == "from" and tokens[k - 1].word in CHANGE_NOUNS and k + 1 in timed:
            pass  # "a mean CHANGE FROM baseline of -2.4"
        elif word in _SINCE and change_since(tokens, start, k, run, timed):
            k -= tokens[k - 1].word in ("compared", "relative")
            # "a decrease in VAS FROM BASELINE of 2.5"
        elif word == "from" and all(timed[m].kind == "base" for m in range(k, j) if m in timed):
            run.role = word  # "from a baseline of 6.8"
            return
        elif word == "to" and tokens[k - 1].word in ("compared", "relative"):
            break  # "3.7 compared TO the placebo group of 4.1": a group, and no fall
        elif word in ("from", "to") and not any(m in timed for m in range(k, j)):
            run.role = word
            return
        elif word == "by" and tokens[k + 1].word in _OF_WORDS_2:
            by_verb(tokens, start, k, run, previous, timed)
            return
        elif word in _HAVING and j - k <= 3 and tokens[k + 1].word in ("a", "an", "mean", "median"):
            pass  # "the change had a median of -2.5": the change is the subject
        elif word == "with" and seen_measure and tokens[k - 1].word == ",":
            break  # "they differed at all visits, WITH pain scores of 8.3 and 1.4": the scores
        elif word in ("score", "scores") and (k - 1 in named or k - 2 in named):
            pass  # "a reduction in visual analogue scale (VAS) SCORE of 3": the end of the name
        elif word in _NOUNS_TOO and _end_of_frame(tokens, start, k):
            pass  # "from AN AVERAGE RATING of 6": no verbs
        elif (word in VERBS and word not in CHANGE) or word in HARD:
            break
        k -= 1
    if previous is not None and tokens[j - 1].word in ("and", ","):
        run.go_on_from(previous)


def _end_of_frame(tokens: list[Token], start: int, k: int) -> bool:
    """Whether "from" or "to" leads to the noun at k: "FROM an average RATING of 6"."""
    k -= 1
    while k > start and tokens[k].word in _BEFORE_NOUN:
        k -= 1
    return tokens[k].word in ("from", "to")


def _with_score(
    tokens: list[Token], k: int, j: int, measured: bool, timed: dict[int, Time]
) -> bool:
    """ "an improvement in pain WITH A MEDIAN PRE-OP NRS of 8": a score that a time is told with.

    Also "NRS showed a fall after 2 weeks (WITH THE MEAN of 3.1)".
    """
    if tokens[k - 1].word == "(" and [t.word for t in tokens[k + 1 : k + 3]] == ["the", "mean"]:
        return True
    if tokens[k + 1].word not in ("a", "an", "the") and tokens[k + 1].word not in CENTRES:
        return False
    return any(measured or timed[m].kind == "base" for m in range(k + 1, j) if m in timed)


def from_baseline(tokens: list[Token], k: int, run: Run, timed: dict[int, Time]) -> None:
    """A difference from baseline, or between two times ("1 month MINUS ENTRY"), is a change.

    So is the difference "PRE-POST", "PRE- TO POST-TREATMENT" or "WITHIN GROUPS", and that "between
    the FINAL AND INITIAL VAS".
    """
    if tokens[k + 1].word == "between":
        compared = {tokens[m].word for m in range(k + 2, min(run.first, k + 8))}
        if "and" in compared and compared & _EARLIER_SCORE and compared & _LATER_SCORE:
            run.stat = "change"
            return
    if of_itself(tokens, k):
        run.stat = "change"
        return
    # "reduced from baseline, with a difference of 1.1 COMPARED WITH clay", "BETWEEN GROUPS"
    behind = range(run.last, min(len(tokens), run.last + 10))
    stop = next((m for m in behind if tokens[m].word in (".", ";")), run.last + 10)
    near = {token.word for token in tokens[k:stop]}
    if near.isdisjoint(_OF_GROUPS) and (way := _less_than_before(tokens, k, timed)):
        run.stat, run.cue = "change", way
        run.sign = "" if any(value.sign for value in run.values) else sign_of(way)
        return
    names = 0
    for m in range(k + 1, min(run.first, k + 16)):
        if tokens[m].word in CHANGE_NOUNS and tokens[k].word in DIFFERENCE:
            return  # "the difference in MEAN CHANGE from baseline": between groups
        if tokens[m].mark is not None or tokens[m].word in _OF_NAME:
            names += 1  # "the difference in PAIN INTENSITY (NRS) from baseline"
        if m not in timed or timed[m].kind != "base":
            continue
        lead = tokens[m - 1].word
        near = m - names < k + 6 and lead in _FROM_BASELINE_WORDS
        if near or lead == "between" or (lead == "minus" and m < k + 10):
            run.stat = "change"
            return


def _less_than_before(tokens: list[Token], k: int, timed: dict[int, Time]) -> str:
    """ "NRS was LOWER THAN AT BASELINE (difference 2.1)": the word that tells which way; else "".

    Also "NRS was REDUCED COMPARED TO BASELINE, with a mean difference of 2.1".
    """
    at = k - 1
    while at > 0 and (tokens[at].word in CENTRES or tokens[at].word in _WITH_A):
        at -= 1
    time = timed.get(at - 1)
    if tokens[at].word not in ("(", "[", ","):
        return ""
    if time is None or time.kind != "base":
        return _fronted_baseline(tokens, at, timed)
    lead = [tokens[m].word for m in range(max(0, time.first - 3), time.first)]
    if _TAKEN_FROM.isdisjoint(lead):
        return ""
    ahead = (tokens[m].word for m in range(time.first - 1, max(0, time.first - 20), -1))
    moved = COMPARATIVE | CHANGE
    return next((word for word in ahead if word in moved and sign_of(word)), "")


def _fronted_baseline(tokens: list[Token], opened: int, timed: dict[int, Time]) -> str:
    """ "COMPARED WITH BASELINE, NRS was LOWER at 6 weeks (difference 2.1)": as above.

    Not where a group is set against another ("lower with wax THAN with clay").
    """
    start, inside = opened, 0
    while start > 0 and (inside or tokens[start - 1].word not in (".", ";", ":")):
        start -= 1
        inside += (tokens[start].word in (")", "]")) - (tokens[start].word in ("(", "["))
    comma = next((m for m in range(start, min(start + 7, opened)) if tokens[m].word == ","), start)
    time = timed.get(comma - 1)
    if time is None or time.kind != "base" or _FRONTED.isdisjoint((tokens[start].word,)):
        return ""
    words = [tokens[m].word for m in range(comma, opened)]
    if "than" in words or "between" in words:
        return ""
    moved = COMPARATIVE | CHANGE
    return next((word for word in reversed(words) if word in moved and sign_of(word)), "")


_FRONTED = word_set("compared relative versus")
_WITH_A = word_set("a an the with")
_OF_GROUPS = word_set(
    "between groups versus vs compared than over against favour favor favouring favoring favoured"
)
_TAKEN_FROM = word_set("than from versus vs compared relative over")
_OF_NAME = word_set("( ) [ ] score scores")
_EARLIER_SCORE = word_set("initial first pre preoperative pretreatment baseline before admission")
_LATER_SCORE = word_set("final last post postoperative posttreatment after discharge end")


def end_of_frame(tokens: list[Token], start: int, j: int) -> int:
    """ "FROM a mean entry score OF 7.1 TO a mean final score OF 3.1": where "from" stands.

    So too "to A 6-MONTH mean OF 3.1". `j`, where "of" stands, if no such word leads the noun.
    """
    k = j - 1
    scored = False
    while k > start and j - k < 8 and (tokens[k].word in _OF_END or _of_length(tokens, k)):
        scored = scored or tokens[k].word in _SCORED
        k -= 1
    named = scored and tokens[k].word in ("a", "an", "the", "its", "their") and k > start
    if not named or tokens[k - 1].word not in ("from", "to"):
        return j
    moved = tokens[k - 2].word in CHANGE_NOUNS and tokens[k - 1].word == "from"
    goes_on = any(token.word == "to" for token in tokens[j : j + 14])
    return j if moved and not goes_on else k - 1  # "a change FROM the baseline mean OF 2 points"


def _of_length(tokens: list[Token], k: int) -> bool:
    """ "6-month", "1-year": the number or the unit of a time that stands before a noun."""
    at = k if tokens[k].kind == "n" else k - 2
    unit = tokens[at + 1].word == "-" and tokens[at + 2].word in UNIT_DAYS
    return tokens[at].kind == "n" and unit and k in (at, at + 2)


_SCORED = word_set("mean median average score value level rating")
_OF_END = _SCORED | word_set(
    "baseline initial initially preoperative preoperatively postoperative final end point endpoint "
    "follow up follow-up visit last - pretreatment posttreatment preintervention "
    "postintervention pain pre post overall nrs vas"
)

"""Whether the subject of a clause makes its numbers a change or a difference."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.kinds.changes_of_people import score_behind
from evergrove.reading.kinds.predicates import differs_between, says_of_subject
from evergrove.reading.kinds.scores_in_brackets import base_in_bracket
from evergrove.reading.kinds.stat_places import from_baseline
from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.separators import NOTED
from evergrove.reading.text.plain_words import NO_FALLS
from evergrove.reading.text.stat_words import DIFFER, DIFFERENCE, NOT_SUBJECT, OF_EFFECT, sign_of
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    CHANGE_NOUNS,
    DETERMINERS,
    PEOPLE,
    STATE,
    VERBS,
    word_set,
)
from evergrove.reading.times.time_parts import Time

_SUBJECT_WORDS = word_set(
    "in of for on from at with by after between was were score scores over among ( : = "
    "averaged to within until since amounted compared , relative vs versus had has",
    "",
)
# "the fall BASED ON the NRS was", "the drop AS MEASURED BY VAS was": by what it was told.
_BY_WHAT = word_set(
    "based using according as via per through measured assessed expressed quantified"
)
_TOLD = word_set("rated scored gauged judged estimated shown indicated captured reflected obtained")
_SUBJECT_WORDS_3 = word_set(
    "had has have compared versus given treated received using adjusted observed seen reported "
    "found measured assessed evaluated quantified expressed recorded determined graded"
)
_TAKING = word_set("taking took takes take taken")  # "taking advantage of the scan"
_AUXILIARY = word_set("did does do not never hardly could would cannot didn't")


def _headed_anew(tokens: list[Token], k: int, stop: int, named: dict[int, Mention]) -> bool:
    """ "There was no change in disability: ODI 38 ± 12": a measure of its own behind the colon."""
    colon = next((m for m in range(k + 1, stop) if tokens[m].word == ":"), None)
    if colon is None:
        return False
    if any(m in named for m in range(colon + 1, stop)):
        return True
    # "There was no evidence of change in NRS: the mean was 4.0 at entry and 3.9 at week 8"
    denied = any(tokens[m].word in ("no", "little", "not") for m in range(max(0, k - 5), k))
    behind = {tokens[m].word for m in range(colon + 1, stop)}
    return denied and bool(behind & _CENTRES) and bool(behind & {"was", "were"})


def _verb_anew(tokens: list[Token], k: int, stop: int, named: dict[int, Mention]) -> bool:
    """ "no difference in the course of pain: THE PEAK VAS WAS 4.9 with wax": the scores of both."""
    colon = next((m for m in range(k + 1, stop) if tokens[m].word == ":"), None)
    if colon is None or not any(m in named for m in range(colon + 1, stop)):
        return False
    behind = {tokens[m].word for m in range(colon + 1, stop)}
    return not behind.isdisjoint(STATE) and behind.isdisjoint(DIFFERENCE)


def _clause_anew(tokens: list[Token], k: int, stop: int, named: dict[int, Mention]) -> bool:
    """ "Relief LASTED 11 weeks, AND AT 6 WEEKS THE MEAN VAS WAS 2.9": a clause with its measure."""
    had = _had_it(tokens, k)
    joint = next(
        (
            m
            for m in range(k + 2 - had, stop - 1)
            if tokens[m].word in ",;" and (tokens[m].word == ";" or tokens[m + 1].word in _JOINS)
        ),
        0,
    )
    if not joint or not any(named[m].key for m in range(joint + 1, stop) if m in named):
        return False
    finite = any(_may_be_verb(tokens, m) for m in range(k + 1, joint)) or had
    behind = {tokens[m].word for m in range(joint + 1, stop)}
    return finite and not behind.isdisjoint(STATE) and behind.isdisjoint(CHANGE_NOUNS | DIFFERENCE)


def _had_it(tokens: list[Token], k: int) -> bool:
    """ "14 NUNS REPORTED complete RELIEF": what people had, and no subject of a score behind."""
    m = k - 1
    while m > 0 and k - m < 5 and tokens[m].kind == "w" and tokens[m].word not in _HAD:
        m -= 1
    return tokens[m].word in _HAD and (tokens[m - 1].word in PEOPLE or tokens[m - 1].word == ")")


_HAD = word_set("had reported experienced achieved obtained noted noticed gained described felt")
_JOINS = word_set("and but while whereas where")
_PAST = word_set("began came took went set fell rose held wore gave became grew kept left")


def _may_be_verb(tokens: list[Token], m: int) -> bool:
    """Whether the word at m may be the verb of a subject before it: "relief LASTED"."""
    word = tokens[m].word
    told = word in _PAST or (word.endswith("ed") and len(word) > 4)
    return told and tokens[m - 1].kind == "w" and word not in _SUBJECT_WORDS_3


_CENTRES = word_set("mean means median medians average averages score scores")


def _score_in_bracket(tokens: list[Token], k: int, run: Run, named: dict[int, Mention]) -> bool:
    """ "There was no difference (mean VAS 3.3 (SD 2.6) with ...": a score, told as an example."""
    opened = next((m for m in range(run.first - 1, k, -1) if tokens[m].word in ("(", ")")), None)
    if opened is None or tokens[opened].word == ")" or not run.values[0].spreads:
        return False
    centred = {tokens[m].word for m in range(opened, run.first)} & {"mean", "median", "means"}
    measure = any(m in named and named[m].key for m in range(opened, run.first))
    return bool(centred) and measure and run.values[0].spreads[0].kind in ("sd", "se", "iqr")


_LEAVING = word_set("discharge discharged arrival admission")


def _of_one_group(tokens: list[Token], k: int, run: Run) -> bool:
    """ "no DIFFERENCE BETWEEN the wax group (43; 95% CI 35 to 51) AND controls": a score of wax."""
    between = [tokens[m].word for m in range(k + 1, run.first - 1)]
    if tokens[run.first - 1].word != "(" or "between" not in between[:2] or "and" in between:
        return False
    close = next(
        (m for m in range(run.last, min(run.last + 30, len(tokens))) if _shut(tokens, m)), 0
    )
    return bool(close) and tokens[close + 1].word == "and"


def _shut(tokens: list[Token], m: int) -> bool:
    """Whether a bracket that was opened before closes at m: not that of "(43 (SD 2))"."""
    return tokens[m].word == ")" and m + 1 < len(tokens) and tokens[m + 1].word != ")"


def by_subject(
    tokens: list[Token], a: int, start: int, verb: int, run: Run,
    named: dict[int, Mention], timed: dict[int, Time], contrast: bool,
) -> None:  # fmt: skip
    """Whether the subject of the clause is a change or a difference."""
    cue: tuple[str, str, int] | None = None
    for k in range(start, min(verb, run.first)):
        word = tokens[k].word
        if word in DIFFERENCE and tokens[k - 1].word not in _TAKING:
            if _score_in_bracket(tokens, k, run, named):
                return
            if _of_one_group(tokens, k, run):
                run.post.pop("arm", None)  # the other group has its value elsewhere
                return
            if _verb_anew(tokens, k, run.first, named):
                continue
            cue = ("between_diff", word, k)
            break
        if word == "minus" and 0 < run.first - k <= 7 and tokens[k + 1].kind == "w":
            cue = ("between_diff", "difference", k)  # "mirror therapy minus sham, -1.8"
            break
        raw = tokens[k].raw.lower() if word not in NO_FALLS else word
        if word in CHANGE_NOUNS or raw in CHANGE_NOUNS:
            placed = k in timed or tokens[k - 1].word in ("at", "in", "during", "on")
            left = word == "recovery" and k > 1 and tokens[k - 2].word in _LEAVING
            if word == "recovery" and k and (placed or left):
                continue  # "the score AT RECOVERY was 2.1", "at discharge FROM RECOVERY": a place
            if of_a_thing(tokens, start, k):
                continue
            if _headed_anew(tokens, k, run.first, named) or base_in_bracket(tokens, k, run, timed):
                continue
            if _clause_anew(tokens, k, run.first, named):
                continue
            if score_behind(tokens, k, run.first, named):
                continue
            if k and tokens[k - 1].word in NOT_SUBJECT:
                continue
            if k in named and word in (named[k].qualifier or "").split():
                continue
            if k in named and word != "relief" and word in (named[k].key or "").split("_"):
                continue  # "drainage LOSS": part of the name of what was measured
            if any(tokens[m].word in _AUXILIARY for m in range(max(start, k - 3), k)):
                # "did not really change, being 4.6 ...": a verb, and not the subject.
                continue
            before = named.get(k - 1) if k > start else None
            after = tokens[k + 1].word if k + 1 < run.first else ""
            joined = after in _SUBJECT_WORDS or after in _BY_WHAT or (k + 1 in timed)
            joined = joined or _told_by(tokens, k + 1)
            if not joined and k + 1 not in named and before is None:
                continue
            cue = ("change", word, k)
            break
        if (
            (word in ("effect", "effects"))
            and k
            and (tokens[k - 1].word in OF_EFFECT or _effect_of(tokens, k))
        ):
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
        and not (tokens[m].word == "average" and tokens[m - 1].word in ("in", "of", "on"))
        and m not in named
        and tokens[m].word not in CHANGE_NOUNS
        and tokens[m].word not in _SUBJECT_WORDS_3
        and not _told_by(tokens, m)
        and not _in_bracket(tokens, k, m)
        # "changes in VAS SCORE and ODI score were", "the reduction in NRS SCORE was": no verb
        and not _ends_name(tokens, k, m, named)
        # "the fall from THE PRE-BLOCK SCORE was 1.4": the score of a time, no verb
        and not (tokens[m].word in _SCORE and m - 1 in timed and timed[m - 1].kind == "base")
        # "A fall WAS SEEN in NRS (2.1 vs 6.4)": of two scores set against each other
        and not (run.versus and stat == "change" and not contrast and tokens[m + 1].word in NOTED)
    ]
    predicate = bool(verbs) and says_of_subject(tokens, verbs[0], run, named)
    if predicate:
        verbs = []
        if stat == "change" and differs_between(tokens, k, run):
            stat = "between_diff"  # "the INCREASE in VAS was not DIFFERENT BETWEEN groups (0.8)"
    if verbs:
        # "Six had a reduction, and the mean FALL was 3.1": a later noun may be the subject.
        return by_subject(tokens, a, verbs[0] + 1, verb, run, named, timed, contrast)
    if stat == "change" and any(
        tokens[m].word in ("difference", "differences") and not _told_of_each(tokens, m, k, run)
        for m in range(start, k)
    ):
        stat = "between_diff"
    if stat == "change" and groups_differed(tokens, start, k, run):
        stat = "between_diff"
    run.stat, run.cue = stat, word
    run.role = "of" if run.role == "state" else run.role
    if stat == "change":
        run.sign = sign_of(word)
        ahead = [tokens[m].word for m in range(k, min(k + 12, run.first))]
        if "between" in ahead:
            # "the reductions in NRS between wax and clay coated with cork ARMS were"
            at = k + ahead.index("between")
            verb = next((m for m in range(at, run.first) if tokens[m].word in STATE), run.first)
            if not _GROUPS.isdisjoint(tokens[m].word for m in range(at, verb)):
                run.stat = "between_diff"
    else:
        from_baseline(tokens, k, run, timed)
        if word in DIFFERENCE and run.stat == "between_diff" and not contrast:
            span = [timed[m] for m in range(k, run.first) if m in timed]
            if len({id(t) for t in span}) >= 2 and any(t.kind == "base" for t in span):
                run.stat = "change"


_GROUPS = word_set("groups arms treatments")


def _told_of_each(tokens: list[Token], m: int, k: int, run: Run) -> bool:
    """ "no DIFFERENCE in VAS: THE CHANGE was -4 with wax and -2 with clay": the change of each."""
    return len(run.values) > 1 and any(tokens[at].word == ":" for at in range(m, k))


def _in_bracket(tokens: list[Token], k: int, m: int) -> bool:
    """ "Improvement in NRS (baseline minus 16-week SCORE) was 1.4": no verb of the clause."""
    words = [tokens[at].word for at in range(k, m)]
    return words.count("(") > words.count(")")


def _told_by(tokens: list[Token], k: int) -> bool:
    """ "the fall SCORED ON the NRS was 3.1": on what it was told, and no verb of the clause."""
    if k + 1 >= len(tokens) or tokens[k].word not in _TOLD:
        return False
    return tokens[k + 1].word in ("on", "by", "with", "using", "from", "in", "as")


def _effect_of(tokens: list[Token], k: int) -> bool:
    """ "the EFFECT OF wax VERSUS clay ON VAS was -1.6": how the two groups differ."""
    if tokens[k + 1].word != "of":
        return False
    words = [tokens[m].word for m in range(k + 2, min(k + 14, len(tokens)))]
    stop = words.index("on") if "on" in words else 0
    return bool(_COMPARED_IN & set(words[:stop]))


_SCORE = word_set("score scores value values level levels")
_COMPARED_IN = word_set("versus vs compared relative over against")


def _ends_name(tokens: list[Token], k: int, m: int, named: dict[int, Mention]) -> bool:
    """ "the reduction in visual analogue scale (VAS) SCORE": the noun behind a name, no verb."""
    if tokens[m].word not in ("score", "scores"):
        return False
    if tokens[k + 1].word in ("was", "were") and tokens[k + 2].word in NOTED:
        k += 2  # "a drop WAS SEEN in NRS scores"
    if tokens[k + 1].word not in ("in", "of", "from"):
        return False
    # "the difference in IMPROVEMENT in NRS pain score was"
    inside = all(
        j in named or tokens[j].word in _NAME_FILL or tokens[j].word in CHANGE_NOUNS
        for j in range(k + 2, m)
    )
    return inside and (m - 1 in named or (tokens[m - 1].word == ")" and m - 2 in named))


_NAME_FILL = word_set("the a mean median average overall their ( ) in of baseline")


def of_a_thing(tokens: list[Token], start: int, k: int) -> bool:
    """ "DRESSING-CHANGE pain was 5.1", "blood LOSS was 82 mL": a thing, and no change of scores.

    So too "the best RELIEF RATE and the lowest intensity (VAS, 1.9)".
    """
    if tokens[k].word == "relief":
        return tokens[k + 1].word in ("rate", "rates") and tokens[k + 2].word not in STATE
    if tokens[k].word in ("loss", "losses"):
        # "after the LOSS OF LORDOSIS the NRS was 5.1"
        behind = tokens[k + 2].mark if tokens[k + 1].word == "of" else None
        if behind is not None and behind.kind == "veto":
            return True
        # where the weight itself is an outcome, "mean WEIGHT LOSS was 3.1 kg" tells its change
        own = is_measure(tokens[k - 1]) and not is_measure(tokens[k])
        return k > start and tokens[k - 1].word in _LOST and not own
    if tokens[k].word not in ("change", "changes"):
        return False
    m = k - 1 - (tokens[k - 1].word == "-")
    return m >= start and tokens[m].word in _CHANGED


_LOST = word_set("blood bone hair weight height hearing visual tooth teeth fluid correction")
_CHANGED = word_set(
    "dressing dressings bandage bandages plaster cast catheter cannula tube tracheostomy pouch "
    "stoma nappy nappies diaper diapers bed linen sheet sheets clothes position posture postural "
    "positional pad pads wound needle gown"
)


def groups_differed(tokens: list[Token], start: int, k: int, run: Run) -> bool:
    """ "Gel and ice DIFFERED in VAS change (1.8, p = 0.01)": one number, by how much they did."""
    if not any(tokens[m].word in DIFFER for m in range(start, k)) or len(run.values) > 1:
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

"""One abstract from text to candidate records."""

from __future__ import annotations

import hashlib
from typing import Any

from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.known_mentions import two_names
from evergrove.reading.document import Document, scan_text
from evergrove.reading.kinds.shares_no_scores import MAYBE_SHARES, without_shares
from evergrove.reading.linking.arms_of_others import arms_of_others
from evergrove.reading.linking.groups_of_other_clause import without_groups_of_other
from evergrove.reading.measures.conditions_scored import SCORES, scored_condition
from evergrove.reading.measures.goes_on import tells_other_amount
from evergrove.reading.measures.lexicon import Profile, load_profile
from evergrove.reading.measures.listed_measures import measures_told
from evergrove.reading.measures.mention import Mention
from evergrove.reading.records.doubts import doubts
from evergrove.reading.records.leftovers import leftovers, numerals
from evergrove.reading.records.p_behind import give_p_behind
from evergrove.reading.records.records import Builder
from evergrove.reading.sentence import read_sentence
from evergrove.reading.text.small_words import STARTS_CLAUSE
from evergrove.reading.text.words import word_set
from evergrove.reading.times.merged_times import merge_times
from evergrove.reading.times.planned_visits import TAKEN
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Cell, Memory, same_label
from evergrove.reading.view import View

_NO_RESULTS = ("methods", "aim", "background")
_REMEMBER_WORDS = word_set("point window final discharge")


def read_abstract(text: str, profile: Profile | str = "default") -> dict[str, Any]:
    """Candidates of one abstract: what `evergrove extract --json` prints, without `source`.

    `spans` are [start, end, surface] in code points of `text`. Sign: a change is later minus
    earlier, so that a fall is negative. Never raises for any text: where a rule fails, which is a
    fault of this program, the text has no records, all its numbers in `unclaimed`, and the queue
    says `not_read`. `EvergroveError` for a profile that cannot be read.
    """
    chosen = load_profile(profile) if isinstance(profile, str) else profile
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    try:
        return {"sha256": digest, **_read(text, chosen)}
    except Exception:  # one text that fails must not cost a review all others
        left = {"not_outcome": [], "unclaimed": numerals(text)}
        return {"sha256": digest, "records": [], **left, "queue": ["not_read"]}


def _read(text: str, profile: Profile) -> dict[str, Any]:
    document = scan_text(text, profile)
    builder = Builder(document)
    memory = Memory()
    for view in document.views:
        if memory.mention is None and not view.words.isdisjoint(SCORES) and view.q.values:
            told = document.tokens, document.views, view, document.said, profile
            memory.mention = scored_condition(*told)
            document.queue |= {"part_unclear"} if memory.mention is not None else set()
        cells = read_sentence(document, view, memory)
        if cells and not view.words.isdisjoint(MAYBE_SHARES):
            cells = without_shares(document, view, cells)
        if len(view.arms) > 1 and cells and not view.words.isdisjoint(STARTS_CLAUSE):
            without_groups_of_other(document, view, cells)
        unread = not cells and memory.mention is not None and view.q.values
        if unread and _like_a_score(view):
            document.queue.add("unclaimed_result")
        if cells or view.doubtful:
            builder.add(view, cells)
        elif view.q.ps and builder.by_view:
            give_p_behind(document.tokens, view, builder.by_view[-1])
        _remember(document, view, memory, cells)
    records = builder.finish()
    left = leftovers(document, records)
    document.queue |= doubts(document, records, left["unclaimed"])
    return {"records": records, **left, "queue": sorted(document.queue)}


def _like_a_score(view: View) -> bool:
    """ "Eleven weeks later, 3.3 (SD 1.8) was recorded": a centre with an SD that nothing names."""
    if view.mentions or view.section in ("background", "conclusion"):
        return False
    return any(
        value.unit is None
        and value.at not in view.q.rejected
        and any(spread.kind in ("sd", "se") and spread.stated for spread in value.spreads)
        for value in view.q.values
    )


def _remember(document: Document, view: View, memory: Memory, cells: list[Cell]) -> None:
    methods = view.section in _NO_RESULTS or _reached(view)
    points: list[Time] = []
    since: list[Time] = []
    if view.times:
        points = [
            time
            for time in view.times
            # "At baseline, pain was worse in the one group. The scores were ...": where it leads.
            if time.kind in _REMEMBER_WORDS or (time.kind == "base" and time.first <= view.a + 3)
        ]
        if points and "%" in view.words and not cells:
            points = [time for time in points if not _end_of_stretch(document, view, time)]
        # only a second time can have a time before it
        since = [
            time
            for time in view.times
            if time.kind == "base" and len(view.times) > 1 and _since(document, view, time)
        ]
        points = [time for time in points if time not in since] if since else points
    # "On POSTOPERATIVE DAY 3 ...": one time in two expressions
    told = merge_times(document.tokens, view.times) if len(points) == 1 else view.times
    alone = len(points) == 1 and len(told) == 1 + len(since)
    if view.times or not _all_carried(cells):
        memory.last_time = points[0] if alone and not methods else None
    if not cells:
        planned = _listed(view) if not view.words.isdisjoint(TAKEN) else []
        memory.visits = planned or memory.visits
        if not memory.visits and len(view.times) > 1:
            memory.visits = _visits_alone(view)
    before = memory.listed
    if before and (view.times or not _of_another(view)):
        before = []
    memory.listed = [] if cells or methods else _listed(view) or before
    keyed = [m for m in view.mentions if m.key is not None] if view.mentions else []
    if cells or keyed:
        memory.measures = [] if cells else measures_told(keyed, document.profile)
    if cells:
        memory.mention = _with_place(document, view, cells[-1].mention)
        memory.cells = cells
        for cell in cells:
            if cell.mention is not None and cell.mention.key:
                memory.told[cell.mention.key] = cells
        arms = [cell.arm for cell in cells if cell.arm is not None]
        unique: list[Arm] = []
        for arm in arms:
            if not any(same_label(arm, other) for other in unique):
                unique.append(arm)
        if unique:
            memory.arms = unique
        seen: list[Time] = []
        for cell in cells:
            if cell.time is not None and not any(same_label(cell.time, other) for other in seen):
                seen.append(cell.time)
        if seen:
            memory.times = seen
    elif len(view.q.values) > 1:
        memory.arms = arms_of_others(document, view) or memory.arms
    if keyed and not cells:
        construct = [m for m in keyed if not m.instrument]
        instruments = [m for m in keyed if m.instrument]
        if (
            len(instruments) == 1
            and construct
            and document.profile.measures[instruments[0].key].construct == construct[0].key
        ):
            several = len({m.qualifier for m in construct}) > 1
            memory.mention = Mention(
                construct[0].first, construct[0].last, instruments[0].key,
                None if several else construct[0].qualifier or instruments[0].qualifier, None, True,
            )  # fmt: skip
        elif memory.mention is None or view.section == "methods" or len(keyed) == 1 or instruments:
            memory.mention = instruments[0] if instruments else keyed[0]
    if cells or keyed:
        memory.other = False
    elif tells_other_amount(view):
        memory.other = True
    if not cells and view.q.values and _of_another_outcome(document, view, keyed):
        # "SATISFACTION was 8.1. At 1 year IT was 7.2": no pain, whatever was told before
        memory.mention = None
    if len(view.arms or []) == 0 and not cells:
        pair = _two_names(document, view)
        if pair:
            document.declared.pair = pair
    elif len(memory.arms) == 2:
        document.declared.pair = [arm.name for arm in memory.arms]


def _all_carried(cells: list[Cell]) -> bool:
    """ "44 nuns came at 8 weeks. Their NRS was 3.1. THEIR ODI WAS 24": still of the same visit."""
    levels = [cell for cell in cells if cell.run.stat == "level"]
    return bool(levels) and all("time_carried" in cell.reasons for cell in cells)


def _of_another_outcome(document: Document, view: View, keyed: list[Mention]) -> bool:
    """Whether a sentence tells values of an outcome that the profile does not read.

    "The number needed to treat was 4.4", "Satisfaction was 8.1": plain numbers, not of a unit of
    their own, behind a name that is no measure's.
    """
    own = [value for value in view.q.values if value.unit in (None, "point")]
    plain = [value for value in own if not value.percent and value not in view.q.foreign]
    if not view.mentions:
        # "CONTENTMENT WAS 8.3": a name that nobody listed
        return any(document.tokens[value.first - 1].word in ("was", "averaged") for value in plain)
    told = view.mentions[-1].veto == "other statistic"
    if view.mentions[-1].key is not None or (keyed and not told):
        return False
    return bool(plain)


def _with_place(document: Document, view: View, mention: Mention | None) -> Mention | None:
    """ "BACK pain was rated, with a mean NRS of 6. It fell to 4": still the pain of the back."""
    if mention is None or not mention.key or mention.qualifier:
        return mention
    placed = [other for other in view.mentions if other.qualifier]
    measures = document.profile.measures
    if len(placed) != 1 or placed[0].key is None or placed[0].key not in measures:
        return mention
    if measures[placed[0].key].construct != measures[mention.key].construct:
        return mention
    return Mention(
        mention.first, mention.last, mention.key, placed[0].qualifier, None, mention.instrument
    )


def _since(document: Document, view: View, time: Time) -> bool:
    """ "at 4 months FROM BASELINE", "FROM BASELINE to day 30": since when, beside the time."""
    if not time.first:
        return False
    led = document.tokens[time.first - 1].word in ("from", "since", "after")
    if not led:
        return False
    framed = document.tokens[time.last].word == "to" and len(view.times) == 2
    if framed and any(0 < t.first - time.last < 4 for t in view.times):
        return True
    return any(t.last in (time.first - 1, time.first) for t in view.times)


def _end_of_stretch(document: Document, view: View, time: Time) -> bool:
    """ "61% had pain at some point BETWEEN surgery AND day 5": a stretch of time, and no visit."""
    tokens = document.tokens
    k = time.first - 1
    while k > view.a and tokens[k].word in _ARTICLES:
        k -= 1
    if tokens[k].word in _UNTIL:
        return True
    lead = {tokens[m].word for m in range(max(view.a, k - 6), k)}
    return tokens[k].word in ("and", "to") and not lead.isdisjoint(("between", "from"))


_ARTICLES = word_set("the a day week month end of")
_UNTIL = word_set("until till through")


def _reached(view: View) -> bool:
    """ "The bones healed at a mean of 8 weeks. VAS was 2": when it came about, and no visit.

    So is when people "could WALK after a mean of 8 days", or when a drain "was REMOVED".
    """
    words = view.words
    if not view.q.values and not words.isdisjoint(_PEAKS) and not words.isdisjoint(_CAME):
        return True  # "Maximum pain occurred 5 h after surgery. It was 3.1 with tape"
    if view.words.isdisjoint(_REACHING) or not view.words.isdisjoint(_FOLLOWED):
        return False
    if any(mention.key for mention in view.mentions):
        return False
    return any(time.kind == "final" and time.approximate for time in view.times)


_PEAKS = word_set("maximum maximal peak peaked highest worst")
_CAME = word_set("occurred peaked appeared came arose")
_REACHING = word_set(
    "reached achieved attained healed united returned resumed regained recurred occurred "
    "consolidated walk walked climb climbed ambulated mobilised mobilized removed discharged cut "
    "withdrawn weaned stopped ceased"
)
_FOLLOWED = word_set("follow followup follow-up followed visit examination review assessment seen")


def _listed(view: View) -> list[Time]:
    """The times of a sentence about a measure that gives no value of it yet, in their order."""
    if len(view.times) < 2 or not (any(m.key for m in view.mentions) or _of_another(view)):
        return []
    times = [time for time in view.times if time.kind not in ("duration", "same")]
    dated = [time for time in times if time.kind != "post" or time.days is not None]
    # "Postoperative pain was worse at 2 h and 6 h": the times that are told are two.
    times = dated if len(dated) > 1 else times
    return list({time.label: time for time in times}.values())


def _of_another(view: View) -> bool:
    """ "The MOSQ score fell from 9 to 5, 4 AND 3 at 3, 6 and 12 months": a row of another score."""
    return len(view.q.values) > 2 and any([m.key is None and m.veto for m in view.mentions])


def _visits_alone(view: View) -> list[Time]:
    """ "FOLLOW-UP TOOK PLACE at 2, 6 and 12 weeks": visits, whatever was measured then."""
    if view.section not in ("methods", "none") or view.q.values or view.mentions:
        return []
    times = [time for time in view.times if time.kind in _VISITS]
    told = len(times) > 1 and len({time.label for time in times}) == len(times)
    return times if told and not view.words.isdisjoint(_PLANNED) else []


_PLANNED = _FOLLOWED | TAKEN | word_set("visits examinations reviews assessments")


_VISITS = word_set("base point final discharge immediate")


def _two_names(document: Document, view: View) -> list[str]:
    """The two groups that a sentence sets side by side, for "former" and "latter"."""
    declared = document.declared
    return two_names(document.tokens, view.a, view.b, declared.arms, declared.index)

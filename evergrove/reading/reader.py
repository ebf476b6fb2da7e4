"""One abstract from text to candidate records."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from evergrove.reading import arms as arm_phrases
from evergrove.reading import linking
from evergrove.reading.arms import Arm
from evergrove.reading.declarations import (
    ArmFinder,
    Convention,
    Declared,
    find_convention,
    find_follow_up,
    finish,
)
from evergrove.reading.frames import (
    KINDS,
    Run,
    attach,
    build_lists,
    build_runs,
    covered_by,
)
from evergrove.reading.lexicon import Profile, glossary, language, load_profile
from evergrove.reading.linking import Cell, Memory, Vectors
from evergrove.reading.measures import STATES, Mark, Mention, find_mentions, mark_names
from evergrove.reading.quantities import FEW, Count, Quantities, Scanner, Value
from evergrove.reading.records import Builder
from evergrove.reading.stats import describe
from evergrove.reading.text import Sentence, Source, Token, normalise, sentences, tokenise
from evergrove.reading.times import Time, find_times
from evergrove.reading.words import (
    AGENT,
    ANAPHORS,
    ANYONE,
    CHANGE,
    GROUP,
    PEOPLE,
    STATE,
    VERBS,
    is_content,
)

NOT_NOUNS = FEW | {"of", "events", ""}
_NUMERAL = re.compile(r"\d+(?:[.,·]\d+)*")
_RESULT_SECTIONS = frozenset(("results", "none", "conclusion"))


@dataclass(slots=True)
class View:
    """One sentence with everything found in it."""

    a: int
    b: int
    section: str
    times: list[Time]
    mentions: list[Mention]
    q: Quantities
    planning: list[Mark]
    convention: Convention | None = None
    arms: list[Arm] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """The text with all its sentences and what it declares."""

    source: Source
    tokens: list[Token]
    views: list[View]
    declared: Declared
    profile: Profile
    has_results: bool
    rejected: dict[int, str] = field(default_factory=dict)
    queue: set[str] = field(default_factory=set)


def read_abstract(text: str, profile: Profile | str = "default") -> dict[str, Any]:
    """Candidates of one abstract: the object that `evergrove extract --json` prints, without `source`.

    `spans` are [start, end, surface] in code points of `text`. Sign: a change is later minus
    earlier, so that a fall is negative. Never raises for any text; `EvergroveError` for a profile
    that cannot be read.
    """
    chosen = load_profile(profile) if isinstance(profile, str) else profile
    document = _scan(text, chosen)
    builder = Builder(document)
    memory = Memory()
    for view in document.views:
        cells = _read_sentence(document, view, memory)
        builder.add(view, cells)
        _remember(document, view, memory, cells)
    records = builder.finish()
    return {
        "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "records": records,
        **_leftovers(document, records),
        "queue": sorted(document.queue),
    }


def _scan(text: str, profile: Profile) -> Document:
    source = normalise(text)
    tokens = tokenise(source)
    other = language([token.word for token in tokens if token.kind == "w"])
    if other is not None:
        gloss = glossary(other)[1]
        for token in tokens:
            if token.kind == "w" and token.word in gloss:
                token.word = gloss[token.word]
    marks = mark_names(tokens, profile)
    parts = sentences(tokens)
    finder = ArmFinder()
    views: list[View] = []
    conventions: list[Convention] = []
    follow_up: Time | None = None
    has_results = any(part.section == "results" for part in parts)
    position = 0
    for part in parts:
        mine: list[Mark] = []
        while position < len(marks) and marks[position].first < part.last:
            if marks[position].first >= part.first:
                mine.append(marks[position])
            position += 1
        view = _view(tokens, part, mine, profile)
        views.append(view)
        finder.sentence(tokens, view.a, view.b, view.section, view.q.counts, bool(view.q.values) and any(m.key for m in view.mentions))
        view.convention = find_convention(tokens, view.a, view.b)
        if view.convention is not None:
            conventions.append(view.convention)
        if follow_up is None:
            follow_up = find_follow_up(tokens, view.a, view.b, view.times)
    arms, index = finish(finder, tokens)
    declared = Declared(arms, index, finder.whole(), finder.each, follow_up, conventions)
    return Document(source, tokens, views, declared, profile, has_results)


def _view(tokens: list[Token], part: Sentence, marks: list[Mark], profile: Profile) -> View:
    a, b = part.first, part.last
    digits = any(tokens[i].kind == "n" for i in range(a, b))
    mentions = find_mentions(tokens, a, b, marks, profile)
    times = find_times(tokens, a, b)
    planning = [mark for mark in marks if mark.kind == "planning"]
    if not digits:
        return View(a, b, part.section, times, mentions, Quantities(), planning)
    busy = {i for time in times for i in range(time.first, time.last)}
    busy.update(i for mark in marks if mark.kind != "planning" for i in range(mark.first, mark.last))
    lengths = {
        i for time in times if time.kind == "duration" or time.approximate for i in range(time.first, time.last)
    }
    q = Scanner(tokens, a, b, profile, busy, lengths).scan()
    return View(a, b, part.section, times, mentions, q, planning)


# -- one sentence --------------------------------------------------------------------------------
def _read_sentence(document: Document, view: View, memory: Memory) -> list[Cell]:
    tokens, q = document.tokens, view.q
    for mention in view.mentions:
        if mention.key == "" and memory.mention is not None:
            mention.key, mention.instrument = memory.mention.key, memory.mention.instrument
    view.mentions = [mention for mention in view.mentions if mention.key != ""]
    values = _candidates(document, view)
    if not values:
        return []
    if not view.mentions and memory.mention is None:
        return []
    view.times = [time for time in view.times if not _names_group(document, time)]
    busy = {i for time in view.times for i in range(time.first, time.last)}
    busy.update(i for mention in view.mentions for i in range(mention.first, mention.last) if mention.key or mention.veto)
    for value in values:
        busy.update(range(value.first, value.last))
    view.arms = _sentence_arms(document, view, values, busy)
    counts = [count for count in q.counts if not any(v.n is count for v in values)]
    spots = [(count.at - 2 if count.equals else count.at, count.last) for count in counts]
    covered = covered_by(q.ps, spots, tokens, view.a, view.b)
    runs = build_runs(tokens, values, covered, view.b)
    _share_spreads(document, view, runs)
    times = _merge_times([time for time in view.times if time.kind != "duration"])
    mentions = view.mentions
    before = values[0].first
    good = [c for c in counts if linking.valid_count(tokens, c, view.a, c.at < before)]
    lists = []
    for kind, items in zip(KINDS, (times, view.arms, mentions, good), strict=True):
        lists.extend(build_lists(tokens, kind, _placed(items, kind), values))
    attach(tokens, view.a, view.b, runs, lists, covered)
    contrast = len(view.arms) >= 1 or len(document.declared.arms) >= 2
    describe(tokens, view.a, runs, mentions, times, contrast)
    return _link(document, view, runs, memory)


def _placed(items: list[Any], kind: str) -> list[Any]:
    if kind == "count":
        return [_At(count) for count in items]
    return sorted(items, key=lambda item: item.first)


class _At:
    """A count with the places that a label has."""

    __slots__ = ("count", "first", "last")

    def __init__(self, count: Count) -> None:
        self.count, self.first, self.last = count, count.at, count.last


def _names_group(document: Document, time: Time) -> bool:
    """ "after needling ... after massage": a treatment that only one group had names the group."""
    index = document.declared.index
    return time.kind == "post" and any(
        arm_phrases.stem(document.tokens[k].word) in index for k in range(time.first, time.last)
    )


def _merge_times(times: list[Time]) -> list[Time]:
    """ "postoperative 6 weeks" is one time, not two."""
    out: list[Time] = []
    for time in times:
        if out and time.first - out[-1].last <= 1 and out[-1].kind == "post" and time.kind in ("point", "window", "final"):
            out[-1] = time
            continue
        if out and time.first - out[-1].last <= 0 and time.kind in ("post", "followup") and out[-1].kind in ("point", "window"):
            continue
        out.append(time)
    return out


def _candidates(document: Document, view: View) -> list[Value]:
    """Values of a sentence that may be results; the others are put down with their reason."""
    tokens, rejected = document.tokens, view.q.rejected
    if document.has_results and view.section not in _RESULT_SECTIONS or view.section in ("background", "aim"):
        return []
    out: list[Value] = []
    planned = _planned(tokens, view)
    for value in view.q.values:
        reason = planned(value)
        if reason is None and value.approximate:
            reason = "approximate value"
            document.queue.add("approximate_value")
        if reason is None and value.percent:
            reason = _percent_reason(document, view, value)
        if reason is None and value.adjectival and not _change_follows(tokens, value):
            reason = "part of a description"
        if reason is None:
            out.append(value)
        else:
            rejected[value.at] = reason
            for spread in value.spreads:
                for at in spread.at:
                    rejected[at] = f"{reason}, spread"
            if value.p is not None:
                view.q.ps.append(value.p)
    return _without_ranges(document, view, out)


def _change_follows(tokens: list[Token], value: Value) -> bool:
    return any(
        tokens[k].word in CHANGE or tokens[k].word in ("difference", "advantage", "benefit", "lower", "higher", "gap")
        for k in range(value.last, min(value.last + 4, len(tokens)))
    )


def _planned(tokens: list[Token], view: View) -> Any:
    """A test of a value against the planning or eligibility words of its sentence."""
    if not view.planning:
        return lambda value: None
    results = any(p.value is not None for p in view.q.ps) or any(v.p is not None for v in view.q.values)
    results = results or (len([v for v in view.q.values if v.spreads]) > 1 and bool(view.times))

    def reason(value: Value) -> str | None:
        if not results:
            return "planning, eligibility or a threshold"
        for mark in view.planning:
            if 0 <= value.first - mark.last <= 6 or 0 <= mark.first - value.last <= 4:
                return "planning, eligibility or a threshold"
        return None

    return reason


def _percent_reason(document: Document, view: View, value: Value) -> str | None:
    """Why a percentage is no outcome: only instruments that are percentages, or changes, may be."""
    tokens = document.tokens
    nearest = [m for m in view.mentions if m.first < value.first]
    mention = nearest[-1] if nearest else None
    percent = mention is not None and mention.key is not None and document.profile.measures[mention.key].percent
    if percent:
        return None
    if mention is None:
        after = [m for m in view.mentions if 0 <= m.first - value.last <= 5]
        mention = after[0] if after else None
    if mention is None or mention.key is None:
        return "percentage"
    k = value.first - 1
    while k >= view.a and tokens[k].word in ("a", "an", "mean", "average", "about", "median", "the", "of", "overall"):
        k -= 1
    lead = tokens[k].word if k >= view.a else ""
    follows = _change_follows(tokens, value)
    if tokens[value.last].word in ("of", "had", "were", "reported", "achieved", "patients") if value.last < view.b else False:
        return "percentage"
    if lead in ("by",) or lead in CHANGE or (follows and tokens[value.last].word in CHANGE):
        return None
    if any(tokens[m].word in CHANGE for m in range(max(view.a, k - 6), k + 1)) and lead in (",", "and", "was", "were", "averaged"):
        words = {tokens[m].word for m in range(view.a, value.first)}
        if not words & {"in", "of"} & {lead} and not words & {"patients", "participants", "seen", "achieved", "least", "had"}:
            return None
    return "percentage"


def _without_ranges(document: Document, view: View, values: list[Value]) -> list[Value]:
    """ "ranged from 2.1 to 3.4", "lay between 1.8 and 2.6": no mean can be taken."""
    tokens = document.tokens
    out = list(values)
    for left, right in zip(values, values[1:], strict=False):
        lead, gap = tokens[left.first - 1].word if left.first else "", [t.word for t in tokens[left.last : right.first]]
        verbs = {tokens[k].word for k in range(max(view.a, left.first - 4), left.first)}
        ranged = lead == "from" and gap == ["to"] and verbs & {"ranged", "ranging", "range", "varied", "ranges", "spanned", "fluctuated", "oscillated"}
        between = lead == "between" and gap == ["and"]
        dashed = gap in (["-"], ["–"], ["to"]) and lead in ("between", "of", "in", "at", "was", "were", "within", "(", "ranged") and not left.spreads and not right.spreads and lead != "from"
        if ranged or between or (dashed and gap != ["to"]):
            for value in (left, right):
                view.q.rejected[value.at] = "range of several values"
                if value in out:
                    out.remove(value)
            if any(m.key for m in view.mentions):
                document.queue.add("range_of_means")
    return out


def _share_spreads(document: Document, view: View, runs: list[Run]) -> None:
    """ "(SDs 1.1 and 1.3)" behind a list of means; "(SD 2.0 in each)" for all of it."""
    tokens = document.tokens
    for place, spreads in view.q.lists:
        open_values = [v for run in runs for v in run.values if v.at < place and not v.spreads]
        if len(open_values) >= len(spreads) > 1:
            for value, spread in zip(open_values[-len(spreads) :], spreads, strict=True):
                value.spreads.append(spread)
        else:
            for spread in spreads:
                for at in spread.at:
                    view.q.rejected.setdefault(at, "spread without its centre")
    for run in runs:
        last = run.values[-1]
        if not last.spreads:
            continue
        at = last.spreads[0].at[-1]
        near = {tokens[k].word for k in range(at + 1, min(at + 4, len(tokens)))}
        before = {tokens[k].word for k in range(max(0, at - 4), at)}
        if near & {"each", "both", "all", "either"} or before & {"both"}:
            for earlier in runs:
                for value in earlier.values:
                    if not value.spreads and value.at < last.at:
                        value.spreads.append(last.spreads[0])


def _sentence_arms(document: Document, view: View, values: list[Value], busy: set[int]) -> list[Arm]:
    """Phrases of a sentence that name groups, the surest first, without overlaps."""
    tokens, declared = document.tokens, document.declared
    found = arm_phrases.known_mentions(tokens, view.a, view.b, declared.arms, declared.index)
    known = [arm for arm in found if not _inside(arm, view.mentions, busy)]
    phrases = arm_phrases.group_phrases(tokens, view.a, view.b)
    for phrase in phrases:
        phrase.arm = _declared_arm(phrase.name, declared)
    slots = arm_phrases.slot_phrases(tokens, view.a, view.b, busy, len(values) > 1)
    for count in view.q.counts:
        noun = count.noun
        if noun and noun not in ANYONE | GROUP - {"controls"} and noun not in NOT_NOUNS and not count.each and not count.equals:
            if linking.valid_count(tokens, count, view.a, True) and not count.bracket and tokens[count.at + 1].mark is None:
                start = (count.of if count.of is not None else count.at) + 1
                end = start
                while end < view.b and tokens[end].word != noun:
                    end += 1
                name = arm_phrases.text_of(tokens, start, end + 1)
                slots.append(Arm(start, end + 1, name, 2, count=count, np_first=start))
        elif noun == "controls" or noun == "control":
            slots.append(Arm(count.at + 1, count.at + 2, "controls", 2, count=count, np_first=count.at + 1))
    for verb in arm_phrases.agent_verbs(tokens, view.a, view.b) + _transitive(tokens, view):
        subject = arm_phrases.subject_before(tokens, verb, view.a, busy)
        if subject is not None:
            slots.append(subject)
    first = view.a
    bare: list[Arm] = []
    for value in values:
        phrase = arm_phrases.bare_before(tokens, value.first, first, busy)
        if phrase is not None:
            phrase.arm = _declared_arm(phrase.name, declared)
            bare.append(phrase)
        first = value.last
    # One bare noun before one number ("batch 77") names no group; two side by side do.
    led = [s for s in slots if s.slot == "subject"]
    if len(bare) > 1 or any(phrase.arm is not None for phrase in bare) or (bare and led):
        slots.extend(bare)
    for k in range(view.a, view.b):
        if tokens[k].word in ("favoured", "favored", "favour", "favor", "favouring", "favoring") and tokens[k].kind == "w":
            slots.extend(_objects(tokens, k, view.b, busy))
        elif tokens[k].word in ("former", "latter"):
            pair = declared.pair or _named_pair(document, view)
            at = 0 if tokens[k].word == "former" else 1
            if len(pair) == 2:
                slots.append(Arm(k, k + 1, pair[at], 3, _declared_arm(pair[at], declared), np_first=k))
    slots = [s for s in slots if not (s.strength == 1 and s.slot in ("of", "to", "from", "within", "between", "by", "assigned", "compared"))]
    for phrase in slots:
        if phrase.arm is None and phrase.strength < 3:
            phrase.arm = _declared_arm(phrase.name, declared)
            if phrase.arm is not None:
                phrase.strength = 3
    order = sorted([*known, *phrases, *slots], key=lambda arm: (-arm.strength, arm.np_first or arm.first, -arm.last))
    taken: set[int] = set()
    chosen: list[Arm] = []
    for arm in order:
        span = range(arm.np_first or arm.first, arm.last)
        if any(k in taken for k in span):
            if arm.arm is None:
                continue
            same = [c for c in chosen if c.first < arm.last and arm.first < c.last]
            for other in same:
                if other.arm is None:
                    other.arm = arm.arm
            continue
        if arm.strength < 3 and any(k in busy for k in span):
            continue
        taken.update(span)
        chosen.append(arm)
    return sorted(chosen, key=lambda arm: arm.first)


def _transitive(tokens: list[Token], view: View) -> list[int]:
    """Verbs whose subject lowers a measure: "saline LOWERED the VAS by 11 mm"."""
    return [
        k
        for k in range(view.a, view.b)
        if tokens[k].word in ("lowered", "reduced", "decreased", "improved", "eased", "relieved", "increased", "raised", "cut", "diminished", "lessened")
        and any(0 < mention.first - k <= 4 and mention.key for mention in view.mentions)
    ]


def _named_pair(document: Document, view: View) -> list[str]:
    """ "Glue and stitches were tried": the two subjects of the sentence before, or of this one."""
    tokens = document.tokens
    index = document.views.index(view)
    for other in (document.views[index - 1] if index else view, view):
        for k in range(other.a + 1, other.b):
            if tokens[k].word in ("and", "or", "with", "versus", "vs", "to", "against"):
                left = arm_phrases.phrase_before(tokens, k, other.a)
                right = arm_phrases.noun_phrase(tokens, k + 1, other.b)
                if left is not None and right is not None:
                    return [arm_phrases.text_of(tokens, *left), arm_phrases.text_of(tokens, *right)]
    return []


def _objects(tokens: list[Token], k: int, b: int, busy: set[int]) -> list[Arm]:
    """ "favoured cork insoles over foam", "in favour of taping": the groups behind the verb."""
    out: list[Arm] = []
    i = k + 1
    if i < b and tokens[i].word == "of":
        i += 1
    while True:
        span = arm_phrases.noun_phrase(tokens, i, b)
        if span is None or any(m in busy for m in range(*span)):
            return out
        out.append(Arm(span[0], span[1], arm_phrases.text_of(tokens, *span), 2, slot="favoured", np_first=span[0]))
        if span[1] < b and tokens[span[1]].word in ("over", "versus", "vs") and len(out) < 2:
            i = span[1] + 1
            continue
        return out


def _inside(arm: Arm, mentions: list[Mention], busy: set[int]) -> bool:
    return all(k in busy for k in range(arm.first, arm.last))


def _declared_arm(name: str, declared: Declared) -> Any:
    """The declared group that a phrase names: by its letter, or by most shared telling words."""
    if name.startswith("group "):
        letter = name.split()[-1]
        for arm in declared.arms:
            if arm.letter == letter or letter in arm.aliases:
                return arm
        hit = declared.index.get(arm_phrases.stem(letter.lower()))
        return declared.arms[hit] if hit is not None else None
    words = arm_phrases.words_of(name)
    hits = {declared.index[word] for word in words if word in declared.index}
    if len(hits) == 1:
        return declared.arms[hits.pop()]
    return None


# -- linking -------------------------------------------------------------------------------------
def _link(document: Document, view: View, runs: list[Run], memory: Memory) -> list[Cell]:
    tokens = document.tokens
    respectively = any(tokens[k].word == "respectively" for k in range(view.a, view.b))
    vectors = {kind: Vectors(kind, runs) for kind in KINDS}
    pending: dict[str, list[Any]] = {}
    for kind in KINDS:
        pending[kind] = linking.direct(tokens, vectors[kind], respectively)
    unsure = linking.factor(vectors, pending)
    for kind in KINDS:
        linking.distribute(vectors[kind], pending[kind])
    _pairs_in_order(document, view, runs, vectors, memory)
    linking.times(tokens, vectors["time"], memory.times)
    linking.inherit(vectors["arm"], memory.arms)
    linking.inherit(vectors["time"], memory.times)
    _inherit_measures(document, view, runs, vectors["measure"], memory)
    _join_frames(runs, vectors["measure"])
    _change_times(runs, vectors["time"])
    cells: list[Cell] = []
    for index, run in enumerate(runs):
        mismatch = any(vectors[kind].mismatch[index] for kind in ("time", "arm", "measure"))
        for position, value in enumerate(run.values):
            mention = vectors["measure"].of[index][position]
            cell = Cell(
                value, run, mention, vectors["arm"].of[index][position], vectors["time"].of[index][position],
            )  # fmt: skip
            label = vectors["count"].of[index][position]
            cell.count = value.n or (label.count if label is not None else None)
            if mention is None:
                view.q.rejected.pop(value.at, None)
            elif mention.key is None:
                _reject(view, value, mention.veto or "other measure")
                continue
            elif mismatch:
                document.queue.add("arity_mismatch")
                cell.mention = None
            if vectors["measure"].how[index] in ("memory", "copy"):
                cell.reasons.append("carried_over" if vectors["measure"].how[index] == "memory" else "")
            if index in unsure:
                cell.reasons.append("arity_ambiguous")
            cells.append(cell)
    if any(cell.mention is not None for cell in cells) and any(
        cell.mention is None and (cell.value.spreads or "." in tokens[cell.value.at].word) for cell in cells
    ):
        document.queue.add("unclaimed_result")
    cells = _in_each(document, view, [cell for cell in cells if cell.mention is not None])
    _carried_time(cells, memory)
    _sentence_arm(view, cells, memory, document)
    return _elliptical(document, view, cells, memory)


def _reject(view: View, value: Value, reason: str) -> None:
    view.q.rejected[value.at] = reason
    for spread in value.spreads:
        for at in spread.at:
            view.q.rejected[at] = f"{reason}, spread"


def _pairs_in_order(
    document: Document, view: View, runs: list[Run], vectors: dict[str, Vectors], memory: Memory
) -> None:
    """ "7.1 vs 7.1" with no group named: the two declared groups in their order, or unread."""
    for index, run in enumerate(runs):
        if len(run.values) != 2 or not run.versus or run.stat != "level":
            continue
        open_kinds = [
            kind for kind in ("time", "arm", "measure")
            if len({id(x) for x in vectors[kind].of[index]}) > 1
        ]  # fmt: skip
        earlier = any(
            len(vectors[kind].unique(index)) == 2 for kind in ("time", "arm") if index
        )
        if open_kinds or earlier:
            arms = vectors["arm"].of[index]
            if "arm" in open_kinds and arms[0] is None and arms[1] is not None:
                other = [a for a in document.declared.arms if a is not arms[1].arm]
                if arms[1].arm is not None and len(other) == 1:
                    vectors["arm"].set(index, [_arm_of(other[0]), arms[1]], "pre")
            continue
        declared = document.declared.arms
        pair = memory.pair
        if len(pair) == 2:
            vectors["arm"].set(index, pair, "pre")
        elif len(declared) == 2:
            vectors["arm"].set(index, [_arm_of(arm) for arm in declared], "pre")
            document.queue.add("arm_order_assumed")
        else:
            vectors["measure"].mismatch[index] = True
            document.queue.add("pair_unresolved")


def _arm_of(arm: Any) -> Arm:
    return Arm(0, 0, arm.name, 3, arm)


def _inherit_measures(
    document: Document, view: View, runs: list[Run], vectors: Vectors, memory: Memory
) -> None:
    """Measures of runs that name none: the run before, the sentence before, or nothing.

    A clause with a subject of its own that is no known measure gets none: its numbers are not read.
    """
    tokens = document.tokens
    for index, run in enumerate(runs):
        if vectors.how[index] or vectors.mismatch[index]:
            continue
        subject = _subject(tokens, view, run.lead, run, runs[index - 1].last if index else view.a)
        size = len(run.values)
        if index:
            before = vectors.of[index - 1]
            seen = vectors.unique(index)
            if subject in ("", "anaphor", "people"):
                following = next((k for k in range(index + 1, len(runs)) if vectors.how[k]), None)
                if (
                    vectors.how[index - 1] == "post"
                    and following is not None
                    and vectors.how[following] == "post"
                    and run.role != "to"
                    and len(vectors.of[following]) == size
                ):
                    vectors.set(index, vectors.of[following], "copy")
                    continue
                if size > 1 and len(before) == size:
                    vectors.set(index, before, "copy")
                elif size > 1 and len(seen) == size:
                    vectors.set(index, seen, "template")
                elif before and before[-1] is not None and len({id(x) for x in before}) == 1:
                    vectors.set(index, [before[-1]] * size, "copy")
                elif len(seen) == 1:
                    vectors.set(index, seen * size, "copy")
            continue
        # The first run: a measure behind it, or the one of the sentence before.
        later = [m for m in view.mentions if m.first >= run.last and m.key is not None]
        if subject in ("", "people", "anaphor") and later and _near_after(tokens, run, later[0]):
            vectors.set(index, [later[0]] * size, "post")
        elif memory.mention is not None and subject in ("anaphor", "", "people"):
            if _continues(tokens, view, run, subject):
                vectors.set(index, [memory.mention] * size, "memory")


def _join_frames(runs: list[Run], vectors: Vectors) -> None:
    """ "7.9 to 2.4 for back pain": what is named behind the second number holds for both."""
    for index in range(len(runs) - 1):
        if runs[index].role != "from" or runs[index + 1].role != "to":
            continue
        one, two = vectors.of[index][-1], vectors.of[index + 1][-1]
        if one is None or two is None or len(vectors.of[index]) != 1 or not one.key or not two.key:
            continue
        if two.qualifier and (not one.qualifier or two.qualifier in STATES) and two is not one and not (one.instrument and two.instrument and one.key != two.key):
            key = one.key if one.instrument else two.key
            joined = Mention(two.first, two.last, key, two.qualifier, None, one.instrument or two.instrument)
            vectors.of[index], vectors.of[index + 1] = [joined], [joined]


def _change_times(runs: list[Run], vectors: Vectors) -> None:
    """A change without a time beside its two levels is dated by the later one."""
    for index, run in enumerate(runs):
        if run.stat == "level" or vectors.how[index]:
            continue
        for other in range(len(runs)):
            labels = vectors.of[other]
            if runs[other].role == "to" and labels[-1] is not None and vectors.how[other] != "assumed":
                vectors.set(index, [labels[-1]] * len(run.values), "copy")


def _near_after(tokens: list[Token], run: Run, mention: Mention) -> bool:
    gap = [tokens[k].word for k in range(run.last, mention.first)]
    return len(gap) <= 30 and not set(gap) & {";", "whereas", "while", "."}


def _subject(tokens: list[Token], view: View, start: int, run: Run, floor: int) -> str:
    """What the clause that leads to a run is about: "anaphor", "people", "unknown" or "" (nothing)."""
    verb = run.verb
    covered: set[int] = set()
    for item in (*view.arms, *view.times):
        covered.update(range(item.first, item.last))
    if verb is None or verb < start:
        nouns = {count.noun for count in view.q.counts}
        return _gap_subject(tokens, floor, run.first, covered, nouns)
    state = "people" if tokens[verb].word in AGENT else ""
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
            state = "anaphor"
        elif word in PEOPLE or word in GROUP:
            state = state or "people"
        elif is_content(word) and word not in CHANGE and word not in ("results", "respectively", "baseline") and not word.endswith("ly"):
            near = [tokens[m].word for m in range(max(start, k - 4), k)]
            if not ({"at", "after", "by", "in", "on", "during", "with", "for", "among", "of", "following"} & set(near)):
                unknown = True
    if unknown and state != "anaphor":
        return "people" if tokens[verb].word in AGENT and state == "people" and _people_verb(tokens, verb) else "unknown"
    return state


def _gap_subject(
    tokens: list[Token], start: int, stop: int, covered: set[int], nouns: set[str]
) -> str:
    """Whether a gap without a verb holds a noun that is no label ("batch 77")."""
    state = ""
    for k in range(start, stop):
        word = tokens[k].word
        if k in covered or tokens[k].kind != "w":
            continue
        if word in ANAPHORS:
            state = "anaphor"
        elif is_content(word) and word not in CHANGE and word not in PEOPLE and word not in GROUP and word not in _PLAIN and word not in nouns:
            if tokens[k].mark is None or getattr(tokens[k].mark, "kind", "") in ("veto", "other"):
                return "unknown" if state == "" else state
    return state


_PLAIN = frozenset("respectively sd se sem ci iqr range p n mean median results points point mm cm data baseline overall scale line scales difference differences adjusted pooled estimated absolute net crude unadjusted analysed evaluable available ml contrast gap".split())


def _people_verb(tokens: list[Token], verb: int) -> bool:
    return tokens[verb].word in ("scored", "rated", "reported", "had", "gave", "yielded", "logged", "recorded", "experienced", "averaged", "showed", "marked", "stated")


def _continues(tokens: list[Token], view: View, run: Run, subject: str) -> bool:
    """Whether a sentence without a measure goes on about the one before."""
    value = run.values[0]
    lead = tokens[run.first - 1].word if run.first else ""
    led = run.role in ("from", "to", "by", "of") or lead in STATE or lead in AGENT
    if not value.spreads and "." not in tokens[value.at].word and not led:
        return False
    if subject == "anaphor":
        return True
    words = {tokens[k].word for k in range(view.a, run.first)}
    if words & {"mean", "median", "averaged", "average", "score", "scores", "corresponding", "scored", "rated"}:
        return True
    if subject == "people":
        return bool(words & {"scored", "rated", "averaged", "had", "yielded", "reported", "gave"})
    if any(m.key is None for m in view.mentions):
        return False
    if run.verb is None:
        return False
    content = [
        tokens[k].word for k in range(view.a, run.first)
        if tokens[k].kind == "w" and is_content(tokens[k].word)
    ]  # fmt: skip
    covered = {tokens[k].word for item in (*view.arms, *view.times) for k in range(item.first, item.last)}
    return all(w in covered or w in ANAPHORS or w in CHANGE or w in STATE or w in VERBS for w in content)


def _sentence_arm(view: View, cells: list[Cell], memory: Memory, document: Document) -> None:
    """A sentence without any group goes on about the group before it if it goes on about its measure."""
    if any(cell.arm is not None for cell in cells):
        return
    if not memory.arms or len({arm.name for arm in memory.arms}) != 1:
        return
    for cell in cells:
        if "carried_over" in cell.reasons:
            cell.arm = memory.arms[0]


def _in_each(document: Document, view: View, cells: list[Cell]) -> list[Cell]:
    """ "6.4 in each", "6.4 in both groups": one number that holds for two groups."""
    tokens = document.tokens
    out: list[Cell] = []
    for cell in cells:
        after = [tokens[k].word for k in range(cell.value.last, min(cell.value.last + 3, view.b))]
        shared = after[:2] in (["in", "each"], ["in", "both"], ["for", "both"], ["for", "each"], ["per", "group"])
        arms: list[Arm] = []
        for arm in [*view.arms, *(_arm_of(arm) for arm in document.declared.arms)]:
            if not any(linking._same(arm, other) for other in arms):
                arms.append(arm)
        if shared and len(arms) == 2 and cell.run.stat != "between_diff":
            for arm in arms:
                twin = Cell(cell.value, cell.run, cell.mention, arm, cell.time, cell.count, list(cell.reasons))
                out.append(twin)
        else:
            if shared:
                cell.arm = None
            out.append(cell)
    return out


def _carried_time(cells: list[Cell], memory: Memory) -> None:
    """A sentence without any time goes on at the one time that the sentence before names."""
    if memory.last_time is None or any(cell.time is not None for cell in cells):
        return
    for cell in cells:
        cell.time = memory.last_time
        cell.reasons.append("time_carried")


def _elliptical(document: Document, view: View, cells: list[Cell], memory: Memory) -> list[Cell]:
    """ "the corresponding figures were 3.2 and 1.8": a mean and its SD, as in the value before."""
    tokens = document.tokens
    out: list[Cell] = []
    skip: set[int] = set()
    for index, cell in enumerate(cells):
        if index in skip:
            continue
        run = cell.run
        if len(run.values) == 2 and run.values[0] is cell.value and not run.values[0].spreads and not run.values[1].spreads:
            words = {tokens[k].word for k in range(view.a, run.first)}
            before = out[-1] if out else (memory.cells[-1] if memory.cells else None)
            cue = words & {"corresponding", "matching", "respective", "equivalent", "same", "analogous", "comparable", "parallel"}
            two = index + 1 < len(cells) and cells[index + 1].run is run
            if cue and before is not None and before.value.spreads and two and before.value.spreads[0].kind in ("sd", "se", "paren", "pm"):
                single = cells[index + 1].arm is cell.arm and cells[index + 1].time is cell.time
                if single or before.run is not run and len(before.run.values) == 1:
                    second = run.values[1]
                    spread = before.value.spreads[0]
                    cell.value.spreads.append(
                        type(spread)(spread.kind, (second.value,), (second.at,), None, spread.stated)
                    )
                    cell.reasons.append("elliptical_roles")
                    skip.add(index + 1)
        out.append(cell)
    return out


def _remember(document: Document, view: View, memory: Memory, cells: list[Cell]) -> None:
    points = [time for time in view.times if time.kind in ("point", "window", "final", "discharge")]
    methods = view.section in ("methods", "aim", "background")
    memory.last_time = points[0] if len(points) == 1 and len(view.times) == 1 and not methods else None
    keyed = [m for m in view.mentions if m.key is not None]
    if cells:
        memory.mention = cells[-1].mention
        memory.cells = cells
        arms = [cell.arm for cell in cells if cell.arm is not None]
        unique: list[Arm] = []
        for arm in arms:
            if not any(linking._same(arm, other) for other in unique):
                unique.append(arm)
        if unique:
            memory.arms = unique
        seen: list[Time] = []
        for cell in cells:
            if cell.time is not None and not any(linking._same(cell.time, other) for other in seen):
                seen.append(cell.time)
        if seen:
            memory.times = seen
    elif keyed:
        construct = [m for m in keyed if not m.instrument]
        instruments = [m for m in keyed if m.instrument]
        if len(instruments) == 1 and construct and document.profile.measures[instruments[0].key].construct == construct[0].key:
            memory.mention = Mention(
                construct[0].first, construct[0].last, instruments[0].key,
                construct[0].qualifier or instruments[0].qualifier, None, True,
            )  # fmt: skip
        elif memory.mention is None or view.section == "methods" or len(keyed) == 1 or instruments:
            memory.mention = instruments[0] if instruments else keyed[0]
    if len(view.arms or []) == 0 and not cells:
        pair = _two_names(document, view)
        if pair:
            document.declared.pair = pair
    elif len(memory.arms) == 2:
        document.declared.pair = [arm.name for arm in memory.arms]


def _two_names(document: Document, view: View) -> list[str]:
    """The two groups that a sentence without values sets side by side, for "former" and "latter"."""
    found = arm_phrases.known_mentions(document.tokens, view.a, view.b, document.declared.arms, document.declared.index)
    names: list[str] = []
    for arm in found:
        if arm.name not in names:
            names.append(arm.name)
    return names if len(names) == 2 else []


# -- what is left --------------------------------------------------------------------------------
def _leftovers(document: Document, records: list[dict[str, Any]]) -> dict[str, Any]:
    """`not_outcome` and `unclaimed`: every numeral that lies in no record's span."""
    source, tokens = document.source, document.tokens
    claimed: set[int] = set()
    for record in records:
        for start, end, _ in record["spans"].values():
            claimed.update(range(start, end))
    reasons: dict[int, str] = {}
    for view in document.views:
        for time in view.times:
            for k in range(time.first, time.last):
                reasons[k] = "length of time" if time.kind == "duration" else "time"
        for count in view.q.counts:
            reasons[count.at] = "number of events" if count.noun == "events" else "number of people"
            if count.of is not None:
                reasons[count.of] = "number of people"
        for p in view.q.ps:
            for k in range(p.first, p.last):
                reasons[k] = "p value"
        reasons.update(view.q.rejected)
    not_outcome: list[list[Any]] = []
    for at in sorted(reasons):
        token = tokens[at]
        if token.kind != "n":
            continue
        span = source.span(token.start, token.end)
        if any(k in claimed for k in range(span[0], span[1])):
            continue
        claimed.update(range(span[0], span[1]))
        not_outcome.append([*span, reasons[at]])
    for token in tokens:
        if (token.mark is not None and token.kind == "n") or (
            token.kind == "w" and any(c.isdigit() for c in token.raw)
        ):
            span = source.span(token.start, token.end)
            if not any(k in claimed for k in range(span[0], span[1])):
                claimed.update(range(span[0], span[1]))
                not_outcome.append([*span, "part of a name"])
    unclaimed = [
        [match.start(), match.end(), match.group()]
        for match in _NUMERAL.finditer(source.raw)
        if not any(k in claimed for k in range(match.start(), match.end()))
    ]
    return {"not_outcome": sorted(not_outcome), "unclaimed": unclaimed}

"""Which measure, group, time and n belong to each value of a sentence.

Labels are taken from the value's own side of the punctuation first, lists are laid out over lists
of the same length, and what is still open is carried over from the neighbouring value or from the
sentence before. Where lists do not fit, nothing is guessed: the value is left unread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evergrove.reading.arms import Arm
from evergrove.reading.declarations import Declared
from evergrove.reading.frames import Labels, Run
from evergrove.reading.measures import Mention
from evergrove.reading.quantities import Count, Value
from evergrove.reading.text import Token
from evergrove.reading.times import Time
from evergrove.reading.words import PEOPLE

_AGAINST = frozenset("against unlike versus relative than".split())


@dataclass(slots=True)
class Cell:
    """One value with its labels."""

    value: Value
    run: Run
    mention: Mention | None = None
    arm: Arm | None = None
    time: Time | None = None
    count: Count | None = None
    reasons: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Memory:
    """What the sentences before leave for this one."""

    mention: Mention | None = None
    pain: Mention | None = None
    arms: list[Arm] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    counts: dict[str, Count] = field(default_factory=dict)
    count: Count | None = None
    pair: list[Arm] = field(default_factory=list)
    last_time: Time | None = None
    cells: list[Cell] = field(default_factory=list)


class Vectors:
    """Labels of one kind for every value of a sentence, and where each came from."""

    def __init__(self, kind: str, runs: list[Run]) -> None:
        self.kind = kind
        self.runs = runs
        self.of: list[list[Any]] = [[None] * len(run.values) for run in runs]
        self.how: list[str] = [""] * len(runs)
        self.mismatch: list[bool] = [False] * len(runs)

    def set(self, index: int, labels: list[Any], how: str) -> None:
        self.of[index] = list(labels)
        self.how[index] = how

    def unique(self, stop: int) -> list[Any]:
        """The different labels of the runs before `stop`, in order of first use."""
        seen: list[Any] = []
        for vector in self.of[:stop]:
            for label in vector:
                if label is not None and not any(_same(label, other) for other in seen):
                    seen.append(label)
        return seen


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, Time) and isinstance(b, Time):
        return a.kind == b.kind and a.label == b.label
    if isinstance(a, Arm) and isinstance(b, Arm):
        return a.name == b.name or (a.arm is not None and a.arm is b.arm)
    if isinstance(a, Mention) and isinstance(b, Mention):
        return a is b or (a.key is not None and a.same(b))
    return a is b


def direct(tokens: list[Token], vectors: Vectors, respectively: bool) -> list[tuple[int, Labels, str]]:
    """Labels by a value's own side of the punctuation; returns lists that fitted no single run."""
    pending: list[tuple[int, Labels, str]] = []
    kind = vectors.kind
    for index, run in enumerate(vectors.runs):
        size = len(run.values)
        post, pre = run.post.get(kind, []), run.pre.get(kind, [])
        if kind == "time" and run.stat != "level":
            post, pre = _end_points(post), _end_points(pre)
        if kind == "time" and not run.versus:
            post = [labels for labels in post if not _comparator(tokens, labels, run)]
            if len(pre) > 1:
                pre = [labels for labels in pre if not _comparator(tokens, labels, run)] or pre
        if kind == "time" and run.role == "from":
            pre = [labels for labels in pre if labels.items[-1].kind == "base"]
        exact = [labels for labels in post if len(labels.items) == size > 1] or [
            labels for labels in reversed(pre) if len(labels.items) == size > 1
        ]
        if size > 1 and exact:
            labels = exact[0]
            items = labels.items
            if run.versus and size == 2 and _turned(tokens, labels):
                items = items[::-1]
            vectors.set(index, items, "post" if labels in post else "pre")
            continue
        if size == 2 and run.versus and kind in ("time", "arm"):
            pair = _contrast(tokens, run, kind)
            if pair is not None:
                vectors.set(index, pair, "pre")
                continue
        lists = [(labels, "post") for labels in post if len(labels.items) > 1]
        lists += [(labels, "pre") for labels in reversed(pre) if len(labels.items) > 1]
        singles = [(labels, "post") for labels in post if len(labels.items) == 1]
        singles += [(labels, "pre") for labels in reversed(pre) if len(labels.items) == 1]
        if kind == "measure":
            _measure(tokens, vectors, index, singles, lists, pending)
            continue
        if kind == "arm" and run.stat == "between_diff":
            continue
        if lists and not (singles and singles[0][1] == "post"):
            pending.append((index, *lists[0]))
            if not singles:
                continue
            if lists[0][1] == "pre" and singles[0][1] == "pre" and lists[0][0].first > singles[0][0].first:
                continue
        if singles:
            labels, side = _best_single(kind, singles)
            vectors.set(index, [labels.items[0]] * size, side)
    return pending


def _comparator(tokens: list[Token], labels: Labels, run: Run) -> bool:
    """ "p<0.01 from baseline", "lower than before": a time that something is compared with."""
    if len(labels.items) != 1 or labels.items[0].kind != "base":
        return False
    k = labels.first - 1
    while k >= 0 and tokens[k].word in ("the", "at", "its", "their"):
        k -= 1
    return tokens[k].word in ("from", "than", "versus", "vs", "over", "against") or (
        tokens[k].word in ("with", "to") and tokens[k - 1].word in ("compared", "relative", "comparison", "respect")
    )


def _end_points(lists: list[Labels]) -> list[Labels]:
    """Of "from baseline to 12 weeks", the time that a change is dated by."""
    out = []
    for labels in lists:
        later = [time for time in labels.items if time.kind != "base"]
        if later and len(later) < len(labels.items):
            labels = Labels(labels.kind, later, labels.first, labels.last)
        out.append(labels)
    if any(labels.items[-1].kind != "base" for labels in out):
        out = [labels for labels in out if labels.items[-1].kind != "base"]
    return out


def _best_single(kind: str, singles: list[tuple[Labels, str]]) -> tuple[Labels, str]:
    """Of several single labels: a group by strength, a time by precision, else the first."""
    side = singles[0][1]
    same = [item for item in singles if item[1] == side]
    if kind == "arm":
        best = max(item[0].items[0].strength for item in singles)
        strong = [item for item in singles if item[0].items[0].strength == best]
        if best >= 3 or not same:
            return strong[0]
        best = max(item[0].items[0].strength for item in same)
        return next(item for item in same if item[0].items[0].strength == best)
    if kind == "time":
        for item in same:
            if item[0].items[0].kind in ("point", "window", "base", "final", "immediate", "same", "discharge", "other"):
                return item
    return singles[0]


def _measure(
    tokens: list[Token], vectors: Vectors, index: int,
    singles: list[tuple[Labels, str]], lists: list[tuple[Labels, str]],
    pending: list[tuple[int, Labels, str]],
) -> None:  # fmt: skip
    run = vectors.runs[index]
    size = len(run.values)
    post = [labels for labels, side in singles if side == "post" and _prepositional(tokens, labels)]
    pre = [labels for labels, side in singles if side == "pre"]
    pre_list = [labels for labels, side in lists if side == "pre"]
    # "2.0 at rest and 4.6 on movement": a qualifier behind its value says of what.
    own = [labels for labels, side in singles if side == "post" and labels.items[0].anaphor]
    if own:
        pre_measure = [labels.items[0] for labels in pre if labels.items[0].key and not labels.items[0].anaphor]
        base = pre_measure[0] if pre_measure else own[0].items[0]
        qualified = Mention(own[0].first, own[0].last, base.key, own[0].items[0].qualifier, base.veto, base.instrument)
        vectors.set(index, [qualified] * size, "pre" if pre_measure else "post")
        return
    near = max((labels.first for labels in [*pre, *pre_list]), default=-1)
    if pre_list and pre_list[0].first == near:
        pending.append((index, pre_list[0], "pre"))
        return
    if pre:
        label = max(pre, key=lambda labels: labels.first).items[0]
        if post and post[0].items[0].key is not None and label.key is not None:
            label = _refined(label, post[0].items[0], tokens, run)
        elif post and label.key is None and label.veto != "count" and post[0].items[0].key is not None and run.stat == "change":
            label = post[0].items[0]
        vectors.set(index, [label] * size, "pre")
    elif post:
        vectors.set(index, [post[0].items[0]] * size, "post")
    else:
        post_list = [labels for labels, side in lists if side == "post"]
        if post_list:
            pending.append((index, post_list[0], "post"))


def _prepositional(tokens: list[Token], labels: Labels) -> bool:
    """A measure after its value counts only behind a preposition: "by 21.4 on the ODI"."""
    k = labels.first - 1
    while k >= 0 and tokens[k].word in ("the", "a", "their", "mean", "week", "-", "average", "an", "same", "three", "left", "right") or tokens[k].kind == "n":
        k -= 1
    return tokens[k].word in ("on", "in", "for", "of", "by", "(", "to", "reduction", "with") or tokens[k].mark is not None


def _refined(label: Mention, post: Mention, tokens: list[Token], run: Run) -> Mention:
    """ "pain fell by 3.1 on the VAS": the instrument behind the value completes the construct."""
    if not label.instrument and post.instrument:
        return Mention(post.first, post.last, post.key, label.qualifier or post.qualifier, None, True)
    if label.key == post.key and post.qualifier and not label.qualifier:
        return post
    if label.instrument and not post.instrument and post.qualifier and not label.qualifier:
        return Mention(label.first, label.last, label.key, post.qualifier, None, True)
    return label


def _turned(tokens: list[Token], labels: Labels) -> bool:
    """ "Against group A, group B scored ...": the comparator is named first."""
    k = labels.items[0].first - 1
    return k >= 0 and (
        tokens[k].word in ("against", "unlike")
        or (tokens[k].word in ("with", "to") and tokens[k - 1].word in ("compared", "relative"))
        or tokens[labels.items[0].first].word in ("against", "versus")
    )


def _contrast(tokens: list[Token], run: Run, kind: str) -> list[Any] | None:
    """Two labels in different places that a comparison word sets against each other."""
    pre = [labels for labels in run.pre.get(kind, []) if len(labels.items) == 1]
    post = [labels for labels in run.post.get(kind, []) if len(labels.items) == 1]
    if kind == "arm" and post:
        first = pre[-1].items[0] if pre else None
        if first is not None and _same(first, post[0].items[0]):
            return None
        words = {tokens[k].word for k in range(run.values[-1].last, post[0].items[0].last)}
        if words & {"with", "for", "in", "after", "among", "on"} or pre:
            if first is not None:
                return [first, post[0].items[0]]
            if len(run.values) == 2 and tokens[post[0].first - 1].word != "(" and not {"both"} & words:
                return [None, post[0].items[0]]
        return None
    if len(pre) < 2:
        return None
    left, right = pre[-2].items[0], pre[-1].items[0]
    for k in range(max(0, right.first - 4), right.first + 1):
        if tokens[k].word in ("than", "versus", "vs", "against", "compared", "from", "over"):
            return [left, right]
    for k in range(max(0, left.first - 4), left.first + 1):
        if tokens[k].word in ("than", "versus", "vs", "against", "compared", "over", "relative"):
            return [right, left]
    return None


def distribute(vectors: Vectors, pending: list[tuple[int, Labels, str]]) -> None:
    """Lay a list of labels out over several runs that together have as many values."""
    for index, labels, side in pending:
        need = len(labels.items)
        step = 1 if side == "pre" else -1
        found: list[int] = []
        count, at = 0, index
        while 0 <= at < len(vectors.runs) and count < need:
            if at != index and (vectors.how[at] or any(p[0] == at for p in pending)):
                break
            found.append(at)
            count += len(vectors.runs[at].values)
            at += step
        if count != need or vectors.kind == "time" and any(vectors.runs[i].role == "from" for i in found) and need > 2:
            if vectors.kind == "arm" and all(arm.strength < 3 for arm in labels.items):
                # "after rest and ice": one treatment in two words, not two groups.
                joined = Arm(labels.first, labels.last, " and ".join(a.name for a in labels.items), 1)
                vectors.set(index, [joined] * len(vectors.runs[index].values), side)
                continue
            vectors.mismatch[index] = True
            continue
        items = list(labels.items)
        for position in sorted(found):
            size = len(vectors.runs[position].values)
            vectors.set(position, items[:size], side)
            items = items[size:]


def factor(vectors: dict[str, Vectors], pending: dict[str, list[tuple[int, Labels, str]]]) -> list[int]:
    """Runs whose values are a table: |values| = |A| x |B|. Returns runs with an unsure layout."""
    unsure: list[int] = []
    kinds = ("measure", "arm", "time")
    for outer_number, one in enumerate(kinds):
        for two in kinds[outer_number + 1 :]:
            for index, labels_one, side_one in list(pending[one]):
                match = [
                    item for item in pending[two]
                    if item[0] == index and len(item[1].items) * len(labels_one.items) == len(vectors[one].runs[index].values)
                ]  # fmt: skip
                if not match:
                    continue
                run = vectors[one].runs[index]
                labels_two, side_two = match[0][1], match[0][2]
                sizes = run.groups()
                inner = two
                if len(set(sizes)) == 1 and len(sizes) > 1:
                    fits_one = sizes[0] == len(labels_one.items)
                    fits_two = sizes[0] == len(labels_two.items)
                    if fits_one and not fits_two:
                        inner = one
                    elif fits_one and fits_two:
                        unsure.append(index)
                else:
                    unsure.append(index)
                first, second = (labels_one, labels_two) if inner == two else (labels_two, labels_one)
                outer_kind = one if inner == two else two
                outer_values = [item for item in first.items for _ in second.items]
                inner_values = [item for _ in first.items for item in second.items]
                vectors[outer_kind].set(index, outer_values, side_one)
                vectors[inner].set(index, inner_values, side_two)
                pending[one] = [item for item in pending[one] if item[0] != index]
                pending[two] = [item for item in pending[two] if item[0] != index]
    return unsure


def inherit(vectors: Vectors, memory: list[Any]) -> None:
    """Fill runs without a label of this kind from their neighbours, then from the sentence before."""
    runs = vectors.runs
    for index, run in enumerate(runs):
        if vectors.how[index] or vectors.mismatch[index]:
            continue
        size = len(run.values)
        if vectors.kind == "time" and run.stat != "level" and index:
            later = [label for label in vectors.unique(index) if label.kind != "base"]
            if later and not any(vectors.how[k] == "post" for k in range(index + 1, len(runs))):
                vectors.set(index, [later[-1]] * size, "copy")
                continue
        if size > 1:
            seen = vectors.unique(index)
            before = vectors.of[index - 1] if index else []
            if len(before) == size and len({id(x) for x in before}) > 1:
                vectors.set(index, before, "copy")
                continue
            if len(seen) == size and index and vectors.how[index - 1] not in ("",):
                vectors.set(index, seen, "template")
                continue
            if not seen and len(memory) == size and (vectors.kind != "measure" or True) and not vectors.runs[index].pre.get(vectors.kind):
                later = next((vectors.of[k] for k in range(index + 1, len(runs)) if vectors.how[k] == "post"), None)
                if later is None:
                    vectors.set(index, memory, "memory")
                    continue
        following = next((k for k in range(index + 1, len(runs)) if vectors.how[k]), None)
        previous = next((k for k in range(index - 1, -1, -1) if vectors.how[k]), None)
        take: int | None = None
        if previous is None and following is not None and vectors.how[following] == "post":
            take = following
        elif previous is not None:
            take = previous
            closed = vectors.how[previous] == "post"
            joined = run.role == "to" and runs[index - 1].role == "from" and previous == index - 1
            if closed and following is not None and vectors.how[following] == "post" and not joined:
                take = following
        if take is None:
            continue
        labels = vectors.of[take]
        unique = labels[0] if take > index else labels[-1]
        if len(labels) == size or len({id(x) for x in labels}) == 1:
            picked = list(labels) if len(labels) == size else [labels[0]] * size
            vectors.set(index, picked, "copy")
        elif size == 1:
            vectors.set(index, [unique], "copy")


def times(tokens: list[Token], vectors: Vectors, memory: list[Time]) -> None:
    """Times of from/to frames and of runs without one."""
    runs = vectors.runs
    base = Time(0, 0, "base", "baseline", 0)
    carried: list[Any] = []
    for index, run in enumerate(runs):
        size = len(run.values)
        vector = vectors.of[index]
        if vectors.how[index] and size >= 1 and vector[0] is not None and vector[0].kind == "same":
            later = [t for t in memory if t.kind != "base"]
            if len(later) == size:
                vectors.set(index, later, "memory")
            elif len(memory) == size:
                vectors.set(index, memory, "memory")
            elif size == 1 and len(set(map(id, later))) == 1:
                vectors.set(index, later[:1], "memory")
            continue
        leftover = [labels for labels in run.pre.get("time", []) if labels.items[-1].kind != "base"]
        if run.role == "from" and run.stat == "level":
            if not vectors.how[index]:
                vectors.set(index, [base] * size, "frame")
            if leftover:
                carried = leftover[-1].items
        elif run.role == "to" and run.stat == "level" and index and not vectors.how[index]:
            if carried and len(carried) in (1, size):
                vectors.set(index, carried * size if len(carried) == 1 else carried, "carried")
        elif run.role == "to" and vectors.how[index] == "pre" and vector[0].kind == "base" and run.stat == "level":
            # "the baseline score of 9 fell to 2": the score after has no time of its own.
            vectors.set(index, [None] * size, "")
    for index, run in enumerate(runs):
        if vectors.how[index] or vectors.mismatch[index] or run.role not in ("to",) or run.stat != "level":
            continue
        following = next(
            (k for k in range(index + 1, len(runs)) if vectors.how[k] and not runs[k].hard and runs[k].role == "to"), None
        )
        joined = following is not None and not any(runs[k].role == "from" for k in range(index + 1, following + 1))
        if joined and vectors.how[following] == "post" and vectors.of[following][0].kind != "base":
            vectors.set(index, [vectors.of[following][0]] * len(run.values), "copy")
            continue
        earlier = [
            label
            for k in range(index)
            for label in vectors.of[k]
            if label is not None and label.kind != "base" and runs[k].role == "to"
        ]
        if earlier:
            unique: list[Time] = []
            for label in earlier:
                if not any(_same(label, other) for other in unique):
                    unique.append(label)
            if len(unique) == len(run.values) or len(unique) == 1:
                vectors.set(index, unique * (len(run.values) if len(unique) == 1 else 1), "copy")
                continue
        tail = [
            label
            for k in range(index + 1, len(runs))
            for label in vectors.of[k]
            if label is not None and label.kind != "base" and runs[k].role == "to" and vectors.how[k] == "post"
        ]
        if tail and len({t.label for t in tail}) == 1:
            vectors.set(index, [tail[0]] * len(run.values), "copy")
            continue
        post = Time(0, 0, "post", "after", None)
        vectors.set(index, [post] * len(run.values), "assumed")


def valid_count(tokens: list[Token], count: Count, a: int, before_values: bool) -> bool:
    """Whether a count says how many people the values of its clause are about."""
    if count.noun == "events":
        return False
    if count.equals or count.each:
        return True
    if count.of is not None and count.bracket:
        return False
    lead = tokens[count.at - 1].word if count.at > a else ""
    if count.bracket and lead in ("(", "["):
        return count.noun not in ("events",)
    k = count.at - 1
    while k > a and tokens[k].word in ("the", "all", "these", "those", "our", "remaining", "only", "both", "other", "same", "first", "total", "a", "of") and tokens[k].word != "of":
        k -= 1
    word = tokens[k].word if k >= a else ""
    after = {tokens[m].word for m in range(count.last, min(count.last + 5, len(tokens)))}
    stays = after & {"remained", "left", "came", "returned", "attended", "available", "completed", "analysed", "analyzed", "answered", "evaluable", "assessed", "seen", "followed", "remaining", "responded", "provided", "reached", "turned", "had", "still", "scored", "rated", "reported", "gave", "logged", "were"}
    if word in ("in", "of", "for", "among", "amongst", "from", "with", "by", "across", "on", "at") and not (word in ("with", "at", "by") and count.noun not in PEOPLE):
        return True
    if before_values:
        return bool(stays) or count.at <= a + 2 or tokens[count.at - 1].word in ("the", "only", "all", ",") or count.noun in PEOPLE
    return False

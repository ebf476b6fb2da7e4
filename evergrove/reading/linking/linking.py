"""Which measure, group, time and n belong to each value of a sentence.

Labels are taken from the value's own side of the punctuation first, lists are laid out over lists
of the same length, and what is still open is carried over from the neighbouring value or from the
sentence before. Where lists do not fit, nothing is guessed: the value is left unread.
"""

from __future__ import annotations

from typing import Any

from evergrove.reading.frames import Labels, Run
from evergrove.reading.kinds.closed_brackets import before_bracket
from evergrove.reading.linking.arms_of_values import (
    counted_in_turn,
    group_of_fall,
    last_of_list,
    named_again,
    of_unnamed,
    one_on_each_side,
    subject_of_fall,
    two_sides,
)
from evergrove.reading.linking.compared_pairs import told_against
from evergrove.reading.linking.contrasted_labels import contrast_of, pair_at_later_time
from evergrove.reading.linking.pairs_of_groups import pair_of_one_group
from evergrove.reading.measures.headed_numbers import heads_number
from evergrove.reading.measures.measure_links import measure
from evergrove.reading.text.tokens import Token, open_bracket, words_outside
from evergrove.reading.text.words import word_set
from evergrove.reading.times.bracket_times import (
    any_other_time,
    base_and_later,
    host_time,
    later_and_base,
    listed_ahead,
    one_baseline,
    times_in_turn,
)
from evergrove.reading.times.changes_in_turn import changes_in_turn
from evergrove.reading.times.differences_at_baseline import at_baseline
from evergrove.reading.times.paired_times import paired_times
from evergrove.reading.times.time_links import (
    OWN,
    at_both,
    both_in_brackets,
    comparator,
    end_points,
    ends_frame,
    fell_from,
    first_and_last,
    heading_times,
    named_baseline,
    of_p,
    turned_frame,
    without_vague,
)
from evergrove.reading.vectors import Vectors, same_label

_BEST_SINGLE_WORDS = word_set("point window base final immediate same discharge other")


def direct(tokens: list[Token], vectors: Vectors) -> list[tuple[int, Labels, str]]:
    """Labels by a value's own side of the punctuation; returns lists that fitted no single run."""
    pending: list[tuple[int, Labels, str]] = []
    kind = vectors.kind
    for index, run in enumerate(vectors.runs):
        if (
            kind == "arm"
            and run.role == "from"
            and (own := subject_of_fall(tokens, vectors, index))
        ):
            vectors.set(index, [own] * len(run.values), "pre")
            continue
        bare = kind != "time" and not (run.post.get(kind) or run.pre.get(kind))
        if bare and kind == "arm" and of_unnamed(tokens, vectors.runs, index):
            vectors.mismatch[index] = True
            continue
        if bare and (kind != "arm" or not (run.versus or run.stat == "change")):
            continue  # nothing of this kind on either side, nor two groups without it
        size = len(run.values)
        if kind == "time":
            told = changes_in_turn(tokens, vectors.runs, index) if size > 1 else None
            if told is None and run.role == "to" and ends_frame(vectors, index):
                continue
            if told := told or _times_by_layout(tokens, vectors, index):
                vectors.set(index, told, "pre")
                continue
        if kind == "time" and run.pairs and (both := paired_times(tokens, run)) is not None:
            pending.append((index, both, "pre"))
            continue
        moved = kind == "arm" and run.stat == "change"
        if moved and (told := before_bracket(tokens, vectors.runs, index, kind)):
            vectors.set(index, told, "pre")
            continue
        post, pre = run.post.get(kind, []), run.pre.get(kind, [])
        if not (post or pre or kind == "time" or (kind == "arm" and run.versus)):
            continue  # nothing of this kind on either side
        if kind == "arm" and size == 1 and pre and post and pre[-1].last == run.first:
            # "and the waxed 2; half were well IN THE CLAY GROUP": of another clause
            post = [labels for labels in post if not _behind_semicolon(tokens, run, labels)]
        if kind == "arm" and size == 1 and post and _behind_than(tokens, run, post[0]):
            post = []
            if not pre and not any(one.pre.get(kind) for one in vectors.runs[:index]):
                vectors.mismatch[index] = True  # of whom it is told, no group says
                continue
        if kind == "arm" and size == 1:
            pre = [_once(labels) for labels in pre]
            if len(pre) > 1 and _headed(tokens, run, pre[-1]):
                pre = pre[-1:]
        if kind == "arm" and run.versus and (both := named_again(run, pre, post)):
            vectors.set(index, both, "pre")
            continue
        if kind == "arm" and run.versus and (one := pair_of_one_group(vectors.runs, index)):
            vectors.set(index, [one] * size, "post")
            continue
        if kind == "time" and post and index and run.pre.get("arm"):
            # "and the waxed 2; half were well AT 2 YEARS"
            post = [labels for labels in post if not _of_next_clause(tokens, run, labels)]
        if kind == "measure" and post:
            post = [labels for labels in post if not heads_number(tokens, labels)]
        if (
            kind == "measure"
            and post
            and (pre or any(x.pre.get(kind) for x in vectors.runs[:index]))
        ):
            post = [labels for labels in post if not _told_aside(tokens, run, labels)]
        if kind == "measure" and size > 1 and run.verb is not None and post and pre:
            # "VAS for numbness WAS 61 and 52, with a difference in back pain": of numbness
            one = pre[-1].items[-1]
            own = len(pre[-1].items) == 1 and (one.key is None or bool(one.qualifier))
            post = [labels for labels in post if not own or len(labels.items) != size]
        if kind == "time" and run.stat != "level":
            post, pre = end_points(post), end_points(pre)
            pre = [labels for labels in pre if labels.items[-1].kind != "base"]
            # "a fall of 4.4 (BASELINE of 6.7)": where it began, and no time of a change
            post = [x for x in post if len(x.items) > 1 or x.items[0].kind != "base"]
            if pre:
                # "relief after it was 3, also in those with a splint BEFORE IT": no end of a change
                post = [labels for labels in post if labels.items[-1].kind != "base"]
        if kind == "time" and not run.versus:
            post = [labels for labels in post if not comparator(tokens, labels)]
            if len(pre) > 1:
                pre = [labels for labels in pre if not comparator(tokens, labels)] or pre
        if kind == "time" and pre and post:
            post = [labels for labels in post if not any_other_time(tokens, labels)]
        if kind == "time" and size == 2 and (pair := first_and_last(tokens, run, pre, post)):
            vectors.set(index, pair, "pre")
            continue
        if kind == "time" and size == 1 and post and at_both(tokens, post[0], run):
            run.at_both = post[0].items[1]
            vectors.set(index, [post[0].items[0]], "post")
            continue
        if kind == "time" and size == 1 and (both := both_in_brackets(tokens, run, post)):
            run.at_both = both[1]
            vectors.set(index, both[:1], "post")
            continue
        if kind == "time" and size > 2:
            post = [labels for labels in post if not of_p(tokens, labels, run)]
        if (
            kind == "time"
            and index
            and (turned_frame(vectors, index) or fell_from(tokens, vectors, index))
        ):
            continue
        if kind == "time" and size == 1:
            beside = vectors.runs[index - 1].post.get("time", []) if index else []
            own = named_baseline(tokens, run, [*beside, *pre])
            if own is not None:
                vectors.set(index, [own], "pre")
                continue
        if kind == "time" and run.role == "from":
            pre = [labels for labels in pre if labels.items[-1].kind == "base"]
            pre = [
                Labels(kind, labels.items[-1:], labels.items[-1].first, labels.last)
                if size == 1
                else labels
                for labels in pre
            ]
        if kind == "arm" and pre and (own := last_of_list(tokens, vectors, index, pre)) is not None:
            vectors.set(index, [own], "pre")
            continue
        if kind == "measure" and size > 1 and _heading(tokens, run, pre):
            vectors.set(index, [pre[-1].items[0]] * size, "pre")
            continue
        if kind == "measure" and run.versus and not post and _set_against(run, pre):
            vectors.set(index, [pre[-1].items[-1]] * size, "pre")
            continue
        if kind == "time" and size > 1:
            pre = without_vague(vectors, size, pre)
        if kind == "arm" and size == 2 and not post and (sides := two_sides(tokens, pre)):
            if run.versus:
                vectors.set(index, sides, "pre")
            else:
                vectors.mismatch[index] = True  # "(3.1 and 5.4)": of the list, or of both sides
            continue
        exact = _of_size(size, post, pre) if size > 1 else None
        if exact is not None:
            labels = exact
            items = labels.items
            if (
                size == 2
                and _turned(tokens, labels)
                and (run.versus or told_against(tokens, run, items))
            ):
                items = items[::-1]
            vectors.set(index, items, "post" if labels in post else "pre")
            continue
        ones = len(pre) == len(post) == 1 and len(pre[0].items) == len(post[0].items) == 1
        if size == 2 and run.versus and kind == "count" and ones:
            # "X (n = 230) had a change of -3.1 compared with -2.3 for Y (n = 232)"
            vectors.set(index, [pre[0].items[0], post[0].items[0]], "pre")
            continue
        if size > 1 and kind == "count" and not (post and pre):
            alone = [labels.items[0] for labels in post or pre if len(labels.items) == 1]
            if pre and len(pre) == len(alone) == size:
                # "46 guided and 44 landmark patients reported 3.1 and 3.9"
                vectors.set(index, alone, "pre")
                continue
            if size == 2 and post and len(post) == len(alone) == 2:
                # "3.5 vs 4.8 (gel, n = 27, vs rest, n = 26)"
                vectors.set(index, alone, "post")
                continue
        if size == 2 and kind == "arm" and ones and one_on_each_side(tokens, run):
            vectors.set(index, [pre[0].items[0], post[0].items[0]], "pre")
            continue
        if (
            size == 2
            and kind == "arm"
            and index
            and (fell := group_of_fall(tokens, vectors.runs, index))
        ):
            vectors.set(index, fell, "pre")
            continue
        if size == 2 and kind == "arm" and not post and _two_named(tokens, run, pre):
            items = [labels.items[0] for labels in pre]
            vectors.set(index, items[::-1] if _turned(tokens, pre[0]) else items, "pre")
            continue
        if size == 2 and run.versus and kind == "arm" and not post:
            counted = counted_in_turn(tokens, run, pre)
            if counted is not None:
                vectors.set(index, counted, "pre")
                continue
        if size == 2 and run.versus and kind in ("time", "arm"):
            again = kind == "time" and pair_at_later_time(vectors, run)
            pair = None if again else contrast_of(tokens, run, kind)
            if pair is not None:
                vectors.set(index, pair, "pre")
                continue
        if kind == "arm" and run.pairs and not post and _two_named(tokens, run, pre):
            # "higher at 2 h and 4 h with tea than with milk (5 vs 3 and 4 vs 2)": a table
            both = [labels.items[0] for labels in pre]
            both = both[::-1] if _turned(tokens, pre[0]) else both
            pending.append((index, Labels(kind, both, pre[0].first, pre[1].last, True), "pre"))
            continue
        singles: list[tuple[Labels, str]] = []
        lists: list[tuple[Labels, str]] = []
        for labels in post:
            (lists if len(labels.items) > 1 else singles).append((labels, "post"))
        for labels in reversed(pre):
            (lists if len(labels.items) > 1 else singles).append((labels, "pre"))
        if kind == "measure":
            measure(tokens, vectors, index, singles, lists, pending)
            continue
        if kind == "arm" and run.stat == "between_diff":
            continue
        if lists and not (singles and singles[0][1] == "post"):
            pending.append((index, *lists[0]))
            if not singles:
                continue
            if (
                lists[0][1] == "pre"
                and singles[0][1] == "pre"
                and lists[0][0].first > singles[0][0].first
            ):
                continue
        if kind == "time" and singles:
            singles = heading_times(tokens, run, singles) or singles
        if singles:
            labels, side = _best_single(kind, singles)
            vectors.set(index, [labels.items[0]] * size, side)
    return pending


def _times_by_layout(tokens: list[Token], vectors: Vectors, index: int) -> list[Any] | None:
    """The times of a run by the layout of its sentence, of which each has its number of values."""
    run, told = vectors.runs[index], None
    several = len(run.values) > 1
    if several:
        told = base_and_later(run) or listed_ahead(vectors, index)
    if run.pre.get("time") and run.post.get("time"):
        told = told or host_time(tokens, run) or later_and_base(run)
    if several:
        told = told or times_in_turn(tokens, run) or one_baseline(run)
    if run.stat != "level":
        told = told or before_bracket(tokens, vectors.runs, index, "time")
        told = told or at_baseline(tokens, run)
    return told


def _told_aside(tokens: list[Token], run: Run, labels: Labels) -> bool:
    """ "NRS fell to 2.9, ADJUSTED FOR AGE", "to 2.9, with a mean FOLLOW-UP": no name of the 2.9.

    What is no outcome, behind a comma; the value has the name of a measure ahead.
    """
    one = labels.items[0].key is None and len(labels.items) == 1
    return one and "," in words_outside(tokens, run.last, labels.first)


def _of_size(size: int, post: list[Labels], pre: list[Labels]) -> Labels | None:
    """The list of `size` labels behind the values, else the last one ahead of them."""
    for labels in (*post, *reversed(pre)):
        if len(labels.items) == size:
            return labels
    return None


def _behind_semicolon(tokens: list[Token], run: Run, labels: Labels) -> bool:
    return ";" in words_outside(tokens, run.last, labels.first)


def _behind_than(tokens: list[Token], run: Run, labels: Labels) -> bool:
    """ "VAS was lower with wax (3.1) THAN WITH CLAY", "they had a better score (3.1) THAN WOMEN".

    Whether the group stands behind the closed bracket of a value that is set against it.
    """
    inside = run.first + (tokens[run.first].word in ("(", "["))  # a run may hold its bracket
    opened = open_bracket(tokens, max(0, inside - 8), inside)
    if opened is None or any(tokens[k].kind == "n" for k in range(opened, inside)):
        return False
    return words_outside(tokens, run.last, labels.first)[:1] == ["than"]


def _of_next_clause(tokens: list[Token], run: Run, labels: Labels) -> bool:
    """Whether a label stands in a clause with a verb of its own behind a semicolon."""
    gap = words_outside(tokens, run.last, labels.first)
    return ";" in gap and not _CLAUSE.isdisjoint(gap[gap.index(";") :])


_CLAUSE = word_set("% was were had improved showed reported remained")


def _once(labels: Labels) -> Labels:
    """ "In the wax group, mean wax pain fell": one group named twice is no list."""
    first = labels.items[0]
    if len(labels.items) == 1 or any(item.name != first.name for item in labels.items):
        return labels
    return Labels(labels.kind, [first], labels.first, labels.last)


def _headed(tokens: list[Token], run: Run, labels: Labels) -> bool:
    """ "more with gel than with ice (mean change, GEL: -2.1; ice: -1.4)": the name right before."""
    near = len(labels.items) == 1 and labels.last == run.first - 1
    return near and tokens[labels.last].word in (":", "=")


def _heading(tokens: list[Token], run: Run, pre: list[Labels]) -> bool:
    """ "on the VAS and ODI (VAS: 3.1 vs 4.0; ...)": the one measure that heads a list of values.

    Also "pain and function improved (PAIN, 6.1 vs 4.8; ...)".
    """
    near = pre[-1] if len(pre) > 1 else None
    if near is None or len(near.items) != 1 or not near.items[0].key:
        return False
    if near.last == run.first or tokens[near.last].word == ",":
        return near.last >= run.first - 1 and tokens[near.first - 1].word in _OPENS_HEAD
    return near.last == run.first - 1 and tokens[near.last].word in (":", "=")


_OPENS_HEAD = word_set("( [ ;")


def _set_against(run: Run, pre: list[Labels]) -> bool:
    """ "Complications and VAS at 1 year (3.9 VS 3.6)": two groups, and not two things; of the VAS.

    "Pain on movement and at rest, 4.5 vs 2.1" are two of one scale.
    """
    return bool(pre) and len(run.values) > 1 and len({item.key for item in pre[-1].items}) > 1


def _two_named(tokens: list[Token], run: Run, pre: list[Labels]) -> bool:
    """ "Tape lowered pain more than rest (3.3 vs 4.5)": two groups ahead of a pair of values."""
    if len(pre) != 2 or any(len(labels.items) != 1 for labels in pre):
        return False
    if same_label(pre[0].items[0], pre[1].items[0]):
        return False
    ahead = [tokens[k].word for k in range(run.last, min(run.last + 3, len(tokens)))]
    leads = {tokens[labels.items[0].first].word for labels in pre}
    if run.separators == ["and"] and len(leads) == 1 and leads <= _SAME_LEAD:
        return True  # "51 patients on ketamine and 48 on midazolam, with medians of 12 and 15"
    if not (run.versus or run.pairs or (run.separators == ["and"] and "respectively" in ahead)):
        return False
    between = {tokens[k].word for k in range(pre[0].last, pre[1].first + 1)}
    return bool(between & _SET_AGAINST) or "respectively" in ahead


_SAME_LEAD = word_set("on with in given receiving after under")
_SET_AGAINST = word_set(
    "than versus vs against over beat outperformed surpassed exceeded bettered to unlike with"
)


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
            if item[0].items[0].kind in _BEST_SINGLE_WORDS:
                return item
        if singles[0][0].items[0].kind == "post":
            # "one week (3.1) and one month (2.2) after it": the visit says more than "after".
            for item in singles:
                if item[1] != side and item[0].items[0].kind == "point":
                    return item
    return singles[0]


def _turned(tokens: list[Token], labels: Labels) -> bool:
    """ "Against group A, group B scored ...", "compared with the rest group, the gel group ..."."""
    k = labels.items[0].first - 1
    while k > 0 and tokens[k].word in OWN:
        k -= 1
    return k >= 0 and (
        tokens[k].word in ("against", "unlike")
        or (tokens[k].word in ("with", "to") and tokens[k - 1].word in ("compared", "relative"))
        or tokens[labels.items[0].first].word in ("against", "versus")
    )

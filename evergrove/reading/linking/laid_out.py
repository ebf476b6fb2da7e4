"""Lists of labels laid out over values: one for each, over several runs, or as a table."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.frames import Labels, Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.vectors import Vectors


def distribute(
    tokens: list[Token], vectors: Vectors, pending: list[tuple[int, Labels, str]]
) -> None:
    """Lay a list of labels out over several runs that together have as many values."""
    for index, labels, side in pending:
        need = len(labels.items)
        if _over_frames(vectors, index, labels, side):
            continue
        step = 1 if side == "pre" else -1
        found: list[int] = []
        count, at = 0, index
        while 0 <= at < len(vectors.runs) and count < need:
            if at != index and (vectors.how[at] or any(p[0] == at for p in pending)):
                break
            found.append(at)
            count += len(vectors.runs[at].values)
            at += step
        roles = [vectors.runs[i].role for i in sorted(found)]
        # "back and leg pain fell from 7 to 3": the two values of one frame are not one of each.
        split = vectors.kind == "measure" and roles == ["from", "to"] and need == 2
        split = split and labels.items[0].instrument == labels.items[1].instrument
        # "fell from 7 to 3 in the wax and clay groups": nor are they one of each group
        split = split or (vectors.kind == "arm" and roles == ["from", "to"])
        if count != need or split or (vectors.kind == "time" and "from" in roles and need > 2):
            loose = vectors.kind == "arm" and all(arm.strength < 3 for arm in labels.items)
            if loose and not _one_each(tokens, vectors.runs[index], labels):
                # "after rest and ice": one treatment in two words, not two groups.
                joined = Arm(
                    labels.first, labels.last, " and ".join(a.name for a in labels.items), 1
                )
                vectors.set(index, [joined] * len(vectors.runs[index].values), side)
                continue
            vectors.mismatch[index] = True
            continue
        items = list(labels.items)
        for position in sorted(found):
            size = len(vectors.runs[position].values)
            vectors.set(position, items[:size], side)
            items = items[size:]


def _one_each(tokens: list[Token], run: Run, names: Labels) -> bool:
    """ "With wax, clay and mud it was 3.1 and 4.0, RESPECTIVELY": one for each of another number.

    Not where a list of times or measures has as many items as there are values.
    """
    size = len(run.values)
    end = max(run.last, names.last)
    behind = [tokens[k].word for k in range(end, min(end + 3, len(tokens)))]
    if size < 2 or "respectively" not in behind:
        return False
    return not any(
        len(labels.items) == size
        for side in (run.pre, run.post)
        for kind in ("time", "measure")
        for labels in side.get(kind, [])
    )


def _over_frames(vectors: Vectors, index: int, labels: Labels, side: str) -> bool:
    """ "VAS for hip and knee pain fell from 7.1 to 2.2 and from 6.4 to 1.9": one frame for each.

    Returns whether the labels were laid out over as many frames.
    """
    need = 2 * len(labels.items)
    first = index if side == "pre" else index - need + 1
    frames = vectors.runs[first : first + need] if first >= 0 else []
    if vectors.kind not in ("measure", "arm") or len(frames) != need:
        return False
    framed = all(
        len(run.values) == 1 and run.stat == "level" and run.role == ("to" if at % 2 else "from")
        for at, run in enumerate(frames)
    )
    if not framed or any(vectors.how[first : first + need]):
        return False
    for at in range(need):
        vectors.set(first + at, [labels.items[at // 2]], side)
    return True


def _two_scales(run: Run, size: int) -> bool:
    """ "VAS/ODI at entry and 1 year were 7.1/51 and 2.9/22": which of each pair is above ten.

    The first of every pair on one side of ten and the second on the other: two measures in turn.
    """
    above = [value.value > 10 for value in run.values]
    return size == 2 and above[0] != above[1] and above == above[:2] * (len(above) // 2)


def _groups_inside(one: str, labels_one: Labels, two: str, labels_two: Labels) -> str:
    """ "At 3 AND 6 MONTHS it was 3.1 vs 4.3 (MD -1.2) and 2.2 vs 3.9 (MD -1.7) in A AND B".

    "arm" where a difference stood behind each two values, so that these are of two groups; "" where
    a baseline is among the times, for the difference may be that of one group from it.
    """
    told = {one: labels_one, two: labels_two}
    arms, times = told.get("arm"), told.get("time")
    if arms is None or len(arms.items) != 2:
        return ""
    return "" if times and any(time.kind == "base" for time in times.items) else "arm"


def _as_slashed(tokens: list[Token], run: Run, labels: Labels) -> bool:
    """ "SBP/DBP fell by 5.4/3.4 and 2.9/1.6": what is joined by a slash, as the values are."""
    one, two = labels.items[0], labels.items[-1]
    joined = len(labels.items) == 2 and one.last + 1 == two.first
    return joined and run.slashed and tokens[one.last].word == "/"


def factor(
    tokens: list[Token],
    vectors: dict[str, Vectors],
    pending: dict[str, list[tuple[int, Labels, str]]],
) -> list[int]:
    """Runs whose values are a table: |values| = |A| x |B|. Returns runs with an unsure layout."""
    unsure: list[int] = []
    if sum(map(bool, pending.values())) < 2:
        return unsure
    kinds = ("measure", "arm", "time")
    for outer_number, one in enumerate(kinds):
        for two in kinds[outer_number + 1 :]:
            for index, labels_one, side_one in list(pending[one]):
                total = len(vectors[one].runs[index].values)
                match = [
                    item
                    for item in pending[two]
                    if item[0] == index and len(item[1].items) * len(labels_one.items) == total
                ]
                if not match:
                    continue
                run = vectors[one].runs[index]
                labels_two, side_two = match[0][1], match[0][2]
                sizes = run.groups()
                inner = two
                if run.contrasted and (groups := _groups_inside(one, labels_one, two, labels_two)):
                    inner = groups
                elif len(set(sizes)) == 1 and len(sizes) > 1:
                    fits_one = sizes[0] == len(labels_one.items)
                    fits_two = sizes[0] == len(labels_two.items)
                    if fits_one and not fits_two:
                        inner = one
                    elif run.pairs and labels_one.contrast != labels_two.contrast:
                        # "(5 vs 3 and 4 vs 2)": "vs" stands between what is set side by side.
                        inner = one if labels_one.contrast else two
                    elif one == "measure" and _as_slashed(tokens, run, labels_one):
                        inner = one
                    elif fits_one and fits_two:
                        unsure.append(index)
                        inner = one if one == "measure" and _two_scales(run, sizes[0]) else two
                else:
                    unsure.append(index)
                first, second = (
                    (labels_one, labels_two) if inner == two else (labels_two, labels_one)
                )
                outer_kind = one if inner == two else two
                outer_values = [item for item in first.items for _ in second.items]
                inner_values = [item for _ in first.items for item in second.items]
                vectors[outer_kind].set(index, outer_values, side_one)
                vectors[inner].set(index, inner_values, side_two)
                pending[one] = [item for item in pending[one] if item[0] != index]
                pending[two] = [item for item in pending[two] if item[0] != index]
    return unsure

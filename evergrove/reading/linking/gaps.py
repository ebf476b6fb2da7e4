"""The text between two runs of values: which labels belong to the left, which to the right."""

from __future__ import annotations

from evergrove.reading.frames import Labels, Run
from evergrove.reading.measures.other_clauses import of_clause_before
from evergrove.reading.numbers.quantities import P
from evergrove.reading.numbers.separators import cut_between
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import (
    CHANGE_NOUNS,
    PEOPLE,
    SHOWING,
    STATE,
    UNIT_DAYS,
    VERBS,
    word_set,
)

_TAIL_END_WORDS = word_set(
    "compared using versus following rating lower higher better greater more less"
)
_TAIL_END_WORDS_2 = word_set("respectively with at in for to")
_DESCRIBE_GAP_WORDS = word_set(
    "compared using lower higher rating ratings less more better versus given treated "
    "remained change changes reduction improvement decrease increase relief drop rise fall "
    "gain decline loss greater worse"
)
_DESCRIBE_GAP_WORDS_2 = word_set("was were to from by and then")
_COVERED_BY_WORDS = word_set(", ; and all both for respectively each n = per group in arm")
HARD = word_set("; whereas while whilst but although though which")


_STATISTICS = word_set("p 95 90 99 ci sd se iqr range")


def attach(
    tokens: list[Token], a: int, b: int, runs: list[Run], lists: list[Labels], skip: dict[int, int]
) -> None:
    """Put each list before (pre) or behind (post) the run that it belongs to by punctuation."""
    for index in range(len(runs) + 1):
        left = runs[index - 1] if index else None
        right = runs[index] if index < len(runs) else None
        start = left.last if left else a
        stop = right.first if right else b
        inside = [labels for labels in lists if start <= labels.first < stop]
        if left is None:
            cut = start
        elif right is None:
            cut = _tail_end(tokens, start, stop)
            if len(left.values) == 1:
                inside = [_before_next_clause(labels, cut) for labels in inside]
        else:
            cut = cut_between(tokens, start, stop, inside, skip, left, right)
        for labels in inside:
            mine = left is not None and (labels.first < cut or _named_behind(tokens, left, labels))
            if mine and right is not None and _heads_number(tokens, labels, runs[:index], right):
                mine = False
            if left is not None and mine:
                left.post.setdefault(labels.kind, []).append(labels)
            elif right is not None and not of_clause_before(tokens, lists, labels, right):
                right.pre.setdefault(labels.kind, []).append(labels)
        if right is not None:
            # Tokens right behind a label: "day 3 2", "tape 4".
            right.labelled = {item.last for labels in inside for item in labels.items}
            _describe_gap(tokens, cut if left else start, stop, right, left)
            if left is not None:
                gap = [tokens[k].word for k in range(start, stop) if k not in skip]
                right.hard = not HARD.isdisjoint(_behind_aside(tokens, left, gap))


def _heads_number(tokens: list[Token], labels: Labels, ahead: list[Run], right: Run) -> bool:
    """ "VAS was 3.1 (ODI 22)", "(ODI: 22)": another name, right before its number in a bracket."""
    if not ahead or labels.kind != "measure" or labels.first > ahead[-1].last + 2:
        return False
    left = ahead[-1].pre.get("measure", [])
    told = [item.key for one in left for item in one.items]
    if tokens[labels.first - 1].word not in ("(", "[") or labels.items[0].key in told:
        return False
    if not any(item.key for run in ahead for x in run.pre.get("measure", []) for item in x.items):
        return False  # "sway of 1.7 cm with satisfaction (VAS 6.9)": of neither is it known
    between = [tokens[k].word for k in range(labels.last, right.first)]
    return between in ([], [":"], [","], ["="], ["of"], ["was"])


def _before_next_clause(labels: Labels, cut: int) -> Labels:
    """ "... 6.1 in the wax group, THE CLAY GROUP SHOWED no change": the list ends before that."""
    own = [item for item in labels.items if item.first < cut] if labels.kind == "arm" else []
    if not own or len(own) == len(labels.items):
        return labels
    return Labels(labels.kind, own, labels.first, own[-1].last, labels.contrast)


def _behind_aside(tokens: list[Token], left: Run, gap: list[str]) -> list[str]:
    """ "28 points (FROM BASELINE 44; p < 0.01) and 4.1 (...": the semicolon ends no clause here."""
    opened = open_bracket(tokens, max(0, left.first - 6), left.first)
    aside = opened is not None and tokens[opened + 1].word == "from"
    return gap[gap.index(")") :] if aside and ")" in gap else gap


def _named_behind(tokens: list[Token], left: Run, labels: Labels) -> bool:
    """ "(3.1 versus 4.7, block versus no block)": the groups right behind their values."""
    if labels.kind != "arm" or len(labels.items) != len(left.values) or not left.versus:
        return False
    between = [tokens[k].word for k in range(left.last, labels.first)]
    return 0 < len(between) <= 2 and between[0] in (",", ";", ":", "for") and labels.contrast


_MAY_END = HARD | {"(", "[", ")", "]", ";", ",", "and"}


def _tail_end(tokens: list[Token], start: int, stop: int) -> int:
    """Where the clause of the last value ends."""
    depth = 0
    k = start
    while k < stop:
        word = tokens[k].word
        if word not in _MAY_END:
            k += 1
            continue
        if word in ("(", "["):
            depth += 1
        elif word in (")", "]"):
            depth -= 1
        if word == ";" and depth > 0 and k + 1 < stop and tokens[k + 1].word in _STATISTICS:
            k += 1  # "lower than with clay (95% CI 0.5 to 1.9; P = 0.009) at week 8"
            continue
        if word in HARD and (k > start or not _in_open_bracket(tokens, k, stop)):
            return k
        if word == "," and k + 1 < stop and tokens[k + 1].word in SHOWING and depth <= 0:
            return k  # ", proving non-inferiority of tape": of no value
        if word == "," and depth <= 0 and _dated_clause(tokens, k + 1, stop):
            return k
        if word == "and" and depth <= 0 and _set_apart(tokens, k + 1, stop):
            return k
        if word in (",", "and") and k + 1 < stop and depth <= 0:
            # ", and ... were": another clause, whose labels are its own; not ", ON AVERAGE, ...".
            ahead = _without_shares([tokens[m].word for m in range(k + 1, min(stop, k + 13))])[:8]
            verb = next(
                (
                    n
                    for n, w in enumerate(ahead)
                    if (w in STATE or (w in VERBS and w not in _TAIL_END_WORDS))
                    and not (w == "average" and ahead[n - 1] == "on")
                ),
                None,
            )
            if (
                verb is not None
                and verb > 0
                and not {",", ")", "]"} & set(ahead[:verb])
                and not _people_given(ahead, verb)
                and ahead[0] not in _TAIL_END_WORDS_2
                and not (word == "," and _time_since(ahead))
            ):
                return k
        k += 1
    return stop


def _people_given(words: list[str], verb: int) -> bool:
    """ "in patients treated with wax AND THOSE TREATED WITH CLAY": the second group, no clause."""
    told = words[0] in PEOPLE or words[0] in _PEOPLE_TOLD
    return told and verb <= 2 and words[verb + 1 : verb + 2] in (["with"], ["by"], ["using"])


_PEOPLE_TOLD = word_set("those the")


def _without_shares(words: list[str]) -> list[str]:
    """ "599 (88 %) completed the visit": the words without a bracket that holds only a share."""
    for k in range(len(words) - 3):
        if words[k] in ("(", "[") and words[k + 2 : k + 4] in (["%", ")"], ["%", "]"]):
            return words[:k] + words[k + 4 :]
    return words


def _in_open_bracket(tokens: list[Token], k: int, stop: int) -> bool:
    """ "(8.1 vs 3.2; p < 0.01) at 6 weeks": whether a bracket opened before k closes behind it."""
    first = next((m for m in range(k, stop) if tokens[m].word in ("(", "[", ")", "]")), None)
    return first is not None and tokens[first].word in (")", "]")


def _time_since(ahead: list[str]) -> bool:
    """ "was 4.2, A WEEK AFTER the cast was cut": a time of the value, though a verb follows."""
    return len(ahead) > 2 and ahead[1] in UNIT_DAYS and ahead[2] in ("after", "following", "since")


def _set_apart(tokens: list[Token], k: int, stop: int) -> bool:
    """ "With wax NRS was lowest (2.1) AND WAS better THAN with clay and mud": of no value here."""
    if k + 2 >= stop or tokens[k].word not in ("was", "were", "differed"):
        return False
    return any(tokens[m].word in ("than", "from") for m in range(k + 1, min(stop, k + 6)))


def _dated_clause(tokens: list[Token], k: int, stop: int) -> bool:
    """ "At entry NRS was 6.1, AT 5 WEEKS IT HAD FALLEN in 31": a time that leads a clause."""
    if k + 2 >= stop or tokens[k].word not in ("at", "after", "by", "on"):
        return False
    for m in range(k + 2, min(stop - 1, k + 6)):
        if tokens[m].word in ("it", "they", "this"):
            adverb = tokens[m + 1].word.endswith("ly") and m + 2 < stop
            return tokens[m + 1 + adverb].word in VERBS
    return False


def _describe_gap(tokens: list[Token], start: int, stop: int, run: Run, left: Run | None) -> None:
    """The verb that leads to a run and whether its clause begins anew."""
    run.lead = start
    for k in range(stop - 1, start - 1, -1):
        word = tokens[k].word
        if tokens[k].kind == "w" and word in VERBS and word not in _DESCRIBE_GAP_WORDS:
            if word == "average" and k > start and tokens[k - 1].word in ("on", "an", "the"):
                continue  # "the reduction was ON AVERAGE 2.9 points"
            run.verb = k
            run.fresh = left is None or any(
                tokens[m].word not in _DESCRIBE_GAP_WORDS_2 for m in range(start, k)
            )
            return


def covered_by(
    ps: list[P], extra: list[tuple[int, int]], tokens: list[Token], a: int, b: int
) -> dict[int, int]:
    """Start -> end of everything that may stand between values of one run: p, n, their brackets."""
    out: dict[int, int] = {}
    spans = [(p.start, p.last) for p in ps] + extra
    for first, last in sorted(spans):
        out[first] = last
    done = a
    for k in [k for k in range(a, b) if tokens[k].word in ("(", "[")]:
        if k < done:
            continue
        j = k + 1
        only = True
        while j < b and tokens[j].word not in (")", "]"):
            end = out.get(j)
            if end is not None:
                j = end
                continue
            if tokens[j].word in _COVERED_BY_WORDS:
                j += 1
                continue
            if tokens[j - 1].word == "%" and tokens[j].word in CHANGE_NOUNS:
                j += 1  # "2.5 ± 2 (69 percent reduction), 1.8 ± 1.7 (...)"
                continue
            share = j == k + 1 and j + 1 < b and tokens[j].kind == "n"
            if share and tokens[j + 1].word == "%":
                j += 2  # "by 3.1 (41%; p < 0.001), 2.2 (30%)": how large a part that was
                continue
            only = False
            break
        if only and j < b and j > k + 1:
            out[k] = j + 1
            done = j
    return out

"""Pairs of before and after, one for each measure, with the two times told apart."""

from __future__ import annotations

from evergrove.reading.frames import Labels, Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import DOWN, UP, word_set
from evergrove.reading.times.time_links import COMPARED, THAN

_LATER = word_set("point window final discharge immediate post followup")
_SKIPPED = word_set("the at its their of those that in score scores value values levels")
_GROUPS = word_set("groups arms both each either between")


def paired_times(tokens: list[Token], run: Run) -> Labels | None:
    """ "VAS and ODI were lower at 6 weeks THAN AT BASELINE (2.1 vs 6.7 and 19 vs 49)": both times.

    In the order in which each pair prints them: as the word of change says, where all pairs go
    its way; else what is compared first. None where neither tells.
    """
    need = len(run.values) // 2
    lists = run.pre.get("measure", [])
    told = [*run.pre.get("time", []), *run.post.get("time", [])]
    if run.stat != "level" or not any(len(labels.items) == need for labels in lists):
        return None
    if len(told) != 2 or any(len(labels.items) != 1 for labels in told):
        return None
    one, two = sorted(told, key=lambda labels: labels.first)
    first, second = one.items[0], two.items[0]
    base, later = (first, second) if first.kind == "base" else (second, first)
    if base.kind != "base" or later.kind not in _LATER:
        return None
    start = max(0, min(labels.first for labels in (*told, *lists)) - 6)
    named = run.pre.get("arm", []) + run.post.get("arm", [])
    if any(len(labels.items) > 1 for labels in named) or len(named) > 1:
        return None
    if any(tokens[k].word in _GROUPS for k in range(start, run.first)):
        return None  # "lower than at baseline in both groups (2.1 vs 3.5 and 19 vs 29)"
    turned = _base_first(tokens, start, run)
    if turned is None and not _compared(tokens, two.first):
        return None
    in_turn = [base, later] if turned else [first, second] if turned is None else [later, base]
    return Labels("time", in_turn, one.first, two.last, True)


def _base_first(tokens: list[Token], start: int, run: Run) -> bool | None:
    """Whether each pair prints baseline first, by the way that the sentence says they moved."""
    words = {tokens[k].word for k in range(start, run.first)}
    down, up = bool(words & DOWN), bool(words & UP)
    values = [value.value for value in run.values]
    pairs = list(zip(values[0::2], values[1::2], strict=True))
    falls = all(left > right for left, right in pairs)
    rises = all(left < right for left, right in pairs)
    if down == up or falls == rises:
        return None
    return falls if down else rises


def _compared(tokens: list[Token], k: int) -> bool:
    """Whether the time at token k is what the other is set against: "than at", "compared with"."""
    k -= 1
    while k > 0 and tokens[k].word in _SKIPPED:
        k -= 1
    if tokens[k].word in THAN:
        return True
    return tokens[k].word in ("with", "to") and tokens[k - 1].word in COMPARED

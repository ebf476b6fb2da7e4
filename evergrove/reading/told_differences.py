"""Differences between two groups that no noun right before the number tells."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.stat_words import DIFFERENCE
from evergrove.reading.time_parts import Time
from evergrove.reading.tokens import Token
from evergrove.reading.words import CHANGE, CHANGE_NOUNS, STATE, word_set


def told_differences(tokens: list[Token], a: int, runs: list[Run], timed: dict[int, Time]) -> None:
    """Set the stat of differences between two groups; call for texts of two groups only."""
    for index, run in enumerate(runs):
        if run.stat == "between_diff" or len(run.values) > 1:
            continue
        start = max(a, runs[index - 1].last) if index else a
        if cue := _below_that(tokens, run, timed) or _additional(tokens, run):
            run.stat, run.cue, run.role, run.sign = "between_diff", cue, "by", _WAYS[cue]
        elif cue := _in_bracket(tokens, a, start, run) or _effect(tokens, start, run):
            run.stat, run.cue, run.role, run.sign = "between_diff", cue, "of", ""


def _below_that(tokens: list[Token], run: Run, timed: dict[int, Time]) -> str:
    """ "NRS with gel was 1.2 points (95% CI 0.4 to 2.0) BELOW THAT in the ice group"; else ""."""
    k = max([run.last, *(at + 1 for spread in run.values[0].spreads for at in spread.at)])
    k += tokens[k].word in _POINTS if k < len(tokens) else 0
    k += tokens[k].word in (")", "]") if k < len(tokens) else 0
    if k + 3 >= len(tokens) or tokens[k].word not in _SIDES or tokens[k + 1].word not in _THAT:
        return ""
    if tokens[k + 2].word not in _OF_GROUP or any(
        m in timed and timed[m].kind == "base" for m in range(k + 3, min(k + 6, len(tokens)))
    ):
        return ""
    return _SIDES[tokens[k].word]


def _additional(tokens: list[Token], run: Run) -> str:
    """ "gel brought an ADDITIONAL 1.2-point fall compared with ice": by how much more it fell."""
    if run.stat != "change" or tokens[run.first - 1].word not in _MORE:
        return ""
    way = "lower" if run.sign in ("-", "better") else "higher"
    for k in range(run.last, min(run.last + 14, len(tokens) - 1)):
        if tokens[k].word in (".", ";"):
            break
        pair = tokens[k].word in _COMPARED and tokens[k + 1].word in ("with", "to")
        if pair or tokens[k].word in _AGAINST:
            behind = {tokens[m].word for m in range(k + 1, min(k + 5, len(tokens)))}
            return "" if behind & _EARLIER else way
    return ""


def _in_bracket(tokens: list[Token], a: int, start: int, run: Run) -> str:
    """ "Gel was SUPERIOR TO ice in NRS (1.3; 95% CI 0.6 to 2.0)", "a BENEFIT of gel (-1.2; ...)".

    Also "the between-group DIFFERENCE in NRS was not significant (0.3; 95% CI -0.5 to 1.1)".
    """
    if not _bracketed(tokens, run):
        return ""
    words = [tokens[k].word for k in range(start, run.first - 1)]
    whole = [tokens[k].word for k in range(a, run.first - 1)]
    if _EARLIER.isdisjoint(whole):
        for k, word in enumerate(whole[:-1]):
            if word in _AHEAD and whole[k + 1] == "to" and ";" not in whole[k:]:
                return "difference"
    for k in range(len(words) - 1, -1, -1):
        word = words[k]
        if word in (";", ":") or (word in CHANGE | CHANGE_NOUNS and word not in _BENEFITS):
            return ""
        if word in _BENEFITS and words[k + 1 : k + 2] and words[k + 1] in ("of", "for", "with"):
            return "difference"
        if word in STATE:
            told = not set(words[k + 1 :]) - _NOT_SIGNIFICANT
            return "difference" if told and _between(words[:k]) else ""
    return ""


def _between(words: list[str]) -> bool:
    """Whether the subject is a difference between groups: "the between-group difference in"."""
    noun = next((k for k, word in enumerate(words) if word in DIFFERENCE), -1)
    return noun >= 0 and "between" in words and not _EARLIER & set(words)


def _effect(tokens: list[Token], start: int, run: Run) -> str:
    """ "The EFFECT OF gel ON NRS at week 6 WAS 1.2 (95% CI 0.4 to 2.0)": how the groups differ."""
    if not any(spread.kind == "ci" for spread in run.values[0].spreads):
        return ""
    words = [tokens[k].word for k in range(start, run.first)]
    if words[-1:] not in (["was"], ["of"], ["is"]) or "effect" not in words:
        return ""
    noun = words.index("effect")
    behind = words[noun + 1 :]
    told = behind[:1] == ["of"] and "on" in behind and not set(behind[:-1]) & (STATE | {";", ","})
    return "effect" if told and not set(words) & (_EARLIER | {"time"}) else ""


def _bracketed(tokens: list[Token], run: Run) -> bool:
    """Whether a run is one number that opens a bracket with its confidence interval."""
    if tokens[run.first - 1].word not in ("(", "["):
        return False
    return any(spread.kind in ("ci", "pair") for spread in run.values[0].spreads)


_SIDES = {"below": "lower", "above": "higher", "under": "lower"}
_WAYS = {"lower": "-", "higher": "+"}
_POINTS = word_set("point points mm cm")
_THAT = word_set("that those")
_OF_GROUP = word_set("in of with for after under among")
_MORE = word_set("additional further extra")
_COMPARED = word_set("compared relative comparison")
_AGAINST = word_set("than versus vs over beyond")
_EARLIER = word_set(
    "baseline before initial preoperative pretreatment previous entry admission earlier"
)
_AHEAD = word_set("superior inferior noninferior non-inferior")
_BENEFITS = word_set("benefit advantage superiority")
_NOT_SIGNIFICANT = word_set(
    "not statistically clinically significant nonsignificant non-significant small negligible "
    "minimal non - very modest important relevant"
)

"""Differences between two groups that no noun right before the number tells."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.numbers.separators import NOTED
from evergrove.reading.text.small_words import CHOICES, COMPARED, THAT_THOSE
from evergrove.reading.text.stat_words import DIFFERENCE, more_or_less
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, PEOPLE, SCORE_UNITS, STATE, word_set
from evergrove.reading.times.time_parts import Time


def told_differences(tokens: list[Token], a: int, runs: list[Run], timed: dict[int, Time]) -> None:
    """Set the stat of differences between two groups; call for texts of two groups only."""
    for index, run in enumerate(runs):
        if run.stat == "between_diff" or len(run.values) > 1:
            continue
        start = max(a, runs[index - 1].last) if index else a
        if run.stat == "change" and (
            _more_than_other(tokens, a, start, run)
            or _between_changes(tokens, a, run)
            or (index and _of_next_score(tokens, runs[index - 1], run))
            or _subject_against(tokens, start, run, timed)
        ):
            run.stat = "between_diff"
            continue
        if _in_favour(tokens, runs, run):
            run.stat, run.cue, run.role, run.sign = "between_diff", "difference", "of", ""
            continue
        if cue := _below_that(tokens, run, timed) or _additional(tokens, run):
            run.stat, run.cue, run.role, run.sign = "between_diff", cue, "by", _WAYS[cue]
        elif cue := _in_bracket(tokens, a, start, run) or _effect(tokens, start, run):
            run.stat, run.cue, run.role, run.sign = "between_diff", cue, "of", ""


def _in_favour(tokens: list[Token], runs: list[Run], run: Run) -> bool:
    """ "an improvement of 1.2 points (95% CI 0.4 to 2.0) FAVOURING gel", "IN FAVOUR OF gel"."""
    if run.stat != "change":
        return False
    others = [other for other in runs if other is not run and other.stat == "change"]
    k, depth = run.last, 0
    for k in range(run.last, min(run.last + 24, len(tokens) - 2)):
        word = tokens[k].word
        depth += (word in ("(", "[")) - (word in (")", "]"))
        if word in (".", ";", "and", "with", "vs", "versus", "than") and depth <= 0:
            return False  # "by 3.1 with gel, favouring it": the change of one group
        if (word == "," and others) or any(other.first <= k < other.last for other in others):
            return False
        if word in _FAVOURING or (word == "in" and tokens[k + 1].word in ("favour", "favor")):
            return True
    return False


def _between_changes(tokens: list[Token], a: int, run: Run) -> bool:
    """ "No DIFFERENCE was found BETWEEN GROUPS for CHANGE in NRS (0.7, 95% CI -0.1 to 1.5)"."""
    opened = tokens[run.first - 1].word in ("(", "[")
    if not opened or not any(spread.kind in ("ci", "pair") for spread in run.values[0].spreads):
        return False
    words = [tokens[k].word for k in range(a, run.first)]
    noun = next((k for k, word in enumerate(words) if word in DIFFERENCE), -1)
    if noun < 0 or run.cue not in CHANGE_NOUNS or run.cue not in words[noun:]:
        return False
    between = next((k for k in range(noun, len(words)) if words[k] == "between"), len(words))
    return not _GROUPS.isdisjoint(words[between : between + 4]) and _EARLIER.isdisjoint(words)


def _of_next_score(tokens: list[Token], left: Run, run: Run) -> bool:
    """ "lowered NRS by 1.2 (0.3 to 2.1) vs sham AND ODI BY 6.4": what the verb did to another."""
    if left.stat != "between_diff" or left.role != "by" or run.role != "by":
        return False
    gap = tokens[left.last : run.first]
    joined = any(token.word == "and" for token in gap)
    return joined and not any(token.word in CHANGE or token.word in STATE for token in gap)


def _below_that(tokens: list[Token], run: Run, timed: dict[int, Time]) -> str:
    """ "NRS with gel was 1.2 points (95% CI 0.4 to 2.0) BELOW THAT in the ice group"; else ""."""
    k = max([run.last, *(at + 1 for spread in run.values[0].spreads for at in spread.at)])
    k += tokens[k].word in SCORE_UNITS if k < len(tokens) else 0
    k += tokens[k].word in (")", "]") if k < len(tokens) else 0
    if k + 3 >= len(tokens) or tokens[k].word not in _SIDES:
        return ""
    if tokens[k + 1].word not in THAT_THOSE and tokens[k + 1].word not in PEOPLE:
        return ""  # "2.5 points BELOW PATIENTS IN the ice group"
    if tokens[k + 2].word not in _OF_GROUP or any(
        m in timed and timed[m].kind == "base" for m in range(k + 3, min(k + 6, len(tokens)))
    ):
        return ""
    return _SIDES[tokens[k].word]


def _more_than_other(tokens: list[Token], a: int, start: int, run: Run) -> bool:
    """ "The gel group HAD NRS 1.2 points LOWER", "improved BY 1.2 points MORE": than the other.

    Also "a LARGER fall with gel THAN with ice, BY 1.2 points".
    """
    words = [tokens[k].word for k in range(start, run.first)]
    if not _EARLIER.isdisjoint(tokens[k].word for k in range(a, min(len(tokens), run.last + 12))):
        return False
    k = run.last + (run.last < len(tokens) and tokens[run.last].word in SCORE_UNITS)
    behind = tokens[k].word if k < len(tokens) else ""
    if run.cue in _LOWER and behind == run.cue:
        return not _HAD.isdisjoint(words[-8:]) and "by" not in words[-2:]
    if words[-1:] != ["by"]:
        return False
    if behind in ("more", "less"):
        run.cue, run.sign = behind, more_or_less(run.sign, behind)
        return True
    return words[-2:-1] == [","] and "than" in words and not _AMOUNTS.isdisjoint(words)


def _subject_against(tokens: list[Token], start: int, run: Run, timed: dict[int, Time]) -> bool:
    """ "We found that gel, COMPARED WITH ice, reduced NRS by 1.2", "was associated with a fall of".

    The other group stands within the subject, ahead of what the treatment did, and there is one
    number: how much more the treatment did than the other.
    """
    verb = next((k for k in range(run.first - 1, start, -1) if tokens[k].word in _DID), 0)
    at = next((k for k in range(verb - 2, start, -1) if tokens[k].word == "compared"), 0)
    if not at or tokens[at + 1].word not in ("with", "to") or verb - at > 12:
        return False
    if tokens[verb].word in _TO_LOWER and not is_measure(tokens[verb + 1 + _the(tokens, verb)]):
        return False
    between = range(at + 2, verb)
    if any(tokens[k].kind == "n" or k in timed or tokens[k].word in _EARLIER for k in between):
        return False
    behind = tokens[run.last].word if run.last < len(tokens) else ""
    return behind not in CHOICES and not any(tokens[k].word in _STOPS for k in between)


def _the(tokens: list[Token], k: int) -> int:
    return int(tokens[k + 1].word in ("the", "their", "mean", "median"))


_STOPS = word_set("; : whereas while but")


def gap_of_groups(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """ "The NRS GAP BETWEEN GROUPS widened from 0.4 to 1.2": two differences, and no scores."""
    if [run.role for run in runs[:2]] != ["from", "to"]:
        return
    words = [tokens[k].word for k in range(a, runs[0].first)]
    noun = next((k for k, word in enumerate(words) if word in DIFFERENCE), -1)
    behind = words[noun + 1 : noun + 8]
    if noun < 0 or "between" not in behind or not _GROUPS & set(behind):
        return
    for run in runs[:2]:
        run.stat, run.cue, run.role, run.sign = "between_diff", words[noun], "of", ""


def small_differences(tokens: list[Token], a: int, runs: list[Run], timed: dict[int, Time]) -> None:
    """ "DIFFERENCES in NRS WERE NOT SIGNIFICANT (0.2 points at week 2, 0.3 points at week 6)"."""
    first = runs[0].first
    if tokens[first - 1].word != "(" or any(len(run.values) > 1 for run in runs):
        return
    words = [tokens[k].word for k in range(a, first - 1)]
    verb = next((k for k, word in enumerate(words) if word in STATE), 0)
    told = not set(words[:verb]).isdisjoint(DIFFERENCE) and _EARLIER.isdisjoint(words)
    if not told or set(words[verb:]) - _NOT_SIGNIFICANT - STATE or "significant" not in words:
        return
    end = next((k for k in range(first, len(tokens)) if tokens[k].word == ")"), 0)
    dated = [k for k in range(first, end) if k in timed]
    plain = all(
        tokens[k].kind == "n" or k in timed or tokens[k].word in _IN_LIST for k in range(first, end)
    )
    if not dated or not plain or runs[-1].first > end:
        return
    for run in runs:
        run.stat, run.cue, run.role, run.sign = "between_diff", "difference", "of", ""


def _additional(tokens: list[Token], run: Run) -> str:
    """ "gel brought an ADDITIONAL 1.2-point fall compared with ice": by how much more it fell."""
    if run.stat != "change" or tokens[run.first - 1].word not in _MORE:
        return ""
    way = "lower" if run.sign in ("-", "better") else "higher"
    for k in range(run.last, min(run.last + 14, len(tokens) - 1)):
        if tokens[k].word in (".", ";"):
            break
        pair = tokens[k].word in COMPARED and tokens[k + 1].word in ("with", "to")
        if pair or tokens[k].word in _AGAINST:
            behind = {tokens[m].word for m in range(k + 1, min(k + 5, len(tokens)))}
            return "" if behind & _EARLIER else way
    return ""


_CHANGES = CHANGE | CHANGE_NOUNS


def _in_bracket(tokens: list[Token], a: int, start: int, run: Run) -> str:
    """ "Gel was SUPERIOR TO ice in NRS (1.3; 95% CI 0.6 to 2.0)", "a BENEFIT of gel (-1.2; ...)".

    Also "the between-group DIFFERENCE in NRS was not significant (0.3; 95% CI -0.5 to 1.1)".
    """
    below = run.stat == "change" or run.values[0].sign == "-"
    if below and _lowered_against(tokens, start, run):
        return "difference"
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
        if word in (";", ":") or (word in _CHANGES and word not in _BENEFITS):
            return ""
        if word in _BENEFITS and words[k + 1 : k + 2] and words[k + 1] in ("of", "for", "with"):
            return "difference"
        if word in _FAVOURED and not DIFFERENCE.isdisjoint(words[:k]):
            return "difference"  # "the DIFFERENCE in NRS FAVOURED gel (1.2; ...)"
        if word in STATE and words[k + 1 : k + 2] and words[k + 1] in NOTED:
            continue  # "a benefit of gel WAS SEEN in NRS (1.2; ...)"
        if word in STATE:
            told = not set(words[k + 1 :]) - _NOT_SIGNIFICANT
            return "difference" if told and _between(words[:k]) else ""
    return ""


def _lowered_against(tokens: list[Token], start: int, run: Run) -> bool:
    """ "Gel REDUCED pain COMPARED WITH ice (NRS -1.2; 95% CI -2.0 to -0.4)": more than ice did."""
    if not any(spread.kind in ("ci", "pair") for spread in run.values[0].spreads):
        return False
    k = run.first - 1
    while k > start and (tokens[k].mark is not None or tokens[k].word in (":", "=", ",")):
        k -= 1  # "(NRS: -1.2"
    if tokens[k].word not in ("(", "["):
        return False
    words = [tokens[m].word for m in range(start, k)]
    opened = len(words)
    told = [k for k in range(opened) if words[k] in _TO_LOWER]
    if len(told) != 1:
        return False
    verb = told[0]
    object_of = is_measure(tokens[start + verb + 1])
    behind = words[verb + 1 : opened]
    pair = any(
        word in COMPARED and behind[k + 1 : k + 2] in (["with"], ["to"])
        for k, word in enumerate(behind)
    )
    return object_of and (pair or not _AGAINST.isdisjoint(behind)) and len(behind) < 12


_TO_LOWER = word_set("reduced lowered decreased improved relieved eased diminished lessened")
_DID = _TO_LOWER | word_set("associated resulted led produced yielded achieved provided brought")


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


_FAVOURED = word_set("favoured favored favouring favoring")
_FAVOURING = word_set("favouring favoring")
_LOWER = word_set("lower higher")
_HAD = word_set("had reported scored showed")
_AMOUNTS = word_set("larger greater smaller better more")
_GROUPS = word_set("groups arms treatments")
_IN_LIST = word_set("point points mm cm at and , ; p = < > the")
_SIDES = {"below": "lower", "above": "higher", "under": "lower"}
_WAYS = {"lower": "-", "higher": "+"}
_OF_GROUP = word_set("in of with for after under among")
_MORE = word_set("additional further extra")
_AGAINST = word_set("than versus vs over beyond")
_EARLIER = word_set(
    "baseline before initial preoperative pretreatment previous entry admission earlier"
)
_AHEAD = word_set("superior inferior noninferior non-inferior")
_BENEFITS = word_set("benefit advantage superiority")
_NOT_SIGNIFICANT = word_set(
    "not statistically clinically significant nonsignificant non-significant small negligible "
    "minimal non - and very modest important relevant"
)

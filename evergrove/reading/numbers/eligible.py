"""Which values of a sentence may be results, and why the others may not."""

from __future__ import annotations

import itertools

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.numbers.counted_answers import MAYBE_COUNTING, counts_people
from evergrove.reading.numbers.lengths_of_things import length_of_thing
from evergrove.reading.numbers.named_answers import named_answers
from evergrove.reading.numbers.no_amounts import MAYBE_NO_AMOUNT, no_amount
from evergrove.reading.numbers.no_scores import (
    clause_around,
    denied_change,
    held_by_share,
    severity_classes,
    statistic_itself,
    told_elsewhere,
)
from evergrove.reading.numbers.numbers_of_things import MAYBE_THINGS, of_things
from evergrove.reading.numbers.other_numbers import told_as_others
from evergrove.reading.numbers.percentages import (
    goes_on,
    noun_of_change_follows,
    percent_reason,
    shares_sign,
    told_again,
)
from evergrove.reading.numbers.planned_values import IF, in_condition, planned_values
from evergrove.reading.numbers.quantities import Spread, Value
from evergrove.reading.numbers.ranges_of_means import without_ranges
from evergrove.reading.numbers.scores_as_conditions import (
    MAYBE_CONDITION,
    MAYBE_GIVEN,
    is_condition,
)
from evergrove.reading.numbers.scores_of_responders import defines, of_responders
from evergrove.reading.numbers.scores_of_some import score_of_person, score_of_some
from evergrove.reading.numbers.shares import (
    MAYBE_REACHED,
    at_least,
    behind_count,
    by_people,
    did_something,
    reached_by_some,
    share_reason,
)
from evergrove.reading.numbers.steps_of_predictors import MAYBE_STEP, step_of_predictor
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import STATE, word_set
from evergrove.reading.view import View

_FOR_SEVERAL = word_set("each both all either throughout")
_RESULT_SECTIONS = word_set("results none conclusion")


def _counts_on(document: Document, view: View, value: Value) -> bool:
    """ "occurred in 5 patients from A AND 2 FROM B": a number of people, as the one before it."""
    tokens = document.tokens
    first, last = value.first, value.last
    if value.spreads or value.unit or value.percent or value.p is not None or last >= view.b:
        return False
    joined = tokens[first - 1].word == "and" and tokens[last].word in ("from", "of", "in", "with")
    before = [count for count in view.q.counts if first - 8 < count.at < first]
    if not joined or not before or before[-1].equals:
        return False
    between = range(before[-1].last, first)
    apart = any(tokens[k].kind == "n" or tokens[k].word in ".;:" for k in between)
    happened = _HAPPENED & {tokens[k].word for k in range(view.a, before[-1].at)}
    return not apart and bool(happened) and tokens[first].raw.isdigit()


_HAPPENED = word_set(
    "occurred developed seen noted observed recorded found required needed had experienced "
    "complained suffered happened arose appeared encountered"
)


def eligible_values(document: Document, view: View) -> list[Value]:
    """Values of a sentence that may be results; the others are put down with their reason."""
    tokens, rejected = document.tokens, view.q.rejected
    if document.design.planned or not view.q.values:
        return []  # a protocol has no results yet
    if (document.has_results and view.section not in _RESULT_SECTIONS) or view.section in (
        "background",
        "aim",
    ):
        return []
    out: list[Value] = []
    planned = planned_values(tokens, view)
    associated = _association(tokens, view)
    elsewhere = _of_other_studies(tokens, view)
    if elsewhere is None and not document.design.pooled:
        elsewhere = told_elsewhere(tokens, view)
    classes = severity_classes(tokens, view) + named_answers(tokens, view)
    whole = document.declared.cohort.value if document.declared.cohort else 0
    sizes = {arm.n.value for arm in document.declared.arms if arm.n is not None}
    statistics = any(m.veto == "other statistic" for m in view.mentions)
    unlabelled = _bare_p_values(tokens, view)
    listed = told_as_others(tokens, view, statistics, document.queue)
    # What no word of the sentence tells of is asked of none of its values.
    counting = not view.words.isdisjoint(MAYBE_COUNTING)
    things = not view.words.isdisjoint(MAYBE_THINGS)
    share = not view.words.isdisjoint(("%", "percent", "cent"))
    moved = not view.words.isdisjoint(MAYBE_REACHED)
    # an open profile reads rates ("0.9 %/hour") as what they are
    amounts = not document.profile.open and not view.words.isdisjoint(MAYBE_NO_AMOUNT)
    conditional = not view.words.isdisjoint(IF)
    lengths = not view.words.isdisjoint(("cm", "mm"))
    alone = not view.words.isdisjoint(("old", "one"))
    done = not (view.words.isdisjoint(MAYBE_CONDITION) and view.words.isdisjoint(MAYBE_GIVEN))
    for value in view.q.values:
        reason = planned(value)
        if reason is None and conditional and in_condition(tokens, view, value):
            reason = "threshold"
        if reason is None and done and is_condition(tokens, view, value):
            reason = "threshold"
        if reason is None and 0 <= associated <= value.first:
            reason = "association"
        if reason is None and elsewhere and elsewhere[0] <= value.first < elsewhere[1]:
            reason = "result of other studies"
        if reason is None and statistics and statistic_itself(tokens, view, value):
            reason = "other statistic"
        if reason is None:
            reason = listed.get(value.at)
        small = 0 < value.value < 1
        if reason is None and (value in unlabelled or (small and _like_p(tokens, value))):
            reason = "probably a p value"
        if reason is None and value.approximate:
            reason = "approximate value"
            document.queue.add("approximate_value")
        if reason is None and value.percent and told_again(tokens, value, view.a, view.b):
            reason = "percentage"
        if reason is None and value.percent and behind_count(tokens, view.q.counts, value):
            reason = "share of people"
        if reason is None and value.percent:
            reason = percent_reason(document, view, value)
            alike = out and out[-1].percent and not did_something(tokens, value, view.a, view.b)
            if reason and alike and goes_on(tokens, out[-1], value, view.times):
                reason = None
        if reason is None and value.percent and tokens[value.first - 1].word == "by":
            # "scales were USED BY 71%", "pain was REPORTED BY 61%": a share of people.
            reason = "share of people" if by_people(tokens, view, value) else None
        if reason is None and value.percent and _next_share(tokens, rejected, value):
            reason = "share of people"
        if reason is None and view.q.counts and _counts_on(document, view, value):
            reason = "number of people"
        if reason is None and counting and counts_people(tokens, view, value):
            reason = "number of people"
        if reason is None and things and of_things(tokens, view, value):
            reason = "number of things"
        if reason is None and share:
            reason = share_reason(tokens, value, view.a, view.b)
        if reason is None and moved and reached_by_some(tokens, value, view.a, view.b):
            reason = "threshold"
            for count in view.q.counts:  # "33 of 60 patients (55%)": those who reached it
                count.noun = "events" if count.of is not None else count.noun
        if reason is None and amounts:
            reason = no_amount(tokens, view, value)
        if reason is None and "=" in view.words and defines(tokens, view, value):
            reason = "definition of a response"
        if reason is None and (view.q.counts or share):
            reason = of_responders(tokens, view, value, sizes)
        if reason is None and lengths and length_of_thing(tokens, value):
            reason = "number of things"
        led_by = tokens[value.first - 1].word == "by"
        if reason is None and (value in classes or (led_by and denied_change(tokens, value))):
            reason = "threshold"
        if reason is None and share and held_by_share(tokens, view.a, value):
            reason = "class of some people"
        whole_score = reason is None and not (value.spreads or "." in tokens[value.at].word)
        some = score_of_some(tokens, view, value, whole, sizes) if whole_score else None
        if some is not None:
            reason, some.noun = "score of some people", "events"
        if reason is None and alone and score_of_person(tokens, view, value, whole):
            reason = "value of one person"
        if reason is None and value.percent and at_least(tokens, value.first):
            reason = "threshold"
        if reason is None and value.adjectival and not noun_of_change_follows(tokens, value):
            reason = "part of a description"
        if reason is None:
            out.append(value)
        else:
            rejected[value.at] = reason
            if reason in ("percentage", "number of things"):
                view.q.foreign.append(value)
            for spread in value.spreads:
                for at in spread.at:
                    rejected[at] = f"{reason}, spread"
            if value.p is not None:
                view.q.ps.append(value.p)
            shared = reason in ("percentage", "share of people")
            if shared and out and shares_sign(tokens, out[-1], value):
                rejected[out.pop().at] = reason
    if view.planning and view.section not in ("methods", "aim") and _like_results(tokens, view):
        document.queue.add("unclaimed_result")
    return without_ranges(document.tokens, view, out, document.queue)


def _next_share(tokens: list[Token], rejected: dict[int, str], value: Value) -> bool:
    """ "was reached by 61% AND 14%": the second share of a list, as the first."""
    k = value.first - 1
    if tokens[k].word not in ("and", ",", "or"):
        return False
    k -= 1
    while tokens[k].word in ("%", ",", "and"):
        k -= 1
    return rejected.get(k) == "share of people"


def _like_results(tokens: list[Token], view: View) -> bool:
    """ "VAS fell FROM 8.1 TO 3.2 and a fall of 2 was thought relevant": set aside, yet doubtful."""
    aside = [v for v in view.q.values if view.q.rejected.get(v.at, "").startswith("planning")]
    framed = any(
        tokens[one.first - 1].word == "from"
        and "to" in {t.word for t in tokens[one.last : two.first]}
        for one, two in itertools.pairwise(aside)
    )
    kinds = {time.kind for time in view.times}
    return framed or (len(aside) > 1 and "base" in kinds and bool(kinds & {"point", "final"}))


_PER_UNIT = word_set("each every per")
_MODEL_WORDS = word_set(
    "regression multivariable multivariate univariable univariate coefficient predictor predictors "
    "independently covariate"
)


def _association(tokens: list[Token], view: View) -> int:
    """Where a sentence begins to tell an association, or -1."""
    if not view.words.isdisjoint(MAYBE_STEP):
        step = step_of_predictor(tokens, view.a, view.b)
        return step if step >= 0 else _regression(tokens, view)
    return _by_model(tokens, view)


def _regression(tokens: list[Token], view: View) -> int:
    """Where a sentence tells an association ("each 10 points were associated with 0.48"), or -1."""
    for k in range(view.a, view.b - 1) if "associated" in view.words else ():
        if tokens[k].word != "associated" or tokens[k + 1].word not in ("with", "to"):
            continue
        if view.words & _MODEL_WORDS or {tokens[m].word for m in range(view.a, k)} & _PER_UNIT:
            return k
    return _by_model(tokens, view)


def _by_model(tokens: list[Token], view: View) -> int:
    """ "Smoking increased VAS by 0.9 points IN THE ADJUSTED MODEL": where its clause begins."""
    for k in range(view.a + 1, view.b) if view.words & _MODELS else ():
        if tokens[k].word not in _MODELS or tokens[k - 1].word not in _ADJUSTED:
            continue
        start = next((m for m in range(k, view.a, -1) if tokens[m].word in ";:"), view.a)
        words = {tokens[m].word for m in range(start, view.b)}
        spread = any(value.spreads and value.first > start for value in view.q.values)
        return start if spread and not words & _SET_APART else -1
    return -1


_MODELS = word_set("model models")
_ADJUSTED = word_set("adjusted multivariable multivariate regression")
_SET_APART = word_set("than versus vs compared between difference differences group groups from")


def _of_other_studies(tokens: list[Token], view: View) -> tuple[int, int] | None:
    """ "Elsewhere a mean VAS of 4.1 HAS BEEN REPORTED; in our series ...": that clause, or None.

    Also "THE REPORTED mean VAS HAS BEEN 4.1; in OUR series it was 3.2".
    """
    if view.words.isdisjoint(_PUBLISHED) or "been" not in view.words:
        return None
    for k in range(view.a, view.b - 2):
        if tokens[k].word not in ("has", "have") or tokens[k + 1].word != "been":
            continue
        at = k + 2 + (tokens[k + 2].word in ("previously", "widely", "variously"))
        ahead = "our" in view.words and any(
            tokens[m].word in _PUBLISHED and tokens[m - 1].word in ("the", "a", "previously")
            for m in range(view.a + 1, k)
        )
        if not ahead and (at >= view.b or tokens[at].word not in _PUBLISHED):
            continue
        if at + 1 < view.b and tokens[at + 1].word == "by":
            continue  # "has been reported by 40%"
        first, last = clause_around(tokens, view, k)
        inside = [v for v in view.q.values if first <= v.first < last]
        # Own results in the same tense come with a spread or a p.
        return None if any(v.spreads or v.p for v in inside) or view.q.ps else (first, last)
    return None


_PUBLISHED = word_set("reported described published documented cited quoted")


def _bare_p_values(tokens: list[Token], view: View) -> list[Value]:
    """ "no significant difference was seen in the two (0.41 and 0.078)": p without its letter."""
    alone = _in_brackets_like_p(tokens, view)
    if alone:
        return alone
    small = [
        v
        for v in view.q.values
        if 0 < v.value < 1 and not (v.sign or v.unit or v.percent or v.spreads or v.p)
    ]
    if not small or len(small) != len(view.q.values):
        return []
    if not any(len(tokens[v.at].word.partition(".")[2]) > 2 for v in small):
        return []
    lead = tokens[small[0].first - 1].word
    listed = len(small) > 1 and lead in (";", ",", ":") and view.mentions
    if lead not in ("(", "[") and not listed:
        return []
    words = [tokens[k].word for k in range(view.a, small[0].first)]
    told = any(w in _SIGNIFICANT for w in words) and any(w in _DIFFERING for w in words)
    return small if told and "(" not in words[:-1] else []


def _in_brackets_like_p(tokens: list[Token], view: View) -> list[Value]:
    """ "NRS (P = 0.002), ODI (0.01) and NDI (0.02) were better": brackets as that of the p."""
    if not any(_alone(tokens, p.start, p.last) for p in view.q.ps):
        return []
    return [
        v
        for v in view.q.values
        if 0 < v.value < 0.1
        and not (v.sign or v.unit or v.percent or v.spreads)
        and _alone(tokens, v.first, v.last)
    ]


def _alone(tokens: list[Token], first: int, last: int) -> bool:
    closed = last < len(tokens) and tokens[last].word in (")", "]")
    return closed and tokens[first - 1].word in ("(", "[")


_SIGNIFICANT = word_set("significant significantly significance statistical statistically")
_DIFFERING = word_set("difference differences differ differed different")


def _like_p(tokens: list[Token], value: Value) -> bool:
    """ "0.0286, 0.0188 and 0.0001": to three decimals and more, without any spread, below 1."""
    plain = not (value.sign or value.unit or value.percent or value.spreads)
    return plain and len(tokens[value.at].word.partition(".")[2]) > 2


def _for_several(tokens: list[Token], at: int) -> bool:
    """Whether "in both", "for each" or "throughout" stands behind a spread."""
    near = {tokens[k].word for k in range(at + 1, min(at + 4, len(tokens)))}
    return bool(near & _FOR_SEVERAL)


def _announced(tokens: list[Token], values: list[Value], spread: Spread) -> bool:
    """ "Mean NDI (95% CI: 14.1, 18.3) WAS 16.2": whether the one value lies in the spread."""
    if len(values) != 1 or values[0].spreads or spread.kind in ("pm", "paren"):
        return False
    between = [tokens[k].word for k in range(spread.at[-1] + 1, values[0].first)]
    told = between[:1] in ([")"], ["]"]) and len(between) < 5 and not STATE.isdisjoint(between)
    low, high = spread.values[0], spread.values[-1]
    return told and (len(spread.values) == 1 or low <= values[0].value <= high)


def share_spreads(document: Document, view: View, runs: list[Run]) -> None:
    """ "(SDs 1.1 and 1.3)" behind a list of means; "(SD 2.0 in each)" for all of it."""
    tokens = document.tokens
    for place, spreads in view.q.lists:
        open_values = [v for run in runs for v in run.values if v.at < place and not v.spreads]
        if not open_values and len(spreads) == 1 and _for_several(tokens, spreads[0].at[-1]):
            open_values = [v for run in runs for v in run.values if not v.spreads]
        if not open_values and len(spreads) == 1:
            open_values = [v for run in runs for v in run.values]
            if _announced(tokens, open_values, spreads[0]):
                open_values[0].spreads.append(spreads[0])
                continue
            open_values = []
        if len(open_values) >= len(spreads) > 1:
            for value, spread in zip(open_values[-len(spreads) :], spreads, strict=True):
                value.spreads.append(spread)
        elif open_values and _for_several(tokens, spreads[0].at[-1]):
            # "18.6 in the one and 22.1 in the other group (SD 7.9 in both)".
            for value in open_values:
                value.spreads.append(spreads[0])
        else:
            for spread in spreads:
                for at in spread.at:
                    view.q.rejected.setdefault(at, "spread without its centre")
    for run in runs:
        last = run.values[-1]
        if not last.spreads:
            continue
        at = last.spreads[0].at[-1]
        before = {tokens[k].word for k in range(max(0, at - 4), at)}
        if _for_several(tokens, at) or before & {"both", "common", "pooled"}:
            for earlier in runs:
                for value in earlier.values:
                    if not value.spreads and value.at < last.at:
                        value.spreads.append(last.spreads[0])


def keep_from_differences(runs: list[Run]) -> None:
    """ "apart by 1.2 (3.1 and 4.3, SD 1.1 in both)": the SD of the scores, and not of the gap."""
    of_levels = {
        spread.at for run in runs if run.stat == "level"
        for value in run.values for spread in value.spreads
    }  # fmt: skip
    for run in runs:
        for value in run.values if run.stat == "between_diff" else ():
            value.spreads = [spread for spread in value.spreads if spread.at not in of_levels]

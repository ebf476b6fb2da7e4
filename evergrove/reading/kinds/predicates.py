"""What a clause says of its subject before the number: "the reduction WAS SIGNIFICANT (2.5)"."""

from __future__ import annotations

import itertools

from evergrove.reading.frames import Run
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.small_words import OPENS
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token, is_measure, words_outside
from evergrove.reading.text.words import (
    CENTRES,
    CHANGE,
    CHANGE_NOUNS,
    PRE_WORDS,
    STATE,
    VERBS,
    word_set,
)
from evergrove.reading.times.time_parts import Time

_ENDS = word_set(", ; : and but while whereas . than which that")
_SAID = word_set(
    "favoured favored favouring favoring reached achieved exceeded persisted continued did"
)
_REACHED = word_set("reach attain achieve")
# "in patients GIVEN wax": who they are, and no verb of the clause
_HAD_IT = word_set("given receiving treated using randomised randomized allocated assigned")
_MORE = word_set("greater larger more higher better superior bigger")
_APART = word_set("different differed differ similar comparable equal alike identical")


def says_of_subject(tokens: list[Token], verb: int, run: Run, named: dict[int, Mention]) -> bool:
    """ "The reduction in VAS WAS SIGNIFICANT at 3 months (2.5; p = 0.01)": the number is of it.

    Whether nothing stands between the verb and the bracket of the number that could be another
    subject: no other verb, measure or clause.
    """
    opened = run.first - 1 - (tokens[run.first - 1].word in CENTRES)
    if tokens[opened].word == "with" and run.values[0].unit == "point":
        opened -= tokens[opened - 1].word == ","  # "was clear in both, WITH 2.6 POINTS in one"
    elif tokens[opened].word not in OPENS:
        return False
    if tokens[verb].word not in STATE | _SAID:
        return False
    behind = range(verb + 1, opened)
    words = [tokens[m].word for m in behind]
    if tokens[verb].word == "did" and not _REACHED & {*words[:2]}:
        return False
    if not words or any(m in named for m in behind) or not _ENDS.isdisjoint(words):
        return False
    if any(tokens[m].kind == "s" and tokens[m].word != "-" for m in behind):
        return False
    if any(word in VERBS and word not in CHANGE | _HAD_IT for word in words):
        return False
    spread = any(v.spreads and v.spreads[0].kind in ("sd", "se", "pm") for v in run.values)
    if spread and len(run.values) > 1:
        return False  # "was significant (7.1 ± 1.2 vs 2.5 ± 1.1)": the scores
    close = next((m for m in range(run.last, len(tokens)) if tokens[m].word == ")"), run.last)
    if any(token.word in PRE_WORDS or token.word == "before" for token in tokens[run.last : close]):
        return False  # "was relevant (3.4 at baseline, 2.1 at 4 weeks)"
    first, last = run.values[0].value, run.values[-1].value
    if _MORE.isdisjoint(words):
        return True
    # "was GREATER with wax (3.1 vs 4.5)": the scores that were left, and not the falls
    return len(run.values) == 1 or first > last


def not_in_other(tokens: list[Token], left: Run, right: Run, named: dict[int, Mention]) -> None:
    """ "The fall was significant with wax (2.1) BUT NOT WITH CLAY (1.3)": a fall as well, in place.

    Nothing but the name of another group or time stands between the two brackets.
    """
    opened = right.first - 1 - (tokens[right.first - 1].word in CENTRES)
    if left.stat == "level" or right.stat != "level" or tokens[opened].word not in OPENS:
        return
    gap = words_outside(tokens, left.last, opened)
    denied = any(one in _BUT and two == "not" for one, two in itertools.pairwise(gap))
    alone = not any(word in VERBS and word not in _HAD_IT for word in gap)
    if denied and alone and not any(k in named for k in range(left.last, opened)):
        right.go_on_from(left)


_BUT = word_set("but and though although")


def differs_between(tokens: list[Token], k: int, run: Run) -> bool:
    """Whether the subject at k "was (not) DIFFERENT BETWEEN the groups", told with one number."""
    words = {token.word for token in tokens[k : run.first]}
    return len(run.values) == 1 and "between" in words and not _APART.isdisjoint(words)


def change_since(tokens: list[Token], start: int, k: int, run: Run, timed: dict[int, Time]) -> bool:
    """ "a decrease in VAS FROM BASELINE of 2.5 with wax": since when, and no score then.

    A noun of change leads it, and nothing says to what it came: "from baseline of 7.1 to 3.2",
    "a fall from A baseline of 7.1" tell the score.
    """
    base = k + 1 + (tokens[k + 1].word == "the")
    if base not in timed or timed[base].kind != "base":
        return False
    if tokens[k].word in ("with", "to") and tokens[k - 1].word not in ("compared", "relative"):
        return False
    noun = next((m for m in range(k - 1, start - 1, -1) if tokens[m].word in CHANGE_NOUNS), -1)
    if noun < 0 or any(tokens[m].word in STATE for m in range(noun, k)):
        return False
    behind = words_outside(tokens, run.last, min(len(tokens), run.last + 14))
    stop = next((n for n, word in enumerate(behind) if word in _ENDS), len(behind))
    return "to" not in behind[:stop]


def change_behind(
    tokens: list[Token], a: int, runs: list[Run], named: dict[int, Mention]
) -> str | None:
    """ "no difference between wax (1.3) and clay (0.9) IN THE CHANGE in VAS": the noun, or None.

    What the values of two groups are of, told behind them; nothing measured is named ahead.
    """
    if len(runs) != 2 or any(run.stat != "level" or len(run.values) > 1 for run in runs):
        return None
    ahead = {token.word for token in tokens[a : runs[0].first]}
    between = {token.word for token in tokens[runs[0].last : runs[1].first]}
    behind = words_outside(tokens, runs[1].last, min(len(tokens), runs[1].last + 14))
    stop = next((n for n, word in enumerate(behind) if word in _ENDS), len(behind))
    clause = behind[:stop]
    if any(k in named for k in range(a, runs[1].first)) or "and" not in between:
        return None
    compared = ahead | set(clause)
    if compared.isdisjoint(_APART | DIFFERENCE) or _OF_NOUN.isdisjoint(clause):
        return None
    return next((word for word in clause if word in CHANGE_NOUNS), None)


_OF_NOUN = word_set("for in regarding regards concerning respect of")


def before_predicate(tokens: list[Token], start: int, j: int) -> int:
    """ "the fall WAS ALMOST DOUBLE, 1.7 points": the verb, where only how large it was follows."""
    k = j
    while k > start and tokens[k].word in _HOW_LARGE:
        k -= 1
    return k if k < j and tokens[k].word in STATE else j


_HOW_LARGE = word_set(
    "larger greater smaller bigger lower higher double twice doubled similar significant small "
    "significantly modest substantial marked almost nearly even slight more less pronounced "
    "clinically relevant statistically highly the same comparable much not as large great only"
)


def one_more(tokens: list[Token], j: int, previous: Run) -> bool:
    """ "a fall of 3.1 with wax and ONE OF 2.2 with clay": a fall again. `j`: the "of"."""
    told = previous.stat != "level" and tokens[j - 1].word == "one"
    return told and (previous.cue in CHANGE_NOUNS or previous.cue in DIFFERENCE)


def headed_by_change(tokens: list[Token], start: int, run: Run) -> bool:
    """ "MEAN IMPROVEMENT IN VAS, 1.4 at 3 months": the heading of a number behind a comma."""
    if tokens[run.first - 1].word != ",":
        return False
    k = start + 2 * (tokens[start + 1].word == ":")  # "Results: Mean improvement ..."
    if any(tokens[m].word == ":" for m in range(k, run.first)):
        return False  # "The improvement at 6 weeks: wax, 3.1": the number has its own heading
    while k < run.first and (tokens[k].word in CENTRES or tokens[k].word in ("the", ",", "and")):
        k += 1
    return tokens[k].word in CHANGE_NOUNS and tokens[k + 1].word in ("in", "of", "on")


def lowered_it(tokens: list[Token], start: int, run: Run) -> str:
    """ "wax LOWERED THE VAS 1.4 POINTS": the verb, where its measure and points stand behind it."""
    if run.values[0].unit != "point" or len(run.values) > 1:
        return ""
    k = run.first - 1
    while k > start and (is_measure(tokens[k]) or tokens[k].word in _OF_MEASURE):
        k -= 1
    told = k < run.first - 1 and k > start and tokens[k].word in _LOWERED
    return tokens[k].word if told and tokens[k - 1].word not in ("was", "were", "had") else ""


_OF_MEASURE = word_set("the a mean median score scores on pain ) (")
_LOWERED = word_set(
    "lowered reduced decreased improved increased raised cut diminished lessened worsened eased"
)

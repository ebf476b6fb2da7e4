"""The end as a time: "at last review", "final VAS", "the end of treatment", "of the six weeks"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, CHECK, DETERMINERS, EVENT, UNIT_DAYS, word_set
from evergrove.reading.times.end_points import end_point
from evergrove.reading.times.time_parts import (
    ORDINALS,
    SHORT,
    Time,
    event_end,
    ordinal_times,
    time_point,
    word_at,
)
from evergrove.reading.times.unit_times import unit_first

_FINAL_WORDS = word_set("study trial treatment the at")
_FINAL_WORDS_2 = word_set("mean score was were and at")
_FINAL_WORDS_3 = word_set("- up visit examination assessment evaluation consultation")


def _number_next(tokens: list[Token], j: int) -> bool:
    """Whether "score of (1.9", "score was 1.9" stands at token j."""
    ahead = tokens[j + 1 : j + 4]
    return bool(ahead) and ahead[0].word in ("of", "was") and any(t.kind == "n" for t in ahead)


def final_time(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    """ "at last review", "the final follow-up", "end of treatment", "final" alone in a list."""
    j = i + 1
    word = tokens[i].word
    named = getattr(tokens[j].mark, "kind", "") if j < b else ""
    if named in ("measure", "compound") and word != "end":
        return [Time(i, j, "final", "final follow-up", None)]  # "final VAS was 1.9"
    scored = j + 1 < b and word in ("final", "last") and tokens[j].word in SCORED
    if scored and tokens[i - 1].word in ("a", "the", "mean", "median") and _number_next(tokens, j):
        return [Time(i, j, "final", "final follow-up", None)]  # "with a final score of 1.9"
    centre = j + 1 < b and word == "final" and tokens[j].word in CENTRES
    m = j + (centre and tokens[j + 1].word in SCORED)
    if centre and tokens[i - 1].word in ("a", "the") and _number_next(tokens, m):
        return [Time(i, j, "final", "final follow-up", None)]  # "to a final mean of 1.9"
    if scored and tokens[j + 1].word in ("of", "for", "on", "in"):
        k = j + 2 + (word_at(tokens, j + 2, a, b) in DETERMINERS)
        if k < b and getattr(tokens[k].mark, "kind", "") in ("measure", "compound", "qualifier"):
            return [Time(i, j, "final", "final follow-up", None)]  # "the final scores of VAS"
    if (
        word == "endpoint"
        or word_at(tokens, j + (word_at(tokens, j, a, b) == "-"), a, b) == "point"
    ):
        return end_point(tokens, a, b, i)
    if word == "end":
        if [token.word for token in tokens[i + 1 : i + 4]] == ["-", "of", "-"] and i + 4 < b:
            what = tokens[i + 4].word  # "the END-OF-TREATMENT scores"
            label = {"follow": "end of follow-up", "study": "end of study"}.get(what)
            return [Time(i, i + 5, "final", label or "end of treatment", None)]
        if word_at(tokens, j, a, b) == "of":
            weeks = word_at(tokens, j + 1, a, b)
            numbered = unit_first(tokens, a, b, j + 1) if weeks in UNIT_DAYS else []
            if numbered and numbered[0].number == j + 2:
                numbered[0].first = i  # "at the end of week 3"
                return numbered
            dated = _end_of_length(tokens, a, b, i)
            if dated:
                return dated
            if word_at(tokens, j + 1, a, b) in UNIT_DAYS and tokens[min(j + 2, b - 1)].kind == "n":
                return []  # "by the end of WEEK 5": the week is the time
            end = event_end(tokens, b, j + 1)
            if end is None and word_at(tokens, j + 1, a, b) in DETERMINERS | CHECK:
                end = min(b, j + (3 if word_at(tokens, j + 1, a, b) in DETERMINERS else 2))
            seen = any(tokens[k].word in ("follow", "followup") for k in range(j, end or j + 1))
            if word_at(tokens, j + 1, a, b) == "life":
                return [Time(i, j + 2, "other", "end of life", None)]
            told = [tokens[k].word for k in range(j, end or j) if tokens[k].word in _SITTINGS]
            event = told[0] if told else "treatment"
            label = "end of follow-up" if seen else f"end of {event}"
            return [Time(i, end or j + 1, "final", label, None)]
        if word_at(tokens, i - 1, a, b) in _FINAL_WORDS:
            return [Time(i, j, "final", "end of study", None)]
        return []
    steps = 0
    while steps < 3 and j < b and tokens[j].kind == "w" and tokens[j].word not in CHECK:
        if tokens[j].word in _FINAL_WORDS_2:
            break
        j += 1
        steps += 1
    if word_at(tokens, j, a, b) in CHECK:
        end = j + 1
        while word_at(tokens, end, a, b) in _FINAL_WORDS_3:
            end += 1
        if (
            word == "last"
            and word_at(tokens, i - 1, a, b) == "the"
            and word_at(tokens, j, a, b) in ("treatment",)
        ):
            pass
        return [Time(i, end, "final", "final follow-up", None)]
    if word_at(tokens, i - 1, a, b) in ("/", "at", "and") or word_at(tokens, i + 1, a, b) in (
        "/",
        ":",
        ",",
    ):
        return [Time(i, i + 1, "final", "final follow-up", None)]
    return []


#: What is over on the same day: its end is that of no course of weeks.
_SITTINGS = word_set("infusion injection session procedure operation surgery")
SCORED = word_set("score scores value values rating ratings level levels intensity")


def _end_of_length(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    """ "at the END OF THE SIX WEEKS", "the end of the 8-week course", "of the third month"."""
    k = i + 2 + (word_at(tokens, i + 2, a, b) in DETERMINERS)
    if k + 1 >= b or tokens[k].mark is not None:
        return []
    ordinal = ORDINALS.get(tokens[k].word)
    if ordinal is None and tokens[k].kind != "n":
        return []
    if ordinal is not None or tokens[k].flag == "ord":
        value = ordinal or int(tokens[k].value)
        found = ordinal_times(tokens, a, b, k, value, k + 1 + (ordinal is None))
        return [Time(i, found[0].last, "point", found[0].label, found[0].days)] if found else []
    at = k + 1 + (tokens[k + 1].word == "-")
    unit = word_at(tokens, at, a, b)
    if unit not in UNIT_DAYS or unit in SHORT or tokens[k].flag == "id":
        return []
    label, days = time_point(tokens[k].value, unit, False)
    end = at + 1
    while word_at(tokens, end, a, b) in CHECK or word_at(tokens, end, a, b) in EVENT:
        end += 1
    return [Time(i, end, "point", label, days, k)]

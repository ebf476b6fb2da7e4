"""Outcomes that no profile lists, by the name that the text itself gives them.

An open profile (`open: true`) reads what an abstract says was measured: the noun that a mean, a
change or a pair of values is told of ("peak oxygen consumption INCREASED BY 0.24", "MEAN knowledge
SCORE = 80.2", "time to progression (6.5 VS 5.1 months)"). What a noun alone cannot tell, whether it
is an outcome of the review, is left to the person who verifies.
"""

from __future__ import annotations

from dataclasses import replace

from evergrove.reading.arms.arm_names import acronyms
from evergrove.reading.measures.lexicon import Measure, Profile, stem
from evergrove.reading.measures.marks import Mark
from evergrove.reading.measures.names_before_groups import named_before_groups
from evergrove.reading.measures.names_behind_amounts import named_behind_amounts
from evergrove.reading.measures.outcome_nouns import BINARY, FORMS, HEADS, NO_OUTCOME
from evergrove.reading.measures.outcome_phrases import is_part, may_be, treatments, without_fill
from evergrove.reading.measures.outcome_places import counted, number_near, told
from evergrove.reading.text.tokens import Token, unmarked
from evergrove.reading.text.words import CENTRES, word_set

Names = dict[tuple[str, ...], str]


def with_named_outcomes(
    tokens: list[Token], marks: list[Mark], profile: Profile
) -> tuple[list[Mark], Profile]:
    """The marks with those of outcomes that the text names, and a profile that knows these.

    The key of an outcome is its name in lower case with "_" between the words, without words that
    say how it is told ("mean", "score"): "estradiol", "quality_of_life".
    """
    marks = _without_other(tokens, marks)
    names = _names(tokens)
    if not names and not any(mark.kind == "measure" for mark in marks) and _only_scores(tokens):
        names = {("score",): "score"}
    if not names:
        return marks, profile
    added = _marked(tokens, names)
    measures = dict(profile.measures)
    for key in {mark.key for mark in added}:
        # Which direction is the better one, the text does not say.
        measures.setdefault(key, Measure(key, direction="", percent=_of_percent(key)))
    within = {k for mark in added for k in range(mark.first, mark.last)}
    marks = [mark for mark in marks if mark.first not in within]  # "PEAK torque"
    everything = sorted([*marks, *added], key=lambda mark: mark.first)
    return everything, replace(profile, measures=measures)


def _without_other(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """A noun of another construct ("fear") is an outcome as well: its mark is taken off."""
    for token in tokens:
        if getattr(token.mark, "kind", "") == "other":
            token.mark = None
    told = [mark for mark in marks if _fades(tokens, mark) or _eligible(tokens, mark)]
    for mark in told:
        tokens[mark.first].mark = None
    return [mark for mark in marks if mark.kind != "other" and mark not in told]


def _fades(tokens: list[Token], mark: Mark) -> bool:
    """ "REGRESSION OF the block TO S1", "sensory REGRESSION TIME": no model of statistics."""
    if tokens[mark.first].word != "regression" or mark.last >= len(tokens):
        return False
    behind = tokens[mark.last].word
    return behind in _OF_FADING or tokens[mark.first - 1].word in _FADES


def _eligible(tokens: list[Token], mark: Mark) -> bool:
    """ "ELIGIBILITY FOR recovery room DISCHARGE": when people were fit for it; no criterion."""
    if tokens[mark.first].word != "eligibility" or mark.last != mark.first + 1:
        return False
    ahead = [token.word for token in tokens[mark.last : mark.last + 5]]
    return ahead[:1] == ["for"] and "discharge" in ahead


_OF_FADING = word_set("of to time times")
_FADES = word_set("sensory motor block segment tumor tumour")


def _only_scores(tokens: list[Token]) -> bool:
    """ "MEAN SCORES were 10.2 ± 0.8 and 9.7 ± 0.8": of what, the text has no other name for."""
    return any(
        tokens[k].word in ("score", "scores")
        and not CENTRES.isdisjoint([token.word for token in tokens[max(0, k - 2) : k]])
        and number_near(tokens, k)
        for k in range(1, len(tokens) - 1)
    )


def _names(tokens: list[Token]) -> Names:
    """The words (stems) of each name that the text gives an outcome -> its key."""
    names: Names = {}
    given = treatments(tokens)
    headed = named_before_groups(tokens, given) if given else ()
    behind = [span for span in named_behind_amounts(tokens) if may_be(tokens, *span)]
    for first, last in (*told(tokens), *counted(tokens), *headed, *behind):
        words = _stems(tokens, first, last)
        key = "_".join(without_fill([*words]))
        if key and stem(tokens[last - 1].word) not in given:
            names.setdefault(words, key)
    for short, spelt in acronyms(tokens).items():
        words = tuple(stem(word) for word in spelt.lower().replace("-", " ").split())
        used = (stem(short.lower()),) in names or words in names
        measured = words[-1] in HEADS and words[-1] not in BINARY and NO_OUTCOME.isdisjoint(words)
        key = names.get(words) or "_".join(without_fill([*words]))
        if key and (used or measured):
            # The short name and the long one are one outcome, under the long name.
            names[(stem(short.lower()),)] = names[words] = key
    return {words: key for words, key in names.items() if not _moves(words, names)}


def _moves(words: tuple[str, ...], names: Names) -> bool:
    """ "a mean CAL GAIN of 3.0" beside "CAL": how far it moved; "blood loss" is an outcome."""
    return len(words) > 1 and words[-1] in ("gain", "loss") and words[:-1] in names


def _marked(tokens: list[Token], names: Names) -> list[Mark]:
    """A mark for each place of a name, the longest first."""
    longest = max(len(words) for words in names)
    added: list[Mark] = []
    i = 0
    while i < len(tokens):
        end, key = _name_at(tokens, i, names, longest)
        if key:
            added.append(Mark(i, end, "measure", key))
            for token in tokens[i:end]:
                token.mark = added[-1]
        i = max(end, i + 1)
    return added


def _name_at(tokens: list[Token], i: int, names: Names, longest: int) -> tuple[int, str]:
    """(behind its last token, key) of the longest name that begins at i; (i, "") if none does."""
    words: list[str] = []
    best = (i, "")
    k = i
    while k < len(tokens) and len(words) < longest:
        token = tokens[k]
        if is_part(tokens, k, i) and unmarked(token):
            words.append(stem(token.word))
            found = names.get(tuple(words))
            best = (k + 1, found) if found else best
        elif token.word not in ("-", "/") or not words:
            break
        k += 1
    return best


def _stems(tokens: list[Token], first: int, last: int) -> tuple[str, ...]:
    return tuple(stem(tokens[k].word) for k in range(first, last) if is_part(tokens, k, first))


def _of_percent(key: str) -> bool:
    words = key.split("_")
    return words[-1] in FORMS or words[0] in ("percentage", "proportion")

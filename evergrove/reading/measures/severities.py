""" "Severity" alone, where the abstract has said of what: "severity and length of headaches"."""

from __future__ import annotations

from collections.abc import Callable

from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, DETERMINERS, STATE, word_set

_SEVERITY = word_set("severity")
_COMPLAINTS = word_set("complaints complaint symptoms discomfort")
_EITHER = _SEVERITY | _COMPLAINTS
#: An English text without these, in small letters, names none of them.
MAYBE_SEVERITY = Clues("severity", "complaint", "symptoms", "discomfort")
_OF = word_set("of subjective their clinical these")
_RATED = word_set("recorded rated scored marked graded assessed measured quantified expressed")
_LISTED = word_set(", and / duration frequency number length severity intensity mean")
_LEADS = word_set("mean median average the in and , ; : .")
_BEHIND = STATE | CHANGE | word_set("( from score scores to")


def mark_severities(tokens: list[Token], profile: Profile) -> list[Mark]:
    """Marks for a later bare "severity" or "complaints" as what was said to be rated by it."""
    words = {token.word for token in tokens}
    if not words & _EITHER:
        return []
    return [
        *_marked(tokens, profile, _SEVERITY, _LEADS, _said_of),
        *_marked(tokens, profile, _COMPLAINTS, _LEADS | _OF, _rated_as),
    ]


def _marked(
    tokens: list[Token], profile: Profile, words: frozenset[str], leads: frozenset[str],
    tells: Callable[[list[Token], int, Profile], Mark | None],
) -> list[Mark]:  # fmt: skip
    places = [i for i, token in enumerate(tokens) if token.word in words]
    if len(places) < 2:
        return []
    told = next((found for i in places if (found := tells(tokens, i, profile)) is not None), None)
    if told is None:
        return []
    out: list[Mark] = []
    for i in places:
        token = tokens[i]
        bare = i > told.last and token.mark is None and i + 1 < len(tokens)
        if bare and tokens[i - 1].word in leads and tokens[i + 1].word in _BEHIND:
            token.mark = Mark(i, i + 1, told.kind, told.key)
            out.append(token.mark)
    return out


def _rated_as(tokens: list[Token], i: int, profile: Profile) -> Mark | None:
    """ "COMPLAINTS were rated on a line (0 = no pain)": the mark of the scale, or of its end."""
    rated = next((k for k in range(i, min(i + 12, len(tokens))) if tokens[k].word in _RATED), None)
    if rated is None:
        return None
    scale = None
    for k in range(rated, min(rated + 16, len(tokens) - 1)):
        mark = tokens[k].mark
        if mark is not None and mark.kind == "measure" and profile.measures[mark.key].construct:
            scale = mark if profile.measures[mark.key].instrument else scale
        if tokens[k].word == "no" and _construct(tokens[k + 1], profile):
            return scale or tokens[k + 1].mark
        if tokens[k].word in (".", ";"):
            return None
    return None


def _construct(token: Token, profile: Profile) -> bool:
    """Whether a token names what a scale of the profile rates ("pain", "headache")."""
    mark = token.mark
    if mark is None or mark.kind not in ("measure", "compound"):
        return False
    measure = profile.measures.get(mark.key.partition(":")[0])
    return measure is not None and not measure.instrument


def _said_of(tokens: list[Token], i: int, profile: Profile) -> Mark | None:
    """ "SEVERITY (0-10), duration and frequency OF HEADACHES": the mark of the last word.

    "Severity (NRS)" alone: the mark of the scale.
    """
    scale = tokens[i + 2].mark if i + 3 < len(tokens) and tokens[i + 1].word == "(" else None
    rated = scale is not None and scale.kind == "measure" and profile.measures[scale.key].construct
    k, depth = i + 1, 0
    while k + 1 < len(tokens) and k - i < 20:
        word = tokens[k].word
        depth += (word == "(") - (word == ")")
        if word == "of" and not depth:
            k += 1 + (tokens[k + 1].word in DETERMINERS)
            named = k < len(tokens) and _construct(tokens[k], profile)
            return tokens[k].mark if named else (scale if rated else None)
        if not depth and word not in _LISTED and word != ")":
            break
        k += 1
    return scale if rated else None

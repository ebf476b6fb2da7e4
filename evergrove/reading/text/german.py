"""German word order, for tokens that already carry the English words of the glossary.

What one word cannot tell: verbs in two parts, prepositions whose sense depends on what follows,
"jeweils" before a count, "ein" before a unit of time, ordinals written "3.".
"""

from __future__ import annotations

from evergrove.reading.text.small_words import COMPARATIVES, IS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    CHANGE_NOUNS,
    DETERMINERS,
    GROUP,
    PEOPLE,
    POST_WORDS,
    SCORE_UNITS,
    UNIT_DAYS,
    word_set,
)

_CLAUSE_END = word_set(", ; : . ) und wobei während sowie", "")
_SCALE_WORDS = word_set(
    "der dem den einer einem seiten visueller numerischer basis grundlage allen beiden dieser"
)
_AS_FAR = 30
_ONE = word_set("ein eine einem einer einen eines")
_ORDINAL_NOUNS = UNIT_DAYS.keys() | word_set("postoperative")


def reorder(tokens: list[Token], verbs: dict[str, dict[str, str]]) -> list[Token]:
    """The tokens with German word order made that of the grammar; numbers are not touched.

    `verbs`: first part of a verb -> second part -> the English word of both.
    """
    tokens = _separable_verbs(_hyphens(tokens), verbs)
    _prepositions(tokens)
    _comparisons(tokens)
    _one_unit(tokens)
    _ordinal_points(tokens)
    return _each(_in_turn(_verb_before_value(_people_first(tokens))))


def _hyphens(tokens: list[Token]) -> list[Token]:
    """Without those of "95-%-KI" (no range) and "TENS-Gruppe" (no part of the name)."""
    out: list[Token] = []
    for k, token in enumerate(tokens):
        if token.word == "-" and not token.spaced and 0 < k < len(tokens) - 1:
            before, after = tokens[k - 1], tokens[k + 1]
            if before.kind == "n" and after.word == "%":
                continue
            if before.kind == "w" and after.word in GROUP:
                continue
        out.append(token)
    return out


def _stops(token: Token) -> bool:
    return token.word in (";", "?", "!") or (token.word == "." and token.kind == "s")


def _separable_verbs(tokens: list[Token], verbs: dict[str, dict[str, str]]) -> list[Token]:
    """ "nahm von 7 auf 3 ab": the second part ends the clause and goes to its verb."""
    seconds = {second for parts in verbs.values() for second in parts}
    dropped: set[int] = set()
    verb = -1
    for k, token in enumerate(tokens):
        word = token.raw.lower()
        if _stops(token):
            ordinal = token.word == "." and k and tokens[k - 1].kind == "n" and not token.spaced
            verb = verb if ordinal else -1
        elif word in verbs:
            verb = k
        elif word in seconds and verb >= 0:
            after = tokens[k + 1].raw.lower() if k + 1 < len(tokens) else ""
            both = verbs[tokens[verb].raw.lower()].get(word)
            if both is not None and (after in _CLAUSE_END or after == "("):
                tokens[verb].word = both
                dropped.add(k)
                verb = -1
    return [token for k, token in enumerate(tokens) if k not in dropped]


def _prepositions(tokens: list[Token]) -> None:
    for k, token in enumerate(tokens):
        word = token.raw.lower()
        if word == "von":
            token.word = "from" if _goes_on(tokens, k) else "of"
        elif word == "auf" and token.word == "to":
            after = tokens[k + 1].raw.lower() if k + 1 < len(tokens) else ""
            token.word = "on" if after in _SCALE_WORDS else "to"
        elif word == "der" and k and tokens[k - 1].raw[:1].isupper():
            # "die Patienten der Gruppe 1": of the group; not "nach 3 Wochen der Schmerz"
            near = [t.word if t.kind == "w" else "" for t in tokens[k + 1 : k + 4]]
            group = any(word in GROUP for word in near[: (*near, "").index("")])
            token.word = "of" if group or (near[:1] and near[0] in PEOPLE) else "the"
        elif word in ("bei", "beim") and token.word == "at":
            token.word = "in" if _people_follow(tokens, k) else "at"


def _goes_on(tokens: list[Token], k: int) -> bool:
    """Whether "von" opens a pair "von ... auf ..."; "28 von 45" and "ein Mittel von 3" do not."""
    before = tokens[k - 1] if k else None
    if before is not None and before.kind == "n" and "." not in before.word:
        return False
    for j in range(k + 1, min(len(tokens), k + _AS_FAR)):
        if _stops(tokens[j]) or tokens[j].raw.lower() == "von":
            return False
        if tokens[j].raw.lower() in ("auf", "bis", "zu") and tokens[j].word == "to":
            after = tokens[j + 1].raw.lower() if j + 1 < len(tokens) else ""
            if after not in _SCALE_WORDS:
                return True
    return False


def _people_follow(tokens: list[Token], k: int) -> bool:
    return any(token.word in PEOPLE for token in tokens[k + 1 : k + 4])


def _comparisons(tokens: list[Token]) -> None:
    """ "niedriger als": than; elsewhere "als" is as."""
    seen = -_AS_FAR
    for k, token in enumerate(tokens):
        if _stops(token) and token.word != ";":
            seen = -_AS_FAR
        elif token.word in COMPARATIVES:
            seen = k
        elif token.word == "as" and token.raw.lower() == "als" and k - seen < _AS_FAR:
            token.word = "than"


def _one_unit(tokens: list[Token]) -> None:
    """ "nach einem Monat", "ein Jahr postoperativ": one of a unit of time is a number."""
    for k in range(len(tokens) - 1):
        token = tokens[k]
        if token.raw.lower() in _ONE and tokens[k + 1].word in UNIT_DAYS:
            token.kind, token.word, token.value, token.flag = "n", "1", 1.0, "word"


def _ordinal_points(tokens: list[Token]) -> None:
    """ "am 3. Tag", "am 1., 3. und 7. Tag": the stop is the ending of an ordinal."""
    for k in range(len(tokens) - 2, 0, -1):
        number, stop, after = tokens[k - 1], tokens[k], tokens[k + 1]
        whole = number.kind == "n" and not number.flag and number.word.isdigit()
        if not (whole and stop.word == "." and stop.kind == "s" and not stop.spaced):
            continue
        listed = after.word in (",", "and", "to") and k + 2 < len(tokens)
        if after.word in _ORDINAL_NOUNS or (listed and tokens[k + 2].flag == "ord"):
            number.flag = "ord"
            stop.kind, stop.word = "w", "th"


_DOINGS = word_set("received reported showed rated had gave")


def _people_first(tokens: list[Token]) -> list[Token]:
    """ "Danach erhielten 62 Patienten Tape": the people go before what they did."""
    out = list(tokens)
    for k, token in enumerate(tokens[:-1]):
        if token.kind != "w" or token.word not in _DOINGS:
            continue
        j = k + 1
        while j < len(out) and (out[j].kind == "n" or out[j].word in DETERMINERS):
            j += 1
        if j >= len(out) or out[j].word not in PEOPLE:
            continue
        end = j + 1
        if end < len(out) and out[end].word == "of":
            names = [t.word if t.kind == "w" else "" for t in out[end + 1 : end + 4]]
            groups = [i for i, word in enumerate(names) if word in GROUP]
            end += 2 + groups[0] if groups else 0
        if end < len(out) and out[end].word not in _NAMES_GO_ON:
            out[k:end] = [*out[k + 1 : end], token]
    return out


_NAMES_GO_ON = word_set("with without in after under")
_SUBJECTS = CHANGE_NOUNS | {"difference", "differences"}
_VALUE_FOLLOWS = word_set("at mean median − – - +")


def _verb_before_value(tokens: list[Token]) -> list[Token]:
    """ "Die Reduktion betrug nach 3 Monaten 2,4": the time goes before the verb.

    Only where the subject is a change or a difference, whose value stands right after the verb.
    """
    out = list(tokens)
    subject = False
    for k, token in enumerate(out):
        if _stops(token):
            subject = False
        elif token.word in _SUBJECTS:
            subject = True
        elif subject and token.kind == "w" and token.word in IS:
            end = _time_phrase(out, k + 1)
            if end < len(out) and (out[end].kind == "n" or out[end].word in _VALUE_FOLLOWS):
                out[k:end] = [*out[k + 1 : end], token]
            subject = False
    return out


def _time_phrase(tokens: list[Token], k: int) -> int:
    """The end of "after 3 months", "3 months postoperatively" at k; past the text if none is."""
    none = len(tokens)
    at = k + (k < none and tokens[k].word in ("after", "at", "within"))
    if at + 2 >= none or tokens[at].kind != "n" or tokens[at + 1].word not in UNIT_DAYS:
        return none
    later = tokens[at + 2].word in POST_WORDS
    return at + 2 + later if later or at > k else none


def _in_turn(tokens: list[Token]) -> list[Token]:
    """ "3,1 ± 1,2 bzw. 4,4 ± 1,5" is "3.1 ± 1.2 and 4.4 ± 1.5 respectively"."""
    places = []
    for k in range(1, len(tokens) - 1):
        if tokens[k].raw.lower() not in ("bzw", "beziehungsweise", "resp"):
            continue
        before = tokens[k - 1]
        valued = before.kind == "n" or before.word in (")", "%") or before.word in SCORE_UNITS
        if valued and tokens[k + 1].kind == "n":
            at = _end_of_value(tokens, k + 1)
            if at >= len(tokens) or tokens[at].word not in PEOPLE:
                places.append(at)
    out = list(tokens)
    for at in reversed(places):
        end = tokens[at - 1].end
        out.insert(at, Token("w", end, end, "respectively", 0.0, True, "", "bzw"))
    return out


def _end_of_value(tokens: list[Token], k: int) -> int:
    """The token after a value that begins at k: number, spread, unit, bracket with numbers."""
    k += 1
    while k < len(tokens):
        word = tokens[k].word
        if word == "±" and k + 1 < len(tokens) and tokens[k + 1].kind == "n":
            k += 2
        elif word in SCORE_UNITS or word == "%":
            k += 1
        elif word == "(" and k + 2 < len(tokens) and tokens[k + 1].word not in ("p", "n"):
            close = next(
                (j for j in range(k, min(k + 12, len(tokens))) if tokens[j].word == ")"), k
            )
            numbers = any(token.kind == "n" for token in tokens[k:close])
            if close == k or not numbers:
                return k
            k = close + 1
        else:
            return k
    return k


def _each(tokens: list[Token]) -> list[Token]:
    """ "je 35 Patienten", "jeweils n = 40": the grammar wants "35 patients each"."""
    out = list(tokens)
    for k in range(len(out) - 1):
        if out[k].raw.lower() not in ("je", "jeweils"):
            continue
        j = k + 1
        if [t.word for t in out[j : j + 2]] == ["n", "="]:
            j += 2
        if j >= len(out) or out[j].kind != "n" or "." in out[j].word:
            continue
        counted = j > k + 1
        if j + 1 < len(out) and out[j + 1].word in PEOPLE:
            j, counted = j + 1, True
        if j + 1 < len(out) and out[j + 1].word == "per":
            counted = True
        if counted:
            out[k].word = "each"
            out[k : j + 1] = [*out[k + 1 : j + 1], out[k]]
    return out

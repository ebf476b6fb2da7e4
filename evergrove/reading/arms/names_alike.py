"""Whether two printed names mean the same group: "the steroid group", "40 had cortisone depots"."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from evergrove.reading.measures.lexicon import stem
from evergrove.reading.text.words import GROUP, PEOPLE, PREPOSITIONS, VERBS, word_set

#: From here on two names are taken for one where no other name is as near.
ALIKE = 0.5

# Words of one meaning. A name that has one of them is met by any other of its row.
_SYNONYMS = [
    word_set(row)
    for row in (
        "surgery surgical surgically operative operatively operated operation operations",
        "conservative conservatively nonoperative nonoperatively nonsurgical nonsurgically medical",
        "radiofrequency rf rfa rft",
        "shockwave shock eswt",
        "physiotherapy physio physical physiotherapist",
        "botulinum botox bont bonta btx btxa toxin",
        "hyaluronic hyaluronate hyaluronan viscosupplementation",
        "arthroscopic arthroscopy arthroscopically",
        "endoscopic endoscopy endoscopically",
        "exercise exercises exercising",
        "early immediate",
        "steroid corticosteroid glucocorticoid cortisone",
        "anesthetic anaesthetic anesthesia anaesthesia",
    )
]
# A kind of treatment is met by a drug of that kind; two drugs of a kind are not one.
_KINDS = {
    kind: word_set(members)
    for kinds, members in (
        (
            "steroid corticosteroid glucocorticoid",
            "methylprednisolone triamcinolone dexamethasone betamethasone prednisolone prednisone "
            "hydrocortisone depomedrol kenalog",
        ),
        (
            "anesthetic anaesthetic",
            "bupivacaine ropivacaine levobupivacaine lidocaine lignocaine mepivacaine prilocaine "
            "chloroprocaine articaine",
        ),
        ("opioid opiate", "morphine fentanyl oxycodone hydromorphone tramadol sufentanil"),
        ("nsaid", "ibuprofen diclofenac ketorolac naproxen celecoxib etoricoxib ketoprofen"),
        ("toxin", "onabotulinumtoxina abobotulinumtoxina incobotulinumtoxina"),
    )
    for kind in kinds.split()
}
_INERT = word_set(
    "placebo saline sham usual conventional standard routine nothing dummy untreated vehicle care "
    "observation waiting no without"
)
_JOINED = word_set("combined combination both adjunct adjunctive add-on")
_JOINS = word_set("plus combined combination adjunct together additional added both +")
_NEGATIONS = word_set("no non not without sham un never")
_EMPTY = (
    GROUP
    | PEOPLE - {"control", "controls"}
    | PREPOSITIONS
    | VERBS
    | word_set(
        "the a an and or of who whom were was had been being received receiving given underwent "
        "undergoing treated treatment therapy group alone only other same mg ml g cc u mean"
    )
)
# "group A", "arm 2": met by its label only.
_LABEL = re.compile(r"(?i)(?:group|arm|cohort)\s+([^\W_]{1,3})")
_WORD = re.compile(r"[^\W_]+|\+")


@lru_cache(1 << 10)
def _telling(name: str) -> tuple[tuple[str, str], ...]:
    """The words of a name that tell it, lower case, singular; each with its print."""
    plain = re.sub(r"(?i)\bnon[- ]", "non", name)
    found = [(stem(match.lower()), match) for match in _WORD.findall(plain)]
    return tuple((word, raw) for word, raw in found if not raw.isdigit())


def is_role(name: str) -> bool:
    """Whether a name tells no more than the part in the trial: "active", "the intervention"."""
    return {word for word, _ in _telling(name)} - _EMPTY <= _ROLES


_ROLES = word_set("active intervention experimental treatment study test control verum index")


def likeness(name: str, phrase: str) -> float:
    """How surely a group called `name` is the one that `phrase` tells of: 0 (not) to 1 (its words).

    Compared word by word: the same word, a word of the same meaning, a kind and one of its kind
    ("steroid", "triamcinolone"), a word in a longer one, an acronym and the words it stands for.
    "control" is met by what does nothing, "combination" by a sign of addition. 0 where one of the
    two is a negation of the other ("surgical", "non-surgical"; "laser", "no laser").
    """
    label = _LABEL.fullmatch(name)
    if label:
        named = re.search(rf"(?i)\b(?:groups?|arms?|cohorts?)\s+{label[1]}\b", phrase)
        return float(named is not None)
    there = _telling(phrase)
    words = {word for word, _ in there}
    own = [item for item in _telling(name) if item[0] not in _EMPTY]
    if not own:
        return 0.0
    asked = {word for word, _ in own}
    if asked <= {"control", "comparison", "comparator", "reference"}:
        return 1.0 if asked & words else 0.6 * bool(words & _INERT)
    if asked <= _JOINED:
        return 1.0 if asked & words else 0.6 * (bool(words & _JOINS) or _had_with(there))
    if bool(asked & _NEGATIONS) != bool(words & _NEGATIONS):
        return 0.0
    scores = [_met(word, raw, there, words) for word, raw in own if word not in _NEGATIONS]
    return sum(scores) / len(scores) if scores else 0.0


def _had_with(there: tuple[tuple[str, str], ...]) -> bool:
    """ "ablation WITH cement", but not "treated with cement": two treatments joined."""
    return any(
        word == "with" and one[0] not in _EMPTY for one, (word, _) in itertools.pairwise(there)
    )


def _met(
    word: str, raw: str, there: tuple[tuple[str, str], ...], words: frozenset[str] | set[str]
) -> float:
    """How surely one word of a name is told by the words of a phrase."""
    if word in words:
        return 1.0
    if any(word in row and not row.isdisjoint(words) for row in _SYNONYMS):
        return 0.9
    if not _KINDS.get(word, _NONE).isdisjoint(words):
        return 0.9
    if raw.isupper() and len(raw) > 1 and _stands_for(raw.lower(), there):
        return 0.9
    for other in words:
        short, long = sorted((word, other), key=len)
        if long.startswith("non") and long.endswith(short):
            continue
        if len(short) >= _LONG and (short in long or short[:_LONG] == long[:_LONG]):
            return 0.8
        if len(short) == _LONG - 1 and long.startswith(short):
            return 0.7
    return 0.0


_LONG = 6
_NONE: frozenset[str] = frozenset()


def _stands_for(acronym: str, there: tuple[tuple[str, str], ...]) -> bool:
    """ "ESP" of "erector spinae plane", "RFA" of "radiofrequency ablation": its letters in order.

    It begins with the first letter of a word, and each further word gives its first letter.
    """
    words = [word for word, _ in there if word not in _EMPTY]
    for start in range(len(words)):
        if words[start][0] != acronym[0]:
            continue
        for size in range(1, min(len(acronym), len(words) - start) + 1):
            run = words[start : start + size]
            first = "".join(word[0] for word in run)
            if size > 1 and in_order(first, acronym) and in_order(acronym, "".join(run)):
                return True
    return False


def in_order(letters: str, text: str) -> bool:
    """Whether the letters come in this order in the text."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def paired(names: list[str], phrases: list[str], unmet: int = 1) -> list[int] | None:
    """The phrase of each name, as its number; None where that cannot be told.

    Names that are nearest to one phrase take it first, then those that were near to several. As
    many as `unmet` (0 or 1) names may be met by nothing: such a one takes what is left over.
    """
    if len(names) != len(phrases):
        return None
    table = [[likeness(name, phrase) for phrase in phrases] for name in names]
    out = dict.fromkeys(range(len(names)), -1)
    while -1 in out.values():
        rows = [row for row in out if out[row] < 0]
        free = [column for column in range(len(phrases)) if column not in out.values()]
        sure = [
            (row, column)
            for row in rows
            for column in free
            if table[row][column] >= ALIKE
            and all(table[row][k] < table[row][column] for k in free if k != column)
            and not any(
                table[k][column] >= table[row][column] and _wants(table[k], column, free)
                for k in rows
                if k != row
            )
        ]
        if not sure and len(rows) == 1 and len(free) == 1 and max(table[rows[0]]) < ALIKE:
            sure = [(rows[0], free[0])]
        # "the RFA group" of those who had "RFA with cement" though another name took them
        sure = [(row, k) for row, k in sure if table[row][k] == max(table[row])]
        if not sure:
            return None
        for row, column in sure:
            if column in out.values():
                return None
            out[row] = column
    met = sum(table[row][column] >= ALIKE for row, column in out.items())
    return [out[row] for row in range(len(names))] if met >= len(names) - unmet else None


def _wants(scores: list[float], column: int, free: list[int]) -> bool:
    """Whether a phrase that is still free is the only one that a name is nearest to."""
    return all(scores[k] < scores[column] for k in free if k != column)

"""Where a sentence names groups that the text has declared."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import PARTS, Arm, ArmIndex, DocArm, part_of_short_name
from evergrove.reading.arms.hyphened_heads import only_head
from evergrove.reading.arms.ways_given import modifies_another
from evergrove.reading.arms.whole_names import Names, whole_name, whole_names
from evergrove.reading.measures.lexicon import stem
from evergrove.reading.text.stat_words import LOWERING_VERBS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    ANYONE,
    CONTROLS,
    GROUP,
    is_content,
    word_set,
)

_BEFORE_LETTER = word_set("group groups in for arm arms and ( with of")
_JOINS_NAME = word_set("- of + plus and ( ) /")


#: First and last token of a name and the group that it names; or what it says of a group's absence.
_Place = tuple[int, int, str, DocArm | None]


@dataclass(slots=True)
class _Names:
    """What the names of the declared groups are in one text, worked out once for all sentences."""

    wholes: Names
    beside_another: bool  # one group has what the other has not, or has alone
    places: list[int]  # tokens at which a name may stand
    told: dict[tuple[int, int], list[_Place]] = field(default_factory=dict)  # by sentence


def _names(tokens: list[Token], index: ArmIndex) -> _Names:
    wholes = whole_names(index)
    beside = [key[1:].split()[0] for key in index if key[0] == "+"]
    beside += [key.removesuffix(" alone") for key in index if key.endswith(" alone")]
    stems = {*index, *beside}
    words = [token.word for token in tokens]
    said = set(words)
    telling = said & stems | (said & wholes.keys())
    telling.update([word for word in said if word[-1:] == "s" and stem(word) in stems])
    letters = {key[1:] for key in stems if key[:1] == "=" and len(key) == 2}
    places = [i for i, word in enumerate(words) if word in telling and tokens[i].kind == "w"]
    if letters:
        lettered = [i for i, t in enumerate(tokens) if t.raw in letters and t.kind == "w"]
        places = sorted({*places, *lettered})
    return _Names(wholes, bool(beside), places)


def known_mentions(
    tokens: list[Token], a: int, b: int, arms: list[DocArm], index: ArmIndex
) -> list[Arm]:
    """Places where a telling word, an acronym or the letter of a declared group stands.

    Several stages ask this of one sentence: the places are looked for once, and each stage is given
    phrases of its own.
    """
    told = _told(tokens, a, b, arms, index)
    if not told:
        return []
    return [
        Arm(first, last, name if arm is None else arm.shown(), 3, arm)
        for first, last, name, arm in told
    ]


def two_names(
    tokens: list[Token], a: int, b: int, arms: list[DocArm], index: ArmIndex
) -> list[str]:
    """The names of the two groups that a..b names, in their order; none where it names others."""
    told = _told(tokens, a, b, arms, index)
    if len(told) < 2:
        return []
    names = [name if arm is None else arm.shown() for _, _, name, arm in told]
    names = list(dict.fromkeys(names))
    return names if len(names) == 2 else []


def _told(tokens: list[Token], a: int, b: int, arms: list[DocArm], index: ArmIndex) -> list[_Place]:
    if not arms:
        return []
    if index.names is None:
        index.names = _names(tokens, index)
    told = index.names.told.get((a, b))
    if told is None:
        told = index.names.told[a, b] = _places(tokens, a, b, arms, index, index.names)
    return told


def _places(
    tokens: list[Token], a: int, b: int, arms: list[DocArm], index: ArmIndex, names: _Names
) -> list[_Place]:
    found: list[_Place] = []
    wholes, beside_another = names.wholes, names.beside_another
    done = a
    for i in names.places[bisect_left(names.places, a) : bisect_left(names.places, b)]:
        token = tokens[i]
        if i < done or token.kind != "w":
            continue
        word = token.word
        if word in wholes:
            end, which = whole_name(tokens, i, b, wholes[word], [arm.name for arm in arms])
            if which is not None:
                found.append((i, end, "", arms[which]))
                done = end
                continue
        word = stem(word) if word[-1] == "s" else word  # no other word has another stem
        which = index.get(word)
        if which is not None and word in PARTS:
            which = which if _by_part(tokens, i, a, b, arms[which].name) else None
        if which is None and beside_another:
            which = _one_of_two(tokens, i, a, b, word, index)
        if which is None and len(token.raw) == 1 and token.raw.isupper():
            which = index.get(f"={token.raw}")
            if which is not None and (
                token.raw in ("A", "I") and (i == a or tokens[i - 1].word not in _BEFORE_LETTER)
            ):
                which = None
        if which is None:
            continue
        several = " " in arms[which].name
        if several and modifies_another(tokens, i, b, arms[which], which, index):
            continue
        if len(arms) == 1 and only_head(token.word, arms[0].name):
            at = max(a, i - 2)
            if arms[0].name.lower().split("-")[0] not in [t.word for t in tokens[at:i]]:
                continue
        if "-" in arms[which].name and part_of_short_name(token.raw, arms[which]):
            beside = (tokens[i - 1].word, tokens[min(i + 1, b - 1)].word)
            if "-" not in beside:
                continue
        done = _end_of_name(tokens, i, b, which, arms[which].name, index)
        other = any(alias.lower() == token.word for alias in arms[which].aliases)
        if other and token.word not in arms[which].words and token.raw.islower():
            # A second name that the results use: "no block (controls)".
            arms[which].called = arms[which].called or token.raw
        first = _start_of_name(tokens, i, a, arms[which].name)
        denied = first > a and tokens[first - 1].word in ("no", "non")
        if denied and _without_it(tokens, first, done, a, b):
            end = done - (tokens[done - 1].word in GROUP and done - first > 1)
            name = f"no {text_of(tokens, first, end)}"
            found.append((first - 1, done, name, None))
            continue
        found.append((first, done, "", arms[which]))
    return found


def _without_it(tokens: list[Token], first: int, last: int, a: int, b: int) -> bool:
    """ "lower with balm (NO BALM = 4.2 ...", "than in the NO BALM group": those who had none."""
    if last < b and tokens[last].word in ("=", ":"):
        return True
    led = first - 2 > a and tokens[first - 2].word == "the"
    return led and tokens[last - 1].word in GROUP


def _start_of_name(tokens: list[Token], i: int, a: int, name: str) -> int:
    """ "USUAL care", "CONVENTIONAL physical therapy": the words of the name before token i."""
    words = name.lower().replace("-", " ").split()
    if len(words) < 2 or tokens[i].word not in words[1:]:
        return i
    k, at = i, words.index(tokens[i].word)
    while at and k > a and tokens[k - 1].word == words[at - 1]:
        k, at = k - 1, at - 1
    return k if at == 0 else i


def _end_of_name(
    tokens: list[Token], i: int, b: int, which: int, name: str, index: dict[str, int]
) -> int:
    """Where the name of a group ends whose first telling word stands at token i.

    "shock wave THERAPY", "high-FREQUENCY TENS": the rest of the name as the text declares it, also
    where its words tell nothing, and the head noun of people behind it.
    """
    rest = set(name.lower().replace("-", " ").split())
    j = i + 1
    while j < b and j - i < 6:
        word = tokens[j].word
        joins = word in _JOINS_NAME or (word == "-" and not tokens[j].spaced)
        k = j + joins
        more = k < b and tokens[k].kind == "w" and tokens[k].word in rest
        # "gel plus ice AND GEL alone": behind a joining word the next name may begin
        more = more and is_content(tokens[k].word) and not (joins and tokens[j].kind == "w")
        if not (more or (k < b and index.get(stem(tokens[k].word)) == which) or word in GROUP):
            break
        j = k + 1 if more or word not in GROUP else j + 1
    return j


def _one_of_two(
    tokens: list[Token], i: int, a: int, b: int, word: str, index: dict[str, int]
) -> int | None:
    """The group of "gel" where the other is "no gel", of "gel ALONE" where it is "gel plus ice"."""
    if f"+{word}" in index:
        negated = i > a and tokens[i - 1].word in ("no", "without")
        return index[f"-{word}" if negated else f"+{word}"]
    after = tokens[i + 1].word if i + 1 < b else ""
    if f"+{word} {after}" in index:
        return index[f"+{word} {after}"]
    return index.get(f"{word} alone") if after in ("alone", "only") else None


def _by_part(tokens: list[Token], i: int, a: int, b: int, name: str) -> bool:
    """Whether "control" names people ("v. control", "the control group"), not "pain control".

    The whole `name` of the group does so too: "USUAL CARE led to a mean of 4.8".
    """
    words = name.lower().replace("-", " - ").split()
    if len(words) > 1 and words == [t.word for t in tokens[max(a, i + 1 - len(words)) : i + 1]]:
        return True
    after = tokens[i + 1].word if i + 1 < b else ""
    before = tokens[i - 1].word if i > a else ""
    if before in (";", "(", ":") and after in ("mean", "median"):
        return True  # "(gel mean VAS = 0.7; CONTROL mean VAS = 2.9)"
    if not tokens[i].word.startswith("control"):
        if after in ("than", "and") and GROUP & {t.word for t in tokens[i + 2 : min(b, i + 5)]}:
            return True  # "better for the INTERVENTION THAN the control group"
        if after in GROUP or {before, after} & {"vs", "versus"} != set():
            return True
        return _beside_control(tokens, i, a, b)
    if before in _SIGNS_BEFORE and (after in _BEHIND_CONTROL or tokens[i + 1].kind == "n"):
        return True  # "(gel/CONTROL) was 2.1/3.4", "VAS: gel 2.1; CONTROL 3.4"
    if after in ANYONE:
        return True  # "CONTROL patients had 3.4"
    if before in ("while", "whereas") and (after in LOWERING_VERBS or after == "did"):
        return True
    if before == "to" and i - 2 >= a and tokens[i - 2].word in ("compared", "relative", "opposed"):
        return True
    return after in GROUP or before in ("vs", "versus", "and", "than", "or", "in", "with", ",")


def _beside_control(tokens: list[Token], i: int, a: int, b: int) -> bool:
    """ "5.3 (INTERVENTION), 6.1 (control)", "VAS (TREATMENT/sham)", ": THERAPY 5.3, sham 6.1".

    Whether a group that had nothing is named in the same way as token i.
    """
    before, after = tokens[i - 1].word if i > a else "", tokens[min(i + 1, b - 1)].word
    if before == "/" and i - 2 >= a:
        return tokens[i - 2].word in CONTROLS
    if after == "/" and i + 2 < b:
        return tokens[i + 2].word in CONTROLS
    alone = before == "(" and after == ")"
    if not alone and (before not in _SIGNS_BEFORE or not _amount_at(tokens, i + 1, b)):
        return False
    for k in range(a + 1, b - 1):
        if tokens[k].word in CONTROLS:
            led, ends = tokens[k - 1].word, tokens[k + 1].word
            same = led == "(" and ends == ")" if alone else _amount_at(tokens, k + 1, b)
            if same and (alone or led in _BEFORE_SECOND):
                return True
    return False


def _amount_at(tokens: list[Token], k: int, b: int) -> bool:
    """Whether a number stands at token k, or behind a sign there: "5.3", ": 5.3", "= 5.3"."""
    k += k < b and tokens[k].word in (":", "=", ",")
    return k < b and tokens[k].kind == "n"


_BEFORE_SECOND = word_set("; , : / ( and vs versus")
_SIGNS_BEFORE = word_set("; : / (")
_BEHIND_CONTROL = word_set(") , : = ( baseline entry week month day hour year")

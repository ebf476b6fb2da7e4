"""Parts of one instrument: "WOMAC pain, stiffness and function", "KOOS: pain 65, symptoms 70"."""

from __future__ import annotations

from evergrove.reading.measures.lexicon import Profile, stem
from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, STATE, word_set

_BETWEEN = word_set(", and & /")
_OPENERS = word_set(": ( for of the on as and in")
_HEADS = word_set("subscale subscales subscore subscores domain domains score scores scale scales")
_PLACED = word_set("on at during in with when while of upon")


def mark_part_lists(tokens: list[Token], marks: list[Mark], profile: Profile) -> list[Mark]:
    """The marks, with one for every further part of an instrument whose first part is named.

    "KOOS pain, symptoms and ADL", "WOMAC subscales for pain and function": what follows in the
    list is of the same instrument, unless another instrument is named for it ("WOMAC pain and
    function (ODI)").
    """
    out = list(marks)
    for mark in marks:
        if mark.kind != "measure" or not profile.measures[mark.key].parts:
            continue
        forms = profile.part_forms[mark.key]
        k = mark.last if mark.part else _behind_heads(tokens, mark.last)
        found: list[tuple[int, int, str]] = []
        if k is not None:
            found = _items(tokens, k, forms, mark, profile, bool(mark.part))
        if not mark.part and len(found) < 2:
            # "the WOMAC score for pain": one part, named elsewhere
            found = _each_with_value(tokens, mark.last, forms, mark, profile)
            gap = [tokens[j].word for j in range(mark.last, found[0][0])] if found else []
            if len({part for *_, part in found}) < _least(mark, profile, gap):
                continue
            if gap == [","]:
                found[0] = mark.first, *found[0][1:]  # "In the KOOS, pain was"
            elif gap[-1:] == [","] and _heads(tokens, mark):
                found.insert(0, (mark.first, mark.last, found[0][2]))
        out = _with_parts(tokens, out, mark.key, found)
    return out


def _with_parts(
    tokens: list[Token], marks: list[Mark], key: str, found: list[tuple[int, int, str]]
) -> list[Mark]:
    """The marks, with the parts (first, last, name) of `key` in place of what they cover."""
    out = list(marks)
    for first, last, part in found:
        new = Mark(first, last, "measure", key, part)
        out = [one for one in out if one.last <= first or one.first >= last]
        out.append(new)
        for j in range(first, last):
            tokens[j].mark = new
    return out


def give_parts_to_named(tokens: list[Token], marks: list[Mark], profile: Profile) -> None:
    """ "Bodily pain and the SF-12 PCS were": a part that several have, told without its instrument.

    Where the one that the profile gives it to is not named, it is of the one that is.
    """
    named = {mark.key for mark in marks if mark.kind == "measure" and not mark.part}
    named |= {
        mark.key for mark in marks if mark.kind == "measure" and _spelt(tokens, mark, profile)
    }
    for mark in marks:
        if mark.kind != "measure" or not mark.part or mark.key in named:
            continue
        words = tuple(stem(token.word) for token in tokens[mark.first : mark.last])
        of = [key for key in named if profile.part_forms.get(key, {}).get(words) == mark.part]
        if len(of) == 1:
            mark.key = of[0]


def _spelt(tokens: list[Token], mark: Mark, profile: Profile) -> bool:
    """Whether a mark of a part holds more than the name of the part: "SF-12 PCS"."""
    words = tuple(stem(token.word) for token in tokens[mark.first : mark.last])
    return bool(mark.part) and words not in profile.part_forms.get(mark.key, {})


def mark_lists_behind(tokens: list[Token], marks: list[Mark], profile: Profile) -> list[Mark]:
    """ "The KOOS was filled in. Pain was 65, symptoms 70 and ADL 69": parts in later sentences.

    Only where one instrument with parts is named, and no other scale of the same construct.
    """
    own = [mark for mark in marks if mark.kind == "measure"]
    known = [mark for mark in own if profile.measures[mark.key].parts and not mark.part]
    if len({mark.key for mark in known}) != 1:
        return marks
    parts = profile.measures[known[0].key].parts
    said = frozenset(parts).union(*parts.values())
    scales = [profile.measures[mark.key] for mark in own]
    if any(scale.instrument and scale.construct in said for scale in scales):
        return marks  # "pain" may be the one on the VAS
    if any(mark.key in said and _same_sentence(tokens, mark, known[0]) for mark in own):
        return marks  # "Pain and the WOMAC were scored"
    forms = profile.part_forms[known[0].key]
    starts = [k + 1 for k in range(known[0].last, len(tokens)) if tokens[k].word in _ENDS]
    each = [_each_with_value(tokens, start, forms, known[0], profile) for start in starts]
    found = [item for items in each for item in items]
    if len({part for *_, part in found}) < min(3, len(parts)):
        return marks
    return _with_parts(tokens, marks, known[0].key, found)


_ENDS = word_set(". ? !")
_AHEAD_OF_PART = _BETWEEN | _OPENERS | word_set("; was were to from points - – )")
_BEHIND_PART = word_set("( [ : = was were from , of") | CHANGE | STATE
_RIGHT_BEHIND = _OPENERS | _HEADS | word_set("was were")


def _each_with_value(
    tokens: list[Token],
    k: int,
    forms: dict[tuple[str, ...], str],
    mark: Mark,
    profile: Profile,
) -> list[tuple[int, int, str]]:
    """ "Mean FAOS went from SYMPTOMS 68, PAIN 65, ADL 69 to SYMPTOMS 94, ...": values of parts.

    Those between k and the end of its sentence; none where another scale stands among them.
    """
    found: list[tuple[int, int, str]] = []
    while k < len(tokens) and tokens[k].word not in _ENDS:
        item = _part_at(tokens, k, forms)
        if item is not None and _has_value(tokens, k, item[0]):
            found.append((k, *item))
            k = item[0]
            continue
        if _another_scale(tokens[k].mark, mark, profile):
            return []
        k += 1
    return found


def _least(mark: Mark, profile: Profile, gap: list[str]) -> int:
    """How many parts must have a value: all of two, or three; two that stand right behind."""
    if gap and _RIGHT_BEHIND.issuperset(gap):
        return 2
    return min(3, len(profile.measures[mark.key].parts))


def _heads(tokens: list[Token], mark: Mark) -> bool:
    """Whether "In the KOOS" begins its sentence."""
    k = mark.first - 1
    k -= tokens[k].word == "the"
    return k >= 0 and tokens[k].word in _OPENERS and (k == 0 or tokens[k - 1].word in _ENDS)


def _another_scale(own: Mark | None, mark: Mark, profile: Profile) -> bool:
    if own is None or own.kind != "measure" or own.key == mark.key or own.part:
        return False
    return profile.measures[own.key].instrument


def _has_value(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a part begins an item of a list, and a number follows its name."""
    if tokens[first - 1].word not in _AHEAD_OF_PART and tokens[first - 1].mark is not None:
        return False  # "BACK pain 65" is no part
    if tokens[first - 1].word == "for" and tokens[first - 2].kind == "n":
        return True  # "45.2 FOR PHYSICAL FUNCTION"
    k = last
    while k < min(len(tokens) - 1, last + 3) and tokens[k].word in _BEHIND_PART:
        k += 1
    return k < len(tokens) and tokens[k].kind == "n"


def _behind_heads(tokens: list[Token], k: int) -> int | None:
    """ "WOMAC SUBSCALES FOR (pain, ...)": where a list of parts may begin."""
    if k >= len(tokens) or tokens[k].word not in _HEADS:
        return None
    k += 1
    while k < len(tokens) and tokens[k].word in _OPENERS:
        k += 1
    return k


def _items(
    tokens: list[Token],
    k: int,
    forms: dict[tuple[str, ...], str],
    mark: Mark,
    profile: Profile,
    behind: bool,
) -> list[tuple[int, int, str]]:
    """Parts (first, last, name) of a list that begins at k, or goes on there (`behind`)."""
    found: list[tuple[int, int, str]] = []
    while True:
        start = k
        while k < len(tokens) and tokens[k].word in _BETWEEN:
            k += 1
        if k == start and (behind or found):
            return found
        item = _part_at(tokens, k, forms)
        if item is None or _of_another(tokens, k, item[0], mark, profile):
            return found
        told = found[-1][2] if found else mark.part
        if behind and (_goes_on(tokens, k, item[0]) or _beside_sum(tokens, k, told)):
            return found
        found.append((k, *item))
        k = item[0]


def _part_at(
    tokens: list[Token], k: int, forms: dict[tuple[str, ...], str]
) -> tuple[int, str] | None:
    """The longest name of a part that stands at k: where it ends, and which part it is."""
    words, j = [], k
    best: tuple[int, str] | None = None
    while j < len(tokens) and len(words) < 5:
        if tokens[j].word in ("-", "/") and words:
            j += 1
            continue
        if tokens[j].kind != "w":
            break
        words.append(stem(tokens[j].word))
        j += 1
        part = forms.get(tuple(words))
        if part is not None:
            best = j, part
    return best


def _of_another(tokens: list[Token], k: int, last: int, mark: Mark, profile: Profile) -> bool:
    """Whether another instrument is meant: "pain (VAS)", "pain VAS", "pain at rest"."""
    for j in (k, *range(last, min(last + 3, len(tokens)))):
        own = tokens[j].mark
        other = getattr(own, "kind", "") == "measure" and own.key != mark.key
        if other and profile.measures[own.key].instrument:
            return True
        if j >= last and tokens[j].word not in ("(", "[", "on", "by", "score", "scores"):
            break
    return last < len(tokens) and tokens[last].word in _PLACED and tokens[last].mark is not None


def _goes_on(tokens: list[Token], k: int, last: int) -> bool:
    """ "SF-36 PCS and pain INTENSITY": a name that goes on behind the words of a part is another.

    Not so "pain SCORE", which says no more than the part does.
    """
    own = tokens[k].mark
    if getattr(own, "kind", "") not in ("measure", "compound"):
        return False
    return any(tokens[j].word not in _HEADS for j in range(last, max(last, own.last)))


def _beside_sum(tokens: list[Token], k: int, told: str) -> bool:
    """ "the SF-36 PCS and PAIN": a bare pain behind a sum of all parts is none of them."""
    own = tokens[k].mark
    bare = getattr(own, "kind", "") == "measure" and tokens[k].word == own.key
    return bare and told.endswith("_component")


def _same_sentence(tokens: list[Token], one: Mark, other: Mark) -> bool:
    first, last = sorted((one.first, other.first))
    return not any(tokens[k].word in _ENDS for k in range(first, last))

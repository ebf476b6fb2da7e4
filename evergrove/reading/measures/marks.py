"""Places in the text where a name of the profile stands."""

from __future__ import annotations

from dataclasses import dataclass

from evergrove.reading.measures.lexicon import ByThird, Entry, Profile, same_word, stem
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    GROUP,
    is_content,
    word_set,
)
from evergrove.reading.times.length_of_follow_up import dated_follow_up, dates_what_follows

_ORDINARY_WORDS = word_set("dash map or constant who pass haq")


_POINT_IN_TIME_WORDS = word_set("last final latest closing each every")


_SKIPPED = word_set("- – / '")


# A word of a name that says something else where it stands alone: "pain was constant".
_SAYS_ELSE = {"constant": "constant's"}


@dataclass(slots=True, eq=False)
class Mark:
    """A name of the profile in the text: tokens first..last and what it stands for."""

    first: int
    last: int
    kind: str
    key: str
    part: str = ""


def spell_names(tokens: list[Token], marks: list[Mark]) -> None:
    """ "the CONSTANT score was 76": a name, and no word for what stayed as it was."""
    for mark in marks:
        if mark.kind == "measure" and mark.last > mark.first + 1:
            for token in tokens[mark.first : mark.last]:
                token.word = _SAYS_ELSE.get(token.word, token.word)


def mark_names(tokens: list[Token], profile: Profile) -> list[Mark]:
    """Mark every name of the profile; longest name first, no overlaps."""
    marks: list[Mark] = []
    count = len(tokens)
    i = 0
    forms = profile.by_form
    possible = [at for at, token in enumerate(tokens) if token.word in forms]
    for at in possible:
        if at < i or tokens[at].kind == "s":
            continue
        names = forms[tokens[at].word]
        after = tokens[at + 1] if at + 1 < count else None
        if "" not in names and (
            after is None or (after.kind != "s" and stem(after.word) not in names)
        ):
            continue  # most words: "in", "was" begin a name only before one other word
        i = at
        found = _name_at(tokens, i, count, names)
        if found is not None:
            end, entry = found
            mark = Mark(i, end, entry.kind, entry.key, entry.part)
            marks.append(mark)
            for j in range(i, end):
                tokens[j].mark = mark
            i = end
    _told_as_one(marks, profile)
    return marks


def _told_as_one(marks: list[Mark], profile: Profile) -> None:
    """ "at rest and ON COUGHING": coughing is a movement, unless the text tells of movement too."""
    for whole, kinds in profile.alike.items():
        told = [mark for mark in marks if mark.kind == "qualifier" and mark.key in kinds | {whole}]
        if told and all(mark.key == told[0].key for mark in told):
            for mark in told:
                mark.key = whole


def _name_at(
    tokens: list[Token], i: int, count: int, by_second: ByThird
) -> tuple[int, Entry] | None:
    """The end of the longest name that begins at token i and what it stands for, or None."""
    if len(by_second) > 1 or "" not in by_second:
        k = i + 1
        if k < count and tokens[k].kind == "s":
            k = _behind_signs(tokens, k, count)
        longer = by_second.get(stem(tokens[k].word)) if k < count else None
        if longer is not None:
            third = k + 1
            if third < count and tokens[third].kind == "s":
                third = _behind_signs(tokens, third, count)
            of_three = longer.get(stem(tokens[third].word), ()) if third < count else ()
            for words, entry in (*of_three, *longer.get("", ())):
                end = _match(tokens, k, count, words)
                if end is not None and _allowed(tokens, i, end, count, entry):
                    return end, entry
    for words, entry in by_second.get("", {}).get("", ()):
        if _allowed(tokens, i, i + 1, count, entry) and not _other_acronym(tokens[i], words[0]):
            return i + 1, entry
    return None


def split_least(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """ "worst, average and LEAST PAIN": an item and the pain that it is of ("at least" is none)."""
    added = []
    for mark in marks:
        if mark.key == "least" and mark.last == mark.first + 2:
            pain = Mark(mark.last - 1, mark.last, "measure", tokens[mark.last - 1].word)
            tokens[pain.first].mark = pain
            mark.last = pain.first
            added.append(pain)
    return sorted([*marks, *added], key=lambda mark: mark.first) if added else marks


def _first_of_groups(tokens: list[Token], i: int, end: int, count: int) -> bool:
    """ "in the PLASMA, wax and saline GROUPS": the first names of a list of groups."""
    if tokens[end].word not in (",", "and", "or") or not i:
        return False
    lead = next((k for k in range(i - 1, max(-1, i - 8), -1) if tokens[k].word == "the"), -1)
    if lead < 0 or any(not _names_group(tokens[k]) for k in range(lead + 1, i)):
        return False
    for k in range(end, min(count, end + 10)):
        if tokens[k].word in _GROUPS:
            return True
        if not _names_group(tokens[k]):
            return False
    return False


def _names_group(token: Token) -> bool:
    if token.kind == "w":
        return token.word in ("and", "or") or is_content(token.word)
    return token.word in (",", "-")


_GROUPS = word_set("groups arms cohorts")


def _other_acronym(token: Token, word: str) -> bool:
    """ "ESRS" is no plural of "ESR": that is written "ESRs"."""
    raw = token.raw
    return len(raw) <= 5 and raw[-1] == "S" and raw.isupper() and raw[:-1].lower() == word


def _at_the_time(tokens: list[Token], i: int) -> bool:
    lead = i - 1 - (tokens[i - 1].word == "the")
    behind = tokens[i + 1].word if i + 1 < len(tokens) else ""
    return lead >= 0 and tokens[lead].word in ("at", "by") and behind == "of"


def _behind_signs(tokens: list[Token], k: int, count: int) -> int:
    """The token behind signs at k that a name may be printed with, or k."""
    while k < count and tokens[k].kind == "s" and tokens[k].word in _SKIPPED:
        k += 1
    return k


def _match(tokens: list[Token], i: int, count: int, words: tuple[str, ...]) -> int | None:
    """Where a name ends whose first word is known and whose second is to stand at i, or None."""
    for word in words[1:]:
        if i < count and tokens[i].kind == "s":
            i = _behind_signs(tokens, i, count)
        if i >= count or (tokens[i].word != word and not same_word(tokens[i].word, word)):
            return None
        i += 1
    return i


def _allowed(tokens: list[Token], i: int, end: int, count: int, entry: Entry) -> bool:
    """A number alone is no name, a group's name is no veto, and acronyms need a capital."""
    if entry.acronym and end == i + 1 and tokens[i].raw.islower() and len(tokens[i].raw) < 6:
        # "vas deferens" is no VAS; "pain" and "ache" are words and may be written so.
        return False
    if tokens[i].kind == "n" and (
        end == i + 1 or (tokens[i].flag == "word" and entry.kind != "measure")
    ):
        return False
    of_group = entry.kind in ("veto", "other", "planning") and end < count
    if of_group and (tokens[end].word in GROUP or _first_of_groups(tokens, i, end, count)):
        return False
    if entry.key == "follow-up" and i and tokens[i - 1].word in _POINT_IN_TIME_WORDS:
        # "at the last follow-up was 1.8": a time of measurement, not a length of follow-up.
        return False
    said = tokens[end - 1].word in ("was", "were", "averaged")
    if entry.key == "follow-up" and said and i and tokens[i - 1].word == "at":
        return False  # "the mean VAS AT FOLLOW-UP WAS 22"
    if tokens[i].word == "time" and i and _at_the_time(tokens, i):
        return False  # "AT THE TIME OF SURGERY it was 7": when, and not how long
    if entry.key == "follow-up" and (dated_follow_up(tokens, i) or dates_what_follows(tokens, i)):
        return False
    return not (end == i + 1 and tokens[i].raw in _ORDINARY_WORDS)

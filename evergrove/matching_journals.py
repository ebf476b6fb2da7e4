"""Whether two printed journal names mean one journal: full, abbreviated, acronym, with subtitle."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from evergrove.normalise import fold

# Words that abbreviations leave out.
_SMALL = frozenset(
    {
        "the", "of", "and", "for", "in", "on", "at", "to", "an", "de", "del", "della", "di", "la",
        "le", "les", "el", "los", "du", "des", "der", "die", "das", "den", "und", "fur", "et", "y",
        "e", "i", "og", "och", "van", "voor", "do", "da", "dos", "imeni", "im",
    }
)  # fmt: skip
# Words that say how a volume came out, not which journal it belongs to.
_VOLUME = frozenset(
    {
        "proceedings", "proceeding", "proc", "annual", "online", "electronic", "resource", "print",
        "suppl", "supplement",
    }
)  # fmt: skip
_MEETING = frozenset({"conference", "symposium", "workshop", "meeting", "congress", "convention"})
# Words that stand before or in the name of a meeting and that its acronym leaves out.
_OF_MEETINGS = _MEETING | {"international", "ieee", "acm", "ieeeacm", "world", "aom", "aaai"}
_DESCRIBES = frozenset(
    {"journal", "official", "organ", "publication", "bulletin", "review", "zeitschrift", "revue",
     "revista", "international", "magazine"}
)  # fmt: skip
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]?")
_SUBTITLE = re.compile(r"\s*[:;|]\s*|\s+[-–—]\s+|(?<=[a-z]{4})\.\s*(?=[A-Z][a-z]{3})")
_TRANSLATION = re.compile(r"\s*[=/]\s*")
_NUMBER = re.compile(
    r"^(?:[0-9]+(?:st|nd|rd|th)?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|[a-z]+teenth|twelfth|eleventh|twent(?:y|ieth)|thirt(?:y|ieth)|fort(?:y|ieth)|fift(?:y|ieth))$"
)

Words = tuple[str, ...]


@lru_cache(maxsize=1 << 16)
def same_journal(a: str, b: str) -> bool | None:
    """True if two printed names mean one journal, False if two, None if nothing can be said.

    None where a name is missing, or where one is the beginning of the other: "Cancer" may be
    short for "Cancer: diagnosis, treatment, research" and is another journal than
    "Cancer Research".
    """
    mine, other = _forms(a), _forms(b)
    if not mine or not other:
        return None
    if any(_equal(one, two) for one in mine for two in other):
        return True
    if any(_same_meeting(one, two) for one in mine for two in other):
        return True
    if any(_begins(one, two) or _begins(two, one) for one in mine for two in other):
        return None
    return False


@lru_cache(maxsize=1 << 16)
def _forms(name: str) -> tuple[Words, ...]:
    """The ways in which a printed name names its journal.

    Whole; without brackets; in each language; without a subtitle that describes it ("Stroke; a
    journal of …", but not "Circulation: Heart Failure"); without its acronym in front.
    """
    bare = _BRACKETS.sub(" ", name)
    names = [name, bare, *_TRANSLATION.split(bare)]
    for part in _TRANSLATION.split(bare):
        head, *rest = _SUBTITLE.split(part)
        described = [text for text in rest if _is_description(text)]
        if described:
            names.append(head)
            # What follows an acronym may be the name in full.
            names += [text for text in described if len(head.split()) == 1]
    forms = []
    for text in names:
        words = _words(text)
        forms.append(words)
        if len(words) >= 4 and _is_acronym(words[0], words[1:]):
            forms.append(words[1:])
    return tuple(dict.fromkeys(form for form in forms if form))


def _is_description(subtitle: str) -> bool:
    words = fold(subtitle).split()
    return len(words) >= 4 or not _DESCRIBES.isdisjoint(words)


def _words(text: str) -> Words:
    """The words that name the journal; those of the volume too, if there are no others."""
    words = [word for word in fold(text).split() if word not in _SMALL and not _NUMBER.match(word)]
    # A single "a" is the section of a journal at its end, and an article elsewhere.
    words = [word for place, word in enumerate(words) if word != "a" or place == len(words) - 1]
    return tuple(word for word in words if word not in _VOLUME) or tuple(words)


def _equal(a: Words, b: Words) -> bool:
    """Whether two word lists are one name, written out, abbreviated or with a slip of the pen."""
    if a == b:
        return True
    if len(a) == len(b):
        return all(map(_same_word, a, b))
    short, long = (a, b) if len(a) < len(b) else (b, a)
    if "".join(a) == "".join(b):
        return True
    return len(short) == 1 and (
        _is_acronym(short[0], long) or _is_acronym(short[0], ("proceedings", *long))
    )


def _same_meeting(a: Words, b: Words) -> bool:
    """Whether two names are of one series of meetings: one has the other in words, or shortened."""
    short, long = (set(a), set(b)) if len(a) <= len(b) else (set(b), set(a))
    if _MEETING.isdisjoint(long):
        return False
    if len(short) >= 4 and short <= long and not _MEETING.isdisjoint(short):
        return True
    name = tuple(word for word in (a if len(a) > len(b) else b) if word not in _OF_MEETINGS)
    return any(_is_acronym(word, name) for word in short - long)


def _begins(short: Words, long: Words) -> bool:
    return len(short) < len(long) and _equal(long[: len(short)], short)


def _same_word(a: str, b: str) -> bool:
    """Equal, or one abbreviates the other, or they differ by a letter or two."""
    if a == b:
        return True
    short, long = (a, b) if len(a) < len(b) else (b, a)
    if short[0] != long[0] or short.isdigit() or long.isdigit():
        return False
    if long.startswith(short):
        return True
    if len(short) >= 3 and len(short) < len(long) - 1 and _is_subsequence(short, long):
        return True
    return len(short) >= 5 and fuzz.ratio(a, b) >= 84


def _is_subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _is_acronym(word: str, words: Words) -> bool:
    """Whether a word is made of the beginnings of the words: JAMA, AMCIS, HICSS, PNAS.

    Three words and half of all must be in it; a long name's end may be left out.
    """
    if not 3 <= len(word) <= 8 or len(words) < 3:
        return False
    enough = max(3, (len(words) + 1) // 2)

    def rest_fits(at: int, place: int) -> bool:
        if at == len(word):
            return place >= enough
        if place == len(words):
            return False
        longest = min(len(words[place]), len(word) - at, 3)
        return any(
            word[at : at + size] == words[place][:size] and rest_fits(at + size, place + 1)
            for size in range(1, longest + 1)
        )

    return rest_fits(0, 0)

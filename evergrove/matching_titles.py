"""How two titles differ: in nothing, in spelling, by an omission, in a number, in what they say."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum
from functools import lru_cache

from rapidfuzz import fuzz, process


class Title(IntEnum):
    """What two titles have in common, from nothing to everything."""

    OTHER = 0  # they say different things
    NOTICE = 1  # one is a notice about the other: erratum, reply, comment
    NUMBER = 2  # equal but for a number, a part or a contrary: Part I and II, hypo- and hyper-
    PART = 3  # one leaves out words that the other has
    NEAR = 4  # equal but for spelling, slips and small words
    EXACT = 5  # equal letters and digits


_SMALL = frozenset(
    {
        "the", "a", "an", "of", "in", "on", "for", "and", "or", "to", "by", "from", "at",
        "as", "is", "are", "be", "its", "their", "this", "that", "vs", "versus", "via", "among",
        "de", "la", "le", "el", "les", "los", "et", "y", "der", "die", "das", "des", "und", "du",
        "amp", "sub", "sup", "quot",
    }
)  # fmt: skip
_NOTICE = frozenset(
    {
        "erratum", "errata", "corrigendum", "corrigenda", "correction", "corrections", "addendum",
        "retraction", "withdrawal", "reply", "replies", "response", "responses", "re", "comment",
        "comments", "commentary", "letter", "editorial", "rebuttal", "discussion", "errors",
        "notice", "author", "authors",
    }
)  # fmt: skip
_NUMBER_WORDS = frozenset(
    {
        "ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "one", "two", "three", "four",
        "five", "six", "seven", "eight", "nine", "ten", "first", "second", "third", "fourth",
        "fifth", "sixth",
    }
)  # fmt: skip
# Beginnings that turn a word into its contrary or counterpart. "" is the word without any.
_CONTRARY = frozenset(
    {
        "", "a", "an", "non", "un", "in", "im", "ir", "il", "dis", "anti", "out", "hypo", "hyper",
        "pre", "post", "peri", "intra", "inter", "extra", "micro", "macro", "uni", "bi", "mono",
        "multi", "poly", "wo", "fe", "sub", "supra", "over", "under", "up", "down", "de", "re",
        "co", "endo", "exo", "homo", "hetero", "iso", "per", "tri", "semi", "quasi",
    }
)  # fmt: skip
_DIFFERENT_FROM = {"with": "without", "before": "after", "low": "high", "early": "late"}


def compare_titles(words_a: str, key_a: str, words_b: str, key_b: str) -> tuple[Title, float]:
    """The relation of two titles and their likeness from 0 to 1.

    Each title is given as its folded words and as its key, the same without spaces. Likeness is
    that of the keys (normalised insertions and deletions).
    """
    if key_a == key_b:
        return Title.EXACT, 1.0
    likeness = fuzz.ratio(key_a, key_b) / 100
    if likeness < 0.5:
        short, long = (key_a, key_b) if len(key_a) < len(key_b) else (key_b, key_a)
        if len(short) < 16 or short not in long:
            return Title.OTHER, likeness
    # In a fixed order, so that the relation is the same both ways.
    return _relation(*sorted((words_a, words_b))), likeness


@lru_cache(maxsize=1 << 12)
def _relation(a: str, b: str) -> Title:
    words_a, words_b = a.split(), b.split()
    left_a, left_b = _without_common(words_a, words_b)
    shared = len(words_a) - len(left_a)
    if min(len(left_a), len(left_b)) > max(3, shared):
        # Most words differ. No number of slips of the pen makes these one title.
        return Title.OTHER
    left_a, left_b = _without_joined(left_a, left_b)
    left_a, left_b, contrary = _without_slips(left_a, left_b)
    left_a = [word for word in left_a if word not in _SMALL]
    left_b = [word for word in left_b if word not in _SMALL]
    if _is_notice(words_a, left_a) or _is_notice(words_b, left_b):
        return Title.NOTICE
    counting = contrary or any(map(_counts, left_a)) or any(map(_counts, left_b))
    if counting:
        left_a = [word for word in left_a if not _counts(word)]
        left_b = [word for word in left_b if not _counts(word)]
        return Title.OTHER if left_a and left_b else Title.NUMBER
    if not left_a and not left_b:
        return Title.NEAR
    if (not left_a or not left_b) and shared >= 3:
        return Title.PART
    return Title.OTHER


def _without_common(a: list[str], b: list[str]) -> tuple[list[str], list[str]]:
    """Both word lists without the words that they share, in order."""
    spare_a, spare_b = Counter(b), Counter(a)
    return _spend(a, spare_a), _spend(b, spare_b)


def _spend(words: list[str], spare: Counter[str]) -> list[str]:
    left = []
    for word in words:
        if spare[word] > 0:
            spare[word] -= 1
        else:
            left.append(word)
    return left


def _without_joined(a: list[str], b: list[str]) -> tuple[list[str], list[str]]:
    """Without words that one list writes apart and the other joined: follow up, followup."""
    for one, two in ((a, b), (b, a)):
        for at in range(len(one) - 1, 0, -1):
            joined = one[at - 1] + one[at] if at < len(one) else ""
            if joined and joined in two:
                two.remove(joined)
                del one[at - 1 : at + 1]
    return a, b


def _without_slips(a: list[str], b: list[str]) -> tuple[list[str], list[str], bool]:
    """Without words that differ in spelling only; and whether any two are contraries."""
    left_b = list(b)
    left_a = []
    contrary = False
    for word in a:
        nearest = process.extractOne(word, left_b, scorer=fuzz.ratio, processor=None)
        if nearest is None:
            left_a.append(word)
            continue
        best = nearest[0]
        opposed = _contrary(word, best)
        contrary = contrary or opposed
        if opposed or _slip(word, best):
            left_b.remove(best)
        else:
            left_a.append(word)
    return left_a, left_b, contrary


def _slip(a: str, b: str) -> bool:
    """Whether two words are one word spelt in two ways."""
    if any(map(str.isdigit, a + b)):
        # p16INK4A and p16INK4a are equal by now; other figures are other things.
        return False
    short = min(len(a), len(b))
    if short < 4:
        return False
    if a.startswith(b) or b.startswith(a):
        return abs(len(a) - len(b)) <= 2
    return fuzz.ratio(a, b) >= (75 if short < 6 else 78)


def _contrary(a: str, b: str) -> bool:
    """Whether two words differ by a beginning that changes the meaning: typical, atypical."""
    if _DIFFERENT_FROM.get(a) == b or _DIFFERENT_FROM.get(b) == a:
        return True
    common = 0
    while common < min(len(a), len(b)) and a[-1 - common] == b[-1 - common]:
        common += 1
    if common < 3:
        return False
    # The beginnings may share letters with what follows them: hypo-, hyper-.
    return any(
        a[: len(a) - size] != b[: len(b) - size]
        and a[: len(a) - size] in _CONTRARY
        and b[: len(b) - size] in _CONTRARY
        for size in range(3, common + 1)
    )


def _is_notice(words: list[str], left: list[str]) -> bool:
    """Whether a title that has words more than the other begins as a notice does."""
    return bool(left) and words[0] in _NOTICE and words[0] in left


def _counts(word: str) -> bool:
    """Whether a word counts or numbers something."""
    return any(map(str.isdigit, word)) or len(word) == 1 or word in _NUMBER_WORDS

"""How two titles differ: in nothing, in spelling, by an omission, in a number, in what they say."""

from __future__ import annotations

import re
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
    DESIGN = 4  # one leaves out what the other says of the design: "a randomised trial"
    NEAR = 5  # equal but for spelling, slips and small words, or one is cut off within a word
    EXACT = 6  # equal letters and digits


_SMALL = frozenset(
    {
        "the", "a", "an", "of", "in", "on", "for", "and", "or", "to", "by", "from", "at",
        "as", "is", "are", "be", "its", "their", "this", "that", "vs", "versus", "via", "among",
        "de", "la", "le", "el", "les", "los", "et", "y", "der", "die", "das", "des", "und", "du",
        "amp", "sub", "sup", "quot",
    }
)  # fmt: skip
# A title is a notice about another that begins with one of these …
_NOTICE = frozenset(
    {
        "erratum", "errata", "corrigendum", "corrigenda", "correction", "corrections", "addendum",
        "retraction", "withdrawal", "reply", "replies", "response", "responses", "re", "comment",
        "comments", "commentary", "letter", "editorial", "rebuttal", "discussion", "errors",
        "notice", "author", "authors", "publisher", "publishers", "invited", "expression",
        "summary", "summaries",
    }
)  # fmt: skip
# … or that adds one of these at its end.
_NOTICE_BEHIND = frozenset(
    {
        "erratum", "errata", "corrigendum", "corrigenda", "addendum", "retraction", "reply",
        "replies", "rebuttal", "comment", "comments", "commentary", "editorial", "letter",
    }
)  # fmt: skip
# Words of subtitles that say how a study was done, not which.
_DESIGN = frozenset(
    {
        "randomised", "randomized", "randomisation", "randomization", "controlled", "control",
        "trial", "trials", "clinical", "double", "single", "blind", "blinded", "placebo", "open",
        "label", "study", "studies", "cohort", "prospective", "retrospective", "multicentre",
        "multicenter", "multi", "centre", "center", "pilot", "preliminary", "systematic", "review",
        "literature", "meta", "metaanalysis", "analysis", "case", "cases", "series", "report",
        "cross", "sectional", "crossover", "observational", "longitudinal", "comparative",
        "experimental", "exploratory", "descriptive", "results", "original", "article", "parallel",
        "group", "population", "based", "national", "nationwide", "survey", "qualitative", "with",
    }
)  # fmt: skip
# Numbers written in several ways. A single letter is one only behind a word that is numbered.
_FIGURES = {
    word: figure
    for figure, words in {
        "1": "one", "2": "two ii", "3": "three iii", "4": "four iv", "5": "five", "6": "six vi",
        "7": "seven vii", "8": "eight viii", "9": "nine ix", "10": "ten", "11": "eleven xi",
        "12": "twelve xii", "1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth",
        "5th": "fifth", "6th": "sixth",
    }.items()
    for word in words.split()
}  # fmt: skip
_LETTER_FIGURES = {"i": "1", "v": "5", "x": "10"}
_NUMBERED = frozenset(
    {"part", "phase", "type", "stage", "grade", "class", "level", "volume", "study", "section",
     "chapter", "paper", "report", "trial"}
)  # fmt: skip
# What conferences put before a title: "Abstract 1432", "P123", "OC 12".
_CODE = re.compile(
    r"(?:(?:abstracts?|posters?|oral|paper|presentation) (?:no |number )?)?(?:[a-z]{1,4} ?)?"
    r"[0-9]{1,5}[a-z]? "
)
# Beginnings that turn a word into its contrary or counterpart. "" is the word without any.
_CONTRARY = frozenset(
    {
        "", "a", "an", "non", "un", "in", "im", "ir", "il", "dis", "anti", "out", "hypo", "hyper",
        "pre", "post", "peri", "intra", "inter", "extra", "micro", "macro", "uni", "bi", "mono",
        "multi", "poly", "wo", "fe", "sub", "supra", "over", "under", "up", "down", "de", "re",
        "co", "endo", "exo", "homo", "hetero", "iso", "per", "tri", "semi", "quasi", "pro",
        "retro", "ante", "ant", "para", "ad", "ab", "ex", "ins", "es", "lev", "levo", "dex", "des",
        "nor", "meth", "ar", "hemi", "trans",
    }
)  # fmt: skip
_DIFFERENT_FROM = {
    "with": "without", "before": "after", "low": "high", "early": "late", "systolic": "diastolic",
    "nitrate": "nitrite", "prednisone": "prednisolone", "maternal": "paternal",
}  # fmt: skip
# A title that goes on where the other ends is cut off if the other has so many letters.
_LONG_KEY = 40


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
    relation = _relation(*sorted((words_a, words_b)))
    if relation is Title.OTHER and _is_cut_off(words_a, key_a, words_b, key_b):
        relation = Title.NEAR
    return relation, likeness


def _is_cut_off(words_a: str, key_a: str, words_b: str, key_b: str) -> bool:
    """Whether one title ends in the middle of a word of the other, as in a field that is full."""
    if len(key_a) > len(key_b):
        words_a, key_a, words_b, key_b = words_b, key_b, words_a, key_a
    return len(key_a) >= _LONG_KEY and words_b.startswith(words_a) and words_b[len(words_a)] != " "


@lru_cache(maxsize=1 << 12)
def _relation(a: str, b: str) -> Title:
    words_a, words_b = _with_figures(a.split()), _with_figures(b.split())
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
        if not contrary and (_without_code(a) == b or _without_code(b) == a):
            return Title.PART
        left_a = [word for word in left_a if not _counts(word)]
        left_b = [word for word in left_b if not _counts(word)]
        return Title.OTHER if left_a and left_b else Title.NUMBER
    if not left_a and not left_b:
        return Title.NEAR
    if (not left_a or not left_b) and shared >= 3:
        return Title.DESIGN if _DESIGN.issuperset(left_a or left_b) else Title.PART
    return Title.OTHER


def _with_figures(words: list[str]) -> list[str]:
    """The words with numbers in figures: "phase iii" and "phase 3" are one."""
    return [
        _LETTER_FIGURES[word]
        if word in _LETTER_FIGURES and place and words[place - 1] in _NUMBERED
        else _FIGURES.get(word, word)
        for place, word in enumerate(words)
    ]


def _without_code(title: str) -> str:
    """A title without the code that a conference put before it."""
    code = _CODE.match(title)
    return title[code.end() :] if code else title


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
    """Whether a title with words more than the other begins or ends as a notice does."""
    if not left:
        return False
    # "In reply to", "the authors' response to"
    first = next((word for word in words if word not in _SMALL), "")
    if first in _NOTICE and first in left:
        return True
    last = words[-1]
    if last not in left or not _NOTICE.issuperset(left):
        return False
    return last in _NOTICE_BEHIND or (last in _NOTICE and len(left) > 1)


def _counts(word: str) -> bool:
    """Whether a word counts or numbers something."""
    return any(map(str.isdigit, word)) or len(word) == 1

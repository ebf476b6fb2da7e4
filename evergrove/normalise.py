"""Titles, names, places and identifiers in the one form in which they can be compared.

Every function is pure, takes text as it was printed and never raises on text. What comes out is
for matching only and is never stored in a result.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

# --- words ----------------------------------------------------------------------------------

# Letters that Unicode does not decompose, and Greek letters, which databases spell out.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ł": "l",
        "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i",
        "α": " alpha ", "β": " beta ", "γ": " gamma ", "δ": " delta ", "ε": " epsilon ",
        "ζ": " zeta ", "η": " eta ", "θ": " theta ", "κ": " kappa ", "λ": " lambda ",
        "μ": " mu ", "µ": " mu ", "π": " pi ", "ρ": " rho ", "σ": " sigma ", "τ": " tau ",
        "φ": " phi ", "χ": " chi ", "ψ": " psi ", "ω": " omega ", "Δ": " delta ", "Ω": " omega ",
        "’": "'", "‘": "'", "ʼ": "'", "´": "'",
    }
)  # fmt: skip
# ASCII needs no regular expression: letters become lower case, apostrophes go, the rest is space.
_ASCII = {
    code: (chr(code).lower() if chr(code).isalnum() else None if chr(code) in "'`" else " ")
    for code in range(128)
}
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:]*(?:\s[^<>]*)?/?>")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]+\d*);")
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """The words of a text: lower case, without accents, markup and punctuation, one space apart.

    Greek letters are spelt out, letters of other scripts are kept.
    """
    return " ".join(fold_words(text))


def fold_words(text: str) -> list[str]:
    """The same words as a list."""
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        if not text.isascii():
            text = "".join(c for c in text if not unicodedata.combining(c))
            return _NOT_WORD.sub(" ", text.replace("'", "").lower()).split()
    return text.translate(_ASCII).split()


# --- identifiers ----------------------------------------------------------------------------

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_PMID = re.compile(r"(?<![0-9])0*([1-9][0-9]{0,8})(?:\.0)?(?![0-9])")
_PMCID = re.compile(r"(?:PMC)?\s*0*([1-9][0-9]{1,9})", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])(?:1[6-9]|20)[0-9]{2}(?![0-9])")


def doi(text: object) -> str | None:
    """A DOI in lower case without resolver, prefix, escapes and closing punctuation, or None."""
    if not text:
        return None
    found = str(text)
    if "10." not in found:
        return None
    if "%" in found:
        found = _ESCAPE.sub(lambda escape: chr(int(escape.group(1), 16)), found)
    match = _DOI.search(html.unescape(found) if "&" in found else found)
    if match is None:
        return None
    name = match.group().lower().replace("\\_", "_").rstrip(".,;:'}")
    # A bracket belongs to a DOI only when it was opened inside it: 10.1016/S0140-6736(05)1.
    for opening, closing in ("()", "[]"):
        while name.endswith(closing) and name.count(closing) > name.count(opening):
            name = name[:-1].rstrip(".,;:")
    return name


def pmid(text: object) -> str | None:
    """The digits of a PubMed identifier, or None."""
    match = _PMID.search(str(text)) if text else None
    return match.group(1) if match else None


def pmcid(text: object) -> str | None:
    """A PubMed Central identifier as "pmc" and digits, or None."""
    match = _PMCID.search(str(text)) if text else None
    return f"pmc{match.group(1)}" if match else None


def year(text: object) -> int | None:
    """The first year from 1600 to 2099 in a value such as 2012, "2012.0" or "2012 Mar-Apr"."""
    if isinstance(text, str) and len(text) == 4 and text.isdecimal() and text.isascii():
        # Most years look like this.
        text = int(text)
    if isinstance(text, int):
        return text if 1600 <= text < 2100 else None
    match = _YEAR.search(str(text)) if text else None
    return int(match.group()) if match else None


# --- titles ---------------------------------------------------------------------------------

_LANGUAGES = (
    "afrikaans|arabic|bosnian|bulgarian|catalan|chinese|croatian|czech|danish|dutch|english|"
    "estonian|finnish|flemish|french|german|greek|hebrew|hungarian|icelandic|italian|japanese|"
    "korean|latvian|lithuanian|norwegian|persian|polish|portuguese|romanian|rumanian|russian|"
    "serbian|serbo-croatian|slovak|slovene|slovenian|spanish|swedish|thai|turkish|ukrainian"
)
# What databases and publishers put behind a title and what is no part of it.
_ANNOTATION = re.compile(
    r"[\s.…]*[\[(]\s*(?:"
    rf"(?:(?:article|text|article in|text in|in) )?(?:{_LANGUAGES})"
    rf"(?:[,;/&]? ?(?:{_LANGUAGES}|and))*"
    r"|(?:see )?comments?|review(?: article| of \d+ refs?\.?)?|\d+ refs?\.?|refs?:? ?\d+"
    r"|(?:provisional|structured|brief|conference|meeting)? ?(?:abstract|record)"
    r"|(?:poster|(?:meeting |conference )?abstract)s? (?:no|number|nr|#)\b[^\])]*"
    r"|letters?|editorial|news|corrected"
    r"|letter[;,] comments?|author's transl\.?|transl\.? ?\w*"
    r"|(?:published )?(?:erratum|errata|correction|corrigendum|retraction|comment|summary"
    r"|expression of concern) (?:in|appears? in|published in)\b[^\])]*"
    r"|(?:republished|reprinted|retracted|withdrawn|corrected)\b[^\])]*"
    r")\s*[\])][\s.]*$",
    re.IGNORECASE,
)
# The same notes where the record was cut off before the bracket closed, or several are glued.
_OPEN_ANNOTATION = re.compile(
    r"[\s.…]*\[(?:(?:published )?(?:erratum|errata|correction|corrigendum|retraction)\s+"
    r"(?:in|appears?|published)|see comments?|(?:corrected|published|republished) ).*$",
    re.IGNORECASE,
)
_STATUS_PREFIX = re.compile(
    r"^\W*(?:retracted(?: article| paper)?|withdrawn(?: article)?)\s*[:.\-–—]\s*", re.IGNORECASE
)


def bare_title(title: str) -> str:
    """A title without what databases add: language, [Review], [Erratum appears in …], RETRACTED:.

    A title that is nothing but such a note is left as it is. A notice keeps its first word
    ("Erratum to: …", "Retraction of …"): it is a report of its own.
    """
    text = title.strip()
    if text[:1] in "RrWw[(" and (prefix := _STATUS_PREFIX.match(text)) and prefix.end() < len(text):
        text = text[prefix.end() :]
    while "[" in text or text.rstrip(" .").endswith(")"):
        shorter = _OPEN_ANNOTATION.sub("", _ANNOTATION.sub("", text))
        if shorter == text or not _NOT_WORD.sub("", shorter):
            break
        text = shorter
    return text


def title_words(title: str | None) -> str:
    """The folded words of a bare title, one space apart; empty if there is none."""
    return fold(bare_title(title)) if title else ""


def title_key(title: str | None) -> str:
    """A title as one string of letters and digits: equal for titles that differ in nothing else."""
    return title_words(title).replace(" ", "")


# --- authors --------------------------------------------------------------------------------

_SUFFIX = r"(?:,?\s*(?:Jr|Sr|II|III|2nd|3rd)\.?)?"
_INITIALS = re.compile(rf"^(?:[^\W\d_a-z]\.?[\s-]?){{1,4}}{_SUFFIX}$")
_NOT_FAMILY = frozenset(
    {
        "van", "von", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "du", "la",
        "le", "el", "al", "ter", "ten", "bin", "ibn", "st", "jr", "sr", "ii", "iii", "2nd",
        "3rd", "null", "and", "et",
    }
)  # fmt: skip


def author_list(value: object) -> list[str]:
    """The names of an author field: a list as it is, or text split where its separator shows.

    Known separators: " and " (BibTeX), ";", "|" and, where every piece between commas is a family
    name with initials or where families and initials alternate, ",".
    """
    if not value:
        return []
    if isinstance(value, list | tuple):
        return [name for item in value if (name := str(item).strip())]
    text = " ".join(str(value).split())
    for separator in (" and ", ";", "|"):
        if separator in text:
            return [name for piece in text.split(separator) if (name := piece.strip(" ,"))]
    pieces = [piece for part in text.split(",") if (piece := part.strip())]
    if len(pieces) > 1 and all(
        " " in piece and _INITIALS.match(piece.rpartition(" ")[2]) for piece in pieces
    ):
        return pieces
    if len(pieces) > 1 and len(pieces) % 2 == 0 and all(map(_INITIALS.match, pieces[1::2])):
        return [f"{pieces[i]}, {pieces[i + 1]}" for i in range(0, len(pieces), 2)]
    return pieces if len(pieces) != 2 else [text]


def family_name(name: str) -> str:
    """The folded family name of "Family, Given", "Family GM" or "Given Family"."""
    family, comma, _given = name.partition(",")
    if not comma:
        head, space, last = name.rpartition(" ")
        family = head if space and _INITIALS.match(last) else last
    return fold(family).replace(" ", "")


@lru_cache(maxsize=1 << 16)
def name_words(name: str) -> tuple[frozenset[str], frozenset[str], str]:
    """The words of a name that identify a family, all its words, and the longest of the first.

    "van Hamont, D", "van, Hamont D" and "D. van Hamont" have the word hamont in common; initials
    are words of one letter, particles identify nobody.
    """
    family, comma, given = name.partition(",")
    if not comma:
        head, space, last = name.rpartition(" ")
        family, given = (head, last) if space and _INITIALS.match(last) else (last, head)
    own = fold_words(family)
    words = [*own, *fold_words(given)]
    if len(own) == 1 and len(own[0]) > 1 and own[0] not in _NOT_FAMILY:
        # Most names are like this.
        return frozenset(own), frozenset(words), own[0]
    main = [word for word in own if len(word) > 1 and word not in _NOT_FAMILY]
    if not main:
        # "van, Hamont D", "Wright, Jr": the family name is not where it should be.
        main = [word for word in words if len(word) > 1 and word not in _NOT_FAMILY]
    main = main or own
    return frozenset(main), frozenset(words), max(main, key=len, default="")


# --- places ---------------------------------------------------------------------------------

_DIGITS = re.compile(r"[0-9]+")
_PAGE = re.compile(r"[a-z]{0,3}[0-9]+[a-z]?", re.IGNORECASE)
# A number of pages (215 p), or the number of an abstract or poster, is no page.
_NO_VOLUME = re.compile(r"\W*(?:suppl|spec|part|pt\b|issue|no\b|nr\b)", re.IGNORECASE)
_POSTER = re.compile(r"\s*[\[(][^\])]*(?:poster|#)[^\])]*[\])]?")
_NO_PAGES = re.compile(r"^\s*\d+\s*(?:p|pp|pages|s|seiten)\.?\s*$|abstr|poster|^\W*no\b")


def volume(text: object) -> str:
    """The first number of a volume ("24 Suppl 3" is 24), or "" if it has none.

    What begins as a supplement ("Suppl 2") tells none.
    """
    if isinstance(text, str) and text.isdecimal() and text.isascii():
        return text.lstrip("0")
    match = _DIGITS.search(str(text)) if text else None
    if match and match.start() and _NO_VOLUME.match(str(text)):
        return ""
    return match.group().lstrip("0") if match else ""


def issue(text: object) -> str:
    """The folded words of an issue without zeros in front ("SUPPL.1" is "suppl 1"), or ""."""
    if not text:
        return ""
    text = str(text)
    return (text if text.isdecimal() and text.isascii() else fold(text)).lstrip("0")


def pages(text: object) -> tuple[str, str]:
    """First and last page ("461-6" is 461 and 466; "e85" is e85 and ""); ("", "") if unknown.

    A damaged range keeps its end only: "Suppl-29" is "" and 29, because abbreviating a first
    page is not possible.
    """
    if not text:
        return "", ""
    printed = str(text).strip().lower()
    if "poster" in printed or "#" in printed:
        # "A1432 [Poster: D34]": the place within the session is no page.
        printed = _POSTER.sub("", printed)
    first, _dash, last = printed.partition("-")
    if first.isdecimal() and last.isdecimal() and len(first) == len(last):
        # Most pages look like this.
        return first, last
    if _NO_PAGES.search(printed):
        return "", ""
    found = _PAGE.findall(printed)
    if not found:
        return "", ""
    if len(found) == 1:
        cut_off = re.match(r"[a-z]+\.?\s*[-–]", printed)
        return ("", found[0]) if cut_off else (found[0], "")
    first, last = found[0], found[1]
    tail = last.lstrip("abcdefghijklmnopqrstuvwxyz")
    body = first.rstrip("abcdefghijklmnopqrstuvwxyz")
    if tail.isdigit() and len(tail) < len(_DIGITS.search(body).group()):  # type: ignore[union-attr]
        last = body[: len(body) - len(tail)] + tail
    return first, last

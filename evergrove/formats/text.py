"""Text as exports write it: entities, inline markup, stray white space."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# White space that str.split() knows and the first look does not ask for.
_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x1f"
# Only references that end in ";": "a=1&copy=2" in an address is no copyright sign.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_EXPONENT = re.compile(
    r"(?<=\d)<(sup|sub|inf)(?:\s[^<>]{0,300})?>([^<>]{1,40})</\1>", re.IGNORECASE
)
_INLINE = re.compile(
    r"</?(?:i|b|u|em|strong|sub|sup|sc|scp|inf|span|italic|bold|p|br|div|h[1-6]|font|a|small"
    r"|ns\d:\w+|jats:[\w-]+|mml:\w+)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)


def words(text: str) -> frozenset[str]:
    """The words of a text as a set: tables of tags are written as running text."""
    return frozenset(text.split())


def unescape(text: str) -> str:
    """The text with its character references replaced, also those that were escaped twice."""
    import html

    for _ in range(2):
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    return text


def clean(text: str | None) -> str | None:
    """One line of text without entities, inline markup and double spaces; None if none is left."""
    if not text:
        return None
    # A dozen searches at the speed of memchr, where one pattern would look at every character.
    if not (
        "&" in text
        or "<" in text
        or "\n" in text
        or "\t" in text
        or "\r" in text
        or text != text.strip()
        # No white space but the space itself is printable.
        or not (text.isascii() or text.isprintable())
    ):
        # CPython searches long texts from behind in half the time.
        if (text.rfind("  ") < 0) if len(text) > 150 else ("  " not in text):
            return text
        # As in an abstract whose lines, some with a space at their ends, were put together.
        single = " ".join(text.rsplit("  "))
        if single.rfind("  ") < 0 and not has_any(single, _BREAKS):
            return single
    if "&" in text:
        text = unescape(text)
    if "<" in text:
        # An exponent after a digit stays apart, as MEDLINE prints it: "10(3)", never "103".
        text = _INLINE.sub(_markup, _EXPONENT.sub(r"(\2)", text))
    return " ".join(text.split()) or None


def has_any(text: str, parts: Iterable[str]) -> bool:
    """Whether any of the parts is in the text: half the price of any() with a generator."""
    for part in parts:  # noqa: SIM110
        if part in text:
            return True
    return False


def _markup(match: re.Match[str]) -> str:
    # A block ends a word; a letter set in italics does not.
    tag = match.group().strip("</>").split()[0].lower()
    return " " if tag in {"p", "br", "div"} or tag.endswith((":p", ":title", ":sec")) else ""


def is_single_spaced(text: str) -> bool:
    """Whether a long text without line ends has no white space but single spaces."""
    if text.rfind("  ") >= 0:
        return False
    if text.isascii():
        return not ("\t" in text or "\r" in text or has_any(text, _BREAKS))
    return text.isprintable()


def clean_all(texts: list[str]) -> list[str]:
    """Every text cleaned, empty ones and repetitions left out, order kept."""
    found = (clean(text) for text in texts)
    return list(dict.fromkeys(text for text in found if text))


def join(texts: Sequence[str]) -> str | None:
    """Several values of one field as one text."""
    if not texts:
        return None
    return clean(texts[0] if len(texts) == 1 else " ".join(texts))


# EBSCO ends its abstracts with a page of rights.
_NONE = re.compile(r"\[?\(?no abstracts?(?: (?:is )?available)?\.?\)?\]?\.?$", re.IGNORECASE)
_SHORT_WORD = re.compile(r"\b[A-Z][a-z]{1,9}\.(?:\s|$)")
_RIGHTS = re.compile(r"\s*Copyright of .{1,300}? is the property of .*", re.DOTALL)


def abstract_of(texts: Sequence[str]) -> str | None:
    """The values of an abstract field as one text, without EBSCO's statement of rights."""
    if len(texts) != 1 or texts[0].rfind(" is the property of ") >= 0:
        texts = [_RIGHTS.sub("", text) for text in texts if text]
    found = join(texts)
    return None if found is None or (len(found) < 60 and _NONE.match(found)) else found


def abbreviated(journal: str) -> bool:
    """Whether a journal's name is written with abbreviated words ("Anat. Rec.")."""
    return "." in journal and len(journal) < 80 and _SHORT_WORD.search(journal) is not None


def short(text: str | None, limit: int = 60) -> str | None:
    """A volume or an issue; None for a text that can be neither (an address in the wrong field)."""
    text = clean(text)
    return text if text and len(text) <= limit else None

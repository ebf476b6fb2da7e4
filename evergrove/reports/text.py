"""Text of other people on its way into a file of another format: one line, and harmless."""

from __future__ import annotations

import re
from urllib.parse import quote

from evergrove import wording

# Controls (C0, C1), surrogates, non-characters: XML 1.0 and most readers refuse them. Marks that
# turn the direction of writing could make a line read otherwise than it stands; tags are unseen.
_REFUSED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    "\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)
# Line ends, whatever they are called; a no-break space is none and stays.
_BLANKS = re.compile("[ \t\n\r\x0b\x0c\x85\u2028\u2029]+")
_SCHEMES = ("https://", "http://")


def one_line(text: str | None) -> str:
    """The text on one line, without characters that no file format should be given."""
    return _BLANKS.sub(" ", _REFUSED.sub("", text or "")).strip()


def unjoined(text: str | None) -> str:
    """The same without word joiners, for formats that have no use for them."""
    return one_line(text).replace(wording.WORD_JOINER, "")


def web_address(href: str | None) -> str | None:
    """An address of the web with everything odd in it escaped; None for any other address."""
    text = one_line(href)
    if not text.startswith(_SCHEMES):
        return None
    return quote(text, safe="%/:?#[]@!$&'()*+,;=~-._")

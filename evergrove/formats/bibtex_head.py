"""How an entry of BibTeX begins: "@type{" or "@type("."""

from __future__ import annotations

import re

# Parentheses instead of braces only behind the types that BibTeX knows: "@dataclass(frozen=True)"
# is a line of a program.
_KNOWN = (
    r"article|book|booklet|collection|comment|conference|inbook|incollection|inproceedings|manual"
    r"|mastersthesis|misc|online|phdthesis|preamble|proceedings|report|string|techreport|thesis"
    r"|unpublished"
)
_HEAD = rf"@[ \t]*([A-Za-z]+(?=[ \t\n]*\{{)|(?:{_KNOWN})(?=[ \t\n]*\())[ \t\n]*[{{(]"
ENTRY = re.compile(rf"^[ \t]*{_HEAD}", re.MULTILINE | re.IGNORECASE)
# Entries that were put together without a line end between them.
SAME_LINE = re.compile(rf"[ \t,;]*{_HEAD}", re.IGNORECASE)
# What tells a file of BibTeX: the head of an entry, and a key or a field in it.
SIGNATURE = re.compile(
    rf"^[ \t]*(?!@[ \t]*(?:import|media|font)){_HEAD}[^,={{}}\"]{{0,300}}[,=]",
    re.MULTILINE | re.IGNORECASE,
)

"""What is said of the study by the way: "after adjustment for age", "(Acme Ltd, Leeds, UK)"."""

from __future__ import annotations

import re

from evergrove.reading.text.clues import Clues

_WORDS = r"(?: [a-z][a-z'-]*)"
_IMPORTANT = r"(?:mcid|mid|minimal(?:ly)? (?:clinically )?important (?:difference|change))"
_COUNTRY = (
    r"(?:usa|u\.s\.a|uk|germany|japan|france|italy|switzerland|sweden|korea|china|denmark|turkey)"
)
_SEEN = r"(?:ultrasound|fluoroscop(?:y|ic)|ct|mri?|x-ray|image)(?: guidance| control)?"
_ADJUSTED = r"(?:after|when|on) (?:adjust(?:ment|ing)|controlling|correct(?:ion|ing)) for"
_PATTERNS = (
    re.compile(rf" {_ADJUSTED}{_WORDS}{{1,5}}(?=[.,;])"),
    # ", even after adjustment for weight, smoking, age and height": at the end of a sentence
    re.compile(
        rf"(?<![.:;])(?: even)? {_ADJUSTED}{_WORDS}{{1,5}}(?:,{_WORDS}{{1,3}})*"
        rf",? (?:and|or){_WORDS}{{1,3}}(?=[.;]| \(p)"
    ),
    re.compile(
        r", as (?:recorded|documented|noted|entered|kept) (?:in|on) (?:the |their |a |patient )?"
        r"(?:diar(?:y|ies)|charts?|notes|records?|files?)(?=,)"
    ),
    re.compile(
        r", (?:exceeding|(?:well )?(?:above|below|beyond|under)|not reaching) (?:the |our |its )?"
        rf"{_IMPORTANT}(?: of)? \d+(?:\.\d+)?(?: points| mm| cm)?(?=[,.;])"
    ),
    re.compile(rf"\({_IMPORTANT}[^()]{{1,20}}\)"),
    re.compile(r"\((?:baseline|age|sex|covariate)[- ]adjusted\)"),
    re.compile(
        r"\((?:without imputation|locf|bocf|mmrm|last observation carried forward|nct\d+)\)"
    ),
    re.compile(
        r"\(\d+(?:\.\d+)? ?(?:ml|mg|g|\u00b5g|mcg)(?:,| of) ?\d+(?:\.\d+)? ?%[a-z ]{0,20}\)"
    ),
    re.compile(rf"\([^()]{{2,60}}\b(?:inc|ltd|gmbh|corp|llc|{_COUNTRY})\.?\)"),
)
#: How it was done; told more than once it may tell groups apart.
_DONE = (
    re.compile(rf"(?<=[a-z0-9)]) under {_SEEN}(?=[ ,.)])"),
    re.compile(rf"\((?:under|with) {_SEEN}\)"),
)
_CLUES = Clues(
    "justment for", "justing for", "rection for", "trolling for", "recting for", "as recorded",
    "as documented", "as noted", "as entered", "as kept", ", exceeding", ", above", ", below",
    ", well ", ", beyond", ", under", ", not reaching", "(mcid", "(mid", "(minimal", "adjusted)",
    "(without", "ocf)", "(mmrm", "(nct", "forward)", "%", "ltd", "inc", "gmbh", "corp", "llc",
    "usa", "u.s.a", "uk)", "germany)", "japan)", "france)", "italy)", "switzerland)", "sweden)",
    "korea)", "china)", "denmark)", "turkey)", " under ", "(under", "(with ",
)  # fmt: skip


def of_study(text: str) -> list[re.Match[str]]:
    """The places in a text in small letters that say how numbers or things came about."""
    if not _CLUES.within(text):
        return []
    found = [match for pattern in _PATTERNS for match in pattern.finditer(text)]
    done = [match for pattern in _DONE for match in pattern.finditer(text)]
    return found + done if len(done) == 1 else found

"""What is said of a part of the people by the way: "27 adults (5 SMOKERS)".

A count there is the n of no score. What tells a part from the rest must stand nowhere else in the
text: "30 patients (14 WITH STENOSIS) ... those with stenosis had 3.1" sets two groups apart.
"""

from __future__ import annotations

import re

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.words import word_set
from evergrove.reading.text.written_numbers import UNITS

_FEW = [word for word, value in UNITS.items() if value]  # "one" to "nineteen"
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(reversed(_FEW))}|twenty(?:-\w+)?)"
_THEM = r"(?: of (?:them|whom|these|the patients))?"
_HOW = r"(?:with|on|without|had|has|were|taking|using|on long-term|already on)"
_WORDS = r"(?: [a-z][a-z'-]*){1,4}"
_OF_GROUPS = r"(?![^,.]*\b(?:groups?|arms?|controls?|placebo|sham|received|given|treated|and)\b)"
_SOME = (
    rf"(?:including|among (?:them|whom)(?: were)?|of (?:whom|them)) {_COUNT}(?: \([^()]{{2,8}}%\))?"
)
_SEX = r"(?:women|men|females?|males?)"
_NUMBERS = r"(?:\d|i{1,3}v?|iv)(?: ?(?:-|\u2013|to|or|and) ?(?:\d|i{1,3}v?|iv))"
#: Of a part of them, told once in the text.
_PARTS = (
    re.compile(rf"\({_COUNT}{_THEM} {_HOW}{_WORDS}\)"),
    re.compile(rf"\({_COUNT}{_THEM} (?:current |former )?[a-z]*(?:smokers|diabetics)\)"),
    re.compile(rf"\({_COUNT} right(?:-sided)?(?:,| and) {_COUNT} left(?:-sided)?\)"),
    re.compile(rf"\((?:right|left)(?: side| hand| knee| shoulder)? in {_COUNT}\)"),
    re.compile(
        rf", (?:{_COUNT}|none|all|most|many|some) of (?:them|whom) (?:{_HOW}|aged?|also)?{_WORDS}"
        r"(?=[,.])"
    ),
    # "40 nuns, INCLUDING 17 SMOKERS, were seen", "40 nuns, MOSTLY WOMEN (n = 31), were seen"
    re.compile(rf"(?<=[a-z)]), {_SOME}{_OF_GROUPS}{_WORDS}(?=,)"),
    re.compile(rf"(?<=[a-z)]), {_SOME} {_SEX} and {_COUNT} {_SEX}(?=,)"),
    re.compile(rf"(?<=[a-z)]) including {_COUNT} [a-z-]+(?= (?:were|was|had|underwent) )"),
    re.compile(rf", (?:mostly|mainly|predominantly) {_SEX}(?: \((?:n = )?\d[^()]{{0,8}}\))?(?=,)"),
    re.compile(rf", (?:all|most|many|none) (?:with|without|on){_WORDS}(?=[,.])"),
)
#: Of nobody's score, whatever else the text tells.
_ALWAYS = (
    re.compile(
        rf"\({_COUNT}(?: patients?)? (?:missing|dropouts?|drop-outs?|withdrawals?|withdrew"
        r"|dropped out|(?:were |was )?lost(?: to follow-up)?|died)\)"
    ),
    re.compile(r"\(\d+ ?[x\u00d7] ?\d+(?:\.\d+)? ?(?:gy|mg|ml|mcg|\u00b5g|iu|min|s|hz)\)"),
    re.compile(rf"\((?:[a-z]+(?:[- ][a-z]+)? )?(?:grade|class|stage|type)s? {_NUMBERS}\)"),
    re.compile(r"\(\d+(?:\.\d+)? [a-z]+ per (?:patient|person|case|knee|session)\)"),
    re.compile(
        r"\((?:symptoms?|pain|complaints)[a-z ]{0,20}(?:at least|more than|over|longer than) \d+"
        r" (?:weeks|months|years)\)"
    ),
    re.compile(r"\((?:refractory|unresponsive|resistant) to [^()]{3,40}\)"),
)
# "110 nuns, 2 OF WHOM WERE EXCLUDED BECAUSE THEY HAD NO SCORES, and the remaining 108 (...)"
_LEFT_OUT = re.compile(
    rf", {_COUNT} of (?:them|whom) (?:(?:were|was|had to be) )?"
    rf"(?:excluded|withdrawn|withdrew|declined|lost|dropped out|died)(?: [a-z][a-z'-]*){{1,14}}"
    r"(?=, (?:and )?(?:the (?:other|remaining)|leaving|so that) )"
)
_COMMON = word_set(
    "with from were have them whom these patients taking using without also those previous prior "
    "long-term already more most many none their them aged history"
)
_CLUES = Clues(
    *(f"({k}" for k in "123456789"), *(f"({word}" for word in _FEW), "(twenty",
    "of them ", "of whom ", " including ", ", among ", ", mostly ", ", mainly ", ", predom",
    ", all ", ", most ", ", none ", ", many ", "(right", "(left",
    "grade", "class", "stage", "(symptom", "(pain", "(complaint", "(refractory", "(resistant",
    "(unresponsive",
)  # fmt: skip


def of_parts(text: str) -> list[re.Match[str]]:
    """The places in a text in small letters that tell of a part of the people by the way."""
    if not _CLUES.within(text):
        return []
    found = [match for pattern in _ALWAYS for match in pattern.finditer(text)]
    if "of whom " in text or "of them " in text:
        found += _LEFT_OUT.finditer(text)
    for pattern in _PARTS:
        found += [match for match in pattern.finditer(text) if _told_once(text, match.group())]
    return found


def _told_once(text: str, said: str) -> bool:
    """Whether no word of what tells the part from the rest stands elsewhere in the text."""
    telling = [word for word in re.findall(r"[a-z]{4,}", said) if word not in _COMMON]
    return all(text.count(word) == said.count(word) for word in telling)

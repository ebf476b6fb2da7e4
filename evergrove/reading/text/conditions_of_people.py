"""What the people of a score suffer from: "patients WITH LOW BACK PAIN rated their pain at 6".

A condition is no measure and no group, and how long it has lasted is no visit: where all people of
a text have one condition, the sentence with their scores is read as if it were not told. So too
"those WITH PAINFUL KNEES", "adults PRESENTING WITH HEADACHE", "the 34 patients who had undergone
fusion FOR BACK PAIN". It stays where it may tell some people from others: beside another
condition, beside those without it, or where the people were told of before without it.
"""

from __future__ import annotations

import re

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.words import AGENT, CHANGE, STATE, names_people

_SCORED = "|".join(sorted(AGENT | STATE | CHANGE, key=len, reverse=True))
_NO_WORD = (
    r"(?!(?:an?|the|no|less|more|little|better|worse|lower|higher|mean|median|average|their|baseline"
    r"|scores?|vas|nrs|relief|residual|persisting|groups?|arms?|who|and|or|at|in|on|after|to|for|by"
    r"|of|from|with|without|days|weeks|months|years|hours"
    rf"|indicated|graded|complained|{_SCORED})\b)"
)
_NAME = rf"(?:{_NO_WORD}[a-z][a-z'-]* ){{0,4}}"
_ILL = (
    r"(?:[a-z]*(?:itis|algia|dynia|osis|pathy|oma|omas|itides)|[a-z]*aches?|pains?|migraines?"
    r"|sciatica|colic|herniations?|tears?|ruptures?|sprains?|instability|crisis|hallux valgus"
    r"|dysmenorrho?ea|soreness|lumbago|angina(?: pectoris)?|syndromes?|diseases?|disorders?"
    r"|injury|injuries|fractures?|metastas[ei]s|painful [a-z]+)(?! (?:syndromes?|disorders?|pains?"
    r"|diseases?|injury|injuries)\b)(?: type i+)?"
)
# "neck and" of "neck and shoulder pain", "moderate to" of "moderate to severe pain"
_FIRST_OF_TWO = rf"(?:{_NAME}{_NO_WORD}[a-z'-]+ (?:and|or|and/or|to) )?"
_CONDITION = rf"(?:a history of |an? |the |their )?{_FIRST_OF_TWO}{_NAME}{_ILL}"
_PROCEDURE = (
    r"(?:[a-z]+(?:ectomy|plasty|otomy|scopy)|surgery|operation|injury|stroke|trauma|fractures?)"
)
_LONG = (
    r"(?: of| for|,? lasting| persisting| since| present for)?(?: for)?(?: over| more than"
    r"| at least| longer than| >| \u2265| a minimum of)? ?\d+(?: ?(?:-|\u2013|to) ?\d+)?"
    r" (?:days|weeks|months|years)(?:' duration| duration| or more| or longer)?"
)
_PLACE = rf"{_NAME}{_NO_WORD}[a-z][a-z'-]*"
_TAIL = (
    rf"(?: (?:and|or|and/or|with) {_CONDITION}"
    rf"| (?:due to|caused by|secondary to|because of|related to) {_PLACE}"
    rf"| from {_NAME}{_ILL}"
    rf"| (?:of|in) (?:the|one|both) {_PLACE}| of {_NAME}(?:origin|nature|intensity|severity)"
    rf"| (?:refractory|resistant|unresponsive) to {_PLACE}"
    rf"| radiating (?:to|into|down) (?:the |one |both )?{_PLACE}"
    r"| (?:on|during) (?:movement|motion|walking|exertion|effort|weight bearing)| at rest"
    rf"| (?:after|following) {_NAME}{_PROCEDURE}"
    rf"|{_LONG}){{0,3}}"
)
_SIZE = r"(?: \(n ?= ?\d+\))?"
# No "those WITH BACK PAIN (6.1)", "reporting PAIN AT 6.1": there it is what was scored.
_THEN = (
    r"(?! ?[(\[]?(?:at |of |from )?\d+(?:\.\d+)?(?! ?(?:hours|days|weeks|months|years|h\b|min)))"
    rf"(?={_SIZE},? (?:{_SCORED}|indicated|graded|complained|averaged|started|began|ended|assessed"
    r"|judged|scale|on (?:the|an?)|at|after|before|using|from|to \d|who|whose|in|given|receiving"
    r"|treated|(?:the )?(?:mean|median|average|vas|nrs)|the pain|\()\b|[,.;]|(?= \())"
)
_SENT = (
    r"(?:presenting|presented|coming|referred|admitted|seen|treated|operated(?: on)?"
    r"|hospitali[sz]ed|managed)"
)
_FOR = r"(?:with|for|because of|on account of)"
# What leads to the condition and goes with it ...
_LED = (
    r"(?:(?:all |all of them |all of whom )?with|suffering(?: from)?|having|reporting|experiencing"
    r"|complaining of|affected by"
    r"|diagnosed with|afflicted with|who (?:had |have )?(?:complained of|suffered from|suffered"
    r"|had|have|reported|suffer from|complain of)"
    rf"|(?:who (?:were |had been |have been )?)?{_SENT}(?: to [a-z ]{{3,40}}?)? {_FOR}"
    r"|(?:consulting|(?:seeking|needing|requiring) (?:[a-z]+ )?(?:care|treatment|help|surgery)"
    r"|(?:attending|visiting)(?: [a-z]+){1,4}|(?:scheduled for|awaiting)(?: [a-z]+){1,3}"
    r")(?: [a-z]+)? (?:for|because of))"
)
# ... and what was done for it, which stays.
_DONE = (
    r"(?: (?:who (?:had undergone|have undergone|underwent|had|received)|undergoing|on|taking)"
    rf" {_PLACE})"
)
_LASTED = r"(?:(?:had|has) (?:lasted|persisted|been present|existed)|was present|lasted)"
_PATTERNS = (
    re.compile(rf"(?P<out>,? {_LED} (?P<ill>{_CONDITION}){_TAIL}){_THEN}"),
    re.compile(rf"{_DONE}(?P<out> for (?P<ill>{_CONDITION}){_TAIL}){_THEN}"),
    re.compile(rf"(?P<out> whose (?P<ill>{_CONDITION}) {_LASTED}{_LONG}){_THEN}"),
)
# "34 BACK PAIN patients"
_KIND_OF = re.compile(
    r"(?:\b\d+|teen|ty|ty-\w+|\b(?:the|of|in|among|by))"
    rf"(?P<out> (?P<ill>{_NAME}{_ILL}))(?= [a-z])"
)
_BARE = re.compile(rf"\b(?P<ill>(?:{_NO_WORD}[a-z-]+ )?{_ILL})(?= [a-z])")
_TOLD = re.compile(rf",? (?:{_LED}|{_DONE} for|{_PLACE} for) (?P<ill>{_CONDITION})\b")
_SO_MANY = re.compile(rf"\b\d+ (?:had|with) (?P<ill>{_CONDITION})\b")
_WITH = re.compile(r"(?P<out> with [a-z])")
_WORD = re.compile(r"[a-z][a-z'-]*")
_NUMBER = re.compile(r"(?:\d+|teen|ty|one|two|three|four|five|six|seven|eight|nine|ten)$")
_SIZED = re.compile(r" \(n ?= ?\d+\)")
# Others, who do not have it; studies of which each has people of its own.
_OTHERS = re.compile(
    r"\b(?:without|(?:with|had|have|reported|of) no|healthy|volunteers|controls"
    r"|non-?[a-z]+ (?:patients|subjects|women|men)"
    r"|than (?:those|patients|in those|in patients)|others?|remaining|the rest|unlike|whereas"
    r"|subgroups?|neither|trials|meta-analys[ei]s|reviews?|pooled)\b"
)
_ILL_ENDS = (
    "itis", "algia", "dynia", "osis", "pathy", "oma", "omas", "itides", "ache", "aches", "pain",
    "pains", "migraine", "migraines", "sciatica", "colic", "herniation", "herniations", "tear",
    "tears", "rupture", "ruptures", "sprain", "sprains", "instability", "crisis", "valgus",
    "dysmenorrhea", "dysmenorrhoea", "soreness", "lumbago", "angina", "pectoris", "syndrome",
    "syndromes", "disease", "diseases", "disorder", "disorders", "injury", "injuries", "fracture",
    "fractures", "metastasis", "metastases", " i", " ii", " iii",
)  # fmt: skip
_TREATED = re.compile(
    r"\b(?:randomi[sz]|allocat|assigned|enrolled|recruited|included|eligible"
    r"|were (?:treated|studied|given|divided))"
)
_SCORES = Clues("pain", "vas ", "nrs ", "score", "visual", "numeric", "ache")
_CLUES = Clues(
    "ache", "pain", "itis", "algia", "osis", "pathy", "migraine", "sciatica", "dysmenorr", "angina",
    "syndrome", "disease", "disorder", "injur", "fracture", "metastas", "lumbago", "oma ",
    "herniation", "tear", "colic", "rupture", "sprain", "instability", "crisis", "valgus", "dynia",
    "soreness",
)  # fmt: skip


def of_conditions(text: str) -> list[re.Match[str]]:
    """The places in a text in small letters that tell what the people of a score suffer from."""
    if not _CLUES.within(text) or _OTHERS.search(text):
        return []
    people = [one for one in _WORD.finditer(text) if _people(one.group())]
    ends = {place for one in people for place in _behind(text, one.end())}
    found = [
        match
        for pattern in _PATTERNS
        for end in sorted(ends)
        if (match := pattern.match(text, end)) is not None
    ]
    # Most texts have no word of an illness right before one for people.
    ill = "painful " in text or any(text.endswith(_ILL_ENDS, 0, one.start() - 1) for one in people)
    kinds = [
        match
        for match in (_KIND_OF.finditer(text) if ill else ())
        if _before_people(text, match.end())
    ]
    found += kinds
    if not found or not _one_kind(text, found, people, ill) or _sized_beside(text, found):
        return []
    return [
        span
        for match in found
        if (match in kinds or _beside_scores(text, match))
        and _of_all(text, match)
        and (span := _ANYTHING.match(text, *match.span("out"))) is not None
    ]


_ANYTHING = re.compile(r".+", re.DOTALL)


def _people(word: str) -> bool:
    return word == "those" or names_people(word)


def _behind(text: str, end: int) -> tuple[int, ...]:
    """The places behind a word that ends at `end`, and behind the number in its bracket."""
    sized = _SIZED.match(text, end)
    return (end,) if sized is None else (end, sized.end())


def _before_people(text: str, end: int) -> bool:
    """Whether the word that begins behind `end` is one for people."""
    match = _WORD.match(text, end + 1)
    return match is not None and _people(match.group())


def _one_kind(text: str, found: list[re.Match[str]], words: list[re.Match[str]], ill: bool) -> bool:
    """Whether a text tells of no people with anything else, "those WITH SPURS", "22 WITH SPURS"."""
    kinds = {_kind(match) for match in found}
    people = [one.end() for one in words]
    told = [one for end in people if (one := _TOLD.match(text, end)) is not None]
    maybe = _BARE.finditer(text) if ill else ()
    bare = [one for one in maybe if _before_people(text, one.end())]
    kinds.update(_kind(match) for match in (*told, *bare, *_SO_MANY.finditer(text)))
    if len(kinds) > 1:
        return False
    ours = {match.start("out") for match in (*told, *found) if "out" in match.groupdict()}
    ours.update(match.start() for match in told)
    others = [one for end in people if end not in ours and (one := _WITH.match(text, end))]
    return not any(_beside_scores(text, one) for one in others)


def _sized_beside(text: str, found: list[re.Match[str]]) -> bool:
    """ "SPRAINS (N = 30) AND burns (n = 20) were treated": those with a condition are a group."""
    if len(_SIZED.findall(text)) < 2:
        return False
    heads = "|".join({re.escape(_kind(match).split()[-1]) for match in found})
    sized = rf"\b(?:{heads})s?{_SIZED.pattern}"
    joined = r"(?:and|or|versus|vs\.?)"
    return re.search(rf"{sized},? {joined} |{joined} (?:[a-z-]+ )?{sized}", text) is not None


def _kind(match: re.Match[str]) -> str:
    """ "back pain" of "chronic low back pain": the name by which a condition is told again."""
    return " ".join(word.rstrip("s") for word in match.group("ill").split()[-2:])


def _beside_scores(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence tells a score, and is not about who was treated."""
    first = max(text.rfind(". ", 0, match.start()), text.rfind(": ", 0, match.start())) + 1
    last = text.find(". ", match.end())
    around = text[first : match.start("out")] + text[match.end("out") : None if last < 0 else last]
    return (
        _SCORES.within(around)
        and any(letter.isdigit() for letter in around)
        and not _TREATED.search(around)
    )


def _of_all(text: str, match: re.Match[str]) -> bool:
    """Whether the people of a text are told of first here, or were told of with this condition.

    "34 patients were treated, 12 of them had MIGRAINE. Those with MIGRAINE scored 6": some of them.
    """
    before = text[: match.start()]
    people = [one for one in _WORD.finditer(before) if _people(one.group())]
    if len(people) < 2:
        return True
    counted = [one for one in people if _counted(before, one.start())]
    first = (counted or people)[0]
    told = _TOLD.match(text, first.end())
    return told is not None and _kind(told) == _kind(match)


def _counted(text: str, start: int) -> bool:
    """ "34 consecutive adult PATIENTS": whether a number stands up to three words before."""
    ahead = text[max(0, start - _REACH) : start].split()[-4:]
    return any(_NUMBER.search(word) for word in ahead)


_REACH = 60

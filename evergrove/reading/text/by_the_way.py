"""Asides that say nothing of which number is whose, set apart before a text is read.

"The mean VAS, AS EXPECTED, fell from 7 to 3", "was, AS IN THE EARLIER TRIAL (n = 84), 2.9 with
wax": the sentence is read as if they were not there. Their tokens are moved behind the end of the
text; a number among them is of other people or things.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from evergrove.reading.text.change_asides import of_changes
from evergrove.reading.text.conditions_of_people import of_conditions
from evergrove.reading.text.heterogeneity import of_heterogeneity
from evergrove.reading.text.part_asides import of_parts
from evergrove.reading.text.people_asides import of_people
from evergrove.reading.text.study_asides import of_study
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.visit_asides import of_visits
from evergrove.reading.text.words import PREPOSITIONS, VERBS, word_set
from evergrove.reading.text.yardstick_asides import verdicts

_WORDS = r"(?: [a-z][a-z'-]*)"
_STUDY = r"(?:trial|study|studies|series|report|reports|paper|cohort|experiment|work|publication)s?"
_OUTCOME = r"(?:outcomes?|end-?points?|outcome measures?|variable)"
_RATERS = (
    r"(?:nurse|observer|investigator|assessor|examiner|physician|physiotherapist|therapist"
    r"|surgeon|rater|doctor|resident|patient|parent)s?(?: themselves)?"
)
_WENT = (
    r"(?:tolerability|tolerance|safety|compliance|adherence|complications?|side effects?"
    r"|adverse (?:events?|effects?)|morbidity|mortality|satisfaction)"
)
_RANK = r"(?:co-)?(?:primary|main|secondary|principal|chosen|key)"
_SET = r"(?:analys[ei]s|population|set|sample|principle|cohort)"
_IN_BRACKETS = r"(?: ?\([^()]{1,40}\))"
# "despite similar PAIN SCORES (3.1 vs 3.3)": a result
_SCORED = (
    r" [a-z -]{0,40}\b(?:pain|vas|nrs|vrs|scores?|ratings?|intensity)\b[a-z -]{0,12}\([^()]*\d"
)
_SAID = (
    # how it goes on
    r"however|notably|therefore|again|indeed|importantly|interestingly|surprisingly|unexpectedly"
    r"|in fact|in turn|in contrast|by contrast|for instance|for example|of note|after all"
    r"|to our surprise|if anything|without exception|with (?:few|rare|some) exceptions"
    r"|as (?:we )?(?:expected|anticipated|hypothesi[sz]ed|planned|predicted|hoped|before)"
    r"|in our (?:hands|experience|opinion|series|study|cohort)"
    r"|in (?:this|the present|the current) (?:series|study|trial|cohort)"
    # what part the outcome plays, and who rated it
    rf"|according to (?:the |our )?protocol|as (?:a|the|our) {_RANK} {_OUTCOME}"
    rf"|(?:which was )?(?:the|our|its|a) {_RANK} {_OUTCOME}"
    rf"|(?:which was |as )?(?:rated|recorded|measured|assessed|scored) by{_WORDS}{{0,3}} {_RATERS}"
    # whom or what it does not depend on
    rf"|(?:regardless|irrespective|independent|independently) of{_WORDS}{{1,3}}|in both sexes"
    rf"|(?:adjusted|adjusting|controlling|corrected) for{_WORDS}{{1,4}}"
    rf"|(?:after|with) (?:adjust|correct|controll)(?:ment|ion|ing) for{_WORDS}{{1,4}}"
    rf"|(?:in|by) (?:the |an )?(?:intention-to-treat|itt|per-protocol|per protocol) {_SET}"
    r"|using last observation carried forward"
    # what it is like elsewhere
    rf"|in (?:line|agreement|keeping|accordance) with{_WORDS}{{1,4}}|consistent with{_WORDS}{{1,4}}"
    rf"|(?:as|like) (?:in|it was in) (?:the|our|an?|their){_WORDS}{{0,2}} {_STUDY}"
    rf"(?: of \d+ [a-z]+)?{_IN_BRACKETS}?"
    r"|(?:(?:al)?though|albeit) not (?:statistically )?significant(?:ly)?(?: so)?"
    rf"|(?:despite|in spite of)(?!{_SCORED}){_WORDS}{{1,5}}{_IN_BRACKETS}?"
    rf"|which (?:was|were) (?:similar|comparable|balanced|alike){_WORDS}{{0,5}}"
    r"|with (?:similar|comparable|consistent) [^.;()\d]{5,90}(?=\.)"
    # how it went, of everybody
    r"|with (?:no|few|good|excellent|acceptable|minimal|little|low|high)"
    rf"{_WORDS}{{0,2}} {_WENT}(?=\.)"
)
# Each begins with a plain sign, which is found many times faster than a choice of signs.
_BETWEEN_COMMAS = re.compile(rf", (?:{_SAID})(?=[,.])")
_BETWEEN_DASHES = re.compile(rf" ([-\u2013\u2014]) (?:{_SAID}) [-\u2013\u2014](?= )")
_IN_ITS_BRACKET = re.compile(
    rf"\((?:itt|crude|unadjusted|observed|(?:the |our )?{_RANK} {_OUTCOME})\)"
)
#: What may stand right behind an aside within one clause, so that no comma was due there.
_GOES_ON = VERBS | PREPOSITIONS | word_set("and than or vs versus ( )")
_LED = VERBS | PREPOSITIONS | word_set("the a")


@dataclass(slots=True, eq=False)
class ByTheWay:
    """Tokens that were set apart, and the place in the kept tokens that they stood ahead of."""

    tokens: list[Token]
    place: int


def without_asides(tokens: list[Token], text: str) -> tuple[list[Token], list[ByTheWay]]:
    """The tokens without what is said by the way, and what was taken out.

    `text`: the text in small letters that the places of the tokens are of.
    """
    found = [*_BETWEEN_COMMAS.finditer(text), *_IN_ITS_BRACKET.finditer(text)]
    if " - " in text or " \u2013 " in text or " \u2014 " in text:
        found += _BETWEEN_DASHES.finditer(text)
    found += of_people(text) + of_parts(text) + of_conditions(text)
    found += of_visits(text) + of_study(text) + of_changes(text) + of_heterogeneity(text)
    found += verdicts(text)
    if not found:
        return tokens, []
    starts = [token.start for token in tokens]
    kept: list[Token] = []
    gone: list[ByTheWay] = []
    done = 0
    for match in sorted(found, key=re.Match.start):
        first = bisect_left(starts, match.start())
        last = bisect_left(starts, match.end())
        if first < done or first < 1 or last >= len(tokens) or first == last:
            continue
        if tokens[first].word == ",":
            first, last = _commas(tokens, first, last)
        kept += tokens[done:first]
        gone.append(ByTheWay(tokens[first:last], len(kept)))
        done = last
    return [*kept, *tokens[done:]], gone


def _commas(tokens: list[Token], first: int, last: int) -> tuple[int, int]:
    """What to take out of ", ASIDE,": both commas within a clause, else one is left."""
    if tokens[last].word != ",":
        return first, last
    behind = tokens[last + 1].word if last + 1 < len(tokens) else "."
    if behind in _GOES_ON or tokens[first - 1].word in _LED:
        return first, last + 1
    return first + 1, last + 1

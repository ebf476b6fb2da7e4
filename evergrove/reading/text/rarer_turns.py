"""Rarer turns of phrase between words, told in the common way: "AHEAD OF surgery" is "before"."""

from __future__ import annotations

from collections.abc import Callable

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.joining_dashes import (
    MAYBE_FRAMED,
    MAYBE_LISTED,
    spell_frames,
    spell_lists,
)
from evergrove.reading.text.quoted_names import MAYBE_QUOTED, without_quotes
from evergrove.reading.text.short_changes import MAYBE_SHORT_CHANGE, spell_short_changes
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    ALLOTTED,
    EVENT,
    PEOPLE,
    THOSE,
    UNIT_DAYS,
    is_content,
    names_people,
    word_set,
)


def spell_turns(tokens: list[Token], norm: str, said: frozenset[str]) -> None:
    """All the turns below; those of two words or more lose what says nothing more.

    `said`: all words of the text.
    """
    for clues, spell in _TURNS:
        if clues.within(norm, said):
            spell(tokens)


def _ahead_of(tokens: list[Token]) -> None:
    """ "7.1 AHEAD OF wax", "recorded AHEAD OF surgery", "ON THE EVE OF it" are "before".

    Not "wax (2.1) came AHEAD OF clay (3.4)", who was the better one.
    """
    for k in range(len(tokens) - 4, 0, -1):
        if [token.word for token in tokens[k : k + 4]] == ["on", "the", "eve", "of"]:
            tokens[k].word = "before"
            del tokens[k + 1 : k + 4]
        elif tokens[k].word == "ahead" and tokens[k + 1].word == "of" and k > 3:
            event = tokens[k + 2 + (tokens[k + 2].word in _ARTICLES)].word in EVENT
            if tokens[k - 1].word in _CAME or not (event or _ends_score(tokens, k)):
                continue
            tokens[k].word = "before"
            del tokens[k + 1]


_ARTICLES = word_set("the their this its a")
_CAME = word_set("came come comes coming was were is be stayed ranked out far well just clearly")


def _ends_score(tokens: list[Token], k: int) -> bool:
    """Whether a score with its spread ends right before token k: "7.1", "7.1 (SD 1.2)"."""
    if tokens[k - 1].word in (")", "]"):
        opened = next((m for m in range(k - 2, max(0, k - 10), -1) if tokens[m].word in "(["), 0)
        return opened > 0 and opened < k - 2 and tokens[opened - 1].kind == "n"
    return tokens[k - 1].kind == "n" and "." in tokens[k - 1].word


def _by_those(tokens: list[Token]) -> None:
    """ "a VAS of 3.1 was reached BY THOSE given wax" is "in those": whose score it was."""
    for k in range(1, len(tokens) - 3):
        those = tokens[k].word == "by" and tokens[k + 1].word == "those"
        if those and tokens[k + 2].word in _GIVEN:
            tokens[k].word = "in"


_GIVEN = ALLOTTED | word_set("given receiving treated on in with who having")


def _following(tokens: list[Token]) -> None:
    """ "pain took THE FOLLOWING COURSE: entry, 7.1": what is told next, and no time after it."""
    for k in range(len(tokens) - 3, 0, -1):
        told = tokens[k].word == "following" and tokens[k - 1].word == "the"
        if told and tokens[k + 1].kind == "w" and tokens[k + 2].word == ":":
            del tokens[k]


def _and_between(tokens: list[Token]) -> None:
    """ "5.2 & 5.3", "5.2 & for clay 5.3" is "and": between two scores, not in a name."""
    for k in range(1, len(tokens) - 1):
        if tokens[k].word == "&" and (tokens[k - 1].kind == "n" or tokens[k - 1].word in _CLOSES):
            after = tokens[k + 1]
            scored = "." in tokens[k - 1].word or tokens[k - 1].word in _CLOSES
            if scored and (after.word in _LEADS or (after.kind == "n" and "." in after.word)):
                tokens[k].word = "and"


_CLOSES = word_set(") ]")
_LEADS = word_set("for in with on at after under")


def _depended(tokens: list[Token]) -> None:
    """ "VAS did NOT DEPEND ON the technique" is "not differ between": what the groups are."""
    for k in range(1, len(tokens) - 4):
        if tokens[k].word == "depend" and tokens[k - 1].word == "not":
            what = k + 2 + (tokens[k + 2].word in _ARTICLES)
            if tokens[k + 1].word == "on" and tokens[what].word in _MANNERS:
                tokens[k].word, tokens[k + 1].word = "differ", "between"


_MANNERS = word_set("technique approach method group treatment regimen arm procedure route drug")


def _treated_by(tokens: list[Token]) -> None:
    """ "the ones TREATED BY wax (66)" is "treated with"; not "treated by surgeons"."""
    for k in range(1, len(tokens) - 3):
        if tokens[k].word == "treated" and tokens[k + 1].word == "by":
            whom = tokens[k - 1].word in THOSE
            if whom and is_content(tokens[k + 2].word) and not names_people(tokens[k + 2].word):
                tokens[k + 1].word = "with"


def _receiving(tokens: list[Token]) -> None:
    """ "39 women RECEIVING wax and 81 women WHO RECEIVED clay" are "39 women given wax and ...".

    Only where two groups are told so, not "57 patients who received wax" alone.
    """
    told = [
        k
        for k in range(2, len(tokens) - 2)
        if tokens[k - 1].word in PEOPLE
        and tokens[k - 2].kind == "n"
        and (
            tokens[k].word == "receiving"
            or (tokens[k].word == "who" and tokens[k + 1].word == "received")
        )
    ]
    if len(told) < 2 or not any(tokens[k - 3].word in ("and", ",") for k in told[1:]):
        return
    for k in reversed(told):
        if tokens[k].word == "who":
            del tokens[k]
        tokens[k].word = "given"


def _when_used(tokens: list[Token]) -> None:
    """ "5.1 WHEN wax WAS USED (n = 52)" is "5.1 with wax": what they had."""
    for k in range(len(tokens) - 4, 0, -1):
        if tokens[k].word != "when" or tokens[k + 1].word in _NO_NAME:
            continue
        verb = k + 1
        while verb < len(tokens) - 3 and verb - k < 4 and is_content(tokens[verb].word):
            verb += 1
        used = tokens[verb].word in ("was", "were") and tokens[verb + 1].word == "used"
        after = tokens[verb + 2]
        if used and verb > k + 1 and (after.kind != "w" or not is_content(after.word)):
            tokens[k].word = "with"
            del tokens[verb : verb + 2]


_NO_NAME = word_set("it they this these that both none nothing")


def _but_unlike(tokens: list[Token]) -> None:
    """ "alike at 2 h (...), BUT UNLIKE AT 6 h (...)" is "but not alike": no group stands behind."""
    for k in range(1, len(tokens) - 3):
        but = tokens[k].word == "unlike" and tokens[k - 1].word == "but"
        if but and tokens[k + 1].word in _WHEN:
            tokens[k].word = "not"


_WHEN = word_set("at after in on by")


def _made_no(tokens: list[Token]) -> None:
    """ "wax or clay MADE NO DIFFERENCE TO pain": what they did, and no part of the name before."""
    for k in range(1, len(tokens) - 4):
        made = tokens[k].word == "made" and tokens[k + 1].word in ("no", "little")
        told = [token.word for token in tokens[k + 2 : k + 4]]
        if made and told in (["difference", "to"], ["difference", "in"]):
            tokens[k].word = "had"


def _one_or_other(tokens: list[Token]) -> None:
    """ "(4.5 OR 4.9, RESPECTIVELY)" is "4.5 and 4.9, respectively": the score of each."""
    for k in range(4, len(tokens)):
        if tokens[k].word != "respectively":
            continue
        for m in range(k - 2, max(0, k - 16), -1):
            if tokens[m].word in _STOPS:
                break
            if tokens[m].word == "or":
                ended = tokens[m - 1].kind == "n" or tokens[m - 1].word in (")", "]")
                if ended and tokens[m + 1].kind == "n" and "." in tokens[m + 1].word:
                    tokens[m].word = "and"
                break


_STOPS = word_set(". ; : and vs versus respectively")


def _during_care(tokens: list[Token]) -> None:
    """ "55.9 DURING STANDARD CARE" is "with": what a group had; not "during routine dressing"."""
    for k in range(len(tokens) - 2):
        kind, noun = tokens[k + 1].word, tokens[k + 2].word
        if tokens[k].word == "during" and kind in _KINDS and noun in _CARE:
            tokens[k].word = "with"


_KINDS = word_set("standard usual routine conventional placebo sham control")
_CARE = word_set("care treatment therapy management stimulation physiotherapy analgesia")


def _evidenced(tokens: list[Token]) -> None:
    """ "The analysis EVIDENCED a time effect" is "showed"."""
    for token in tokens:
        if token.word == "evidenced":
            token.word = "showed"


def _departure(tokens: list[Token]) -> None:
    """ "78 at DEPARTURE FROM THE HOSPITAL" is "at discharge"."""
    for k in range(len(tokens) - 4, 0, -1):
        if tokens[k].word == "departure" and tokens[k + 1].word == "from":
            house = k + 2 + (tokens[k + 2].word in _ARTICLES)
            if tokens[house].word == "hospital":
                tokens[k].word = "discharge"
                del tokens[k + 1 : house + 1]


def _log_mar(tokens: list[Token]) -> None:
    """ "0.63 LOGARITHM OF THE MINIMUM ANGLE OF RESOLUTION UNITS (LOGMAR)" is "0.63 logMAR"."""
    for k in range(len(tokens) - 6, 0, -1):
        if tokens[k].word != "logarithm" or tokens[k + 1].word != "of":
            continue
        angle = k + 2 + (tokens[k + 2].word in _ARTICLES)
        told = [token.word for token in tokens[angle : angle + 4]]
        if told != _LEAST_ANGLE or angle + 4 >= len(tokens):
            continue
        last = angle + 4 + (tokens[angle + 4].word in ("unit", "units"))
        short = [token.word for token in tokens[last : last + 3]] == ["(", "logmar", ")"]
        if tokens[k - 1].kind == "n":
            tokens[k].word, tokens[k].raw = "logmar", "logMAR"
            tokens[k].end = tokens[last - 1].end
            del tokens[k + 1 : last + 3 * short]


def _double_dash(tokens: list[Token]) -> None:
    """ "12--42 months" is "12-42 months"."""
    for k in range(len(tokens) - 3, 0, -1):
        dashes = tokens[k].word == tokens[k + 1].word == "-" and not tokens[k + 1].spaced
        if dashes and tokens[k - 1].kind == tokens[k + 2].kind == "n" and not tokens[k].spaced:
            tokens[k].end = tokens[k + 1].end
            del tokens[k + 1]


_LEAST_ANGLE = ["minimum", "angle", "of", "resolution"]


def _both_rated(tokens: list[Token]) -> None:
    """ "3.1 with wax and 4.2 with clay; BOTH WERE RATED 6 weeks later" is ", 6 weeks later".

    Only where a number follows: not "both were rated by a nurse".
    """
    for k in range(len(tokens) - 5, 1, -1):
        if tokens[k].word not in ("both", "all") or tokens[k + 1].word != "were":
            continue
        number = k + 3 + (tokens[k + 3].word in ("at", "after"))
        if tokens[k - 1].word not in (";", ",") or tokens[number].kind != "n":
            continue
        if tokens[k + 2].word in _RATED and tokens[number + 1].word in UNIT_DAYS:
            tokens[k - 1].word = ","
            del tokens[k : k + 3]


_RATED = word_set("rated measured recorded taken assessed obtained scored noted")


def _of_which(tokens: list[Token]) -> None:
    """ "100 nuns gave scores, OF WHICH 96 ALSO DID at 6 weeks" is "of whom 96 did": people.

    Not "the VAS was 62, of which 41 was left": the sentence counts people before it.
    """
    for k in range(len(tokens) - 4, 0, -1):
        if tokens[k].word != "of" or tokens[k + 1].word not in ("which", "whom"):
            continue
        if tokens[k + 2].kind != "n" or not _counts_people(tokens, k):
            continue
        tokens[k + 1].word = "whom"
        if tokens[k + 3].word == "also":
            del tokens[k + 3]


def _counts_people(tokens: list[Token], k: int) -> bool:
    """Whether "80 women", "60 older patients" stands before token k in its sentence."""
    for m in range(k - 1, max(0, k - 40), -1):
        if tokens[m].word == ".":
            return False
        if tokens[m].word in _CAME_FIRST and tokens[m - 2].kind == "n":
            return True  # "80 nuns completed it"
        if names_people(tokens[m].word):
            return any(tokens[n].kind == "n" for n in range(max(0, m - 3), m))
    return False


_CAME_FIRST = word_set("completed enrolled gave were underwent received answered participated")


def _times_as_much(tokens: list[Token]) -> None:
    """ "fell TWICE AS MUCH with wax AS with clay" is "more with wax than"; "HALF AS MUCH" is less.

    Not "twice as much rope": that is an amount of something.
    """
    for k in range(len(tokens) - 4, 0, -1):
        if tokens[k].word != "as" or tokens[k + 1].word != "much":
            continue
        times = k - 1 if tokens[k - 1].word in _MULTIPLES else k - 2
        if times == k - 2 and (tokens[k - 1].word != "times" or tokens[times].kind != "n"):
            continue
        behind = tokens[k + 2]
        if behind.kind == "w" and behind.word not in _GOES_ON:
            continue
        for m in range(k + 2, min(k + 10, len(tokens) - 1)):
            if tokens[m].word == "as" and tokens[m + 1].kind == "w":
                tokens[m].word = "than"
                break
            if tokens[m].kind != "w":
                break
        half = tokens[times].word == "half"
        tokens[k + 1].word = "less" if half else "more"
        del tokens[times : k + 1]


_MULTIPLES = word_set("twice thrice half")
_GOES_ON = word_set("as in with for on among under after at by during")


#: Each turn behind the parts of words without which a text has none of it, in the order of rules.
_TURNS: tuple[tuple[Clues, Callable[[list[Token]], None]], ...] = (
    (MAYBE_QUOTED, without_quotes),
    (MAYBE_FRAMED, spell_frames),
    (MAYBE_LISTED, spell_lists),
    (Clues("ahead of ", "the eve of ", words=word_set("ahead eve")), _ahead_of),
    (Clues("by those ", words=word_set("those")), _by_those),
    (Clues("the following ", words=word_set("following")), _following),
    (Clues("not depend on ", words=word_set("depend")), _depended),
    (Clues(" treated by ", words=word_set("treated")), _treated_by),
    (Clues(" receiving ", " who received ", words=word_set("receiving received")), _receiving),
    (Clues(" was used", " were used", words=word_set("used")), _when_used),
    (Clues("but unlike ", words=word_set("unlike")), _but_unlike),
    (Clues("eparture from ", words=word_set("departure")), _departure),
    (Clues("--", words=word_set("-")), _double_dash),
    (Clues("ogarithm of ", words=word_set("logarithm")), _log_mar),
    (Clues(" & ", words=word_set("&")), _and_between),
    (Clues(" evidenced ", words=word_set("evidenced")), _evidenced),
    (Clues(" made no ", " made little ", words=word_set("made")), _made_no),
    (Clues("respectively", words=word_set("respectively")), _one_or_other),
    (Clues("both were ", "all were ", words=word_set("both all")), _both_rated),
    (MAYBE_SHORT_CHANGE, spell_short_changes),
    (Clues(" as much ", words=word_set("much")), _times_as_much),
    (Clues("of which ", "of whom ", words=word_set("which whom")), _of_which),
    (Clues(*(f"during {kind} " for kind in sorted(_KINDS)), words=_KINDS), _during_care),
)

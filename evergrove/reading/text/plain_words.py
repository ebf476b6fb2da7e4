"""Rarer words for what is commonly told in one way: the grammar knows the common one."""

from __future__ import annotations

from evergrove.reading.text.accidents import MISHAP, spell_accidents
from evergrove.reading.text.small_words import OPENS_CLAUSE, THAT_THOSE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_WHOLE = word_set(
    "study trial protocol programme program treatment course follow-up follow questionnaire "
    "questionnaires survey experiment intervention visits assessments sessions"
)
_DETERMINERS = word_set("the their this our all entire whole")


def plain_words(tokens: list[Token], norm: str) -> None:
    """ "46 FINISHED the study" is "completed", "182 SENT BACK the forms" is "returned"."""
    if "finished" in norm:
        for i, token in enumerate(tokens):
            if token.word == "finished" and _of_the_study(tokens, i + 1):
                token.word = "completed"
    if "sent back" in norm:
        for i in range(len(tokens) - 1):
            if tokens[i].word == "sent" and tokens[i + 1].word == "back":
                tokens[i].word = "returned"
    if "to the advantage of" in norm or "to the benefit of" in norm:
        _in_favour(tokens)
    if "dropped out" in norm or " fall" in norm:
        spell_accidents(tokens)
    if " drop" in norm:
        _given_drops(tokens)
    if "tablets" in norm or "capsules" in norm or "pills" in norm:
        _given_tablets(tokens)
    if " felt " in norm:
        _material(tokens)
    if " on a scale of " in norm:
        _out_of(tokens)
    if " down " in norm or " up " in norm:
        _down_by(tokens)
    if "below th" in norm or "above th" in norm:
        for i in range(1, len(tokens) - 1):
            # "significantly BELOW THAT in the control group" is "lower THAN that"
            compared = tokens[i].word in ("below", "above") and tokens[i + 1].word in THAT_THOSE
            if compared and tokens[i - 1].word in _STOOD:
                tokens[i].word = "than"
    if " hand, " in norm or " contrast, " in norm:
        _without_openings(tokens)
    if "\u0394" in norm or "\u2206" in norm:
        _change_of(tokens)
    if "s regards " in norm:
        for i in range(1, len(tokens)):
            if tokens[i].word == "regards" and tokens[i - 1].word == "as":
                tokens[i].word = "regarding"
    if " such " in norm:
        for i in range(1, len(tokens) - 1):
            if tokens[i].word == "such" and tokens[i + 1].word in _FIGURES:
                tokens[i].word = "these"  # "on day 3 SUCH VALUES were 1.8 and 2.1"
    if "post operative" in norm or "pre operative" in norm:
        _operative(tokens)


_FIGURES = word_set("values scores figures ratings")


def _given_drops(tokens: list[Token]) -> None:
    """ "two hours AFTER THE DROPS", "4.0 with eye DROPS": what was given, and no fall."""
    for i in range(1, len(tokens) - 1):
        if tokens[i].word not in ("drop", "drops") or tokens[i + 1].word in _OF_FALL:
            continue
        k = i - 1
        while k > max(0, i - 4) and tokens[k].kind == "w" and tokens[k].word in _KINDS_OF_DROPS:
            k -= 1
        article = tokens[k].word in ("the", "a", "first", "last")
        k -= article + (tokens[k - 1].word in ("the", "a") and article)
        glued = i - 1 > k and tokens[i - 1].word in ("eye", "ear", "nose", "nasal")
        dated = tokens[k].word in ("after", "before", "following")
        if tokens[i + 1].word in ("was", "were") and not dated:
            continue  # "with wax the drops were 2 and 3 points"
        begun = k > 0 and tokens[k].word == "of" and tokens[k - 1].word in _BEGUN
        if tokens[k].word in _GIVEN_WITH or glued or begun:
            tokens[i].word = DROPS


DROPS = "eyewash"  # a word of its own, so that nothing takes the drops for a fall
NO_FALLS = frozenset((DROPS, MISHAP))
_BEGUN = word_set("start use onset beginning application instillation course dose doses")
_OF_FALL = word_set("in of from to by between for on at points ( as")
_KINDS_OF_DROPS = word_set(
    "eye ear nose nasal ketorolac saline steroid lubricant lubricating anaesthetic anesthetic "
    "antibiotic placebo artificial"
)
_GIVEN_WITH = word_set("after before with than versus vs using under following received given")


def _given_tablets(tokens: list[Token]) -> None:
    """ "4.0 with drops and 4.9 WITH TABLETS", "TABLETS 4.9 (n = 22)": a treatment."""
    for i in range(1, len(tokens) - 1):
        if tokens[i].word not in ("tablets", "capsules", "pills"):
            continue
        before, after = tokens[i - 1].word, tokens[i + 1]
        given = before in _GIVEN_WITH | {"under", "on"} and after.word in _ENDS_PHRASE
        sized = [token.word for token in tokens[i + 2 : i + 4]] == ["(", "n"]
        if given or (after.kind == "n" and sized and before in (",", ":", ";", "and")):
            tokens[i].word = "lozenges"


_ENDS_PHRASE = word_set(". , ; ) ( and or at vs versus than against compared while whereas")


def _material(tokens: list[Token]) -> None:
    """ "cork wedges and FELT PADS": what they are made of, and nothing that was felt."""
    for i in range(1, len(tokens) - 1):
        made = tokens[i + 1].word in _MADE and tokens[i - 1].word in _BEFORE_MADE
        if tokens[i].word == "felt" and made:
            tokens[i].word = "felted"


_MADE = word_set(
    "pad pads sole soles insole insoles wedge wedges ring rings liner liners slipper slippers "
    "group arm groups arms users wearers"
)
_BEFORE_MADE = word_set("and or over than with of the a vs versus favoured favored in to , against")


def _out_of(tokens: list[Token]) -> None:
    """ "four ON A SCALE OF ten" is "four out of ten"; not "on a scale of 0 to 10"."""
    for i in range(len(tokens) - 5, 0, -1):
        words = [token.word for token in tokens[i : i + 4]]
        if words != ["on", "a", "scale", "of"] or tokens[i - 1].kind not in "nw":
            continue
        if tokens[i - 1].kind == "w" and tokens[i - 1].word not in _NUMERALS:
            continue
        behind = [token.word for token in tokens[i + 5 : i + 6]]
        if tokens[i + 4].word in _TOPS and behind not in (["to"], ["-"], ["–"]):
            tokens[i].word, tokens[i + 1].word = "out", "of"
            del tokens[i + 2 : i + 4]


_TOPS = word_set("5 10 100 five ten hundred")
_NUMERALS = word_set("one two three four five six seven eight nine ten")


def _in_favour(tokens: list[Token]) -> None:
    """ "1.1 points TO THE ADVANTAGE OF wax over clay" is "in favour of"."""
    for i in range(len(tokens) - 4, 0, -1):
        words = [token.word for token in tokens[i : i + 4]]
        if words[:2] == ["to", "the"] and words[2] in _GOOD and words[3] == "of":
            tokens[i].word, tokens[i + 2].word = "in", "favour"
            del tokens[i + 1]


_GOOD = word_set("advantage benefit")


def _change_of(tokens: list[Token]) -> None:
    """ "back pain (\u0394VAS = 3.1)": the letter before a short name is "change"."""
    for i in range(len(tokens) - 1, -1, -1):
        token = tokens[i]
        if token.kind != "w" or token.raw[0] not in "\u0394\u2206":
            continue
        rest, start = token.raw[1:], token.start
        token.word = "change"
        if rest:
            token.raw, token.end = token.raw[0], start + 1
            name = Token("w", start + 1, start + 1 + len(rest), rest.lower(), 0.0, False, "", rest)
            tokens.insert(i + 1, name)


def _without_openings(tokens: list[Token]) -> None:
    """ "ON THE OTHER HAND, pain fell": words that join clauses, and no hand; they are left out."""
    for i in range(len(tokens) - 3, -1, -1):
        if i and tokens[i - 1].word not in OPENS_CLAUSE:
            continue
        for opening in _OPENINGS.get(tokens[i].word, ()):
            end = i + len(opening)
            if [token.word for token in tokens[i:end]] == opening and end < len(tokens):
                begins = tokens[i].raw[:1].isupper() and tokens[end].kind == "w"
                if begins:  # what follows begins the sentence now
                    tokens[end].raw = tokens[end].raw[:1].upper() + tokens[end].raw[1:]
                del tokens[i:end]
                break


_OPENINGS = {
    "on": [["on", "the", word, "hand", ","] for word in ("other", "one")],
    "in": [["in", "contrast", ","]],
    "by": [["by", "contrast", ","]],
}


def _down_by(tokens: list[Token]) -> None:
    """ "VAS was DOWN (BY) 38% and ODI DOWN 29%" is "fell by 38% and ODI by 29%".

    "was down 3 patients" tells no change of a score.
    """
    told = False
    for i in [i for i, token in enumerate(tokens[1:-2], 1) if token.word in _WAY_OR_STOP]:
        word = tokens[i].word
        if word == ".":
            told = False
        if word not in _WAY or tokens[i - 1].word == "-":
            continue
        if word == "down" and tokens[i - 1].word in _STATES and tokens[i + 1].word == "to":
            tokens[i - 1].word, tokens[i].word = "fell", "further"  # "was DOWN TO 2.2 on day 9"
            continue
        by = tokens[i + 1].word == "by"
        number, unit = tokens[i + 1 + by], tokens[min(i + 2 + by, len(tokens) - 1)].word
        if number.kind != "n" or not (by or unit in _AMOUNTS or "." in number.word):
            continue
        if tokens[i - 1].word in _STATES or tokens[i - 1].word in _GONE:
            tokens[i - 1].word, told = _WAY[word], True
        elif not told or by:
            continue
        if not by:
            tokens[i].word = "by"


_WAY = {"down": "fell", "up": "rose"}
_WAY_OR_STOP = _WAY.keys() | {"."}
_GONE = word_set("gone went come came")  # "had GONE DOWN 2.5 with wax and 2.2 with clay"
_STATES = word_set("was were is are been stood stayed")
_AMOUNTS = word_set("% percent per points point mm cm")


def _of_the_study(tokens: list[Token], k: int) -> bool:
    """Whether what was finished is the study: "finished THE (12-week) TRIAL"."""
    ahead = [token.word for token in tokens[k : k + 5]]
    return any(word in _WHOLE for word in ahead) and (
        not ahead or ahead[0] in _DETERMINERS or ahead[0] in _WHOLE
    )


_STOOD = word_set("was were significantly well clearly far remained stayed lay markedly")


def _operative(tokens: list[Token]) -> None:
    """ "the POST OPERATIVE pain score": one word, written in two."""
    for i in range(len(tokens) - 2, -1, -1):
        if tokens[i].word in ("post", "pre") and tokens[i + 1].word in ("operative", "operatively"):
            one, two = tokens[i], tokens.pop(i + 1)
            one.raw, one.end = f"{one.raw} {two.raw}", two.end
            one.word += two.word

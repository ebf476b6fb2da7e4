"""A decimal comma in a text that writes points elsewhere: "was 2,14 (SD 1.1)", "(p < 0.001)"."""

from __future__ import annotations

import re

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import STATE, word_set

#: A comma between one or two digits and as many, as it may stand in a text without such.
MAYBE_COMMA = re.compile(r"(?<![\d.,])\d{1,2},\d{1,2}(?![\d]|,\d|\.\d)")
_LEADS = STATE | word_set("of from to by = : vs versus averaged mean median aged sd ±")
_BEHIND = word_set(
    "( [ ± . ; with for in at and vs versus to points point cm mm years before after"
)
_OF_SCORES = word_set("vas nrs nprs vrs score scores respectively iqr range se sem about")
_SETS_AGAINST = word_set("vs versus ± to - –")
_NUMBERED = word_set(
    "group groups day days week weeks month months year years hour hours grade grades type types "
    "stage stages level levels phase phases class classes figure figures table tables reference "
    "references l t c at on visits visit sessions doses item items question questions"
)
_ENDS = _BEHIND | word_set(") ] , - – / on preoperatively postoperatively initially")


def join_stray_commas(tokens: list[Token], *, sure: bool = False) -> list[Token]:
    """ "the mean was 2,14 (1 to 6)": one number, where it is led and followed as a score is.

    One decimal ("fell from 7,1 to 4,6") only where two numbers at least stand so. A list ("groups
    1,2 and 3", "[2,14]", "at 10,20 and 30 days") is none. `sure`: the text writes commas, and here
    are those that a comma follows ("4,6, p").
    """
    short = _led(tokens, sure=sure)
    if len(short) < 2 and not sure:
        short = set()
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        token = tokens[k]
        long = k + 2 < len(tokens) and _decimal(tokens, k) and out and out[-1].word in _LEADS
        if long or k in short:
            last = tokens[k + 2]
            word = f"{token.word}.{last.word}"
            raw = f"{token.raw},{last.raw}"
            out.append(Token("n", token.start, last.end, word, float(word), token.spaced, "", raw))
            k += 3
            continue
        out.append(token)
        k += 1
    return out


#: A decimal comma with the comma of a list behind it, in a text that writes decimal commas.
MAYBE_LISTED = re.compile(r"(?<![\d.,])\d+,\d{1,2},\s")
_LEADS_LISTED = (_LEADS - {"of"}) | word_set("< > se sem mean median and")


def join_listed_commas(tokens: list[Token]) -> list[Token]:
    """ "SD 1,3, 95% CI 6,4-8,0", "to 21,4 ± 11,8, respectively": the comma behind is of a list.

    Only behind a word or sign that leads a score, or behind another score: "days 1,2, and 3" stay.
    """
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        token = tokens[k]
        parts = tokens[k : k + 4]
        led = bool(out) and (out[-1].word in _LEADS_LISTED or getattr(out[-1].mark, "kind", ""))
        if led and len(parts) == 4 and _glued_decimal(parts):
            word = f"{token.word}.{parts[2].word}"
            raw = f"{token.raw},{parts[2].raw}"
            end = parts[2].end
            out.append(Token("n", token.start, end, word, float(word), token.spaced, "", raw))
            k += 3
            continue
        out.append(token)
        k += 1
    return out


def _glued_decimal(parts: list[Token]) -> bool:
    """ "1,3," with nothing between but the comma: a number and the comma of a list."""
    whole, comma, part, behind = parts
    glued = not (comma.spaced or part.spaced or behind.spaced)
    digits = whole.raw.isdigit() and part.raw.isdigit() and len(part.raw) < 3
    return glued and digits and comma.word == behind.word == ","


def _decimal(tokens: list[Token], k: int) -> bool:
    if not _touching(tokens, k) or len(tokens[k + 2].raw) != 2:
        return False
    behind = tokens[k + 3].word if k + 3 < len(tokens) else "."
    if behind == "and" and k + 4 < len(tokens):  # "of 10,12 and 14 nuns"
        return tokens[k + 4].kind != "n" or "." in tokens[k + 4].raw
    return behind in _BEHIND


def _touching(tokens: list[Token], k: int) -> bool:
    """Whether two whole numbers of one or two digits with a comma stand at k without a blank."""
    if k < 0 or k + 2 >= len(tokens):
        return False
    whole, comma, part = tokens[k : k + 3]
    if whole.kind != "n" or comma.word != "," or part.kind != "n":
        return False
    if comma.spaced or part.spaced or not (whole.raw.isdigit() and part.raw.isdigit()):
        return False
    return len(whole.raw) < 3 and len(part.raw) < 3


def _led(tokens: list[Token], *, sure: bool) -> set[int]:
    """The places of numbers that are led as scores are, and of all others where one is.

    "was 4,1; 4,6", "4,1 (1,2) WITH WAX AND 4,6 (1,1) with cork"; not "days 1,3 and 5".
    """
    whole = [k for k in range(1, len(tokens) - 2) if _touching(tokens, k) and _ended(tokens, k + 3)]
    led = [k for k in whole if _is_led(tokens, k)]
    if not (led or sure):
        return set()
    return {k for k in whole if tokens[k - 1].word not in _NUMBERED and not _cited(tokens, k)}


def _is_led(tokens: list[Token], k: int) -> bool:
    lead = tokens[k - 1].word
    opens = lead in ("(", "[") and k + 3 < len(tokens) and tokens[k + 3].word in _SETS_AGAINST
    return opens or lead in _LEADS or lead in _OF_SCORES


def _cited(tokens: list[Token], k: int) -> bool:
    """ "[2,14]", "and 2,3": what is no decimal whatever stands beside it."""
    lead, behind = tokens[k - 1].word, tokens[k + 3].word if k + 3 < len(tokens) else ""
    listed = lead == "and" and tokens[k - 2].kind == "n" and not _touching(tokens, k - 4)
    return (lead, behind) == ("[", "]") or listed


def _ended(tokens: list[Token], k: int) -> bool:
    """ "4,1; ", "4,6 and 3,5", but not "2,3 and 4", "1,2,3"."""
    if k >= len(tokens):
        return True
    ahead = k + 1 < len(tokens) and tokens[k + 1].kind == "n"
    if tokens[k].word in ("and", "or", ",") and ahead:
        return tokens[k + 1].spaced and ("." in tokens[k + 1].word or _touching(tokens, k + 1))
    return tokens[k].word in _ENDS

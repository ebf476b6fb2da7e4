"""People counted without a noun: "at 3 years ONLY 16 ANSWERED" is "16 patients answered"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import UNIT_DAYS, names_people, word_set

_ANSWERED = word_set("answered replied responded attended returned came took")
_REACHED = word_set(
    "reached contacted traced found located interviewed examined evaluated assessed seen reviewed "
    "followed questioned left available alive"
)
_WERE = word_set("were could have had can are")
_MORE = word_set("be still again been only")
_CAME = _ANSWERED | _REACHED
_BEFORE_VERB = "|".join(sorted(_WERE | _MORE))
MAYBE_BARE = Clues(
    (" ", rf"\d (?:(?:{_BEFORE_VERB}) )*(?:{'|'.join(sorted(_CAME))})"),
    words=_CAME,
)
_ONLY = word_set("only just merely")
_OPENS = _ONLY | word_set(", . ;")


def bare_people(tokens: list[Token]) -> None:
    """ "At 3 years 16 REPLIED", "only 16 COULD BE REACHED": as "16 patients replied".

    Behind "only", a stop, or a time: not "a score of 16 came back", "wax 16 was left".
    """
    for k in range(len(tokens) - 3, 1, -1):
        if tokens[k].kind != "n" or tokens[k].flag not in ("", "word") or "." in tokens[k].word:
            continue
        before = tokens[k - 1].word
        dated = before in UNIT_DAYS and tokens[k - 2].kind == "n"
        if not (dated or before in _OPENS) or not 2 <= tokens[k].value < 1900:
            continue
        verb = k + 1
        while verb < len(tokens) - 1 and tokens[verb].word in _WERE | _MORE:
            verb += 1
        told = tokens[verb].word in _ANSWERED or (verb > k + 1 and tokens[verb].word in _REACHED)
        if told and (before in _ONLY or _dated(tokens, k)):
            at = tokens[k].end
            tokens.insert(k + 1, Token("w", at, at, "patients", raw="patients"))


def _dated(tokens: list[Token], k: int) -> bool:
    """Whether the clause of token k is opened by a time: "At 3 years, 16", "After a year 16"."""
    first = k
    while first > 0 and k - first < 12 and tokens[first - 1].word not in (".", ";", ":"):
        first -= 1
    ahead = tokens[first:k]
    return any(token.word in UNIT_DAYS for token in ahead) and not any(
        token.kind == "n" and "." in token.word for token in ahead
    )


MAYBE_REMAINING = Clues(("remaining ", r"remaining (?:\d|[a-z-]+ (?:the|their|mean|median))"))
_OTHER_SUBJECT = word_set("the mean median average their")


def remaining_people(tokens: list[Token]) -> None:
    """ "FOR THE REMAINING 23 the mean VAS fell" is "for the remaining 23 patients the mean ..."."""
    for k in range(len(tokens) - 2, 1, -1):
        number = tokens[k]
        if number.kind != "n" or "." in number.word or tokens[k - 1].word != "remaining":
            continue
        if tokens[k + 1].word in _OTHER_SUBJECT and number.flag in ("", "word"):
            tokens.insert(k + 1, Token("w", number.end, number.end, "patients", raw="patients"))


MAYBE_NUMBERED_ALL = Clues(
    ("they ", r"they (?:are|were|numbered) (?:\d|[a-z])"),
    ("there ", r"there (?:are|were) (?:\d|[a-z])"),
    (" total", r"\d in total"),
    (" all", r"\d (?:in all\b|altogether)"),
    words=word_set("all every"),
)
_THERE = {"they": word_set("are were numbered"), "there": word_set("are were")}
_BEHIND_ALL = word_set(", . ; with in altogether ) and")


def number_of_all(tokens: list[Token]) -> None:
    """ "ALL divers with wax were studied; THEY WERE 37": as "they were 37 patients".

    Not "all falls were noted; there were 37": only where the sentence tells of all people of a
    kind, and of no other people behind them.
    """
    for k in range(len(tokens) - 3, 2, -1):
        number = tokens[k]
        if number.kind != "n" or number.flag not in ("", "word") or "." in number.word:
            continue
        if not 2 < number.value < 1900 or tokens[k + 1].word not in _BEHIND_ALL:
            continue
        there = tokens[k - 1].word in _THERE.get(tokens[k - 2].word, ())
        ahead = (tokens[k + 1].word, tokens[k + 2].word)
        summed = ahead[0] == "altogether" or ahead in (("in", "total"), ("in", "all"))
        if (there or summed) and _all_people(tokens, k):
            at = number.end
            tokens.insert(k + 1, Token("w", at, at, "patients", raw="patients"))


def _all_people(tokens: list[Token], k: int) -> bool:
    """Whether the sentence of token k tells of "all (the) nuns" before it, and of no others."""
    first = k
    while first > 0 and k - first < 50 and tokens[first - 1].word != ".":
        first -= 1
    people = [m for m in range(first, k) if names_people(tokens[m].word)]
    if not people:
        return False
    near = range(people[0] - 1, max(first, people[0] - 4) - 1, -1)
    at = next((m for m in near if tokens[m].word == "all"), -1)
    if at < 0 or (at > first and tokens[at - 1].word in _LEADS):
        return False
    told = tokens[first : people[0]]
    return _LEADS.isdisjoint(token.word for token in tokens[at : people[0]]) and not any(
        token.kind == "n" and "." not in token.word for token in told
    )


_LEADS = word_set("in of for by with to from on among")

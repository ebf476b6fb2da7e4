"""Words that tell a difference, and the sign that a verb gives to its numbers."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import BETTER, CENTRES, CHANGE, DOWN, UP, WORSE, word_set

DIFFERENCE = word_set(
    "difference differences contrast gap md wmd margin differential advantage advantages "
    "superiority"
)
DIFFER = word_set("differed differ differs differing separated")
COMPARATIVE = word_set(
    "lower higher less more better worse greater smaller fewer longer shorter stronger weaker "
    "larger"
)
# What is said of a gain that was not lost: "the improvement was MAINTAINED at 1 year"
KEPT = word_set("held maintained kept preserved sustained persisted retained lasted")
OF_EFFECT = word_set("treatment intervention mean estimated group")  # "the treatment EFFECT was"
NOT_SUBJECT = word_set("after following despite without during upon before")


def sign_of(word: str) -> str:
    """ "-" of a fall, "+" of a rise, "better" or "worse" of what tells no direction, else ""."""
    if word in DOWN:
        return "-"
    if word in UP:
        return "+"
    if word in BETTER:
        return "better"
    if word in WORSE:
        return "worse"
    return ""


MORE = word_set("more greater less larger smaller")
_OPPOSITE = {"-": "+", "+": "-", "better": "worse", "worse": "better"}


def more_or_less(way: str, amount: str) -> str:
    """The sign of "improved MORE with wax" (better) and of "rose LESS with wax" (-)."""
    return way if amount not in ("less", "smaller") else _OPPOSITE.get(way, "")


def called_difference(tokens: list[Token], a: int, first: int) -> bool:
    """ "(between group DIFFERENCE 7.1, 0.3 to 13.9)": what the number at `first` is called."""
    ahead = [tokens[k].word for k in range(first - 1, max(a, first - 6) - 1, -1)]
    opened = next((k for k, word in enumerate(ahead) if word in ("(", "[")), 0)
    return opened > 0 and not DIFFERENCE.isdisjoint(ahead[:opened])


def of_cause(tokens: list[Token], start: int, k: int, first: int) -> bool:
    """ "the worst pain resulted FROM kneeling (3.2)": what made it, and not where a fall began.

    The word "from" stands at `k`. "Pain from kneeling (3.2 ± 1.1)" is one too: nothing moves in
    the clause that begins at `start`, and the value opens a bracket.
    """
    if tokens[k - 1].word in _ORIGIN:
        return True
    if not {tokens[first - 1].word, tokens[first].word} & {"(", "["} or getattr(
        tokens[k + 1].mark, "kind", ""
    ):
        return False
    return all(tokens[m].word not in _MOVING for m in range(start, first))


_ORIGIN = word_set(
    "resulted resulting results arose arising came stemmed stemming originated suffering suffered "
    "derived"
)
_MOVING = CHANGE | word_set("went to between baseline")


def of_itself(tokens: list[Token], k: int) -> bool:
    """ "the PRE-POST difference", "PRE- TO POST-TREATMENT", "WITHIN-GROUP": of one and the same."""
    words = [t.word for t in tokens[max(0, k - 9) : k] if t.word not in CENTRES]
    if words[-3:-1] == ["within", "-"] and words[-1] in _WHOM:
        return True
    if words[-1:] == ["paired"]:
        return True
    for at, word in enumerate(words):
        later = words[at + 1 :]
        if word in _BEFORE and later[:1] in (["-"], ["/"], ["\u2013"], ["to"], ["and"]):
            behind = [w for w in later if w not in _JOINS_TIMES]
            return bool(behind) and behind[0] in _LATER and len(behind) <= 2
    return False


_WHOM = word_set("group groups subject subjects patient patients person arm")
_BEFORE = word_set("pre before")
_LATER = word_set("post after")
_JOINS_TIMES = word_set("- / \u2013 to and")
# What a treatment does to a score.
LOWERING_VERBS = word_set(
    "lowered reduced decreased improved eased relieved increased raised cut diminished lessened "
    "changed altered shifted"
)

"""Short names of unknown measures in a list with a known one: "mHHS, XQ-A and VAS were ..."."""

from __future__ import annotations

from collections.abc import Callable

from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.small_words import COMMA_AND
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import STATE, word_set

_HEADS = word_set("score scores the mean median total")


def listed_acronyms(
    tokens: list[Token], a: int, b: int, known: list[Mention], acronym: Callable[[Token], bool]
) -> list[Mention]:
    """ "XHS, XQ-A, XQ-S and VAS were 79, 82, 65 and 2.9": what the first three numbers are of.

    Mentions that no record may come from, for lists of three names or more before a verb and a
    number, of which one at least is known.
    """
    ends = {m.last: m for m in known}
    out: list[Mention] = []
    for verb in range(a + 5, b - 1):
        if tokens[verb].word not in STATE or tokens[verb + 1].kind != "n":
            continue
        names = 0
        found: list[Mention] = []
        k = verb
        while k > a:
            while k > a and tokens[k - 1].word in _HEADS and k not in ends:
                k -= 1
            mention = ends.get(k)
            if mention is not None:
                k = mention.first
            elif tokens[k - 1].mark is None and acronym(tokens[k - 1]):
                last = k
                k -= 1
                while k - 2 > a and tokens[k - 1].word == "-" and tokens[k - 2].kind == "w":
                    k -= 2
                found.append(Mention(k, last, None, None, "unknown measure"))
            else:
                break
            names += 1
            while k > a and tokens[k - 1].word in ("the", "mean", "median"):
                k -= 1
            if k <= a or tokens[k - 1].word not in COMMA_AND:
                break
            while k > a and tokens[k - 1].word in COMMA_AND:
                k -= 1
        if names > 2 and 0 < len(found) < names:
            out += found
    return out


def acronyms_in_rows(
    tokens: list[Token], a: int, b: int, known: list[Mention], acronym: Callable[[Token], bool]
) -> list[Mention]:
    """ "NDI (50, 45; P < 0.01); ODI (26, 25); XWQ (37, 40)": what the last row is of.

    Behind two rows of known names at least, as groups may be told in rows of one name.
    """
    ends = {m.last: m for m in known if m.key}
    rows = 0
    out: list[Mention] = []
    for k in range(a + 1, b - 3):
        if tokens[k].word != "(" or tokens[k + 1].kind != "n" or tokens[k + 2].word != ",":
            continue
        if k in ends:
            rows += 1
            continue
        own = rows > 1 and tokens[k - 2].word == ";" and tokens[k - 1].mark is None
        if own and acronym(tokens[k - 1]):
            out.append(Mention(k - 1, k, None, None, "unknown measure"))
    return out

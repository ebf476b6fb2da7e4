"""One sentence, or an aside that was set apart from it, with everything found in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from evergrove.reading.arms.arms import Arm
from evergrove.reading.declarations import Convention
from evergrove.reading.kinds.asides_of_pairs import Aside
from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.marks import Mark
from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.count_lists import CountList
from evergrove.reading.numbers.quantities import Quantities
from evergrove.reading.numbers.scanner import Scanner
from evergrove.reading.text.by_the_way import ByTheWay
from evergrove.reading.text.tokens import Token
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Cell


@dataclass(slots=True, eq=False)
class View:
    """One sentence with everything found in it."""

    a: int
    b: int
    section: str
    times: list[Time]
    mentions: list[Mention]
    q: Quantities
    planning: list[Mark]
    convention: Convention | None = None
    arms: list[Arm] = field(default_factory=list)
    count_lists: list[CountList] = field(default_factory=list)
    words: frozenset[str] = frozenset()  # of all tokens a..b
    numbers: list[int] = field(default_factory=list)  # the tokens of all numbers in it
    doubtful: list[Cell] = field(default_factory=list)  # of a list that fitted no labels
    times_of_p: dict[int, list[Time]] = field(default_factory=dict)  # by the token of the p
    asides: list[View] = field(default_factory=list)  # differences that were set apart
    host: View | None = None  # of an aside: its sentence
    place: int = 0  # of an aside: the token that it stood ahead of
    kind: str = ""  # of an aside: difference, change or number
    ahead: bool = False  # of an aside: whether its pair stands behind it
    by_the_way: frozenset[str] = frozenset()  # words of what was said by the way in it


def give_aside(tokens: list[Token], views: list[View], aside: Aside, profile: Profile) -> None:
    """Give the sentence that an aside stood in what was found in the aside."""
    host = next((view for view in views if view.a < aside.place <= view.b), None)
    if host is None:
        return
    a, b = aside.first, aside.last
    q = Scanner(tokens, a, b, profile, set(), set()).scan()
    words = frozenset([token.word for token in tokens[a:b]])
    host.asides.append(
        View(
            a, b, host.section, [], [], q, [], words=words,
            host=host, place=aside.place, kind=aside.kind, ahead=aside.ahead,
        )
    )  # fmt: skip


def tell_by_the_way(
    tokens: list[Token], views: list[View], gone: list[ByTheWay], apart: list[Aside]
) -> None:
    """Give each sentence the words that were said by the way in it; numbers among them are none.

    The tokens that were set apart stand behind all others, in their order. `apart`: the asides that
    were moved behind the end after that, so that what stood behind them has another place.
    """
    at = len(tokens) - sum(len(one.tokens) for one in gone)
    for one in gone:
        place = one.place
        for aside in apart:  # in their order; an aside ahead leaves the place it was found at
            place -= (aside.last - aside.first) if aside.place < place else 0
        host = next((view for view in views if view.a < place <= view.b), None)
        if host is not None:
            host.by_the_way |= {token.word for token in one.tokens}
            numbers = [at + k for k, token in enumerate(one.tokens) if token.kind == "n"]
            host.q.rejected.update(dict.fromkeys(numbers, "said by the way"))
        at += len(one.tokens)

"""Whether a text may hold what a rule looks for, asked once before the rule looks at its tokens."""

from __future__ import annotations

import re


class Clues:
    """What a text may hold, each thing told by a part of it and, behind that, by a pattern.

    A part that is not there is found out many times faster than a pattern that does not match, so
    the pattern is asked only where its part stands; a part without a pattern tells by itself.

    `words`: whole words, in small letters, of which one stands in every text that has one of the
    parts, where there are such words. All words of a text are asked for in one look.
    """

    __slots__ = ("_told", "words")

    def __init__(
        self,
        *told: str | tuple[str, str],
        ignore_case: bool = False,
        words: frozenset[str] = frozenset(),
    ) -> None:
        flags = re.IGNORECASE if ignore_case else 0
        self.words = words
        self._told = tuple(
            (one, None) if isinstance(one, str) else (one[0], re.compile(one[1], flags))
            for one in told
        )

    def within(self, text: str, said: frozenset[str] | None = None) -> bool:
        """Whether the text holds one of them; `said`: all its words, in small letters."""
        if self.words and said is not None and said.isdisjoint(self.words):
            return False
        for part, pattern in self._told:
            if part in text and (pattern is None or pattern.search(text) is not None):
                return True
        return False

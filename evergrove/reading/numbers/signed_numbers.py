"""Numbers with their signs, pairs of numbers, and the unit behind a list of numbers."""

from __future__ import annotations

from collections.abc import Callable

from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.numbers.quantities import Quantities
from evergrove.reading.text.tokens import Token, close_bracket
from evergrove.reading.text.words import PRE_WORDS, STATE, word_set

_READ_NUMBER_WORDS = word_set("- − – + minus plus —")
_SIGN_BEFORE_WORDS = word_set("- − – —")
_READ_PAIR_WORDS = word_set("to - – — , ; and / − through : until till")
# A dash apart from both its neighbours is a sign behind these, where nothing could be joined.
_JOINS_SIGNED = word_set("and or vs versus with against than to ,")
_FAR = 40
_LEAD_SIGN = word_set("by of was were is being averaged averaging equalled amounted")
#: What joins the numbers of a list whose unit stands behind the last.
IN_LIST = word_set(", and or to")
_NEVER_IN_NAMES = word_set("of by with than vs versus and")


class _Words(dict[int, str]):
    """The words of a sentence by their tokens, and "" for any other token."""

    def __missing__(self, i: int) -> str:
        return ""


class NumberReader:
    """Numbers with their signs and pairs of numbers in tokens a..b."""

    def __init__(
        self,
        tokens: list[Token],
        a: int,
        b: int,
        profile: Profile,
        busy: set[int],
        lengths: set[int],
        words: list[str] | None = None,
    ) -> None:
        """`words`: those of tokens a..b, where the caller has them."""
        self.t, self.a, self.b, self.profile = tokens, a, b, profile
        self.busy = busy  # tokens that belong to times or names
        self.lengths = lengths  # tokens of lengths of time that are no time of measurement
        self.q = Quantities()
        if words is None:
            words = [token.word for token in tokens[a:b]]
        self.words = _Words(enumerate(words, a))
        #: The word of token i; "" outside a..b. (Asked for so often that a method would be slow.)
        self.word: Callable[[int], str] = self.words.__getitem__

    def is_number(self, i: int) -> bool:
        return (
            self.a <= i < self.b
            and self.t[i].kind == "n"
            and i not in self.busy
            and self.t[i].flag in ("", "word")
        )

    def read_number(self, i: int) -> tuple[float, str, int, int] | None:
        """(signed value, sign, its token, next) of a number, with its sign, that begins at i."""
        sign = ""
        word = self.word(i)
        if word in _READ_NUMBER_WORDS:
            if not self.is_number(i + 1):
                return None
            sign = "+" if word in ("+", "plus") else "-"
            i += 1
        if not self.is_number(i):
            return None
        value = self.t[i].value
        return (-value if sign == "-" else value), sign, i, i + 1

    def sign_before(self, i: int) -> str:
        """The sign of the number at i, if the dash before it is a sign and no range or hyphen."""
        word = self.word(i - 1)
        if word in ("minus", "+", "plus"):
            return "+" if word != "minus" else "-"
        if word not in _SIGN_BEFORE_WORDS:
            return ""
        dash = self.t[i - 1]
        before = self.t[i - 2] if i - 2 >= self.a else None
        if before is None:
            return "-"
        if before.kind == "n" or before.word in ("%", "°"):
            # "2.3 -0.5" is a sign, "2.3-0.5" and "2.3 - 0.5" are ranges.
            return "-" if dash.spaced and not self.t[i].spaced and word != "—" else ""
        if word == "−":
            return "-"
        if self.t[i].spaced and before.word in _JOINS_SIGNED and self._signed_so(i):
            return "-"  # "was – 2.4 with wax and – 0.7 with clay"
        if before.kind == "w":
            led = dash.spaced or before.word in STATE or self.space_lost(i)  # "was-2.6"
            apart = self.t[i].spaced and before.word not in _LEAD_SIGN
            return "-" if led and not apart else ""  # "changed by – 1.9 points", "was – 1.9"
        if self.t[i].spaced and word in ("–", "—"):
            # "change at 3 weeks: – 1.2 (– 2.0 to – 0.4)": a sign with a space behind it
            return "-" if before.word in (":", "=", "(", "[") else ""
        return "-"

    def _signed_so(self, i: int) -> bool:
        """Whether a number before this one has the same dash for its sign, with a space behind."""
        dash = self.word(i - 1)
        return any(
            self.t[k].spaced and self.word(k - 1) == dash and self.sign_before(k) == "-"
            for k in range(i - 3, max(self.a + 1, i - _FAR), -1)
            if self.t[k].kind == "n"
        )

    def space_lost(self, i: int) -> bool:
        """ "a fall of-3.6", "as estimated-3.9 ± 2.2": no name ends so, and the dash is a sign."""
        word = self.word(i - 2)
        if word in _NEVER_IN_NAMES:
            return self.word(i - 3) != "-" and ("." in self.word(i) or self.word(i + 1) == "±")
        return word.endswith("ed") and len(word) > 5 and self.word(i + 1) == "±"

    def _top_of_scale(self, j: int) -> int:
        """ "3/10 to 9/10": behind the top of the scale that follows a number, or `j`."""
        scaled = self.word(j) == "/" and self.word(j + 1) in ("10", "100") and self.is_number(j + 1)
        return j + 2 if scaled else j

    def read_pair(self, i: int) -> tuple[list[float], list[int], int] | None:
        """Two numbers joined by to, dash, comma, semicolon, and, slash: values, tokens, next."""
        bracket = self.word(i) in ("(", "[")
        low = self.read_number(i + bracket)
        if low is None:
            return None
        j = low[3]
        while self.word(j) in self.profile.measure_units or self.word(j) == "%":
            j += 1
        if self.word(j) == "/" and self.word(j + 2) in ("to", "-", "–"):
            j = self._top_of_scale(j)
        if self.word(j) not in _READ_PAIR_WORDS:
            return None
        ahead = j
        while self.word(ahead) in (",", ";", "and", "/", "-", "–", "to"):
            ahead += 1  # also "minimum 2–maximum 9"
        if self.word(ahead) in ("max", "maximum", "q3", "p75"):
            j = ahead + (self.word(ahead + 1) in ("=", ":", "of"))
        high = self.read_number(j + 1)
        if high is None:
            return None
        end = self._top_of_scale(high[3])
        while self.word(end) in self.profile.measure_units or self.word(end) == "%":
            end += 1
        if bracket and self.word(end) in (")", "]"):
            end += 1
        return [low[0], high[0]], [low[2], high[2]], end

    def close_of(self, i: int) -> int | None:
        return close_bracket(self.t, i, self.b)

    def two_kinds(self, i: int) -> bool:
        """ "VAS and daily morphine were 3.5 and 36 mg": the unit is that of the second alone."""
        before = [self.t[k].mark for k in range(self.a, i)]
        named = [k for k, mark in enumerate(before) if getattr(mark, "kind", "") == "measure"]
        other = [k for k, mark in enumerate(before) if getattr(mark, "kind", "") == "veto"]
        if not named or not other:
            return False
        gap = {self.word(self.a + k) for k in range(named[-1], other[-1])}
        return "and" in gap and other[-1] > named[-1]

    def unit_of_list(self, i: int) -> str:
        """The unit behind the last of several numbers: "125 and 250 mg"."""
        j = i + 1
        if self.word(j) not in IN_LIST:
            return ""
        if self.word(j) == "," and self.word(j + 1) == "or" and self.word(j + 3) == "%":
            return ""  # "fell by 2.4, OR 42%": the same in another unit
        if self.word(j) == "or" and self.word(j + 2) == "%" and self.word(j + 3) == "of":
            ahead = {self.word(k) for k in range(j + 4, j + 7)}
            if ahead & (PRE_WORDS | {"initial", "baseline"}):
                return ""  # "was 4.2 OR 50% OF THE PREOPERATIVE value"
        listed = self.word(i - 1) == "," and self.is_number(i - 2)
        two = self.word(j) == "," and self.word(j + 1) == "and" and not listed
        if two and self.word(j + 3) == "%":
            return ""  # "fell to 2.4, AND 64% stopped opioids": no list of two
        framed = "from" in [self.word(k) for k in range(max(self.a, i - 6), i)]
        while self.word(j) in IN_LIST and j - i < 12:
            if self.word(j) == "to" and framed:
                return ""  # "from 52% and 7.0 to 27% and 3.1"
            j += 1
            if self.word(j) in ("and", "or"):
                j += 1
            if not self.is_number(j):
                return ""
            j += 1
        return self.word(j) if j > i + 1 and not self._own_unit(i, j) else ""

    def _own_unit(self, i: int, j: int) -> bool:
        """ "VAS, morphine and ODI were 3.1, 42 MG AND 18": whether the unit at j is of one alone.

        The list goes on behind it with a number of no unit or of another, and a measure is named.
        """
        k = j + 1
        while self.word(k) in (",", "and", "or"):
            k += 1
        if k == j + 1 or not self.is_number(k) or self.word(k + 1) == self.word(j):
            return False
        marks = [self.t[m].mark for m in range(self.a, i)]
        return any(getattr(mark, "kind", "") == "measure" for mark in marks)

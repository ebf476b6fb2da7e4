"""Numbers in context, before any meaning: centre with spread, p, n, fraction, threshold, scale.

A `Value` is a number that may be a result, with everything that is printed as belonging to it.
Numbers that cannot be one are put down with a reason in `Quantities.rejected`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from evergrove.reading.lexicon import Profile
from evergrove.reading.text import Token
from evergrove.reading.words import (
    APPROXIMATE,
    CHANGE,
    CHANGE_NOUNS,
    PEOPLE,
    STATE,
    STATISTIC,
    UNIT_DAYS,
    VERBS,
    is_content,
)

_DASHES = frozenset("-–−—")
_NAMED_BY_NUMBER = frozenset(
    "grade level stage type phase class version figure table group groups arm step part fig no cohort "
    "category site center centre experiment model trial protocol score-of covid icd dsm appendix "
    "supplement ref reference references section chapter schedule region segment windows nct isrctn".split()
)
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr "
    "jun jul aug sep sept oct nov dec".split()
)
# Statistics that are also printed without an equals sign: "OR 2.4".
_BARE_STATISTICS = frozenset("OR HR RR AUC ICC SMD NNT aOR aHR aRR IRR RD WMD AOR AHR ARR SUCRA".split())
_ELLIPTICAL = frozenset("with who received receiving underwent undergoing had treated given assigned allocated to in were without".split())
FEW = frozenset("each per apiece analysed analyzed randomised randomized left remaining remained completed completers evaluable assessed enrolled available complete included responded reporting followed".split())


@dataclass(slots=True)
class Spread:
    """`kind`: sd, se, pm, paren, iqr, iqr_width, range, ci, pair. One or two number tokens."""

    kind: str
    values: tuple[float, ...]
    at: tuple[int, ...]
    level: int | None = None
    stated: bool = False
    level_at: int | None = None


@dataclass(slots=True)
class P:
    """A printed p: operator (= < > ns), number and its tokens first..last."""

    op: str
    value: float | None
    first: int
    last: int
    start: int
    zero: bool = False
    scope: str = ""


@dataclass(slots=True)
class Count:
    """A number of people or things. `of` is the token of the denominator; `each`: per group."""

    value: int
    at: int
    last: int
    noun: str = ""
    of: int | None = None
    each: bool = False
    bracket: bool = False
    equals: bool = False


@dataclass(slots=True)
class Value:
    """A number that may be a result; `at` is its token, first..last all that belongs to it."""

    at: int
    first: int
    last: int
    value: float
    sign: str = ""
    unit: str | None = None
    percent: bool = False
    spreads: list[Spread] = field(default_factory=list)
    n: Count | None = None
    p: P | None = None
    adjectival: bool = False
    approximate: bool = False
    scale_top: int | None = None
    loose: bool = False


@dataclass(slots=True)
class Quantities:
    """All numbers of one sentence."""

    values: list[Value] = field(default_factory=list)
    ps: list[P] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    rejected: dict[int, str] = field(default_factory=dict)
    lists: list[tuple[int, list[Spread]]] = field(default_factory=list)
    scales: list[tuple[float, float, int | None, int, int, str]] = field(default_factory=list)
    approximate: bool = False


class Scanner:
    """One pass over the tokens of one sentence; `scan()` gives its quantities."""

    def __init__(self, tokens: list[Token], a: int, b: int, profile: Profile, busy: set[int], lengths: set[int]) -> None:
        self.t, self.a, self.b, self.profile = tokens, a, b, profile
        self.busy = busy  # tokens that belong to times or names
        self.lengths = lengths  # tokens of lengths of time that are no time of measurement
        self.q = Quantities()

    def word(self, i: int) -> str:
        return self.t[i].word if self.a <= i < self.b else ""

    def is_number(self, i: int) -> bool:
        return (
            self.a <= i < self.b
            and self.t[i].kind == "n"
            and i not in self.busy
            and self.t[i].flag in ("", "word")
        )

    def scan(self) -> Quantities:
        i = self.a
        while i < self.b:
            token = self.t[i]
            if token.kind == "n":
                i = self.at_number(i)
            elif token.kind == "w":
                i = self.at_word(i)
            elif token.word in "([":
                i = self.at_bracket(i)
            else:
                i += 1
        return self.q

    # -- words -----------------------------------------------------------------------------------
    def at_word(self, i: int) -> int:
        word = self.word(i)
        if word == "p":
            found = self.read_p(i)
            if found is not None:
                self.q.ps.append(found)
                return found.last
        if word == "n":
            count = self.read_n(i)
            if count is not None:
                self.q.counts.append(count)
                return count.last
        if word in STATISTIC and self.word(i + 1) in ("=", "<", ">", "≥", "≤", "²"):
            j = i + 2 + (self.word(i + 1) == "²")
            number = self.read_number(j)
            if number is not None:
                self.q.rejected[number[2]] = f"statistic {word}"
                j = number[3]
                while self.word(j) in ("%", "to", "-", "–", ",") and self.is_number(j + 1) and self.word(j) != ",":
                    self.q.rejected[j + 1] = f"statistic {word}"
                    j += 2
                return j
        raw = self.t[i].raw
        if raw in _BARE_STATISTICS and self.is_number(i + 1 + (self.word(i + 1) in (",", ":", "of", "was"))):
            at = i + 1 + (self.word(i + 1) in (",", ":", "of", "was"))
            value = self.read_value(at)
            self.reject(value, f"statistic {raw}")
            return value.last
        label = self.label(i)
        if label is not None:
            return self.loose_label(i, label)
        return i + 1

    def loose_label(self, i: int, label: tuple[str, int, int | None]) -> int:
        """A spread that stands outside brackets: "..., with SDs of 1.1 and 1.3"."""
        spreads, j = self.read_labelled(label)
        if not spreads:
            return label[1] if label[1] > i else i + 1
        self.attach(spreads, i)
        return j

    def attach(self, spreads: list[Spread], i: int) -> None:
        """Give spreads that were read at token i to the value before, or keep them as a list."""
        if self._after_time(i):
            for spread in spreads:
                for at in spread.at:
                    self.q.rejected[at] = "spread of a length of time"
            return
        open_values = [value for value in self.q.values if not value.spreads]
        last = self.q.values[-1] if self.q.values else None
        if len(spreads) == 1 and last is not None and not last.spreads and self.word(spreads[0].at[-1] + 1) not in ("in", "for"):
            last.spreads.append(spreads[0])
            last.loose = True
        elif open_values:
            self.q.lists.append((i, spreads))
        else:
            for spread in spreads:
                for at in spread.at:
                    self.q.rejected.setdefault(at, "spread without its centre")

    def _after_time(self, i: int) -> bool:
        """Whether a length of time stands right before: "mean 28 months; range, 12-60"."""
        for k in range(i - 1, max(self.a, i - 5), -1):
            if k in self.lengths:
                return True
            if self.word(k) not in (",", ";", "(", "[", "with", "a", "old", "and"):
                return False
        return False

    # -- p and n ---------------------------------------------------------------------------------
    def read_p(self, i: int) -> P | None:
        j = i + 1
        scope = ""
        if self.word(j) in ("value", "values", "-"):
            j += 1 + (self.word(j) == "-" and self.word(j + 1).startswith("value"))
        steps = 0
        while self.word(j) in ("for", "of", "trend", "interaction", "difference", "all", "both", "adjusted", "was", "values", "value", "the"):
            scope = "interaction" if self.word(j) in ("interaction", "trend") else scope
            j += 1
            steps += 1
            if steps > 3:
                return None
        op = self.word(j)
        if op in ("=", "<", ">", "≤", "≥", ":"):
            j += 1
            if op in ("<", ">") and self.word(j) == "=":
                j += 1
            if self.word(j) in ("ns",):
                return P("ns", None, j, j + 1, i, scope=scope)
        elif self.word(j) == "ns":
            return P("ns", None, j, j + 1, i, scope=scope)
        elif not (self.t[j - 1].word in ("was", "of", "value", "values") and self.a <= j < self.b and self.t[j].kind == "n"):
            return None
        if self.word(j) in ("or", "approximately"):
            j += 1
        if not (self.a <= j < self.b) or self.t[j].kind != "n" or j in self.busy:
            return None
        token, last = self.t[j], j + 1
        if token.flag == "id":
            parts = token.word.split(".")
            value, last = self._power_of_ten(j, float(".".join(parts[:2])), parts[2:] == ["10"])
        elif (token.value == int(token.value) and "." in token.word and token.word.endswith(".10")):
            value, last = self._power_of_ten(j, float(int(token.value)), True)
        else:
            value, last = self._power_of_ten(j, token.value, False)
        if value is None or not 0 <= value <= 1:
            for k in range(j, last):
                if self.t[k].kind == "n":
                    self.q.rejected[k] = "p that cannot be read"
            return P("?", None, j, last, i, scope=scope)
        symbol = {"≤": "<", "≥": ">", ":": "="}.get(op, op)
        if symbol not in ("=", "<", ">"):
            symbol = "="
        if value == 0:
            digits = len(token.word.partition(".")[2])
            return P("<", 0.5 * 10.0**-digits, j, last, i, zero=True, scope=scope)
        return P(symbol, value, j, last, i, scope=scope)

    def _power_of_ten(self, j: int, value: float, ten_read: bool) -> tuple[float | None, int]:
        """ "3 × 10−4", "1.2e-5", "2.9.10-4": the value and the end; None if it is malformed."""
        k = j + 1
        if not ten_read:
            if self.word(k) in ("×", "x", "·", "⋅") and self.word(k + 1) == "10":
                k += 2
            elif self.word(k) in ("e",) and not self.t[k].spaced:
                k += 1
            else:
                return (value, j + 1) if value <= 1 else (None, j + 1)
        if self.word(k) in ("^",):
            k += 1
        sign = self.word(k) in _DASHES
        if sign and k + 1 < self.b and self.t[k + 1].kind == "n":
            return float(f"{value!r}e-{int(self.t[k + 1].value)}"), k + 2
        return None, k

    def read_n(self, i: int) -> Count | None:
        j = i + 1
        if self.word(j) not in ("=", ":") or not self.is_number(j + 1):
            return None
        at = j + 1
        value = self.t[at].value
        if value != int(value):
            return None
        last, of = at + 1, None
        if self.word(last) in ("/", "of") and self.is_number(last + 1):
            of, last = last + 1, last + 2
        each = any(self.word(k) in ("each", "per", "both") for k in range(last, last + 3))
        return Count(int(value), at, last, "", of, each, True, True)

    # -- numbers ---------------------------------------------------------------------------------
    def read_number(self, i: int) -> tuple[float, str, int, int] | None:
        """(signed value, sign, its token, next) of a number, with its sign, that begins at i."""
        sign = ""
        word = self.word(i)
        if word in ("-", "−", "–", "+", "minus", "plus", "—"):
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
        if word not in ("-", "−", "–", "—"):
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
        if before.kind == "w":
            return "-" if dash.spaced and not self.t[i].spaced else ""
        if self.t[i].spaced and word in ("–", "—"):
            return ""
        return "-"

    def read_pair(self, i: int) -> tuple[list[float], list[int], int] | None:
        """Two numbers joined by to, dash, comma, semicolon, and, slash: values, tokens, next."""
        bracket = self.word(i) in ("(", "[")
        low = self.read_number(i + bracket)
        if low is None:
            return None
        j = low[3]
        while self.word(j) in self.profile.measure_units or self.word(j) == "%":
            j += 1
        if self.word(j) not in ("to", "-", "–", "—", ",", ";", "and", "/", "−", "through", ":", "until", "till"):
            return None
        high = self.read_number(j + 1)
        if high is None:
            return None
        end = high[3]
        while self.word(end) in self.profile.measure_units or self.word(end) == "%":
            end += 1
        if bracket and self.word(end) in (")", "]"):
            end += 1
        return [low[0], high[0]], [low[2], high[2]], end

    def at_number(self, i: int) -> int:
        token = self.t[i]
        if i in self.busy or token.mark is not None:
            # "3 weeks (IQR 2-5)": the spread of a length of time.
            return i + 1
        if token.flag == "ord":
            self.q.rejected.setdefault(i, "ordinal")
            return i + 1
        if token.flag == "id":
            self.q.rejected.setdefault(i, "number of a version or list")
            return i + 1
        label = self.label(i)
        if label is not None:
            return self.loose_label(i, label)
        reason = self.not_a_value(i)
        if reason is not None:
            self.q.rejected.setdefault(i, reason)
            return self._reject_spread(i + 1, reason)
        scale = self.read_scale(i)
        if scale:
            return scale
        if token.flag == "word":
            return self.word_number(i)
        count = self.read_count(i)
        if count is not None:
            self.q.counts.append(count)
            return count.last
        if self.word(i + 1) in ("-", "–") and self.is_number(i + 2) and not self.t[i + 2].spaced and not self.sign_before(i):
            self.q.rejected[i] = self.q.rejected[i + 2] = "range"
            return i + 3
        value = self.read_value(i)
        reason = self.unit_reason(value)
        if reason is not None:
            self.reject(value, reason)
        else:
            self.q.values.append(value)
        return value.last

    def unit_reason(self, value: Value) -> str | None:
        """Why a value is none, from the unit behind its spread ("38 ± 9 min", "72 ± 8 years")."""
        if not value.spreads or value.unit is not None:
            return None
        for j in (value.last, max(at for s in value.spreads for at in s.at) + 1):
            word = self.word(j) if self.word(j) != "-" else self.word(j + 1)
            if word in UNIT_DAYS and word not in ("h", "d"):
                old = self.word(j + 1) in ("old", "of") or "year" in word or word in ("y", "yr", "yrs")
                return "age or duration" if old else "duration"
            if word in self.profile.veto_units and (len(word) > 1 or self.t[j].raw == word):
                return self.profile.veto_units[word]
        return None

    def reject(self, value: Value, reason: str) -> None:
        self.q.rejected[value.at] = reason
        for spread in value.spreads:
            for at in spread.at:
                self.q.rejected[at] = f"{reason}, spread"
        if value.n is not None:
            self.q.counts.append(value.n)
        if value.p is not None:
            self.q.ps.append(value.p)

    def _reject_spread(self, j: int, reason: str) -> int:
        """Skip what belongs to a number that was put aside: its unit and ± or bracketed spread."""
        k = j
        while self.word(k) in self.profile.veto_units:
            k += 1
        if self.word(k) in ("±", "(", "[") and self.is_number(k + 1):
            at = k + 1
            if self.word(k) == "±" or self.word(at + 1) in (")", "]", "-", "–"):
                self.q.rejected[at] = f"{reason}, spread"
                if self.word(at + 1) in ("-", "–") and self.is_number(at + 2):
                    self.q.rejected[at + 2] = f"{reason}, spread"
                    return at + 3
                return at + 1
        return j

    def word_number(self, i: int) -> int:
        """A number in words is a value only as "seven out of ten" or after "a mean of"."""
        j = i + 1
        out_of = self.word(j) == "out" and self.word(j + 1) == "of" and self.is_number(j + 2)
        lead = {self.word(i - 2), self.word(i - 3)} & {"mean", "median", "average", "averaging", "score", "scores"}
        if self.word(i - 1) in ("averaged", "averaging"):
            lead = {"averaged"}
        led = self.word(i - 1) in ("from", "to", "by", "averaged") and j < self.b and (
            self.t[j].kind == "s" or self.word(j) in ("to", "at", "in", "after", "on", "by", "over", "within", "and", "point", "points", "with", "for")
        )
        moved = led and any(self.word(k) in CHANGE | STATE for k in range(self.a, i)) and any(
            getattr(self.t[k].mark, "kind", "") in ("measure", "compound") for k in range(self.a, i)
        )
        if out_of or moved or (lead and self.word(i - 1) in ("of", "was", "at", "to", "averaged")) or (
            self.word(j) in ("point", "points") and self.word(i - 1) in ("by", "of", "from", "to")
        ):
            value = Value(i, i, j, self.t[i].value)
            if out_of:
                value.scale_top, value.last = j + 2, j + 3
            self.finish_value(value, value.last)
            self.q.values.append(value)
            return value.last
        count = self.read_count(i)
        if count is not None:
            self.q.counts.append(count)
            return count.last
        return j

    def not_a_value(self, i: int) -> str | None:
        """Why the number at i can be no result, from the tokens beside it; None if it may be."""
        token = self.t[i]
        before, after = self.word(i - 1), self.word(i + 1)
        if before in ("<", ">", "≥", "≤") or (before == "=" and self.word(i - 2) in ("<", ">")):
            return "threshold"
        if before in ("least", "most") and self.word(i - 2) == "at":
            return "threshold"
        if before == "than" and self.word(i - 2) in ("more", "less", "greater", "fewer", "higher", "lower", "better", "worse", "larger"):
            return "threshold"
        if before == "to" and self.word(i - 2) in ("up", "equal"):
            return "threshold"
        ahead = i + 2 if after == "%" or after in self.profile.measure_units else i + 1
        if before in ("of", "/") and i - 2 in self.q.rejected and token.value in (5, 10, 100):
            return "threshold"
        if self.word(ahead) in ("or", "and") and self.word(ahead + 1) in ("more", "less", "greater", "higher", "above", "lower", "fewer", "over"):
            return "threshold"
        if before == "±" and i - 2 >= self.a and (i - 2 in self.busy or self.t[i - 2].kind != "n"):
            return "spread of a length of time" if i - 2 in self.busy or self.word(i - 2) in UNIT_DAYS else None
        if token.value == int(token.value) and 1900 <= token.value <= 2099 and "." not in token.word:
            near = {before, self.word(i - 2), after}
            if near & (_MONTHS | {"in", "since", "between", "from", "to", "and", "until", "through", "during", "-", "–", "(", "of", "year", ",", "before", "after", "till"}):
                return "year"
        if before in _MONTHS or (after in _MONTHS and after != "may") or (before == "," and self.word(i - 3) in _MONTHS):
            return "date"
        if before in _NAMED_BY_NUMBER and token.value == int(token.value):
            return "part of a name"
        if before in ("-", "/") and not token.spaced and i - 2 >= self.a and self.t[i - 2].kind == "w" and not self.t[i - 1].spaced:
            return "part of a name"
        if after in self.profile.veto_units:
            unit = self.t[i + 1]
            if len(after) > 1 or after in "°€$" or (unit.raw == after):
                if not (after in ("l", "m", "n", "c", "k", "w", "s", "v", "j", "g") and self.word(i + 2) in ("=", "(")):
                    return self.profile.veto_units[after]
        if before == "of" and self.word(i - 2) in (")", "%") and token.value == int(token.value) and "." not in token.word:
            return "number of people"
        if before in ("€", "$", "£"):
            return "cost"
        if after in ("sd", "sds") and not self.is_number(i + 2) and self.word(i + 2) not in ("=", "of", ",", ":"):
            return "standardised difference"
        if after == "-" and not self.t[i + 1].spaced and self.word(i + 2) in self.profile.veto_units:
            return self.profile.veto_units[self.word(i + 2)]
        return None

    def read_scale(self, i: int) -> int:
        """ "0-10", "0 to 100", "10-point", "100-mm line", "seven out of ten": the end, or 0."""
        token = self.t[i]
        before = self.word(i - 1)
        if token.value in (0.0, 1.0) and "." not in token.word and self.word(i + 1) in ("-", "–", "to", "−", "through"):
            high = self.t[i + 2] if i + 2 < self.b else None
            if high is not None and high.kind == "n" and high.value == int(high.value) and (
                high.value in (3, 4, 5, 6, 7, 10, 11, 20, 24, 27, 48, 50, 63, 68, 96, 100, 24) and i + 2 not in self.busy
            ):
                lead = {self.word(k) for k in range(max(self.a, i - 4), i)}
                centre = self.q.values and self.q.values[-1].last >= i - 2
                labelled = lead & {"range", "iqr", "ci", "interquartile", "ranged", "ranging", "quartiles"}
                beside = before in ("(", "[") and centre and self.q.values[-1].last == i - 1
                if not labelled and not beside:
                    self.q.scales.append((token.value, high.value, i, i + 2, i, self._scale_unit(i + 3)))
                    self.q.rejected[i] = self.q.rejected[i + 2] = "scale"
                    return i + 3
        j = i + 1
        dash = self.word(j) == "-" and self.t[j].kind == "s"
        j += dash
        unit = self.word(j)
        if unit in ("point", "points", "item", "mm", "cm", "millimetre", "millimeter", "step", "degree"):
            then = [self.word(k) for k in range(j + 1, j + 6)]
            near = {"scale", "line", "vas", "nrs", "score", "rating", "numeric", "numerical", "visual", "likert", "analog", "analogue", "nprs"} & set(then)
            names = any(self.t[k].mark is not None for k in range(j + 1, min(j + 4, self.b)))
            if (near or names) and then[:1] not in ([","], ["."], ["on"], ["in"], ["("], ["of"], ["for"]):
                if unit in ("point", "points") and not dash and not (near & {"scale"}):
                    return 0
                change = set(then) & CHANGE_NOUNS
                if token.value in (5, 6, 7, 10, 11, 100, 101, 4) and not change:
                    top = {11: 10.0, 101: 100.0}.get(int(token.value), token.value)
                    self.q.scales.append((0.0, top, None, i, i, unit if unit in ("mm", "cm") else ""))
                    self.q.rejected[i] = "scale"
                    return j
        return 0

    def _scale_unit(self, j: int) -> str:
        return self.word(j) if self.word(j) in ("mm", "cm") else ""

    def read_count(self, i: int) -> Count | None:
        """A whole number of people or things, or an event fraction; None if it may be a value."""
        token = self.t[i]
        if token.value != int(token.value) or "." in token.word or self.sign_before(i):
            return None
        value = int(token.value)
        j = i + 1
        after = self.word(j)
        # "12 of 14", "31/50": a part of a whole.
        if after in ("of", "/") and (after == "of" or not self.t[j].spaced):
            k = j + 1
            while self.word(k) in ("the", "all", "these", "our"):
                k += 1
            if self.is_number(k) and self.t[k].value == int(self.t[k].value) and self.t[k].value >= token.value:
                if after == "/" and self.t[k].value == 10 and self.word(k + 1) != "patients":
                    return None
                if after == "/" and self.word(k + 1) == "/":
                    return None
                end = k + 1
                noun = self._noun(end)
                return Count(value, i, end, noun or "of", k, False, self._in_bracket(i))
        if after == "%" or after in self.profile.measure_units or after in ("±", "(", "[", "/", "°"):
            if after in ("(", "[") and self._percent_bracket(j):
                return Count(value, i, j, "events", None)
            return None
        if after in ("each", "per", "apiece") or (after in ("in", "to", "for") and self.word(j + 1) in ("each", "both", "either")):
            if self.word(i - 1) not in ("was", "were", "averaged"):
                return Count(value, i, j + 1, "", None, True, self._in_bracket(i))
        if self.t[i].flag != "word" and self.word(i - 1) in ("was", "were", "averaged", "=", "±", "from") and after not in PEOPLE:
            return None
        noun = self._noun(j)
        if noun:
            return Count(value, i, j, noun, None, False, self._in_bracket(i))
        if token.flag != "word" and self.word(i - 1) in ("in", "among", "amongst") and after not in ("of", "mm", "cm"):
            return Count(value, i, j, "", None, False, False)
        if after in VERBS and self.word(i - 1) in (",", "these", ":", ";", "", "whom", "which") and after not in STATE:
            return Count(value, i, j, "", None, False, False)
        if self._elliptical_count(i):
            return Count(value, i, j, "", None, False, self._in_bracket(i))
        if token.flag == "word":
            return None
        # "29 and 15 people": the noun after the last number counts for both.
        if after in ("and", "or", ",") and self.is_number(j + 1) and self.t[j + 1].value == int(self.t[j + 1].value) and "." not in self.t[j + 1].word:
            if self._noun(j + 2) in PEOPLE:
                return Count(value, i, j, self._noun(j + 2), None, False, self._in_bracket(i))
        if after in (")", ",", ";") and self.q.counts and not self.q.values and self._named_count(i):
            return Count(value, i, j, "", None, False, True)
        if self.word(i - 1) in PEOPLE and after in (")", ",", ";"):
            return Count(value, i, j, self.word(i - 1), None, False, self._in_bracket(i))
        return None

    def _named_count(self, i: int) -> bool:
        """ "(MOR 21, LDK 24)": short names with their numbers in a bracket behind a count."""
        before = self.t[i - 1] if i > self.a else None
        return (
            before is not None
            and before.kind == "w"
            and before.mark is None
            and self.word(i - 2) in ("(", "[", ",", ";", "and")
            and is_content(before.word)
        )

    def _elliptical_count(self, i: int) -> bool:
        """ "204 with fractures and 39 with lesions": a count whose noun stands elsewhere."""
        if self.word(i + 1) not in _ELLIPTICAL or self.word(i - 1) not in (",", "and", "(", ":", ";", "") and i > self.a:
            return False
        if self.q.values:
            return False
        # Not behind a measure and its verb: "pain was 7 and 3 with tape".
        for k in range(self.a, i):
            if self.t[k].mark is not None and getattr(self.t[k].mark, "kind", "") == "measure":
                if any(self.word(m) in STATE | CHANGE for m in range(k, i)):
                    return False
        return bool(self.q.counts) or self.word(i + 1) in ("received", "underwent", "receiving", "undergoing", "who")

    def _noun(self, j: int) -> str:
        """The noun that a count before j counts: "27 violinists", "26 consecutive older patients"."""
        if not (self.a <= j < self.b) or self.t[j].kind != "w":
            return ""
        if self.word(j) in UNIT_DAYS or self.word(j) in self.profile.measure_units or self.word(j) in STATISTIC:
            return ""
        if self.word(j) in FEW:
            return self.word(j)
        best = ""
        for k in range(j, min(j + 5, self.b)):
            token = self.t[k]
            if token.word == "-":
                continue
            if getattr(token.mark, "kind", "") in ("veto", "other"):
                return token.word
            if token.kind != "w" or token.mark is not None and token.word not in PEOPLE:
                break
            if token.word in PEOPLE:
                return token.word
            if not is_content(token.word) or token.word.endswith("ly"):
                if (token.word == "elderly" or token.word.endswith("ed")) and k < j + 3 and k == j:
                    continue
                break
            best = token.word
            if token.word.endswith("s") and not token.word.endswith(("ss", "us", "is")):
                break
        return best

    def _in_bracket(self, i: int) -> bool:
        return self.word(i - 1) in ("(", "[") or (self.word(i - 1) in ("=", ",", ";") and self.word(i - 2) != "")

    def _percent_bracket(self, j: int) -> bool:
        return self.is_number(j + 1) and self.word(j + 2) == "%" and self.word(j + 3) != "ci" and not (
            self.word(j + 3) == "confidence"
        )

    def read_value(self, i: int) -> Value:
        sign = self.sign_before(i)
        token = self.t[i]
        value = Value(i, i - 1 if sign else i, i + 1, -token.value if sign == "-" else token.value, sign)
        before = self.word(value.first - 1)
        if before in APPROXIMATE and self.word(value.first - 2) not in ("just",):
            value.approximate = True
        self.finish_value(value, i + 1)
        return value

    def finish_value(self, value: Value, j: int) -> None:
        """Read unit, spread, n and p that follow the centre."""
        j = self.read_unit(value, j)
        while j < self.b:
            word = self.word(j)
            if word == "±" and not any(s.kind in ("pm", "sd", "se") for s in value.spreads):
                label = self.label(j + 1)
                if label is not None and label[0] in ("sd", "se"):
                    spreads, end = self.read_labelled(label)
                    if spreads:
                        value.spreads.extend(spreads)
                        j = self.read_unit(value, end)
                        continue
                k = j + 1
                if self.is_number(k):
                    value.spreads.append(Spread("pm", (self.t[k].value,), (k,)))
                    j = self.read_unit(value, k + 1)
                    continue
                break
            if word in ("(", "["):
                end = self.bracket_of(value, j)
                if end == j:
                    break
                j = self.read_unit(value, end) if value.unit is None and self.word(end) in ("mm", "cm", "points", "point", "%") else end
                continue
            k = j
            if word in (",", ";", "with", "and") and self.word(j + 1) in ("a", "an", "its", "the"):
                k = j + 2
            elif word in (",", ";", "with", "and", ":"):
                k = j + 1
            label = self.label(k)
            if label is not None and not value.spreads and (k == j or word != "and" or label[0] in ("sd", "se")):
                spreads, end = self.read_labelled(label)
                if len(spreads) == 1:
                    value.spreads.extend(spreads)
                    j = end
                    continue
            break
        value.last = j

    def read_unit(self, value: Value, j: int) -> int:
        word = self.word(j)
        if word == "%":
            # "95% CI" is handled before; here it is the unit of the value.
            value.percent, value.unit = True, "%"
            return j + 1
        if word == "percent" or (word == "per" and self.word(j + 1) == "cent"):
            value.percent, value.unit = True, "%"
            return j + 1 + (word == "per")
        dash = word == "-" and not self.t[j].spaced
        unit = self.word(j + 1) if dash else word
        if unit in self.profile.measure_units:
            if dash:
                value.adjectival = True
                j += 1
            value.unit = {"points": "point", "pts": "point", "pt": "point", "cms": "cm"}.get(unit, unit)
            return j + 1
        if word == "/" and not self.t[j].spaced and self.word(j + 1) in ("10", "100") and not self.word(j + 2) == "/":
            value.scale_top = j + 1
            return j + 2
        if word == "out" and self.word(j + 1) == "of" and self.a <= j + 2 < self.b and self.t[j + 2].kind == "n":
            value.scale_top = j + 2
            return j + 3
        if word == "of" and self.word(j + 1) in ("10", "100") and "." in self.t[value.at].word:
            value.scale_top = j + 1
            return j + 2
        return j

    # -- labels and brackets ---------------------------------------------------------------------
    def label(self, i: int) -> tuple[str, int, int | None] | None:
        """(kind, next, token of the CI level) of a spread label at i, or None."""
        word = self.word(i)
        if not word:
            return None
        if word in ("sd", "sds", "std", "stdev"):
            return "sd", i + 1 + (self.word(i + 1) in ("dev", "deviation")), None
        if word in ("standard", "st") and self.word(i + 1) in ("deviation", "deviations", "dev"):
            return "sd", self._acronym(i + 2), None
        if word in ("se", "sem", "ses", "sems"):
            return "se", i + 1, None
        if word in ("standard", "std") and self.word(i + 1) in ("error", "errors"):
            j = i + 2
            if self.word(j) == "of":
                j += 1
            while self.word(j) in ("the", "mean", "means"):
                j += 1
            return "se", self._acronym(j), None
        if word in ("iqr", "iqrs"):
            return "iqr", i + 1, None
        if word in ("interquartile", "quartiles", "quartile", "percentiles"):
            j = i + 1
            if self.word(j) in ("range", "ranges", "interval"):
                j += 1
            return "iqr", self._acronym(j), None
        if word == "inter" and self.word(i + 1) in ("-", "quartile"):
            j = i + 2 + (self.word(i + 1) == "-")
            return "iqr", self._acronym(j + (self.word(j) == "range")), None
        if word in ("q1", "p25") or (word in ("25th", "lower") and self.word(i + 1) == "quartile"):
            j = i + 1
            while self.word(j) in ("-", "–", ",", "and", "to", "/", "q3", "p75"):
                j += 1
            return ("iqr", j, None) if self.word(j - 1) in ("q3", "p75") else None
        if self.t[i].flag == "ord" and self.t[i].value == 25 and self.word(i + 2) in ("-", "–", "and", "to", ",", "percentile"):
            j = i + 3
            while j < self.b and self.word(j) in ("75", "th", "percentile", "percentiles", "quartile", "quartiles"):
                j += 1
            return "iqr", j, None
        if word in ("range", "min", "minimum", "ranging", "ranges"):
            return self._range_label(i)
        return self._ci_label(i)

    def _range_label(self, i: int) -> tuple[str, int, int | None] | None:
        word, j = self.word(i), i + 1
        if word in ("min", "minimum"):
            if self.word(j) not in ("-", "–", "to", ",", "/"):
                return None
            if self.word(j + 1) not in ("max", "maximum"):
                return None
            j += 2
        if self.word(j) in ("min", "max"):
            return None
        return "range", self._acronym(j), None

    def _ci_label(self, i: int) -> tuple[str, int, int | None] | None:
        j, level = i, None
        if self.is_number(j) and self.word(j + 1) == "%" and self.t[j].value in (80, 90, 95, 97.5, 98, 99, 99.9):
            level, j = j, j + 2
            while self.word(j) in ("two", "-", "sided"):
                j += 1
        word = self.word(j)
        if word in ("ci", "cis", "cri", "ci95", "hdi") and not self.t[j].raw.islower():
            j += 1
        elif word in ("confidence", "credible", "credibility") and self.word(j + 1) in ("interval", "intervals", "limit", "limits"):
            j += 2
        elif word == "cl" and level is not None:
            j += 1
        else:
            return None
        j = self._acronym(j)
        if level is None and self.is_number(j) and self.t[j].value in (90, 95, 99) and (
            self.word(j + 1) == "%" or self.word(j + 1) in (":", ",")
        ):
            level, j = j, j + 1 + (self.word(j + 1) == "%")
        return "ci", j, level

    def _acronym(self, j: int) -> int:
        """Skip "(SD)", "[95% CI]" right after the words that it stands for."""
        if self.word(j) in ("(", "["):
            k = j + 1
            while k < self.b and k - j < 6 and self.word(k) not in (")", "]"):
                k += 1
            inner = {self.word(m) for m in range(j + 1, k)}
            if self.word(k) in (")", "]") and inner <= {"sd", "se", "sem", "iqr", "ci", "95", "%", "95%", "cis", "min", "max", "-", "–"}:
                return k + 1
        return j

    def read_labelled(self, label: tuple[str, int, int | None]) -> tuple[list[Spread], int]:
        """The spreads after a label, and where they end; several after "SDs 1.1 and 1.3"."""
        kind, j, level_at = label
        while self.word(j) in (",", ":", "=", "of", "was", "from", "were", "being", "±", "is", "between", ";", "at", "and") or (
            self.word(j) in ("(", "[") and self.read_number(j + 1) is not None and kind in ("ci", "iqr", "range")
        ):
            if self.word(j) in ("(", "["):
                break
            j += 1
        level = None
        if level_at is not None:
            level = int(self.t[level_at].value) if self.t[level_at].value == int(self.t[level_at].value) else None
        if kind in ("ci", "iqr", "range"):
            pair = self.read_pair(j)
            if pair is not None:
                if pair[1][1] in self.busy:
                    return [], j
                return [Spread(kind, tuple(pair[0]), tuple(pair[1]), level, True, level_at)], pair[2]
            one = self.read_number(j)
            if kind == "iqr" and one is not None:
                return [Spread("iqr_width", (one[0],), (one[2],), None, True)], one[3]
            if kind == "range" and one is not None:
                self.q.rejected[one[2]] = "width of a range"
                return [], one[3]
            if level_at is not None:
                self.q.rejected.setdefault(level_at, "level of a confidence interval")
            return [], max(j, label[1])
        out: list[Spread] = []
        while True:
            one = self.read_number(j)
            if one is None or one[2] in self.busy:
                break
            out.append(Spread(kind, (abs(one[0]),), (one[2],), None, True))
            j = one[3]
            if self.word(j) in self.profile.measure_units:
                j += 1
            k = j
            while self.word(k) in (",", "and", "/", "vs", "versus", "&"):
                k += 1
            if k == j or not self.is_number(k) or self.word(k + 1) in ("%", "ci"):
                break
            if self.word(k + 1) in ("±", "("):
                break
            if self.word(k - 1) == "," and k - j == 1 and not (self.label_plural(label) or self._only_numbers(k)):
                break
            j = k
        return out, j

    def _only_numbers(self, k: int) -> bool:
        """Whether nothing but numbers and list signs follows up to the closing bracket."""
        while k < self.b and self.word(k) not in (")", "]"):
            if not (self.is_number(k) or self.word(k) in (",", "and", "mm", "points", "respectively")):
                return False
            k += 1
        return k < self.b

    def label_plural(self, label: tuple[str, int, int | None]) -> bool:
        return any(self.word(k) in ("sds", "ses", "sems", "deviations", "errors", "iqrs") for k in range(max(self.a, label[1] - 4), label[1]))

    def close_of(self, i: int) -> int | None:
        depth = 0
        for j in range(i, self.b):
            word = self.word(j)
            if word in ("(", "["):
                depth += 1
            elif word in (")", "]"):
                depth -= 1
                if depth == 0:
                    return j
        return None

    def bracket_of(self, value: Value, i: int) -> int:
        """Take in the bracket at i, right after a centre; returns i if it is none of the value's."""
        close = self.close_of(i)
        if close is None:
            return i
        got = self.read_bracket(i, close, centre=value)
        if got is None:
            return i
        spreads, p, n = got
        if len(spreads) > 1 and all(s.kind in ("sd", "se") for s in spreads):
            self.q.lists.append((i, spreads))
            spreads = []
        value.spreads.extend(spreads)
        if p is not None:
            value.p = p
        if n is not None:
            value.n = n
        return close + 1

    def read_bracket(
        self, i: int, close: int, centre: Value | None
    ) -> tuple[list[Spread], P | None, Count | None] | None:
        """Spreads, p and n in a bracket that holds nothing else; None if it holds something else."""
        spreads: list[Spread] = []
        p: P | None = None
        n: Count | None = None
        rejected: dict[int, str] = {}
        j = i + 1
        while j < close:
            word = self.word(j)
            if word in (",", ";", ":", "and", "respectively", "±", "=", "mean", "with", "in", "each", "both", "all", "the", "of", "a", "for"):
                if word == "±" and self.is_number(j + 1):
                    spreads.append(Spread("pm", (self.t[j + 1].value,), (j + 1,)))
                    j += 2
                    continue
                j += 1
                continue
            if word in ("±",):
                j += 1
                continue
            label = self.label(j)
            if label is not None:
                got, end = self.read_labelled(label)
                if got:
                    spreads.extend(got)
                    if label[2] is not None:
                        pass
                    j = end
                    continue
                if end > j and not got:
                    j = max(end, j + 1)
                    continue
            if word == "p":
                found = self.read_p(j)
                if found is None:
                    return None
                p, j = found, found.last
                continue
            if word == "ns":
                p, j = P("ns", None, j, j + 1, j), j + 1
                continue
            if word == "n":
                found_n = self.read_n(j)
                if found_n is None:
                    return None
                n, j = found_n, found_n.last
                if self.word(j) in ("patients", "each", "per", "group", "participants", "knees", "pairs", "subjects", "cases"):
                    j += 1
                continue
            if word in STATISTIC and self.word(j + 1) in ("=", "<", ">"):
                number = self.read_number(j + 2)
                if number is None:
                    return None
                rejected[number[2]] = f"statistic {word}"
                j = number[3] + (self.word(number[3]) == "%")
                continue
            number = self.read_number(j)
            if number is None:
                if word in self.profile.measure_units or word in ("%",):
                    j += 1
                    continue
                if word in ("[", "]", "(", ")"):
                    j += 1
                    continue
                return None
            at_start = j == i + 1
            pair = self.read_pair(j)
            if pair is not None and pair[2] <= close:
                joined = self.word(pair[1][0] + 1)
                negative_second = self.word(pair[1][1] - 1) in _DASHES and joined not in ("-", "–", "−")
                if joined == "/" and not negative_second:
                    if all(v == int(v) for v in pair[0]) and pair[0][0] <= pair[0][1]:
                        return None
                if not spreads and (joined != "and"):
                    spreads.append(Spread("pair", tuple(pair[0]), tuple(pair[1])))
                    j = pair[2]
                    continue
                return None
            after = self.word(number[3])
            if after == "%":
                return None
            if after in self.profile.veto_units and after not in self.profile.measure_units:
                return None
            if number[3] < close and self.t[number[3]].kind == "w" and after not in self.profile.measure_units:
                count = self.read_count(number[2])
                if count is None or n is not None or centre is None and self._counts_inside(count.last, close):
                    return None
                n, j = count, count.last
                while j < close and self.t[j].kind == "w" and (self.t[j].word in PEOPLE or self.t[j].word in FEW or is_content(self.t[j].word) or self.t[j].word in ("per", "in", "of")):
                    j += 1
                continue
            if number[2] in self.busy:
                return None
            if at_start and not spreads and not number[1]:
                spreads.append(Spread("paren", (number[0],), (number[2],)))
                j = number[3]
                continue
            return None
        if centre is None and not spreads and p is None and n is None:
            return None
        self.q.rejected.update(rejected)
        return spreads, p, n

    def _counts_inside(self, j: int, close: int) -> bool:
        """Whether a bracket holds a further count ("104 in group A and 85 in group B")."""
        return any(self.is_number(k) and self.word(k - 1) not in ("=", "<", ">") for k in range(j, close))

    def at_bracket(self, i: int) -> int:
        """A bracket that does not follow a centre directly: n, p, or a spread given late."""
        close = self.close_of(i)
        if close is None:
            return i + 1
        got = self.read_bracket(i, close, centre=None)
        if got is None:
            return i + 1
        spreads, p, n = got
        unlabelled = [s for s in spreads if not s.stated and s.kind != "pm"]
        if unlabelled:
            return i + 1
        if spreads:
            previous = self.t[i - 1] if i > self.a else None
            if previous is not None and i - 1 in self.lengths:
                for spread in spreads:
                    for at in spread.at:
                        self.q.rejected[at] = "spread of a length of time"
            else:
                self.attach(spreads, i)
        if p is not None:
            self.q.ps.append(p)
        if n is not None:
            n.bracket = True
            self.q.counts.append(n)
        return close + 1

"""P values as they are printed."""

from __future__ import annotations

from evergrove.reading.numbers.labels import LabelReader
from evergrove.reading.numbers.quantities import P
from evergrove.reading.text.small_words import CLOSES_ASIDE
from evergrove.reading.text.words import (
    GROUP,
    word_set,
)

_READ_P_WORDS = word_set(
    "for of trend interaction difference all both adjusted was were values value the from between"
)
_P_VERBS = word_set("= < > ≤ ≥ : was were of")
_P_OTHER = word_set(
    "interaction interactions trend heterogeneity noninferiority non-inferiority equivalence "
    "superiority linearity subgroup difference-in homogeneity normality"
)
_READ_P_WORDS_2 = word_set("= < > ≤ ≥ :")
_IS = word_set("is are being equals equalled")
_P_SIGNS = {
    **dict.fromkeys(("less", "below", "under", "smaller", "lower"), "<"),
    **dict.fromkeys(("greater", "above", "over", "more", "larger", "higher"), ">"),
    "equal": "=",
}
_READ_P_WORDS_3 = word_set("was were of value values")
_TO = word_set("to - – through")
_RANGE = "range of p values"
_WITHIN = ("between", "and")
_POWER_OF_TEN_WORDS = word_set("× x · ⋅ * ∙ •")
DASHES = word_set("- – − —")
_OF_POWER = _POWER_OF_TEN_WORDS | DASHES | word_set("^ (")
# What may follow a score, and never a p value in a list of them
_VERSUS = word_set("vs versus against")
_BEHIND_SCORE = _VERSUS | word_set("± ( [ point points mm cm compared")


class PReader(LabelReader):
    """Reads p values: "p < 0.001", "p=.03", "P = 2 × 10-5"."""

    def read_p(self, i: int) -> P | None:
        j = i + 1
        scope = ""
        if self.word(j) in ("value", "values", "-"):
            j += 1 + (self.word(j) == "-" and self.word(j + 1).startswith("value"))
        steps = 0
        if self.word(j) == "for":
            ahead = next((k for k in range(j, j + 9) if self.word(k) in _P_VERBS), None)
            inside = {self.word(k) for k in range(j, ahead)} if ahead is not None else set()
            if inside & _P_OTHER and not any(self.is_number(k) for k in range(j, ahead or j)):
                # "the p for interaction with sex was 0.40"
                scope, j = "interaction", ahead or j
        while self.word(j) in _READ_P_WORDS:
            scope = "interaction" if self.word(j) in ("interaction", "trend") else scope
            j += 1
            steps += 1
            if steps > 3:
                return None
        op, j = self._p_in_words(j)
        if op in _READ_P_WORDS_2:
            j += op == self.word(j)
            if op in ("<", ">") and self.word(j) == "=":
                j += 1
            if self.word(j) in ("ns",):
                return P("ns", None, j, j + 1, i, scope=scope)
        elif self.word(j) == "ns":
            return P("ns", None, j, j + 1, i, scope=scope)
        elif not (
            self.a <= j < self.b
            and self.t[j].kind == "n"
            and (self.t[j - 1].word in _READ_P_WORDS_3 or self._bare_p(i, j))
        ):
            return None
        if self.word(j) in ("or", "approximately"):
            j += 1
        if not (self.a <= j < self.b) or self.t[j].kind != "n" or j in self.busy:
            return None
        within = self.word(j + 1) in _TO or (self.word(j - 1), self.word(j + 1)) == _WITHIN
        again = self.q.rejected.get(j + 2) == _RANGE  # a bracket may be read twice
        joined = within and self.is_number(j + 2) and not self._of_score(j + 2)
        if again or (joined and self.t[j + 2].value <= 1):
            # "p = 0.12 to 0.84": what several p lie between, and the p of none
            self.q.rejected[j + 2] = _RANGE
            scope = scope or "range"
            self.busy = self.busy | {j + 2}
        for k in range(j + 1, j + 10):
            # "p = 0.31, 0.02 and < 0.001": further p values of the list
            small = self.is_number(k) and self.t[k].value <= 1 and "." in self.t[k].word
            lead = self.word(k - 1)
            small = small and not (lead in (",", "and") and self._of_score(k))
            if small and (lead in (",", "and", "<", "=", "≤", ">")):
                sign = "<" if lead in ("<", "≤") else ">" if lead == ">" else "="
                self.q.ps.append(P(sign, self.t[k].value, k, k + 1, k, scope=scope))
                self.busy = self.busy | {k}
            elif self.word(k) not in (",", "and", "<", "=", "≤", ">", "p"):
                break
        token, last = self.t[j], j + 1
        if token.flag == "id":
            parts = token.word.split(".")
            value, last = self._power_of_ten(j, float(".".join(parts[:2])), parts[2:] == ["10"])
        elif self._times_ten(j):
            value, last = self._power_of_ten(j, float(token.word[0]), True)
        else:
            value, last = self._power_of_ten(j, token.value, False)
        group = self.word(i - 1) in GROUP or (steps and self.t[i].raw == "P")
        if group and (value is None or value > 1 or self.word(last) == "±"):
            return None  # "in group P was 3.4 ± 1.1", "in groups I, S and P were 1.8": no p
        garbled = token.word.startswith("00")  # "p < 00.02": a sign stands where none should
        if value is None or garbled or not 0 <= value <= 1:
            last = self._end_of_power(last)
            for k in range(j, last):
                if self.t[k].kind == "n":
                    self.q.rejected[k] = "p that cannot be read"
                    self.busy = self.busy | {k}
            return P("?", None, j, last, i, scope=scope)
        symbol = {"≤": "<", "≥": ">", ":": "="}.get(op, op)
        if symbol not in ("=", "<", ">"):
            symbol = "="
        if value == 0:
            digits = len(token.word.partition(".")[2])
            return P("<", 0.5 * 10.0**-digits, j, last, i, zero=True, scope=scope)
        return P(symbol, value, j, last, i, scope=scope)

    def _of_score(self, k: int) -> bool:
        """ "(2.1 vs 3.4, p < 0.001, and 0.8 VS 1.9, p = 0.02)": the 0.8 is a score, and no p.

        "(p = 0.01, 0.2 and 0.04 VS BASELINE)": each is a p.
        """
        behind = self.word(k + 1)
        if behind not in _VERSUS:
            return behind in _BEHIND_SCORE
        stop = next((j for j in range(k + 2, k + 8) if self.word(j) in CLOSES_ASIDE), k + 8)
        return any(self.is_number(j) for j in range(k + 2, stop)) or self.word(stop) != ")"

    def _times_ten(self, j: int) -> bool:
        """ "p = 3.10-5": a digit times ten to a power, and not 2.1 to 4."""
        word = self.word(j)
        led = len(word) == 4 and word.endswith(".10") and "1" <= word[0] <= "9"
        sign = j + 1 + (self.word(j + 1) == "^")
        return led and self.word(sign) in DASHES and self.is_number(sign + 1)

    def _end_of_power(self, k: int) -> int:
        """ "3.2*10(-5)", "3.2 10-5": where the signs and numbers of such a p end."""
        last = k
        while self.word(k) in _OF_POWER or self.is_number(k):
            k += 1
            if self.t[k - 1].kind == "n":
                last = k
        return last

    def _bare_p(self, i: int, j: int) -> bool:
        """ "(p 0.345)", "p .04": printed without its sign, right behind the letter."""
        part = self.t[j].word.partition(".")[2]
        ends = self.word(j + 1) not in ("±", "(", "-", "–", "%")
        return j == i + 1 and self.t[j].value < 1 and len(part) > 1 and ends

    def _p_in_words(self, j: int) -> tuple[str, int]:
        """Sign and place of "p is 0.4", "p less than 0.01", "p was above 0.05"."""
        k = j + (self.word(j) in _IS)
        op = _P_SIGNS.get(self.word(k), "")
        if op:
            k += 1 + (self.word(k + 1) in ("than", "to"))
        elif k > j:
            op = "="
        return (op, k) if op and self.is_number(k) else (self.word(j), j)

    def _power_of_ten(self, j: int, value: float, ten_read: bool) -> tuple[float | None, int]:
        """ "3 × 10−4", "1.2e-5", "2.9.10-4", "10−4": the value and the end; None if malformed."""
        k = j + 1
        alone = value == 10 and (self.word(k) == "^" or not (k < self.b and self.t[k].spaced))
        if alone and not ten_read:
            value, ten_read = 1.0, True
        if not ten_read:
            if self.word(k) in _POWER_OF_TEN_WORDS and self.word(k + 1) == "10":
                k += 2
            elif self.word(k) in ("e",) and not self.t[k].spaced:
                k += 1
            else:
                return (value, j + 1) if value <= 1 else (None, j + 1)
        if self.word(k) in ("^",):
            k += 1
        sign = self.word(k) in DASHES
        if sign and k + 1 < self.b and self.t[k + 1].kind == "n":
            return float(f"{value!r}e-{int(self.t[k + 1].value)}"), k + 2
        return None, k

"""The ends of a scale that a sentence tells."""

from __future__ import annotations

from evergrove.reading.numbers.rejections import Rejections
from evergrove.reading.numbers.told_ends import told_ends
from evergrove.reading.text.stat_words import COMPARATIVE
from evergrove.reading.text.words import (
    CHANGE_NOUNS,
    word_set,
)

_LINES = frozenset(((10, "cm"), (100, "mm"), (100, "cm")))
_TOPS_OF_POINTS = {11: 10.0, 101: 100.0}
_NUMBERS_OF_POINTS = (10, 11, 100, 101)
_READ_SCALE_WORDS = word_set("- – to − through")
_READ_SCALE_WORDS_2 = word_set("range iqr ci interquartile ranged ranging quartiles")
_READ_SCALE_WORDS_3 = word_set("point points item mm cm millimetre millimeter step degree")
_READ_SCALE_WORDS_4 = word_set(
    "scale line vas nrs score rating numeric numerical visual likert analog analogue nprs"
)
_ANCHOR_LINKS = word_set(
    """, ( = : - – " ' for being meaning indicating representing denoting is was the as point
    points represents represented indicates indicated means meant denotes denoted signifies
    corresponds corresponded corresponding to equals signifying"""
)
_ANCHOR_WORDS = word_set(
    "no none worst severe severest strongest maximal maximum absent absence "
    "unbearable intolerable extreme "
    "nothing unendurable insufferable "
    "unimaginable best asymptomatic painless excruciating agonising agonizing imaginable"
)
_OF_RANGE = word_set("range ranging ( [ ; , : of from possible = -")
_TOPS = word_set("maximum maximal max highest")
_SCALE_NOUNS = word_set("scale scales score scores rating line questionnaire inventory")
_LOWEST_GRADES = word_set("none absent nil no absence pain painless never")
_IS_GRADE = word_set(", : = - – for")
_GRADES = word_set("mild slight moderate severe extreme unbearable intolerable strong")
#: "pain, MEASURED by 10 cm VAS": by what it was rated, and not by how much it moved.
_LOWEST_BANDS = _LOWEST_GRADES - {"pain"} | {"no", "low", "minimal", "little"}
_RATED = word_set(
    "measured rated scored assessed graded evaluated quantified determined recorded judged "
    "registered expressed estimated marked noted monitored"
)
_MOVED_BY = word_set("by - \u2212 +")


class ScaleReader(Rejections):
    """Reads "0-10", "from 0 (no pain) to 100" and the anchors of a scale."""

    def read_anchors(self, i: int) -> int:
        """ "0 (no pain) to 10 (worst pain)", "0, none; 10, worst": the end, or 0.

        The number at i is 0 or 1.
        """
        if self.word(i + 1) in (")", "]"):
            end = self._read_grades(i)
            if end:
                return end
        if end := self._read_listed_grades(i):
            return end
        told, end = told_ends(self.t, self.a, self.b, i)
        if told:
            self.q.rejected.update(dict.fromkeys(told, "scale"))
            if self._is_anchor(i) and self._is_anchor(told[-1]):
                # else of who knows what: no scale of the scores
                top = self.t[told[-1]].value
                self.q.scales.append((self.t[i].value, top, i, told[-1], i, ""))
            return end
        if not self._is_anchor(i):
            return 0
        self.q.rejected[i] = "scale"
        for j in range(i + 1, min(i + 11, self.b)):
            if self.t[j].kind == "n" and self.t[j].value > self.t[i].value and self._is_anchor(j):
                self.q.scales.append((self.t[i].value, self.t[j].value, i, j, i, ""))
                self.q.rejected[j] = "scale"
                return j + 1
        return i + 1

    def _read_grades(self, i: int) -> int:
        """ "none (0), mild (1), moderate (2) or severe (3)": grades named one after another.

        Returns the end of the last bracket, or 0.
        """
        at, k, told = [i], i + 2, {self.word(i - 2)}
        if self.word(i - 1) not in ("(", "[") or not told & _LOWEST_GRADES:
            return 0
        while len(at) < 12:
            k = self._behind_grade(k)
            following = self.is_number(k + 1) and self.t[k + 1].value == self.t[at[-1]].value + 1
            if not (following and self.word(k) in ("(", "[") and self.word(k + 2) in (")", "]")):
                break
            told.add(self.word(k - 1))
            at.append(k + 1)
            k += 3
        if len(at) < 3 or not told & _GRADES:
            return 0
        self.q.rejected.update(dict.fromkeys(at, "scale"))
        self.q.scales.append((self.t[i].value, self.t[at[-1]].value, i, at[-1], i, ""))
        return at[-1] + 2

    def _read_listed_grades(self, i: int) -> int:
        """ "(0, none; 1, mild; 2, moderate; 3, severe)", "1: none, 2: mild, 3: severe": their end.

        Each number is followed by what it means, and by the next number; 0 if not so.
        """
        at, k, told = [i], i + 1, set()
        while self.word(k) in _IS_GRADE and len(at) < 12:
            k += 1
            start = k
            while k < start + 4 and self.t[min(k, self.b - 1)].kind == "w" and k < self.b:
                told.add(self.word(k))
                k += 1
            then = k
            while then < self.b and then < k + 3 and self.word(then) in (";", ",", "and", "or"):
                then += 1
            following = self.is_number(then) and self.t[then].value == self.t[at[-1]].value + 1
            if k == start or not following:
                break
            at.append(then)
            k = then + 1
        if len(at) < 3 or not told & _LOWEST_GRADES or not told & _GRADES:
            return 0
        self.q.rejected.update(dict.fromkeys(at, "scale"))
        self.q.scales.append((self.t[i].value, self.t[at[-1]].value, i, at[-1], i, ""))
        return at[-1] + 1

    def _behind_grade(self, k: int) -> int:
        """The token behind the name of a grade that begins at k: ", very severe (4)"."""
        end = k + 5
        while k < min(end, self.b) and self.word(k) not in ("(", "[", ".", ";"):
            k += 1
        return k

    def _is_anchor(self, i: int) -> bool:
        """Whether words for an end of a scale follow a whole number."""
        token = self.t[i]
        if token.mark is not None or token.flag or "." in token.word or i in self.busy:
            return False
        j = i + 1
        while self.word(j) in _ANCHOR_LINKS:
            j += 1
        return j <= i + 5 and (
            self.word(j) in _ANCHOR_WORDS
            or (self.word(j) == "pain" and self.word(j + 1) in ("-", "free"))
        )

    def _in_words(self, j: int) -> bool:
        """ "0 = none", "10 = worst imaginable": a point of the scale, told in words."""
        return self.a <= j < self.b and self.t[j].kind == "w" and self.word(j) != "p"

    def _is_line(self, i: int, before: str) -> bool:
        """Whether the length at i stands behind a measure: "VAS OF 100 mm", "VAS (10 cm)".

        So does "rating scale (NRS) OF 100 mm", behind its short form.
        """
        if before != "of" and (before not in ("(", "[") or self.word(i + 2) not in (")", "]")):
            return False
        k = i - 2 - (before == "of" and self.word(i - 2) in (")", "]"))
        return getattr(self.t[k].mark, "kind", "") == "measure"

    def _is_points(self, i: int, before: str) -> bool:
        """ "was rated ON AN NRS OF 11 POINTS": how many it has; "a VAS of 10 points" is a score."""
        if before != "of" or self.t[i].value not in _NUMBERS_OF_POINTS or "." in self.t[i].word:
            return False
        k = i - 2
        while k > self.a and (self.t[k].mark is not None or self.word(k) in ("(", ")")):
            k -= 1
        led = self.word(k) in ("a", "an", "the") and self.word(k - 1) in ("on", "using")
        return led and k < i - 2 and self.word(k - 2) in _RATED

    def read_scale(self, i: int) -> int:
        """ "0-10", "0 to 100", "10-point", "100-mm line", "seven out of ten": the end, or 0."""
        token = self.t[i]
        before = self.word(i - 1)
        if (
            token.value in (0.0, 1.0)
            and "." not in token.word
            and self.word(i + 1) in _READ_SCALE_WORDS
        ):
            at = i + 2
            while self.word(at) in ("-", "to") and at < i + 4:
                at += 1  # "0-to-10"
            high = self.t[at] if at < self.b else None
            if (
                high is not None
                and high.kind == "n"
                and high.value == int(high.value)
                and (
                    (
                        high.value in (3, 4, 5, 6, 7, 10, 11, 20, 24, 27, 48, 50, 63, 68, 96, 100)
                        # "on a scale from 0 to 36": whatever its end is
                        or (self.word(i - 2) == "scale" and before in ("from", "of", ":"))
                        or self.word(at + 1) == "scale"  # "on a 0 to 25 SCALE"
                    )
                    and at not in self.busy
                )
            ):
                lead = {self.word(k) for k in range(max(self.a, i - 4), i)}
                centre = self.q.values and self.q.values[-1].last >= i - 2
                labelled = lead & _READ_SCALE_WORDS_2
                beside = before in ("(", "[") and centre and self.q.values[-1].last == i - 1
                labelled = labelled and not self._range_of_scale(i, at)
                if high.value < 10 and self._band_of_grade(i):
                    self.q.rejected[i] = self.q.rejected[at] = "range"
                    return at + 1
                if not labelled and not beside:
                    self.q.scales.append(
                        (token.value, high.value, i, at, i, self._scale_unit(at + 1))
                    )
                    self.q.rejected[i] = self.q.rejected[at] = "scale"
                    return at + 1
        end = self._top_told(i)
        if end:
            return end
        unit = self.word(i + 1)
        points = unit in ("points", "levels") and self._is_points(i, before)
        if points or ((token.value, unit) in _LINES and self._is_line(i, before)):
            # "a VAS of 100 mm", "VAS (10 cm)"
            top = _TOPS_OF_POINTS.get(int(token.value), token.value)
            self.q.scales.append((0.0, top, None, i, i, "" if points else unit))
            self.q.rejected[i] = "scale"
            return i + 2
        j = i + 1
        dash = unit == "-" and self.t[j].kind == "s"
        j += dash
        unit = self.word(j)
        if unit in _READ_SCALE_WORDS_3:
            then = [self.word(k) for k in range(j + 1, j + 6)]
            near = _READ_SCALE_WORDS_4 & set(then)
            names = any(self.t[k].mark is not None for k in range(j + 1, min(j + 4, self.b)))
            if (near or names) and then[:1] not in (
                [","],
                ["."],
                ["on"],
                ["in"],
                ["("],
                ["of"],
                ["for"],
            ):
                if unit in ("point", "points") and not dash and not (near & {"scale"}):
                    return 0
                # "an 11 mm LOWER VAS": how much, and no length of the line
                change = set(then) & CHANGE_NOUNS or then[0] in COMPARATIVE
                # "fell on movement BY 10 MM and at rest by 4", "on movement 10.0 MM and at rest"
                moved = before in _MOVED_BY and self.word(i - 2) not in _RATED
                change = change or moved or "." in token.word
                if token.value in (5, 6, 7, 10, 11, 100, 101, 4) and not change:
                    top = _TOPS_OF_POINTS.get(int(token.value), token.value)
                    self.q.rejected[i] = "scale"
                    if not self._ends_behind(j):
                        self.q.scales.append(
                            (0.0, top, None, i, i, unit if unit in ("mm", "cm") else "")
                        )
                    return j
        return 0

    def _band_of_grade(self, i: int) -> bool:
        """ "mild (1-3), moderate (4-6) or severe (7-10)": one part of a scale, by its grade."""
        if self.word(i - 1) not in ("(", "["):
            return False
        graded = i - 2 - (self.word(i - 2) in ("pain", "disability", "symptoms"))
        return self.word(graded) in _GRADES or self.word(graded) in _LOWEST_BANDS

    def _ends_behind(self, j: int) -> bool:
        """ "a 5-point scale (0-4)", "a 4-point scale (0, none; 3, severe)": its ends are told."""
        k = next((k for k in range(j + 1, j + 6) if self.word(k) in ("(", "[")), self.b)
        if not self.is_number(k + 1) or self.t[k + 1].value > 1:
            return False
        return self.word(k + 2) in _READ_SCALE_WORDS or self._is_anchor(k + 1)

    def _range_of_scale(self, i: int, at: int) -> bool:
        """ "the VAS (range 0-10)", "a scale ranging from 0 to 100": how far a scale reaches.

        "median VAS 3 (range 0-10)" has its centre before the bracket.
        """
        if self.t[at].value not in (10, 100):
            return False
        k = i - 1
        while k > self.a and self.word(k) in _OF_RANGE:
            k -= 1
        if self.word(k) in _SCALE_NOUNS and (self.word(k - 1), self.word(k - 2)) == ("of", "range"):
            return True  # "(RANGE OF SCALE 0 to 10)"
        named = self.t[k].mark is not None or self.word(k) in _SCALE_NOUNS
        ranging = self.word(i - 2) == "ranging" and self.word(k) in _SCALE_NOUNS
        if ranging or not named:
            return ranging
        opened = {self.word(m) for m in range(k + 1, i)}
        told = {self.word(m) for m in range(i - 3, i)}
        return "range" in told and bool(opened & {"(", "[", ";", ","}) and self.word(k) != "median"

    def _top_told(self, i: int) -> int:
        """ "the pain score (maximum 10)", "a mean score OUT OF 100": the top of a scale, or 0."""
        if self.t[i].value not in (10, 100) or "." in self.t[i].word:
            return 0
        before, lead = self.word(i - 1), self.word(i - 2)
        closed = lead in ("(", "[", ",") and self.word(i + 1) in (")", "]")
        if (lead, before) == ("out", "of") or (before in _TOPS and closed):
            noun = i - 3
        elif before == "of" and lead in _TOPS and self.word(i - 3) in ("(", "["):
            noun = i - 4
        else:
            return 0
        noun -= self.word(noun) in ("(", "[")
        if self.t[noun].mark is None and self.word(noun) not in _SCALE_NOUNS:
            return 0
        if self.t[noun].kind == "n":
            return 0
        self.q.scales.append((0.0, self.t[i].value, None, i, i, ""))
        self.q.rejected[i] = "scale"
        return i + 1

    def read_range_of_scale(self, i: int) -> int:
        """ "(range, 0 to 10)" behind the name of a scale, from the word "range": the end, or 0."""
        j = i + 1
        while self.word(j) in _OF_RANGE and j < i + 4:
            j += 1
        return self.read_scale(j) if self.is_number(j) and self.t[j].value == 0 else 0

    def _scale_unit(self, j: int) -> str:
        return self.word(j) if self.word(j) in ("mm", "cm") else ""

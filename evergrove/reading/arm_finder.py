"""The groups that an abstract declares, with their n, and the size of the cohort."""

from __future__ import annotations

from evergrove.reading.arm_phrases import group_phrases, phrase_before, short_name, text_of
from evergrove.reading.arm_slots import noun_phrase
from evergrove.reading.arms import (
    TOGETHER,
    DocArm,
    gives_both,
    initials,
    is_sex,
    words_of,
)
from evergrove.reading.cohort import NO_COHORT, CohortCounter, of_all
from evergrove.reading.counts import FEW
from evergrove.reading.group_sizes import bracket_parts, parts_of_total, ratio_sizes
from evergrove.reading.noun_lists import (
    alias,
    joins_treatments,
    list_before,
    list_behind,
    sized,
    skip_bracket,
    to_choice,
)
from evergrove.reading.quantities import Count
from evergrove.reading.text import Token
from evergrove.reading.words import DETERMINERS, GROUP, PEOPLE, is_content, word_set

_STAYING = word_set(
    "available remained completed returned attended analysed analyzed assessed followed evaluable "
    "reviewed remaining evaluated examined"
)
_GONE = word_set(
    "died lost withdrew dropped excluded discontinued missing declined death deaths dropouts "
    "withdrawals complications complication recurrence recurrences crossed"
)
_NOT_TREATED = word_set("converted ineligible failed violated stopped cancelled canceled switched")
_CLOSES_COUNT = word_set(", ) ; and")
_COMPARING = word_set("compared comparing compare between")
_SECOND_OF_PAIR = word_set("with and to versus vs against")
_LEADS_CHOICE = word_set("to either receive received given with after or")
_LINKING = word_set("had received underwent got chose took were")
_GIVEN = word_set(
    "was were given administered allocated assigned performed used applied offered done prescribed "
    "received undertaken delivered chosen implanted"
)
_LEADS_LIST = word_set("to either receive received into given")
_BEFORE_CHOICE = word_set("to a the with")
_CHOICE_VERBS = word_set(
    "randomised randomized assigned allocated received receive given after either"
)
_NEGATIONS = word_set("non no without not un never ex")
_ASSIGNS = word_set(
    "randomised randomized randomly assigned allocated divided received receiving underwent "
    "treated undergoing given compared comparing comparison versus either classified "
    "categorised categorized split grouped consisted comprised assigning stratified had "
    "consisting enrolled included groups arms allocation set"
)
_DOSE_UNITS = word_set("mg g gy ml µg mcg iu % mm hz khz w j")
_LEFT_IN_GROUPS = word_set(
    "followed analysed analyzed available completed returned evaluable attended reviewed contacted "
    "remained evaluated assessed responded"
)
_ASSIGNED_WORDS = word_set("assigned allocated randomised randomized assignment allocation")
_STRONG_LINKS = word_set(
    "with received receiving underwent undergoing had given treated in using allocated "
    "assigned took wearing chose preferred selected opted"
)
_ARM_LINKS = word_set(
    "with received receiving underwent undergoing had given treated in to using on who were "
    "was for by assigned allocated the took wearing chose preferred selected opted"
)


class ArmFinder(CohortCounter):
    """Collects the groups that sentences declare, with their n."""

    def __init__(self) -> None:
        self.arms: list[DocArm] = []
        self.cohort: list[tuple[float, int, Count]] = []
        self.each: Count | None = None
        self.pair: list[str] = []
        self.left = False
        self.staying = False
        self.linked = False

    def sentence(
        self,
        tokens: list[Token],
        a: int,
        b: int,
        section: str,
        counts: list[Count],
        has_values: bool,
    ) -> None:
        words = {tokens[i].word for i in range(a, b)}
        assigns = bool(words & _ASSIGNS)
        self.staying = bool(words & _STAYING)
        self.count_cohort(tokens, a, b, section, counts, words)
        for count in counts:
            ahead = {tokens[k].word for k in range(count.last, min(b, count.last + 7))}
            if ahead & (_GONE | _NOT_TREATED):
                continue  # "two in each arm failed to come"
            if count.each and (not has_values or count.bracket) and not words & _GONE:
                self.each = self.each or count
        named: list[tuple[str, Count | None, str]] = []
        counts = [*counts, *self._bare_sizes(tokens, a, b, counts, assigns, has_values)]
        self.linked = False
        for count in counts:
            item = self._counted(tokens, a, b, count)
            if item is not None:
                named.append(item)
                after = {tokens[k].word for k in range(count.at + 1, min(b, count.at + 3))}
                self.linked = self.linked or bool(after & _LINKING)
        for first, count in parts_of_total(tokens, a, b, counts) if not has_values else ():
            span = noun_phrase(tokens, first, b, 5)
            known = any(one is not None and one.at == count.at for _, one, _ in named)
            if span is not None and not known and words_of(text_of(tokens, *span)):
                named.append((text_of(tokens, *span), count, alias(tokens, span[1], b)))
        for first, last, count in bracket_parts(tokens, a, b) if not has_values else ():
            if not any(one is not None and one.at == count.at for _, one, _ in named):
                named.append((text_of(tokens, first, last), count, ""))
        named += self._passive(tokens, a, b)
        named = _without_whole(named)
        known = [arm.n.value for arm in self.arms if arm.n is not None]
        lost = words & (_GONE | _NOT_TREATED)
        if lost and known and named and all(c and 3 * c.value < min(known) for _, c, _ in named):
            named = []  # "three were converted (block 1, drain 2)": no groups
        self.left = bool(words & _LEFT_IN_GROUPS) and not words & _ASSIGNED_WORDS
        distinct = {name.lower() for name, _, _ in named}
        if len(distinct) >= 2:
            for item in named:
                self._add(*item)
        elif len(named) == 1 and (named[0][2] or named[0][0].startswith("group ")) and assigns:
            self._add(*named[0])
        elif len(named) == 1 and assigns and section != "background":
            self._single(named[0])
        phrases = group_phrases(tokens, a, b)
        if len(phrases) >= 1:
            for phrase in phrases:
                bracket = phrase.last < b and tokens[phrase.last].word == "("
                if phrase.name.startswith("group ") or assigns or len(phrases) >= 2:
                    near = phrase.last + 6 if bracket else phrase.last + 3
                    count = next(
                        (
                            c
                            for c in counts
                            if phrase.last <= c.at < near
                            and (c.equals or (bracket and c.at == phrase.last + 1))
                            and c.noun not in ("events", "of")
                        ),
                        None,
                    )
                    self._add(phrase.name, count, "")
        if assigns or words & {"vs", "versus"} or ("and" in words and "compared" in words):
            self._contrast(tokens, a, b)
        self._ratio(tokens, a, b)

    def _ratio(self, tokens: list[Token], a: int, b: int) -> None:
        """ "PBM or sham; the allocation was 42:41": the sizes of two groups in their order."""
        sizes = ratio_sizes(tokens, a, b)
        if len(sizes) != 2:
            return
        if sizes[0].value == sizes[1].value:
            self.each = self.each or sizes[0]
        elif len(self.arms) == 2:
            for arm, size in zip(self.arms, sizes, strict=True):
                arm.n = arm.n or size

    def _bare_sizes(
        self,
        tokens: list[Token],
        a: int,
        b: int,
        counts: list[Count],
        assigns: bool,
        has_values: bool,
    ) -> list[Count]:
        """ "allocated to an app (155) or a booklet (155)": two or more sizes alone in brackets."""
        found = [
            Count(int(tokens[k].value), k, k + 1, "", None, False, True, True)
            for k in range(a + 2, b - 1)
            if tokens[k].kind == "n"
            and tokens[k - 1].word in ("(", "[")
            and tokens[k + 1].word in (")", "]")
            and "." not in tokens[k].word
            and not tokens[k].flag
            and tokens[k].value >= 3
            and tokens[k - 2].kind == "w"
        ]
        total = sum(count.value for count in found)
        adds_up = any(count.value == total for count in counts)
        if len(found) < 2 or has_values or not (assigns or adds_up):
            return []
        return found if adds_up or min(count.value for count in found) >= 5 else []

    def _counted(
        self, tokens: list[Token], a: int, b: int, count: Count
    ) -> tuple[str, Count | None, str] | None:
        """Name of the group that a count counts, with a second name if one is given."""
        if count.each or (count.of is not None and not count.equals) or count.noun == "events":
            return None
        if (
            count.at > a
            and tokens[count.at - 1].word == "of"
            and of_all(tokens, a)
            and count.at < a + 5
        ):
            return None  # "Of 49 patients who had a trial, ..."
        if count.equals or self._sole_in_bracket(tokens, b, count):
            return self._before_bracket(tokens, a, b, count)
        if is_sex(count.noun):
            return None
        j = count.at + 1
        before = tokens[count.at - 1] if count.at > a else None
        inside = before is not None and (before.word in ("(", ",") or before.kind == "w")
        # "(MOR 21, LDK 24)"
        if (
            inside
            and before is not None
            and before.kind == "w"
            and short_name(before)
            and tokens[j].word in _CLOSES_COUNT
        ):
            return before.raw, count, ""
        k = j
        while (
            k < b
            and k - j < 6
            and (tokens[k].kind == "w" or tokens[k].word == "-")
            and tokens[k].word not in _ARM_LINKS
        ):
            if tokens[k].word in ("and", "or"):
                break
            k += 1
        if j < b and tokens[j].word in ("a", "an"):
            span = noun_phrase(tokens, j, b, 9)
            if span is not None and not count.noun and words_of(text_of(tokens, *span)):
                return text_of(tokens, *span), count, alias(tokens, span[1], b)
        if k < b and tokens[k].kind == "w" and tokens[k].word in _ARM_LINKS:
            m = k
            while m < b and tokens[m].word in _ARM_LINKS | DETERMINERS:
                m += 1
            span = noun_phrase(tokens, m, b, 9)
            links = {tokens[x].word for x in range(k, m)}
            # "31 for metastases and 58 for osteoporotic fractures"
            strong = (
                links & _STRONG_LINKS
                or (links == {"for"} and not count.noun)
                or (
                    "to" in links
                    and any(tokens[x].word in _ASSIGNED_WORDS for x in range(a, count.at))
                )
            )
            if span is not None and sized(tokens, span[1], b):
                # "64 patients received lidocaine (n = 32)": the size in the bracket is its own.
                return None
            if span is not None and strong and tokens[span[1] - 1].word not in FEW:
                name = text_of(tokens, *span)
                words = words_of(name)
                if not words and m < b and tokens[span[1] - 1].word in GROUP:
                    words = {name}
                if tokens[span[0]].word in GROUP and span[1] - span[0] == 2:
                    return f"group {tokens[span[1] - 1].raw}", count, ""
                if words and span[1] + 1 < b and tokens[span[1]].word == "with":
                    more = noun_phrase(tokens, span[1] + 1, b, 5)
                    if more is not None and links & {"received", "receiving", "underwent", "given"}:
                        span = (span[0], more[1])
                        name = text_of(tokens, *span)
                if words:
                    return name, count, alias(tokens, span[1], b)
        noun = count.noun
        if (
            self.linked
            and before is not None
            and before.word in ("and", ",")
            and noun not in PEOPLE
        ):
            # "30 had a block and 26 RFT"
            span = noun_phrase(tokens, j, b, 5)
            if span is not None and words_of(text_of(tokens, *span)) and noun not in NO_COHORT:
                return text_of(tokens, *span), count, alias(tokens, span[1], b)
        if noun in FEW or noun in NO_COHORT:
            return None
        if (
            noun
            and noun not in PEOPLE - {"controls", "control"}
            and noun not in ("of", "total")
            and tokens[j].kind == "w"
        ) and (count.bracket or noun.endswith("s")):
            return text_of(tokens, j, k if k > j and k - j < 4 else j + 1), count, ""
        if noun in ("controls", "control"):
            return "controls", count, ""
        return None

    def _sole_in_bracket(self, tokens: list[Token], b: int, count: Count) -> bool:
        """ "(46 cases)", "(25 patients)": the size of what stands before the bracket."""
        if count.at < 2 or tokens[count.at - 1].word not in ("(", "["):
            return False
        k = count.at + 1
        while k < b and k < count.at + 4 and tokens[k].kind == "w":
            k += 1
        noun = tokens[k - 1].word
        before = tokens[count.at - 2]
        return (
            k < b
            and tokens[k].word in (")", "]", ",", ";")
            and noun in PEOPLE
            and before.kind == "w"
            and before.word not in PEOPLE
        )

    def _before_bracket(
        self, tokens: list[Token], a: int, b: int, count: Count
    ) -> tuple[str, Count | None, str] | None:
        """The phrase before "(n = 24, group A)"."""
        j = count.at - 1
        while j > a and tokens[j].word not in ("(", "["):
            if count.at - j > 25:
                return None
            j -= 1
        named = _named_inside(tokens, j + 1, count)
        short = named[0] if named is not None and named[0].isupper() and not named[1] else ""
        if named is not None and not short:
            return named[0], count, named[1]
        inner = short or text_of(tokens, j + 1, max(j + 1, count.at - 2)).strip(" ,;")
        k = j - 1
        while (
            k >= a
            and tokens[k].kind != "n"
            and (
                (
                    tokens[k].kind == "w"
                    and (is_content(tokens[k].word) or tokens[k].word in ("plus", "of", "alone"))
                )
                or tokens[k].word in ("-", "+", "/")
                or (k == j - 1 and tokens[k].word == "%")
                or joins_treatments(tokens, a, k)
            )
        ):
            k -= 1
        if k > a and tokens[k].kind == "n" and k + 1 < j and tokens[k + 1].word in _DOSE_UNITS:
            # "radiotherapy of 20 Gy (n = 26)": the name stands before its dose.
            span = phrase_before(tokens, k - (tokens[k - 1].word == "of"), a)
            k = span[0] - 1 if span is not None else k
        first = k + 1
        while first < j and (
            tokens[first].word in _DOSE_UNITS or tokens[first].word in ("of", "-")
        ):
            first += 1  # "5 mL of saline (n = 27)"
        while first + 1 < j and (
            tokens[first].word in _ARM_LINKS
            or (tokens[first].word in PEOPLE and tokens[first + 1].word in _ARM_LINKS)
        ):
            first += 1  # "patients receiving tanezumab (n = 230)"
        if first >= j:
            return (inner, count, "") if inner and words_of(inner) else None
        if first < j and tokens[first].word in ("of", "plus", "alone"):
            first += 1
        trimmed = j - 1 if j - first > 1 and tokens[j - 1].word in GROUP else j
        name = text_of(tokens, first, trimmed)
        alias = inner
        close = count.last
        while close < b and tokens[close].word not in (")", "]"):
            close += 1
        tail = [t for t in tokens[count.last : close] if t.kind == "w" or short_name(t)]
        if not alias and tail and tail[0].word in GROUP and len(tail) > 1:
            alias = f"group {tail[1].raw}"
        elif (
            not alias
            and len(tail) == 1
            and tail[0].word not in PEOPLE
            and tail[0].word not in GROUP
        ):
            alias = tail[0].raw
        if tokens[first].word in GROUP and j - first == 2:
            name = f"group {tokens[first + 1].raw}"
        if name in ("patients", "participants"):
            return None
        return name, count, alias

    def _passive(self, tokens: list[Token], a: int, b: int) -> list[tuple[str, Count | None, str]]:
        """ "SF was given to 108 and MF to 106 patients": groups as subjects of what was given."""
        out: list[tuple[str, Count | None, str]] = []
        for i in range(a + 2, b):
            token = tokens[i]
            if token.kind != "n" or token.mark is not None or token.flag not in ("", "word"):
                continue
            if token.value != int(token.value) or tokens[i - 1].word not in (
                "to",
                "in",
                "by",
                "for",
            ):
                continue
            k = i - 1
            verbs: set[str] = set()
            while k > a and tokens[k - 1].word in _GIVEN:
                k -= 1
                verbs.add(tokens[k].word)
            if not (verbs & _GIVEN - {"was", "were"}) and not (out and not verbs):
                continue
            spans = list_before(tokens, a, k)
            if not spans:
                continue
            name = text_of(tokens, *spans[-1])
            if words_of(name):
                out.append((name, Count(int(token.value), i, i + 1), ""))
        return out if len(out) >= 2 else []

    def _several(self, tokens: list[Token], a: int, b: int, i: int) -> bool:
        """ "allocated to X, Y or Z", "to compare X, Y and Z": three groups or more."""
        word = tokens[i].word
        before = {t.word for t in tokens[a : i + 1]}
        if word not in _COMPARING and not (word in _LEADS_LIST and before & _CHOICE_VERBS):
            return False
        spans = list_behind(tokens, i + 1, b)
        if len(spans) < 3:
            return False
        names = [text_of(tokens, *span) for span in spans]
        words = [words_of(name) for name in names]
        heads = {tokens[span[1] - 1].word for span in spans}
        if not all(words) or heads & (_NOT_HEAD | PEOPLE) or len({frozenset(w) for w in words}) < 3:
            return False
        for name, span in zip(names, spans, strict=True):
            self._add(name, None, alias(tokens, span[1], len(tokens)))
        return True

    def _contrast(self, tokens: list[Token], a: int, b: int) -> None:
        """ "compared X with Y", "X and Y were compared", "randomised to X or Y", "X versus Y"."""
        for i in range(a, b):
            word = tokens[i].word
            if self._several(tokens, a, b, i):
                continue
            if word in _COMPARING and i + 1 < b:
                left = noun_phrase(tokens, i + 1, b, 9)
                if left is not None and left[1] < b and tokens[left[1]].word in _SECOND_OF_PAIR:
                    right = noun_phrase(tokens, left[1] + 1, b, 9)
                    if right is not None:
                        self._pair(tokens, left, right)
                        continue
                if word == "compared" and i > a + 2 and tokens[i - 1].word in ("were", "was"):
                    spans = list_before(tokens, a, i - 1)
                    if len(spans) == 2:
                        self._pair(tokens, spans[0], spans[1])
            elif word in ("vs", "versus"):
                spans = list_before(tokens, a, i)
                right = noun_phrase(tokens, i + 1, b, 9)
                if spans and right is not None:
                    self._pair(tokens, spans[-1], right)
            elif word in _LEADS_CHOICE and i + 1 < b and word != "or":
                left = noun_phrase(tokens, i + 1, b, 9)
                if left is None:
                    continue
                j = to_choice(tokens, skip_bracket(tokens, left[1], b), b)
                if j < b and tokens[j].word == "or":
                    k = j + 1
                    while k < b and tokens[k].word in _BEFORE_CHOICE:
                        k += 1
                    none = tokens[k].word == "no" if k < b else False
                    right = noun_phrase(tokens, k + none, b, 9)
                    if right is not None and _CHOICE_VERBS & {t.word for t in tokens[a : i + 1]}:
                        self._pair(tokens, left, (k, right[1]) if none else right)

    def _pair(self, tokens: list[Token], left: tuple[int, int], right: tuple[int, int]) -> None:
        names = [text_of(tokens, *left), text_of(tokens, *right)]
        if any(not words_of(name) for name in names) or words_of(names[0]) == words_of(names[1]):
            return
        if any(tokens[span[1] - 1].word in _NOT_HEAD for span in (left, right)):
            return
        if any(tokens[span[1]].word == "-" for span in (left, right) if span[1] < len(tokens)):
            return  # "surgeon-placed block": the phrase was cut in a word
        words = [words_of(name) for name in names]
        if not self.arms and (words[0] < words[1] or words[1] < words[0]):
            # "taping or sham taping": two groups, though one name holds the other.
            for name, mine, span in zip(names, words, (left, right), strict=True):
                short = alias(tokens, span[1], len(tokens))
                self.arms.append(DocArm(name, set(mine), None, {short} if short else set(), ""))
            return
        for name, span in zip(names, (left, right), strict=True):
            self._add(name, None, alias(tokens, span[1], len(tokens)))

    def _single(self, item: tuple[str, Count | None, str]) -> None:
        words = words_of(item[0])
        for arm in self.arms:
            if words and words & arm.words and arm.n is None:
                arm.n = item[1]

    def _add(self, name: str, count: Count | None, alias: str) -> None:
        letter = ""
        words = words_of(name)
        if name.startswith("group ") and len(name.split()) == 2:
            letter = name.split()[1]
            words = words_of(letter) if len(letter) > 1 and not letter.isdigit() else set()
        alias_letter = ""
        if alias.startswith("group ") and len(alias.split()) == 2:
            alias_letter = alias.split()[1]
        if not words and not letter and not alias_letter:
            return
        for arm in self.arms:
            same = (letter and arm.letter == letter) or (
                alias_letter and arm.letter == alias_letter
            )
            if (
                same
                or name in arm.aliases
                or (words and (words == arm.words or (alias and alias in arm.aliases)))
            ):
                arm.n = arm.n or count
                arm.words |= words
                if alias and not alias_letter:
                    arm.aliases.add(alias)
                arm.letter = arm.letter or letter or alias_letter
                return
        if words and words <= TOGETHER and sum(gives_both(arm.name) for arm in self.arms) == 1:
            return
        if name.isupper() and len(name) > 1:
            spelt = [arm for arm in self.arms if initials(arm.name) == name.lower()]
            if len(spelt) == 1:
                spelt[0].aliases.add(name)
                spelt[0].n = spelt[0].n or count
                return
        for arm in self.arms:
            # A shorter name of a declared group ("the sham group" for "sham injection").
            near = [other for other in self.arms if words and words & other.words]
            negated = (words ^ arm.words) & _NEGATIONS
            sized_apart = count is not None and arm.n is not None and count.at != arm.n.at
            if (
                sized_apart
                and self.left
                and len(near) == 1
                and near[0] is arm
                and (words <= arm.words or arm.words <= words)
                and 0.4 * arm.n.value <= count.value <= arm.n.value
            ):
                # "43 in the steroid group were reviewed": those left of the 49 that were declared.
                return
            if (
                len(near) == 1
                and near[0] is arm
                and not sized_apart
                and not negated
                and (words <= arm.words or arm.words <= words)
            ):
                arm.n = arm.n or count
                if arm.words < words:
                    arm.words |= words
                    if len(name.split()) <= 4 and not arm.letter:
                        arm.name = name
                return
        known = any(words and words < arm.words and arm.n is not None for arm in self.arms)
        if self.staying and count is not None and known:
            # "43 in the steroid group were reviewed": those left of a group known already.
            return
        aliases = {alias} if alias and not alias_letter else set()
        self.arms.append(DocArm(name, set(words), count, aliases, letter or alias_letter))


_NOT_HEAD = word_set(
    "baseline values value scores score time groups group arms efficacy outcomes outcome "
    "results safety effect effects data measures day days week weeks month months year years "
    "visits follow-up function change changes"
)


def _without_whole(
    named: list[tuple[str, Count | None, str]],
) -> list[tuple[str, Count | None, str]]:
    """Of "142 adults with knee pain to tape (71) or rest (71)", the first is no group."""
    sizes = [count.value for _, count, _ in named if count is not None]
    if len(sizes) < 3 or len(sizes) != len(named):
        return named
    rest = sum(sizes) - max(sizes)
    return [
        item for item in named if item[1] is not None and (item[1].equals or item[1].value < rest)
    ]


def _named_inside(tokens: list[Token], first: int, count: Count) -> tuple[str, str] | None:
    """ "(exercise group, EG; n = 30)": the name and the acronym that a bracket gives."""
    stop = count.at - 2 if count.equals else count.at
    name, alias, k = "", "", first
    start = first
    while k <= stop:
        if k == stop or tokens[k].word in (",", ";", ":"):
            words = tokens[start:k]
            if words and words[-1].word in GROUP and len(words) > 1:
                name = text_of(tokens, start, k - 1)
            elif len(words) == 1 and short_name(words[0]):
                alias = words[0].raw
            start = k + 1
        k += 1
    last = text_of(tokens, start, stop) if start < stop else ""
    if not name and count.equals:
        # "(MI-TLIF, n = 45; open TLIF, n = 52)": the name stands right before its own n.
        k = stop - 1 if tokens[stop - 1].word in (",", ":") else stop
        begin = k
        while begin > first and tokens[begin - 1].word not in (";", ",", "("):
            begin -= 1
        inside = tokens[begin:k]
        if k < stop and inside and all(t.kind == "w" or t.word in ("-", "+", "/") for t in inside):
            last = text_of(tokens, begin, k)
            if any(t.word == ";" for t in tokens[first - 1 : count.last + 2]):
                name = last
    if not name or not words_of(name):
        return None
    return name, alias

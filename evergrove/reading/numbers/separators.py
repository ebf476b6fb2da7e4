"""Where the text between two runs of values is cut: the sign or word that ends the left one."""

from __future__ import annotations

from evergrove.reading.frames import Labels, Run
from evergrove.reading.linking.rows_behind import row_behind
from evergrove.reading.text.small_words import IS, STARTS_CLAUSE, TURNS_CLAUSE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    ALLOTTED,
    CHANGE_NOUNS,
    PREPOSITIONS,
    SET_BESIDE,
    VERBS,
    word_set,
)
from evergrove.reading.times.dated_brackets import lead_of_bracket

_CUT_WORDS = word_set("at in after with for on ( by")
_BOTH_SIDES_WORDS = word_set("it was were mean = : a score the (")


# Words that look like verbs but belong to a phrase ("in the treated group", "compared with").
_VERBAL = word_set(
    "compared versus using given treated allocated assigned received rating remaining lower "
    "higher less more better worse greater change changes reduction improvement decrease "
    "increase relief enrolled included completed analysed analyzed observed reported "
    "randomised randomized left"
)
_SPLIT = word_set(
    ", ; : and nor but while whereas whilst vs versus compared then although though against plus "
    "or — /"
)


def cut_between(
    tokens: list[Token],
    start: int,
    stop: int,
    inside: list[Labels],
    skip: dict[int, int],
    left: Run,
    right: Run,
) -> int:
    """The first separator between two runs that is not part of a list of labels."""
    if _hosts_of_brackets(tokens, start, stop, inside, left):
        return start
    if row := row_behind(tokens, start, inside):
        return row
    if tokens[stop - 1].word == ",":
        # "2.7 at 6 months (BASELINE, 8.1)": what opens the bracket is of the value in it
        # not "(NRS, 3.7) than after clay (NRS, 5.2)": each bracket stands behind its group
        both = tokens[start].word == ")"
        end = stop - 1
        while end > start and tokens[end - 1].word in _VALUE:
            end -= 1  # "(PREOPERATIVE VALUE, 8.1)"
        own = next((labels for labels in inside if labels.last == end), None)
        own = own if own is None or own.kind == "time" or not both else None
        if own is not None and tokens[own.first - 1].word in ("(", "["):
            return lead_of_bracket(tokens, start, stop, inside) or own.first
    if tokens[start].word == "to" and any(
        labels.first == start + 1 and labels.last == stop and labels.kind == "time"
        for labels in inside
    ):
        return start  # "from 7.4 TO POST-OPERATIVE 3.2"
    if tokens[start].word == ")" and (own := _than_then(tokens, start + 1, stop, inside)):
        return own
    split = _either_bracket(tokens, inside, left, right)
    if split:
        return split
    row = _row_end(tokens, start, stop, inside) or _dated_bracket(tokens, start, stop, inside)
    if row:
        return row
    k = _over_passive(tokens, _over_noun(tokens, start, stop, inside), stop, skip)
    k = k if tokens[k - 1].word in NOTED else start
    while k < stop:
        end = skip.get(k)
        if end is not None and end <= stop:
            k = end
            continue
        within = next((labels for labels in inside if labels.first <= k < labels.last), None)
        if within is not None:
            if len(within.items) > 1 and _both_sides(tokens, within, stop):
                # "4.2 at 3 months and at 6 months 3.1": the last label goes with the next value.
                last = within.items[-1]
                within.items = within.items[:-1]
                within.last = within.items[-1].last
                moved = Labels(within.kind, [last], last.first, last.last)
                right.pre.setdefault(within.kind, []).append(moved)
                return within.last
            k = within.last
            continue
        word = tokens[k].word
        if word == "with" and _with_mean(tokens, k, stop, inside):
            return k
        opener = _opener(tokens, k, stop, inside)
        if word in (")", "]") and tokens[opener].word in ("(", "["):
            # "(-3.4) than with advice (-1.8)": what follows the bracket leads to the next one.
            return k
        if word in ("(", "[") and k + 1 < stop:
            k = _over_bracket(tokens, k, stop)
            continue
        if word in ("was", "were") and tokens[k + 1].word in NOTED and _same_noun(tokens, stop):
            k += 2
            continue
        if word in VERBS and tokens[k].kind == "w" and word not in _VERBAL and k > start:
            return _subject_start(tokens, start, k, inside)
        if word in _SPLIT:
            if word == "," and _in_turn(tokens, k, stop, left):
                k += 2 + (tokens[k + 2].word == ",")
                continue
            if word == "," and _enclosed(tokens, k, stop, inside):
                k += 1
                continue
            pair = _pair_behind(k, inside) if word == "," and left.versus else None
            if pair is not None and pair.last < stop:
                # "3.1 versus 4.7, tape versus rest": the names of the two values before
                k = pair.last
                continue
            return k
        # "2.1 for those ASSIGNED TO wax and 3.4 for ...": it leads to the group of the 2.1
        led = word == "to" and tokens[k - 1].word in ALLOTTED
        if (
            word in ("to", "from", "by")
            and not led
            and (
                k + 3 >= stop
                or not any(labels.first > k and labels.first <= k + 2 for labels in inside)
            )
        ):
            return k
        k += 1
    if _opened(tokens, left) and _opened(tokens, right):
        # "with wax (2.2 ± 1.0) than with clay (3.9 ± 1.3)": each bracket behind its group.
        return start
    # No separator: a label that follows its value directly is the value's own.
    return (
        stop
        if not inside or tokens[start].word in _CUT_WORDS or inside[-1].last >= stop - 1
        else start
    )


_VALUE = word_set("value score level")


def _opener(tokens: list[Token], k: int, stop: int, inside: list[Labels]) -> int:
    """The token before the next value, its measure or "from" left out: "(NRS 5.2)", "(from 7"."""
    opener = stop - 2 if tokens[stop - 1].word == "from" else stop - 1
    own = next((labels for labels in inside if labels.first > k and labels.last == stop), None)
    if own is not None and own.kind == "measure" and len(own.items) == 1:
        return own.first - 1
    return opener


def _with_mean(tokens: list[Token], k: int, stop: int, inside: list[Labels]) -> bool:
    """ "fell to 3.1 in 48 patients WITH A MEAN BMI OF 27.2": the name belongs to its own number."""
    first = k + 1 + (tokens[k + 1].word in ("a", "an"))
    if tokens[first].word not in _MEAN_OF - {"a", "an"}:
        return _with_score(tokens, first, stop, inside)
    for labels in inside:
        if labels.kind == "measure" and k < labels.first <= k + 6 and len(labels.items) == 1:
            return all(tokens[m].word in _LEADS_NUMBER for m in range(labels.last, stop))
    return False


def _with_score(tokens: list[Token], first: int, stop: int, inside: list[Labels]) -> bool:
    """ "the VAS was 2.4 WITH AN ODI OF 17": the name behind "with" belongs to its own number."""
    name = next((x for x in inside if x.kind == "measure" and x.first == first), None)
    if name is None or len(name.items) != 1 or name.last >= stop:
        return False
    lead = [tokens[m].word for m in range(name.last, stop)]
    return "of" in lead and _LEADS_NUMBER.issuperset(lead)


_MEAN_OF = word_set("a an mean median average")
_LEADS_NUMBER = word_set("of = : was score scores value at")


def _row_end(tokens: list[Token], start: int, stop: int, inside: list[Labels]) -> int:
    """ "NRS and dose were 4 (2-6) and 31 mg at 1 week; 3 (1-5) ...": the row ends at ";".

    `start` is behind a value that another number, set aside by now, stands beside; else 0.
    """
    if tokens[start].word != "and" or start + 2 >= stop or tokens[start + 1].kind != "n":
        return 0
    if any(labels.first <= start + 1 < labels.last for labels in inside):
        return 0
    return next((k for k in range(start + 2, stop) if tokens[k].word == ";"), 0)


def _dated_bracket(tokens: list[Token], start: int, stop: int, inside: list[Labels]) -> int:
    """ "NRS at week 9 was 3.3 (BASELINE 6.4)": the time in the bracket is of the value there.

    Returns the bracket's sign, or 0 where it does not open with a time that leads to a value.
    """
    for labels in inside:
        k = labels.first - 1
        if labels.kind != "time" or len(labels.items) != 1 or k < start or tokens[k].word != "(":
            continue
        leads = all(
            token.mark is not None or token.word in _LEADS_VALUE
            for token in tokens[labels.last : stop]
        )
        # "ODI fell to 31; mean VAS (BEFORE: 8.1; ...": the clause before has ended already
        host = next((x.first for x in inside if x.kind == "measure" and x.last == k), k)
        ended = next((m for m in range(start, host) if tokens[m].word in TURNS_CLAUSE), host)
        return ended if leads else 0
    return 0


_LEADS_VALUE = word_set("mean median average score scores value pain was : = vas nrs")


def _hosts_of_brackets(
    tokens: list[Token], start: int, stop: int, inside: list[Labels], left: Run
) -> bool:
    """ "VAS in joggers (2.1 ± 0.8) was lower than in rowers (3.0 ± 1.1)": each before its own."""
    if tokens[stop].word not in ("(", "[") or tokens[start - 1].word not in (")", "]"):
        return False
    if tokens[left.first].word not in ("(", "["):
        return False
    for labels in inside:
        one = labels.kind == "arm" and len(labels.items) == 1 and labels.last == stop
        if one and any(tokens[k].word in SET_BESIDE for k in range(start, labels.first + 1)):
            return True  # "(2.1 ± 0.8) was lower than that of the rowers (3.0 ± 1.1)"
    for kind in ("arm", "time"):
        before = left.pre.get(kind, [])
        if before and before[-1].last == left.first:
            return any(labels.kind == kind and labels.last == stop for labels in inside)
    return False


def _than_then(tokens: list[Token], k: int, stop: int, inside: list[Labels]) -> int:
    """ "after 3 months (NRS 3.2) THAN BEFORE IT (NRS 8.1)": the time of the second bracket.

    Returns where it begins, or 0 where something else stands between the two brackets.
    """
    if tokens[k].word not in ("than", "versus", "vs"):
        return 0
    time = next((one for one in inside if k < one.first <= k + 2), None)
    if time is None or time.kind != "time" or len(time.items) > 1:
        return 0
    opened = tokens[time.last].word in ("(", "[") if time.last < stop else False
    return k if opened else 0


def _either_bracket(tokens: list[Token], inside: list[Labels], left: Run, right: Run) -> int:
    """ "VAS (2.2 and 1.9) was lower with clay than with wax (3.1 and 2.8)": one to each bracket.

    Returns where the labels of the left run end, or 0.
    """
    end = _opening(tokens, right)
    if end < 0 or left.pre.get("arm") or _opening(tokens, left) < 0:
        return 0
    if len(left.values) != len(right.values):
        return 0
    for labels in inside:
        if labels.kind != "arm" or len(labels.items) != 2 or labels.last != end:
            continue
        if labels.contrast:
            last = labels.items.pop()
            labels.last, labels.contrast = labels.items[0].last, False
            right.pre.setdefault("arm", []).append(Labels("arm", [last], last.first, last.last))
            return labels.last
    return 0


def _opening(tokens: list[Token], run: Run) -> int:
    """The token that opens the bracket which a run begins; -1 if it begins none."""
    k = run.first
    while k > 0 and tokens[k].word not in ("(", "[") and run.first - k < 3:
        if k < run.first and tokens[k].word not in _CENTRES:
            return -1
        k -= 1
    return k if tokens[k].word in ("(", "[") else -1


_CENTRES = word_set("mean median average score : =")


def _opened(tokens: list[Token], run: Run) -> bool:
    """Whether a run stands in a bracket of its own."""
    return tokens[run.first].word in ("(", "[") or tokens[run.first - 1].word in ("(", "[")


def _same_noun(tokens: list[Token], stop: int) -> bool:
    """ "a fall of 3 was seen at 1 month AND OF 4 at 2 months": the clause before is closed."""
    return tokens[stop - 1].word == "of" and tokens[stop - 2].word == "and"


def _in_turn(tokens: list[Token], k: int, stop: int, left: Run) -> bool:
    """ "2.1 and 3.4, RESPECTIVELY, FOR wax; ...": what is behind belongs to the values before.

    Also "6.1 and 6.3, respectively, AT ENTRY and 2.2 and 3.4, ...", where no time stands before.
    """
    if tokens[k + 1].word != "respectively" or k + 4 >= stop:
        return False
    if tokens[k + 2].word != ",":
        # "2.1 and 3.4, respectively FOR wax and 4.1 and ..."
        return tokens[k + 2].word in _LABEL_LEADS and tokens[stop - 1].word in ("and", ",", ";")
    later = tokens[stop - 1].word == "," or any(
        tokens[m].word in STARTS_CLAUSE for m in range(k + 4, stop)
    )
    lead = tokens[k + 3].word
    dated = lead in _DATES and "time" not in left.pre
    return later and (dated or lead in _LABEL_LEADS)


_DATES = word_set("at after before during by preoperatively postoperatively")
_LABEL_LEADS = word_set("for in on with at before after")


def _over_passive(tokens: list[Token], start: int, stop: int, skip: dict[int, int]) -> int:
    """ "a mean of 41.6 mm WAS RECORDED at 6 h with placebo, ...": the value is the subject.

    Returns the token behind the verb, or `start`.
    """
    k = start
    # "a fall of 3 (from 7 to 4) was seen at 6 h": so is what stands before the bracket.
    while k < stop and (k in skip or tokens[k].word in ("mm", "cm", "points", ")", "]")):
        k = skip.get(k, k + 1)
    if k + 1 < stop and tokens[k].word in IS and tokens[k + 1].word in NOTED:
        return k + 2
    return start


def _over_noun(tokens: list[Token], start: int, stop: int, inside: list[Labels]) -> int:
    """ "3.1-point REDUCTION IN VAS was seen with wax": behind the noun and its measure.

    So too "from 7.1 to 3.7 IN VAS was seen with wax", "of 3.1 points IN VAS was seen", of the noun
    that stands ahead.
    """
    k = start
    while k < stop and tokens[k].word in ("-", "point", "points", "mm", "cm", "mean"):
        k += 1
    for labels in inside if k < stop and tokens[k].word in ("in", "on", "for") else ():
        passive = labels.last + 1 < stop and tokens[labels.last].word in IS
        seen = passive and tokens[labels.last + 1].word in NOTED
        if labels.kind == "measure" and labels.first <= k + 2 and seen:
            return labels.last
    if k >= stop or tokens[k].word not in CHANGE_NOUNS or tokens[k + 1].word not in ("in", "of"):
        return start
    for labels in inside:
        if labels.kind == "measure" and k + 2 <= labels.first <= k + 3 and labels.last < stop:
            return labels.last
    return start


NOTED = word_set(
    "recorded noted observed found seen reported measured obtained reached achieved documented "
    "registered scored attained maintained determined demonstrated detected established "
    "identified"
)


def _subject_start(tokens: list[Token], start: int, verb: int, inside: list[Labels]) -> int:
    """Where the clause of a verb begins: at its measure, if that stands right before it."""
    for labels in inside:
        lead = tokens[labels.first - 1].word if labels.first > start else ""
        if (
            labels.kind == "measure"
            and verb - 2 <= labels.last <= verb
            and lead not in PREPOSITIONS
        ):
            return labels.first
    return verb


def _over_bracket(tokens: list[Token], k: int, stop: int) -> int:
    """The token after the bracket at k, or k + 1 if it does not close before `stop`."""
    for j in range(k + 1, stop):
        if tokens[j].word in (")", "]"):
            return j + 1
    return k + 1


def _both_sides(tokens: list[Token], labels: Labels, stop: int) -> bool:
    """Whether the last label of a list stands directly before the next value."""
    last = labels.items[-1]
    if labels.kind != "time":
        return False
    gap = [tokens[k].word for k in range(last.last, stop)]
    return (
        len(gap) <= 3
        and not set(gap) & {",", "and", ";"}
        and set(gap) <= _BOTH_SIDES_WORDS
        and len(labels.items) == 2
    )


def _ends_clause(tokens: list[Token], k: int, stop: int) -> bool:
    """Whether a semicolon stands behind a time at k, but for the name of what it is before."""
    if k < stop and tokens[k].word == "of":
        k = next((m for m in range(k + 2, min(k + 6, stop)) if tokens[m].word == ";"), stop)
    return k < stop and tokens[k].word == ";"


def _pair_behind(k: int, inside: list[Labels]) -> Labels | None:
    """Two groups set against each other right behind a comma."""
    for labels in inside:
        two = labels.kind == "arm" and len(labels.items) == 2 and labels.contrast
        if two and 0 < labels.first - k <= 2:
            return labels
    return None


def _enclosed(tokens: list[Token], k: int, stop: int, inside: list[Labels]) -> bool:
    """ "7.1, at baseline, and 3.2": a label between commas belongs to the value before.

    Also a group that "versus" sets against the next: "(0.1, FOR WAX V. median 2.2, for cork)", and
    a time that ends the clause: "NRS was 7.4, ODI 62, BEFORE THE START OF IT; by week 9 ...".
    """
    for labels in inside:
        ends = labels.kind == "time" and len(labels.items) == 1 and 0 <= labels.first - k <= 2
        if ends and _ends_clause(tokens, labels.last, stop):
            return True
        led = labels.kind == "arm" and tokens[k + 1].word in ("for", "in", "with")
        if led and 0 <= labels.first - k <= 3 and labels.last < stop:
            behind = [tokens[m].word for m in range(labels.last, stop)]
            if behind[0] in ("vs", "versus") and _CENTRES.issuperset(behind[1:]):
                return True
        if (
            0 <= labels.first - k <= 3
            and labels.last < stop
            and tokens[labels.last].word == ","
            and labels.last + 1 < stop
            and tokens[labels.last + 1].word == "and"
        ):
            return True
    return False

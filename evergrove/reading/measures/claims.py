"""Whether a value belongs to a known measure at all: subjects, anaphors, memory."""

from __future__ import annotations

from evergrove.reading.arms.extremes import extreme_again
from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.measures.claim_subjects import (
    CENTRE_WORDS,
    PLAIN,
    bare_scale,
    differs_in_another,
    subject_of,
)
from evergrove.reading.measures.goes_on import amount_of_it, goes_on, of_other_amount
from evergrove.reading.measures.mention import STATES, Mention
from evergrove.reading.measures.other_clauses import based, fronted_comparison
from evergrove.reading.measures.people_stood_at import people_stood_at
from evergrove.reading.measures.rows_of_groups import from_a_baseline, row_of_group
from evergrove.reading.measures.rows_of_times import row_of_named_groups, row_of_time
from evergrove.reading.text.small_words import DIFFERENCES
from evergrove.reading.text.tokens import Token, words_outside
from evergrove.reading.text.words import (
    AGENT,
    ANAPHORS,
    CHANGE,
    CHANGE_NOUNS,
    GROUP,
    PEOPLE,
    STATE,
    VERBS,
    is_content,
    word_set,
)
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Memory, Vectors
from evergrove.reading.view import View

_NEAR_AFTER_WORDS = word_set("; whereas while .")
_CONTINUES_WORDS = word_set("from to by of")
_CONTINUES_WORDS_2 = word_set(
    "mean median averaged average score scores corresponding scored rated"
)
_CONTINUES_WORDS_3 = word_set(
    "scored rated averaged had yielded reported gave marked recorded noted"
)


def inherit_measures(
    document: Document, view: View, runs: list[Run], vectors: Vectors, memory: Memory
) -> None:
    """Measures of runs that name none: the run before, the sentence before, or nothing.

    A clause with a subject of its own that is no known measure gets none: its numbers are not read.
    """
    tokens = document.tokens
    if _headed(tokens, view):
        return
    for index, run in enumerate(runs):
        label = vectors.of[index][0]
        bare = label is not None and label.instrument and bare_scale(tokens, label)
        if (
            vectors.how[index] == "post"
            and label is not None
            and (not label.instrument or (bare and run.stat == "level"))
        ):
            floor = runs[index - 1].last if index else view.a
            told = _whole_phrase(tokens, run, label)
            if not told and subject_of(tokens, view, run.lead, run, floor) == "unknown":
                # "mood rose by 19.9 after tape for pain": the subject is another measure.
                vectors.set(index, [None] * len(run.values), "")
        two = vectors.of[index - 1] if index else []
        if (
            bare
            and len(run.values) == len({id(x) for x in two}) > 1
            and vectors.how[index] == "post"
        ):
            # "2.1 and 3.4 with wax, 4.0 and 5.1 with clay (NRS)": the two pains before.
            vectors.set(index, two, "copy")
        if vectors.how[index] or vectors.mismatch[index]:
            continue
        headed = index and run.head is not None and runs[index - 1].head is not None
        if headed and vectors.of[index - 1][-1] is not None:
            # "VAS (LB median = 3.4, OB median = 4.4)": all names of the bracket head scores of it
            vectors.set(index, [vectors.of[index - 1][-1]] * len(run.values), "copy")
            continue
        told = _of_same_bracket(tokens, view, runs, index, vectors, memory)
        if told is not None:
            vectors.set(index, [told], "copy" if index else "memory")
            continue
        again = _same_noun_again(tokens, runs, index)
        if again is not None and vectors.of[again][-1] is not None:
            vectors.set(index, [vectors.of[again][-1]] * len(run.values), "copy")
            continue
        size = len(run.values)
        if index and extreme_again(tokens, runs[index - 1].last, run.first):
            vectors.set(index, [vectors.of[index - 1][-1]] * size, "copy")
            continue
        subject = subject_of(tokens, view, run.lead, run, runs[index - 1].last if index else view.a)
        if differs_in_another(tokens, view, run, runs[index - 1].last if index else view.a):
            continue
        if index:
            before = vectors.of[index - 1]
            own = [m for m in view.mentions if m.key and 0 <= m.first - run.last <= 6]
            if own and fronted_comparison(tokens, view.a, run) and based(run):
                vectors.set(index, [own[0]] * size, "post")
                continue
            seen = vectors.unique(index)
            if subject in ("", "anaphor", "people"):
                following = next((k for k in range(index + 1, len(runs)) if vectors.how[k]), None)
                if (
                    vectors.how[index - 1] == "post"
                    and following is not None
                    and vectors.how[following] == "post"
                    and run.role != "to"
                    and len(vectors.of[following]) == size
                    and not _behind_noun(tokens, run, before[-1])
                ):
                    vectors.set(index, vectors.of[following], "copy")
                    continue
                framed = run.role == "to" and runs[index - 1].role == "from"
                if framed and not subject and not vectors.how[index - 1]:
                    continue  # "NRS was 2; the ferritin had sunk from 7 TO 4": not of the NRS
                one = before[-1] is not None and len({id(x) for x in before}) == 1
                if size > 1 and len(before) == size:
                    vectors.set(index, before, "copy")
                elif framed and one:
                    # "opening rose from 27 to 35 and 38": all of what the frame is about.
                    vectors.set(index, [before[-1]] * size, "copy")
                elif size > 1 and _one_of_late(vectors, index, size):
                    vectors.set(index, [before[-1]] * size, "copy")
                elif size > 1 and len(seen) == size:
                    vectors.set(index, seen, "template")
                elif before and before[-1] is not None and len({id(x) for x in before}) == 1:
                    vectors.set(index, [before[-1]] * size, "copy")
                elif len(seen) == 1 and not amount_of_it(tokens, runs[index - 1], run):
                    vectors.set(index, seen * size, "copy")
            continue
        # The first run: a measure behind it, or the one of the sentence before.
        later = [m for m in view.mentions if m.first >= run.last and m.key is not None]
        near = bool(later) and _near_after(tokens, run, later[0]) and _like_a_result(tokens, run)
        fronted = near and subject == "unknown" and fronted_comparison(tokens, view.a, run)
        if (subject in ("", "people", "anaphor") and near) or fronted:
            vectors.set(index, [later[0]] * size, "post")
        elif memory.mention is not None and (
            row_of_named_groups(tokens, view, run, memory) or goes_on(document, view, run, memory)
        ):
            vectors.set(index, [memory.mention] * size, "memory")
        elif memory.mention is not None and subject in ("anaphor", "", "people"):
            if not view.mentions and subject != "people" and of_other_amount(view, memory):
                continue
            if (
                not _continues(tokens, view, run, subject)
                and not (run.stat == "between_diff" and not view.mentions)
                and not row_of_time(tokens, view, run, memory)
                and not _alike_change(tokens, view, run, memory)
                and not _like_change(tokens, view, run, memory)
                and not (run.stat == "change" and _opens_with_change(document, view, run))
            ):
                continue
            vectors.set(index, [memory.mention] * size, "memory")


def _one_of_late(vectors: Vectors, index: int, size: int) -> bool:
    """ "stay was 4; NRS was 3.2 at 1 month and 2.4 at 6 months, against 5.6 and 4.8": NRS both.

    Whether the last `size` values before the run at `index` are all of one measure.
    """
    late = [label for vector in vectors.of[:index] for label in vector][-size:]
    return len(late) == size and late[-1] is not None and len({id(x) for x in late}) == 1


def _of_same_bracket(
    tokens: list[Token],
    view: View,
    runs: list[Run],
    index: int,
    vectors: Vectors,
    memory: Memory,
) -> Mention | None:
    """ "After wax (75%; NRS, 2.2 points) ... than after clay (7%; 5.9 POINTS)": the same of each.

    A score behind a share in one bracket is what the score behind the share before was.
    """
    run = runs[index]
    if len(run.values) > 1 or not _behind_share(tokens, run.first):
        return None
    if index:
        before, told = runs[index - 1], vectors.of[index - 1][-1]
        between = range(before.last, run.first)
    else:
        before = memory.cells[-1].run if memory.cells else run
        told = memory.cells[-1].mention if memory.cells else None
        between = range(view.a, run.first)
    named = any(m.first in between for m in view.mentions)
    same = told is not None and before.stat == run.stat == "level" and not named
    return told if same and _behind_share(tokens, before.first) else None


def _behind_share(tokens: list[Token], first: int) -> bool:
    """Whether "(75%; pain rating," or "(7%;" stands right before the number at `first`."""
    k = first - 1
    while k > 2 and first - k < 6 and tokens[k].word != "%":
        if tokens[k].kind == "n" or tokens[k].word in ("(", ")"):
            return False
        k -= 1
    if tokens[k].word != "%" or tokens[k + 1].word not in (";", ",") or tokens[k - 1].kind != "n":
        return False
    return "(" in [tokens[m].word for m in range(max(0, k - 5), k - 1)]


def _behind_noun(tokens: list[Token], run: Run, label: Mention | None) -> bool:
    """ "a 30% fall in HIP PAIN (from 8 to 5) and ...": a bracket that opens behind the measure."""
    k = run.first - 1 - (tokens[run.first - 1].word == "from")
    return label is not None and tokens[k].word in ("(", "[") and k - 1 <= label.last <= k


def _same_noun_again(tokens: list[Token], runs: list[Run], index: int) -> int | None:
    """ "a fall of 3 (from 7 to 4) was seen at 2 weeks AND OF 3.5 at 8": the run with that noun."""
    run = runs[index]
    before = runs[index - 1] if index else run
    if run.inherits and run.stat == before.stat == "between_diff" and index:
        # "(difference 9, 95% CI 2 to 16) but not compared with wax (4, -3 to 11)"
        return index - 1 if tokens[run.first - 1].word in ("(", "[") else None
    lead = [tokens[k].word for k in range(max(0, run.first - 2), run.first)]
    if run.stat != "change" or lead != ["and", "of"]:
        return None
    told = [k for k in range(index) if runs[k].role == "of" and runs[k].stat == "change"]
    return told[-1] if told else None


def _whole_phrase(tokens: list[Token], run: Run, label: Mention) -> bool:
    """ "Most slept better, with a fall of 3 points in pain": the phrase says itself what fell."""
    if run.stat != "change" or run.role != "of" or not label.key or run.first < 2:
        return False
    if tokens[run.first - 1].word != "of" or tokens[run.first - 2].word != run.cue:
        return False
    gap = [tokens[k].word for k in range(run.last, label.first)]
    return gap[:1] in (["in"], ["on"]) and len(gap) <= 2


def _difference_seen(tokens: list[Token], view: View, run: Run) -> bool:
    """ "At 2 h, a difference was seen (wax: 3.1 ± 0.6 vs clay: 2.2 ± 0.5)": of the same score.

    Only groups, times and the words of the difference itself stand before the first value.
    """
    told = {tokens[k].word for k in range(view.a, run.first)}
    if not told & DIFFERENCES or not told & _WAS_SEEN or "(" not in told:
        return False
    groups = [arm for arm in view.arms if arm.arm is not None]
    if len({id(arm.arm) for arm in groups}) != 2 or any(m.key is None for m in view.mentions):
        return False
    covered = {k for item in (*groups, *view.times) for k in range(item.first, item.last)}
    other = {
        tokens[k].word
        for k in range(view.a, run.first)
        if k not in covered and tokens[k].kind == "w" and is_content(tokens[k].word)
    }
    return other <= DIFFERENCES | _WAS_SEEN | _KINDS_OF_DIFFERENCE


_WAS_SEEN = word_set("seen observed found noted detected recorded apparent evident present")
_KINDS_OF_DIFFERENCE = word_set(
    "significant significantly statistical statistically clear marked small slight large however "
    "time results groups"
)


def _headed(tokens: list[Token], view: View) -> bool:
    """ "Falls: 2, 0, 0": a telegraphic sentence about a thing of its own."""
    if any(mention.key for mention in view.mentions):
        return False
    at = next((k for k in range(view.a, min(view.b, view.a + 5)) if tokens[k].word == ":"), None)
    if at is None or at == view.a:
        return False
    words = [tokens[k].word for k in range(view.a, at) if tokens[k].kind == "w"]
    covered = {k for item in (*view.arms, *view.times) for k in range(item.first, item.last)}
    first = view.a + (words[:1] in (["at"], ["on"], ["after"]))  # "At 24 h: 1.4, 2.6 and 4.8"
    return (
        bool(words) and not set(words) & ANAPHORS and first not in covered and words[0] != "results"
    )


def join_frames(runs: list[Run], vectors: Vectors) -> None:
    """ "7.9 to 2.4 for back pain": what is named behind the second number holds for both."""
    for index in range(len(runs) - 1):
        if runs[index].role != "from" or runs[index + 1].role != "to":
            continue
        one, two = vectors.of[index][-1], vectors.of[index + 1][-1]
        if one is None or two is None or len(vectors.of[index]) != 1 or not one.key or not two.key:
            continue
        if (
            two.qualifier
            and (not one.qualifier or two.qualifier in STATES or _named_behind(vectors, index))
            and two is not one
            and not (one.instrument and two.instrument and one.key != two.key)
        ):
            key = one.key if one.instrument else two.key
            joined = Mention(
                two.first, two.last, key, two.qualifier, None, one.instrument or two.instrument
            )
            for at in (index, index + 1):
                vectors.of[at] = [joined] * len(vectors.runs[at].values)


def _named_behind(vectors: Vectors, index: int) -> bool:
    """ "for leg pain from 6 to 2 AND FROM 5 TO 1 FOR BACK PAIN": what stands behind names both."""
    return vectors.how[index] == "copy" and vectors.how[index + 1] == "post"


def change_times(tokens: list[Token], runs: list[Run], vectors: Vectors) -> None:
    """A change without a time beside its two levels is dated by the later one."""
    for index, run in enumerate(runs):
        before = vectors.how[index] in ("copy", "last", "memory", "assumed") and all(
            label is not None and label.kind == "base" for label in vectors.of[index]
        )
        if run.stat != "level" and before:
            # "fell by 3.9 points, from 6.8 at baseline to 2.9 at 6 weeks"
            vectors.set(index, [None] * len(vectors.of[index]), "")
        if run.stat == "level" or (vectors.how[index] and not before):
            continue
        beside = index and runs[index - 1].role == "to" and run.lead - runs[index - 1].last <= 1
        bracket = beside and tokens[runs[index - 1].last].word == "("
        for other in [index - 1] if bracket else range(len(runs)):
            labels = vectors.of[other]
            if (
                runs[other].role == "to"
                and labels[-1] is not None
                and vectors.how[other] != "assumed"
            ):
                vectors.set(index, [labels[-1]] * len(run.values), "copy")


def planned_change(runs: list[Run], vectors: Vectors, plan: list[Time]) -> None:
    """ "Noted before and 6 weeks after. Pain fell by 3.1": the one time after baseline."""
    later = [time for time in plan if time.kind != "base"]
    if len(plan) != 2 or len(later) != 1:
        return
    for index, run in enumerate(runs):
        if run.stat == "change" and not any(vectors.of[index]) and not vectors.mismatch[index]:
            vectors.set(index, later * len(run.values), "last")


def _near_after(tokens: list[Token], run: Run, mention: Mention) -> bool:
    gap = words_outside(tokens, run.last, mention.first)
    # "knees with wax went from 7 to 3, and knees with clay from 7 to 4 (VAS)": of all of them
    closes = mention.last < len(tokens) and tokens[mention.last].word in (")", "]")
    alone = closes and tokens[mention.first - 1].word in ("(", "[")
    return len(gap) <= (60 if alone else 30) and _NEAR_AFTER_WORDS.isdisjoint(gap)


_ALIKE = word_set(
    "difference differences different similar comparable equal alike significant significance same "
    "disappeared persisted lost vanished"
)


def _of_things(tokens: list[Token], run: Run) -> bool:
    """ "a mean of 2.4 screws": what the number counts stands behind it."""
    k = run.values[-1].last
    if k >= len(tokens) or tokens[k].kind != "w" or tokens[k].mark is not None:
        return False
    word = tokens[k].word
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ys"))
    return plural and is_content(word) and word not in _NOT_THINGS | PEOPLE | GROUP


_NOT_THINGS = word_set(
    "points units afterwards towards always perhaps millimetres millimeters centimetres "
    "centimeters scores besides upwards downwards thus across"
)


def _like_a_result(tokens: list[Token], run: Run) -> bool:
    """Whether a number far from its measure is printed like one: decimals, a spread or a verb."""
    if _of_things(tokens, run):
        return False
    value = run.values[0]
    lead = tokens[run.first - 1].word if run.first else ""
    led = run.role in _CONTINUES_WORDS or lead in STATE or lead in AGENT
    if lead == "with" and tokens[run.first - 2].word == "compared":
        led = True  # "COMPARED WITH 62 at baseline, mean VAS was 34 at 3 months"
    printed = bool(value.spreads) or value.scale_top is not None
    return printed or "." in tokens[value.at].word or led


def _of_thing(tokens: list[Token], view: View, run: Run) -> bool:
    """Whether the noun before "of" is no centre, measure or change."""
    k = run.first - 1
    while k > view.a and tokens[k].word in ("a", "about", "some", "just"):
        k -= 1
    if tokens[k].word != "of" or k - 1 < view.a:
        return False
    noun = tokens[k - 1]
    return (
        noun.mark is None
        and is_content(noun.word)
        and noun.word not in CENTRE_WORDS | (ANAPHORS | CHANGE | PLAIN)
    )


def _like_change(tokens: list[Token], view: View, run: Run, memory: Memory) -> bool:
    """ "Comparable falls of 2.9 and 3.1 were noted with wax": the change of the sentence before."""
    told = {cell.run.stat for cell in memory.cells}
    if run.stat != "change" or run.role != "of" or told != {"change"}:
        return False
    start = view.a + (tokens[view.a].word in ("a", "an", "the"))
    return start + 1 < run.first and (
        tokens[start].word in _LIKE and tokens[start + 1].word == run.cue
    )


_LIKE = word_set(
    "similar comparable corresponding equivalent analogous equal like greater larger smaller "
    "lesser bigger matching further"
)


def _the_change(tokens: list[Token], view: View, run: Run) -> bool:
    """Whether the change of the clause is the one before: "the decrease", "this reduction"."""
    for k in range(run.first - 1, view.a, -1):
        if tokens[k].word == run.cue:
            lead = {tokens[m].word for m in range(max(view.a, k - 2), k)}
            return bool(lead & {"the", "this", "that"}) and tokens[k + 1].word not in ("in", "of")
    return False


def _opens_with_change(document: Document, view: View, run: Run) -> bool:
    """ "A reduction of 2.3 versus 1.4 was seen with tape": of what the sentence before is about.

    Not where the noun behind tells what changed: "a reduction of 2.3 was seen in drain output".
    """
    tokens, at = document.tokens, document.views.index(view)
    if at == 0 or not any(mention.key for mention in document.views[at - 1].mentions):
        return False
    start = view.a + 2 * (tokens[min(view.a + 1, view.b - 1)].word == ":")
    lead = [tokens[k].word for k in range(start, run.first - 2)]
    whole = tokens[run.first - 1].word == "of" and tokens[run.first - 2].word == run.cue
    if not whole or lead[:1] not in (["a"], ["an"]) or set(lead[1:]) - _LEADS_CHANGE:
        return False
    told = [arm for arm in view.arms if arm.arm is not None or len(view.arms) > 1]
    arms = {k for arm in told for k in range(arm.first, arm.last)}
    named = arms | {k for time in view.times for k in range(time.first, time.last)}
    for k in range(run.values[0].last, view.b - 1):
        if tokens[k].word not in ("in", "of", "for") or tokens[k].kind != "w":
            continue
        m = k + 1 + (tokens[k + 1].word in ("the", "all", "both", "their"))
        word = tokens[m].word
        people = word in PEOPLE or word in GROUP or word in ("comparison", "contrast")
        if m not in named and tokens[m].kind == "w" and not people:
            return False
    return not any(mention.key is None for mention in view.mentions)


_LEADS_CHANGE = word_set("mean median average significant statistically clear further overall")


def _alike_change(tokens: list[Token], view: View, run: Run, memory: Memory) -> bool:
    """ "In the rest group decreases were similar: -3.1, -2.8": the changes of before, again."""
    if run.stat != "change" or run.cue not in CHANGE_NOUNS or view.mentions:
        return False
    told = {cell.run.stat for cell in memory.cells} == {"change"}
    return told and any(tokens[k].word in _ALIKE for k in range(view.a, run.first))


def _continues(tokens: list[Token], view: View, run: Run, subject: str) -> bool:
    """Whether a sentence without a measure goes on about the one before."""
    if not _like_a_result(tokens, run):
        return False
    if subject == "anaphor":
        return True
    words = {tokens[k].word for k in range(view.a, run.first)}
    if words & _CONTINUES_WORDS_2 or row_of_group(tokens, view):
        return True
    if from_a_baseline(tokens, view, run.first):
        return True
    if run.versus and words & _ALIKE and not any(m.key is None for m in view.mentions):
        # "However, no difference existed at 3 months (2.3 vs 2.5)"
        return True
    if _difference_seen(tokens, view, run):
        return True
    if run.stat == "change" and run.role == "of" and _the_change(tokens, view, run):
        return True  # "the decrease amounted to 19.7"
    if any(m.key is None for m in view.mentions) and subject != "people":
        return False
    if people_stood_at(tokens, view, run):
        return True
    if subject == "people" or run.verb is None:  # "one had a haematoma OF 3 cm"
        thing = subject != "people" or (run.role == "of" and _of_thing(tokens, view, run))
        return not thing and bool(words & _CONTINUES_WORDS_3)
    content = [
        tokens[k].word for k in range(view.a, run.first)
        if tokens[k].kind == "w" and is_content(tokens[k].word)
    ]  # fmt: skip
    covered = {
        tokens[k].word for item in (*view.arms, *view.times) for k in range(item.first, item.last)
    }
    return all(
        w in covered or w in ANAPHORS or w in CHANGE or w in STATE or w in VERBS for w in content
    )

"""Which measure a number has, where names stand around it."""

from __future__ import annotations

from evergrove.reading.frames import Labels, Run, outer_run
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.small_words import VS
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import BODY_PLACES, CHANGE_NOUNS, is_content, word_set
from evergrove.reading.vectors import Vectors

_PREPOSITIONAL_WORDS = word_set(
    "total overall global modified the a their mean week - average an same three left right"
)


_PREPOSITIONAL_WORDS_2 = word_set("on in for of by ( to reduction with")


#: Why a name is no outcome, with or without its word ("another construct: nausea").
_NO_OUTCOMES = ("count", "another construct", "unknown measure")


def measure(
    tokens: list[Token], vectors: Vectors, index: int,
    singles: list[tuple[Labels, str]], lists: list[tuple[Labels, str]],
    pending: list[tuple[int, Labels, str]],
) -> None:  # fmt: skip
    run = vectors.runs[index]
    size = len(run.values)
    post = [labels for labels, side in singles if side == "post" and _prepositional(tokens, labels)]
    pre = [labels for labels, side in singles if side == "pre" and not _related(tokens, labels)]
    pre_list = [labels for labels, side in lists if side == "pre"]
    if post and not pre and index and _past_bracket(tokens, vectors.runs[index - 1], run, post[0]):
        return  # it goes on with the measure of the run before
    noun = next((labels for labels, side in singles if side == "post"), None)
    if noun is not None and _in_noun_of_change(tokens, run, noun):
        vectors.set(index, [noun.items[0]] * size, "post")
        return
    # "2.0 at rest and 4.6 on movement": a qualifier behind its value says of what.
    own = [
        labels
        for labels, side in singles
        if side == "post" and labels.items[0].anaphor and not _next_clause(tokens, run, labels)
    ]
    if own:
        pre_measure = [
            labels.items[0] for labels in pre if labels.items[0].key and not labels.items[0].anaphor
        ]
        base = pre_measure[0] if pre_measure else own[0].items[0]
        qualified = Mention(
            own[0].first,
            own[0].last,
            base.key,
            own[0].items[0].qualifier,
            base.veto,
            base.instrument,
        )
        vectors.set(index, [qualified] * size, "pre" if pre_measure else "post")
        return
    near = max((labels.first for labels in [*pre, *pre_list]), default=-1)
    if pre_list and pre_list[0].first == near and _other_put_down(tokens, run, pre_list[0]):
        vectors.set(index, pre_list[0].items[:size], "pre")
        return
    if pre_list and pre_list[0].first == near:
        pending.append((index, pre_list[0], "pre"))
        return
    if pre:
        pre = sorted(pre, key=lambda labels: labels.first)
        label = pre[-1].items[0]
        if label.key is None and len(pre) > 1 and _pair_of_names(tokens, run, pre[-2], pre[-1]):
            label = pre[-2].items[0]
        if post and post[0].items[0].key is not None and label.key is not None:
            label = _refined(label, post[0].items[0])
        elif (
            post
            and label.key is None
            and (label.veto or "").partition(":")[0] not in _NO_OUTCOMES
            and post[0].items[0].key is not None
            and run.stat == "change"
        ):
            label = post[0].items[0]
        vectors.set(index, [label] * size, "pre")
    elif post and (other := _of_other_frame(tokens, vectors, index, post[0])):
        vectors.set(index, [other] * size, "pre")
    elif post:
        vectors.set(index, [post[0].items[0]] * size, "post")
    else:
        post_list = [labels for labels, side in lists if side == "post"]
        if post_list:
            pending.append((index, post_list[0], "post"))


def _of_other_frame(
    tokens: list[Token], vectors: Vectors, index: int, labels: Labels
) -> Mention | None:
    """ "FATIGUE fell from 6.4 to 4.1 ON THE NRS": the scale of what is no outcome here.

    What the first value of the frame is said to be, where the scale stands right behind the second.
    """
    if not index or [run.role for run in vectors.runs[index - 1 : index + 1]] != ["from", "to"]:
        return None
    told = vectors.of[index - 1][-1]
    other = isinstance(told, Mention) and told.key is None and vectors.how[index - 1] == "pre"
    other = other and all(len(run.values) == 1 for run in vectors.runs[index - 1 : index + 1])
    led = tokens[labels.first - 1].kind == "w" or tokens[labels.first - 1].word == "("
    scale = labels.items[0].instrument and led
    gap = range(vectors.runs[index].last, labels.first)
    near = scale and not any(tokens[k].word in _ENDS_FRAME for k in gap)
    return told if other and near else None


_ENDS_FRAME = word_set(", ; : and but while whereas with")


def _next_clause(tokens: list[Token], run: Run, labels: Labels) -> bool:
    """ "At rest, NRS fell to 2; ON MOVEMENT, it fell to 4": it says of what the next value is."""
    behind = tokens[labels.last].word if labels.last < len(tokens) else ""
    if behind not in (",", "it"):
        return False
    return any(tokens[k].word == ";" for k in range(run.last, labels.first))


def _past_bracket(tokens: list[Token], before: Run, run: Run, labels: Labels) -> bool:
    """ "(mean rise of ODI 13 with wax VS 2 with clay) without difference IN NRS": still of ODI.

    The two values are set against each other in one bracket, and the name stands outside it.
    """
    gap = [tokens[k].word for k in range(before.last, run.first)]
    if not VS & set(gap) or not _BRACKETS.isdisjoint(gap):
        return False
    for k in range(run.last, labels.first):
        if tokens[k].word in _BRACKETS:
            return tokens[k].word in (")", "]")
    return False


_BRACKETS = word_set("( [ ) ]")


def _in_noun_of_change(tokens: list[Token], run: Run, labels: Labels) -> bool:
    """ "and a 2.9 cm VAS reduction": a measure between its value and the noun of a change."""
    behind = tokens[labels.last].word if labels.last < len(tokens) else ""
    return labels.first == run.last and run.stat == "change" and behind in CHANGE_NOUNS


def _other_put_down(tokens: list[Token], run: Run, labels: Labels) -> bool:
    """ "VAS and dose were 7.0 and 66 mg": the second number is none of ours, the first is."""
    size = len(run.values)
    ours = [item.key is not None for item in labels.items]
    if ours != [True] * size + [False] * (len(ours) - size):
        return False
    return _number_follows(tokens, run)


def _pair_of_names(tokens: list[Token], run: Run, one: Labels, two: Labels) -> bool:
    """ "mean VAS and morphine DOSE were 7.0 and 66 mg": two names, and a number behind ours."""
    gap = [tokens[k].word for k in range(one.last, two.first)]
    gap = gap[1:] if gap[:1] in (["score"], ["scores"]) else gap
    joined = one.items[0].key is not None and "and" in gap[:1] and len(gap) <= 3
    return joined and len(run.values) == 1 and _number_follows(tokens, run)


def _number_follows(tokens: list[Token], run: Run) -> bool:
    k = run.last
    return k + 1 < len(tokens) and tokens[k].word in ("and", ",") and tokens[k + 1].kind == "n"


def _related(tokens: list[Token], labels: Labels) -> bool:
    """ "7.8 before, unrelated to lesion SIZE, and 2.9 after": nothing that was measured here."""
    if labels.items[0].key is not None:
        return False
    return any(tokens[k].word in _RELATED for k in range(max(0, labels.first - 5), labels.first))


_RELATED = word_set(
    "related unrelated regardless irrespective independent independently correlated uncorrelated "
    "influenced unaffected dependent"
)


def _prepositional(tokens: list[Token], labels: Labels) -> bool:
    """A measure after its value counts only behind a preposition: "by 21.4 on the ODI"."""
    k = labels.first - 1
    k -= tokens[k].word in BODY_PLACES  # "in the ANKLE NRS"
    while (k >= 0 and tokens[k].word in _PREPOSITIONAL_WORDS) or tokens[k].kind == "n":
        k -= 1
    led = tokens[k].word in _PREPOSITIONAL_WORDS_2 or tokens[k].mark is not None
    return led or _on_its_scale(tokens, k)


def _on_its_scale(tokens: list[Token], k: int) -> bool:
    """ "by 2.4 ON THE GRIP NRS": one word, of no list, between the scale and "on the"."""
    plain = tokens[k].kind == "w" and is_content(tokens[k].word)
    return plain and [token.word for token in tokens[max(0, k - 2) : k]] == ["on", "the"]


def _refined(label: Mention, post: Mention) -> Mention:
    """ "pain fell by 3.1 on the VAS": the instrument behind the value completes the construct."""
    if not label.instrument and post.instrument:
        return Mention(
            post.first, post.last, post.key, label.qualifier or post.qualifier, None, True
        )
    if label.key == post.key and post.qualifier and not label.qualifier:
        return post
    if label.instrument and not post.instrument and post.qualifier and not label.qualifier:
        return Mention(label.first, label.last, label.key, post.qualifier, None, True)
    return label


def measures_over_brackets(tokens: list[Token], runs: list[Run], vectors: Vectors) -> None:
    """ "NRS fell by 0.6 (7 ON THE ODI) with wax AND 0.4 (5 on the ODI) with clay": of the NRS.

    A run that names no measure goes on from the one ahead of the bracket, if what stands in that
    names one of its own.
    """
    for index in range(2, len(runs)):
        aside = vectors.of[index - 1]
        if vectors.how[index] or vectors.mismatch[index] or not vectors.how[index - 1]:
            continue
        outer = outer_run(tokens, runs, index)
        if outer is runs[index - 1] or not _names_own(tokens, outer, runs[index - 1]):
            continue
        told = vectors.of[runs.index(outer)]
        one = told[-1] is not None and len({id(mention) for mention in told}) == 1
        if one and all(mention is not None and mention.key != told[-1].key for mention in aside):
            vectors.set(index, [told[-1]] * len(runs[index].values), "copy")


def _names_own(tokens: list[Token], outer: Run, inner: Run) -> bool:
    """Whether a name stands in the bracket of a run, which opens behind the run `outer`."""
    opened = open_bracket(tokens, outer.last, inner.first)
    lists = inner.pre.get("measure", []) + inner.post.get("measure", [])
    return opened is not None and any(labels.first > opened for labels in lists)

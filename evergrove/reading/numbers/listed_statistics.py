"""Statistics told one for each measure: "ICCs were 0.91 FOR THE VAS AND 0.87 FOR THE NRS"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import STATE, word_set
from evergrove.reading.view import View

_NAMES = word_set("auc aucs icc iccs alpha alphas kappa kappas rho smd smds srm srms")
MAYBE_LISTED = _NAMES | word_set("size sizes")  # names of effect sizes are no mention any more
_LEADS = STATE | word_set("of value values coefficient coefficients score scores = :")
_OF = word_set("for in of on with between")
_WHEN = word_set("at after before")
_LONG = 14  # words of a subject
_ENDS = STATE | word_set("at from to than after before compared versus vs while but ; . ( )")


def listed_statistics(tokens: list[Token], view: View) -> set[int]:
    """The places of numbers that stand in one list with the number of a statistic.

    Each goes on with the preposition of the first: the statistic of the next measure, no score.
    """
    out: set[int] = set()
    for k in range(view.a, view.b - 1):
        mark = tokens[k].mark
        if tokens[k].word not in _NAMES and getattr(mark, "key", "") != "other statistic":
            continue
        at = k + 1
        while at < view.b and (
            tokens[at].word in _LEADS or (mark is not None and tokens[at].mark is mark)
        ):
            at += 1
        at -= tokens[at - 1].word in _OF  # "of" may lead to the number, or to what has it
        if at < view.b and tokens[at].word in _OF:
            dated = {i for time in view.times for i in range(time.first, time.last)}
            at = behind_subject(tokens, at, view.b, dated)
        if at < view.b and tokens[at].kind == "n":
            out |= _list_from(tokens, view, at)
    return out


def behind_subject(tokens: list[Token], at: int, b: int, times: set[int]) -> int:
    """ "The response means OF REST AND WALKING PAIN WERE 0.9 and 1.1": behind its verb, or b.

    `at`: the preposition behind the name of a statistic; `times`: the places of times, whose
    words and numbers may stand in its subject.
    """
    for k in range(at, min(b - 1, at + _LONG)):
        word = tokens[k].word
        if k in times or word in _WHEN:
            continue
        if word in STATE:
            return k + 1
        if k > at and (word in _ENDS or tokens[k].kind == "n"):
            break
    return b


def _list_from(tokens: list[Token], view: View, at: int) -> set[int]:
    """Of the number at token `at`, and those that follow it in its list."""
    first = next((value for value in view.q.values if value.at == at), None)
    out, last, lead = {at}, first.last if first is not None else at + 1, ""
    if first is None and last < view.b and tokens[last].word in ("(", "["):
        last = next((k + 1 for k in range(last, view.b) if tokens[k].word in ")]"), last)
    for value in sorted(view.q.values, key=lambda value: value.first):
        if value.first < last or value is first:
            continue
        gap = [tokens[k].word for k in range(last, value.first)]
        if not gap or gap[-1] not in ("and", ",") or len(gap) > 12 or _ENDS & set(gap):
            break
        told = gap[0] if gap[0] in _OF else ""
        behind = tokens[value.last].word if value.last < view.b else "."
        if (lead and told != lead) or (told and behind != told):
            break
        out.add(value.at)
        last, lead = value.last, told
    return out if len(out) > 1 else set()

"""Rarer turns of phrase between words, told in the common way: "AHEAD OF surgery" is "before"."""

from __future__ import annotations

from collections.abc import Callable

from evergrove.reading.text.all_visits import MAYBE_VISITS_OF_P, visits_of_p
from evergrove.reading.text.amounted_lists import MAYBE_AMOUNTED, amounts_in_turn
from evergrove.reading.text.below_baseline import MAYBE_BELOW, below_baseline
from evergrove.reading.text.came_with import MAYBE_CAME, came_with
from evergrove.reading.text.clues import Clues
from evergrove.reading.text.effect_estimates import MAYBE_ESTIMATE, spell_estimates
from evergrove.reading.text.favoured_groups import MAYBE_FAVOUR, without_favoured
from evergrove.reading.text.given_either import MAYBE_EITHER, given_either
from evergrove.reading.text.groups_in_clauses import (
    MAYBE_BETTER,
    MAYBE_CLAUSE,
    MAYBE_USERS,
    did_better,
    groups_of,
    treated_groups,
    users_in_turn,
)
from evergrove.reading.text.joining_dashes import (
    MAYBE_FRAMED,
    MAYBE_LISTED,
    spell_frames,
    spell_lists,
)
from evergrove.reading.text.lengths_of_scales import MAYBE_LINE, turn_lines
from evergrove.reading.text.means_with_spreads import MAYBE_SPREAD_AGAIN, spreads_again
from evergrove.reading.text.measures_told_behind import MAYBE_BEHIND, measures_told_behind
from evergrove.reading.text.moved_with_pain import MAYBE_DOING, had_while_moving
from evergrove.reading.text.obtained_changes import (
    MAYBE_OBTAINED,
    MAYBE_WITH_MEAN,
    changed_with_mean,
    obtained_changes,
)
from evergrove.reading.text.quoted_names import MAYBE_QUOTED, without_quotes
from evergrove.reading.text.rest_scores import MAYBE_REST, rest_scores
from evergrove.reading.text.reverse_orders import MAYBE_REVERSED, spell_orders
from evergrove.reading.text.short_changes import MAYBE_SHORT_CHANGE, spell_short_changes
from evergrove.reading.text.signs_explained import MAYBE_SIGN, signs_explained
from evergrove.reading.text.slashed_groups import MAYBE_SLASHED, slashed_groups
from evergrove.reading.text.small_words import CLOSES, WHEN
from evergrove.reading.text.some_of_the import MAYBE_SOME, some_of_the
from evergrove.reading.text.states_as_heads import MAYBE_HEADS, states_as_heads
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.turns_of_scores import (
    ARTICLES,
    OCCASIONS,
    both_rated,
    change_scores,
    departure,
    double_dash,
    end_in_bracket,
    had_measured,
    log_mar,
    of_the_clock,
    over_controls,
    scores_of_occasions,
    times_as_much,
    where_as,
)
from evergrove.reading.text.turns_of_time import still_alive, straight_after
from evergrove.reading.text.went_on import GOING_ON
from evergrove.reading.text.words import (
    ALLOTTED,
    CONTROLS,
    EVENT,
    GROUP,
    PEOPLE,
    THOSE,
    is_content,
    names_people,
    word_set,
)


def spell_turns(tokens: list[Token], norm: str, said: frozenset[str]) -> None:
    """All the turns below; those of two words or more lose what says nothing more.

    `said`: all words of the text.
    """
    for clues, spell in _TURNS:
        # Asked here once more, as most texts have none of the words, and a call costs its time.
        if clues.words and said.isdisjoint(clues.words):
            continue
        if clues.within(norm):
            spell(tokens)


def _ahead_of(tokens: list[Token]) -> None:
    """ "7.1 AHEAD OF wax", "recorded AHEAD OF surgery", "ON THE EVE OF it" are "before".

    Not "wax (2.1) came AHEAD OF clay (3.4)", who was the better one.
    """
    for k in range(len(tokens) - 4, 0, -1):
        if [token.word for token in tokens[k : k + 4]] == ["on", "the", "eve", "of"]:
            tokens[k].word = "before"
            del tokens[k + 1 : k + 4]
        elif tokens[k].word == "ahead" and tokens[k + 1].word == "of" and k > 3:
            event = tokens[k + 2 + (tokens[k + 2].word in ARTICLES)].word in EVENT
            if tokens[k - 1].word in _CAME or not (event or _ends_score(tokens, k)):
                continue
            tokens[k].word = "before"
            del tokens[k + 1]


_CAME = word_set("came come comes coming was were is be stayed ranked out far well just clearly")


def _ends_score(tokens: list[Token], k: int) -> bool:
    """Whether a score with its spread ends right before token k: "7.1", "7.1 (SD 1.2)"."""
    if tokens[k - 1].word in (")", "]"):
        opened = next((m for m in range(k - 2, max(0, k - 10), -1) if tokens[m].word in "(["), 0)
        return opened > 0 and opened < k - 2 and tokens[opened - 1].kind == "n"
    return tokens[k - 1].kind == "n" and "." in tokens[k - 1].word


def _follow_ups(tokens: list[Token]) -> None:
    """ "NRS at three FOLLOW-UPS was 2.9, 1.8 and 0.5" is "at three visits"."""
    for k in range(len(tokens) - 3, 0, -1):
        plural = tokens[k].word == "follow" and tokens[k + 2].word == "ups"
        if plural and tokens[k - 1].kind == "n":
            tokens[k].word = "visits"
            del tokens[k + 1 : k + 3]


def _by_those(tokens: list[Token]) -> None:
    """ "a VAS of 3.1 was reached BY THOSE given wax" is "in those": whose score it was."""
    for k in range(1, len(tokens) - 3):
        those = tokens[k].word == "by" and tokens[k + 1].word == "those"
        if those and tokens[k + 2].word in _GIVEN:
            tokens[k].word = "in"


_GIVEN = ALLOTTED | word_set("given receiving treated on in with who having")


def _following(tokens: list[Token]) -> None:
    """ "pain took THE FOLLOWING COURSE: entry, 7.1": what is told next, and no time after it."""
    for k in range(len(tokens) - 3, 0, -1):
        told = tokens[k].word == "following" and tokens[k - 1].word == "the"
        if told and tokens[k + 1].kind == "w" and tokens[k + 2].word == ":":
            del tokens[k]


def _and_between(tokens: list[Token]) -> None:
    """ "5.2 & 5.3", "5.2 & for clay 5.3" is "and": between two scores, not in a name."""
    for k in range(1, len(tokens) - 1):
        if tokens[k].word == "&" and (tokens[k - 1].kind == "n" or tokens[k - 1].word in CLOSES):
            after = tokens[k + 1]
            scored = "." in tokens[k - 1].word or tokens[k - 1].word in CLOSES
            if scored and (after.word in _LEADS or (after.kind == "n" and "." in after.word)):
                tokens[k].word = "and"


_LEADS = word_set("for in with on at after under")


def _depended(tokens: list[Token]) -> None:
    """ "VAS did NOT DEPEND ON the technique" is "not differ between": what the groups are."""
    for k in range(1, len(tokens) - 4):
        if tokens[k].word == "depend" and tokens[k - 1].word == "not":
            what = k + 2 + (tokens[k + 2].word in ARTICLES)
            if tokens[k + 1].word == "on" and tokens[what].word in _MANNERS:
                tokens[k].word, tokens[k + 1].word = "differ", "between"


_MANNERS = word_set("technique approach method group treatment regimen arm procedure route drug")


def _treated_by(tokens: list[Token]) -> None:
    """ "the ones TREATED BY wax (66)" is "treated with"; not "treated by surgeons"."""
    for k in range(1, len(tokens) - 3):
        if tokens[k].word == "treated" and tokens[k + 1].word == "by":
            whom = tokens[k - 1].word in THOSE
            if whom and is_content(tokens[k + 2].word) and not names_people(tokens[k + 2].word):
                tokens[k + 1].word = "with"


def _receiving(tokens: list[Token]) -> None:
    """ "39 women RECEIVING wax and 81 women WHO RECEIVED clay" are "39 women given wax and ...".

    Only where two groups are told so, not "57 patients who received wax" alone.
    """
    told = [
        k
        for k in range(2, len(tokens) - 2)
        if tokens[k - 1].word in PEOPLE
        and tokens[k - 2].kind == "n"
        and (
            tokens[k].word == "receiving"
            or (tokens[k].word == "who" and tokens[k + 1].word == "received")
        )
    ]
    if len(told) < 2 or not any(tokens[k - 3].word in ("and", ",") for k in told[1:]):
        return
    for k in reversed(told):
        if tokens[k].word == "who":
            del tokens[k]
        tokens[k].word = "given"


def _when_used(tokens: list[Token]) -> None:
    """ "5.1 WHEN wax WAS USED (n = 52)" is "5.1 with wax": what they had."""
    for k in range(len(tokens) - 4, 0, -1):
        if tokens[k].word != "when" or tokens[k + 1].word in _NO_NAME:
            continue
        verb = k + 1
        while verb < len(tokens) - 3 and verb - k < 4 and is_content(tokens[verb].word):
            verb += 1
        used = tokens[verb].word in ("was", "were") and tokens[verb + 1].word == "used"
        after = tokens[verb + 2]
        if used and verb > k + 1 and (after.kind != "w" or not is_content(after.word)):
            tokens[k].word = "with"
            del tokens[verb : verb + 2]


_NO_NAME = word_set("it they this these that both none nothing")


def _but_unlike(tokens: list[Token]) -> None:
    """ "alike at 2 h (...), BUT UNLIKE AT 6 h (...)" is "but not alike": no group stands behind."""
    for k in range(1, len(tokens) - 3):
        but = tokens[k].word == "unlike" and tokens[k - 1].word == "but"
        if but and tokens[k + 1].word in WHEN:
            tokens[k].word = "not"


def _made_no(tokens: list[Token]) -> None:
    """ "wax or clay MADE NO DIFFERENCE TO pain": what they did, and no part of the name before."""
    for k in range(1, len(tokens) - 4):
        made = tokens[k].word == "made" and tokens[k + 1].word in ("no", "little")
        told = [token.word for token in tokens[k + 2 : k + 4]]
        if made and told in (["difference", "to"], ["difference", "in"]):
            tokens[k].word = "had"


def _one_or_other(tokens: list[Token]) -> None:
    """ "(4.5 OR 4.9, RESPECTIVELY)" is "4.5 and 4.9, respectively": the score of each."""
    for k in range(4, len(tokens)):
        if tokens[k].word != "respectively":
            continue
        for m in range(k - 2, max(0, k - 16), -1):
            if tokens[m].word in _STOPS:
                break
            if tokens[m].word == "or":
                ended = tokens[m - 1].kind == "n" or tokens[m - 1].word in (")", "]")
                if ended and tokens[m + 1].kind == "n" and "." in tokens[m + 1].word:
                    tokens[m].word = "and"
                break


_STOPS = word_set(". ; : and vs versus respectively")


def _during_care(tokens: list[Token]) -> None:
    """ "55.9 DURING STANDARD CARE" is "with": what a group had; not "during routine dressing"."""
    for k in range(len(tokens) - 2):
        kind, noun = tokens[k + 1].word, tokens[k + 2].word
        if tokens[k].word == "during" and kind in _KINDS and noun in _CARE:
            tokens[k].word = "with"


_KINDS = word_set("standard usual routine conventional placebo sham control")
_CARE = word_set("care treatment therapy management stimulation physiotherapy analgesia")


def _evidenced(tokens: list[Token]) -> None:
    """ "The analysis EVIDENCED a time effect", "the wax group INDICATED a fall" is "showed"."""
    for k, token in enumerate(tokens):
        of_group = token.word == "indicated" and k > 0 and tokens[k - 1].word in GROUP
        if token.word == "evidenced" or of_group:
            token.word = "showed"


def _of_which(tokens: list[Token]) -> None:
    """ "100 nuns gave scores, OF WHICH 96 ALSO DID at 6 weeks" is "of whom 96 did": people.

    Not "the VAS was 62, of which 41 was left": the sentence counts people before it.
    """
    for k in range(len(tokens) - 4, 0, -1):
        if tokens[k].word != "of" or tokens[k + 1].word not in ("which", "whom"):
            continue
        if tokens[k + 2].kind != "n" or not _counts_people(tokens, k):
            continue
        tokens[k + 1].word = "whom"
        if tokens[k + 3].word == "also":
            del tokens[k + 3]


def _counts_people(tokens: list[Token], k: int) -> bool:
    """Whether "80 women", "60 older patients" stands before token k in its sentence."""
    for m in range(k - 1, max(0, k - 40), -1):
        if tokens[m].word == ".":
            return False
        if tokens[m].word in _CAME_FIRST and tokens[m - 2].kind == "n":
            return True  # "80 nuns completed it"
        if names_people(tokens[m].word):
            return any(tokens[n].kind == "n" for n in range(max(0, m - 3), m))
    return False


_CAME_FIRST = word_set("completed enrolled gave were underwent received answered participated")


def _ageing(tokens: list[Token]) -> None:
    """ "62 participants AGEING from 60 to 63", "AGING between 40 and 65" are "aged": no scores."""
    for k in range(1, len(tokens) - 2):
        if tokens[k].word in _AGEING and names_people(tokens[k - 1].word):
            after = tokens[k + 1]
            if after.kind == "n" or after.word in ("from", "between"):
                tokens[k].word = "aged"


_AGEING = word_set("aging ageing")


def _one_and_second(tokens: list[Token]) -> None:
    """ "ONE GROUP (n = 31) had wax ... A SECOND GROUP (n = 30)" is "the first group"."""
    second = [
        k
        for k in range(1, len(tokens) - 1)
        if tokens[k].word == "second" and tokens[k + 1].word == "group"
    ]
    if not second:
        return
    for k in range(second[0] - 2):
        alone = tokens[k].word == "one" and tokens[k + 1].word == "group"
        if alone and tokens[k + 2].word == "(":
            tokens[k].word, tokens[k].kind, tokens[k].flag = "first", "w", ""


#: Each turn behind the parts of words without which a text has none of it, in the order of rules.
_TURNS: tuple[tuple[Clues, Callable[[list[Token]], None]], ...] = (
    (MAYBE_QUOTED, without_quotes),
    (MAYBE_FRAMED, spell_frames),
    (MAYBE_LISTED, spell_lists),
    (MAYBE_REVERSED, spell_orders),
    (MAYBE_ESTIMATE, spell_estimates),
    (MAYBE_BELOW, below_baseline),
    (MAYBE_SIGN, signs_explained),
    (MAYBE_SLASHED, slashed_groups),
    (MAYBE_SOME, some_of_the),
    (MAYBE_REST, rest_scores),
    *GOING_ON,
    (MAYBE_AMOUNTED, amounts_in_turn),
    (MAYBE_FAVOUR, without_favoured),
    (MAYBE_SPREAD_AGAIN, spreads_again),
    (MAYBE_HEADS, states_as_heads),
    (MAYBE_BEHIND, measures_told_behind),
    (MAYBE_CLAUSE, treated_groups),
    (MAYBE_USERS, users_in_turn),
    (MAYBE_BETTER, did_better),
    (Clues("ahead of ", "the eve of ", words=word_set("ahead eve")), _ahead_of),
    (Clues("by those ", words=word_set("those")), _by_those),
    (Clues("follow-ups", words=word_set("ups")), _follow_ups),
    (Clues("the following ", words=word_set("following")), _following),
    (Clues("not depend on ", words=word_set("depend")), _depended),
    (Clues(" treated by ", words=word_set("treated")), _treated_by),
    (Clues(" receiving ", " who received ", words=word_set("receiving received")), _receiving),
    (Clues(" was used", " were used", words=word_set("used")), _when_used),
    (Clues("but unlike ", words=word_set("unlike")), _but_unlike),
    (Clues("eparture from ", words=word_set("departure")), departure),
    (Clues("--", words=word_set("-")), double_dash),
    (Clues("ogarithm of ", words=word_set("logarithm")), log_mar),
    (MAYBE_CAME, came_with),
    (MAYBE_EITHER, given_either),
    (MAYBE_VISITS_OF_P, visits_of_p),
    (MAYBE_OBTAINED, obtained_changes),
    (MAYBE_WITH_MEAN, changed_with_mean),
    (Clues(" & ", words=word_set("&")), _and_between),
    (Clues(" evidenced ", " indicated ", words=word_set("evidenced indicated")), _evidenced),
    (Clues(" made no ", " made little ", words=word_set("made")), _made_no),
    (
        Clues(*(f"the {one} score" for one in sorted(OCCASIONS)), words=OCCASIONS),
        scores_of_occasions,
    ),
    (Clues(" where as ", words=word_set("where")), where_as),
    (Clues(" a.m.", " p.m.", words=word_set("m")), of_the_clock),
    (Clues("change score", words=word_set("change")), change_scores),
    (Clues("respectively", words=word_set("respectively")), _one_or_other),
    (Clues("had measured ", words=word_set("measured")), had_measured),
    (Clues("both were ", "all were ", words=word_set("both all")), both_rated),
    (MAYBE_SHORT_CHANGE, spell_short_changes),
    (Clues(" as much ", words=word_set("much")), times_as_much),
    (Clues("of which ", "of whom ", words=word_set("which whom")), _of_which),
    (Clues(" aging ", " ageing ", words=_AGEING), _ageing),
    (Clues("one group ", words=word_set("second")), _one_and_second),
    (Clues(*(f"over {one}" for one in sorted(CONTROLS)), words=CONTROLS), over_controls),
    (
        Clues("-[-", "\u2212[\u2212", "\u2013[\u2212", "\u2013[-", words=word_set("[")),
        end_in_bracket,
    ),
    (
        Clues("straight a", "just a", "just following ", words=word_set("straight just")),
        straight_after,
    ),
    (MAYBE_DOING, had_while_moving),
    (MAYBE_LINE, turn_lines),
    (Clues(" alive ", " living ", words=word_set("alive living")), still_alive),
    (Clues(" groups of ", words=word_set("groups")), groups_of),
    (Clues(*(f"during {kind} " for kind in sorted(_KINDS)), words=_KINDS), _during_care),
)

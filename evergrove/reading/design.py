"""What kind of study a text tells of: a review that pools trials, a crossover, a plan."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.words import word_set


@dataclass(frozen=True, slots=True)
class Design:
    """What a whole text says of its study; `predicts`: a score that predicts was made."""

    pooled: bool = False
    pooled_apart: bool = False
    pooled_changes: bool = False
    planned: bool = False
    crossover: bool = False
    predicts: bool = False


def design_of(text: str, has_results: bool, said: frozenset[str]) -> Design:
    """What the text says of its study; `said`: all its words in small letters."""
    plain = text.lower()
    meta = "meta" in plain or "pooled" in plain
    reviews = meta and _META.search(text) is not None
    pooled = reviews and _STUDIES.search(text) is not None
    changes = pooled and _pools_changes(text, plain)
    if reviews and not pooled:
        # however the review counts its studies: nothing but two times was set against each other
        two_times = _BETWEEN_TIMES.search(text) is not None
        changes = two_times and _OTHER_GROUP.search(plain) is None
    return Design(
        pooled=pooled,
        pooled_apart=pooled
        and _GROUPS_APART.search(text) is not None
        and _ONE_GROUP.search(plain) is None
        and not changes,
        pooled_changes=changes,
        planned=not has_results and " will " in plain and _PROTOCOL.search(plain) is not None,
        crossover=_had_all(plain, said),
        predicts="scored" in plain and "predict" in plain and _PREDICTS.search(text) is not None,
    )


def _pools_changes(text: str, plain: str) -> bool:
    """Whether the mean differences of a review are of a later score and the one at baseline."""
    if _FROM_BASELINE.search(text) is not None:
        return True
    alone = _OUTCOME_SINCE.search(text) or _SINGLE_ARM.search(plain)
    return alone is not None and _OTHER_GROUP.search(plain) is None


_HAD_BOTH = Clues(
    "crossover", "cross-over", " order", "completed both", "self-controlled", "own control",
    "split-mouth", "opposite ", "contralateral ", "reverse sequence",
    words=word_set(
        "crossover cross order completed self own split opposite contralateral reverse"
    ),
)  # fmt: skip


def _had_all(plain: str, said: frozenset[str]) -> bool:
    """Whether everybody had every treatment; `plain` is the text in small letters."""
    return _HAD_BOTH.within(plain, said) and _CROSSOVER.search(plain) is not None


# A review that pools trials: its effects are differences between groups.
_META = re.compile(
    r"\bmeta-?\s?anal|\bpooled (?:analysis|effect|estimate|mean diff)", re.IGNORECASE
)
_CROSSOVER = re.compile(
    r"\bcross-?over\b(?! from| to\b)|\bin random(?:ised|ized)? order\b"
    r"|\bcompleted both (?:periods|treatments|phases)"
    r"|\bsplit-mouth (?:study|trial|design|randomi[sz]ed|comparison)"
    r"|\bthe (?:opposite|contralateral) (?:quadrant|side|limb|foot|hand|eye) "
    r"(?:had|was given|received|served)\b"
    r"|\b(?:followed by|then)\b[^.;]{1,60}"
    r"\bor (?:in )?(?:the )?(?:reverse|opposite) (?:order|sequence)\b"
    r"|\bself-controlled (?:study|trial|design|comparison)|\bself-controlled, "
    r"|\b(?:served|acted) as (?:their|his|her|its) own controls?\b",
    re.IGNORECASE,
)
# "to develop a score that predicts delay": what people scored then is no pain.
_PREDICTS = re.compile(
    r"\b(?:build|develop|deriv|construct|creat|establish|devis|validat)(?:e|ed|ing)?\b"
    r"[^.]{0,50}\b(?:score|scoring system)\b[^.]{0,40}\b(?:predict|risk)"
    r"|\b(?:predictive|prediction|risk) scor(?:e|ing)\b",
    re.IGNORECASE,
)
_PROTOCOL = re.compile(
    r"\bprotocol\b|ethics and dissemination|methods and analysis|trial will|study will"
)
_STUDIES = re.compile(
    r"\b(?:trials|studies|rcts|articles)\b[^.]{0,90}\b(?:included|eligible|pooled|identified|met|analy[sz]ed|contributed|gathered|collected)\b"
    r"|\b(?:identified|included|found|retrieved|pooled)\s(?:[\w-]+\s){0,4}(?:trials|studies|rcts)\b"
    # "A total of 33 studies published between 2007 and 2019 gave a sample of 1082 patients"
    r"|\b\d+ (?:[\w-]+ ){0,3}(?:studies|trials|rcts) "
    r"(?:published|with|gave|provided|reported|were)\b",
    re.IGNORECASE,
)
# A review whose outcome is told as a difference between groups, and not before and after.
_GROUPS_APART = re.compile(
    r"\bmean differences?\b(?! (?:from|between (?:pre|before|baseline)))|\bWMDs?\b"
    r"|\bfavou?r(?:ing|ed|s)\b",
    re.IGNORECASE,
)
# "we pooled the mean difference between the baseline and the 1-month score": changes.
_FROM_BASELINE = re.compile(
    r"\bdifferences? (?:(?:of|in) [^.]{3,100} )?"
    r"(?:from (?:the )?baseline|between (?:the )?(?:baseline|pre-?\s?\w*|before)"
    r"[^.]{0,40}\b(?:and|versus) )",
    re.IGNORECASE,
)
_BETWEEN_TIMES = re.compile(
    r"\bdifferences? (?:(?:of|in) [^.]{3,100} )?"
    r"between (?:the )?(?:baseline|pre-?\s?\w*|before)[^.]{0,40}\b(?:and|versus) ",
    re.IGNORECASE,
)
# "The primary outcome was function at 5 months compared with baseline", of one treatment alone.
_OUTCOME_SINCE = re.compile(
    r"\boutcomes? [^.]{3,120} (?:compared (?:with|to)|versus|relative to) (?:the )?"
    r"(?:baseline|pre-?treatment)\b",
    re.IGNORECASE,
)
# "single-arm studies were pooled", "studies that reported VAS before and after cement"
_SINGLE_ARM = re.compile(
    r"\b(?:single|one)[- ](?:arm|group) (?:stud|trial|meta)|\buncontrolled (?:stud|trial|series)"
    r"|\b(?:stud\w+|series|trials) [^.]{0,60}\bbefore and after\b|\bcase series\b"
)
_OTHER_GROUP = re.compile(
    r"placebo|sham\b|control groups?\b|\bcontrols\b|comparator|usual care|\bboth (?:groups|arms)\b"
    r"|between[- ]groups?\b"
)
_ONE_GROUP = re.compile(r"single-arm|uncontrolled|case series|before and after|from baseline")

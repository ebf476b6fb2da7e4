"""Statistics about scores that are no scores: coefficients, odds, reliability, predictors.

"The HAZARD RATIO was 1.2 for VAS above 5 and 1.5 for VAS above 7", "age CORRELATED with VAS at
baseline (0.34) and at 6 months (0.42)", "INDEPENDENT PREDICTORS were VAS (1.4; 1.1–1.8) and age".
"""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import AGENT, CHANGE, CHANGE_NOUNS, STATE, word_set
from evergrove.reading.view import View

# Nouns that are told of measures: "the reliability of the VAS was 0.9".
_NOUNS = word_set(
    "coefficient coefficients correlation correlations reliability consistency auc aucs icc iccs "
    "kappa kappas alpha alphas odds hazard heritability heterogeneity sensitivity specificity "
    "cut-off cutoff cutoffs concordance agreement variance likelihood cohen cohen's hedges "
    "responsiveness mcid mcic mdc sdc sem srm smd smds beta betas rho eta"
)
_ANALYSES = word_set("analysis analyses")  # "a SENSITIVITY ANALYSIS"
# Two words that are such a noun only together.
_PAIRS = {
    "ratio": word_set("odds hazard risk rate likelihood noise relative the"),
    "ratios": word_set("odds hazard risk rate likelihood relative the"),
    "risk": word_set("relative"),
    "size": word_set("effect"),
    "sizes": word_set("effect"),
    "scores": word_set("z t"),
    "score": word_set("z"),
    "values": word_set("p"),
    "curve": word_set("the roc characteristic"),
    "effect": word_set("indirect direct"),
    "effects": word_set("indirect direct"),
    "difference": word_set("important detectable"),
    "change": word_set("detectable"),
}
# Verbs and adjectives by which one thing is set in relation to another.
_RELATES = word_set(
    "correlated correlates correlate correlating predicted predicts predict predicting predictive "
    "predictor predictors determinant determinants explained explains likely factors mediated "
    "moderated model models"
)
_ASSOCIATED = word_set("associated related independently independent")
_MODELS = word_set(
    "regression multivariate multivariable univariate univariable logistic cox adjusted model"
)
# As printed: "b = 0.3" is a coefficient, "B = 3.1" the score of a group.
_LETTERS = frozenset(("r", "β", "d", "b", "η2", "F", "f", "ρ", "r2", "R2", "κ"))
# Printed in capitals, or they are words.
_SHORT = frozenset(("OR", "HR", "RR", "aOR", "AOR", "aHR"))
_SLOPES = word_set("slope slopes")
#: A sentence without such a word tells no such statistic.
MAYBE_STATISTIC = (
    _NOUNS
    | _PAIRS.keys()
    | _RELATES
    | _ASSOCIATED
    | _MODELS
    | _SLOPES
    | word_set("square")
    | {letter.lower() for letter in _LETTERS | _SHORT}
)
_VERBS = STATE | CHANGE | AGENT
_RATIOS = word_set("ratio ratios risk risks odds")
_OF = word_set("of for")
_VERSUS = word_set("vs versus v")
_FRAMES = word_set("from to by")
_FRAMED = (CHANGE | {"from"}) - word_set("higher lower greater smaller less more better worse")
_MEANS = word_set("mean means median medians average averaged")
_OF_STATISTICS = frozenset(("ci", "pair", "paren", "range", "iqr_width"))


def statistics_told(tokens: list[Token], view: View) -> set[int]:
    """The places of the values of a sentence that are statistics of its measures."""
    named = _triggers(tokens, view)
    if not named:
        return set()
    out: set[int] = set()
    for value in view.q.values:
        if _yardstick(tokens, value):
            out.add(value.at)
        if _with_limits(tokens, value):
            out.add(value.at)
        if not _bare(tokens, view, value):
            continue
        if _of_variance(tokens, value):
            out.add(value.at)
            continue
        before = [k for k in named if k < value.first and not _apart(tokens, k, value)]
        if (before and _leads(tokens, view, before[-1], value)) or _led(tokens, view, named, value):
            out.add(value.at)
    return out


def _triggers(tokens: list[Token], view: View) -> list[int]:
    """The places of words that tell of a statistic."""
    out = []
    for k in range(view.a, view.b):
        word = tokens[k].word
        if word not in MAYBE_STATISTIC:
            continue
        before = tokens[k - 1].word if k > view.a else ""
        behind = tokens[k + 1].word if k + 1 < view.b else ""
        noun = word in _NOUNS and behind not in _ANALYSES
        sloping = behind == "of" and word in _SLOPES
        chi = word == "square" and tokens[k - 2].word == "chi"
        two = word in _PAIRS and before in _PAIRS[word]
        two = two or (word in ("ratio", "ratios") and behind in _OF)
        letter = tokens[k].raw in _LETTERS and behind == "="
        short = tokens[k].raw in _SHORT and behind not in ("and", ",")
        modelled = word in _ASSOCIATED and not view.words.isdisjoint(_MODELS)
        if noun or sloping or chi or two or letter or short or modelled or word in _RELATES:
            out.append(k)
    return out


def _bare(tokens: list[Token], view: View, value: Value) -> bool:
    """Whether a number has nothing that only a score has: a unit, an SD, a pair, "from 7 to 3"."""
    if value.unit or value.percent or value.n is not None:
        return False
    if any(spread.kind not in _OF_STATISTICS for spread in value.spreads):
        return False
    lead = tokens[value.first - 1].word if value.first > view.a else ""
    behind = tokens[value.last].word if value.last < view.b else ""
    if lead in _VERSUS or behind in _VERSUS or behind in ("points", "mm"):
        return False
    if (lead in _FRAMES or behind == "to") and not view.words.isdisjoint(_FRAMED):
        return False
    start = max(_behind_ratio(tokens, view, value), view.a, value.first - 8)
    near = {tokens[k].word for k in range(start, value.first)}
    if near & (CHANGE_NOUNS | DIFFERENCE):
        return False
    return _MEANS.isdisjoint([tokens[k].word for k in range(value.first - 3, value.first)])


def _behind_ratio(tokens: list[Token], view: View, value: Value) -> int:
    """ "the RELATIVE RISK OF RELIEF was 1.8": the token behind what a ratio is of, or 0."""
    for k in range(view.a, value.first - 1):
        if tokens[k].word in _RATIOS and tokens[k + 1].word in _OF:
            verbs = (m for m in range(k + 2, value.first) if tokens[m].word in STATE)
            return next(verbs, 0)
    return 0


def _apart(tokens: list[Token], k: int, value: Value) -> bool:
    """Whether a semicolon outside of brackets stands between a word and a value."""
    opened = open_bracket(tokens, k, value.first)
    return any(
        tokens[m].word == ";" and open_bracket(tokens, k, m) is None
        for m in range(k, opened if opened is not None else value.first)
    )


def _leads(tokens: list[Token], view: View, k: int, value: Value) -> bool:
    """Whether a value goes on from the statistic told at token k.

    Of a noun, one verb may stand between ("the odds WERE 1.3"); of a verb, none: behind another
    one another thing is told ("correlated with age, and VAS WAS 3.2").
    """
    verbs = [
        m
        for m in range(k + 1, value.first)
        if tokens[m].word in _VERBS
        and tokens[m - 1].word not in _OF  # "the risk OF RELIEF was 1.8"
        and open_bracket(tokens, k, m) is None
    ]
    closed = any(tokens[m].word in (")", "]") for m in range(k, value.first))
    in_bracket = open_bracket(tokens, view.a, value.first) is not None
    if open_bracket(tokens, view.a, k) is not None and closed:
        return in_bracket and not verbs  # "(r = 0.45), anxiety (0.38)"
    if tokens[k].raw in _LETTERS:
        return in_bracket and len(verbs) < 2
    if tokens[k].word not in _RELATES | _ASSOCIATED:
        return len(verbs) < 2
    subject = tokens[k].word in ("predictor", "predictors", "factors", "determinants")
    return in_bracket and len(verbs) < 1 + subject


def _with_limits(tokens: list[Token], value: Value) -> bool:
    """ "a mean difference of 0.1 (LIMITS OF AGREEMENT -1.3 to 1.5)": of one rating from another."""
    k = max([value.last, *(spread.at[-1] + 1 for spread in value.spreads)])
    behind = [token.word for token in tokens[value.last : k + 8]]
    return "limits" in behind and behind[behind.index("limits") + 1 :][:2] == ["of", "agreement"]


def _yardstick(tokens: list[Token], value: Value) -> bool:
    """ "a hazard ratio of 1.1 FOR A 10-MM INCREASE in VAS": how much is meant by the statistic."""
    lead, behind = tokens[value.first - 1].word, value.last
    while behind < len(tokens) and tokens[behind].word in ("-", "point", "points", "unit", "units"):
        behind += 1
    more = behind < len(tokens) and tokens[behind].word in _STEPS
    return more and not value.spreads and lead in ("a", "an", "per", "each", "every", "one")


_STEPS = word_set("increase increases rise increment decrease change higher lower")


def _of_variance(tokens: list[Token], value: Value) -> bool:
    """ "explained 0.21 OF THE VARIANCE", "1.3 PER POINT": right behind the number."""
    behind = [token.word for token in tokens[value.last : value.last + 4]]
    return (behind[:1] == ["of"] and "variance" in behind) or behind[:2] == ["per", "point"]


def _led(tokens: list[Token], view: View, named: list[int], value: Value) -> bool:
    """ "VAS at 24 h (1.02 [1.01-1.04]) and age (1.1) independently PREDICTED death"."""
    opened = open_bracket(tokens, view.a, value.first)
    if opened is None or view.words.isdisjoint(_MODELS | _RELATES | {"independently"}):
        return False
    behind = [k for k in named if k > value.last and open_bracket(tokens, view.a, k) is None]
    if not behind or tokens[behind[0]].word not in _RELATES | _ASSOCIATED:
        return False
    verbs = [
        m
        for m in range(view.a, behind[0])
        if tokens[m].word in _VERBS and open_bracket(tokens, view.a, m) is None
    ]
    return all(m > value.last for m in verbs) and not any(
        tokens[m].word == ";" and open_bracket(tokens, view.a, m) is None
        for m in range(value.last, behind[0])
    )

"""The order in which the reports that await a decision are best read: likely inclusions first.

The review's own decisions train two models of the words in titles, abstracts and keywords. Each
puts the waiting reports in an order, and a report's place is the better of its two places, as if
one read from both lists in turn: a report that one model overlooks is found by the other. Nothing
here decides on a report, and no report is left out of the order, however unlikely it looks.

1. Words: a linear support vector machine on tf-idf of single words and pairs of words. Its
   constants are those of ELAS u4, the default of ASReview 3.0.8, found there on the 26 reviews
   of SYNERGY: C = 0.11, squared hinge loss, excluded reports together 1/9.8 of the weight of the
   included ones.
2. Topics: ridge regression on 2 x 100 latent dimensions (Deerwester et al. 1990, J Am Soc Inf Sci
   41:391-407), one half of words, one of pieces of four and five letters, which meet in other
   spellings, inflections and compounds and need no language. Reports without a decision take part
   as presumed exclusions of low weight, as in AutoTAR (Cormack & Grossman 2015, arXiv:1504.06868);
   there a random hundred of them, here all, so that nothing is left to chance.

docs/decisions/0010-screening-order.md has the measurements. scikit-learn is imported when there is
something to order, not before.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evergrove.errors import EvergroveError

if TYPE_CHECKING:
    import numpy as np

Report = Mapping[str, Any]
Labels = Mapping[int, bool]

TEXT_FIELDS = ("title", "abstract", "keywords")
_LABELS = {"include": True, "exclude": False}

TOPICS = 100  # latent dimensions of each half
MOST_PIECES = 30_000  # the most frequent pieces of words; more cost time and change nothing
SHRINKAGE = 30.0  # of the ridge, against one unit of weight a decided report
PENALTY, RATIO = 0.11, 9.8  # of the support vector machine
# Below this many texts, a word that stands in one of them is worth keeping.
FEW = 50
# Scores of the models are compared to this many decimals, so that the last bits of a sum, which
# differ between processors, do not change an order.
DECIMALS = 6

# Scripts written without blanks, and Hangul: Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a waiting report stands.

    rank: 1 for the one to read first. score: 1 - (p - 1)/n, rounded to 6 decimals, where p is the
    better of its places by the two models among all n waiting reports (equal scores share the best
    place): 0.97 says that one model has it among the first 3%. It is relative to what waits today,
    and no probability; None where the report has no text or nothing to go by.
    """

    report_id: str
    rank: int
    score: float | None
    new: bool


@dataclass(frozen=True, slots=True)
class Ordering:
    """The waiting reports by rank, and what the order is based on.

    method: "decisions" (both inclusions and exclusions are known), "included" (no exclusion yet:
    only the topics model, against reports without a decision), "question" (no inclusion yet: the
    text of the protocol stands in for one), "none" (nothing to go by: by report_id).
    """

    places: tuple[Place, ...]
    method: str
    n_included: int
    n_excluded: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """Reports as numbers, for any number of orders: see `prepare`.

    ids: the report_ids, ascending; readable: whether each has a text; words (sparse) and topics
    (dense): one row a report, and one more at the end if there is a text of the question.
    """

    ids: tuple[str, ...]
    readable: tuple[bool, ...]
    has_question: bool
    words: Any
    topics: np.ndarray
    seed: int


def order(
    reports: Sequence[Report],
    decisions: Mapping[str, str],
    *,
    new: Collection[str] = (),
    question: str = "",
    seed: int = 0,
    prepared: Prepared | None = None,
) -> Ordering:
    """The reports without a decision, in the order in which they are best read.

    reports: mappings with `report_id` and any of `title`, `abstract`, `keywords` (text, None or a
    list of texts); decisions: report_id -> include, exclude, or anything else for no decision yet
    ("unclear", "awaiting"); new: report_ids that this update brought, which come before the
    others; question: the protocol's question and criteria, for when nothing is included yet;
    prepared: what `prepare` made of the same reports, question and seed.

    New reports first; among them, and among the others, by score, then by whose turn it is
    (`reading_keys`), then by report_id; reports without a score last. The result does not depend
    on the order of `reports`. Raises EvergroveError for two reports of one id, for a decision or a
    new report that is not among the reports, and for numbers prepared from other reports.
    """
    ids = _checked_ids(reports, decisions, new)
    labels = {
        row: _LABELS[decisions[name]]
        for row, name in enumerate(ids)
        if decisions.get(name) in _LABELS
    }
    waiting = [row for row in range(len(ids)) if row not in labels]
    n_included = sum(labels.values())
    counts = (n_included, len(labels) - n_included)
    if not waiting:
        return Ordering((), method_of(*counts, bool(plain_text(question))), *counts)
    if prepared is None:
        prepared = prepare(reports, question=question, seed=seed)
    check_prepared(prepared, ids)
    method = method_of(*counts, prepared.has_question)
    keys = reading_keys(prepared, labels, waiting)
    if not keys:
        method = "none"
    last = (len(waiting) + 1, 0)
    in_order = sorted(waiting, key=lambda row: (ids[row] not in new, keys.get(row, last), ids[row]))
    return Ordering(
        tuple(
            Place(
                ids[row],
                rank,
                round(1 - (keys[row][0] - 1) / len(waiting), DECIMALS) if row in keys else None,
                ids[row] in new,
            )
            for rank, row in enumerate(in_order, 1)
        ),
        method,
        *counts,
    )


def method_of(n_included: int, n_excluded: int, has_question: bool) -> str:
    """What an order can be based on, see `Ordering`."""
    if n_included:
        return "decisions" if n_excluded else "included"
    return "question" if has_question else "none"


def plain_text(*parts: object) -> str:
    """One text for both models: compatibility forms and case folded, blanks single.

    Runs of scripts without blanks become overlapping pairs of characters, a usual index unit for
    them (Nie et al. 2000, ACM IRAL: "On the use of words and n-grams for Chinese IR").
    """
    pieces = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
        elif isinstance(part, Iterable):
            pieces.extend(str(item) for item in part)
        elif part is not None:
            pieces.append(str(part))
    text = unicodedata.normalize("NFKC", " ".join(pieces)).casefold()
    return " ".join(_UNSPACED.sub(_pairs, text).split())


def _pairs(found: re.Match[str]) -> str:
    run = found[0]
    pairs = [run[at : at + 2] for at in range(max(len(run) - 1, 1))]
    return f" {' '.join(pairs)} "


def _checked_ids(
    reports: Iterable[Report], decisions: Mapping[str, str], new: Collection[str]
) -> list[str]:
    """The report_ids, ascending."""
    counts = Counter(str(report["report_id"]) for report in reports)
    for name, count in counts.items():
        if count > 1:
            raise EvergroveError("two reports have one report_id", value=name)
    for names, problem in (
        (decisions, "a decision on a report that is not among the reports"),
        (new, "a new report that is not among the reports"),
    ):
        for name in sorted(names):
            if name not in counts:
                raise EvergroveError(problem, value=name)
    return sorted(counts)


def check_prepared(prepared: Prepared, ids: Sequence[str]) -> None:
    """Raises EvergroveError where the numbers are of other reports."""
    if prepared.ids != tuple(ids):
        raise EvergroveError(
            "the prepared numbers are of other reports",
            value=f"{len(prepared.ids)} for {len(ids)} reports",
            remedy="Call prepare with the same reports.",
        )


# --- texts as numbers ---------------------------------------------------------------------------


def prepare(reports: Sequence[Report], *, question: str = "", seed: int = 0) -> Prepared:
    """Both models' numbers for all reports: the slow part, done once for any number of orders.

    seed: of the randomised singular value decomposition (Halko et al. 2011, SIAM Rev 53:217-288)
    and of the order in which the support vector machine visits reports.
    """
    from threadpoolctl import threadpool_limits

    by_id = {str(report["report_id"]): report for report in reports}
    ids = tuple(sorted(by_id))
    texts = [plain_text(*(by_id[name].get(field) for field in TEXT_FIELDS)) for name in ids]
    asked = plain_text(question)
    with threadpool_limits(limits=1):
        words, topics = _numbers([*texts, asked] if asked else texts, seed)
    return Prepared(
        ids,
        # A text of nothing but signs has no features, and says as little as none.
        tuple(bool(found) for found in topics[: len(ids)].any(axis=1)),
        bool(asked) and bool(topics[-1].any()),
        words,
        topics,
        seed,
    )


def _numbers(texts: Sequence[str], seed: int) -> tuple[Any, np.ndarray]:
    import numpy as np
    from scipy import sparse

    rare = len(texts) < FEW
    words = _tf_idf(texts, analyzer="word", ngram_range=(1, 2), min_df=1 if rare else 2)
    pieces = _tf_idf(
        texts,
        analyzer="char_wb",
        ngram_range=(4, 5),
        min_df=1 if rare else 3,
        max_features=MOST_PIECES,
    )
    topics = np.hstack([_latent(half, seed) for half in (words, pieces)]) / np.sqrt(2)
    return sparse.csr_matrix(words), topics


def _tf_idf(texts: Sequence[str], *, min_df: int, **how: Any) -> Any:
    """Rows of length 1 or, without a feature, 0; at least one column."""
    from scipy import sparse
    from sklearn.feature_extraction.text import TfidfVectorizer

    few = len(texts) < FEW
    vectorizer = TfidfVectorizer(
        lowercase=False,
        strip_accents="unicode",
        sublinear_tf=True,
        min_df=min_df,
        # What is in nearly every text says nothing, unless there are hardly any.
        max_df=1.0 if few else 0.95,
        **how,
    )
    try:
        return vectorizer.fit_transform(texts)
    except ValueError:  # no feature is left: nothing but empty texts, or no word in two of them
        return sparse.csr_matrix((len(texts), 1))


def _latent(matrix: Any, seed: int) -> np.ndarray:
    """The rows in latent dimensions, each of length 1 or, for an empty text, 0."""
    import numpy as np
    from sklearn.preprocessing import normalize
    from sklearn.utils.extmath import randomized_svd

    n = min(TOPICS, min(matrix.shape) - 1)
    if n < 2 or not matrix.nnz:  # two or three texts: all there is
        found = matrix.toarray()
    else:
        left, sizes, _right = randomized_svd(matrix, n, n_iter=5, random_state=seed)
        found = left * sizes
    # An empty row comes out of the decomposition as rounding error, not as nothing.
    found[np.diff(matrix.indptr) == 0] = 0.0
    return normalize(found)


# --- the models -------------------------------------------------------------------------------


def reading_keys(
    prepared: Prepared, labels: Labels, waiting: Sequence[int]
) -> dict[int, tuple[int, int]]:
    """(better place, turn) of each waiting report that has a text, by row; lower is read earlier.

    turn: 0 if the model whose turn it is has the report at that place, otherwise 1. The turn
    changes with every decision, so that one who asks for the order anew after each reads from both
    lists alternately. Empty where there is nothing to go by.
    """
    import numpy as np

    readable = [row for row in waiting if prepared.readable[row]]
    all_scores = model_scores(prepared, labels, readable)
    if not all_scores:
        return {}
    places = np.array([_places(scores) for scores in all_scores])
    best = places.min(axis=0)
    turns = (places[len(labels) % len(places)] > best).astype(int)
    return {
        row: (int(place), int(turn)) for row, place, turn in zip(readable, best, turns, strict=True)
    }


def _places(scores: np.ndarray) -> np.ndarray:
    """1 + how many scores are higher."""
    import numpy as np

    rounded = np.round(scores, DECIMALS)
    return 1 + len(rounded) - np.searchsorted(np.sort(rounded), rounded, side="right")


def model_scores(prepared: Prepared, labels: Labels, unlabelled: Sequence[int]) -> list[np.ndarray]:
    """What each model says of the rows `unlabelled`, higher for likelier; an empty list for none.

    labels: included (True) or excluded (False) by row of `prepared`; decided reports without a
    text are left aside.
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    known = sorted(row for row in labels if prepared.readable[row])
    included = [labels[row] for row in known]
    if not any(included) and prepared.has_question:
        known.append(len(prepared.ids))
        included.append(True)
    if not any(included) or not len(unlabelled):
        return []
    rows, truth, rest = np.array(known), np.array(included), np.array(unlabelled)
    with threadpool_limits(limits=1):
        found = [_topics_model(prepared, rows, truth, rest)]
        if not truth.all():
            found.append(_words_model(prepared, rows, truth, rest))
    return found


def _words_model(
    prepared: Prepared, rows: np.ndarray, truth: np.ndarray, rest: np.ndarray
) -> np.ndarray:
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.svm import LinearSVC

    model = LinearSVC(C=PENALTY, dual=True, random_state=prepared.seed)
    with warnings.catch_warnings():
        # What a thousand passes leave undone does not change an order that anyone would notice.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(prepared.words[rows], truth, sample_weight=_weights(truth, RATIO))
    return model.decision_function(prepared.words[rest])


def _topics_model(
    prepared: Prepared, rows: np.ndarray, truth: np.ndarray, rest: np.ndarray
) -> np.ndarray:
    import numpy as np
    from sklearn.linear_model import Ridge

    weights = np.concatenate([_weights(truth, 1.0), np.full(len(rest), len(rows) / len(rest))])
    target = np.concatenate([np.where(truth, 1.0, -1.0), np.full(len(rest), -1.0)])
    model = Ridge(alpha=SHRINKAGE, solver="cholesky")
    model.fit(prepared.topics[np.concatenate([rows, rest])], target, sample_weight=weights)
    return model.predict(prepared.topics[rest])


def _weights(truth: np.ndarray, ratio: float) -> np.ndarray:
    """A weight a report, 1 on average; the included together `ratio` times the excluded."""
    import numpy as np

    n_included = int(truth.sum())
    n_excluded = len(truth) - n_included
    weights = np.where(truth, 1.0, n_included / (ratio * max(n_excluded, 1)))
    return weights * (len(truth) / weights.sum())

"""The methods in words, written from the protocol alone, and what the results were made with."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import Any

from evergrove import __version__, figure_list, wording
from evergrove.page.headline import dated, outcome, positive
from evergrove.page.parts import Table, table
from evergrove.page.results import ReviewResults, words

METHODS = {
    "EE": "an equal-effects model",
    "DL": "a random-effects model with the DerSimonian–Laird estimator of τ²",
    "HE": "a random-effects model with the Hedges estimator of τ²",
    "HS": "a random-effects model with the Hunter–Schmidt estimator of τ²",
    "SJ": "a random-effects model with the Sidik–Jonkman estimator of τ²",
    "ML": "a random-effects model fitted by maximum likelihood",
    "REML": "a random-effects model fitted by restricted maximum likelihood (REML)",
    "EB": "a random-effects model with the empirical Bayes estimator of τ²",
    "PM": "a random-effects model with the Paule–Mandel estimator of τ²",
}
STATISTICS = {
    "mean_sd": "means with standard deviations",
    "median_iqr": "medians with quartiles",
    "mean_range": "means with ranges",
    "mean_only": "means alone",
    "p_value_only": "p values alone",
}


def methods(results: ReviewResults) -> list[dict[str, str]]:
    """Paragraphs with a run-in heading each: ``{"heading", "text"}``."""
    found = [
        ("Question", _question(results)),
        ("Search and screening", _screening(results)),
        ("Reading", _reading(results)),
        ("Effect", _effect(results)),
        ("Choice of measurements", _choice(results)),
        ("Model", _model(results)),
        ("Further analyses", f"{_further(results)}{_importance(results)}{_looks(results)}"),
        ("Risk of bias and certainty", _judged(results)),
    ]
    return [{"heading": heading, "text": text} for heading, text in found]


def _judged(results: ReviewResults) -> str:
    """Whether people judged the risk of bias and the certainty, or nobody but a rule."""
    rated = figure_list.is_rated(results.figures)
    bias = (
        "The risk of bias of the studies was judged with a tool (figures of risk of bias)."
        if rated
        else "The risk of bias of the studies was not judged."
    )
    if results.certainty:
        told = "people judged domains of GRADE, and declared rules suggest a level for the others"
    else:
        told = "declared rules suggest levels of GRADE from the numbers, and no person judged them"
    return f"{bias} For the certainty of the evidence, {told}."


def _importance(results: ReviewResults) -> str:
    """How probable effects above the smallest that matters are."""
    found = results.syntheses.get("minimal_difference")
    if not found or found["new_setting"] is None:
        return ""
    mean, new = (_probability(found[key]) for key in ("mean", "new_setting"))
    difference = wording.plain(found["difference"])
    return (
        f" The smallest difference that matters was declared to be {difference} "
        f"{results.syntheses['unit']}. By the model, the mean is above it with probability {mean}, "
        f"and the true effect in a new setting with probability {new}."
    )


def _probability(value: float) -> str:
    if value > 0.999:
        return "above 0.999"
    return "below 0.001" if value < 0.001 else wording.number(value, 3)


def _looks(results: ReviewResults) -> str:
    """The sequential view, with its caution, where the protocol asks for it."""
    found = results.syntheses.get("sequential")
    if not found:
        return ""
    return (
        f" Sequential view, for an effect of {wording.plain(found['effect'])} "
        f"{results.syntheses['unit']}: {found['conclusion']} {found['caution']}"
    )


def criteria(results: ReviewResults) -> dict[str, list[str]]:
    """The criteria for including and excluding reports, as declared."""
    given = results.protocol["criteria"]
    return {
        "include": list(given["include"]),
        "exclude": [item["text"] for item in given["exclude"]],
    }


def _question(results: ReviewResults) -> str:
    question = results.protocol["question"]
    parts = [
        f"{label}: {_stem(question[key])}."
        for key, label in (
            ("population", "Population"),
            ("intervention", "Intervention"),
            ("comparator", "Comparator"),
            ("outcome", "Outcome"),
            ("design", "Designs"),
        )
        if question.get(key)
    ]
    return " ".join(parts)


def _stem(text: str) -> str:
    return text.strip().rstrip(".")


def _screening(results: ReviewResults) -> str:
    counts = results.flow
    return (
        f"The review reads {wording.counted(counts['files'], 'citation export')} with "
        f"{wording.counted(counts['records'], 'record')}. Records were matched to "
        "reports by their identifiers, then by normalised title, year and first author; pairs "
        "that may be one report are listed for a person to decide. Each report is included or "
        "excluded by a decision kept by hand, with the criterion that excludes it."
        f"{_reviewers(results)}{_order(results)}"
    )


def _order(results: ReviewResults) -> str:
    """What the order of the waiting reports rests on, and how much is found by its estimate."""
    waiting = len(results.to_screen)
    if not waiting or not results.recall:
        return ""
    order, recall = results.recall["order"], results.recall["recall"]
    rests_on = {
        "decisions": "a model trained on the review's own decisions "
        f"({order['n_included']} included, {order['n_excluded']} excluded)",
        "included": f"likeness to the {order['n_included']} included reports",
        "question": "likeness to the protocol's question",
        "none": "name",
    }[order["method"]]
    text = (
        f" What waits ({wording.counted(waiting, 'report')}) is listed by {rests_on}; the order "
        "decides nothing."
    )
    if recall["recall"] is None:
        return text
    share, low, high = (wording.percent(100 * recall[k]) for k in ("recall", "ci_low", "ci_high"))
    return (
        f"{text} By an estimate from the same decisions, {share} (95% interval {low} to {high}) of "
        "the reports to be included among those found have been included so far; it is no reason "
        "to stop."
    )


def _reviewers(results: ReviewResults) -> str:
    """How far two people who screened independently agreed, and how that was settled."""
    stages = {"title_abstract": "titles and abstracts", "full_text": "full texts"}
    out = []
    for row in results.agreement:
        equal = round(float(row["agreement"]) * int(row["n"]))
        kappa = (
            f"Cohen's kappa {wording.number(float(row['kappa']), 2)}, "
            f"95% CI {wording.number(float(row['ci_low']), 2)} to "
            f"{wording.number(float(row['ci_high']), 2)}"
            if row["kappa"]
            else "kappa is not defined where one decision only was used"
        )
        out.append(
            f" {row['reviewer_a']} and {row['reviewer_b']} decided alike on {equal} of "
            f"{row['n']} {stages[row['stage']]} ({kappa})."
        )
    unsettled = sum(not row["settled_by"] for row in results.conflicts)
    if out:
        out.append(
            " Conflicts were settled by consensus or by reading the full text."
            if not unsettled
            else f" {wording.counted(unsettled, 'conflict is', 'conflicts are')} still open."
        )
    return "".join(out)


def _reading(results: ReviewResults) -> str:
    last = (
        "Measurements that nobody has verified may be pooled as well, as the protocol declares."
        if results.protocol["pool_unverified"]
        else "Only verified measurements are pooled."
    )
    return (
        "Numbers are kept exactly as printed. A program reads each abstract that is held, noting "
        "the place of every number; what it read is compared, cell by cell, with what was "
        f"verified. {last} Doubts about a measurement are kept as flags. Where reports describe, "
        "or may describe, the same people, a hand-kept table says which one is used and why."
        f"{_verifiers(results)}"
    )


def _verifiers(results: ReviewResults) -> str:
    counts = Counter(row["verified_by"] for row in results.measurements if row["verified_by"])
    if not counts:
        return ""
    told = [f"{name} ({wording.counted(counts[name], 'measurement')})" for name in sorted(counts)]
    return f" Verified by: {'; '.join(told)}."


def _effect(results: ReviewResults) -> str:
    protocol = results.protocol
    effect, scale = protocol["effect"], protocol["outcome"]["scale"]
    correlation = effect["correlation"]
    grid = [wording.plain(r) for r in correlation["grid"]]
    varied = f", and varied over {wording.listed(grid)}" if grid else ""
    unit = f", in{results.unit}" if results.unit else ", of scores"
    return (
        f"The effect is the {results.effect_words} in {outcome(results)} within a cohort, "
        f"{results.sign}{unit} on a scale from "
        f"{wording.plain(scale['min'])} to {wording.plain(scale['max'])}; a {positive(results)} "
        f"means {effect['positive_means']}. {VARIANCES[effect['measure']]} The SD of the "
        "change is taken as reported where it is; else it is derived from the standard error or "
        "the confidence interval of the change, from a paired t, or from the exact p of a paired "
        f"test. {_correlation_known(effect['measure'], wording.plain(correlation['assumed']))}"
        f"{'' if effect['measure'] == 'SMCC' else varied}."
    )


# How each measure's variance comes about, in the notation of the Methods.
VARIANCES = {
    "MC": "Its variance is (s₁² + s₂² − 2 r s₁ s₂)/n.",
    "SMCC": "It is the change divided by its own SD, corrected for small samples (Gibbons 1993); "
    "its variance is 1/n + y²/2n.",
    "SMCR": "It is the change divided by the SD before, corrected for small samples (Becker "
    "1988); its variance is 2(1 − r)/n + y²/2n.",
    "SMCRH": "It is the change divided by the SD before, corrected for small samples; its "
    "variance allows for another SD after (Bonett 2008).",
    "ROMC": "Its logarithm is pooled, with variance s₁²/n m₁² + s₂²/n m₂² − 2 r s₁ s₂/n m₁ m₂ "
    "(Lajeunesse 2011).",
}


def _correlation_known(measure: str, assumed: str) -> str:
    """Where r comes from when the SD of the change is not had; the end of a sentence."""
    if measure == "SMCC":
        return "No correlation is assumed: without one of these a report has no effect"
    start = "" if measure == "MC" else "The correlation r follows from it and both SDs. "
    return f"{start}Where none of these is printed, the correlation r is assumed to be {assumed}"


def _choice(results: ReviewResults) -> str:
    primary = results.protocol["syntheses"]["primary"]
    window = primary["window"]
    unstated = (
        "measurements whose time is not stated are admitted and flagged"
        if primary["unstated_time"] == "admit"
        else "measurements whose time is not stated are left out"
    )
    parts = [
        f"For each cohort the primary synthesis takes the measurement nearest to "
        f"{window['nearest_days']} days within "
        f"{wording.days_between(window['min_days'], window['max_days'])}; {unstated}.",
        "It uses "
        + wording.listed([STATISTICS.get(name, words(name)) for name in primary["statistics"]])
        + ".",
    ]
    if primary["min_n"] > 1:
        parts.append(f"Cohorts of fewer than {primary['min_n']} people are left out.")
    if primary["exclude_flags"]:
        flags = wording.listed([f"“{words(name)}”" for name in primary["exclude_flags"]], "or")
        parts.append(f"Measurements flagged {flags} are left out.")
    kept = primary.get("retracted") == "keep"
    parts.append(
        "Reports that have been retracted "
        + ("stay in and are marked." if kept else "are left out of it and of all that follow.")
    )
    return " ".join(parts)


def _model(results: ReviewResults) -> str:
    model = results.protocol["model"]
    level = f"{wording.plain(model['level'])}%"
    test = (
        "Knapp–Hartung standard errors and a t distribution with k − 1 degrees of freedom"
        if model["test"] == "knha"
        else "a normal distribution"
    )
    parts = [f"Effects are pooled by {METHODS[model['method']]}; {level} intervals use {test}."]
    if model["method"] != "EE":
        parts.append(
            "The confidence interval of τ² is by the Q-profile method; the prediction interval "
            "uses a t distribution with k − 1 degrees of freedom."
        )
    parts.append(
        "Cohorts of one study are not independent: a cluster-robust interval (CR2, with "
        "Satterthwaite degrees of freedom) is given beside the model’s own. Fits are repeated "
        "by other programs where these can make them; a disagreement stops the run."
    )
    return " ".join(parts)


def _further(results: ReviewResults) -> str:
    syntheses = results.protocol["syntheses"]
    parts = []
    if syntheses["windows"]:
        labels = [_lower(item["label"]) for item in syntheses["windows"]]
        parts.append(f"Secondary syntheses by time: {'; '.join(labels)}.")
    sensitivity = [_lower(item["label"]) for item in syntheses["sensitivity"]]
    sensitivity += [
        f"without measurements flagged “{words(name)}”" for name in syntheses["without_each_flag"]
    ]
    if sensitivity:
        parts.append(f"Sensitivity analyses: {'; '.join(sensitivity)}.")
    if syntheses["subgroups"]:
        groups = []
        for item in syntheses["subgroups"]:
            levels = wording.listed([words(level) for level in item["levels"]])
            groups.append(f"{_lower(item['label'])} ({levels})")
        parts.append(f"Subgroups: {'; '.join(groups)}.")
    parts.append("One part of the evidence at a time is left out of the primary synthesis.")
    return " ".join(parts)


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def searches(results: ReviewResults) -> Table:
    """The citation exports: what each held and when it was made, where its name says so."""
    rows = [
        [
            row["source_file"],
            row["source_format"],
            dated(row["source_file"]) or "not stated",
            wording.count(int(row["n_records"])),
            wording.count(int(row["n_rejects"])),
            row["sha256"][:12],
        ]
        for row in results.search_log
    ]
    return table(
        "searches",
        "Citation exports that the review reads",
        [
            ("File", "text"),
            ("Format", "text"),
            ("Date", "text"),
            ("Records", "number"),
            ("Not readable", "number"),
            ("SHA-256 (first 12 digits)", "text"),
        ],
        rows,
        empty="No export has been read yet.",
    )


def software(results: ReviewResults) -> dict[str, Any]:
    """Versions, code hashes and file hashes, and the name of this state of the review."""
    return {
        "versions": [{"name": "evergrove", "version": __version__}]
        + [{"name": name, "version": results.versions[name]} for name in sorted(results.versions)],
        "code": [{"rule": name, "hash": results.code[name]} for name in sorted(results.code)],
        "inputs": [
            {"path": path, "hash": results.inputs[path][:16]} for path in sorted(results.inputs)
        ],
        "results": [
            {"path": path, "hash": results.results[path][:16]}
            for path in sorted(results.results)
            if "/figures/" not in path
        ],
        "state": state(results),
        "cite": cite(results),
    }


def state(results: ReviewResults) -> str:
    """A name for exactly these inputs, code and versions: 12 hexadecimal digits."""
    digest = hashlib.sha256(f"evergrove {__version__}\n".encode())
    for part in (results.inputs, results.results, results.code, results.versions):
        for key in sorted(part):
            digest.update(f"{key}\0{part[key]}\n".encode())
    return digest.hexdigest()[:12]


def cite(results: ReviewResults) -> str:
    """How to cite this version of the review, or its state where it is none."""
    version = results.changes.get("version")
    name = f"version {version}" if version else f"unreleased state {state(results)}"
    authors = wording.listed([_cited(author) for author in results.protocol.get("authors") or ()])
    return (
        f"{authors}{'. ' if authors else ''}{results.protocol['title']}: a living meta-analysis "
        f"[{name}]. Made with Evergrove {__version__}."
    )


def _cited(author: Mapping[str, str]) -> str:
    """An author of the protocol as cited: "Lee A.", or the name of a group."""
    if author.get("name"):
        return author["name"]
    given = "".join(f"{part[0]}" for part in author.get("given-names", "").split())
    return f"{author.get('family-names', '')} {given}".strip()

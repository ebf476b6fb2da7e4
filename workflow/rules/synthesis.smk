"""From effect sizes to pooled results, refitted by two other engines.

Reads effects.csv, complications.csv and the versions that were released; writes syntheses.json, engines.json and
changes.json. A disagreement of the engines above 1e-6 ends the run.
"""


rule pool:
    input:
        effects="results/{review}/effects.csv",
        effects_by_r="results/{review}/effects_by_r.csv",
        screened="results/{review}/screened.csv",
        studies="config/reviews/{review}/studies.csv",
        complications=kept("complications.csv"),
    output:
        syntheses="results/{review}/syntheses.json",
        leave_one_out="results/{review}/leave_one_out.csv",
        cumulative="results/{review}/cumulative.csv",
    log:
        "logs/{review}/pool.log",
    conda:
        "../../environment.yml"
    params:
        code=STAGE_CODE["pool"],
        protocol=protocol(),
        # Packages upgraded in place are invisible to Snakemake, and may move a last digit.
        versions=versions(("numpy", "scipy")),
    message:
        "{wildcards.review}: pooling"
    script:
        "../../scripts/pool.py"


rule cross_check:
    input:
        syntheses="results/{review}/syntheses.json",
    output:
        engines="results/{review}/engines.json",
    log:
        "logs/{review}/cross_check.log",
    conda:
        "../../environment.yml"
    params:
        code=STAGE_CODE["cross_check"],
        versions=versions(("numpy", "scipy", "pandas", "pymare", "statsmodels")),
    message:
        "{wildcards.review}: refitting with PyMARE and statsmodels"
    script:
        "../../scripts/cross_check.py"


rule compare_versions:
    input:
        syntheses="results/{review}/syntheses.json",
        effects="results/{review}/effects.csv",
        screened="results/{review}/screened.csv",
        versions=kept("versions/*/*"),
    output:
        changes="results/{review}/changes.json",
    log:
        "logs/{review}/compare_versions.log",
    conda:
        "../../environment.yml"
    params:
        code=STAGE_CODE["compare_versions"],
        protocol=protocol("outcome", "model", "conclusion"),
    message:
        "{wildcards.review}: comparing with the last version"
    script:
        "../../scripts/compare_versions.py"

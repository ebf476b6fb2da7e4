"""From abstracts to effect sizes.

Reads the included reports' abstracts and config/reviews/<review>/{extraction/*.json,studies.csv};
writes candidates (read by the program), measurements (verified by a person) and effects.
"""


rule extract:
    input:
        screened="results/{review}/screened.csv",
        records="results/{review}/records.jsonl",
        second=kept("second_reading/*.json"),
    output:
        candidates="results/{review}/candidates.jsonl",
        unclaimed="results/{review}/unclaimed.csv",
    log:
        "logs/{review}/extract.log",
    conda:
        "../../environment.yml"
    params:
        code=STAGE_CODE["extract"],
        protocol=protocol("outcome"),
    message:
        "{wildcards.review}: reading the abstracts"
    script:
        "../../scripts/extract.py"


rule measurements:
    input:
        candidates="results/{review}/candidates.jsonl",
        screened="results/{review}/screened.csv",
        records="results/{review}/records.jsonl",
        studies="config/reviews/{review}/studies.csv",
        extraction=kept("extraction/*.json"),
    output:
        measurements="results/{review}/measurements.csv",
        to_verify="results/{review}/to_verify.csv",
        disagreements="results/{review}/disagreements.csv",
    log:
        "logs/{review}/measurements.log",
    conda:
        "../../environment.yml"
    params:
        code=STAGE_CODE["measurements"],
        protocol=protocol("outcome", "flags", "syntheses"),
    message:
        "{wildcards.review}: joining candidates and verified measurements"
    script:
        "../../scripts/measurements.py"


rule effect_sizes:
    input:
        measurements="results/{review}/measurements.csv",
    output:
        effects="results/{review}/effects.csv",
        effects_by_r="results/{review}/effects_by_r.csv",
    log:
        "logs/{review}/effect_sizes.log",
    conda:
        "../../environment.yml"
    params:
        code=STAGE_CODE["effect_sizes"],
        protocol=protocol("outcome", "effect", "model", "syntheses"),
    message:
        "{wildcards.review}: computing effect sizes"
    script:
        "../../scripts/effect_sizes.py"

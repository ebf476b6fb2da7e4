"""From exports to screened reports.

Reads config/reviews/<review>/citations/*, searches/*, duplicates.csv (if there) and screening.csv;
writes records, reports and screening decisions. Every record is counted: see flow.json.
"""


rule parse_citations:
    input:
        exports=kept("citations/*"),
    output:
        records="results/{review}/records.jsonl",
        rejects="results/{review}/rejects.jsonl",
        search_log="results/{review}/search_log.csv",
    log:
        "logs/{review}/parse_citations.log",
    conda:
        "../../environment.yml"
    params:
        code=STAGE_CODE["parse_citations"],
    message:
        "{wildcards.review}: reading the citation exports"
    script:
        "../../scripts/parse_citations.py"


rule match_reports:
    input:
        records="results/{review}/records.jsonl",
        decisions=kept("duplicates.csv"),
    output:
        reports="results/{review}/reports.csv",
        duplicates="results/{review}/duplicates.csv",
        possible="results/{review}/possible_duplicates.csv",
    log:
        "logs/{review}/match_reports.log",
    conda:
        "../../environment.yml"
    params:
        code=STAGE_CODE["match_reports"],
    message:
        "{wildcards.review}: matching records that are one report"
    script:
        "../../scripts/match_reports.py"


rule screen:
    input:
        reports="results/{review}/reports.csv",
        records="results/{review}/records.jsonl",
        rejects="results/{review}/rejects.jsonl",
        search_log="results/{review}/search_log.csv",
        duplicates="results/{review}/duplicates.csv",
        screening="config/reviews/{review}/screening.csv",
        search_logs=kept("searches/*.json"),
    output:
        screened="results/{review}/screened.csv",
        to_screen="results/{review}/to_screen.csv",
        conflicts="results/{review}/conflicts.csv",
        agreement="results/{review}/reviewer_agreement.csv",
        flow="results/{review}/flow.json",
        recall="results/{review}/recall.json",
        searches="results/{review}/searches.csv",
    log:
        "logs/{review}/screen.log",
    conda:
        "../../environment.yml"
    params:
        code=STAGE_CODE["screen"],
        protocol=protocol("criteria", "screening", "question"),
        # They order what waits.
        versions=versions(("scikit-learn", "numpy", "scipy")),
    message:
        "{wildcards.review}: applying the screening decisions"
    script:
        "../../scripts/screen.py"


rule count_flow:
    input:
        records="results/{review}/records.jsonl",
        rejects="results/{review}/rejects.jsonl",
        screened="results/{review}/screened.csv",
        studies="config/reviews/{review}/studies.csv",
        search_logs=kept("searches/*.json"),
        versions=kept("versions/*/screening.json"),
    output:
        counts="results/{review}/prisma.json",
        table="results/{review}/prisma.csv",
    log:
        "logs/{review}/count_flow.log",
    conda:
        "../../environment.yml"
    params:
        code=STAGE_CODE["count_flow"],
        protocol=protocol("criteria", "sources"),
    message:
        "{wildcards.review}: counting the flow of records, reports and studies"
    script:
        "../../scripts/count_flow.py"

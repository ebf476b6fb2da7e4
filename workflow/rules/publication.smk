"""From pooled results to what readers see.

Reads everything built before; writes figures/, page/, tables/, summary.txt, manifest.json, and
report.docx with the other exports.
"""

# The set of figures follows from each protocol, and output files may not be a function of a
# wildcard: hence one rule a review, so that every figure is a declared file.
for review in REVIEWS:

    rule:
        name:
            f"draw_figures_{review.replace('-', '_')}"
        input:
            syntheses=f"results/{review}/syntheses.json",
            prisma=f"results/{review}/prisma.json",
            changes=f"results/{review}/changes.json",
            cumulative=f"results/{review}/cumulative.csv",
            leave_one_out=f"results/{review}/leave_one_out.csv",
            risk_of_bias=judgements(review),
        output:
            figures=[
                (
                    report(path, caption="../report/figures.rst", category=review)
                    if path.endswith(".svg")
                    else path
                )
                for path in figures(review)
            ],
        log:
            f"logs/{review}/draw_figures.log",
        conda:
            "../../environment.yml"
        params:
            code=STAGE_CODE["draw_figures"],
            protocol=parts(
                review, "title", "outcome", "effect", "model", "flags", "criteria"
            ),
            versions=versions(("matplotlib",)),
        message:
            f"{review}: drawing the figures"
        script:
            "../../scripts/draw_figures.py"


# What the page and the exports are made from: the same files, so that both print one state.
RESULTS = {
    "prisma": "results/{review}/prisma.json",
    "prisma_table": "results/{review}/prisma.csv",
    "conflicts": "results/{review}/conflicts.csv",
    "agreement": "results/{review}/reviewer_agreement.csv",
    "syntheses": "results/{review}/syntheses.json",
    "changes": "results/{review}/changes.json",
    "leave_one_out": "results/{review}/leave_one_out.csv",
    "cumulative": "results/{review}/cumulative.csv",
    "engines": "results/{review}/engines.json",
    "effects": "results/{review}/effects.csv",
    "measurements": "results/{review}/measurements.csv",
    "to_verify": "results/{review}/to_verify.csv",
    "disagreements": "results/{review}/disagreements.csv",
    "candidates": "results/{review}/candidates.jsonl",
    "unclaimed": "results/{review}/unclaimed.csv",
    "screened": "results/{review}/screened.csv",
    "to_screen": "results/{review}/to_screen.csv",
    "flow": "results/{review}/flow.json",
    "recall": "results/{review}/recall.json",
    "duplicates": "results/{review}/duplicates.csv",
    "possible": "results/{review}/possible_duplicates.csv",
    "records": "results/{review}/records.jsonl",
    "rejects": "results/{review}/rejects.jsonl",
    "search_log": "results/{review}/search_log.csv",
    "searches": "results/{review}/searches.csv",
    "studies": "config/reviews/{review}/studies.csv",
    "reports": "results/{review}/reports.csv",
    "effects_by_r": "results/{review}/effects_by_r.csv",
    "certainty": kept("certainty.csv"),
    "published": kept("published_reviews.csv"),
}


rule publish:
    input:
        **RESULTS,
        figures=figures,
        # Everything kept by hand is hashed into the manifest.
        kept=kept("**/*"),
        # Hashed into the manifest, and not read.
        exports=collect("results/{{review}}/{name}", name=EXPORTS),
    output:
        page=report(
            "results/{review}/page/index.html",
            caption="../report/page.rst",
            category="{review}",
        ),
        summary="results/{review}/summary.txt",
        manifest=report(
            "results/{review}/manifest.json",
            caption="../report/manifest.rst",
            category="{review}",
        ),
        tables=report(
            collect("results/{{review}}/tables/{table}.csv", table=PUBLISHED_TABLES),
            caption="../report/tables.rst",
            category="{review}",
        ),
    log:
        "logs/{review}/publish.log",
    conda:
        "../../environment.yml"
    params:
        code=STAGE_CODE,
        protocol=protocol(),
        versions=versions(PACKAGES),
    message:
        "{wildcards.review}: writing the page"
    script:
        "../../scripts/publish.py"


rule export_report:
    input:
        **RESULTS,
        figures=figures,
        kept=kept("**/*"),
    output:
        docx=report(
            "results/{review}/report.docx",
            caption="../report/report.rst",
            category="{review}",
        ),
        manuscript="results/{review}/manuscript.md",
        bib="results/{review}/included.bib",
        ris="results/{review}/included.ris",
        cff="results/{review}/CITATION.cff",
        data="results/{review}/data.zip",
        tables=collect("results/{{review}}/tables/{table}.tex", table=PUBLISHED_TABLES),
    log:
        "logs/{review}/export_report.log",
    conda:
        "../../environment.yml"
    params:
        code=STAGE_CODE,
        protocol=protocol(),
        versions=versions(PACKAGES),
    message:
        "{wildcards.review}: writing the report and the citations"
    script:
        "../../scripts/export_report.py"

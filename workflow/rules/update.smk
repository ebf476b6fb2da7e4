"""Ask the sources again: `snakemake update --cores 4`, the only rule with the network.

Runs the protocol's searches up to today, writes dated exports into citations/ and the search log
into searches/, and then builds everything that depends on them.
"""


checkpoint fetch_pubmed:
    output:
        log=f"config/reviews/{{review}}/searches/{TODAY}.json",
    log:
        "logs/{review}/fetch_pubmed.log",
    conda:
        "../../environment.yml"
    resources:
        # NCBI counts requests per address, whatever the number of jobs.
        ncbi=1,
    params:
        code=STAGE_CODE["fetch_pubmed"],
        protocol=protocol("searches"),
        work=".evergrove/searches/{review}",
    message:
        "{wildcards.review}: asking PubMed and Europe PMC"
    script:
        "../../scripts/fetch_pubmed.py"


rule update:
    input:
        [published(review) for review in REVIEWS],
        [
            f"config/reviews/{review}/searches/{TODAY}.json"
            for review in REVIEWS
            if REVIEWS[review]["searches"]
        ],

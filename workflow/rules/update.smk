"""Ask the sources again: `snakemake update --cores 4`, the only rule with the network.

Runs the protocol's searches up to today, writes dated exports into citations/ and the search log
into searches/, and then builds everything that depends on them.
"""

# The log itself is no output: a plain run must neither make nor miss what only an update makes.
# This mark says that an update of the day is done, and means nothing once its log is gone.
DONE = ".evergrove/updates/{review}/{day}.json"


for review in REVIEWS:
    mark = Path(DONE.format(review=review, day=TODAY))
    if mark.exists() and not still_done(mark):
        mark.unlink()


# Only this computer asks: NCBI counts the requests of an address, and the lock file that spaces
# them lies here.
localrules:
    fetch_pubmed,
    update,


checkpoint fetch_pubmed:
    input:
        screening="config/reviews/{review}/screening.csv",
    output:
        done=DONE.format(review="{review}", day=TODAY),
    log:
        "logs/{review}/fetch_pubmed.log",
    conda:
        "../../environment.yml"
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
        [DONE.format(review=review, day=TODAY) for review in REVIEWS],
    message:
        "everything is asked for and built"

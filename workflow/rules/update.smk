"""Ask the sources again: `snakemake update --cores 4`, the only rule with the network.

Runs the protocol's searches up to today, writes dated exports into citations/ and the search log
into searches/, and then builds everything that depends on them.
"""

# The log itself is no output: a plain run must neither make nor miss what only an update makes.
# This file says that an update of the day is done, and means nothing once its log is gone.
DONE = ".evergrove/updates/{review}/{day}.json"


def forget_update(review):
    """An update whose search log was removed by hand is to be made again."""
    done = Path(DONE.format(review=review, day=TODAY))
    if done.exists() and not all(
        Path(log).exists() for log in [read_json(done)["log"]] if log
    ):
        done.unlink()


for review in REVIEWS:
    forget_update(review)


# Only this computer asks: NCBI counts the requests of an address, and the lock file that spaces
# them lies here.
localrules:
    fetch_pubmed,
    update,


checkpoint fetch_pubmed:
    output:
        done=DONE.format(review="{review}", day=TODAY),
    log:
        "logs/{review}/fetch_pubmed.log",
    conda:
        "../../environment.yml"
    params:
        code=STAGE_CODE["fetch_pubmed"],
        protocol=protocol("searches"),
        folder="config/reviews/{review}",
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

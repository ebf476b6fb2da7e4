"""Rule fetch_pubmed: the protocol's searches -> dated exports and the day's search log."""

from datetime import date
from pathlib import Path

from evergrove import fetch_pubmed
from evergrove.stages import stage

with stage(snakemake) as say:
    log = Path(snakemake.output.log)
    found = fetch_pubmed.fetch(
        snakemake.params.protocol["searches"],
        folder=log.parent.parent,
        today=date.fromisoformat(log.stem),
        work=Path(snakemake.params.work),
        say=say,
    )
    fetch_pubmed.write_log(log, found)

"""Rule fetch_pubmed: the protocol's searches -> dated exports and the day's search log."""

from datetime import date
from pathlib import Path

from evergrove import fetch_pubmed, tables
from evergrove.stages import stage

with stage(snakemake) as say:
    done = Path(snakemake.output.done)
    log = fetch_pubmed.fetch(
        snakemake.params.protocol["searches"],
        folder=Path(snakemake.input.screening).parent,
        today=date.fromisoformat(done.stem),
        work=Path(snakemake.params.work),
        say=say,
    )
    tables.write_json(done, {"log": log and log.as_posix()})

"""Rule extract: effect sizes in included abstracts, with the place of every number."""

from evergrove import tables
from evergrove.extract import SCREENED_COLUMNS, UNCLAIMED_COLUMNS, extract, read_kept
from evergrove.stages import stage

with stage(snakemake) as say:
    result = extract(
        tables.read_csv(snakemake.input.screened, SCREENED_COLUMNS, ("*",)),
        tables.read_jsonl(snakemake.input.records),
        snakemake.params.protocol,
        read_kept(snakemake.input.second),
    )
    tables.write_jsonl(snakemake.output.candidates, result.candidates)
    tables.write_csv(snakemake.output.unclaimed, result.unclaimed, UNCLAIMED_COLUMNS)
    say(result.summary())

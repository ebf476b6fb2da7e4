"""Rule cross_check: the pooled results beside those of two other engines."""

from evergrove import cross_check, tables
from evergrove.stages import stage

with stage(snakemake) as say:
    result = cross_check.cross_check(tables.read_json(snakemake.input.syntheses))
    tables.write_json(snakemake.output.engines, result)
    say(cross_check.summary(result))

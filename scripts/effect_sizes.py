"""Rule effect_sizes: one effect, or the reason why there is none, for every measurement."""

from evergrove import tables
from evergrove.effect_sizes import BY_R_COLUMNS, COLUMNS, MEASUREMENT_COLUMNS, effect_sizes
from evergrove.stages import stage

with stage(snakemake) as say:
    rows = tables.read_csv(snakemake.input.measurements, MEASUREMENT_COLUMNS, ("*",))
    result = effect_sizes(rows, snakemake.params.protocol)
    tables.write_csv(snakemake.output.effects, result.effects, COLUMNS)
    tables.write_csv(snakemake.output.effects_by_r, result.by_r, BY_R_COLUMNS)
    say(result.summary())

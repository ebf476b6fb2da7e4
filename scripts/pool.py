"""Rule pool: every synthesis of the protocol, from effect sizes to pooled results."""

from evergrove import complications, pool, tables
from evergrove.stages import stage

with stage(snakemake) as say:
    given, made, protocol = snakemake.input, snakemake.output, snakemake.params.protocol
    result = pool.pool(
        tables.read_csv(given.effects, pool.EFFECT_COLUMNS, ("*",)),
        tables.read_csv(given.effects_by_r, pool.EFFECT_BY_R_COLUMNS, ("*",)),
        protocol,
        complications.read_kept(given.complications, given.studies, given.screened, protocol),
    )
    tables.write_json(made.syntheses, result.syntheses)
    tables.write_csv(made.leave_one_out, result.leave_one_out, pool.LEAVE_ONE_OUT_COLUMNS)
    tables.write_csv(made.cumulative, result.cumulative, pool.CUMULATIVE_COLUMNS)
    say(pool.summary(result.syntheses))

"""Rule draw_figures: every figure of a review as SVG, PDF and PNG, with its figure table."""

from pathlib import Path

from evergrove import risk_of_bias, tables
from evergrove.draw_figures import Sources, draw_figures
from evergrove.stages import stage

with stage(snakemake) as say:
    given = snakemake.input
    paths = [Path(path) for path in snakemake.output.figures]
    sources = Sources(
        tables.read_json(given.syntheses),
        tables.read_json(given.prisma),
        tables.read_json(given.changes),
        tables.read_csv(given.cumulative, (), ("*",)),
        tables.read_csv(given.leave_one_out, (), ("*",)),
        [row for path in given.risk_of_bias for row in risk_of_bias.read_judgements(path)],
    )
    wanted = list(dict.fromkeys(path.stem for path in paths))
    drawn = draw_figures(sources, snakemake.params.protocol, wanted)
    for path in paths:
        tables.write_bytes(path, drawn.files[path.stem][path.suffix[1:]])
    say(f"{len(wanted)} figures, {len(paths)} files")
    if drawn.missing:
        say(f"no font here has {drawn.missing}: the SVG is right, the PDF and PNG show boxes")

"""Rule draw_figures: every forest plot of a review as SVG, PDF and PNG, with its figure table."""

from pathlib import Path

from evergrove import tables
from evergrove.draw_figures import draw_figures
from evergrove.stages import stage

with stage(snakemake) as say:
    paths = [Path(path) for path in snakemake.output.figures]
    review = tables.read_json(snakemake.input.syntheses)
    wanted = list(dict.fromkeys(path.stem for path in paths))
    drawn = draw_figures(review, snakemake.params.protocol, wanted)
    for path in paths:
        tables.write_bytes(path, drawn.files[path.stem][path.suffix[1:]])
    say(f"{len(wanted)} forest plots, {len(paths)} files")
    if drawn.missing:
        say(f"no font here has {drawn.missing}: the SVG is right, the PDF and PNG show boxes")

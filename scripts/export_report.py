"""Rule export_report: the results of a review as Word, LaTeX, citations, data and a manuscript."""

from pathlib import Path

from evergrove import export_report as exporting
from evergrove import tables
from evergrove.stages import stage

with stage(snakemake) as say:
    given, wanted = snakemake.params, snakemake.output
    results = exporting.read_results(snakemake.input, given.protocol, given.code, given.versions)
    pictures = exporting.read_pictures(snakemake.input.figures)
    data = exporting.read_data(snakemake.input, results.slug)
    made = exporting.export_report(
        results, pictures, data, [Path(path).stem for path in wanted.tables]
    )
    for path in wanted.tables:
        tables.write_bytes(path, made[f"tables/{Path(path).name}"])
    for path in (wanted.docx, wanted.manuscript, wanted.bib, wanted.ris, wanted.cff, wanted.data):
        tables.write_bytes(path, made[Path(path).name])
    say(f"a report with {len(pictures)} figures, {len(wanted.tables)} tables for LaTeX, citations")

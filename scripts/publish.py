"""Rule publish: every result of a review as a page, a summary, printed tables and a manifest."""

from pathlib import Path

from evergrove import publish as publishing
from evergrove import tables
from evergrove.stages import stage

with stage(snakemake) as say:
    given, wanted = snakemake.params, snakemake.output
    results = publishing.read_results(snakemake.input, given.protocol, given.code, given.versions)
    exported = publishing.hashes_of(snakemake.input.exports)
    made = publishing.publish(results, [Path(path).stem for path in wanted.tables], exported)
    for path in wanted.tables:
        tables.write_bytes(path, made[f"tables/{Path(path).stem}.csv"])
    tables.write_bytes(wanted.page, made["page/index.html"])
    tables.write_bytes(wanted.summary, made["summary.txt"])
    tables.write_bytes(wanted.manifest, made["manifest.json"])
    say(f"a page of {len(made['page/index.html']) // 1000} KB and {len(wanted.tables)} tables")

"""Rule parse_citations: every export in the review's folder as citation records."""

from pathlib import Path

from evergrove import tables
from evergrove.parse_citations import SEARCH_LOG_FIELDS, parse_citations
from evergrove.stages import stage

with stage(snakemake) as say:
    files = sorted(Path(name) for name in snakemake.input.exports)
    parsed = parse_citations((path.name, path.read_bytes()) for path in files)
    tables.write_jsonl(snakemake.output.records, parsed.records)
    tables.write_jsonl(snakemake.output.rejects, parsed.rejects)
    tables.write_csv(snakemake.output.search_log, parsed.search_log, SEARCH_LOG_FIELDS)
    say(
        f"{len(files)} files: {len(parsed.records)} citation records, "
        f"{len(parsed.rejects)} rejected"
    )

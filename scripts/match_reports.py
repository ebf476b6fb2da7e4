"""Rule match_reports: citation records to reports, with every merge and every doubt listed."""

from evergrove import match_reports as reports
from evergrove import tables
from evergrove.stages import stage

with stage(snakemake) as say:
    records = tables.read_jsonl(snakemake.input.records)
    decisions = reports.read_decisions(snakemake.input.get("decisions", []))
    found = reports.match_reports(records, decisions)
    tables.write_csv(snakemake.output.reports, found.reports, reports.REPORT_COLUMNS)
    tables.write_csv(snakemake.output.duplicates, found.duplicates, reports.DUPLICATE_COLUMNS)
    tables.write_csv(snakemake.output.possible, found.possible, reports.POSSIBLE_COLUMNS)
    say(
        f"{len(records)} records are {len(found.reports)} reports; "
        f"{len(found.duplicates)} duplicates, {len(found.possible)} pairs to look at"
    )

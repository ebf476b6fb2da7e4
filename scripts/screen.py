"""Rule screen: decisions meet reports; what awaits a decision, and the counts of the flow."""

from evergrove import screen as screening
from evergrove import screening_table, search_logs, tables
from evergrove.stages import stage

with stage(snakemake) as say:
    given = snakemake.input
    logs = search_logs.read_logs(given.search_logs)
    records = tables.read_jsonl(given.records)
    result = screening.screen(
        tables.read_csv(given.reports, screening.REPORT_COLUMNS),
        screening_table.read_screening(given.screening, snakemake.params.protocol),
        snakemake.params.protocol,
        search_log=tables.read_csv(given.search_log, ("n_records", "n_rejects"), ("*",)),
        n_records=len(records),
        n_rejects=len(tables.read_jsonl(given.rejects)),
        n_duplicates=len(tables.read_csv(given.duplicates, ("record_id",), ("*",))),
        search_logs=logs,
        abstracts={record["record_id"]: record["abstract"] for record in records},
    )
    tables.write_csv(snakemake.output.screened, result.screened, screening.SCREENED_COLUMNS)
    tables.write_csv(snakemake.output.to_screen, result.to_screen, screening.TO_SCREEN_COLUMNS)
    tables.write_csv(snakemake.output.conflicts, result.conflicts, screening.CONFLICT_COLUMNS)
    tables.write_csv(snakemake.output.agreement, result.agreement, screening.AGREEMENT_COLUMNS)
    tables.write_json(snakemake.output.flow, result.flow)
    tables.write_json(snakemake.output.recall, result.recall)
    tables.write_csv(
        snakemake.output.searches, search_logs.search_rows(logs), search_logs.SEARCH_COLUMNS
    )
    say(
        "{reports} reports: {included} included, {excluded} excluded, {unclear} unclear, "
        "{awaiting} awaiting a decision".format(**result.flow)
    )

"""Rule count_flow: the counts of the PRISMA 2020 flow, as JSON and for the R package PRISMA2020."""

from evergrove import count_flow as counting
from evergrove import search_logs, tables
from evergrove.stages import stage

with stage(snakemake) as say:
    given, wanted, protocol = snakemake.input, snakemake.output, snakemake.params.protocol
    records, rejects = tables.read_jsonl(given.records), tables.read_jsonl(given.rejects)
    screened = tables.read_csv(given.screened, counting.SCREENED_COLUMNS, ("*",))
    studies = tables.read_csv(given.studies, counting.STUDY_COLUMNS, ("*",))
    now = counting.state("", screened, counting.exported(records, rejects), studies)
    counts = counting.count_flow(
        records,
        rejects,
        screened,
        studies,
        protocol,
        search_logs=search_logs.read_logs(given.search_logs),
        before=counting.newest(given.versions, now),
    )
    tables.write_json(wanted.counts, counts)
    rows = counting.prisma_table(counts, protocol)
    tables.write_csv(wanted.table, rows, counting.PRISMA_COLUMNS)
    say(
        "{identified} records identified, {duplicates} duplicates, {screened} screened; ".format(
            **counts["databases"]
        )
        + "{studies} studies in {reports} reports included".format(**counts["included"])
    )

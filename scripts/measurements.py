"""Rule measurements: what people verified and what the program read, as one table."""

from evergrove import tables
from evergrove.extraction_files import read_extraction, read_studies
from evergrove.measurements import COLUMNS, DISAGREEMENT_COLUMNS, SCREENED_COLUMNS, measure
from evergrove.questions import COLUMNS as TO_VERIFY_COLUMNS
from evergrove.stages import stage

with stage(snakemake) as say:
    protocol = snakemake.params.protocol
    result = measure(
        candidates=tables.read_jsonl(snakemake.input.candidates),
        screened=tables.read_csv(snakemake.input.screened, SCREENED_COLUMNS, ("*",)),
        studies=read_studies(snakemake.input.studies, protocol),
        records=tables.read_jsonl(snakemake.input.records),
        extractions=[read_extraction(path, protocol) for path in snakemake.input.extraction],
        protocol=protocol,
    )
    tables.write_csv(snakemake.output.measurements, result.rows, COLUMNS)
    tables.write_csv(snakemake.output.to_verify, result.to_verify, TO_VERIFY_COLUMNS)
    tables.write_csv(snakemake.output.disagreements, result.disagreements, DISAGREEMENT_COLUMNS)
    say(result.summary())

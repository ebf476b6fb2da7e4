"""Rule compare_versions: what changed since the last version, and the estimate by version."""

from evergrove import compare_versions as comparing
from evergrove import tables
from evergrove.stages import stage
from evergrove.versions.kept import read_versions

with stage(snakemake) as say:
    given = snakemake.input
    changes = comparing.compare_versions(
        tables.read_json(given.syntheses),
        tables.read_csv(given.effects, comparing.EFFECT_COLUMNS, ("*",)),
        tables.read_csv(given.screened, comparing.SCREENED_COLUMNS, ("*",)),
        read_versions(given.versions),
        snakemake.params.protocol,
    )
    tables.write_json(snakemake.output.changes, changes)
    here = f"version {changes['version']}" if changes["version"] else "not released yet"
    before = changes["previous"]
    since = f"compared with {before['version']}" if before else "no version before"
    say(f"{here}, {since}")

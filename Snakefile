"""Evergrove: citations in, a pooled, cross-checked, drawn and published result out.

`snakemake --cores 4` builds every review that config/config.yaml names.
"""

import sys

from snakemake.utils import min_version

min_version("9.27")

# The package lies beside this file, so that a bare clone runs without being installed.
sys.path.insert(0, str(workflow.basedir))

from evergrove.stages import lend_package

lend_package()


configfile: "config/config.yaml"


include: "workflow/rules/common.smk"
include: "workflow/rules/citations.smk"
include: "workflow/rules/extraction.smk"
include: "workflow/rules/synthesis.smk"
include: "workflow/rules/publication.smk"
include: "workflow/rules/update.smk"


rule all:
    default_target: True
    input:
        [published(review) for review in REVIEWS],
    message:
        "everything is built"


onsuccess:
    print_summaries()


onerror:
    print_errors()
    sys.exit(2)

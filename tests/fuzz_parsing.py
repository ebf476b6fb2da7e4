"""Coverage-guided fuzzing of the readers: `python tests/fuzz_parsing.py -max_total_time=600`.

Needs Google's atheris (`pip install atheris`), which is no dependency of the project. Starts from
the fixtures; an input that breaks a law of `citation_laws` is left as a file `crash-…`.
"""

import sys
import tempfile
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["evergrove"]):
    from evergrove.formats import (  # noqa: F401  (imported here to be instrumented)
        bibtex,
        bibtex_head,
        endnote_tagged,
        endnote_xml,
        highwire,
        medline,
        ovid,
        pubmed_xml,
        refworks,
        ris,
        table,
        wos,
        wos_table,
    )
    from tests.citation_laws import FIXTURES, read_lawfully


def main() -> None:
    with tempfile.TemporaryDirectory() as corpus:
        for path in FIXTURES:
            (Path(corpus) / path.name).write_bytes(path.read_bytes())
        atheris.Setup([sys.argv[0], "-max_len=6000", *sys.argv[1:], corpus], read_lawfully)
        atheris.Fuzz()


if __name__ == "__main__":
    main()

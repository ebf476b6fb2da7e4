"""The exports say what the page says, digit by digit, and nothing in them acts."""

from __future__ import annotations

import io
import json
import runpy
import struct
import zipfile
import zlib
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from docx import Document
from docx.oxml.ns import qn

from evergrove import tables
from evergrove.errors import EvergroveError
from evergrove.export_report import DATA, export_report, read_pictures
from evergrove.page.files import COLUMNS
from evergrove.page.parts import PUBLISHED_TABLES, as_csv
from evergrove.page.render import render
from evergrove.page.view import view
from evergrove.reports import content
from evergrove.reports.archive import pack
from evergrove.reports.text import one_line
from evergrove.reports.word import Picture
from tests import report_reading as reading
from tests.page_sample import HOSTILE, sample

ROOT = Path(__file__).resolve().parent.parent
NASTY = (
    "A\x00\x0b\x1b\ud800\ufffe <w:t>x</w:t> \\input{/etc/passwd} \\end{document} "
    "} { {{ @article{x,\n"
    "ER  - \nTY  - JOUR\nTI  - other $ % & # _ ^ ~ | `x` ![i](http://x.org/i) "
    "[a](javascript:alert(1)) \u202eolleh & <b ]]> =cmd() \"q\" -- '' \r\n\u2028 ende"
)
CHANGES = {
    "version": "25.2.1", "date": "2025-06-30", "note": "More baths.",
    "previous": {"version": "24.1.0", "date": "2024-12-31"},
    "released": [{"version": "25.2.1", "date": "2025-06-30", "note": "", "evergrove": "0"}],
    "trajectory": [],
    "changes": {
        "studies": {
            "added": ["a", "b"], "removed": [],
            "added_to_primary": [], "removed_from_primary": [],
        },
        "measurements": {"added": [], "removed": [], "corrected": [], "reclassified": []},
        "reports": {"added": [], "removed": [], "decided_otherwise": [], "retracted": []},
        "syntheses": [],
        "conclusion": {"rule": "The rule.", "before": "some", "after": "some", "changed": False},
    },
}  # fmt: skip


def png(width=40, height=20):
    """A white picture."""

    def chunk(kind, data):
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\xff" * width for _ in range(height)))
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PICTURES = {"primary": Picture(png(), "Forest plot of 2 rows. Mean change 3.20.")}


def nasty(**changed):
    """The sample with a hostile title of the review, of a report, an author, a label and a flag."""
    results = sample()
    screened = [dict(row) for row in results.screened]
    screened[0] |= {"title": NASTY, "authors": f"{NASTY.replace(';', '')}, A.; {NASTY}",
                    "doi": "10.1000/x{y}<z>", "journal": NASTY}  # fmt: skip
    syntheses = json.loads(json.dumps(results.syntheses))
    for item in syntheses["syntheses"]:
        item["label"], item["description"] = f"{NASTY} {item['id']}", NASTY
    syntheses["statements"] = [NASTY]
    protocol = {**results.protocol, "title": NASTY, "flags": {"n_assumed": NASTY, "copied": ""},
                "authors": [{"name": NASTY}]}  # fmt: skip
    return replace(
        results, screened=screened, syntheses=syntheses, protocol=protocol, changes=CHANGES,
        **changed,
    )  # fmt: skip


def made(results=None, pictures=PICTURES):
    data = {"effects.csv": b"a,b\n1,2\n", "protocol.yaml": b"title: x\n"}
    return export_report(sample() if results is None else results, pictures, data)


def rows_of(results, files):
    """For every published table: its rows in HTML, CSV, LaTeX, Word and Markdown (or None)."""
    shown = view(results)
    html = reading.html_tables(render(shown))
    word = reading.docx_tables(files["report.docx"])
    markdown = reading.md_tables(files["manuscript.md"].decode())
    for name, identifier in PUBLISHED_TABLES.items():
        table = shown["tables"][identifier]
        if not table["groups"]:
            continue
        number = str(table["number"])
        yield (
            name,
            {
                "html": html[identifier],
                "csv": reading.csv_rows(as_csv(table)),
                "tex": reading.tex_rows(files[f"tables/{name}.tex"].decode()),
                "docx": word.get(number),
                "md": markdown.get(number),
            },
        )


def compare(results, files):
    """Assert that every number of every cell is the same everywhere; how many there were."""
    counted = 0
    for name, found in rows_of(results, files):
        page = [[reading.numerals(cell) for cell in row] for row in found["html"]]
        counted += sum(len(cell) for row in page for cell in row)
        for kind in ("csv", "tex", "docx", "md"):
            if found[kind] is None:
                continue
            other = [[reading.numerals(cell) for cell in row] for row in found[kind]]
            assert [len(row) for row in other] == [len(row) for row in page], (name, kind)
            if kind in ("csv", "md"):
                # These have the labels of footnotes behind a cell, the others their marks.
                other = [
                    [cell[: len(own)] for cell, own in zip(row, held, strict=True)]
                    for row, held in zip(other, page, strict=True)
                ]
            assert other == page, (name, kind)
    return counted


# --- the same numbers everywhere -----------------------------------------------------------------


def test_page_csv_latex_word_and_markdown_agree_in_every_printed_digit():
    results, files = sample(), made()
    assert compare(results, files) > 100
    kinds = {kind for _, found in rows_of(results, files) for kind in found if found[kind]}
    assert kinds == {"html", "csv", "tex", "docx", "md"}


def test_the_comparison_sees_a_digit_that_differs():
    files = made()
    changed = files["tables/sensitivity.tex"].replace(b"3.20", b"3.21", 1)
    with pytest.raises(AssertionError):
        compare(sample(), {**files, "tables/sensitivity.tex": changed})


def test_word_and_manuscript_say_the_sentences_of_the_page():
    shown, files = view(sample()), made()
    word = "\n".join(p.text for p in Document(io.BytesIO(files["report.docx"])).paragraphs)
    paper = reading.md_plain(files["manuscript.md"].decode())
    told = [shown["headline"]["conclusion"], shown["headline"]["spread"]]
    told += [item["text"] for item in shown["methods"]]
    told += [item["text"] for item in content.results_paragraphs(sample(), shown)]
    for text in told:
        assert text in word
        assert text.replace("\u2060", "") in paper


def test_the_version_and_what_is_new_are_told():
    told = " ".join(content.version(CHANGES))
    assert told == (
        "Version 25.2.1, with searches up to 2025-06-30. More baths. Since version 24.1.0, "
        "2\u00a0studies came in and 0\u00a0studies went out; the conclusion did not change."
    )
    unreleased = content.version({**CHANGES, "version": None})
    assert unreleased[0].startswith("Unreleased state; the last released version is 25.2.1")
    assert content.version({}) == []


def test_references_are_cited_by_number():
    paper = reading.md_plain(made()["manuscript.md"].decode())
    assert "Included reports: [1–3]. In the primary synthesis: [1, 2]." in paper
    assert "\n3. The Bath Group. More baths. J Bath 2018" in paper
    assert content.numbered([5, 1, 2, 3, 9, 8]) == "[1–3, 5, 8, 9]"


# --- the same bytes ------------------------------------------------------------------------------


def test_the_same_results_give_the_same_bytes():
    assert made() == made()


def test_packages_hold_no_time():
    for name in ("report.docx", "data.zip"):
        with zipfile.ZipFile(io.BytesIO(made()[name])) as archive:
            assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert archive.testzip() is None
            if name == "report.docx":
                assert b"dcterms" not in archive.read("docProps/core.xml").split(b">", 2)[2]
                assert archive.namelist()[0] == "[Content_Types].xml"
                assert not [part for part in archive.namelist() if "thumbnail" in part]


def test_the_archive_accounts_for_what_it_holds():
    with zipfile.ZipFile(io.BytesIO(made()["data.zip"])) as archive:
        manifest = json.loads(archive.read("baths/MANIFEST.json"))
        assert archive.namelist() == [
            "baths/MANIFEST.json", "baths/effects.csv", "baths/protocol.yaml",
        ]  # fmt: skip
        for name, digest in manifest["files"].items():
            assert sha256(archive.read(f"baths/{name}")).hexdigest() == digest
    assert manifest["code"] == {"publish": "0123456789abcdef"}
    assert manifest["state"] == view(sample())["software"]["state"]
    assert pack({"a": b"1"}) == pack({"a": b"1"})


# --- Word ----------------------------------------------------------------------------------------


def test_the_document_has_headings_marked_tables_and_a_language():
    document = Document(io.BytesIO(made()["report.docx"]))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == [
        "Methods", "Results", "Tables", "Figures", "References", "Versions and citing",
    ]  # fmt: skip
    assert document.tables
    for table in document.tables:
        first, *others = table._tbl.tr_lst
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None for row in others)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert min(widths) > 0
    languages = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    properties = document.core_properties
    assert (properties.language, properties.title) == ("en-GB", sample().protocol["title"])
    assert properties.author == ""


def test_a_picture_has_alternative_text_and_fits_the_page():
    wide = {"primary": Picture(png(3000, 20), f"Spoken {HOSTILE}"), "large": PICTURES["primary"]}
    document = Document(io.BytesIO(made(pictures=wide)["report.docx"]))
    shapes = list(document.inline_shapes)
    assert len(shapes) == 2
    described = shapes[0]._inline.docPr.get("descr")
    assert described == f"Nearest to 30 days. Spoken {HOSTILE}"
    assert all(shape.width.mm <= 170 for shape in shapes)


def test_a_picture_that_is_none_is_an_error_that_names_it():
    with pytest.raises(EvergroveError, match=r"results/baths/figures/primary\.png"):
        made(pictures={"primary": Picture(b"no picture", "")})


def test_links_lead_to_places_that_are_there():
    document = Document(io.BytesIO(made()["report.docx"]))
    body = document.element.body
    places = {item.get(qn("w:name")) for item in body.iter(qn("w:bookmarkStart"))}
    inside = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} - {None}
    assert inside and inside <= places


# --- hostile text --------------------------------------------------------------------------------


def test_no_text_breaks_out_of_the_document():
    files = made(nasty())
    with zipfile.ZipFile(io.BytesIO(files["report.docx"])) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
        whole = archive.read("word/document.xml").decode()
    document = Document(io.BytesIO(files["report.docx"]))
    assert one_line(NASTY) in [p.text for p in document.paragraphs]
    assert "javascript" not in relations and "&lt;w:t&gt;x" in whole
    assert "instrText" not in whole and "fldSimple" not in whole
    external = [rel for rel in document.part.rels.values() if rel.is_external]
    assert external
    assert all(
        rel.target_ref.startswith(("https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/"))
        for rel in external
    )


def test_no_text_breaks_out_of_a_latex_table():
    results = nasty()
    files = made(results)
    for name, identifier in PUBLISHED_TABLES.items():
        table = view(results)["tables"][identifier]
        text = files[f"tables/{name}.tex"].decode()
        if not table["groups"]:
            continue
        rows = reading.tex_rows(text)
        assert len(rows) == 1 + sum(map(len, table["groups"])), name
        assert {len(row) for row in rows} == {len(table["columns"])}, name
        lines = [line for line in text.split("\n") if line.startswith("%")]
        assert len(lines) == 2
        kept = text.replace("\\{", "").replace("\\}", "")
        kept = "\n".join(line for line in kept.split("\n") if not line.startswith("%"))
        assert kept.count("{") == kept.count("}"), name
        assert kept.count("\\end{") == kept.count("\\begin{")
        assert "\\input" not in text.replace("\\textbackslash{}input", "")
    printed = reading.tex_rows(files["tables/sensitivity.tex"].decode())[2][0]
    assert printed.startswith(one_line(NASTY))


def test_no_text_acts_in_the_manuscript():
    paper = made(nasty())["manuscript.md"].decode()
    for line in paper.split("\n"):
        # The comment at the head is the program's own.
        bare = reading.re.sub(r"\\.|\(<https?://[^<>]*>\)|<!-- [^<>]* -->", "", line)
        assert (
            "<" not in bare
            and "`" not in bare
            and "](" not in bare.replace("](figures/primary.png)", "")
        ), line
    assert paper.count("\n# ") + paper.startswith("# ") == 1


def test_a_citation_file_is_valid_whatever_the_title_says():
    entry = yaml.safe_load(made(nasty())["CITATION.cff"])
    assert entry["title"] == one_line(NASTY) and entry["authors"] == [{"name": one_line(NASTY)}]
    assert entry["version"] == "25.2.1"


def test_a_citation_file_has_what_the_format_requires():
    entry = yaml.safe_load(made()["CITATION.cff"])
    assert {"cff-version", "message", "title", "authors"} <= entry.keys()
    assert entry["cff-version"] == "1.2.0" and entry["type"] in {"software", "dataset"}
    assert len(entry["authors"]) > 0 and "version" not in entry and "date-released" not in entry
    assert (
        entry["authors"][0]["name"]
        == "The authors of the review “Knee pain before and after warm baths”"
    )
    person = {
        "family-names": "Alder",
        "given-names": "Ann",
        "orcid": "https://orcid.org/0000-0002-1825-0097",
    }
    named = sample(protocol={**sample().protocol, "authors": [person]})
    assert yaml.safe_load(made(named)["CITATION.cff"])["authors"] == [person]
    assert content.authors(named.protocol) == ["Ann Alder"]


# --- files ---------------------------------------------------------------------------------------


def test_a_figure_without_its_table_is_left_out(tmp_path):
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "b.png").write_bytes(png())
    (tmp_path / "b.json").write_text('{"description": "Two rows."}')
    found = read_pictures(str(path) for path in tmp_path.iterdir())
    assert {name: item.description for name, item in found.items()} == {"b": "Two rows."}


class Files(SimpleNamespace):
    """Named paths that are also iterated, as Snakemake hands them to a script."""

    def __iter__(self):
        for given in vars(self).values():
            yield from given if isinstance(given, list) else [given]


def test_the_script_writes_every_output_of_the_rule(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(ROOT)
    results, named = sample(changes=CHANGES), {}
    for name in COLUMNS:
        rows = getattr(results, name)
        columns = dict.fromkeys([*COLUMNS[name], *(key for row in rows for key in row)])
        named[name] = f"results/baths/{name}.csv"
        tables.write_csv(named[name], rows, list(columns))
    for name in ("syntheses", "engines", "flow", "recall", "changes"):
        named[name] = f"results/baths/{name}.json"
        tables.write_json(named[name], getattr(results, name))
    for name in ("candidates", "records", "rejects"):
        named[name] = f"results/baths/{name}.jsonl"
        tables.write_jsonl(named[name], getattr(results, name))
    named["certainty"], named["published"] = [], []
    named["prisma_table"] = "results/baths/prisma.csv"
    tables.write_text(named["prisma_table"], "n\n1\n")
    named["kept"] = ["config/reviews/baths/protocol.yaml"]
    tables.write_text(named["kept"][0], "slug: baths\n")
    named["figures"] = [f"results/baths/figures/primary.{end}" for end in ("svg", "png", "json")]
    tables.write_text(named["figures"][0], results.figures["primary"])
    tables.write_bytes(named["figures"][1], png())
    tables.write_text(named["figures"][2], '{"description": "Two rows."}')
    folder = "results/baths"
    outputs = SimpleNamespace(
        docx=f"{folder}/report.docx", manuscript=f"{folder}/manuscript.md",
        bib=f"{folder}/included.bib", ris=f"{folder}/included.ris", cff=f"{folder}/CITATION.cff",
        data=f"{folder}/data.zip",
        tables=[f"{folder}/tables/{name}.tex" for name in PUBLISHED_TABLES],
    )  # fmt: skip
    job = SimpleNamespace(
        input=Files(**named), output=outputs, wildcards=SimpleNamespace(review="baths"),
        params=SimpleNamespace(
            protocol=results.protocol, code=results.code, versions=results.versions
        ),
        rule="export_report", log=["logs/baths/export_report.log"],
    )  # fmt: skip
    runpy.run_path(str(ROOT / "scripts/export_report.py"), init_globals={"snakemake": job})
    for path in (*outputs.tables, *(p for n, p in vars(outputs).items() if n != "tables")):
        assert Path(path).stat().st_size
    with zipfile.ZipFile(outputs.data) as archive:
        held = {Path(name).name for name in archive.namelist()}
    expected = {Path(named[name]).name for name in DATA}
    assert held == {"MANIFEST.json", "protocol.yaml", *expected}
    assert "[baths] export_report: a report with 1 figures" in capsys.readouterr().err

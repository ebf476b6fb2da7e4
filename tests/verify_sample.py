"""A built review of invented reports for the tests of the verification page."""

import json
import threading
from contextlib import contextmanager

from evergrove import measurements, tables
from evergrove.extraction_files import load_extraction_folder, read_studies
from evergrove.reading import load_profile, read_abstract
from evergrove.verification.review import Review
from evergrove.verification.server import Server
from tests.extraction_sample import protocol, sha256, studies_file

# A letter outside the first plane in front: places count code points, not UTF-16 units.
LOOM = (
    "𝛼 trial. In 24 weavers, pain (VAS, 0 to 10) fell from 7.0 ± 1.5 at baseline to 3.10 ± 2.0 "
    "after 4 weeks (p < 0.001). Two looms <b>broke</b> in 1998."
)
SPUN = "Spinners scored 6.5 ± 1.0 before and 2.5 ± 1.25 at 3 months on the VAS."
TEXTS = {"loom2020": LOOM, "spun2019": SPUN, "bare2018": ""}
STUDIES = (
    "loom2020,*,loom,,pool,,",
    "spun2019,spinners,spun,,pool,,",
)
NOTE = "Read twice; «by hand», keep me."


def spun_document(**changes):
    """An extraction file of spun2019 as a person wrote it, as text with its digits."""
    places = {
        name: [SPUN.index(surface), SPUN.index(surface) + len(surface)]
        for name, surface in {
            "before.mean": "6.5",
            "before.sd": "1.0",
            "after.mean": "2.5",
            "after.sd": "1.25",
        }.items()
    }
    made = {
        "report": "spun2019",
        "source": {"location": "abstract", "url": None, "sha256": sha256(SPUN)},
        "verified": None,
        "measurements": [
            {
                "cohort": "spinners",
                "outcome": "pain",
                "scale": "VAS 0-10",
                "timepoint": {"label": "3 months", "days": 91},
                "n_enrolled": None,
                "n_analysed": None,
                "statistic": "mean_sd",
                "before": {"mean": 6.5, "sd": 1.0},
                "after": {"mean": 2.5, "sd": 1.25},
                "change": None,
                "p": None,
                "confidence": "high",
                "flags": ["n_assumed"],
                "note": NOTE,
                "spans": places,
            }
        ],
    } | changes
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def build(root, texts=TEXTS, kept=None):
    """The files of the review `loom` under root, as a build leaves them."""
    built, config = root / "results/loom", root / "config/reviews/loom"
    (config / "extraction").mkdir(parents=True)
    studies_file(config, *(row for row in STUDIES if row.split(",")[0] in texts))
    for name, text in (kept or {}).items():
        (config / "extraction" / f"{name}.json").write_text(text, encoding="utf-8")
    profile = load_profile("default")
    records = [{"record_id": f"{n}.ris#0", "abstract": t} for n, t in texts.items()]
    screened = [
        {
            "report": name,
            "decision": "include",
            "reason": "",
            "title": f"Title of {name}",
            "authors": "Weaver, Ada",
            "journal": "Looms",
            "year": "2020",
            "doi": "10.1/x",
            "abstract_record": f"{name}.ris#0" if text else "",
            "records": f"{name}.ris#0",
        }
        for name, text in texts.items()
    ]
    lines = [
        {"report": n, "record_id": f"{n}.ris#0", "source": f"{n}.ris", **read_abstract(t, profile)}
        for n, t in texts.items()
        if t
    ]
    tables.write_jsonl(built / "records.jsonl", records)
    tables.write_csv(built / "screened.csv", screened, list(screened[0]))
    tables.write_jsonl(built / "candidates.jsonl", lines)
    found = measured(root)
    columns = ("report", "kind", "place", "text", "remedy")
    tables.write_csv(built / "to_verify.csv", found.to_verify, columns)
    return root


def measured(root):
    """What the stage `measurements` makes of the review's files."""
    built, config = root / "results/loom", root / "config/reviews/loom"
    studies = read_studies(config / "studies.csv", protocol())
    return measurements.measure(
        candidates=tables.read_jsonl(built / "candidates.jsonl"),
        screened=tables.read_csv(built / "screened.csv", ("report",), ("*",)),
        studies=studies,
        records=tables.read_jsonl(built / "records.jsonl"),
        extractions=load_extraction_folder(config / "extraction", protocol(), studies),
        protocol=protocol(),
    )


@contextmanager
def serving(root, **options):
    """A server of the review; ends with the block."""
    server = Server(Review("loom", protocol(), root, today="2026-02-03", **options))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def all_accepted(form):
    """Decisions that take each suggestion as it stands and dismiss what is left."""
    claimed, measured_here = [], []
    for one in form["measurements"]:
        fields = {}
        for item in one["fields"]:
            if item["kind"] == "verbatim":
                fields[item["name"]] = {
                    "kind": "verbatim",
                    "value": item["value"],
                    "place": item["place"],
                }
                claimed.append(item["place"])
            elif item["kind"] == "derived":
                fields[item["name"]] = item
                claimed += item["spans"]
            else:
                fields[item["name"]] = {"kind": "absent"}
        measured_here.append({"index": one["index"], "fields": fields})
    dismissed = [
        [start, end]
        for start, end, _ in form["numbers"]
        if not any(a < end and start < b for a, b in claimed)
    ]
    return {
        "version": form["version"],
        "by": "A. Reader",
        "measurements": measured_here,
        "dismissed": dismissed,
    }

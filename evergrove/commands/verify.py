"""`evergrove verify [REVIEW]`: a page on loopback to check values beside their abstracts."""

from __future__ import annotations

import argparse
import sys

from evergrove.errors import EvergroveError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("review", nargs="?", metavar="REVIEW", help="short name (default: the only review)")
    add("--port", type=int, default=0, metavar="N", help="port on 127.0.0.1 (default: a free one)")
    add("--no-browser", action="store_true", help="print the address only")
    add("--by", metavar="NAME", help="who verifies (default: the page asks once)")
    add("--blind", action="store_true", help="hide each suggestion until you have answered")


def run(options: argparse.Namespace) -> int:
    import datetime
    import signal
    import webbrowser

    from evergrove.protocol import load_protocol
    from evergrove.verification.review import Review
    from evergrove.verification.server import Server

    if not 0 <= options.port <= 65535:
        raise EvergroveError("not a port", place="--port", value=options.port)
    if options.by is not None and not options.by.strip():
        raise EvergroveError("an empty name", place="--by", remedy="Say who verifies.")
    slug = options.review or _only_review()
    review = Review(
        slug,
        load_protocol(slug),
        hide=options.blind,
        by=options.by.strip() if options.by else None,
        today=datetime.date.today().isoformat(),
    )
    server = Server(review, options.port)
    # A job in the background starts with Ctrl-C ignored; this one is ended by it, or by kill.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    print(server.address, flush=True)
    held = sum(bool(report.text) for report in review.reports.values())
    print(
        f"{review.waiting()} of {held} included reports with an abstract have something to "
        f"verify; {len(review.reports) - held} have no abstract here. Ctrl-C ends this.",
        file=sys.stderr,
        flush=True,
    )
    if not options.no_browser:
        webbrowser.open(server.address)
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
    saved = ", ".join(review.saved)
    print(
        f"{len(review.saved)} reports verified{f' ({saved})' if saved else ''}; "
        f"{review.waiting()} with an abstract still wait.",
        file=sys.stderr,
    )
    if review.comparisons is not None:
        print(review.comparisons.summary())
    return 0


def _only_review() -> str:
    from evergrove.protocol import CONFIG
    from evergrove.validation import read_yaml

    names = [str(name) for name in read_yaml(CONFIG).get("reviews", ())]
    if len(names) != 1:
        raise EvergroveError(
            "which review?", value=", ".join(names), remedy="Name one: evergrove verify REVIEW."
        )
    return names[0]

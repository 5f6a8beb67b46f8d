"""Installs the readers, runs them on every case, prints the matrix; exits 1 at a new breach."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from .cases import CASES
from .install import install
from .matrix import LIST, ROOT, broken, news, rows_of
from .page import page, report


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.readers", description=__doc__)
    parser.add_argument("--cache", type=Path, help="keep the installed readers in this folder")
    parser.add_argument("--format", action="append", help="only these: jsonl, front-matter, …")
    parser.add_argument("--update", action="store_true", help="write docs/readers.md")
    parser.add_argument("--accept", action="store_true", help="list as known what is not kept now")
    options = parser.parse_args()
    cases = [case for case in CASES if not options.format or case.format in options.format]
    with tempfile.TemporaryDirectory() as work:
        python, modules = install((options.cache or Path(work)).absolute())
        rows = rows_of(cases, Path(work), python, modules)
    if options.update and not options.format:
        (ROOT / "docs" / "readers.md").write_text(page(rows), "utf-8")
    if options.accept and not options.format:
        LIST.write_text("".join(f"{key}\n" for key in broken(rows)), "utf-8")
    print(report(rows))
    return 1 if news(rows) else 0


sys.exit(main())

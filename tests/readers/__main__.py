"""Installs the readers in a place apart, and holds the promise against them; exits 1 at a breach.

Without a word: each fact is asked of the real program, then generated files that pass are read.
With `cases`, files made by hand are read, for docs/reader-cases.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from .cases import CASES
from .facts import contradictions
from .format import Format
from .install import install, install_debian
from .matrix import LIST, ROOT, broken, news, rows_of
from .page import page, report
from .proof import FORMATS, Asked, Proof, lists_of, prove, shrink
from .results import begun, keep, note, told, write_pages

SHOWN = 10


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.readers", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["proof", "cases"], default="proof")
    parser.add_argument("--cache", type=Path, help="keep the installed readers in this folder")
    parser.add_argument("--format", action="append", help="only these: front-matter, …")
    parser.add_argument("--readers", help="only this list, no facts: NAME,NAME")
    parser.add_argument("--update", action="store_true", help="write the pages of the docs")
    parser.add_argument("--accept", action="store_true", help="list as known what is not kept now")
    parser.add_argument("--debian", action="store_true", help="install readers of Debian, too")
    parser.add_argument("--wanted", type=int, default=0, help="documents that must pass a list")
    parser.add_argument("--batch", type=int, default=5000, help="files that are made at a time")
    parser.add_argument("--seed", type=int, default=1, help="chance for the generated files")
    parser.add_argument("--minutes", type=float, default=1e6, help="stop, and go on another time")
    options = parser.parse_args()
    if options.debian:
        install_debian()
    with tempfile.TemporaryDirectory() as work:
        cache = (options.cache or Path(work)).absolute()
        python, modules = install(cache)
        if options.what == "cases":
            return _cases(options, Path(work), python, modules)
        return _proof(options, Asked(Path(work), python, modules), cache / "proofs.json")


def _cases(options: argparse.Namespace, work: Path, python: str, modules: str) -> int:
    cases = [case for case in CASES if not options.format or case.format in options.format]
    rows = rows_of(cases, work, python, modules)
    if options.update and not options.format:
        (ROOT / "docs" / "reader-cases.md").write_text(page(rows), "utf-8")
    if options.accept and not options.format:
        LIST.write_text("".join(f"{key}\n" for key in broken(rows)), "utf-8")
    print(report(rows))
    return 1 if news(rows) else 0


def _proof(options: argparse.Namespace, asked: Asked, so_far: Path) -> int:
    """Ask for the facts, then prove list after list, from where a run before this one ended."""
    forms = [one for name, one in FORMATS.items() if name in (options.format or FORMATS)]
    wrong = [] if options.readers else [*_wrong(asked, forms)]
    bad, end = len(wrong), time.monotonic() + options.minutes * 60
    for form, names in [(one, names) for one in forms for names in lists_of(one)]:
        if options.readers not in (None, ",".join(names)):
            continue
        if time.monotonic() > end:
            print("the time is over: call again with the same --cache to go on")
            break
        proof = _proved(
            options, form, asked, begun(so_far, form.name, names, options.seed), end, so_far
        )
        print(told(form.name, proof), flush=True)
        _show(proof, form, asked)
        bad += len(proof.differences)
        if options.update and not proof.differences and proof.passed >= form.wanted:
            keep(form.name, proof)
    if options.update:
        write_pages()
    return 1 if bad else 0


def _wrong(asked: Asked, forms: Sequence[Format]) -> Iterator[str]:
    """What is not as it is written down."""
    count = 0
    found = ((form, line) for form in forms for line in contradictions(asked, form.name))
    for one, line in found:
        count += 1
        print(f"{one.name}: {line}", flush=True)
        yield line
    if not count:
        print("every fact is as it is written down", flush=True)


def _proved(
    options: argparse.Namespace, form: Format, asked: Asked, proof: Proof, end: float, so_far: Path
) -> Proof:
    """A proof that has as many documents as are wanted, or as there was time for."""
    wanted = options.wanted or form.wanted
    if proof.passed >= wanted:
        return proof
    for further in prove(form, asked, proof, seed=options.seed, batch=options.batch):
        proof = further
        note(so_far, form.name, options.seed, proof)
        if proof.passed >= wanted or time.monotonic() > end:
            break
    return proof


def _show(proof: Proof, form: Format, asked: Asked) -> None:
    shown = set()
    for one in proof.differences[:SHOWN]:
        small = shrink(one, form, asked)
        if small.data not in shown:
            shown.add(small.data)
            print(f"  {small.data!r}")
            print("\n".join(f"    {name}: {read}" for name, read in small.read.items()))


sys.exit(main())

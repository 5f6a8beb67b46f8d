"""What was proved, in one file of data, and the pages that show it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from textwrap import fill
from typing import Any

from validator import load_profile
from validator.profile.toml_file import built_in, built_in_names
from validator.readers.options import READERS
from validator.readers.questions import FORMATS
from validator.readers.roll import names as all_readers
from validator.readers.roll import reader_named

from .matrix import ROOT
from .proof import FORMATS as PROVED
from .proof import Difference, Proof

DATA = ROOT / "docs" / "readers-proof.json"
PAGE = ROOT / "docs" / "readers.md"
MARKS = "<!-- proof -->\n", "<!-- end of proof -->\n"


def told(form: str, proof: Proof) -> str:
    """One line on a list of readers."""
    count = len(proof.differences)
    return (
        f"{form}: {', '.join(proof.names)}: {proof.passed} documents pass of {proof.made} files, "
        f"{count} read differently"
    )


def begun(so_far: Path, form: str, names: tuple[str, ...], seed: int) -> Proof:
    """What runs before this one proved of a list, with the package and the grammars of now."""
    found = _noted(so_far).get(_key(form, names, seed))
    if not found or found["of"] != _fingerprint():
        return Proof(names, 0, 0, [])
    differences = [
        Difference(names, one.encode("latin-1"), read) for one, read in found["differences"]
    ]
    return Proof(names, found["made"], found["passed"], differences)


def note(so_far: Path, form: str, seed: int, proof: Proof) -> None:
    """Remember how far a proof is, so that another run can go on."""
    row = {
        "of": _fingerprint(),
        "made": proof.made,
        "passed": proof.passed,
        "differences": [[one.data.decode("latin-1"), one.read] for one in proof.differences],
    }
    data = {**_noted(so_far), _key(form, proof.names, seed): row}
    so_far.write_text(json.dumps(data), "utf-8")


def _noted(so_far: Path) -> dict[str, Any]:
    return dict(json.loads(so_far.read_text("utf-8"))) if so_far.exists() else {}


def _key(form: str, names: tuple[str, ...], seed: int) -> str:
    return f"{form} {','.join(names)} {seed}"


@cache
def _fingerprint() -> str:
    """What a proof is about: the package, and what makes, reads and compares the documents."""
    digest = hashlib.sha256()
    for folder, kinds in (
        ("validator", ("*.py", "*.toml")),
        ("tests/readers", ("*.py", "*.js", "*.rb", "*.go")),
    ):
        for path in sorted(path for kind in kinds for path in (ROOT / folder).rglob(kind)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def keep(form: str, proof: Proof) -> None:
    """Put what was proved for a list of readers in the place of what was proved before."""
    row = {
        "format": form,
        "readers": [*proof.names],
        "documents": proof.passed,
        "files": proof.made,
        "date": datetime.now(UTC).date().isoformat(),
        "versions": [reader_named(name).version for name in proof.names],
    }
    rest = [one for one in known() if (one["format"], one["readers"]) != (form, row["readers"])]
    rest = sorted(
        [*rest, row], key=lambda one: (one["format"], -len(one["readers"]), one["readers"])
    )
    DATA.write_text(json.dumps(rest, indent=1) + "\n", "utf-8")


def known() -> list[dict[str, Any]]:
    """What was found, a list of readers each."""
    found: list[dict[str, Any]] = json.loads(DATA.read_text("utf-8")) if DATA.exists() else []
    return found


def write_pages() -> None:
    """Put the tables into the page."""
    PAGE.write_text(paged(PAGE.read_text("utf-8")), "utf-8")


def paged(text: str) -> str:
    """The page with the tables that are true now."""
    before, _, rest = text.partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    return f"{before}{MARKS[0]}\n{''.join(_tables())}\n{MARKS[1]}{after}"


def proved(name: str) -> str:
    """A paragraph on the readers of a built-in profile, and on what is proved of it."""
    own = _readers_of(name)
    if not own:
        return ""
    row = _row_of(name)
    one = len(own) == 1
    told = f"Its reader{' is' if one else 's are'} {', '.join(own)}"
    if row is None:
        words = f"{told}; no proof is made of it ([readers](readers.md))."
    else:
        words = (
            f"{told}. {row['documents']:,} generated documents passed and were read alike by "
            f"{'it' if one else 'all of them'} and by us ({row['date']}; {_versions(row)}; "
            "[readers](readers.md) tells how)."
        )
    return f"{fill(words, 100, break_on_hyphens=False, break_long_words=False)}\n\n"


def _readers_of(name: str) -> tuple[str, ...]:
    """The readers that a built-in profile names, or that the one does which it extends."""
    settings = load_profile(name).settings
    return settings[READERS] if READERS.key in settings.values else ()


def _row_of(name: str) -> dict[str, Any] | None:
    """What was proved of a built-in profile: made for it, or for one that it makes stricter."""
    found = built_in(name)
    basis = {name, found.table.get("extends") if found else None}
    for form in PROVED.values():
        if form.profile in basis:
            own = [*_readers_of(name)]
            rows = (one for one in known() if one["format"] == form.name)
            return next((one for one in rows if one["readers"] == own), None)
    return None


def _number(row: dict[str, Any] | None) -> str:
    return f"{row['documents']:,}, {row['date']}" if row else ""


def _versions(row: dict[str, Any]) -> str:
    now = [reader_named(name).version for name in row["readers"]]
    return ", ".join(row.get("versions", now))


def _tables() -> Iterator[str]:
    yield "| format | readers | documents that pass, all read alike | proved on | at |\n"
    yield "|---|---|---|---|---|\n"
    for one in known():
        names = ", ".join(one["readers"])
        cells = (one["format"], names, f"{one['documents']:,}", one["date"], _versions(one))
        yield f"| {' | '.join(cells)} |\n"
    yield "\n| profile | its readers | documents that pass, all read alike |\n|---|---|---|\n"
    for name in built_in_names():
        own, row = _readers_of(name), _row_of(name)
        if own:
            yield f"| `{name}` | {', '.join(own)} | {_number(row)} |\n"
    yield "\n| reader | reads | is called | asked at | |\n|---|---|---|---|---|\n"
    for form in FORMATS:
        for reader in map(reader_named, all_readers()):
            if form in reader.formats:
                cells = (reader.name, form, f"`{reader.call}`", reader.version, reader.note)
                yield f"| {' | '.join(cells)} |\n"

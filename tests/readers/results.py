"""What was proved, in one file of data, and the pages that show it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from validator import load_profile
from validator.profile.toml_file import built_in_names
from validator.readers.options import READERS
from validator.readers.questions import FORMATS
from validator.readers.roll import names, reader_named

from .matrix import ROOT
from .proof import Proof

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


def keep(form: str, proof: Proof) -> None:
    """Put what was found for a list of readers in the place of what was found before."""
    data = known()
    row = {
        "format": form,
        "readers": [*proof.names],
        "documents": proof.passed,
        "differences": len(proof.differences),
        "date": datetime.now(UTC).date().isoformat(),
    }
    rest = [one for one in data if (one["format"], one["readers"]) != (form, row["readers"])]
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


def _tables() -> Iterator[str]:
    yield "| readers | format | documents that pass | read differently | proved on |\n"
    yield "|---|---|---|---|---|\n"
    for one in known():
        listed = ", ".join(one["readers"])
        cells = (listed, one["format"], f"{one['documents']:,}", one["differences"], one["date"])
        yield f"| {' | '.join(map(str, cells))} |\n"
    yield "\n| profile | its readers |\n|---|---|\n"
    for name in built_in_names():
        settings = load_profile(name).settings
        if READERS.key in settings.values:
            own = settings[READERS]
            yield f"| `{name}` | {', '.join(own)} |\n"
    yield "\n| reader | reads | is called | asked at | |\n|---|---|---|---|---|\n"
    for form in FORMATS:
        for reader in map(reader_named, names()):
            if form in reader.formats:
                cells = (reader.name, form, f"`{reader.call}`", reader.version, reader.note)
                yield f"| {' | '.join(cells)} |\n"

"""The page for the first hour: its configurations are tried on small repositories, as it shows."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from .conftest import Compare
from .support import ROOT, run_cli, write

PAGE = ROOT / "docs" / "first-hour.md"
EXAMPLE = re.compile(
    r"(?s)(<!-- repository (\w+) -->\n```toml\n(.*?)```\n\n```text\n).*?(```\n<!-- end repository)"
)


def page(body: bytes, **fields: str) -> bytes:
    """A page with front matter."""
    lines = [f"{name}: {value}\n".encode() for name, value in fields.items()]
    return b"---\n" + b"".join(lines) + b"---\n\n" + body


REPOSITORIES: Mapping[str, Mapping[str, bytes]] = {
    "blog": {
        "_posts/2026-11-01-first.md": page(
            b"See [it](nowhere.md).\n", title="A", date="2026-11-01"
        ),
        "_posts/2026-11-02-second.md": page(b"Text.\n", titel="B", date="2026-11-02"),
        "_posts/Third.md": page(b"Text.\n", title="C", date="2026-11-03", draft="nearly"),
        "about.md": b"# About\n\nText.\n",
    },
    "adr": {
        "docs/adr/README.md": b"# Decisions\n",
        "docs/adr/0001-tabs.md": page(
            b"## Context\n\nT.\n\n## Decision\n\nT.\n\n## Consequences\n\nT.\n",
            number="1",
            status="accepted",
            date="2026-11-01",
        ),
        "docs/adr/0003-blanks.md": page(
            b"## Context\n\nT.\n\n## Consequences\n\nT.\n",
            number="2",
            status="acepted",
            date="2026-11-02",
            supersedes="7",
        ),
    },
    "dataset": {
        "README.md": page(b"# Data\n", license="MIT"),
        "data/part-0.jsonl": b'{"id": "a-1", "text": "T"}\n{"id": "a-2", "txet": "T"}\n',
        "data/part-1.jsonl.gz": gzip.compress(b'{"id": "a-1", "text": "T", "lang": "eng-GB"}\n'),
        "data/part-2.jsonl.gz": gzip.compress(b'{"id": "a-3", "text": "T"}\n' * 50)[:-4],
    },
    "locales": {
        "docs/de/start.md": page(b"Der [Anfang](end.md#ende).\n\nTODO\n", title="Anfang"),
        "docs/en/start.md": page(b"The [start](end.md#end). \n", title="Start"),
        "docs/en/end.md": page(b"# End\n", title="End"),
        "docs/fr/start.md": page("Le d\u00e9but".encode("latin-1"), title="Start"),
    },
}


def run(name: str, text: str, folder: Path) -> tuple[str, str]:
    """What a run with this configuration says of a repository, and its warnings."""
    write(folder, REPOSITORIES[name])
    assert run_cli(".", output_format="concise")[0] in (0, 1)  # without one it goes, too
    write(folder, {"seed-validator.toml": text.encode()})
    _, out, err = run_cli(".", output_format="concise")
    return out, err


def test_the_page_shows_what_a_run_says(
    tmp_path: Path, compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = EXAMPLE.findall(PAGE.read_text("utf-8"))
    assert {name for _, name, _, _ in found} == set(REPOSITORIES)
    outputs = {}
    for _, name, text, _ in found:
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.chdir(folder)
        outputs[name], warnings = run(name, text, folder)
        assert warnings == ""
    shown = EXAMPLE.sub(lambda one: one[1] + outputs[one[2]] + one[4], PAGE.read_text("utf-8"))
    compare(PAGE, shown)


@pytest.mark.parametrize("path", [PAGE, ROOT / "docs" / "configuration.md"])
def test_links(path: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)", path.read_text("utf-8")):
        assert (path.parent / link).exists(), link

"""The README says only what is true: its output is real, its examples work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from validator.profile.configuration import configuration

from .conftest import Compare
from .support import ROOT, run_cli

README = ROOT / "README.md"
SHOWN = ("010_", "006_2")


def test_output(compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    clean = run_cli("fixtures/seeds/clean", profile="seed", no_group=False)[1]
    broken = run_cli("fixtures/seeds/broken", profile="seed", no_group=False)[1]
    blocks = [
        block
        for block in broken.split("\n\n")
        if any(f"/{name}" in block.split("\n")[1] for name in SHOWN)
    ]
    ending = broken.rpartition("\n\n")[2]
    text = clean + "\n" + "\n\n…\n\n".join([*blocks, ending])
    readme = README.read_text("utf-8")
    expected = re.sub(
        "(?s)(<!-- output -->\n```text\n).*?(```\n<!-- end -->)",
        lambda match: match.group(1) + text + match.group(2),
        readme,
    )
    compare(README, expected)


def test_profile_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = re.findall("(?s)```toml\n(.*?)```", README.read_text("utf-8"))
    (tmp_path / "seed-validator.toml").write_text(first + second, "utf-8")
    config = configuration(str(tmp_path))
    assert [profile.name for profile in config.profiles] == ["seeds", "notes", "articles"]
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.md").write_text(
        "---\nid: en-1\ntitle: A\nstatsu: Draft\ndate: '2026-11-22'\n---\n\n## Abstract\n\nText.\n"
    )
    monkeypatch.chdir(tmp_path)
    out = run_cli("articles", output_format="concise", quiet=True, no_group=False)[1]
    assert out == (
        "articles/a.md:4:1: MET101 `statsu` is none of the known fields; did you mean `status`?\n"
        "articles/a.md:10:1: BOD020 the section `## References` is missing\n"
    )


def test_library_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall("(?s)```python\n(.*?)```", README.read_text("utf-8"))
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "000_5d41402abc4b2a76.txt").write_bytes(b"Title\n\nText.\n")
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})
    assert capsys.readouterr().out.split("\n")[:3] == [
        "seeds/000_5d41402abc4b2a76.txt 2 1 TXT102 a blank line, which the profile forbids",
        "1 documents, 1 rejected",
        "TXT101 11 remove what follows the last character that can be seen",
    ]


@pytest.mark.parametrize(
    "link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README.read_text("utf-8"))))
)
def test_links(link: str) -> None:
    assert (ROOT / link).exists()

"""Wrong configurations: the whole line that each gets, as a stranger reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from validator.errors import ConfigError, UsageError
from validator.profile.patterns import MOST_PATTERNS

from .support import ROOT, run_cli, write

PAGE = ROOT / "tests" / "wrong_configurations.txt"
FILES = {
    "notes/a.md": b"---\ntitle: A\ndate: 2024-01-01\nn: 7\n---\n\nText.\n",
    "b.txt": b"Text.\n",
}


def cases(page: str) -> Iterator[tuple[str, list[str]]]:
    """Each configuration of the page, and the lines that are said of it."""
    written: list[str] = []
    said: list[str] = []
    for line in page.splitlines():
        if line.startswith(">"):
            said.append(line.removeprefix(">").strip())
            continue
        if said:
            yield "\n".join(written) + "\n", said
            written, said = [], []
        if line and not line.startswith("#"):
            written.append(line)
    if said:
        yield "\n".join(written) + "\n", said


CASES = dict(cases(PAGE.read_text(encoding="utf-8")))


def told(folder: Path, text: str) -> list[str]:
    """What a run says of a configuration: on standard error, or as the error that ends it."""
    write(folder, {"seed-validator.toml": text.encode(), **FILES})
    try:
        return run_cli(".", output_format="concise")[2].splitlines()
    except (ConfigError, UsageError) as error:
        return [str(error)]


def test_there_are_many() -> None:
    assert len(CASES) > 200
    assert len(CASES) == len(list(cases(PAGE.read_text(encoding="utf-8"))))


@pytest.mark.quick
@pytest.mark.parametrize("text", CASES)
def test_the_line(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    said = told(tmp_path, text)
    if request.config.getoption("--update"):
        page = PAGE.read_text(encoding="utf-8")
        old = f"\n\n{text}" + "".join(f"> {line}".rstrip() + "\n" for line in CASES[text])
        assert page.count(old) == 1
        new = f"\n\n{text}" + "".join(f"> {line}\n" for line in said)
        PAGE.write_text(page.replace(old, new), encoding="utf-8")
        return
    assert said == CASES[text]


@pytest.mark.parametrize(("text", "said"), CASES.items())
def test_the_place_is_that_of_a_word_in_the_line(text: str, said: list[str]) -> None:
    """The row and column lead to a key that the line names, or to the end of what can be read."""
    for line in said:
        at = re.search(r"^(?:seed-validator: warning: )?seed-validator\.toml:(\d+):(\d+): ", line)
        assert at, line
        row, column = int(at[1]), int(at[2])
        here = text.split("\n")[row - 1]
        assert column <= len(here) + 1
        if "is not TOML" not in line:
            word = re.match(r"[\w$-]+", here[column - 1 :])
            assert word, line
            assert re.search(rf"(?<![\w-]){re.escape(word[0])}(?![\w-])", line[at.end() :])


@pytest.mark.parametrize("key", ["profiles.a.files", "profiles.a.exclude", "archives"])
def test_more_patterns_than_files_can_be_asked_are_refused(key: str, tmp_path: Path) -> None:
    patterns = ", ".join(f"'d{at}/*.txt'" for at in range(MOST_PATTERNS + 1))
    write(tmp_path, {"s.toml": f"{key} = [{patterns}]\n".encode(), "a.txt": b"A\n"})
    with pytest.raises(ConfigError) as told:
        run_cli(str(tmp_path / "a.txt"), config=str(tmp_path / "s.toml"))
    assert f"`{key}` has 10001 patterns, 10000 are the most" in str(told.value)


def test_a_configuration_of_megabytes_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"s.toml": b"# long\n" * 150_000, "a.txt": b"A\n"})
    with pytest.raises(ConfigError, match="cannot be read: it has more than 1048576 bytes"):
        run_cli(str(tmp_path / "a.txt"), config=str(tmp_path / "s.toml"))

"""Laws of whole runs that fix, held on the fixtures of all rules under names that are hard.

1. What `--diff` prints makes, by `git apply` and by `patch`, the bytes that `--fix` writes.
2. A second run changes nothing.
3. `undo` puts back every byte.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from validator.cli.fixes import FixWishes
from validator.file.compression import packing_of
from validator.fix.backup import undo
from validator.fix.patch import patch

from .support import FIXTURES, run_cli
from .test_fixtures import RULE_FOLDERS, cases

TOOLS: Mapping[str, Sequence[str]] = {
    "git": ("git", "apply", "--whitespace=nowarn", "-"),
    "patch": ("patch", "--silent", "-p1", "--binary"),
}
HARD = ('it\'s a "name"', "tab\there", "été ", "back\\slash", "caf\udce9", "-x", "b  c")
"""Names of directories; one has a byte that is not UTF-8. Fixtures lie below them in turn."""


def applied(tool: str, change: bytes, folder: Path) -> None:
    """Make the changes of a patch below a directory. Skips where the tool is not there."""
    command = TOOLS[tool]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{tool} is not installed")
    done = subprocess.run(command, input=change, check=False, cwd=folder, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr


def held(folder: Path) -> dict[bytes, bytes]:
    """The bytes of all files below a directory, by path."""
    top = os.fsencode(folder)
    return {
        os.path.relpath(os.path.join(base, name), top): Path(
            os.fsdecode(os.path.join(base, name))
        ).read_bytes()
        for base, _, names in os.walk(top)
        for name in names
    }


def _fixtures(folder: Path) -> Iterator[str]:
    """Lay the bad cases of all rules below hard names, with what configures them."""
    shutil.copy(FIXTURES / "defaults.toml", folder / "seed-validator.toml")
    for number, rule in enumerate(RULE_FOLDERS):
        own = folder / HARD[number % len(HARD)] / rule.name
        shutil.copytree(rule / "bad", own / "bad", symlinks=True)
        if (rule / "seed-validator.toml").exists():
            shutil.copy(rule / "seed-validator.toml", own)
        for made in [*own.rglob("*")]:
            if made.suffix == ".fixed" and made.is_dir():
                shutil.rmtree(made)
            elif made.suffix in {".expect", ".fixed"} or packing_of(os.fsencode(made.name)):
                made.unlink(missing_ok=True)
        yield str(own)


def _run(folder: Path, monkeypatch: pytest.MonkeyPatch, **wishes: object) -> tuple[int, str, str]:
    monkeypatch.chdir(folder)
    return run_cli(".", fixes=FixWishes(unsafe_fixes=True, **wishes))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the bad cases of all rules."""
    folder = tmp_path_factory.mktemp("laid")
    assert len([*_fixtures(folder)]) > 100
    assert len(cases("bad")) > 100
    return folder


def test_all_fixtures(laid: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = held(laid)
    _, out, err = _run(laid, monkeypatch, diff=True)
    assert held(laid) == before
    assert "\nWould fix " in err
    fixed = tmp_path / "fixed"
    shutil.copytree(laid, fixed, symlinks=True)
    _run(fixed, monkeypatch, fix=True, backup="../kept")
    after = held(fixed)
    assert len([path for path in after if after[path] != before[path]]) > 150
    for tool in TOOLS:
        copy = tmp_path / tool
        shutil.copytree(laid, copy, symlinks=True)
        applied(tool, out.encode("utf-8", "surrogateescape"), copy)
        assert held(copy) == after, tool
    assert _run(fixed, monkeypatch, fix=True)[2].count("No fixes were made.") == 1
    assert held(fixed) == after
    assert {done.why for done in undo(str(tmp_path / "kept"))} == {""}
    assert held(fixed) == before
    assert not (tmp_path / "kept").exists()


def test_a_compressed_file_is_shown_and_does_not_keep_others_from_being_patched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"\xef\xbb\xbf--- a/b.txt\nText."))
    (tmp_path / "b.txt").write_bytes(b"\xef\xbb\xbfText.\n")
    before = (tmp_path / "a.txt.gz").read_bytes()
    _, out, _ = _run(tmp_path, monkeypatch, diff=True)
    assert "# +--- a/b.txt\n" in out
    for tool in TOOLS:
        (tmp_path / "b.txt").write_bytes(b"\xef\xbb\xbfText.\n")
        applied(tool, out.encode("utf-8", "surrogateescape"), tmp_path)
        assert (tmp_path / "b.txt").read_bytes() == b"Text.\n"
    assert (tmp_path / "a.txt.gz").read_bytes() == before


PIECES = st.sampled_from(
    [
        b"a",
        b"b \t",
        b"\n",
        b"\n",
        b"\r\n",
        b"\r",
        b"\xff",
        b"\xe9t\xe9",
        b"\0",
        b"--- a\n",
        b"\\ No\n",
    ]
)
NAMES = st.lists(
    st.sampled_from(
        [*"abc", " ", "\t", '"', "'", "\\", "é", "\udce9", "\n", "-", "#", "\x7f", "😀"]
    ),
    min_size=1,
    max_size=8,
).map("".join)


TEXTS = st.lists(PIECES, max_size=30).map(b"".join)


@settings(max_examples=40)
@given(files=st.dictionaries(NAMES, st.tuples(TEXTS, TEXTS), min_size=1, max_size=6))
@pytest.mark.parametrize("tool", TOOLS)
def test_patches_of_any_bytes_under_any_names(
    tmp_path_factory: pytest.TempPathFactory, tool: str, files: Mapping[str, tuple[bytes, bytes]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name, (old, _) in files.items():
        (folder / name).write_bytes(old)
    change = b"".join(patch(name, old, new) for name, (old, new) in files.items())
    assume(change)
    applied(tool, change, folder)
    assert held(folder) == {os.fsencode(name): new for name, (_, new) in files.items()}

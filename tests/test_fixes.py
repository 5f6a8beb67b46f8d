"""`check --fix` as a user sees it: what is written, what is told, what is left and why."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from validator.check.plan import Named
from validator.check.stages import Quick, Stages
from validator.check.worker import FLOCK
from validator.cli.fixes import FixWishes
from validator.errors import UsageError
from validator.file.replacing import Replacement
from validator.fix.backup import undo
from validator.fix.patch import patch
from validator.fix.rounds import Mended, Mender, Text
from validator.run.assemble import bind

from .support import profile, run_cli, write
from .test_fix_laws import TODAY

CONFIG = """
[profiles.text]
files = ["**/*.txt"]
text.trailing-blanks = "forbid"
encoding.final-newline = "require"
"""
DIRTY = {
    "a.txt": b"Title \nText.",
    "b.txt": b"\xef\xbb\xbfTitle\nText.\n",
    "c.txt": b"Title\nClean.\n",
    "inner/d.txt": "Title\nCafé fermé, hôtel, naïf.\n".encode() + b"Caf\xe9.\n",
}
CLEAN = {"a.txt": b"Title\nText.\n", "b.txt": b"Title\nText.\n", "c.txt": b"Title\nClean.\n"}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with dirty files, which is the working directory."""
    folder = tmp_path / "tree"
    folder.mkdir()
    write(folder, DIRTY)
    (folder / "seed-validator.toml").write_text(CONFIG)
    monkeypatch.chdir(folder)
    return folder


def held(folder: Path) -> Mapping[str, bytes]:
    """The text files below a directory."""
    found = sorted(folder.rglob("*.txt"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def fix(*paths: str, quiet: bool = False, jobs: int = 1, **wishes: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `check` with these wishes."""
    fixes = FixWishes(**wishes)  # type: ignore[arg-type]
    return run_cli(*(paths or (".",)), fixes=fixes, quiet=quiet, jobs=jobs, output_format="concise")


def mend(tables: Mapping[str, Mapping[str, object]], data: bytes, *, unsafe: bool = True) -> Mended:
    """What comes of a text under these keys of a profile."""
    mender = Mender(bind(profile(tables), []), TODAY, unsafe=unsafe)
    return mender.mend(Named("a.txt", b"a.txt"), b"a.txt", data)


def test_fix_writes_and_tells(tree: Path) -> None:
    code, out, err = fix(fix=True)
    assert held(tree) == CLEAN | {"inner/d.txt": DIRTY["inner/d.txt"]}
    assert code == 1
    assert "ENC001" in out
    assert "TXT101" not in out
    assert err == (
        "Fixed 3 findings in 2 files: 1 byte-order-mark, 1 final-newline, 1 trailing-blanks.\n"
        "1 fix more with `--unsafe-fixes`: 1 invalid-utf8.\n"
    )
    assert fix(fix=True)[2].startswith("No fixes were made.\n")


def test_unsafe_fixes(tree: Path) -> None:
    code, _, err = fix(fix=True, unsafe_fixes=True)
    assert code == 0
    assert held(tree)["inner/d.txt"] == "Title\nCafé fermé, hôtel, naïf.\nCafé.\n".encode()
    assert "1 invalid-utf8" in err


def test_unsafe_fixes_alone_fix_nothing(tree: Path) -> None:
    before = held(tree)
    fix(unsafe_fixes=True)
    assert held(tree) == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_are_the_same_with_workers(tree: Path, jobs: int) -> None:
    write(tree, {f"many/{n}.txt": b"Title \nText.\n" for n in range(600)})
    code, out, err = fix(fix=True, jobs=jobs, show_fixes=True)
    assert code == 1
    assert out.count("\n") == 3
    assert "Fixed 603 findings in 602 files: 601 trailing-blanks" in err
    named = [line for line in err.split("\n") if line.startswith("- ")]
    assert named == sorted(named)
    fixed = held(tree)
    assert {fixed[f"many/{n}.txt"] for n in range(600)} == {b"Title\nText.\n"}


def test_show_fixes(tree: Path) -> None:
    _, _, err = fix(fix=True, show_fixes=True)
    assert err.startswith(
        "- a.txt:\n    1 × ENC203 (final-newline)\n    1 × TXT101 (trailing-blanks)\n"
        "- b.txt:\n    1 × ENC101 (byte-order-mark)\nFixed 3 findings"
    )


def test_fix_only_tells_no_findings(tree: Path) -> None:
    code, out, err = fix(fix_only=True)
    assert (code, out) == (0, "")
    assert err.startswith("Fixed 3 findings")
    assert held(tree)["a.txt"] == CLEAN["a.txt"]


def test_exit_non_zero_on_fix(tree: Path) -> None:
    assert fix("a.txt", fix=True, exit_non_zero_on_fix=True)[0] == 1
    assert fix("a.txt", fix=True, exit_non_zero_on_fix=True)[0] == 0


def test_diff_writes_nothing_and_applies(tree: Path) -> None:
    before = held(tree)
    code, out, err = fix(diff=True)
    assert code == 1
    assert held(tree) == before
    assert err.startswith("Would fix 3 findings in 2 files: ")
    subprocess.run(
        ["git", "apply", "-"], input=out.encode("utf-8", "surrogateescape"), check=True, cwd=tree
    )
    assert held(tree) == CLEAN | {"inner/d.txt": DIRTY["inner/d.txt"]}
    assert fix("a.txt", diff=True)[:2] == (0, "")


HARD = {
    "no line end": (b"one\ntwo", b"one\ntwo\n"),
    "line end gone": (b"one\ntwo\n", b"one\ntwo"),
    "CRLF": (b"one\r\ntwo\r\nthree\r\n", b"one\ntwo\nthree\n"),
    "CR": (b"one\rtwo\rthree\r", b"one\ntwo\nthree\n"),
    "no UTF-8": (b"caf\xe9\n\xff\xfe\n", "café\n".encode()),
    "NUL": (b"a\0b\nc \n", b"a\0b\nc\n"),
    "lines fewer": (b"a\n\n\nb\n" * 20, b"a\n\nb\n" * 20),
    "far apart": (b"x \n" + b"y\n" * 30 + b"z \n", b"x\n" + b"y\n" * 30 + b"z\n"),
    "near": (b"x \n" + b"y\n" * 6 + b"z \n", b"x\n" + b"y\n" * 6 + b"z\n"),
    "from nothing": (b"", b"a\n"),
}


@pytest.mark.parametrize("tool", ["git", "patch"])
@pytest.mark.parametrize("case", HARD)
@pytest.mark.parametrize("name", ["a.txt", "with blank.txt", 'é"\\.txt'])
def test_patches_are_taken(tmp_path: Path, tool: str, case: str, name: str) -> None:
    command = {"git": ["git", "apply", "-"], "patch": ["patch", "-s", "-p1", "--binary"]}[tool]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{tool} is not installed")
    old, new = HARD[case]
    path = tmp_path / name
    path.write_bytes(old)
    subprocess.run(command, input=patch(name, old, new), check=True, cwd=tmp_path)
    assert path.read_bytes() == new


def test_undo_puts_back_byte_for_byte(tree: Path) -> None:
    before = held(tree)
    times = {name: (tree / name).stat().st_mtime_ns for name in before}
    (tree / "a.txt").chmod(0o640)
    fix(fix=True, unsafe_fixes=True, backup="kept")
    assert held(tree) != before
    assert [done.why for done in undo("kept")] == ["", "", ""]
    assert held(tree) == before
    assert {name: (tree / name).stat().st_mtime_ns for name in before} == times
    assert stat.S_IMODE((tree / "a.txt").stat().st_mode) == 0o640
    assert not (tree / "kept").exists()


def test_undo_refuses_what_has_changed_since(tree: Path) -> None:
    fix(fix=True, backup="kept")
    (tree / "a.txt").write_bytes(b"Title\nText, and more.\n")
    told = {os.path.basename(done.path): done.why for done in undo("kept")}
    assert told == {"a.txt": "it has changed since it was fixed", "b.txt": ""}
    assert (tree / "a.txt").read_bytes() == b"Title\nText, and more.\n"
    assert (tree / "b.txt").read_bytes() == DIRTY["b.txt"]
    (tree / "a.txt").write_bytes(CLEAN["a.txt"])
    assert [done.why for done in undo("kept")] == [""]
    assert (tree / "a.txt").read_bytes() == DIRTY["a.txt"]


def test_a_backup_that_is_damaged_is_not_put_back(tree: Path) -> None:
    fix("a.txt", fix=True, backup="kept")
    (found,) = (tree / "kept").glob("*.before")
    found.write_bytes(b"something else")
    assert [done.why for done in undo("kept")] == ["the backup is damaged"]
    assert (tree / "a.txt").read_bytes() == CLEAN["a.txt"]


def test_a_backup_is_not_written_over(tree: Path) -> None:
    fix(fix=True, backup="kept")
    with pytest.raises(UsageError, match="is not empty; name a new one"):
        fix(fix=True, backup="kept")
    with pytest.raises(UsageError, match="keeps what `--fix` changes"):
        fix(backup="other")
    with pytest.raises(UsageError, match="is no backup"):
        list(undo("inner"))


def test_a_backup_is_not_checked(tree: Path) -> None:
    _, out, _ = fix(fix=True, backup="kept", quiet=True)
    assert "kept" not in out


def test_standard_input_comes_back_fixed(tree: Path) -> None:
    code, out, err = run_cli(
        "-", stdin=DIRTY["a.txt"], stdin_filename="a.txt", fixes=FixWishes(fix=True)
    )
    assert (code, out) == (0, "Title\nText.\n")
    assert "Fixed 2 findings in 1 file" in err
    code, out, err = run_cli(
        "-", stdin=DIRTY["inner/d.txt"], stdin_filename="a.txt", fixes=FixWishes(fix=True)
    )
    assert code == 1
    assert out.encode("utf-8", "surrogateescape") == DIRTY["inner/d.txt"]
    assert "ENC001" in err


def test_read_only_files_are_told(tree: Path) -> None:
    (tree / "a.txt").chmod(0o444)
    code, out, err = fix("a.txt", fix=True)
    assert code == 1
    assert "FIL007 the fixed file was not written: it is read-only" in out
    assert "TXT101" in out
    assert "No fixes were made.\nNot fixed, as told above: 1 unwritten-fix.\n" in err
    assert (tree / "a.txt").read_bytes() == DIRTY["a.txt"]
    assert fix("a.txt", fix_only=True)[0] == 1


def test_what_a_link_leads_to_is_fixed_under_its_own_name(tree: Path) -> None:
    (tree / "link.txt").symlink_to("a.txt")
    _, _, err = fix(fix=True, show_fixes=True)
    assert "link.txt" not in err
    assert (tree / "link.txt").is_symlink()
    assert (tree / "a.txt").read_bytes() == CLEAN["a.txt"]


def test_a_link_that_is_named_is_followed(tree: Path) -> None:
    (tree / "link.txt").symlink_to("a.txt")
    fix("link.txt", fix=True)
    assert (tree / "link.txt").is_symlink()
    assert (tree / "a.txt").read_bytes() == CLEAN["a.txt"]


def test_what_an_outside_link_leads_to_is_left(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "out.txt").write_bytes(DIRTY["a.txt"])
    (tree / "link.txt").symlink_to("../out.txt")
    _, out, _ = fix(fix=True)
    assert "link.txt" in out
    assert "FIL003" in out
    assert (tmp_path / "out.txt").read_bytes() == DIRTY["a.txt"]


def test_a_fix_that_makes_something_worse_is_not_made() -> None:
    """Without what nobody sees the line is the separator, and there is a document too many."""
    marked = {"kind": "marked", "separator": "%%%", "documents": 1, "near-misses": "allow"}
    text = "One.\n%%\U000e0041%\nStill one.\n".encode()
    found = mend({"delimiters": marked}, text)
    assert (found.data, found.counts) == (text, {})
    assert "DEL022 wrong-document-count would be found then" in found.refused["TXT204"]


def test_a_fix_that_does_not_keep_what_it_must_is_not_made() -> None:
    marked = {"kind": "marked", "separator": "%%%", "documents": 1, "near-misses": "allow"}
    tables: Mapping[str, Mapping[str, object]] = {
        "delimiters": marked,
        "text": {"trailing-blanks": "forbid"},
    }
    found = mend(tables, b"One.\n%%% \nStill one. \n")
    assert found.counts == {}
    assert "it would not keep what it must" in found.refused["TXT101"]


def test_the_rule_that_is_to_blame_is_left_out_alone() -> None:
    tables: Mapping[str, Mapping[str, object]] = {
        "delimiters": {
            "kind": "marked",
            "separator": "%%%",
            "documents": 1,
            "near-misses": "allow",
        },
        "text": {"trailing-blanks": "forbid"},
        "encoding": {"final-newline": "require"},
    }
    found = mend(tables, b"One.\n%%% \nStill one.")
    assert found.data == b"One.\n%%% \nStill one.\n"
    assert found.counts == {"ENC203": 1}
    assert [*found.refused] == ["TXT101"]


def test_the_digest_in_a_name_is_worth_more_than_a_fix(tree: Path) -> None:
    (tree / "seed-validator.toml").write_text(
        CONFIG + '[profiles.text.corpus.manifest]\npath = "manifest-sha256.txt"\nformat = "bagit"\n'
    )
    write(tree, {"manifest-sha256.txt": f"{'0' * 64}  a.txt\n".encode()})
    _, out, _ = fix("a.txt", fix=True)
    assert "was not made: a manifest says what the file holds, and would be wrong then" in out
    assert held(tree)["a.txt"] == DIRTY["a.txt"]


def test_a_file_in_another_charset_is_fixed_in_it() -> None:
    tables = {
        "encoding": {"charset": "windows-1251"},
        "text": {"trailing-blanks": "forbid"},
    }
    found = mend(tables, "Привет \nмир\n".encode("cp1251"))
    assert found.data == "Привет\nмир\n".encode("cp1251")


def test_a_blank_line_too_many_between_documents() -> None:
    tables = {"delimiters": {"kind": "marked", "separator": ""}}
    found = mend(tables, b"one\n\n\ntwo\n", unsafe=False)
    assert (found.data, found.counts) == (b"one\n\ntwo\n", {"DEL016": 1})


def test_a_stray_end_marker() -> None:
    tables = {"delimiters": {"kind": "marked", "begin": "<doc>", "end": "</doc>"}}
    found = mend(tables, b"<DOC>\none\n</doc>\n")
    assert found.data == b"<doc>\none\n</doc>\n"


def test_fixes_that_come_to_no_end_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {"delimiters": {"block": "front-matter"}}
    text = "———\ntitle: One\n———\nText.\n".encode()
    assert mend(tables, text).data == b"---\ntitle: One\n---\nText.\n"
    monkeypatch.setattr("validator.fix.rounds.ROUNDS", 1)
    found = mend(tables, text)
    assert (found.data, found.counts) == (text, {})
    assert [*found.refused.values()] == ["after 1 rounds there is still something to fix"]


def test_files_that_wait_for_each_other_are_all_written_or_told(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file changes while the new bytes of all wait for the disk; clean ones are between."""
    many = {f"many/{n}.txt": b"Title \nText.\n" for n in range(40)}
    write(tree, many | {f"many/{n}.txt": b"Title\nClean.\n" for n in range(100, 200)})
    os.link(tree / "many/7.txt", tree / "many/70.txt")
    finish, written = Replacement.finish, list[int]()

    def meddled(self: Replacement) -> None:
        written.append(len([*tree.rglob(".seed-validator-new-*")]))
        if self.old.path.endswith(b"/21.txt"):
            (tree / "many/21.txt").write_bytes(b"Mine \n")
        finish(self)

    monkeypatch.setattr(Replacement, "finish", meddled)
    code, out, err = fix("many", fix=True)
    assert code == 1
    assert out.startswith("many/21.txt")
    assert "FIL007 the fixed file was not written: it has changed since it was read" in out
    assert "Fixed 40 findings in 40 files: 40 trailing-blanks." in err
    told = dict(held(tree / "many"))
    assert told.pop("21.txt") == b"Mine \n"
    assert Counter(told.values()) == {b"Title\nText.\n": 40, b"Title\nClean.\n": 100}
    assert max(written) > FLOCK
    assert not [*tree.rglob(".seed-validator-new-*")]


def test_what_fixes_leave_of_small_files_is_checked_together(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One more question to all of them; a file that needs more rounds asks by itself."""
    write(tree, {f"many/{n}.txt": b"Title \nText.\n" for n in range(FLOCK)})
    quickly, asked = Stages.quickly, list[int]()

    def counted(self: Stages, names: Sequence[bytes], *rest: Any) -> Quick:
        asked.append(len(names))
        return quickly(self, names, *rest)

    monkeypatch.setattr(Stages, "quickly", counted)
    _, _, err = fix("many", fix=True)
    assert err == f"Fixed {FLOCK} findings in {FLOCK} files: {FLOCK} trailing-blanks.\n"
    assert asked == [FLOCK, FLOCK]


def test_files_that_are_mended_together_come_out_as_each_by_itself() -> None:
    tables = {"text": {"trailing-blanks": "forbid"}, "encoding": {"final-newline": "require"}}
    mender = Mender(bind(profile(tables), []), TODAY, unsafe=True)
    texts = [
        b"Title\nClean.\n",
        b"Title \nText.",
        b"Caf\xe9 \n",
        b"\xef\xbb\xbf \n",
        b" \n",
        "A\u200bB\u2028\u00ad \n".encode(),
        b"A\x00B \n",
    ]
    files = [Named(f"{at}.txt", b"%d.txt" % at) for at in range(len(texts))]
    asked = [Text(file, file.name, data) for file, data in zip(files, texts, strict=True)]
    alone = [mender.mend(file, file.name, data) for file, data in zip(files, texts, strict=True)]
    together = mender.mend_all(asked)
    assert [(one.data, one.counts, one.refused) for one in together] == [
        (one.data, one.counts, one.refused) for one in alone
    ]
    assert [one.found.diagnostics for one in together] == [one.found.diagnostics for one in alone]
    assert len({one.data for one in alone} - {*texts}) > 3


def test_names_that_lead_to_one_file_are_fixed_once(tree: Path) -> None:
    (tree / "link.txt").symlink_to("b.txt")
    _, out, _ = fix("link.txt", "b.txt", "a.txt", fix=True)
    assert "FIL007" not in out
    assert (tree / "link.txt").is_symlink()
    assert held(tree)["b.txt"] == CLEAN["b.txt"]


def test_a_run_that_is_broken_off_leaves_nothing_beside(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(self: Replacement) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Replacement, "finish", stopped)
    before = held(tree)
    with pytest.raises(KeyboardInterrupt):
        fix(fix=True)
    assert held(tree) == before
    assert not [*tree.rglob(".seed-validator-new-*")]


def limited(size: int, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A run of the command that may write files of at most so many bytes, as on a full disk."""
    import resource
    import signal

    def bound() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    command = [sys.executable, "-m", "validator", "check", "--jobs", "1", *arguments]
    return subprocess.run(
        command,
        cwd=cwd,
        preexec_fn=bound,
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": os.fspath(Path(__file__).parent.parent)},
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_full_disk_is_told_and_nothing_is_left(tree: Path) -> None:
    before = b"Title \n" + b"Text.\n" * 2000
    (tree / "a.txt").write_bytes(before)
    done = limited(4096, "--fix", "--output-format", "concise", "a.txt", cwd=tree)
    assert done.returncode == 1, done.stderr
    assert "FIL007 the fixed file was not written: it cannot be written: File too large" in (
        done.stdout
    )
    assert (tree / "a.txt").read_bytes() == before
    assert not [*tree.rglob(".seed-validator-new-*")]


def test_a_directory_that_vanished_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finish = Replacement.finish

    def vanished(self: Replacement) -> None:
        shutil.rmtree(tree / "inner", ignore_errors=True)
        finish(self)

    write(tree, {"inner/d.txt": DIRTY["a.txt"]})
    monkeypatch.setattr(Replacement, "finish", vanished)
    code, out, _ = fix("inner", fix=True)
    assert code == 1
    assert "FIL007 the fixed file was not written: it has changed since it was read" in out


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="to the superuser nothing is read-only"
)
def test_a_read_only_tree_is_told(tree: Path) -> None:
    (tree / "inner/d.txt").write_bytes(DIRTY["a.txt"])
    (tree / "inner").chmod(0o555)
    try:
        _, out, _ = fix("inner", fix=True)
    finally:
        (tree / "inner").chmod(0o755)
    assert "FIL007 the fixed file was not written: it cannot be written: Permission denied" in out


def test_what_cannot_be_read_is_told_as_ever(tree: Path) -> None:
    (tree / "a.txt").unlink()
    (tree / "a.txt").symlink_to("nowhere.txt")
    code, out, err = fix(fix=True)
    assert code == 1
    assert "a.txt:1:1: FIL" in out
    assert "Fixed 1 finding in 1 file: 1 byte-order-mark." in err

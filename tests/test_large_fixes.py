"""Large files are fixed piece by piece, in constant memory, with the compression that they had."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import zstandard

from validator.check.exact import Diagnosed
from validator.file.reading import WINDOW
from validator.file.replacing import Replacement
from validator.fix import fixer
from validator.fix.large_pieces import MOST
from validator.fix.proving import left_over

from .support import ROOT, write
from .test_fixes import fix

LARGE = 1 << 14

CONFIG = """
[profiles.text]
files = ["**/*.txt", "**/*.txt.*"]
text.trailing-blanks = "forbid"
encoding.final-newline = "require"
encoding.newline = "lf"

[profiles.records]
files = ["**/*.jsonl", "**/*.jsonl.*"]
delimiters.kind = "json-lines"
text.trailing-blanks = "forbid"
encoding.final-newline = "require"

[profiles.bundles]
files = ["**/*.bundle"]
delimiters.kind = "marked"
delimiters.begin = "<doc>"
delimiters.end = "</doc>"
text.trailing-blanks = "forbid"
"""


def lines(count: int, blanks: str = "") -> bytes:
    """Text of so many lines of which every hundredth ends with these blanks."""
    texts = (f"Line {n * 7919 % 1000003:x} of {n * 31 % 977} says a thing" for n in range(count))
    return "".join(f"{one}{blanks * (n % 100 == 7)}\n" for n, one in enumerate(texts)).encode()


def records(count: int, blanks: str = "") -> bytes:
    """Records of which every hundredth ends with these blanks."""
    return b"".join(
        b'{"id": "%d", "text": "%x and more of it"}%s\n'
        % (n, n * 7919 % 1000003, blanks.encode() * (n % 100 == 7))
        for n in range(count)
    )


def zstd(data: bytes) -> bytes:
    """A frame with a checksum."""
    return zstandard.ZstdCompressor(write_checksum=True).compress(data)


PACKERS: Mapping[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    "": (bytes, bytes),
    ".gz": (gzip.compress, gzip.decompress),
    ".bz2": (bz2.compress, bz2.decompress),
    ".xz": (lzma.compress, lzma.decompress),
    ".zst": (zstd, lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data)),
}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with the configuration, the working directory; less is large than elsewhere."""
    monkeypatch.setattr(fixer, "HELD", LARGE)
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "seed-validator.toml").write_text(CONFIG)
    monkeypatch.chdir(folder)
    return folder


def litter(folder: Path) -> list[Path]:
    """What should not be beside the files."""
    return [*folder.rglob(".seed-validator-new-*")]


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize(("name", "made"), [("a.txt", lines), ("a.jsonl", records)])
def test_a_large_file_is_fixed(
    tree: Path, suffix: str, name: str, made: Callable[[int, str], bytes]
) -> None:
    pack, unpack = PACKERS[suffix]
    before, after = made(9_000, " "), made(9_000, "")
    assert len(before) > WINDOW
    write(tree, {name + suffix: pack(before)})
    code, out, err = fix(fix=True)
    assert (code, out.startswith("All checks passed!")) == (0, True), out
    assert "Fixed 90 findings in 1 file: 90 trailing-blanks." in err
    assert unpack((tree / (name + suffix)).read_bytes()) == after
    assert not litter(tree)
    assert fix(fix=True)[2].startswith("No fixes were made.")


def test_the_end_of_a_large_file(tree: Path) -> None:
    write(tree, {"a.txt": lines(9_000)[:-1], "b.txt": lines(9_000).replace(b"\n", b"\r\n")})
    code, _, err = fix(fix=True)
    assert code == 0
    assert "Fixed 2 findings in 2 files: 1 final-newline, 1 wrong-newline." in err
    assert (tree / "a.txt").read_bytes() == lines(9_000) == (tree / "b.txt").read_bytes()


def test_an_end_that_must_not_be_there_is_removed_once(tree: Path) -> None:
    (tree / "seed-validator.toml").write_text(CONFIG.replace('"require"', '"forbid"'))
    write(tree, {"a.txt": lines(9_000)})
    assert fix(fix=True)[0] == 0
    assert (tree / "a.txt").read_bytes() == lines(9_000)[:-1]


def test_documents_of_a_bundle(tree: Path) -> None:
    document = b"<doc>\n%b</doc>\n"
    before = b"".join(document % lines(500, " ") for _ in range(30))
    write(tree, {"a.bundle": before})
    code, out, _ = fix("a.bundle", fix=True)
    assert code == 0, out
    assert (tree / "a.bundle").read_bytes() == b"".join(document % lines(500) for _ in range(30))


def member(data: bytes, name: bytes, stamp: int) -> bytes:
    """A member of gzip with a name and a time, at the best level."""
    body = gzip.compress(data, 9, mtime=stamp)
    return body[:3] + b"\x08" + body[4:10] + name + b"\0" + body[10:]


def test_members_of_gzip_stay_members_with_their_headers(tree: Path) -> None:
    parts = [lines(9_000, " "), lines(11, " "), lines(9_000)]
    packed = [member(part, b"part-%d" % n, 10**9 + n) for n, part in enumerate(parts)]
    write(tree, {"a.txt.gz": b"".join(packed) + member(b"", b"end", 7)})
    assert fix(fix=True)[0] == 0
    fixed = [part.replace(b" \n", b"\n") for part in parts]
    wanted = [member(part, b"part-%d" % n, 10**9 + n) for n, part in enumerate(fixed)]
    assert (tree / "a.txt.gz").read_bytes() == b"".join(wanted) + member(b"", b"end", 7)


def test_a_member_that_begins_within_a_line_is_one_with_the_one_before(tree: Path) -> None:
    data = lines(9_000, " ")
    write(tree, {"a.txt.gz": gzip.compress(data[:200_003]) + gzip.compress(data[200_003:])})
    assert fix(fix=True)[0] == 0
    assert gzip.decompress((tree / "a.txt.gz").read_bytes()) == lines(9_000)


def test_checksums_and_frames_of_zstd_are_kept(tree: Path) -> None:
    plain = zstandard.ZstdCompressor(write_checksum=False)
    write(tree, {"a.txt.zst": zstd(lines(5_000, " ")) + plain.compress(lines(5_000, " "))})
    assert fix(fix=True)[0] == 0
    raw = (tree / "a.txt.zst").read_bytes()
    second = raw.index(b"\x28\xb5\x2f\xfd", 4)
    flags = [zstandard.get_frame_parameters(one).has_checksum for one in (raw, raw[second:])]
    assert flags == [True, False]


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz", ".zst"])
def test_an_archive_that_is_cut_is_left_and_told(tree: Path, suffix: str) -> None:
    raw = PACKERS[suffix][0](lines(20_000, " "))
    write(tree, {f"a.txt{suffix}": raw[:-9]})
    code, out, err = fix(fix=True)
    assert code == 1
    assert "FIL" in out
    assert err.startswith("No fixes were made.")
    assert (tree / f"a.txt{suffix}").read_bytes() == raw[:-9]
    assert not litter(tree)


def test_a_file_that_changes_meanwhile_is_left(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where nothing but its bytes tells that it has changed."""
    write(tree, {"a.txt": lines(9_000, " ")})
    other = lines(9_000, " ").replace(b"thing", b"think")
    finish = Replacement.finish

    def meddled(self: Replacement) -> None:
        kept = self.old.stamp
        (tree / "a.txt").write_bytes(other)
        os.utime(tree / "a.txt", ns=(kept.modified, kept.modified))
        finish(self)

    monkeypatch.setattr(Replacement, "finish", meddled)
    code, out, _ = fix(fix=True)
    assert code == 1
    assert "FIL007 the fixed file was not written: it has changed since it was read" in out
    assert (tree / "a.txt").read_bytes() == other
    assert not litter(tree)


def test_a_fix_that_the_whole_file_does_not_ask_for_is_not_made(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A piece seems to have more findings than the file: the rule's fixes are not made."""
    write(tree, {"a.txt": lines(9_000, " ") + b"end"})

    def more(before: Diagnosed, after: Diagnosed, mended: Counter[str], fixes: Any) -> Any:
        seeming = {code: count + (code == "TXT101") for code, count in mended.items()}
        return left_over(before, after, seeming, fixes)

    monkeypatch.setattr("validator.fix.large.left_over", more)
    code, out, _ = fix(fix=True)
    assert code == 1
    assert "TXT101 trailing-blanks would be found all the same" in out
    assert (tree / "a.txt").read_bytes() == lines(9_000, " ") + b"end\n"


def test_what_is_suppressed_stays(tree: Path) -> None:
    suppress = '[[suppress]]\nfiles = ["a.txt"]\nrules = ["TXT101"]\nreason = "as printed"\n'
    (tree / "seed-validator.toml").write_text(suppress + CONFIG)
    write(tree, {"a.txt": lines(9_000, " ") + b"end"})
    assert fix(fix=True)[0] == 0
    assert (tree / "a.txt").read_bytes() == lines(9_000, " ") + b"end\n"


def test_a_line_that_is_too_long_is_told(tree: Path) -> None:
    data = b"word " * (MOST // 4) + b"end \n"
    write(tree, {"a.txt": data})
    code, out, _ = fix(fix=True)
    assert code == 1
    assert "a line of it has more than 8 MiB" in out
    assert (tree / "a.txt").read_bytes() == data


def test_members_that_hold_a_document_each_are_left(tree: Path) -> None:
    config = CONFIG.replace(
        'delimiters.kind = "json-lines"',
        'delimiters.kind = "json-lines"\ndelimiters.members = "document"',
    )
    (tree / "seed-validator.toml").write_text(config)
    data = b"".join(gzip.compress(records(9_000, " ")) for _ in range(2))
    write(tree, {"a.jsonl.gz": data})
    code, out, _ = fix(fix=True)
    assert code == 1
    assert "each member of the compressed file holds a document" in out
    assert (tree / "a.jsonl.gz").read_bytes() == data


def test_a_backup_is_put_back(tree: Path, tmp_path: Path) -> None:
    from validator.fix.backup import undo

    write(tree, {"a.txt": lines(9_000, " ")})
    assert fix(fix=True, backup=str(tmp_path / "kept"))[0] == 0
    assert [one.why for one in undo(str(tmp_path / "kept"))] == [""]
    assert (tree / "a.txt").read_bytes() == lines(9_000, " ")


COMMAND = [sys.executable, "-c", "from validator.cli.main import main; main()", "check", "-q"]


def test_a_full_disk_is_told_and_nothing_is_left(tree: Path) -> None:
    write(tree, {"a.jsonl": records(20_000, " ")})
    most = 1 << 19
    done = subprocess.run(
        [*COMMAND, "--fix", "--jobs", "1", "--output-format", "concise", "a.jsonl"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert done.returncode == 1, done.stderr
    assert b"FIL007" in done.stdout
    assert (tree / "a.jsonl").read_bytes() == records(20_000, " ")
    assert not litter(tree)


def test_a_run_that_is_killed_leaves_the_old_file_or_the_new_one(tree: Path) -> None:
    before, after = records(40_000, " "), records(40_000)
    write(tree, {"a.jsonl": before})
    process = subprocess.Popen(
        [*COMMAND, "--fix", "--jobs", "1", "a.jsonl"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not litter(tree) and process.poll() is None:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (tree / "a.jsonl").read_bytes() in {before, after}
    assert fix(fix=True)[0] == 0
    assert (tree / "a.jsonl").read_bytes() == after
    assert not litter(tree)

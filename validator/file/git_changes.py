"""What has changed, as git tells: files, and the lines of them. Nothing goes through a shell.

What is compared is the working tree, which is what is checked.
"""

from __future__ import annotations

import os
from ast import literal_eval
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from ..errors import UsageError
from ..text.lazy_re import later

_GITLINK: Final = b"160000"
"""The mode of a submodule."""

_HUNK: Final = later(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")

_PLAIN: Final = ("--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--find-renames")
"""What a user's own settings must not change."""

_SAFE: Final = (
    *("-c", "safe.bareRepository=explicit"),  # files of a corpus can be a repository without `.git`
    *("-c", "core.fsmonitor=false"),  # else a program that the repository names is run
    *("-c", "core.quotePath=true"),  # else names in a patch may be of any bytes
)
"""What the repository that a document is in must not decide. Git has the first since 2.38."""

_MADE: Final = b"AC"

ALL: Final = ((1, 1 << 62),)
"""The lines of a file that is new."""


class Change(Struct, frozen=True):
    """A file that has changed: whether it is new here, by this name, and which lines have.

    `lines` are pairs of a first and a last row; None where nobody asked.
    """

    is_new: bool
    lines: Sequence[tuple[int, int]] | None = None

    def touches(self, first: int, last: int) -> bool:
        """Whether one of these rows has changed."""
        return any(start <= last and first <= end for start, end in self.lines or ())


class Changes(Struct, frozen=True):
    """What has changed: files, the directories of submodules, and files that are gone.

    All are absolute paths in which no directory is a link.
    """

    files: Mapping[bytes, Change]
    folders: Sequence[bytes] = ()
    gone: Sequence[bytes] = ()

    def of(self, path: bytes) -> Change | None:
        """What has changed of the file at a path; None of one that is as it was."""
        found = self.files.get(path)
        if found is None and any(path.startswith(folder) for folder in self.folders):
            return Change(is_new=True, lines=ALL)
        return found


def changes(folders: Iterable[str], since: str | None, lines: bool) -> Changes:
    """What has changed in the repositories of these directories since a branch left `since`.

    Without that, what is staged. Changes that are not committed are among them, and with `since`
    new files that git does not know yet. Raises UsageError where git cannot tell.
    """
    found: dict[str, Changes] = {}
    for folder in folders:
        top = _top(folder)
        if top not in found:
            found[top] = _changes_in(top, since, lines)
    every = found.values()
    return Changes(
        {path: one for few in every for path, one in few.files.items()},
        [folder for few in every for folder in few.folders],
        [path for few in every for path in few.gone],
    )


def _changes_in(top: str, since: str | None, lines: bool) -> Changes:
    base = _base(top, since) if since is not None else "--cached"
    raw = _git(top, "diff", "--raw", "-z", *_PLAIN, "--ignore-submodules=dirty", base, "--")
    files: dict[bytes, Change] = {}
    submodules: list[bytes] = []
    gone: list[bytes] = []
    root = os.fsencode(os.path.realpath(top))
    for mode, status, old, path in _entries(raw):
        if old:
            gone.append(os.path.join(root, old))
        full = os.path.join(root, path)
        if mode == _GITLINK:
            submodules.append(os.path.join(full, b""))
        elif status == b"D":
            gone.append(full)
        else:
            files[full] = Change(is_new=status in _MADE or bool(old))
    if since is not None:
        others = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
        for path in filter(None, others.split(b"\0")):
            files[os.path.join(root, path)] = Change(is_new=True, lines=ALL)
    if lines:
        base = base if since is not None or not _has_commits(top) else "HEAD"
        for path, rows in _rows(_patch(top, base)):
            full = os.path.join(root, path)
            if full in files:
                files[full] = Change(files[full].is_new, rows)
    return Changes(files, submodules, gone)


def _entries(raw: bytes) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
    """The mode, the letter of the status, the path before and the path now, of each change."""
    parts = iter(raw.split(b"\0"))
    for head in parts:
        if not head:
            return
        old_mode, mode, _, _, status = head.lstrip(b":").split(b" ")
        letter = status[:1]
        old = next(parts) if letter in b"RC" else b""
        path = next(parts)
        if _GITLINK in (old_mode, mode):
            mode = _GITLINK
        yield mode, letter, old if letter == b"R" else b"", path


def _patch(top: str, base: str) -> bytes:
    return _git(
        top, "diff", "-U0", "--inter-hunk-context=0", *_PLAIN, "--src-prefix=a/",
        "--dst-prefix=b/", "--ignore-submodules=all", base, "--",
    )  # fmt: skip


def _rows(patch: bytes) -> Iterator[tuple[bytes, list[tuple[int, int]]]]:
    """The paths of a patch without context, each with its changed rows.

    Where lines were only taken out, those beside them have changed.
    """
    rows: list[tuple[int, int]] = []
    path, skip = b"", 0
    for line in patch.split(b"\n"):
        if skip and not line.startswith(b"\\"):
            skip -= 1
        elif line.startswith(b"diff --git "):
            if path:
                yield path, rows
            path, rows = b"", []
        elif line.startswith(b"+++ "):
            path = _unquoted(line[4:]).removeprefix(b"b/")
        elif match := _HUNK.match(line):
            taken, row, added = (1 if part is None else int(part) for part in match.groups())
            skip = taken + added
            rows.append((row, row + added - 1) if added else (row, row + 1))
    if path:
        yield path, rows


def _unquoted(name: bytes) -> bytes:
    """A name in a patch. Git quotes odd ones as C and Python do; behind a blank there is a TAB."""
    name = name.removesuffix(b"\t")
    return literal_eval(f"b{name.decode()}") if name.startswith(b'"') else name


def _top(folder: str) -> str:
    """The directory of the working tree that a directory is in."""
    found = _run(folder, "rev-parse", "--show-toplevel")
    if found.code or not found.out:
        raise UsageError(f"`{folder}` is in no working tree of git: {found.words}")
    return os.fsdecode(found.out.removesuffix(b"\n"))


def _base(top: str, ref: str) -> str:
    """The commit where this branch left `ref`."""
    if ref.startswith("-") or not ref:
        raise UsageError(f"--since wants a branch, a tag or a commit, not `{ref}`")
    known = _run(top, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    if known.code:
        more = "; fetch it first" if "/" in ref or _is_shallow(top) else ""
        raise UsageError(f"git knows no commit `{ref}`{more}")
    found = _run(top, "merge-base", known.text, "HEAD")
    if found.code or not found.text:
        why = "this clone is shallow: fetch more of it (`git fetch --unshallow`; `fetch-depth: 0`)"
        if not _is_shallow(top):
            why = "they have no commit in common" if _has_commits(top) else "nothing is committed"
        raise UsageError(f"git cannot tell where this branch left `{ref}`: {why}")
    return found.text


def _is_shallow(top: str) -> bool:
    return _run(top, "rev-parse", "--is-shallow-repository").text == "true"


def _has_commits(top: str) -> bool:
    return not _run(top, "rev-parse", "--verify", "--quiet", "HEAD").code


class _Answer(Struct, frozen=True):
    code: int
    out: bytes
    words: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8", "replace").strip()


def _git(top: str, *words: str) -> bytes:
    """What git prints. Raises UsageError when it fails."""
    found = _run(top, *words)
    if found.code:
        raise UsageError(f"`git {words[0]}` failed: {found.words}")
    return found.out


def _run(folder: str, *words: str) -> _Answer:
    """Ask git, which must not write anything."""
    import subprocess  # 10 ms, and few runs ask git

    environ = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", *_SAFE, "-C", folder, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environ,
            check=False,
        )
    except FileNotFoundError:
        raise UsageError("git is not installed, and --since and --staged ask it") from None
    said = done.stderr.decode("utf-8", "replace").strip().split("\n")
    return _Answer(done.returncode, done.stdout, said[-1].removeprefix("fatal: "))

"""Asks git which files and lines have changed, without a shell.

The working tree is compared, as it is the working tree that is checked.
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
"""Options of `git diff` that the user's settings must not change."""

_SAFE: Final = (
    *("-c", "safe.bareRepository=explicit"),  # files of a corpus can be a repository without `.git`
    *("-c", "core.fsmonitor=false"),  # else a program that the repository names is run
    *("-c", "core.quotePath=true"),  # else names in a patch may be of any bytes
)
"""Settings of git that the repository of a document must not change. Git knows the first since
2.38."""

_MADE: Final = b"AC"

ALL: Final = ((1, 1 << 62),)
"""The lines of a file that is new."""


class Change(Struct, frozen=True):
    """A file that has changed. `is_new` says that it is new, or has a new name.

    `lines` are pairs of the first and the last row (from 1) that changed; None if not asked for.
    """

    is_new: bool
    lines: Sequence[tuple[int, int]] | None = None

    def touches(self, first: int, last: int) -> bool:
        """Whether one of the rows `first` to `last` has changed."""
        return any(start <= last and first <= end for start, end in self.lines or ())


class Changes(Struct, frozen=True):
    """All changes: `files`, the directories of changed submodules, and files that are `gone`.

    All are absolute paths without links among their directories; `folders` end in `/`.
    """

    files: Mapping[bytes, Change]
    folders: Sequence[bytes] = ()
    gone: Sequence[bytes] = ()

    def of(self, path: bytes) -> Change | None:
        """The change of the file at `path`; None if it has not changed."""
        found = self.files.get(path)
        if found is None and any(path.startswith(folder) for folder in self.folders):
            return Change(is_new=True, lines=ALL)
        return found


def changes(folders: Iterable[str], since: str | None, lines: bool) -> Changes:
    """The changes in the repositories of these directories since the branch left `since`.

    These include changes that are not committed and new files that git does not track yet. If
    `since` is None, they are the staged files. With `lines`, the changed rows are found, too.
    Raises UsageError if git cannot tell.
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
    """Mode, letter of the status, old path (if renamed) and path of each change."""
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
    """The paths in a patch without context, each with its changed rows.

    Where lines were only removed, the rows before and after that place count as changed.
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
    """A name in a patch: git quotes odd names as in C, and adds a TAB after a name with a blank."""
    name = name.removesuffix(b"\t")
    return literal_eval(f"b{name.decode()}") if name.startswith(b'"') else name


def _top(folder: str) -> str:
    """The top directory of the working tree that `folder` is in. Raises UsageError without one."""
    found = _run(folder, "rev-parse", "--show-toplevel")
    if found.code or not found.out:
        raise UsageError(f"`{folder}` is in no working tree of git: {found.words}")
    return os.fsdecode(found.out.removesuffix(b"\n"))


def _base(top: str, ref: str) -> str:
    """The commit where this branch left `ref`. Raises UsageError if there is none."""
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
    """The output of a git command. Raises UsageError if it fails."""
    found = _run(top, *words)
    if found.code:
        raise UsageError(f"`git {words[0]}` failed: {found.words}")
    return found.out


def _run(folder: str, *words: str) -> _Answer:
    """Run a git command, so that it writes nothing into the repository."""
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

"""What files held before they were fixed, kept in a directory, and the way back.

For each file the backup has two: `NAME.json` has the path of the file and the digests of its
content before and after; `NAME.before` is its content before. Both are written before the file is
changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final

import msgspec
from msgspec.structs import replace

from ..errors import UsageError
from ..file.originals import Original, RefusedError, blocks_of, digest_of, original, with_digest
from ..file.replacing import new_file, replace_file

_IGNORE: Final = b"*\n"
_ENTRY: Final = b".json"
_BEFORE: Final = b".before"
_NEW: Final = b".new"


class Entry(msgspec.Struct, frozen=True):
    """A file that was fixed: digests (SHA-256) of its content `before` and `after`.

    `between` is the digest after the first fix of a file that was fixed twice, else empty.
    """

    path: str
    before: str
    after: str
    mode: int
    modified: int
    between: str = ""


class Undone(msgspec.Struct, frozen=True):
    """The result of `undo` for one file: `why` it was not put back; empty if it was."""

    path: str
    why: str = ""


def begin(folder: str) -> None:
    """Make the directory of a backup. Raises UsageError if it is not empty or cannot be made."""
    try:
        os.makedirs(folder, exist_ok=True)
        if os.listdir(folder):
            raise UsageError(
                f"the backup directory `{folder}` is not empty; name a new one, so that what "
                "`undo` puts back is what this run finds"
            )
        new_file(os.path.join(os.fsencode(folder), b".gitignore"), [_IGNORE])
    except (OSError, RefusedError) as error:
        raise UsageError(f"the backup directory `{folder}` cannot be made: {error}") from None


def keep(folder: str, old: Original, before: Iterable[bytes], after: str) -> None:
    """Keep the content of a file before it is fixed; `after` is the digest of the new content.

    For a file that is fixed twice in a run, the content before the first fix is kept. Raises
    RefusedError if it cannot be kept.
    """
    path = os.path.abspath(old.path)
    base = os.path.join(os.fsencode(folder), sha256(path).hexdigest()[:32].encode())
    try:
        if os.path.exists(base + _ENTRY):
            _go_on(base, after)
            return
        new_file(base + _BEFORE, before)
        digest = digest_of(base + _BEFORE)
        entry = Entry(os.fsdecode(path), digest, after, old.mode, old.stamp.modified)
        new_file(base + _ENTRY, [_encoded(entry)])
    except (OSError, RefusedError) as error:
        raise RefusedError(f"its backup cannot be written: {error}") from None


def _go_on(base: bytes, after: str) -> None:
    """Change the entry of a file that is fixed a second time. Raises OSError, RefusedError."""
    entry = _read(base + _ENTRY)[1]
    if isinstance(entry, str):
        raise RefusedError(entry)
    entry = replace(entry, after=after, between=entry.after)
    new_file(base + _NEW, [_encoded(entry)])
    os.replace(base + _NEW, base + _ENTRY)


def _encoded(entry: Entry) -> bytes:
    import json  # msgspec writes no lone surrogates, which names that are not UTF-8 have

    return json.dumps(msgspec.to_builtins(entry), ensure_ascii=True, indent=1).encode()


def undo(folder: str) -> Iterator[Undone]:
    """Put back the files of a backup, one by one, and remove from it each that was put back.

    A file that has changed since it was fixed is left as it is. Raises UsageError if `folder` is no
    backup.
    """
    base = os.fsencode(folder)
    try:
        names = sorted(os.listdir(base))
    except OSError as error:
        raise UsageError(f"`{folder}` cannot be read: {error.strerror}") from None
    entries = [name for name in names if name.endswith(_ENTRY)]
    if b".gitignore" not in names:
        raise UsageError(f"`{folder}` is no backup of `check --fix --backup`")
    left = 0
    for name, entry in sorted(map(_read, (os.path.join(base, one) for one in entries)), key=_path):
        done = _put_back(name, entry) if isinstance(entry, Entry) else Undone(name, entry)
        left += bool(done.why)
        yield done
    if not left:
        _remove(base)


def _path(found: tuple[str, Entry | str]) -> str:
    return found[1].path if isinstance(found[1], Entry) else found[0]


def _read(path: bytes) -> tuple[str, Entry | str]:
    """The path of an entry without its suffix, and the entry; or, as text, why it is unreadable."""
    import json

    name = os.fsdecode(path.removesuffix(_ENTRY))
    try:
        return name, msgspec.convert(json.loads(b"".join(blocks_of(path))), Entry)
    except (OSError, ValueError) as error:
        return name, f"the backup cannot be read: {error}"


def _put_back(name: str, entry: Entry) -> Undone:
    base = os.fsencode(name)
    try:
        if digest_of(base + _BEFORE) != entry.before:
            return Undone(entry.path, "the backup is damaged")
    except OSError as error:
        return Undone(entry.path, f"the backup cannot be read: {error.strerror}")
    try:
        now = with_digest(original(os.fsencode(entry.path), 0))
        if now.digest not in {entry.before, entry.between, entry.after}:
            return Undone(entry.path, "it has changed since it was fixed")
        if now.digest != entry.before:
            replace_file(now, blocks_of(base + _BEFORE), modified=entry.modified)
    except RefusedError as error:
        return Undone(entry.path, str(error))
    for part in (_ENTRY, _BEFORE):
        os.unlink(base + part)
    return Undone(entry.path)


def _remove(base: bytes) -> None:
    """Remove the directory of a backup, if it has no entry any more and nothing else is in it."""
    try:
        for name in os.listdir(base):
            if name == b".gitignore" or name.endswith((_BEFORE, _NEW)):
                os.unlink(os.path.join(base, name))
        os.rmdir(base)
    except OSError:
        pass  # something else is in it: the directory stays

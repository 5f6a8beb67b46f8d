"""`--files-from`: paths in a file, or on standard input."""

from __future__ import annotations

import os
from typing import Final

from ..errors import UsageError
from ..file.opening import read_bytes
from ..file.temporary import Input

LONGEST: Final = 1 << 28
"""Bytes of a list at most: some millions of paths."""


def listed(source: str, stdin: Input | None, nul: bool) -> list[str]:
    """The paths of the list `source`: one a line, or with `nul`, a NUL behind each.

    `-` stands for standard input. Raises UsageError if the list cannot be read or has quoted names.
    """
    data = _data(source, stdin)
    names = data.split(b"\0") if nul else [name.rstrip(b"\r") for name in data.split(b"\n")]
    if not nul and b"\0" in data:
        raise UsageError("the list of files has NUL in it; give -0 for a list that NUL divides")
    quoted = next((name for name in names if name[:1] == name[-1:] == b'"'), b"")
    if quoted and not os.path.lexists(quoted):
        raise UsageError(
            f"the list of files has a name in quotes, {os.fsdecode(quoted)}, as git writes it; "
            "give git -z, and -0 here"
        )
    return [os.fsdecode(name) for name in names if name]


def _data(source: str, stdin: Input | None) -> bytes:
    if source != "-":
        try:
            return read_bytes(source, LONGEST)
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise UsageError(f"`{source}`, the list of files, cannot be read: {why}") from None
    if stdin is None:
        raise UsageError("standard input is closed")
    data = bytearray()
    while part := stdin.read(1 << 16):
        data += part
        if len(data) > LONGEST:
            raise UsageError(f"the list of files has more than {LONGEST} bytes")
    return bytes(data)

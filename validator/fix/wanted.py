"""The choices of a run that fixes."""

from __future__ import annotations

from msgspec import Struct


class Fixing(Struct, frozen=True):
    """How files are to be fixed.

    Without `write` no file is changed: the run only reports what it would fix, with `patch` as a
    patch. With `unsafe` also fixes are made that infer what was meant. `backup` is a directory for
    the old content of files; empty for none. With `keep_times` files keep their times.
    """

    write: bool = True
    patch: bool = False
    unsafe: bool = False
    keep_times: bool = False
    backup: str = ""

"""What is asked of a run that fixes."""

from __future__ import annotations

from msgspec import Struct


class Fixing(Struct, frozen=True):
    """How files are to be fixed.

    Without `write` nothing is written, and what would be is only told; with `patch` the difference
    is told as a patch. With `unsafe` fixes are made that infer what was meant. `backup` is a
    directory, empty for none, that gets what was there; `keep_times` leaves the times of files.
    """

    write: bool = True
    patch: bool = False
    unsafe: bool = False
    keep_times: bool = False
    backup: str = ""

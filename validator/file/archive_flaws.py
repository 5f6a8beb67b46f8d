"""Why a member of an archive is not read."""

from __future__ import annotations

from ..model import BlockingFlaw, Flaw


class LinkedMember(BlockingFlaw, frozen=True):
    """A member whose bytes are elsewhere: its `kind` is `symbolic link` or `hard link`."""

    kind: str
    target: str


class UnsafeName(BlockingFlaw, frozen=True):
    """A name that leads out of the directory that the archive is unpacked in.

    `why` is the rest of a sentence about it.
    """

    why: str


class RepeatedMember(BlockingFlaw, frozen=True):
    """A name that a member before it has already."""


class DisputedName(Flaw, frozen=True):
    """A name that is not ASCII, and not said to be UTF-8, or said to be and is not (`is_wrong`)."""

    is_wrong: bool

"""The flaws of members of archives."""

from __future__ import annotations

from ..model import BlockingFlaw, Flaw


class LinkedMember(BlockingFlaw, frozen=True):
    """A member whose bytes are elsewhere: its `kind` is `symbolic link` or `hard link`."""

    kind: str
    target: str


class UnsafeName(BlockingFlaw, frozen=True):
    """A name that may lead out of the directory in which the archive is unpacked.

    `why` is the rest of a sentence about it.
    """

    why: str


class RepeatedMember(BlockingFlaw, frozen=True):
    """A member with the name of an earlier member."""


class DisputedName(Flaw, frozen=True):
    """A name beyond ASCII that is not marked as UTF-8; or is marked, and is not (`is_wrong`)."""

    is_wrong: bool

"""Checks of an output file: it must be none of the files that are read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from ..errors import UsageError
from ..file.walk import Listing, Root
from ..run.assemble import Assembled


def must_not_be_read(path: str, read: Iterable[str | None], what: str) -> None:
    """Raises UsageError if `path` is one of the files `read`; `what` names these in the message."""
    for other in read:
        if other and os.path.isfile(other) and os.path.realpath(other) == os.path.realpath(path):
            raise UsageError(f"`{path}`, the output file, is the {what}; write to another one")


def must_not_be_checked(path: str, made: Assembled, roots: Sequence[Root]) -> None:
    """Raises UsageError if the file exists and is one of those to be checked.

    The walk counts skipped files in `made`: do not use that for the run itself.
    """
    if os.path.isfile(path) and any(_is_input(path, made, root) for root in roots):
        raise UsageError(
            f"`{path}`, the output file, is one of the files to be checked; write to another one, "
            "or `exclude` it"
        )


def _is_input(path: str, made: Assembled, root: Root) -> bool:
    if not root.is_folder:
        return os.path.exists(root.path) and os.path.samefile(root.path, path)
    real, base = os.path.realpath(path), os.path.realpath(root.path)
    *below, name = os.path.relpath(real, base).split(os.sep)
    if below[:1] == [os.pardir]:
        return False
    folder = os.path.join(root.path, *below)
    if made.walk.ignores(os.fsencode(folder), os.fsencode(name)):
        return False
    prefix = "" if folder == "." else folder.rstrip("/") + "/"
    is_hidden = any(part.startswith(".") for part in below)
    listing = Listing(os.fsencode(prefix), [os.fsencode(name)], hidden=is_hidden)
    return any(one.names for one in made.router.route(listing))

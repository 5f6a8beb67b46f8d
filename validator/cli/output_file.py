"""The file that `--output-file` names: never one of those that are checked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from ..check.plan import Part
from ..errors import UsageError
from ..file.walk import Listing, Root
from ..run.assemble import Assembled


def must_not_be_read(path: str, made: Assembled, roots: Sequence[Root]) -> None:
    """Raises UsageError for a file that is there, and would be checked.

    What is passed by on the way is counted in `made`, which is not to be used again.
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
    return any(names for _, names in made.router.route(listing))


def without(path: str, parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, but for a file that is only there as it is written meanwhile."""
    folder, name = os.path.split(os.path.realpath(path))
    encoded = os.fsencode(name)
    for part in parts:
        names = part.names
        if encoded in names and os.path.realpath(os.fsdecode(part.folder) or ".") == folder:
            names = tuple(one for one in names if one != encoded)
        if names:
            yield part if names is part.names else replace(part, names=names)

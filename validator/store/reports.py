"""The reports of one plan in a store: found by their task, compared with what it would read now.

A report is found by digests of its plan and of its task: which files, in which directory, under
which profile. The digests of the files' bytes are in the report, so that a report that is out of
date can be told from one that was never written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..check.plan import Part, Plan
from ..delimiters.options import SIDECAR
from ..errors import UsageError
from ..file.objects import UNFINISHED, Folder, Objects
from ..file.opening import is_remote
from ..model import Report
from .canonical import canonical, digest
from .contents import first_that_differs, inputs_of, stamp_of
from .envelope import (
    DamagedError,
    Kept,
    Reused,
    packed,
    repacked,
    report_key,
    report_of,
    unpacked,
    unwrapped,
    wrapped,
)
from .plan_digest import Described

R = TypeVar("R")

STORE: Final = "seed-validator-store.json"
"""The object that marks a directory as a store."""

PLAN: Final = "plan.json"

LAYOUT: Final = 1
"""The version of the layout of names in a store."""

SPREAD: Final = 2
"""Letters of a digest that name the folder of its report: some file systems dislike many names."""


class Problem(Struct, frozen=True):
    """Why a task has no valid report. `is_missing` means that there is no report at all.

    `words` are the rest of a sentence about the report of the `name`.
    """

    name: str
    words: str
    is_missing: bool = False


class Holds(Struct, frozen=True):
    """A valid report. `was_read` says that the bytes of its files were read to know that."""

    kept: Kept
    was_read: bool


class Reports:
    """The reports of a plan in a store."""

    def __init__(self, objects: Objects, plan: Plan, of_plan: bytes) -> None:
        self.objects, self._of_plan = objects, of_plan
        self._today = plan.today.isoformat()
        self._sidecars = [bound.settings[SIDECAR] for bound in plan.profiles]

    def task(self, part: Part) -> bytes:
        """The digest of a task."""
        plain = replace(part, size=0, ranges=(), versions=None, helpers=None)
        return digest(canonical(plain))

    def name(self, task: bytes) -> str:
        """The name of the report of a task."""
        named = task.hex()
        return f"{self._of_plan.hex()}/{named[:SPREAD]}/{named}.report"

    def inputs(self, part: Part) -> tuple[bytes, ...]:
        """The names of the files that a task reads."""
        return inputs_of(part, self._sidecars[part.profile])

    def find(self, part: Part, *, trusted: bool = False) -> Holds | Problem:
        """The report of a task, if it is valid; `trusted` ones are not compared with the files."""
        task = self.task(part)
        name, kept = self.name(task), self.stored(task)
        if isinstance(kept, Problem):
            return kept
        if kept.day and kept.day != self._today:
            words = f"is of {kept.day}, and comments in its files hang on the day"
            return Problem(name, words)
        return Holds(kept, was_read=False) if trusted else self._held(part, name, kept)

    def stored(self, task: bytes) -> Kept | Problem:
        """The report of the task of this digest; it is not compared with the files."""
        name = self.name(task)
        kept = self._read(name, unpacked)
        if isinstance(kept, Problem):
            return kept
        if (kept.plan, kept.task) != (self._of_plan, task):
            of = "plan" if kept.plan != self._of_plan else "task"
            return Problem(name, f"is of another {of}: it was put there under this name")
        return kept

    def _held(self, part: Part, name: str, kept: Kept) -> Holds | Problem:
        """A report, if its files have not changed."""
        names = self.inputs(part)
        if kept.stamp and kept.stamp == stamp_of(part, names).digest:
            return Holds(kept, was_read=False)
        other = first_that_differs(part, names, kept.contents)
        if other is None:
            return Holds(kept, was_read=True)
        return Problem(name, f"does not hold any more: `{part.path(other)}` has changed since")

    def read(self, kept: Kept) -> Reused | Problem:
        """The report that is kept; its `chunks` are the names of objects."""
        name = self.name(kept.task)
        try:
            report = report_of(kept)
        except DamagedError as error:
            return Problem(name, str(error))
        chunks = tuple(f"{name}.{at}" for at in range(kept.chunks))
        key = report_key(kept)
        return replace(report, chunks=chunks, task=kept.task, key=key)

    def chunk(self, name: str) -> bytes | Problem:
        """The facts in an object that belongs to a report."""
        return self._read(name, unwrapped)

    def _read(self, name: str, decode: Callable[[bytes], R]) -> R | Problem:
        """The result of a decoder for an object, or why there is none."""
        data = self.objects.get(name)
        try:
            return Problem(name, "is not there", is_missing=True) if data is None else decode(data)
        except DamagedError as error:
            return Problem(name, str(error))

    def keep(self, kept: Kept, report: Report, chunks: Iterator[bytes]) -> None:
        """Write the chunks of a report, then the report. Raises UsageError."""
        name = self.name(kept.task)
        count = 0
        for count, data in enumerate(chunks, 1):
            self.objects.put(f"{name}.{count - 1}", wrapped(data))
        told = replace(report, chunks=())
        self.objects.put(name, packed(replace(kept, chunks=count), told))

    def refresh(self, kept: Kept) -> None:
        """Write a report again with a new stamp. Raises UsageError."""
        self.objects.put(self.name(kept.task), repacked(kept))


class _Marked(Struct, frozen=True):
    """The content of the object that marks a store."""

    layout: int


def objects_at(place: str) -> Objects:
    """The objects in a directory, or below a URL."""
    if not is_remote(place):
        return Folder(place)
    from ..file.storage.stored_objects import StoredObjects  # only where there are URLs

    return StoredObjects(place)


def store_at(place: str, *, make: bool) -> Objects:
    """The store in a directory; with `make`, one is made where there is nothing yet.

    Raises UsageError if there is none, for a directory that holds other things, and for a store of
    another layout.
    """
    objects = objects_at(place)
    data = objects.get(STORE)
    if data is None and any(not _is_begun(name) for name in objects.names("")):
        data = objects.get(STORE)  # which another run may have made in between
        if data is None:
            raise UsageError(
                f"`{place}` is no store of reports, and is not empty: name a directory that is new"
            )
    if data is not None:
        try:
            layout = msgspec.json.decode(data, type=_Marked).layout
        except msgspec.MsgspecError:
            layout = 0
        if layout != LAYOUT:
            raise UsageError(
                f"the store `{place}` was made by another version of seed-validator; name a new one"
            )
        return objects
    if not make:
        raise UsageError(
            f"there is no store at `{place}`: `seed-validator check --store {place}` makes one"
        )
    objects.put(STORE, msgspec.json.encode(_Marked(LAYOUT)))
    return objects


def _is_begun(name: str) -> bool:
    """Whether a file is an unfinished mark of a store, which another process may be writing."""
    return name.startswith(f"{STORE}.") and name.endswith(UNFINISHED)


def introduce(objects: Objects, plan: Described) -> None:
    """Write the plan whose reports are kept into the store. Raises UsageError."""
    name = f"{plan.digest.hex()}/{PLAN}"
    if objects.get(name) is None:
        objects.put(name, msgspec.json.encode(plan, order="deterministic"))


def other_plans(objects: Objects) -> Iterator[Described]:
    """All plans in a store that can be read."""
    for folder in sorted(objects.names("")):
        data = objects.get(f"{folder}/{PLAN}") if folder != STORE else None
        try:
            if data is not None:
                yield msgspec.json.decode(data, type=Described)
        except msgspec.MsgspecError:
            continue

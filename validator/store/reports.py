"""The reports of one plan in a store: found by their task, held against what the task would read.

A report is found by digests of its plan and of its task: which files, in which directory, under
which profile. What it holds for, the bytes of the files, is in it, so that one that holds no more
is known from one that was never written.
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
"""The object that tells a store from any other directory."""

PLAN: Final = "plan.json"

LAYOUT: Final = 1
"""Of the names in a store."""

SPREAD: Final = 2
"""Letters of a digest that name the folder of its report: some file systems dislike many names."""


class Problem(Struct, frozen=True):
    """Why there is no report of a task that holds. `is_missing` means that there is none at all.

    `words` are the rest of a sentence about the report of the `name`.
    """

    name: str
    words: str
    is_missing: bool = False


class Holds(Struct, frozen=True):
    """A report that holds. `was_read` says that the bytes of its files were read to know that."""

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
        """The report of a task, if it holds; one that is `trusted` was held against its files."""
        task = self.task(part)
        name, kept = self.name(task), self.stored(task)
        if isinstance(kept, Problem):
            return kept
        if kept.day and kept.day != self._today:
            words = f"is of {kept.day}, and comments in its files hang on the day"
            return Problem(name, words)
        return Holds(kept, was_read=False) if trusted else self._held(part, name, kept)

    def stored(self, task: bytes) -> Kept | Problem:
        """The report of the task of this digest, whatever has become of its files."""
        name = self.name(task)
        kept = self._read(name, unpacked)
        if isinstance(kept, Problem):
            return kept
        if (kept.plan, kept.task) != (self._of_plan, task):
            of = "plan" if kept.plan != self._of_plan else "task"
            return Problem(name, f"is of another {of}: it was put there under this name")
        return kept

    def _held(self, part: Part, name: str, kept: Kept) -> Holds | Problem:
        """A report, if its files are as they were."""
        names = self.inputs(part)
        if kept.stamp and kept.stamp == stamp_of(part, names).digest:
            return Holds(kept, was_read=False)
        other = first_that_differs(part, names, kept.contents)
        if other is None:
            return Holds(kept, was_read=True)
        return Problem(name, f"does not hold any more: `{part.path(other)}` has changed since")

    def read(self, kept: Kept) -> Reused | Problem:
        """What is reported; its chunks are the names of objects."""
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
        """What a decoder makes of an object, or why it cannot."""
        data = self.objects.get(name)
        try:
            return Problem(name, "is not there", is_missing=True) if data is None else decode(data)
        except DamagedError as error:
            return Problem(name, str(error))

    def keep(self, kept: Kept, report: Report, chunks: Iterator[bytes]) -> None:
        """Write a report with its chunks, which are there before it. Raises UsageError."""
        name = self.name(kept.task)
        count = 0
        for count, data in enumerate(chunks, 1):
            self.objects.put(f"{name}.{count - 1}", wrapped(data))
        told = replace(report, chunks=())
        self.objects.put(name, packed(replace(kept, chunks=count), told))

    def refresh(self, kept: Kept) -> None:
        """Write a report again of which only the stamp is another. Raises UsageError."""
        self.objects.put(self.name(kept.task), repacked(kept))


class _Marked(Struct, frozen=True):
    """What stands in the object that tells a store."""

    layout: int


def objects_at(place: str) -> Objects:
    """The objects in a directory, or below a URL."""
    if not is_remote(place):
        return Folder(place)
    from ..file.storage.stored_objects import StoredObjects  # only where there are URLs

    return StoredObjects(place)


def store_at(place: str, *, make: bool) -> Objects:
    """The store in a directory; where nothing is yet, `make` one.

    Raises UsageError for a directory that holds something else, so that no reports are strewn into
    it, and for a store of another layout.
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
    """Whether a file is the mark of a store that is being written, or never was to its end."""
    return name.startswith(f"{STORE}.") and name.endswith(UNFINISHED)


def introduce(objects: Objects, plan: Described) -> None:
    """Write down which plan it is whose reports are kept. Raises UsageError."""
    name = f"{plan.digest.hex()}/{PLAN}"
    if objects.get(name) is None:
        objects.put(name, msgspec.json.encode(plan, order="deterministic"))


def other_plans(objects: Objects) -> Iterator[Described]:
    """The plans of which there are reports, as far as they can be read."""
    for folder in sorted(objects.names("")):
        data = objects.get(f"{folder}/{PLAN}") if folder != STORE else None
        try:
            if data is not None:
                yield msgspec.json.decode(data, type=Described)
        except msgspec.MsgspecError:
            continue

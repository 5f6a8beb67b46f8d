"""The members of an archive, checked as files are: read in their order, a few held at a time.

Neighbouring members make a batch; the members of a batch that are in one directory and have one
profile make a part, as files of a directory do. Larger members are read again where they are
diagnosed. A fault of the archive itself is reported once, at its path: nothing is read after it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from msgspec import Struct, field
from msgspec.structs import replace
from xxhash import xxh3_64_intdigest

from ..delimiters.options import SIDECAR
from ..errors import ValidatorError
from ..file.archive import HELD, SHELF, Archive, unpacked
from ..file.archive_entry import BrokenMemberError, Entry, is_unsafe
from ..file.archive_flaws import DisputedName, LinkedMember, RepeatedMember, UnsafeName
from ..file.archive_names import INSIDE, path_inside
from ..file.passed_by import BESIDE, EXCLUDED, PassedBy
from ..file.path_names import PathNames
from ..file.reading import SMALL, Empty, unreadable
from ..file.sidecars import is_sidecar, sidecar_of
from ..file.streams import BrokenStreamError
from ..file.walk import Special
from ..model import Diagnostic, Flaw, Piece, Report, Totals
from .plan import Part, Plan
from .salvage import NO_MEMORY, broken
from .stages import Stages

if TYPE_CHECKING:
    from .exact import Diagnosed

BATCH: Final = 256
"""The most members that are checked together."""


class Checking(Protocol):
    """What checks members that were read: the engine of a worker."""

    @property
    def plan(self) -> Plan:
        """The plan that it checks by."""
        ...

    def stages(self, profile: int) -> Stages:
        """The stages that the files of a profile go through, by its index in the plan."""
        ...

    def check_held(self, part: Part, held: Mapping[bytes, bytes]) -> Report:
        """The report of the members of a part; `held` has the first bytes of each, by name."""
        ...


class _Batch(Struct):
    """Neighbouring members: their first bytes (`heads`), or why they are not read (`odd`).

    A full batch still takes members that have the name of the `last` one up to the first dot: in a
    WebDataset these are one sample.
    """

    heads: dict[bytes, bytes] = field(default_factory=dict)
    odd: dict[bytes, Flaw] = field(default_factory=dict)
    misnamed: dict[bytes, Flaw] = field(default_factory=dict)
    size: int = 0
    last: bytes = b""

    def goes_on(self, name: bytes) -> bool:
        """Whether a member belongs to the same sample as the last one, and there is room for it."""
        return _sample(name) == self.last and self.size < 2 * HELD

    def __contains__(self, name: bytes) -> bool:
        return name in self.heads or name in self.odd

    @property
    def is_full(self) -> bool:
        """Whether the batch is to be checked before more members are read."""
        return len(self.heads) + len(self.odd) >= BATCH or self.size >= HELD


def check_archive(engine: Checking, part: Part) -> Report:
    """The report of an archive: the sum of its members, and the faults of the archive itself."""
    return _Unpacked(engine, part).report()


class _Unpacked:
    """One archive whose members are checked. Its findings are sorted by path in the end."""

    def __init__(self, engine: Checking, part: Part) -> None:
        self._engine, self._part = engine, part
        self._path = part.folder + part.names[0]
        self._shown = part.path(part.names[0])
        self._version = part.versions.get(part.names[0]) if part.versions else None
        self._bound = engine.plan.profiles[part.profile]
        self._router = engine.plan.routers[self._bound.scope]
        self._paths = PathNames([os.fsencode(self._shown) + b"!"])
        self._seen: set[int] = set()
        self._unsure = b""  # the large member read last: the archive may break off in it
        self._totals = Totals()
        self._diagnostics: list[Diagnostic] = []
        self._muted: Counter[int] = Counter()
        self._pieces: list[Piece] = []
        self._passed_by = PassedBy()
        self._forms = {
            at: one.settings[SIDECAR]
            for at, one in enumerate(engine.plan.profiles)
            if one.scope == self._bound.scope
        }

    def report(self) -> Report:
        """Check all members, then make the report."""
        name = self._part.names[0]
        flaw = self._part.odd.get(name) or self._gone_through()
        self._take(self._of_itself(flaw))
        in_order = sorted(
            self._diagnostics, key=lambda found: (found.path, found.byte_offset, found.code)
        )
        return Report(
            self._totals,
            (*in_order,),
            (),
            muted=self._muted,
            pieces=(*self._pieces,),
            passed_by=dict(self._passed_by),
            suffixes=dict(self._passed_by.suffixes),
        )

    def _of_itself(self, flaw: Flaw | None) -> Diagnosed:
        """The findings about the archive as a file."""
        file = replace(self._part.named(self._part.names[0]), name=b"")
        exact = self._engine.stages(self._part.profile).salvage.exact
        return exact.of_archive(file, [flaw] if flaw else [])

    def _gone_through(self) -> Flaw | None:
        """Check the members. Gives the flaw that the archive broke off with, if it did."""
        for batch in self._batches():
            if isinstance(batch, Flaw):
                return batch
            self._check(batch)
        return None

    def _batches(self) -> Iterator[_Batch | Flaw]:
        """The members in batches; last, the flaw that the archive broke off with, if it did."""
        batch = _Batch()
        flaw: Flaw | None = None
        try:
            bounds = self._engine.stages(self._part.profile).bounds
            with unpacked(self._path, bounds, self._version) as archive:
                if archive.is_empty:
                    raise BrokenStreamError(Empty())
                for entry in archive:
                    self._unsure = b""
                    if entry.name in batch or (batch.is_full and not batch.goes_on(entry.name)):
                        yield batch
                        batch = _Batch()
                    self._add(batch, archive, entry)
        except OSError as error:
            flaw = unreadable(error)
        except BrokenStreamError as error:
            batch.heads.pop(self._unsure, None)  # not checked: the archive ends in it
            flaw = error.flaw
        except MemoryError:
            flaw = NO_MEMORY
        except ValidatorError:
            raise
        except Exception as error:  # noqa: BLE001 - one file, not the run
            flaw = broken(error)
        yield batch
        if flaw is not None:
            yield flaw

    def _add(self, batch: _Batch, archive: Archive, entry: Entry) -> None:
        """Read a member; of a large one, its first bytes."""
        batch.last = _sample(entry.name)
        flaw = _flaw(entry) or self._repeated(entry.name)
        if flaw is not None:
            batch.odd[entry.name] = flaw
            return
        if entry.is_unmarked or entry.is_mismarked:
            batch.misnamed[entry.name] = DisputedName(entry.is_mismarked)
        whole = entry.size <= HELD
        try:
            data = archive.read(entry, entry.size if whole else SMALL)
        except BrokenMemberError as error:
            batch.odd[entry.name] = error.flaw
            return
        batch.heads[entry.name] = data[:SMALL]
        batch.size += len(data)
        path = path_inside(self._path, entry.name)
        if not whole:
            SHELF.entries[path] = entry
            self._unsure = entry.name
        elif entry.size >= SMALL or any(self._forms.values()):
            SHELF.held[path] = data

    def _repeated(self, name: bytes) -> Flaw | None:
        digest = xxh3_64_intdigest(name)
        if digest in self._seen:
            return RepeatedMember()
        self._seen.add(digest)
        return None

    def _check(self, batch: _Batch) -> None:
        """Check the members of a batch, part by part."""
        SHELF.is_in_use = True
        try:
            for part in self._parts(batch):
                report = self._engine.check_held(part, batch_of(part, batch.heads))
                self._take(report)
                if report.columns or report.rejected:
                    facts = replace(report, totals=Totals(), diagnostics=(), muted={})
                    self._pieces.append(Piece(part.profile, part.folder, part.names, facts))
        finally:
            SHELF.clear()

    def _take(self, report: Report | Diagnosed) -> None:
        self._totals += report.totals
        self._diagnostics += report.diagnostics
        self._muted.update(report.muted)

    def _parts(self, batch: _Batch) -> Iterator[Part]:
        """The members of each directory with one profile."""
        folders: dict[bytes, list[bytes]] = {}
        for name in sorted((*batch.heads, *batch.odd)):
            cut = name.rfind(b"/") + 1
            folders.setdefault(name[:cut], []).append(name[cut:])
        for folder, names in folders.items():
            routed: dict[int, list[bytes]] = {}
            routes = dict(zip(names, self._router.profiles(folder, names), strict=True))
            for name, at in self._documents(folder, routes).items():
                if isinstance(at, int):
                    routed.setdefault(at, []).append(name)
                elif at != EXCLUDED and isinstance(batch.odd.get(folder + name), UnsafeName):
                    routed.setdefault(self._part.profile, []).append(name)  # whatever file it is
                else:
                    self._passed_by.add(at, folder, [name])
            for profile, own in routed.items():
                yield self._part_of(profile, folder, own, batch)

    def _documents(
        self, folder: bytes, routes: Mapping[bytes, int | str]
    ) -> Mapping[bytes, int | str]:
        """The members of a directory without sidecars, which hold the metadata of others.

        Sidecars are counted as passed by, as `Router` does with files.
        """
        forms = self._forms
        if not any(forms.values()):
            return routes
        beside = {name for name, at in routes.items() if _is_beside(name, at, forms)}
        theirs = {
            sidecar_of(name, forms[at])
            for name, at in routes.items()
            if isinstance(at, int) and forms[at] and name not in beside
        }
        for name in beside:
            why = BESIDE if name in theirs else "without its document"
            self._passed_by.add(why, folder, [name])
        return {name: at for name, at in routes.items() if name not in beside}

    def _part_of(self, profile: int, folder: bytes, names: Sequence[bytes], batch: _Batch) -> Part:
        odd = batch.odd
        flaws = {name: odd[folder + name] for name in names if folder + name in odd}
        paths: dict[bytes, tuple[Flaw, ...]] = {}
        entered: tuple[bytes, ...] = ()
        if not is_unsafe(folder + names[0]):
            paths = self._paths.look(os.fsencode(f"{self._shown}!") + folder, names)
            entered, clashes = self._paths.entered()
            if clashes:
                paths[names[0]] = (*clashes, *paths.get(names[0], ()))
        for name in names if batch.misnamed else ():
            if folder + name in batch.misnamed:
                paths[name] = (*paths.get(name, ()), batch.misnamed[folder + name])
        return Part(
            profile,
            path_inside(self._path, folder),
            tuple(names),
            flaws,
            entered=entered,
            paths=paths,
            inside=self._shown,
            versions=self._version and dict.fromkeys(names, self._version),
        )


def _is_beside(name: bytes, at: int | str, forms: Mapping[int, str]) -> bool:
    """Whether a member is a sidecar, and no profile takes it as a document."""
    if isinstance(at, int):
        return bool(forms[at]) and is_sidecar(name, forms[at])
    return any(form and is_sidecar(name, form) for form in forms.values())


def batch_of(part: Part, heads: Mapping[bytes, bytes]) -> Mapping[bytes, bytes]:
    """The first bytes of the members of a part, by their names in it."""
    folder = part.folder.partition(INSIDE)[2]
    return {name: heads[folder + name] for name in part.names if folder + name in heads}


def _sample(name: bytes) -> bytes:
    """The name without what follows the first dot of its last part."""
    folder, _, own = name.rpartition(b"/")
    return b"/".join((folder, own.partition(b".")[0]))


def _flaw(entry: Entry) -> Flaw | None:
    """Why a member is not read."""
    if entry.target or entry.odd.endswith("link"):
        return LinkedMember(entry.odd, os.fsdecode(entry.target))
    if entry.odd:
        return Special(entry.odd)
    why = is_unsafe(entry.name)
    return UnsafeName(why) if why else None

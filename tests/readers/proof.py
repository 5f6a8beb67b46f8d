"""The promise, held against real readers: what passes under a list of them, they read alike.

Generated files are checked under each list; those that pass are read by its readers; what they
return is compared, and what differs is made as small as it can be while it still passes.
"""

from __future__ import annotations

import json
import math
import random
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from validator import Severity, check_paths, load_profile
from validator.delimiters.block import split
from validator.document import Document
from validator.metadata.fields import fields
from validator.metadata.syntax.table import examine
from validator.profile.resolve import Profile
from validator.readers import roll
from validator.readers.options import READERS
from validator.settings.options import Settings
from validator.text.lines import Window

from . import formats
from .canonical import Outcome, canonical, encode, moment, with_headers
from .format import Format
from .grammar_front_matter import front_matter
from .grammar_json_lines import json_lines
from .matrix import command_of, run

OURS = "seed-validator"


def our_front_matter(data: bytes, profile: Profile) -> list[Any]:
    """The fields and the text that we read of a document."""
    document = Document(Window(data), (0, len(data)))
    document, _ = split(document, profile.settings)
    found = fields(document, profile.settings)
    return [{"metadata": canonical(found), "body": document.text.decode().strip("\r\n")}]


def our_records(data: bytes, profile: Profile) -> list[Any]:
    """The fields that we read of each line."""
    found = []
    for line in data.split(b"\n")[:-1]:
        tree = examine("json", line, (0, len(line)), profile.settings, len(line)).tree
        found.append(canonical(tree.value if tree else None))
    return found


FORMATS = {
    one.name: one
    for one in (
        Format(
            "front-matter",
            "front-matter",
            ".md",
            front_matter,
            20_000,
            (("jekyll",), ("hugo",), ("mkdocs", "eleventy")),
            our_front_matter,
        ),
        Format(
            "json-lines",
            "jsonl",
            ".jsonl",
            json_lines,
            20_000,
            (("json", "node"), ("polars",), ("pandas-typed", "duckdb-typed")),
            our_records,
            lambda data: data.count(b"\n"),
        ),
        *formats.FORMATS,
    )
}


class Difference(NamedTuple):
    """A file that passes under a list, and that its readers do not read alike."""

    names: tuple[str, ...]
    data: bytes
    read: Mapping[str, str]


class Proof(NamedTuple):
    """How many documents passed under a list, and what differed."""

    names: tuple[str, ...]
    made: int
    passed: int
    differences: list[Difference]


def under(profile: Profile, names: Sequence[str]) -> Profile:
    """A profile with other readers; with its own where no names are given."""
    if not names:
        return profile
    return replace(profile, settings=Settings({**profile.settings.values, "readers": tuple(names)}))


def passing(paths: Sequence[Path], folder: Path, profile: Profile) -> list[Path]:
    """The files without an error."""
    found = check_paths([str(folder)], profile, limit=0)
    bad = {
        Path(one.path).resolve() for one in found.diagnostics() if one.severity is Severity.ERROR
    }
    return [path for path in paths if path.resolve() not in bad]


class Asked:
    """The real readers, which are asked about each file once."""

    def __init__(self, work: Path, python: str, modules: str) -> None:
        self.work, self.python, self.modules = work, python, modules
        self.known: dict[str, dict[Path, Outcome]] = {}

    def read(self, name: str, paths: Sequence[Path]) -> Mapping[Path, Outcome]:
        """What a reader makes of files."""
        known = self.known.setdefault(name, {})
        rest = [path for path in paths if path not in known]
        if rest:
            known.update(run(command_of(name, self.python, self.modules), rest, self.work))
        return known

    def ours(self, form: Format, profile: Profile, paths: Sequence[Path]) -> dict[Path, Outcome]:
        """What we make of them."""
        return {path: Outcome(form.ours(path.read_bytes(), profile)) for path in paths}

    def forget(self) -> None:
        """Let go of what was read."""
        self.known.clear()


def comparable(outcome: Outcome) -> str:
    """What a reader returned, so that it can be compared; errors are all alike."""
    return "an error" if outcome.documents is None else encode(_normal(list(outcome.documents)))


def _normal(value: Any) -> Any:
    """Numbers by their value; in tables there is a cell for what is absent, null or `{}`."""
    if isinstance(value, dict):
        if value.keys() == {"$date"}:
            return {"$date": moment(str(value["$date"]))}
        if value.keys() == {"headers", "text"}:
            return with_headers(value)
        if "mail" in value:
            return value["mail"]  # one reader gives headers besides
        if "metadata" in value:
            return {key: _normal(item) for key, item in sorted(value.items())}
        items = ((key, _normal(item)) for key, item in sorted(value.items()))
        return {key: item for key, item in items if not _is_nothing(item)}
    if isinstance(value, list):
        return [_normal(item) for item in value]
    return _number(value) if isinstance(value, float) else value


def _number(value: float) -> Any:
    """JSON and YAML have one kind of number: 1.0 is 1, -0.0 is 0. A NaN is not itself."""
    if math.isnan(value):
        return None
    return int(value) if value.is_integer() else value


def _is_nothing(value: Any) -> bool:
    return value is None or value == {}


def differing(
    asked: Asked, form: Format, profile: Profile, paths: Sequence[Path]
) -> dict[Path, dict[str, str]]:
    """The files that these readers, and we, do not all read, and alike; what each made of it."""
    names = profile.settings[READERS]
    found = {name: asked.read(name, paths) for name in names}
    ours = asked.ours(form, profile, paths)
    result = {}
    for path in paths:
        each = {name: comparable(found[name][path]) for name in names}
        apart = len(set(each.values())) > 1 or "an error" in each.values()
        own = ours[path].documents
        if apart or not all(reads_as(own, found[name][path].documents, name) for name in names):
            result[path] = {**each, OURS: comparable(ours[path])}
    return result


def reads_as(ours: Any, theirs: Any, name: str) -> bool:
    """Whether we read what a reader does. A moment is text to us; some kept line ends are lost."""
    if isinstance(theirs, dict) and theirs.keys() == {"$date"}:
        return isinstance(ours, str)
    if "metadata" not in (theirs if isinstance(theirs, dict) else {}) and name not in FENCED:
        return encode([_normal(ours)]) == encode([_normal(theirs)])
    if isinstance(ours, dict) and isinstance(theirs, dict):
        mine = {key.lower() if name in LOWER else key: value for key, value in ours.items()}
        return mine.keys() == theirs.keys() and all(
            reads_as(value, theirs[key], name) for key, value in mine.items()
        )
    if isinstance(ours, list | tuple) and isinstance(theirs, list | tuple):
        is_top = any(isinstance(one, dict) and "metadata" in one for one in theirs)
        return len(ours) == len(theirs) and all(
            reads_as(one, other, name if is_top else "")
            for one, other in zip(ours, theirs, strict=True)
        )
    if isinstance(ours, str) and isinstance(theirs, str):
        return ours.rstrip("\n") == theirs.rstrip("\n")
    return encode([_normal(ours)]) == encode([_normal(theirs)])


LOWER = {"hugo"}
FENCED = {n for n in roll.names() if "front-matter" in roll.reader_named(n).formats} | {""}


def lists_of(form: Format) -> tuple[tuple[str, ...], ...]:
    """The lists of readers that a format is proved under: that of its profile, and others."""
    default = load_profile(form.profile).settings[READERS]
    own = tuple(one for one in default if form.name in roll.reader_named(one).formats)
    return (own, *form.lists)


def prove(
    form: Format, asked: Asked, begun: Proof, *, seed: int = 1, batch: int = 5000
) -> Iterator[Proof]:
    """Make more and more files, and compare what passes under a list of readers.

    Goes on from the files that `begun` has made, and never ends: the caller takes as many of the
    proofs, each of which has what those before it have, as it wants.
    """
    proof, profile = begun, under(load_profile(form.profile), begun.names)
    folder = asked.work / "files"
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        paths = []
        for number in range(proof.made, proof.made + batch):
            data = form.make(random.Random(f"{seed} {number}"))
            path = folder / form.name_of(letters(number), data)
            path.write_bytes(data)
            paths.append(path)
        good = passing(paths, folder, profile)
        bad = differing(asked, form, profile, good)
        count = sum(form.documents(path.read_bytes()) for path in good)
        differences = [
            Difference(proof.names, path.read_bytes(), each) for path, each in bad.items()
        ]
        proof = Proof(
            proof.names,
            proof.made + batch,
            proof.passed + count,
            proof.differences + differences,
        )
        asked.forget()
        yield proof


def letters(number: int) -> str:
    """A number as a name without digits: files whose names differ in these would be one table."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def shrink(one: Difference, form: Format, asked: Asked, rounds: int = 40) -> Difference:
    """The difference in a smaller file: without lines, then without characters."""
    profile = under(load_profile(form.profile), one.names)
    folder = asked.work / "shrink"
    best = one
    for _ in range(rounds):
        smaller = [*_smaller(best.data)]
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        paths = [folder / form.name_of(letters(at), data) for at, data in enumerate(smaller)]
        for path, data in zip(paths, smaller, strict=True):
            path.write_bytes(data)
        asked.forget()
        good = passing(paths, folder, profile) if paths else []
        found = differing(asked, form, profile, good)
        if not found:
            return best
        path = min(found, key=lambda path: path.stat().st_size)
        best = Difference(one.names, path.read_bytes(), found[path])
    return best


def _smaller(data: bytes) -> Iterable[bytes]:
    lines = data.splitlines(keepends=True)
    if len(lines) > 1:
        yield from (b"".join(lines[:at] + lines[at + 1 :]) for at in range(len(lines)))
    if len(data) < 160:
        yield from (data[:at] + data[at + 1 :] for at in range(len(data)))


def kinds(differences: Iterable[Difference]) -> list[Difference]:
    """One of each kind of difference: the shortest file for each pattern of who reads what."""
    found: dict[Any, Difference] = {}
    for one in sorted(differences, key=lambda one: len(one.data)):
        key = (one.names, tuple(sorted(one.read)), _shape(one.data))
        found.setdefault(key, one)
    return [*found.values()]


def _shape(data: bytes) -> str:
    return json.dumps(len(data) // 8)

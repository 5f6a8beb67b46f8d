"""Small tools for tests: check files under a few keys of a profile, as a user would see it."""

from __future__ import annotations

import gzip
import io
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from validator.cli.check import check
from validator.cli.check_request import request_of
from validator.cli.outputs import Streams
from validator.errors import MisplacedError
from validator.model import Diagnostic
from validator.profile.resolve import Profile
from validator.render import formats
from validator.rules.catalog import catalog
from validator.rules.rule import Example
from validator.settings.options import Settings

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"


def profile(tables: Mapping[str, Mapping[str, object]]) -> Profile:
    """A profile with these keys, by family; those of none stand under an empty name."""
    keys = {
        f"{family}.{key}".lstrip("."): value
        for family, table in tables.items()
        for key, value in table.items()
    }
    values = {key: catalog().options[key].read(value) for key, value in keys.items()}
    return Profile("test", "", Settings(values))


def refused(key: str, value: object) -> str:
    """What is said of a wrong value of an option."""
    try:
        catalog().options[key].read(value)
    except ValueError as error:
        return f"`{key}{MisplacedError.under(error).part}` {error}"
    raise AssertionError(f"`{key}` may be {value!r}")


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make files; content that begins with `-> ` makes a symbolic link."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if data.startswith(b"-> "):
            path.symlink_to(os.fsdecode(data[3:]))
        else:
            path.write_bytes(data)


def check_example(folder: Path, example: Example) -> list[Diagnostic]:
    """Every finding in an example of a rule."""
    from validator import check_paths

    if not example.files:
        return []
    (folder / "outside.txt").write_bytes(b"Title\nText.\n")
    corpus = folder / "corpus"
    corpus.mkdir()
    write(corpus, example.files)
    return list(check_paths([str(corpus)], profile(example.profile)).diagnostics())


def run_cli(*paths: str, **options: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `check`; each finding is shown."""
    out, err = io.StringIO(), io.StringIO()
    environ, stdin = options.pop("environ", {}), options.pop("stdin", b"")
    assert isinstance(environ, Mapping)
    assert isinstance(stdin, bytes)
    options.setdefault("jobs", 1)
    options.setdefault("no_group", True)
    request = request_of(paths, **options)
    code = check(request, Streams(out, err, environ, io.BytesIO(stdin)))
    return code, out.getvalue(), err.getvalue()


def in_every_format(*paths: str, **options: object) -> dict[str, bytes]:
    """What a run with findings says that was asked for each format at once, below `told`."""
    each = {name: Path("told", name) for name in formats()}
    outputs = [f"{name}:{path}" for name, path in each.items()]
    code, out, err = run_cli(*paths, output=outputs, **options)
    assert code == 1
    return {"": (out + err).encode(), **{name: path.read_bytes() for name, path in each.items()}}


def codes(findings: Sequence[Diagnostic]) -> list[str]:
    """The codes of findings, in their order."""
    return [found.code for found in findings]


@contextmanager
def linear() -> Iterator[None]:
    """What is done takes a second of the processor at most; were it quadratic, minutes.

    The bound is sixty times as much, and a busy machine does not count.
    """
    began = time.process_time()
    yield
    assert time.process_time() - began < 60


__all__ = [
    "FIXTURES",
    "ROOT",
    "check_example",
    "codes",
    "in_every_format",
    "linear",
    "profile",
    "refused",
    "run_cli",
    "write",
]


def of_many_kinds() -> dict[str, bytes]:
    """Files that are clean, dirty, empty, large, compressed, or records, by their paths."""
    many = b"Some line of text.\n" * 20_000
    return {
        "a/clean.txt": b"Title\n\nSome text.\n",
        "a/dirty.txt": b"Title \n\x01\n",
        "a/large.txt": many + b"bad \xff\n" + many,
        "b/data.jsonl": b'{"id": "1"}\n{"id": 1,}\n',
        "b/data.jsonl.gz": gzip.compress(b'{"id": "1"}\n' * 30_000 + b'{"id": }\n', 1),
        "b/empty.txt": b"",
        "b/large.txt.gz": gzip.compress(os.urandom(400_000).hex().encode() + b"\n\xff\n", 1),
    }

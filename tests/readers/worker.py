"""Reads files with one reader, in a process that may crash or hang.

    python -m tests.readers.worker READER LIST RESULTS

LIST holds a path a line; for each, one line of JSON is added to RESULTS: [path, documents, error].
A reader that crashes or hangs ends the process, and the lines say how far it came.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .canonical import canonical, encode
from .roster import READERS

LIMIT = 300  # seconds for one file; the alarm of the system also ends a reader that hangs in C
DEEP = 20_000  # what a reader could nest, we must be able to write


def outcome_of(read: Callable[[str], Any], path: str) -> tuple[Any, str]:
    """The documents that a reader returns for a file, or the kind of its failure."""
    usual = sys.getrecursionlimit()
    try:
        documents = read(path)
        sys.setrecursionlimit(DEEP)
        return json.loads(encode([canonical(one) for one in documents])), ""
    except Exception as error:  # noqa: BLE001  (whatever a reader raises is its answer)
        return None, type(error).__name__
    finally:
        sys.setrecursionlimit(usual)


def _read_many(read: Callable[[list[str]], Any] | None, listed: str, results: str) -> None:
    """Read all files of a list at once."""
    assert read is not None
    found = read([*filter(None, Path(listed).read_text("utf-8").split("\n"))])
    with Path(results).open("a", encoding="ascii") as out:
        for path, documents in found.items():
            shown = None if documents is None else [canonical(one) for one in documents]
            row = json.dumps([path, shown, "" if documents is not None else "error"])
            out.write(f"{row}\n")


def main(name: str, listed: str, results: str) -> None:
    """Read every file of a list with one reader."""
    read = READERS[name].read
    assert read is not None
    if READERS[name].many:
        _read_many(READERS[name].many, listed, results)
        return
    with Path(results).open("a", encoding="ascii") as out:
        for path in filter(None, Path(listed).read_text("utf-8").split("\n")):
            signal.alarm(LIMIT)
            documents, error = outcome_of(read, path)
            signal.alarm(0)
            out.write(json.dumps([path, documents, error]) + "\n")
            out.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])

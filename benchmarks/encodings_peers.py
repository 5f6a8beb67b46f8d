"""Programs that name encodings, to compare with: what each says of a document, as Python's codec.

chardet is there with us. charset-normalizer is asked where it is installed, uchardet where its
command is found.
"""

from __future__ import annotations

import codecs
import importlib
import importlib.util
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Answer = str | None
Peer = Callable[[Sequence[bytes]], list[Answer]]


def peers() -> tuple[dict[str, Peer], list[str]]:
    """The programs that are there, and the names of those that are not."""
    found: dict[str, Peer] = {"chardet": _chardet}
    missing = []
    if importlib.util.find_spec("charset_normalizer"):
        found["charset-normalizer"] = _charset_normalizer
    else:
        missing.append("charset-normalizer")
    if shutil.which("uchardet"):
        found["uchardet"] = _uchardet
    else:
        missing.append("uchardet")
    return found, missing


def _chardet(documents: Sequence[bytes]) -> list[Answer]:
    import chardet

    return [_codec(chardet.detect(data)["encoding"]) for data in documents]


def _charset_normalizer(documents: Sequence[bytes]) -> list[Answer]:
    from_bytes = importlib.import_module("charset_normalizer").from_bytes  # where it is installed
    best = (from_bytes(data).best() for data in documents)
    return [_codec(one.encoding if one else None) for one in best]


def _uchardet(documents: Sequence[bytes]) -> list[Answer]:
    """It is asked of files, as many at once as a command line takes."""
    told: list[Answer] = []
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(documents), 500):
            names = []
            for number, data in enumerate(documents[start : start + 500]):
                path = Path(folder, f"{number:03}")
                path.write_bytes(data)
                names.append(str(path))
            run = subprocess.run(["uchardet", *names], capture_output=True, text=True, check=True)
            lines = run.stdout.removesuffix("\n").split("\n")
            told += [_codec(re.sub(r"^.*: ", "", line)) for line in lines]
    return told


_OTHER_NAMES: Mapping[str, str] = {
    "MAC-CYRILLIC": "mac-cyrillic",
    "MAC-CENTRALEUROPE": "mac-latin2",
}


def _codec(name: Answer) -> Answer:
    """Python's codec of that name; None where there is no name, the name itself if no codec."""
    if not name or name == "unknown":
        return None
    try:
        return codecs.lookup(_OTHER_NAMES.get(name, name)).name
    except LookupError:
        return name

"""Formats of compressed files: their names and signatures, and the options about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct
from stringzilla import find

from ..settings.options import Settings, choice, count
from .decompressors import FRAME, Decoder, open_bz2, open_gzip, open_xz, open_zstd

COMPRESSED: Final = choice(
    "file.compressed",
    "`.gz`, `.bz2`, `.xz` and `.zst` files: `read` what is inside, where positions count the "
    "bytes after expansion, or `forbid` them",
    "read forbid",
)
MAX_RATIO: Final = count(
    "file.max-expansion-ratio",
    "how many times its size a compressed file may expand to, counted from 1 MiB on; 0 for no "
    "limit",
    1000,
)
MAX_EXPANDED: Final = count(
    "file.max-expanded-bytes",
    "how many bytes a compressed file may expand to; 0 for no limit",
    0,
)

READ_PARQUET: Final = choice(
    "file.parquet",
    "what a `.parquet` file is: `rows`, each a JSON record as a line of JSON Lines, where "
    "positions count the bytes of those lines, or `binary`, which is no text",
    "binary rows",
)
PADDING: Final = choice(
    "file.padding",
    "NULs after the end of a compressed stream, which gzip and xz pass by, and many readers do not",
    "allow forbid",
)


class Bounds(Struct, frozen=True):
    """How far a compressed file may expand: as a `ratio`, and to a `size` in bytes (0: no limit).

    `forbidden` says that the profile forbids such files, `exact` that no NULs may be between and
    after its streams, `rows` that a Parquet file is read as rows. `readers` are the programs that
    must all read the file in the same way.
    """

    ratio: int = 0
    size: int = 0
    forbidden: bool = False
    exact: bool = False
    rows: bool = False
    readers: tuple[str, ...] = ()


class Packing(Struct, frozen=True):
    """A compression format: the suffix of its file names, and the signatures of its streams.

    Between and after its streams may be NULs, in multiples of `padding`; none if it is 0. `open`
    makes a decoder. In a format of `rows` the document is JSON Lines (`parquet`), without decoder.
    """

    name: str
    suffix: bytes
    magics: tuple[bytes, ...]
    padding: int
    open: Callable[[], tuple[Decoder, type[Exception]]]
    rows: bool = False


# Signatures: RFC 1952 2.3.1; the bzip2 file format; the .xz file format 2.1.1.1; RFC 8878 3.1.1 and
# 3.1.2 (a skippable frame may come first). Padding: the gzip manual ("tapes"); .xz 2.2.
PACKINGS: Final = (
    Packing("gzip", b".gz", (b"\x1f\x8b",), 1, open_gzip),
    Packing("bzip2", b".bz2", tuple(b"BZh%d" % level for level in range(1, 10)), 0, open_bz2),
    Packing("xz", b".xz", (b"\xfd7zXZ\0",), 4, open_xz),
    Packing(
        "zstd",
        b".zst",
        (FRAME, *(bytes((kind, 0x2A, 0x4D, 0x18)) for kind in range(0x50, 0x60))),
        0,
        open_zstd,
    ),
)


def _no_decoder() -> tuple[Decoder, type[Exception]]:
    raise ValueError("a format of rows has no decoder")


# parquet-format, "File format" and "Encryption": the second is of files with an encrypted footer.
PARQUET: Final = Packing("Parquet", b".parquet", (b"PAR1", b"PARE"), 0, _no_decoder, rows=True)

_EVERY: Final = (*PACKINGS, PARQUET)
_SUFFIXES: Final = tuple(packing.suffix for packing in _EVERY)


def packing_of(name: bytes) -> Packing | None:
    """The format that the suffix of a file name or path means, in any case; None without one."""
    folded = name[-8:].lower()
    if not folded.endswith(_SUFFIXES):  # nearly every name
        return None
    return next((packing for packing in _EVERY if folded.endswith(packing.suffix)), None)


def packed(names: Iterable[bytes]) -> dict[bytes, Packing]:
    """The names that are those of compressed files, each with its format."""
    joined = (b"\0".join(names) + b"\0").lower()
    if all(find(joined, packing.suffix + b"\0") < 0 for packing in _EVERY):
        return {}
    return {name: packing for name in names if (packing := packing_of(name))}


def bare(name: bytes) -> bytes:
    """The name of the document in a file: without the suffix of a compressed file."""
    packing = packing_of(name)
    return name[: -len(packing.suffix)] if packing else name


def bounds(settings: Settings, readers: tuple[str, ...] = ()) -> Bounds:
    """The bounds that the profile sets; `readers` as in `Bounds`."""
    forbidden = settings[COMPRESSED] == "forbid"
    exact = settings[PADDING] == "forbid"
    rows = settings[READ_PARQUET] == "rows"
    return Bounds(settings[MAX_RATIO], settings[MAX_EXPANDED], forbidden, exact, rows, readers)

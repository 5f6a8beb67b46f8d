"""Compressed files, read through: the document is the bytes inside, and so are its positions.

Bytes come out piece by piece, whatever the stream expands to. Several gzip members or zstd frames
after each other are one document, as `gzip` and `zstd` read them. Where a stream breaks, reading
ends with a flaw: what the rest of the document says is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, Final, Protocol, Self

from msgspec import Struct
from stringzilla import find

from .decoders import Decoder, open_bz2, open_gzip, open_xz, open_zstd
from .model import Flaw
from .options import Option, Settings, choice

CHUNK: Final = 1 << 16
"""Compressed bytes read at a time."""

_PIECE: Final = 1 << 17
"""Bytes decoded at a time; the bounds are looked at after each piece."""

RATIO_FROM: Final = 1 << 20
"""Bytes from which on the expansion ratio counts: a page of blanks is no bomb."""


def _limit(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise ValueError("must be a whole number, 0 for no limit")


_LIMIT_SCHEMA: Final = {"type": "integer", "minimum": 0}

COMPRESSED: Final = choice(
    "file.compressed",
    "`.gz`, `.bz2`, `.xz` and `.zst` files: `read` what is inside, where positions count the "
    "bytes after expansion, or `forbid` them",
    "read",
    "read",
    "forbid",
)
MAX_RATIO: Final = Option[int](
    "file.max-expansion-ratio",
    "how many times its size a compressed file may expand to, counted from 1 MiB on; 0 for no limit",
    1000,
    _LIMIT_SCHEMA,
    _limit,
)
MAX_EXPANDED: Final = Option[int](
    "file.max-expanded-bytes",
    "how many bytes a compressed file may expand to; 0 for no limit",
    0,
    _LIMIT_SCHEMA,
    _limit,
)


class Bounds(Struct, frozen=True):
    """How far a compressed file may expand, as a ratio and in bytes (0 is no limit), if at all."""

    ratio: int = 0
    size: int = 0
    forbidden: bool = False


class Packing(Struct, frozen=True):
    """A compression format: how its files end in name and begin in bytes.

    NULs may stand between and after its streams in multiples of `padding`, 0 for none at all.
    """

    name: str
    suffix: bytes
    magics: tuple[bytes, ...]
    padding: int
    open: Callable[[], tuple[Decoder, type[Exception]]]


# Signatures: RFC 1952 2.3.1; the bzip2 file format; the .xz file format 2.1.1.1; RFC 8878 3.1.1 and
# 3.1.2 (a skippable frame may come first). Padding: the gzip manual ("tapes"); .xz 2.2.
PACKINGS: Final = (
    Packing("gzip", b".gz", (b"\x1f\x8b",), 1, open_gzip),
    Packing("bzip2", b".bz2", tuple(b"BZh%d" % level for level in range(1, 10)), 0, open_bz2),
    Packing("xz", b".xz", (b"\xfd7zXZ\0",), 4, open_xz),
    Packing(
        "zstd",
        b".zst",
        (b"\x28\xb5\x2f\xfd", *(bytes((kind, 0x2A, 0x4D, 0x18)) for kind in range(0x50, 0x60))),
        0,
        open_zstd,
    ),
)
_LONGEST_MAGIC: Final = 6


class Broken(Exception):
    """Reading cannot go on; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


class Compressed(Flaw, frozen=True):
    """A compressed file where the profile forbids them."""

    blocks: ClassVar[bool] = True
    format: str


class FalseSuffix(Flaw, frozen=True):
    """A name that ends like one of a compressed file, on other bytes. `found` is what they are."""

    blocks: ClassVar[bool] = True
    format: str
    suffix: str
    found: str


class CutStream(Flaw, frozen=True):
    """The file ends before its stream does; `size` bytes of the document could be read."""

    blocks: ClassVar[bool] = True
    format: str
    size: int


class DamagedStream(Flaw, frozen=True):
    """The stream does not decode, or not to what its checksum says, after `size` good bytes."""

    blocks: ClassVar[bool] = True
    format: str
    size: int
    cause: str


class TrailingBytes(Flaw, frozen=True):
    """Bytes after the end of the stream that no stream begins with, from `offset` of the file."""

    blocks: ClassVar[bool] = True
    format: str
    offset: int


class Expanded(Flaw, frozen=True):
    """`taken` bytes of the file have expanded to `size`, beyond one of the bounds."""

    blocks: ClassVar[bool] = True
    format: str
    taken: int
    size: int
    bounds: Bounds


class Source(Protocol):
    """What bytes are read from; a file, or a stream in a file."""

    def read(self, size: int, /) -> bytes | None: ...
    def close(self) -> None: ...


def packing_of(name: bytes) -> Packing | None:
    """The format that a file name (or path) promises by its suffix, in any case."""
    folded = name[-4:].lower()
    return next((packing for packing in PACKINGS if folded.endswith(packing.suffix)), None)


def packed(names: Iterable[bytes]) -> dict[bytes, Packing]:
    """Of many names those that promise compressed files, each with the format."""
    joined = (b"\0".join(names) + b"\0").lower()
    if all(find(joined, packing.suffix + b"\0") < 0 for packing in PACKINGS):
        return {}
    return {name: packing for name in names if (packing := packing_of(name))}


def bare(name: bytes) -> bytes:
    """The name without the suffix of a compressed file: that of the document inside."""
    packing = packing_of(name)
    return name[: -len(packing.suffix)] if packing else name


def bounds(settings: Settings) -> Bounds:
    """The bounds that a profile sets."""
    forbidden = settings[COMPRESSED] == "forbid"
    return Bounds(settings[MAX_RATIO], settings[MAX_EXPANDED], forbidden)


class Inflated:
    """The bytes inside a compressed file, to be read like those of a file."""

    def __init__(self, raw: Source, packing: Packing, bounds: Bounds) -> None:
        self._raw, self._packing, self._bounds = raw, packing, bounds
        self._decoder: Decoder | None = None
        self._fault: type[Exception] = Exception
        self._rest = b""  # read from the file, not yet decoded
        self._spare = b""  # decoded, not yet asked for
        self._taken = self._size = self._members = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._raw.close()

    def read(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the end. Raises Broken where the stream breaks."""
        parts, have = [self._spare], len(self._spare)
        while have < size and (part := self._part()):
            parts.append(part)
            have += len(part)
        data = b"".join(parts)
        self._spare = data[size:]
        return data[:size]

    def _part(self) -> bytes:
        """Some bytes of the document, none at its end."""
        while decoder := self._decoder or self._next_member():
            data = self._take() if decoder.needs_input else b""
            if decoder.needs_input and not data:
                raise Broken(CutStream(self._packing.name, self._size))
            try:
                part = decoder.decompress(data, _PIECE)
            except self._fault as error:
                flaw = DamagedStream(self._packing.name, self._size, str(error))
                raise Broken(flaw) from error
            if decoder.eof:
                self._decoder, self._rest = None, decoder.unused_data
            if part:
                self._size += len(part)
                self._stay_within_bounds()
                return part
        return b""

    def _take(self) -> bytes:
        """The next compressed bytes, none at the end of the file."""
        if self._rest:
            data, self._rest = self._rest, b""
            return data
        data = self._raw.read(CHUNK) or b""
        self._taken += len(data)
        return data

    def _next_member(self) -> Decoder | None:
        """The decoder of the next stream in the file, None at its end."""
        nuls = self._top_up()
        rest, packing = self._rest, self._packing
        misplaced = nuls % packing.padding if packing.padding else 0
        if misplaced or (self._members and rest and not _begins(rest, packing)):
            raise Broken(TrailingBytes(packing.name, self._taken - len(rest) - misplaced))
        if not rest:
            return None
        if not _begins(rest, packing):
            raise Broken(FalseSuffix(packing.name, packing.suffix.decode(), _format_of(rest)))
        if self._bounds.forbidden:
            raise Broken(Compressed(packing.name))
        self._members += 1
        self._decoder, self._fault = packing.open()
        return self._decoder

    def _top_up(self) -> int:
        """Have enough bytes to tell what comes next; how many NULs of padding were before them."""
        nuls = 0
        while True:
            if self._members and self._packing.padding:
                rest = self._rest.lstrip(b"\0")
                nuls += len(self._rest) - len(rest)
                self._rest = rest
            have, self._rest = self._rest, b""
            more = self._take() if len(have) < _LONGEST_MAGIC else b""
            self._rest = have + more
            if not more:
                return nuls

    def _stay_within_bounds(self) -> None:
        size, ratio = self._size, self._bounds.ratio
        too_long = 0 < self._bounds.size < size
        if too_long or (size > RATIO_FROM and 0 < ratio * self._taken < size):
            raise Broken(Expanded(self._packing.name, self._taken, size, self._bounds))


def _begins(data: bytes, packing: Packing) -> bool:
    """Whether a stream begins here, if only with a part of its signature."""
    return data.startswith(packing.magics) or any(
        magic.startswith(data) for magic in packing.magics
    )


def _format_of(data: bytes) -> str:
    found = (packing.name for packing in PACKINGS if data.startswith(packing.magics))
    return next(found, "")

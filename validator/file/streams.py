"""Reads compressed files: the document is the bytes inside, and positions count in them.

Bytes are expanded piece by piece, however long the stream is. Several gzip members or zstd frames
one after the other are one document, as `gzip` and `zstd` read them. Where a stream is broken,
reading ends with a flaw, as the rest of the document is unknown.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Final, Protocol, Self

from ..model import BlockingFlaw, Flaw
from .compression import PACKINGS, Bounds, Packing
from .decompressors import FRAME, Decoder
from .stand_ins import pointer

CHUNK: Final = 1 << 16
"""Compressed bytes read at a time."""

_PIECE: Final = 1 << 17
"""Bytes decoded at a time; the bounds are checked after each piece."""

RATIO_FROM: Final = 1 << 20
"""The expansion ratio is checked from so many expanded bytes on: a page of blanks is no bomb."""

_LONGEST_MAGIC: Final = max(len(magic) for packing in PACKINGS for magic in packing.magics)

HEAD: Final = 1 << 10
"""First bytes of a stream that are kept to compress it again; they may hold a file name."""


ARCHIVES: Final = frozenset({"tar", "zip"})
"""Formats of flaws that are about archives."""


class BrokenStreamError(Exception):
    """A file cannot be read on; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


class StreamFlaw(BlockingFlaw, frozen=True):
    """A flaw of a file of this `format` after which no more of it can be read."""

    format: str


class Compressed(StreamFlaw, frozen=True):
    """A compressed file where the profile forbids them."""


class FalseSuffix(StreamFlaw, frozen=True):
    """A file with the `suffix` of a compressed format, and other bytes; `found` is their format.

    `found` is empty if the format of the bytes is not known.
    """

    suffix: str
    found: str


class CutStream(StreamFlaw, frozen=True):
    """The file ends before its stream does, after `size` bytes of the document.

    For an archive, these are bytes of the `member` in which it ends; `member` is empty if it ends
    between members.
    """

    size: int
    member: bytes = b""


class DamagedStream(StreamFlaw, frozen=True):
    """The stream cannot be decoded, or its checksum is wrong, after `size` good bytes."""

    size: int
    cause: str


class TrailingBytes(StreamFlaw, frozen=True):
    """Bytes after the end of the stream that begin no other stream, from `offset` of the file on.

    `nuls` is how many of them are NULs that would be padding, if the profile allowed it.
    """

    offset: int
    nuls: int = 0


class DisputedStream(BlockingFlaw, frozen=True):
    """A part at `offset` of the file that readers of the profile read differently, or not at all.

    `question` is the name of the disputed question (`readers/disputed/compressed_files`).
    """

    question: str
    offset: int


class Expanded(StreamFlaw, frozen=True):
    """`taken` bytes of the file have expanded to `size`, beyond one of the bounds."""

    taken: int
    size: int
    bounds: Bounds


class Encrypted(StreamFlaw, frozen=True):
    """A file that is encrypted, in part or as a whole."""


class Source(Protocol):
    """A source of bytes: a file, or a stream in a file."""

    def read(self, size: int, /) -> bytes | None:
        """At most `size` bytes; none at the end."""
        ...

    def close(self) -> None:
        """Close the source."""
        ...


class Closing:
    """Base of sources that a `with` block closes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all files that are open."""
        raise NotImplementedError


class InParts(Closing):
    """Base of sources whose bytes come in parts, to be read like those of a file."""

    _spare = b""  # bytes that have come, but were not asked for yet

    def read(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the end. Raises BrokenStreamError."""
        parts, have = [self._spare], len(self._spare)
        while have < size and (part := self._part()):
            parts.append(part)
            have += len(part)
        data = b"".join(parts)
        self._spare = data[size:]
        return data[:size]

    def _part(self) -> bytes:
        """The next bytes, none at the end."""
        raise NotImplementedError


class Inflated(InParts):
    """The bytes inside a compressed file, to be read like those of a file."""

    def __init__(
        self,
        raw: Source,
        packing: Packing,
        bounds: Bounds,
        starts: array[int] | None = None,
        heads: list[tuple[int, bytes]] | None = None,
    ) -> None:
        """`starts` is filled with the offset in the document at which each stream begins.

        `heads` is filled with the same offsets, and the first HEAD bytes of each stream.
        """
        self._raw, self._packing, self._bounds = raw, packing, bounds
        self._starts, self._heads = starts, heads
        self._ahead = _LONGEST_MAGIC if heads is None else HEAD
        self._decoder: Decoder | None = None
        self._fault: type[Exception] = Exception
        self._rest = b""  # read from the file, not yet decoded
        self._taken = self._size = self._members = self._frames = 0

    def close(self) -> None:
        """Close the file."""
        self._raw.close()

    def _part(self) -> bytes:
        """Some bytes of the document, none at its end."""
        while decoder := self._decoder or self._next_member():
            data = self._take() if decoder.needs_input else b""
            if decoder.needs_input and not data:
                raise BrokenStreamError(CutStream(self._packing.name, self._size))
            try:
                part = decoder.decompress(data, _PIECE)
            except self._fault as error:
                flaw = DamagedStream(self._packing.name, self._size, str(error))
                raise BrokenStreamError(flaw) from error
            if decoder.eof:
                self._decoder, self._rest = None, decoder.unused_data
            if part:
                self._size += len(part)
                stay_within(self._bounds, self._packing.name, self._taken, self._size)
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
        padding = nuls if self._bounds.exact else 0
        if padding or misplaced or (self._members and rest and not _begins(rest, packing)):
            offset = self._taken - len(rest) - (padding or misplaced)
            raise BrokenStreamError(TrailingBytes(packing.name, offset, padding))
        if not rest:
            self._stay_undisputed(nuls)
            return None
        if not _begins(rest, packing):
            false = FalseSuffix(packing.name, packing.suffix.decode(), _format_of(rest))
            raise BrokenStreamError(pointer(rest) or false)
        if self._bounds.forbidden:
            raise BrokenStreamError(Compressed(packing.name))
        self._stay_undisputed(nuls)
        self._members += 1
        if self._starts is not None:
            self._starts.append(self._size)
        if self._heads is not None:
            self._heads.append((self._size, rest[:HEAD]))
        self._decoder, self._fault = packing.open()
        return self._decoder

    def _top_up(self) -> int:
        """Read enough bytes to recognise what comes next; returns the number of NULs before."""
        nuls = 0
        while True:
            if self._members and self._packing.padding:
                rest = self._rest.lstrip(b"\0")
                nuls += len(self._rest) - len(rest)
                self._rest = rest
            have, self._rest = self._rest, b""
            more = self._take() if len(have) < self._ahead else b""
            self._rest = have + more
            if not more:
                return nuls

    def _stay_undisputed(self, nuls: int) -> None:
        """Raises BrokenStreamError if readers of the profile differ about what comes next."""
        if not self._bounds.readers:
            return
        from ..readers.reader_set import disputed_by  # where a compressed file is read

        for question in self._questions(nuls):
            if disputed_by(self._bounds.readers, "compressed", question):
                before = nuls if question.endswith("-padding") else 0
                offset = self._taken - len(self._rest) - before
                raise BrokenStreamError(DisputedStream(question, offset))

    def _questions(self, nuls: int) -> Iterator[str]:
        """The questions that readers may dispute about `nuls` NULs and the stream after them."""
        name, rest = self._packing.name, self._rest
        if nuls:
            yield f"{name}-padding"
        if rest and not self._members:
            yield f"{name}-file"
        if rest and self._members and name == "gzip":
            yield "gzip-second-member"
        if rest and name == "zstd":
            yield from self._about_frame(rest)

    def _about_frame(self, rest: bytes) -> Iterator[str]:
        """The same for a frame of Zstandard (its header: RFC 8878, 3.1.1.1.1)."""
        if not rest.startswith(FRAME[: len(rest)]):
            if not self._frames:
                yield "zstd-skippable-frame"
            return
        self._frames += 1
        if self._frames > 1:
            yield "zstd-second-frame"
        if len(rest) > len(FRAME) and not rest[len(FRAME)] & 0b1110_0000:
            yield "zstd-frame-without-size"


def stay_within(bounds: Bounds, form: str, taken: int, size: int) -> None:
    """Raises BrokenStreamError if `taken` bytes of a file have expanded to more than allowed.

    `size` is how many bytes they have expanded to; `form` is the name of the format.
    """
    too_long = 0 < bounds.size < size
    if too_long or (size > RATIO_FROM and 0 < bounds.ratio * taken < size):
        raise BrokenStreamError(Expanded(form, taken, size, bounds))


def _begins(data: bytes, packing: Packing) -> bool:
    """Whether `data` begins with a signature of the format, or is the first part of one."""
    return data.startswith(packing.magics) or any(
        magic.startswith(data) for magic in packing.magics
    )


def _format_of(data: bytes) -> str:
    found = (packing.name for packing in PACKINGS if data.startswith(packing.magics))
    return next(found, "")

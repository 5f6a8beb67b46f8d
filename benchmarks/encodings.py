"""How often the right thing is said of files that are not UTF-8: `python -m benchmarks.encodings`.

Two questions, asked of our own texts, cut to several lengths: is a UTF-8 file with one byte
overwritten called damaged, at that byte, and not another encoding; and is a file in another
encoding named so that it reads as it was written. The same for every run and every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from validator.encoding.damage import BadSequence, Legacy, flaws
from validator.encoding.suggest import CANDIDATES, readings
from validator.encoding.utf16 import Wide
from validator.model import Flaw
from validator.text.lines import Window

from .texts_encodings import ENCODINGS, TEXTS

LENGTHS: Final = (20, 40, 80, 160, 320)
"""Bytes of a document, about: it ends with the character that reaches so far."""

STARTS: Final = 8
"""Documents cut from one text, beginning at as many places."""

DAMAGE: Final = (0xFF, 0xE9, 0x80, 0x20)
"""What a byte is overwritten with: never in UTF-8, a lead byte, a continuation byte, a space."""

RIGHT, WRONG, UNDECIDED = "right", "wrong", "undecided"


class Sample(Struct, frozen=True):
    """A document and what is known of it. `at` is the damaged byte, -1 where there is none."""

    encoding: str
    length: int
    data: bytes
    text: str
    at: int = -1

    @property
    def wide(self) -> bool:
        """Whether it is in UTF-16."""
        return self.encoding.startswith("utf-16")


def legacy(lengths: Iterable[int] = LENGTHS, starts: int = STARTS) -> Iterator[Sample]:
    """Documents in every encoding of ENCODINGS, without those that are ASCII by chance."""
    for encoding, languages in ENCODINGS.items():
        for language in languages:
            for length in lengths:
                for text in _cuts(TEXTS[language], encoding, length, starts):
                    data = text.encode(encoding)
                    if not text.isascii():
                        yield Sample(encoding, length, data, text)


def damaged(lengths: Iterable[int] = LENGTHS, starts: int = STARTS) -> Iterator[Sample]:
    """Documents in UTF-8 with one byte of a character beyond ASCII overwritten."""
    for language in TEXTS:
        for length in lengths:
            for number, text in enumerate(_cuts(TEXTS[language], "utf-8", length, starts)):
                data = bytearray(text.encode())
                places = [at for at, byte in enumerate(data) if byte > 0x7F]
                byte = DAMAGE[number % len(DAMAGE)]
                if places:
                    at = places[number * len(places) // starts]
                    data[at] = byte if data[at] != byte else 0xFE
                    if not _is_utf8(data):
                        yield Sample(language, length, bytes(data), text, at)


def pasted(lengths: Iterable[int] = (320,)) -> Iterator[Sample]:
    """Documents in UTF-8, each with one character in the byte of a one-byte encoding."""
    for encoding in CANDIDATES:
        for language in ENCODINGS.get(encoding, ()):
            for length in lengths:
                text = next(_cuts(TEXTS[language], "utf-8", length, 1))
                for place in (at for at, one in enumerate(text) if one > "\x7f"):
                    before, after = text[:place].encode(), text[place + 1 :].encode()
                    data = before + text[place].encode(encoding) + after
                    yield Sample(encoding, length, data, text, len(before))


def judge_reading(sample: Sample) -> str:
    """Whether the character suggested for the byte is the one that stood there."""
    meant = sample.text[len(sample.data[: sample.at].decode())]
    for flaw in flaws([Window(sample.data)]):
        if isinstance(flaw, BadSequence) and flaw.start == sample.at and len(flaw.bytes) == 1:
            agreed = readings(flaw.context.data, flaw.context.at, flaw.letters).agreed
            return UNDECIDED if not agreed else RIGHT if agreed == meant else WRONG
    return UNDECIDED


def judge(sample: Sample) -> str:
    """Whether what is said of the document is RIGHT, WRONG or UNDECIDED."""
    found = list(flaws([Window(sample.data)]))
    if sample.at >= 0:
        return RIGHT if any(_names(flaw, sample.at) for flaw in found) else WRONG
    if len(found) != 1:
        return WRONG
    return _judge_encoding(found[0], sample)


def called_damaged(sample: Sample) -> bool:
    """Whether the document is taken for a UTF-8 file with damage."""
    return any(isinstance(flaw, BadSequence) for flaw in flaws([Window(sample.data)]))


def _judge_encoding(flaw: Flaw, sample: Sample) -> str:
    if isinstance(flaw, Wide):
        codec = flaw.encoding.replace("LE", "-le").replace("BE", "-be")
    elif isinstance(flaw, Legacy) and flaw.advice:
        codec = flaw.advice.codecs[0]
    elif isinstance(flaw, Legacy):
        return UNDECIDED
    else:
        return WRONG
    return RIGHT if sample.data.decode(codec, "replace") == sample.text else WRONG


def _names(flaw: Flaw, at: int) -> bool:
    """Whether the flaw is damage that touches the character that the byte `at` was part of."""
    return isinstance(flaw, BadSequence) and flaw.start - 3 <= at < flaw.start + len(flaw.bytes) + 3


def _is_utf8(data: bytearray) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _cuts(text: str, encoding: str, length: int, starts: int) -> Iterator[str]:
    """Parts of the text, which goes round, of about `length` bytes in the encoding."""
    endless = f"{text}\n{text}\n{text}\n"
    for number in range(starts):
        start = number * len(text) // starts
        end = start + 1
        size = len(endless[start].encode(encoding))
        while size < length:
            size += len(endless[end].encode(encoding))
            end += 1
        yield endless[start:end]


def tally(
    samples: Iterable[Sample],
    row: Callable[[Sample], object],
    judged: Callable[[Sample], str] = judge,
) -> dict[object, Counter[str]]:
    """How many of the samples are right, wrong and undecided, by what `row` makes of each."""
    counts: dict[object, Counter[str]] = {}
    for sample in samples:
        counts.setdefault(row(sample), Counter())[judged(sample)] += 1
    return counts


def table(title: str, counts: dict[object, Counter[str]]) -> str:
    """The counts and the share that is right, a row each, and their sum."""
    total: Counter[str] = sum(counts.values(), Counter())
    lines = [f"{title:24}{RIGHT:>8}{WRONG:>8}{UNDECIDED:>11}{'share':>8}"]
    for name, count in [*counts.items(), ("all", total)]:
        lines.append(
            f"{name!s:24}{count[RIGHT]:8}{count[WRONG]:8}{count[UNDECIDED]:11}"
            f"{count[RIGHT] / count.total():8.1%}"
        )
    return "\n".join(lines) + "\n"


def _by_length(sample: Sample) -> str:
    return f"{sample.length} bytes"


def _by_encoding(sample: Sample) -> str:
    return sample.encoding


def main() -> None:
    """Print the tables."""
    hurt: Sequence[Sample] = tuple(damaged())
    others: Sequence[Sample] = tuple(legacy())
    print(table("damaged, by length", tally(hurt, _by_length)))
    print(table("damaged, by language", tally(hurt, _by_encoding)))
    print(table("encodings, by length", tally(others, _by_length)))
    print(table("encodings, by name", tally(others, _by_encoding)))
    print(table("pasted, by encoding", tally(pasted(), _by_encoding, judge_reading)))
    for words, kind in (("a legacy encoding", False), ("UTF-16 without a mark", True)):
        own = [sample for sample in others if sample.wide == kind]
        mistaken = sum(map(called_damaged, own))
        print(f"in {words}, but called damaged UTF-8: {mistaken} of {len(own)}")


if __name__ == "__main__":
    main()

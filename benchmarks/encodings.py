"""How often encodings are named right: `python -m benchmarks.encodings`, and beside other programs.

Documents of known text are cut from texts of ours and written in some seventy encodings. An answer is
*right* if the document, decoded as it says, is the text that it was made of, to the character: the
name does not matter. It is *undecided* where no encoding is named. Of a file that is ASCII but for one
byte we say what the byte stands for: that is right if it is the character that was there. Our tables
are counted in the texts of the second row of tables (`letter_pairs`), and in none of those of the first.

Then: is a UTF-8 file with one byte overwritten called damaged, at that byte; and is what is said of a
pasted byte what it was. All of it is the same for every run and every machine.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from validator.encoding.damage import BadSequence, Legacy, flaws
from validator.encoding.seven_bit import seven_bit
from validator.encoding.suggest import readings
from validator.encoding.utf16 import Wide
from validator.model import Flaw
from validator.text.lines import Window

from .encodings_peers import peers
from .encodings_samples import LENGTHS, Sample, damaged, legacy, pasted
from .texts_encodings import TEXTS
from .texts_held_out import HELD_OUT

RIGHT, WRONG, UNDECIDED = "right", "wrong", "undecided"
JUDGEMENTS: Final = (RIGHT, WRONG, UNDECIDED)


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
    window = Window(sample.data)
    if sample.seven_bit:
        shifted = seven_bit(window, [window])
        return _judge_answer(shifted.codec if shifted else None, sample)
    found = list(flaws([window]))
    if sample.at >= 0:
        return RIGHT if any(_names(flaw, sample.at) for flaw in found) else WRONG
    if len(found) != 1:
        return UNDECIDED if all(isinstance(flaw, BadSequence) for flaw in found) else WRONG
    return _judge_flaw(found[0], sample)


def called_damaged(sample: Sample) -> bool:
    """Whether the document is taken for a UTF-8 file with damage, in more than one place."""
    found = list(flaws([Window(sample.data)]))
    return len(found) > 1 and isinstance(found[0], BadSequence)


def _judge_flaw(flaw: Flaw, sample: Sample) -> str:
    if isinstance(flaw, Wide):
        codec = flaw.encoding.replace("LE", "-le").replace("BE", "-be")
        return _judge_answer(codec, sample)
    if isinstance(flaw, Legacy):
        return _judge_answer(flaw.advice.codecs[0] if flaw.advice else None, sample)
    if isinstance(flaw, BadSequence) and len(flaw.bytes) == 1:
        agreed = readings(flaw.context.data, flaw.context.at, flaw.letters).agreed
        before, after = sample.data[: flaw.start], sample.data[flaw.start + 1 :]
        mended = before + agreed.encode() + after
        return UNDECIDED if not agreed else RIGHT if mended == sample.text.encode() else WRONG
    return UNDECIDED


def _judge_answer(codec: str | None, sample: Sample) -> str:
    if not codec:
        return UNDECIDED
    try:
        text = sample.data.decode(codec)
    except (UnicodeError, LookupError):
        return WRONG
    return RIGHT if text == sample.text else WRONG


def _names(flaw: Flaw, at: int) -> bool:
    """Whether the flaw is damage that touches the character that the byte `at` was part of."""
    return isinstance(flaw, BadSequence) and flaw.start - 3 <= at < flaw.start + len(flaw.bytes) + 3


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


def compared(title: str, samples: Sequence[Sample], row: Callable[[Sample], object]) -> str:
    """Right / wrong / undecided of each program, a row for what `row` makes of the samples."""
    judged = {"seed-validator": [judge(sample) for sample in samples]}
    for name, ask in peers()[0].items():
        answers = ask([sample.data for sample in samples])
        judged[name] = [_judge_answer(*pair) for pair in zip(answers, samples, strict=True)]
    rows = [*dict.fromkeys(map(row, samples)), "all"]
    lines = [f"{title:24}" + "".join(f"{name:>28}" for name in judged)]
    for one in rows:
        own = [at for at, sample in enumerate(samples) if one in (row(sample), "all")]
        cells = (Counter(found[at] for at in own) for found in judged.values())
        lines.append(f"{one!s:24}" + "".join(_cell(count) for count in cells))
    return "\n".join(lines) + "\n"


def _cell(count: Counter[str]) -> str:
    numbers = "/".join(str(count[one]) for one in JUDGEMENTS)
    return f"{numbers:>20}{count[RIGHT] / count.total():8.1%}"


def _by_length(sample: Sample) -> str:
    return f"{sample.length} bytes"


def _by_encoding(sample: Sample) -> str:
    return sample.encoding


def _by_language(sample: Sample) -> str:
    return sample.language


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.encodings", description=__doc__)
    parser.add_argument("--brief", action="store_true", help="by length only")
    options = parser.parse_args()
    for name in peers()[1]:
        print(f"{name} is not there: it is left out")
    print("right/wrong/undecided, and the share that is right\n")
    for title, texts in (("held out", HELD_OUT), ("counted", TEXTS)):
        samples = list(legacy(texts=texts))
        print(compared(f"{title}, by length", samples, _by_length))
        if not options.brief:
            print(compared(f"{title}, by encoding", samples, _by_encoding))
            print(compared(f"{title}, by language", samples, _by_language))
    hurt = list(damaged())
    print(table("damaged, by length", tally(hurt, _by_length)))
    if not options.brief:
        print(table("damaged, by language", tally(hurt, _by_language)))
        print(table("pasted, by encoding", tally(pasted(), _by_encoding, judge_reading)))
    others = [sample for sample in legacy(LENGTHS) if not sample.seven_bit]
    for words, wide in (("a legacy encoding", False), ("UTF-16 or UTF-32", True)):
        own = [sample for sample in others if sample.wide == wide]
        mistaken = sum(map(called_damaged, own))
        print(f"in {words}, but called UTF-8 with damage: {mistaken} of {len(own)}")


if __name__ == "__main__":
    main()

"""How often files that are not UTF-8 are told right, on texts of ours: bars, not single cases.

`python -m benchmarks.encodings` prints the whole tables, beside other programs.
"""

from __future__ import annotations

from collections.abc import Callable

import chardet
import pytest

from benchmarks.encodings import RIGHT, WRONG, called_damaged, judge, judge_reading
from benchmarks.encodings_samples import LENGTHS, Sample, damaged, legacy, pasted
from benchmarks.texts_encodings import ENCODINGS, TEXTS, written
from benchmarks.texts_held_out import HELD_OUT
from validator.encoding import damage
from validator.encoding.utf16 import wide
from validator.text.lines import Window

Judge = Callable[[Sample], bool]


def share(samples: list[Sample], judged: Judge) -> float:
    """Of how many samples the judgement holds, 0 to 1."""
    assert samples
    return sum(map(judged, samples)) / len(samples)


def is_right(sample: Sample) -> bool:
    """What is said of it is true."""
    return judge(sample) == RIGHT


def is_wrong(sample: Sample) -> bool:
    """What is said of it is not true."""
    return judge(sample) == WRONG


def chardet_is_right(sample: Sample) -> bool:
    """The document is its text under the encoding that chardet names."""
    try:
        return sample.data.decode(str(chardet.detect(sample.data)["encoding"])) == sample.text
    except (LookupError, UnicodeError):
        return False


def test_damaged_files_are_called_damaged() -> None:
    assert share(list(damaged()), is_right) >= 0.98


@pytest.mark.parametrize("length", LENGTHS)
def test_the_longer_a_damaged_file_the_surer(length: int) -> None:
    bar = {20: 0.96, 40: 0.98}.get(length, 1.0)
    assert share(list(damaged([length])), is_right) >= bar


def test_legacy_files_are_hardly_ever_called_damaged() -> None:
    files = [sample for sample in legacy() if not sample.wide and not sample.seven_bit]
    assert len(files) >= 2800
    assert share(files, called_damaged) <= 0.005


@pytest.mark.parametrize(
    ("length", "bar", "most"), [(20, 0.89, 0.06), (40, 0.96, 0.03), (80, 0.98, 0.02)]
)
def test_encodings_are_named(length: int, bar: float, most: float) -> None:
    files = [sample for sample in legacy([length], 2, HELD_OUT) if not sample.wide]
    assert share(files, is_right) >= bar
    assert share(files, is_wrong) <= most


@pytest.mark.parametrize("length", LENGTHS)
def test_no_worse_than_chardet_alone(length: int) -> None:
    files = [sample for sample in legacy([length], 2, HELD_OUT) if not sample.wide]
    assert len(files) >= 150
    assert share(files, is_right) >= share(files, chardet_is_right)


def test_utf16_without_a_mark_is_recognised() -> None:
    files = [sample for sample in legacy([40, 160], 2) if sample.wide]
    assert share(files, is_right) >= 0.99


def test_no_legacy_file_is_taken_for_utf16() -> None:
    assert not any(wide(sample.data) for sample in legacy(starts=2) if not sample.wide)


def test_a_stray_nul_makes_no_utf16() -> None:
    files = [sample for sample in legacy([40, 160], 2) if not sample.wide]
    taken = [wide(sample.data[:7] + b"\0" + sample.data[7:]) for sample in files]
    assert sum(found is not None for found in taken) <= len(files) / 100


def test_the_suggested_character_is_the_one_that_was_meant() -> None:
    """Macintosh and DOS bytes read well as other characters of Windows; hence the fix is unsafe."""
    samples = [one for one in pasted() if one.encoding not in {"mac-roman", "cp850"}]
    assert share(samples, lambda sample: judge_reading(sample) == RIGHT) >= 0.9
    assert share(samples, lambda sample: judge_reading(sample) == WRONG) <= 0.02


@pytest.mark.parametrize("kept", [1, 5])
def test_counts_do_not_depend_on_what_is_remembered(
    kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = [*legacy([80, 320], 1), *damaged([80, 320], 2)]

    def counts() -> list[tuple[int, int, int]]:
        found = [next(damage.flaws([Window(sample.data)]), None) for sample in samples]
        return [
            (flaw.valid, flaw.rows if isinstance(flaw, damage.Legacy) else 0, flaw.invalid)
            for flaw in found
            if isinstance(flaw, damage.Legacy | damage.BadSequence)
        ]

    before = counts()
    monkeypatch.setattr(damage, "KEPT", kept)
    for one, other in zip(before, counts(), strict=True):
        assert one[:2] == other[:2]
        assert one[2] <= other[2] <= one[2] * 1.2 + 2  # overlong forms are counted byte by byte


def test_the_texts_survive_their_encodings() -> None:
    assert len(ENCODINGS) >= 40
    assert len(TEXTS) >= 30
    for encoding, languages in ENCODINGS.items():
        for texts in (TEXTS, HELD_OUT):
            for language in (one for one in languages if one in texts):
                text = written(texts[language], encoding)
                assert text.encode(encoding).decode(encoding) == text

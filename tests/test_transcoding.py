"""How often files that are not UTF-8 are told right, on texts of ours: bars, not single cases.

`python -m benchmarks.encodings` prints the whole tables.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.encodings import (
    LENGTHS,
    RIGHT,
    WRONG,
    Sample,
    called_damaged,
    damaged,
    judge,
    judge_reading,
    legacy,
    pasted,
)
from benchmarks.texts_encodings import ENCODINGS, TEXTS
from validator.encoding import damage, detect
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


@pytest.fixture
def no_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the costly question that comes after the decision."""
    monkeypatch.setattr(damage, "advise", lambda windows: None)


@pytest.mark.usefixtures("no_advice")
def test_damaged_files_are_called_damaged() -> None:
    assert share(list(damaged()), is_right) >= 0.88


@pytest.mark.usefixtures("no_advice")
@pytest.mark.parametrize("length", LENGTHS)
def test_the_longer_a_damaged_file_the_surer(length: int) -> None:
    bar = {20: 0.8, 40: 0.95}.get(length, 1.0)
    assert share(list(damaged([length])), is_right) >= bar


@pytest.mark.usefixtures("no_advice")
def test_legacy_files_are_hardly_ever_called_damaged() -> None:
    files = [sample for sample in legacy() if not sample.wide]
    assert len(files) >= 1300
    assert share(files, called_damaged) <= 1 / 1300


def test_legacy_files_are_named() -> None:
    files = [sample for sample in legacy([40, 160], 2) if not sample.wide]
    assert share(files, is_right) >= 0.93


def test_utf16_without_a_mark_is_recognised() -> None:
    alphabets = [
        sample
        for sample in legacy([80], 4)
        if sample.wide and max(sample.text) < "\u0e00"  # before Thai, kana and ideographs
    ]
    assert share(alphabets, is_right) >= 0.99


def test_a_stray_nul_makes_no_utf16() -> None:
    files = [sample for sample in legacy([40, 160], 4) if not sample.wide]
    taken = [wide(sample.data[:7] + b"\0" + sample.data[7:]) for sample in files]
    assert sum(found is not None for found in taken) <= len(files) / 100


def test_the_suggested_character_is_the_one_that_was_meant() -> None:
    """Macintosh and DOS bytes read well as other characters of Windows; hence the fix is unsafe."""
    samples = [one for one in pasted() if one.encoding not in {"mac-roman", "cp850"}]
    assert share(samples, lambda sample: judge_reading(sample) == RIGHT) >= 0.9
    assert share(samples, lambda sample: judge_reading(sample) == WRONG) <= 0.02


@pytest.mark.usefixtures("no_advice")
@pytest.mark.parametrize("kept", [1, 5])
def test_counts_do_not_depend_on_what_is_remembered(
    kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = [*legacy([80, 320], 3), *damaged([80, 320], 3)]

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
    assert len(ENCODINGS) >= 30
    for encoding, languages in ENCODINGS.items():
        for language in languages:
            text = TEXTS[language]
            assert text.encode(encoding).decode(encoding) == text


def test_what_chardet_gets_wrong_is_never_asked() -> None:
    """ASCII that it takes for UTF-7, another encoding or a picture, beside one line that is not."""
    lines = b"BMW is +AAA-\n# Notes on coding: koi8-r\n" + b"+A" * 1000 + b"\n\x0c\n"
    text = TEXTS["German"].encode("cp1252")
    window = Window(lines + text + b"\n" + lines)
    assert detect.sample([window]) == text + b"\n"
    found = detect.advise([window])
    assert found is not None
    assert found.codecs[0] == "cp1252"


def test_an_answer_counts_only_if_the_whole_file_decodes() -> None:
    text = TEXTS["Japanese"].encode("shift_jis") + b"\n"
    assert detect.advise([Window(text)]) is not None
    broken = text * 300 + b"\x81\n" * 3
    assert detect.advise([Window(broken)]) is None


def test_no_bytes_make_the_adviser_fail() -> None:
    for data in (
        b"",
        b"\xff",
        b"\x00\xff",
        bytes(range(256)),
        b"\xff\xd8\xff\xe0",
        b"\xfe" * 70_000,
    ):
        detect.advise([Window(data)])

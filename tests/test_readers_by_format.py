"""Readers of mails, treebanks, archives and tagged text: each question is found where it is asked.

And the proof of `python -m tests.readers` in small, with the readers that are always there.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from validator import check_bytes, load_profile
from validator.delimiters.searches import FORMATS as SOUGHT
from validator.delimiters.searches import searches_of
from validator.readers.options import READERS
from validator.readers.questions import QUESTIONS
from validator.readers.roll import names, reader_named

from .readers.adapters import read_mailbox
from .readers.adapters_by_format import read_email
from .readers.canonical import Outcome, canonical
from .readers.format import Format
from .readers.formats import FORMATS
from .readers.proof import comparable, passing, under

PROVED = {form.name: form for form in FORMATS}
THERE = {"mailbox": read_mailbox, "email": read_email}
"""The readers that a development install has."""


def test_every_format_with_questions_has_searches_a_profile_and_a_proof() -> None:
    for form in SOUGHT:
        asked = {one.name for one in QUESTIONS.values() if one.format == form}
        assert asked == {*searches_of(form)}
        default = load_profile(PROVED[form].profile).settings[READERS]
        assert all(form in reader_named(name).formats for name in default)


@pytest.mark.parametrize("name", [one.name for one in QUESTIONS.values() if one.format in SOUGHT])
def test_a_question_is_found_in_its_example(name: str) -> None:
    one = QUESTIONS[name]
    form = PROVED[one.format]
    readers = [reader for reader in names() if one.format in reader_named(reader).formats]
    profile = under(load_profile(form.profile), readers)
    found = check_bytes(one.example, profile, name=f"a{form.suffix}")
    assert name in {finding.data.get("question") for finding in found}
    alone = under(profile, [next(n for n in readers if not reader_named(n).answer(name, ""))])
    found = check_bytes(one.example, alone, name=f"a{form.suffix}")
    assert name not in {finding.data.get("question") for finding in found}


@pytest.mark.parametrize("reader", THERE)
@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_what_passes_is_read_as_we_read_it(form: Format, reader: str, tmp_path: Path) -> None:
    if form.name not in reader_named(reader).formats:
        return
    paths = [tmp_path / f"{number}{form.suffix}" for number in range(200)]
    for number, path in enumerate(paths):
        path.write_bytes(form.make(random.Random(f"small {number}")))
    for own in ((), (reader,)):
        profile = under(load_profile(form.profile), own)
        good = passing(paths, tmp_path, profile)
        assert len(good) > 30
        for path in good:
            read = comparable(Outcome(canonical(THERE[reader](str(path)))))
            ours = comparable(Outcome(form.ours(path.read_bytes(), profile)))
            assert read == ours, path.read_bytes()


@pytest.mark.parametrize(
    ("first", "last", "is_odd"),
    [("9" * 5000, "1" + "0" * 5000, False), ("1" + "0" * 5000, "9" * 5000, True), ("2", "1", True)],
)
def test_a_range_may_have_any_number_of_digits(first: str, last: str, is_odd: bool) -> None:
    """`int` of Python refuses more than 4,300."""
    rows = ("1", f"{first}-{last}")
    text = "".join(f"{row}\ta\ta\tX\t_\t_\t_\t_\t_\t_\n" for row in rows)
    found = check_bytes(f"{text}\n".encode(), load_profile("conllu-sentences"), name="a.conllu")
    assert "FIL005" not in {one.code for one in found}
    assert any(one.code == "BOD064" and one.location.row == 2 for one in found) is is_odd

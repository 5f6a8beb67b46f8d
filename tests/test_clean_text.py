"""Clean prose of many languages gives not one finding: the measure of every rule about characters.

The texts in `fixtures/languages/<code>.txt` were written for this test, each with the typography
that its language is printed with: spaces before French marks, joiners in Persian and Malayalam,
spaces without width in Thai, direction marks in Hebrew, flags and families in emoji.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from validator import check_paths, load_profile
from validator.check.plan import Bound
from validator.check.screens import screens
from validator.profile.selection import enabled_rules

from .support import FIXTURES

TEXTS = sorted((FIXTURES / "languages").glob("*.txt"))

# Marks that do not compose, so that what may be unnormalized must be looked at: a stress mark, the
# tones of Yoruba, phonetic ties. And what is rare beside what the screen knows to be clean.
LOOKED_AT = {"ar", "emoji", "fa", "he", "ipa", "ja", "ml", "mn-mong", "ru", "science", "yo"}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_clean_prose_is_silent(path: Path) -> None:
    found = list(check_paths([str(path)], load_profile("text")).diagnostics())
    assert not found, [f"{one.location.row}: {one.code} {one.message}" for one in found]


def test_there_are_many_languages() -> None:
    assert len(TEXTS) >= 50


def test_clean_prose_is_seldom_looked_at_twice() -> None:
    profile = load_profile("text")
    bound = Bound("text", profile.settings, enabled_rules([profile.selection]))
    suspects = {path.stem for path in TEXTS if screens(bound).suspicious(path.read_bytes())}
    assert suspects <= LOOKED_AT

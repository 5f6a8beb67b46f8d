"""The rules about characters under each value of their options, and against the Unicode data."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.rules.catalog import catalog
from validator.rules.rule import Example, Local, Rule
from validator.settings.options import Settings
from validator.text.lines import Window
from validator.text.screen.screen import Beyond, Screen

from .support import check_example, codes, profile, run_cli
from .test_laws import windows_of

# One or two characters of each kind that a rule tells apart, and of each that it must not.
ALPHABET = (
    "ab Z\n\r\t#->*.1é×µμΩΟνДте\u0301\u0323\u0340\u034f\u037e\u0387אבּ\u061cعمی٣\u200b\u200c\u200d"
    "\u200e\u200f\u2028\u2029\u202a\u202c\u202e\u2066\u2069\u2060\u206a\u00a0\u00ad\u0085\u009b\u0092"
    "\u2003\u202f\u3000\u1680ไทမខ\u17b4\u180b\u180e\u1820\u1161\u11a8\u1112한\u3164\u115f\uffa0\uffa1"
    "か\u3099漢、，ＡｂＣ１\ufb01\ufe0f\ufe01\ufeff\ufffd\ufffe\ufdd0\ufff9\ue000\uf8ff\U000f0000\U0010ffff"
    "\U0001ffff\U000e0067\U000e007f\U0001f3f4\U000e0100\U000e0001\U0001f469\U0001f3fd❤\U0001d5d5"
    "\U0001d465क\u094d\u093c\u09dc\u2126\u1f71\u212b[m;]\x1b\x07\\u"
)
BROKEN = (b"\xff", b"\xe2\x80", b"\xf0\x9f", b"\xc2", b"\x80", b"\xe0\xa4", b"\xd8")


def variants() -> Iterator[tuple[Rule, Local, Settings]]:
    """Each local rule under each combination of the words of its options, where it is on duty."""
    for rule in catalog().rules.values():
        if rule.family != "TXT" or not isinstance(rule.check, Local):
            continue
        choices = [option for option in rule.options if "enum" in option.schema]
        words = [[(one.key, word) for word in _words(one.schema["enum"])] for one in choices]
        for values in itertools.product(*words):
            chosen = Settings(dict(values))
            if list(rule.check.clues(chosen)):
                yield rule, rule.check, chosen


def _words(enum: object) -> list[str]:
    assert isinstance(enum, list)
    return enum


VARIANTS = list(variants())
NAMES = [" ".join((rule.name, *map(str, chosen.values.values()))) for rule, _, chosen in VARIANTS]


@pytest.mark.parametrize("variant", VARIANTS, ids=NAMES)
@given(
    characters=st.lists(st.sampled_from(ALPHABET), max_size=14),
    broken=st.sampled_from((b"", b"", b"", *BROKEN)),
    size=st.integers(1, 20),
)
@settings(max_examples=100)
def test_laws_hold_under_every_option(
    variant: tuple[Rule, Local, Settings], characters: list[str], broken: bytes, size: int
) -> None:
    _, check, chosen = variant
    half = len(characters) // 2
    text = "".join(characters[:half]).encode() + broken + "".join(characters[half:]).encode()
    found = [(hit.start, hit.end) for hit in check.diagnose(Window(text), chosen)]
    if found:
        assert Screen(check.clues(chosen))(text)
    parts = [
        (hit.start + window.offset, hit.end + window.offset)
        for window in windows_of(text, size)
        for hit in check.diagnose(window, chosen)
    ]
    assert parts == found


@pytest.mark.parametrize(
    ("key", "value", "text", "code"),
    [
        ("spaces", "plain", "10\u00a0000", "TXT106"),
        ("spaces", "plain", "漢\u3000字", "TXT106"),
        ("spaces", "any", "#\u00a0x", ""),
        ("bidi-controls", "forbid", "\u2067שלום\u2069", "TXT202"),
        ("bidi-controls", "allow", "\u202egpj", ""),
        ("direction-marks", "forbid", "ש\u200e", "TXT203"),
        ("direction-marks", "allow", "a\u200e", ""),
        ("variation-selectors", "forbid", "❤\ufe0f", "TXT205"),
        ("variation-selectors", "allow", "a\ufe0f", ""),
        ("invisible", "forbid", "ไ\u200bท", "TXT206"),
        ("invisible", "allow", "a\u200bb", ""),
        ("joiners", "forbid", "می\u200cرود", "TXT207"),
        ("joiners", "allow", "a\u200cb", ""),
        ("normalization", "nfc", "\u09dc", "TXT505"),
        ("normalization", "any", "e\u0301", ""),
        ("compatibility", ["fullwidth"], "ﬁ", ""),
        ("compatibility", ["ligatures"], "ﬁ", "TXT507"),
        ("allow-mixed-words", ["PаyPal"], "PаyPal", ""),
        ("allow-characters", ["U+E000-U+F8FF", "U+200B"], "\ue001 a\u200bb \uf8ff", ""),
        ("allow-characters", ["U+E000"], "\ue000\ue001", "TXT503"),
        ("allow-characters", "U+2028", "a\u2028b", ""),
        ("allow-controls", [0x1B], "\x1b[1m", ""),
        ("more-special-tokens", ["</s>"], "end</s>", "TXT301"),
        ("max-line", 3, "äöü\näöüx", "TXT104"),
        ("max-line", 3, "äöü\r\näöü\räöü", ""),
    ],
)
def test_what_a_profile_allows(
    key: str, value: object, text: str, code: str, tmp_path: Path
) -> None:
    tables: dict[str, dict[str, object]] = {
        "text": {key: value},
        "encoding": {"newline": "any"},
    }
    found = check_example(tmp_path, Example({"a.txt": f"{text}\n".encode()}, tables))
    assert set(codes(found)) == ({code} if code else set())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("allow-characters", ["200B"]),
        ("allow-characters", ["U+F8FF-U+E000"]),
        ("allow-characters", [8203]),
        ("allow-characters", ["U+110000"]),
        ("max-line", -1),
        ("max-line", True),
        ("compatibility", ["ligature"]),
        ("joiners", "by-word"),
    ],
)
def test_what_a_profile_may_not_say(key: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"^must be "):
        profile({"text": {key: value}})


COMPOSED_SCRIPTS = ("LATIN ", "GREEK ", "CYRILLIC ", "HIRAGANA ", "KATAKANA ", "HANGUL SYLLABLE ")


def test_every_decomposed_letter_is_unnormalized() -> None:
    """The tables of the rule against the data of Python: for each letter that NFC composes."""
    check = catalog().find("unnormalized-text").check
    assert isinstance(check, Local)
    judged = 0
    for code in range(0x80, 0x30000):
        letter = chr(code)
        decomposed = unicodedata.normalize("NFD", letter)
        if decomposed == letter or not unicodedata.name(letter, "").startswith(COMPOSED_SCRIPTS):
            continue
        judged += 1
        composed = unicodedata.normalize("NFC", letter)
        for written in {decomposed, letter} - {composed}:
            data = f"a{written}b c".encode()
            assert list(check.diagnose(Window(data), Settings({}))), f"U+{code:04X}"
            assert Screen(check.clues(Settings({})))(data)
        assert not list(check.diagnose(Window(f"a{composed}b".encode()), Settings({})))
    assert judged > 11_172  # all of Hangul, and the alphabets


def test_tails_are_found_whatever_they_begin_with() -> None:
    """A guard may only be made of what a tail must begin with."""
    screen = Screen(
        [
            Beyond(b"\xe2\x80", rb"\x93|\x94a"),
            Beyond(b"\xe2\x80", rb"[\xa0]?\xa1"),
            Beyond(b"\xe2\x80", rb"(?:\xa2|\xa3)"),
            Beyond(b"\xe2\x81", rb"[\x80-\x82](?<=a\xe2\x81.)"),
            Beyond(b"\xe2\x81", rb"\x90"),
        ]
    )
    for text in ("\u2013", "\u2014a", "\u2021", "\u2022", "\u2023", "a\u2041", "\u2050"):
        assert screen(text.encode()), text
        assert screen(("\u2015\u2051" * 40 + text).encode()), text
    for text in ("\u2014b", "\u2024", "b\u2041", "\u2051", "\u2015" * 40):
        assert not screen(text.encode()), text


def test_prose_is_checked_by_name_and_seeds_as_seeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_bytes(b"Title\r\n\r\nText.\r\n")
    (tmp_path / "000_5d41402abc4b2a76.txt").write_bytes(b"Title\n\nText.")
    _, out, _ = run_cli(".", isolated=True, output_format="concise", quiet=True)
    assert out == ("000_5d41402abc4b2a76.txt:2:1: TXT102 a blank line, which the profile forbids\n")

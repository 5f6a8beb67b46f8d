"""Mojibake: what was misread comes back to the character, and what was not stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.texts import LANGUAGES, TRICKY, dressed
from validator.encoding.mojibake.clues import CLUES, suspect
from validator.encoding.mojibake.codec_tables import CODECS, WHOLE_LINE, misread, to_bytes
from validator.encoding.mojibake.oddity import oddity
from validator.encoding.mojibake.repair import Repair, repair, undo
from validator.model import Hit, apply_edits
from validator.rules.rule import Local
from validator.rules.text import mojibake
from validator.settings.options import Settings
from validator.text.lines import Window
from validator.text.screen.screen import Screen

screen = Screen(CLUES)
CLEAN = [line for language in LANGUAGES for line in dressed(language)]
NAMES = [*CODECS, *WHOLE_LINE]


def again(text: str, *names: str) -> str:
    """`text`, misread in one encoding after the other."""
    for name in names:
        text = misread(text, name)
    return text


def found(line: str) -> Repair:
    """The repair of a line that has one."""
    repaired = repair(line)
    assert repaired is not None, line
    return repaired


def hits(text: str) -> list[Hit]:
    """What the rule says of a text."""
    return list(mojibake.diagnose(Window(text.encode()), Settings({})))


@pytest.mark.parametrize("line", [*CLEAN, *TRICKY])
def test_clean_lines_are_left_alone(line: str) -> None:
    assert repair(line) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_clean_prose_is_not_even_suspect(language: str) -> None:
    assert not screen("\n".join(dressed(language)).encode())


# Percent of lines that must be found, screen included, and restored to the character.
BARS = {"windows-1252": 99, "latin-1": 99, "windows-1251": 95, "MacRoman": 95, "windows-1250": 95}


@pytest.mark.parametrize("name", BARS)
def test_misread_lines_come_back(name: str) -> None:
    lines = [line for line in CLEAN if not line.isascii()]
    back = 0
    for line in lines:
        damaged = misread(line, name)
        repaired = repair(damaged)
        back += repaired is not None and repaired.original == line and screen(damaged.encode())
    assert back >= BARS[name] / 100 * len(lines)


@pytest.mark.parametrize(
    ("damaged", "original", "codec"),
    [
        ("cafÃ©", "café", "windows-1252"),
        ("donâ€™t", "don’t", "windows-1252"),
        ("Ãœbermut", "Übermut", "windows-1252"),
        ("Ã–ffne", "Öffne", "windows-1252"),
        ("25 Â°C", "25 °C", "windows-1252"),
        ("ÅŸehir", "şehir", "windows-1252"),
        ("ðŸ˜€", "😀", "windows-1252"),
        ("â†’ next", "→ next", "windows-1252"),
        ("3 Ã— 4", "3 × 4", "windows-1252"),
        ("Ã¼\x84", "ü\x84", "windows-1252"),
        ("\xc3\x9cber", "Über", "latin-1"),
        ("MГјller", "Müller", "windows-1251"),
        ("donвЂ™t", "don’t", "windows-1251"),
        ("Рё РѕРЅ", "и он", "windows-1251"),
        ("caf√©", "café", "MacRoman"),
        ("don‚Äôt", "don’t", "MacRoman"),
        ("r√∂d", "röd", "MacRoman"),
        ("pi√π", "più", "MacRoman"),
        ("cafĂ©", "café", "windows-1250"),
        ("╨┤╨╛╨╝", "дом", "cp866"),
        ("п╢п╬п╪", "дом", "koi8-r"),
        ("na├»ve", "naïve", "cp437"),
    ],
)
def test_one_word(damaged: str, original: str, codec: str) -> None:
    repaired = found(damaged)
    assert (repaired.original, repaired.codecs) == (original, (codec,))
    assert repaired.exact
    assert suspect().search(damaged.encode())


@pytest.mark.parametrize("name", CODECS)
@pytest.mark.parametrize("depth", [2, 3, 4])
def test_depth(name: str, depth: int) -> None:
    line = "Voilà l’été, “naïve” – déjà vu"
    repaired = found(again(line, *[name] * depth))
    assert repaired.original == line
    assert len(repaired.codecs) == depth


def test_two_encodings_one_after_the_other() -> None:
    repaired = found(again("crème brûlée", "windows-1252", "MacRoman"))
    assert repaired.original == "crème brûlée"
    assert repaired.codecs == ("MacRoman", "windows-1252")


@pytest.mark.parametrize("name", CODECS)
def test_the_clean_part_of_a_line_is_not_touched(name: str) -> None:
    clean = "« liberté », “CAFÉ”, naïveté… "
    repaired = found(clean + misread("été à la forêt", name))
    assert repaired.original == clean + "été à la forêt"


@pytest.mark.parametrize("name", WHOLE_LINE)
def test_some_encodings_count_only_for_whole_lines(name: str) -> None:
    assert found(misread("Снег идёт", name)).original == "Снег идёт"
    assert repair("идёт снег " + misread("Снег идёт", name)) is None


@pytest.mark.parametrize(
    ("damaged", "original"),
    [
        ("voilÃ  que", "voilà  que"),
        ("l'Ã©tÃ© Ã  Lyon", "l'été à  Lyon"),
        ("prixÂ : 5", "prix\xa0 : 5"),
        ("he said â€œnoâ€ twice", "he said “no” twice"),
    ],
)
def test_what_lost_a_byte_is_inferred_and_says_so(damaged: str, original: str) -> None:
    repaired = found(damaged)
    assert repaired.original.replace(" ", "") == original.replace(" ", "")
    assert not repaired.exact
    assert [hit.fix for hit in hits(damaged)] == [None]


BEYOND_ASCII = st.text(st.characters(min_codepoint=0x80, exclude_categories=["Cs"]))


@given(BEYOND_ASCII, st.sampled_from(NAMES))
def test_every_misreading_has_one_way_back(text: str, name: str) -> None:
    back = bytes(to_bytes(name)[character] for character in misread(text, name))
    assert back.decode() == text


@given(st.lists(BEYOND_ASCII | st.sampled_from(CLEAN)), st.sampled_from(NAMES))
def test_misreading_a_proposal_gives_what_stands_there(parts: list[str], name: str) -> None:
    line = " ".join([*parts, *(misread(part, name) for part in parts)])
    for codec, runs in filter(None, [undo(line)]):
        for run in runs:
            assert run.lost or misread(run.original, codec) == line[run.start : run.end]


@pytest.mark.parametrize("name", CODECS)
def test_the_fix_writes_what_was_meant_and_only_that(name: str) -> None:
    text = (
        "Title\nclean déjà\n" + misread("l’été", name) + " clean é " + misread("forêt", name) + "\n"
    )
    said = hits(text)
    assert len(said) == 1
    edits = [edit for hit in said if hit.fix for edit in hit.fix.edits]
    assert len(edits) == 2
    assert apply_edits(text.encode(), edits).decode() == "Title\nclean déjà\nl’été clean é forêt\n"


def test_a_line_is_one_finding_with_its_depth_and_codec() -> None:
    (hit,) = hits(again("Crème brûlée à l’été", "windows-1252", "windows-1252"))
    assert "read as windows-1252 (twice)" in hit.message
    assert hit.message.endswith("3 more words of this line")
    assert hit.data == {
        "codecs": ["windows-1252", "windows-1252"],
        "depth": 2,
        "original": "Crème",
        "words": 4,
    }


@pytest.mark.parametrize(("text", "odd"), [("é”à", 1), (" ”à", 0), ("é” ", 0)])
def test_a_quotation_mark_is_odd_between_two_letters(text: str, odd: int) -> None:
    assert oddity(text) == odd


def test_the_last_character_is_no_neighbour_of_the_first() -> None:
    assert oddity("\u201a\xac") == 1
    assert oddity("\xac \u201a") == 0


def test_hostile_characters_are_spelled_out() -> None:
    (hit,) = hits("x" * 100 + misread("é\u202eé", "latin-1"))
    assert "<U+202E>" in hit.message
    assert hit.message.isprintable()
    assert len(hit.message) < 200


def test_bytes_that_are_not_utf8_keep_their_place() -> None:
    data = b"\xff " + "cafÃ©".encode() + b" \xfe\n"
    (hit,) = mojibake.diagnose(Window(data), Settings({}))
    assert hit.fix
    assert apply_edits(data, hit.fix.edits) == b"\xff " + "café".encode() + b" \xfe\n"


def test_allowed() -> None:
    check = mojibake.rule.check
    assert isinstance(check, Local)
    assert not check.clues(Settings({"text.mojibake": "allow"}))

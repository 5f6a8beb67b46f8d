"""The profile `tldr`: a sound page passes, and each check of docs/parity.md is made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator import check_bytes, check_paths, load_profile

from .support import write

PAGE = """\
# make-tea

> Make tea, from the command line.
> See also: `coffee`.
> More information: <https://example.org/tea>.

- Make a cup:

`make-tea --cup {{name}}`

- Write the recipe to `stdout`:

`make-tea --recipe`
"""


def said(text: str, name: str = "make-tea.md") -> list[tuple[int, str, str]]:
    """Row, rule and message of each finding."""
    found = check_bytes(text.encode(), load_profile("tldr"), name=name)
    return [(one.location.row, one.name, one.message) for one in found]


def test_a_sound_page_passes() -> None:
    assert said(PAGE) == []


EXAMPLE = "\n- Make it again:\n\n`make-tea`\n"
CASES = [
    ("# make", "\n# make", 1, "broken-content-model", "a blank line too many"),
    ("# make", "#  make", 1, "unfit-line", "one blank after `#`"),
    ("> Make", ">Make", 3, "unfit-line", "one blank after `>`"),
    ("- Make", "-  Make", 7, "unfit-line", "one blank after `-`"),
    ("> Make", "> make", 3, "unfit-line", "capital letter"),
    ("line.", "line", 3, "unfit-line", "full stop"),
    ("tea>.", "tea>", 5, "unfit-line", "full stop"),
    ("cup:", "cup", 7, "unfit-line", "colon"),
    ("# make-tea\n", "# make-tea", 2, "broken-content-model", "expected a blank line"),
    ("cup:\n", "cup:", 8, "broken-content-model", "expected a blank line"),
    ("recipe`\n", "recipe`\n\n", 14, "broken-content-model", "too many"),
    ("recipe`\n", "recipe`", 13, "final-newline", ""),
    ("cup:\n", "cup:\n\n", 9, "broken-content-model", "too many"),
    ("a cup", "a\tcup", 7, "tab-character", "a tab"),
    ("# make-tea", "# make&tea", 1, "unfit-line", "may not have"),
    ("# make-tea", "# make-tea.", 1, "unfit-line", "full stop"),
    ("cup:", "cup: ", 7, "trailing-blanks", "at the end"),
    ("- Make", "- make", 7, "unfit-line", "capital letter"),
    ("More inf", "More Inf", 5, "unfit-line", "More information: "),
    ("<https://example.org/tea>", "https://example.org/tea", 5, "unfit-line", "angle brackets"),
    (
        "> More information: <https://example.org/tea>.\n",
        "> More information: <https://example.org/tea>.\n" * 2,
        5,
        "forbidden-text",
        "not the last line",
    ),
    ("See also: `coffee`", "Coffee, note: hot", 4, "unfit-line", "`Note: `"),
    ("`make-tea --recipe`", "` make-tea --recipe`", 13, "unfit-line", "begins or ends"),
    ("`make-tea --recipe`", "`make-tea --recipe `", 13, "unfit-line", "begins or ends"),
    ("> Make tea", "Make tea", 3, "broken-content-model", "expected a line like"),
    ("- Make a", "Make a", 7, "broken-content-model", "expected a line like"),
    ("--recipe`", "--recipe", 13, "unfit-line", "between two backticks"),
    ("- Make a cup", "- Makes a cup", 7, "unfit-line", "plain form"),
    ("- Make a cup", "- Making a cup", 7, "unfit-line", "plain form"),
    ("{name}}`\n", "{name}}`\n`make-tea`\n", 10, "broken-content-model", ""),
    ("# make", "make", 1, "broken-content-model", "expected a line like `# command`"),
    ("`make-tea --recipe`", "``", 13, "unfit-line", "empty command"),
    ("`stdout`", "stdout", 11, "unfit-line", "standard stream"),
    ("`coffee`", "the regular  expression", 4, "unfit-line", "standard stream"),
    ("`coffee`", "<https://example.org/stdin>", None, "", ""),
    ("> Make tea", "> npm makes tea", None, "", ""),
]


@pytest.mark.parametrize(("old", "new", "row", "rule", "words"), CASES)
def test_one_fault(old: str, new: str, row: int | None, rule: str, words: str) -> None:
    assert old in PAGE
    found = said(PAGE.replace(old, new, 1))
    if row is None:
        assert found == []
        return
    assert (row, rule) in [(at, name) for at, name, _ in found], found
    assert words in next(one for one in found if one[:2] == (row, rule))[2]


def test_eight_examples_are_enough() -> None:
    assert said(PAGE + EXAMPLE * 6) == []
    assert [name for _, name, _ in said(PAGE + EXAMPLE * 7)] == ["wrong-line-count"]


@pytest.mark.parametrize("name", ["make-tea.txt", "make tea.md", "Make-tea.md", "make:tea.md"])
def test_names(name: str) -> None:
    assert [rule for _, rule, _ in said(PAGE, name)][:1] == ["unexpected-name"]


def test_line_ends_of_windows_are_one_finding() -> None:
    assert [rule for _, rule, _ in said(PAGE.replace("\n", "\r\n"))] == ["wrong-newline"]


CHINESE = """\
# make-tea

> 泡茶。
> 更多信息：<https://example.org/tea>.

- 泡一杯茶：

`make-tea --cup {{name}}`
"""


@pytest.mark.parametrize(
    ("folder", "page", "told"),
    [
        ("pages.zh/common", CHINESE, 0),
        ("pages.zh_TW/common", CHINESE, 0),
        ("pages.ja/linux", CHINESE, 1),  # the colon
        ("pages.de/linux", CHINESE, 3),
        ("pages/common", CHINESE, 3),
        ("pages.nl/common", PAGE.replace("- Make", "- Makes"), 0),
        ("pages/common", PAGE.replace("- Make", "- Makes"), 1),
        ("pages.en/common", PAGE.replace("- Make", "- Makes"), 1),
        ("pages.es/common", PAGE.replace("> Make", "> make"), 1),
    ],
)
def test_translations(folder: str, page: str, told: int, tmp_path: Path) -> None:
    """What `scripts/test.sh` of the repository leaves out for a language is not asked of it."""
    write(tmp_path, {f"{folder}/make-tea.md": page.encode()})
    found = list(check_paths([str(tmp_path)], load_profile("tldr")).diagnostics())
    assert len(found) == told, [one.message for one in found]

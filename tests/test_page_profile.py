"""A profile for help pages of commands: what a hand-written checker of such pages would find."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from validator import check_paths
from validator.body.classes import LINES
from validator.body.quick import plain

from .support import profile

BODY = r"""
[lines]
model = "title blank (link | quote)+ (blank bullet blank command)+"

[lines.classes]
title   = { pattern = '# \S.*', form = "# title" }
link    = { pattern = '> More info.*', form = "> More information: <https://...>." }
quote   = { pattern = '> \S.*', form = "> Description." }
bullet  = { pattern = '- \S.*', form = "- What it does:" }
command = { pattern = '`[^`]+`', form = "`command`" }

[[lines.check]]
class = "title"
pattern = '^# [\w\[\]+!.-]+( [\w.+-]+)*$'
message = "the title holds what no name of a command holds"

[[lines.check]]
class = "title"
not-pattern = '\.$'
message = "the title ends in a full stop"

[[lines.check]]
class = "quote"
pattern = '^> (\p{Lu}|npm|\[|`)'
message = "the description does not begin with a capital"

[[lines.check]]
class = "quote"
pattern = '\.$'
message = "the description does not end in a full stop"

[[lines.check]]
class = "quote"
not-pattern = '[,;]$'
message = "the description goes on over the end of the line"
severity = "warning"

[[lines.check]]
class = "quote"
not-pattern = '(?i)https?:'
message = "a link without its label"
help = "write `> More information: <https://example.org>.`"

[[lines.check]]
class = "link"
pattern = '^> More information: <https?:[^ >]+>\.$'
message = "the link is not written as agreed"
help = "write `> More information: <https://example.org>.`"

[[lines.check]]
class = "link"
max = 1
message = "more than one link to more information"

[[lines.check]]
class = "bullet"
max = 8

[[lines.check]]
class = "bullet"
pattern = '^- [\p{Lu}\[]'
message = "the example does not begin with a capital"

[[lines.check]]
class = "bullet"
pattern = ':$'
message = "the example does not end in a colon"

[[lines.check]]
class = "bullet"
not-pattern = '^- [A-Z][a-z]+(ing|ss?es|ches) '
message = "the example does not begin with an imperative"

[[lines.check]]
class = "command"
not-pattern = '^` | `$'
message = "a blank at an end of the command"

[[forbid]]
pattern = '(?i:^> note:)[^ ]|^> (NOTE|note): '
message = "`Note:` is written otherwise"

[[forbid]]
pattern = '(?i)(^|[ (])(stdin|stdout|stderr|regex)\b'
message = "the name of a stream stands outside backticks"
scope = "prose"
"""

PAGE = """# sift

> Find lines in files.
> Note: patterns are those of `sift-patterns`.
> More information: <https://sift.example.org/stdin>.

- Find a word in a [f]ile:

`sift {{word}} {{path/to/file}}`

- Find it in what comes by `stdin`:

`{{command}} | sift {{word}}`
"""

FINDINGS = [
    ("", "\n\n", "", ["BOD010 2 blank lines too many at the start of the body"]),
    ("# sift", "#sift", "", ["BOD010 expected a line like `# title` at the start of the body"]),
    ("# sift", "#  sift", "", ["BOD010 expected a line like `# title` at the start of the body"]),
    ("# sift", "sift", "", ["BOD010 expected a line like `# title` at the start of the body"]),
    ("# sift", "# sift?", "", ["BOD011 the title holds what no name of a command holds"]),
    ("# sift\n", "# sift.\n", "", ["BOD011 the title ends in a full stop"]),
    ("> Find l", "> find l", "", ["BOD011 the description does not begin with a capital"]),
    ("files.", "files", "", ["BOD011 the description does not end in a full stop"]),
    (
        "files.",
        "files,",
        "",
        [
            "BOD011 the description does not end in a full stop",
            "BOD011 the description goes on over the end of the line",
        ],
    ),
    ("ile:", "ile", "", ["BOD011 the example does not end in a colon"]),
    ("- Find a", "- find a", "", ["BOD011 the example does not begin with a capital"]),
    ("- Find a", "- Finding a", "", ["BOD011 the example does not begin with an imperative"]),
    ("- Find a", "-  Find a", "", ["BOD010 expected a line like `- What it does:` after"]),
    ("- Find a", "Find a", "", ["BOD010 expected a line like `- What it does:` after"]),
    ("> Find l", "Find l", "", ["BOD010 expected a line like `> Description.` or"]),
    ("sift\n\n", "sift\n", "", ["BOD010 expected a blank line after `# sift`"]),
    ("ile:\n\n", "ile:\n", "", ["BOD010 expected a blank line after `- Find a word in"]),
    ("sift\n\n", "sift\n\n\n", "", ["BOD010 a blank line too many after the blank line"]),
    ("More information", "More Info", "", ["BOD011 a link without its label"]),
    ("More information:", "More info:", "", ["BOD011 the link is not written as agreed"]),
    ("More information: ", "See ", "", ["BOD011 a link without its label"]),
    ("<https:", "https:", "", ["BOD011 the link is not written as agreed"]),
    (
        "> Note",
        "> More information: <https://a.example>.\n> Note",
        "",
        ["BOD012 more than one link to more information"],
    ),
    ("> Note: ", "> NOTE: ", "", ["BOD030 `Note:` is written otherwise"]),
    ("> Note: ", "> Note:", "", ["BOD030 `Note:` is written otherwise"]),
    ("`stdin`", "stdin", "", ["BOD030 the name of a stream stands outside backticks"]),
    ("`sift {{word}}", "` sift {{word}}", "", ["BOD011 a blank at an end of the command"]),
    ("file}}`", "file}}", "", ['BOD010 expected a line like "`command`" after the blank line']),
    ("`sift {{word}} {{path/to/file}}`", "``", "", ["BOD010 expected a line like"]),
    ("file}}`\n", "file}}`\n`more`\n", "", ["BOD010 expected a blank line or the end of"]),
    ("", "", "\n- More:\n\n`more`\n" * 8, ["BOD012 a line like `- What it does:` may stand at m"]),
    ("", "", "\n- More:\n", ["BOD010 the body ends after `- More:`; expected a blank line, then"]),
    ("", "", "", []),
]


@pytest.mark.parametrize(("old", "new", "more", "expected"), FINDINGS)
def test_findings(old: str, new: str, more: str, expected: list[str], tmp_path: Path) -> None:
    page = tmp_path / "sift.md"
    text = PAGE.replace(old, new, 1) if old else new + PAGE
    page.write_bytes((text + more).encode())
    chosen = profile({"body": tomllib.loads(BODY)})
    found = list(check_paths([str(page)], chosen).diagnostics())
    said = [
        f"{one.code} {one.message}"[: len(start)]
        for one, start in zip(found, expected, strict=False)
    ]
    assert said == expected
    assert len(found) == len(expected)


def test_a_clean_page_needs_no_walk() -> None:
    lines = LINES.read(tomllib.loads(BODY)["lines"])
    text = plain(PAGE.encode())
    assert lines.screens.model
    assert lines.screens.model(text)
    assert lines.screens.needs(text)
    assert lines.screens.counts(text)

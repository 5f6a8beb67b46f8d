"""Text and file names that want to steer what shows them, and a scan for what got through.

The scan knows nothing of how the program makes text harmless: it reads bytes as a terminal, a build
service or a parser would.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import Final

from validator.file.passed_by import UNCLAIMED
from validator.model import (
    Diagnostic,
    Edit,
    ExcerptLine,
    Fix,
    Location,
    Related,
    Severity,
    Span,
    Summary,
    Totals,
    Unfinished,
)

# Commands that build services take from a log, as one line each.
COMMANDS: Final = (
    "::error::pwned",
    "::error file=a.txt,line=1::pwned",
    "::stop-commands::t",
    "::add-mask::e",
    "::set-output name=a::b",
    " \t ::warning::indented",
    "\u00a0\u3000::error::after blanks that .NET trims",
    "x ::stop-commands::t ::stop-commands::t ::stop-commands::t ::stop-commands::t",
    "##[error]pwned",
    "##[group]x ##[endgroup]",
    "##[add-mask]e",
    "###[error]x",
    "##\u00ad[error]x",
    "##\u200b[error]x",
    "##vso[task.setvariable variable=x]y",
    "##VSO[task.complete result=Succeeded]",
    "a ##vso[task.logissue type=error]b",
    "##teamcity[buildStatus status='SUCCESS']",
    "##teamcity[setParameter name='a' value='b']",
    "##octopus[setVariable name='a' value='b']",
    "--- a group of Buildkite",
    "+++ open",
    "~~~ dimmed",
    "^^^ +++",
    "section_start:1560896352:a\r\x1b[0Kheader",
    "section_end:1560896352:a\r\x1b[0K",
    "travis_fold:start:a\r\x1b[0K",
)
# What a terminal obeys.
CONTROLS: Final = (
    "\x1b[31mred\x1b[0m",
    "\x1b[2J\x1b[1;1H",
    "\x1b]0;title\x07",
    "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;cHduZWQ=\x07",
    "\x1b]1337;File=inline=1:AAAA\x07",
    '\x1bP$q"p\x1b\\',
    "\x1b_APC\x1b\\ \x1b^PM\x1b\\ \x1bc",
    "\x9b31mC1\x9c\x90DCS\x9c\x9dOSC\x9c",
    "good\rbad",
    "a\x08\x08b\x7f\x07\x00",
    "\x0b\x0c\x85\u2028::error::after a separator\u2029",
    "\x0e\x0f\x16\x1a",
)
# What hides or reorders text.
UNSEEN: Final = (
    "\u202egnp.exe\u202c",
    "\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
    "\U000e0001" + "".join(chr(0xE0000 + ord(letter)) for letter in "ignore all") + "\U000e007f",
    "a\u200b\u200c\u200d\u2060\ufeffb",
    "\u0600\u0605\u06dd\u070f\u0890\u08e2\U000110bd\U000110cd\U00013430\U00013437\U0001343f",
    "\u2800\u3164\u115f\u1160\uffa0\u034f\u17b4\u17b5\u180e\u180b\u2065\ufff0",
    "\ufe0f\ufe00\U000e0100\U000e01ef\U0001d159\U0001d173\U00013441\U00016fe4\U0001bca0",
    "\ufdd0\ufffe\uffff\U0001fffe\U0010ffff",
    "\ud800 \udfff \udc80\udcff",
)
# What a format might take for its own.
MARKUP: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]><!--&amp;&#x1b;&lt;-->",
    "</failure></testcase>",
    "| a | b |`c`| ``d`` | <b> | \\| |",
    "![x](https://example.org/x.png) [y](javascript:alert(1)) https://example.org @all #1",
    "`` `' \" \\ \\\\ \\u202e %0A %25 %AZP25 ; ] , : =",
    '","severity":"info"},{"a":"',
    "{{7*7}} ${{ secrets.TOKEN }} $(id) `id`",
    "=cmd|' /C calc'!A0",
    "../../../etc/passwd",
    "l" * 5000,
    "wide 日本語 " * 400,
    "\u0301" * 300,
)
SUMMARY = Summary(
    Totals(2, 2, 2, 99, 3, 1, 1, 4, 1, 7),
    2,
    {"hidden": 1, UNCLAIMED: 3},
    {".\udce9\x1b[31m": 1, ".\udcff": 1},
)
"""Figures that a format may tell of."""

STOPPED: Final = Summary(
    SUMMARY.totals,
    SUMMARY.matched,
    SUMMARY.skipped,
    SUMMARY.suffixes,
    Unfinished("::error::\udce9\x1b[31m", all_files=False),
)
"""Those of a run that was stopped."""

TEXTS: Final = (*COMMANDS, *CONTROLS, *UNSEEN, *MARKUP)

BYTES: Final = (
    b"\xff\xfe::error::x",
    b"caf\xe9 ##[error]",
    b"\xed\xa0\x80 \xed\xb0\x80",
    b"\xc0\xaf\xf8\x88\x80\x80\x80 \xf4\x90\x80\x80",
    b"\x80\x9b31m\xc2",
)
"""Bytes that are not UTF-8."""


def names() -> Iterator[bytes]:
    """File names of at most 255 bytes, without what no file system takes."""
    yield b"a\n::error::pwned"
    yield b"b\r\n##[error]pwned\n--- c"
    for text in TEXTS:
        name = text.replace("\0", "").replace("/", "\u2215")
        yield name.encode("utf-8", "surrogatepass")[:250]
    for data in BYTES:
        yield data.replace(b"/", b"_")


def documents(start: int = 0, step: int = 1) -> Iterator[tuple[str, bytes]]:
    """Files whose text is hostile at the start of a line, within it and over the edges of spans.

    From the text `start` on, each `step`-th is taken.
    """
    lines = [text.encode("utf-8", "surrogatepass").replace(b"\n", b" ") for text in TEXTS]
    lines = [*lines, *BYTES][start::step]
    strings = [line.replace(b"\\", b"\\\\").replace(b'"', b'\\"') for line in lines]
    both = [*zip(lines, strings, strict=True)]
    yield "a.txt", b"\n\n".join(lines)
    yield "b.txt", b"\n".join(b"x " + line + b"\0" + b" " * 90 + line for line in lines)
    yield "a.jsonl", b"\n".join(b'["a", ' + line for line in lines)
    yield "b.jsonl", b"\n".join(b'{"id": "%b", "%b": %b}' % (a, a, line) for line, a in both)
    yield "a.conllu", b"\n".join(b"# id = %b\n1\t%b\t_\n%b\n" % (a, a, a) for a in lines)
    yield "a.xml", b"\n".join(b"<doc id=%b>\n%b\n</doc%b>" % (a, a, a) for a in lines)
    for number, (line, quoted) in enumerate(both):
        head = b"---\n%b: %b\nid: '%b'\n---\n# %b\n\n> %b\n" % (line, line, quoted, line, line)
        yield f"{number}.md", head


def findings(text: str) -> Iterator[Diagnostic]:
    """Findings with the text in every field, and in an excerpt marked in many ways."""
    try:
        data = os.fsencode(text).replace(b"\n", b" ")
    except UnicodeEncodeError:
        data = text.encode("utf-8", "surrogatepass").replace(b"\n", b" ")
    named = data.decode("utf-8", "surrogateescape")  # as a file system gives it
    path = named.replace("\0", "") or "a"
    edges = range(min(5, len(data))) if "##" in text else (0,)
    for severity in Severity:
        for start, end in [*((start, start + 1) for start in edges), (3, 3), (0, len(data))]:
            where = Location(2, 1 + start), Location(2 + start % 2, 1 + end)
            span = Span(*where, 1 + start, 1 + end)
            yield Diagnostic(
                code="TXT001",
                name="nul-byte",
                severity=severity,
                message=f"{text} and `{text}`",
                path=path,
                location=where[0],
                end_location=where[1],
                byte_offset=7 + start,
                byte_length=end - start,
                whole_file=start == 3,
                document_index=1,
                document_id=text,
                help=f"write {'word ' * (start + 9)} {text}",
                label=text,
                notes=(text, f"{'word ' * 12} {text}"),
                fix=Fix(text, (Edit(7 + start, 7 + end, data),), spans=(span,)),
                related=(Related(path, text, Location(1, 1)),),
                fingerprint=f"{start:016x}{end:016x}",
                data={"value": text.encode("utf-8", "replace").decode(), text: 1}
                if text.isprintable()
                else {},
                excerpt=(
                    ExcerptLine(1, data),
                    ExcerptLine(2, data, start, end, cut_before=start > 5, cut_after=end > 5),
                ),
                divided=True,
                of=named,
                byte_columns=(span.start_byte, span.end_byte),
            )


IGNORABLE: Final = {
    *map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180F, 0x2065, 0x2800, 0x3164, 0xFFA0)),
    *map(chr, (0x13441, 0x13442, 0x16FE4, 0x1D159)),
    *map(chr, range(0x180B, 0x180E)),
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xFFF0, 0xFFF9)),
    *map(chr, range(0xE0000, 0xE1000)),
    *map(chr, (0x890, 0x891, *range(0x13439, 0x13440))),  # Cf since Unicode 14 and 15
    *map(chr, range(0xFDD0, 0xFDF0)),
    *(chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)),
}
"""Default_Ignorable_Code_Point and glyphs without ink that are of no category below; and
noncharacters."""

STEERS: Final = {
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
} | IGNORABLE

_GROUP: Final = re.compile(r"(---|\+\+\+|~~~|\^\^\^)(\s|$)")
_ANYWHERE: Final = re.compile(r"##[a-z]*\[", re.IGNORECASE)

OWN: Final = {
    "azure": re.compile(
        r"##vso\[task\.logissue type=(?:error|warning);sourcepath=[^;\]]*;(?:[a-z]+=[A-Z0-9]+;)+\]"
    ),
    "github": re.compile(
        r"::(?:error|warning|notice) title=seed-validator[^:,]*(?:,[a-zA-Z]+=[^:,]*)+::"
    ),
}
"""How a line begins by which a format of commands gives one of ours."""


def harm(output: bytes, own: re.Pattern[str] | None = None, color: bool = False) -> list[str]:
    """What in an output steers a terminal, a log or a reader, in words; nothing if it is safe."""
    text = output.decode("utf-8")
    if color:
        text = re.sub("\x1b\\[(?:0|1;3[0-9])m", "", text)
    found = [f"U+{ord(one):04X}" for one in sorted((set(text) - {"\n"}) & STEERS)]
    for line in text.split("\n"):
        ours = own.match(line) if own else None
        rest = line[ours.end() :] if ours else line
        start = rest.lstrip()
        if not ours and start.startswith("::") and not start.startswith("::: "):
            found.append(line)
        if _ANYWHERE.search(rest) or (not ours and _GROUP.match(rest)):
            found.append(line)
    return found

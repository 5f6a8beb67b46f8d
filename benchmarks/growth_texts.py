"""Texts that grow, as hostile people and broken tools write them: by what reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

Made = Callable[[int], bytes]
"""A text of about so many bytes."""

Texts = Mapping[str, Made]


def repeated(part: bytes, head: bytes = b"", tail: bytes = b"") -> Made:
    """A part again and again, between two ends."""
    return lambda size: head + part * max(2, (size - len(head)) // len(part)) + tail


def _line(text: str, head: str = "", tail: str = "\n") -> Made:
    """A text repeated in one line."""
    return repeated(text.encode("utf-8", "surrogatepass"), head.encode(), tail.encode())


def _numbered(form: str, head: str = "", tail: str = "") -> Made:
    """Lines, each with its number in it."""

    def made(size: int) -> bytes:
        one = len(form.format(100_000).encode())
        lines = (form.format(number) for number in range(max(2, size // one)))
        return f"{head}{''.join(lines)}{tail}".encode()

    return made


def _nested(opening: str, closing: str, head: str = "", tail: str = "\n") -> Made:
    """Brackets within brackets."""

    def made(size: int) -> bytes:
        depth = max(2, size // len(opening + closing))
        return f"{head}{opening * depth}{closing * depth}{tail}".encode()

    return made


CHARACTERS: Final[Texts] = {
    "marks on one letter": _line("\u0301", "a"),
    "marks out of order on one letter": _line("\u0301\u0323", "a"),
    "marks of many classes": _line("\u05b0\u0323\u0301\u0345", "a"),
    "vowels of Hangul": _line("\u1161", "\u1100"),
    "syllables of Hangul in parts": _line("\u1112\u1161\u11ab", "", "1"),
    "look-alikes in words": _line("p\u0430ypal "),
    "look-alikes in one word": _line("p\u0430"),
    "accents read as windows-1252": _line("cafÃ© "),
    "the same in one word": _line("Ã©"),
    "read wrongly twice": _line("Ãƒ\u00c2\u00a9 "),
    "quotation marks read wrongly": _line("itâ€™s "),
    "half of what was read wrongly": _line("Ã "),
    "Cyrillic read wrongly": _line("Ð\u009fÑ\u0080"),
    "zero width spaces": _line("a\u200b"),
    "joiners": _line("a\u200d"),
    "direction": _line("\u202e"),
    "isolates that are not closed": _line("\u2067a"),
    "replacement characters": _line("\ufffd "),
    "private use": _line("\ue000"),
    "tags": _line("\U000e0041"),
    "variation selectors": _line("\ufe0f"),
    "emoji joined": _line("👩\u200d"),
    "wide and narrow forms": _line("Ａ"),
    "line separators": _line("a\u2028"),
    "escapes of a terminal": _line("\x1b["),
    "an escape that goes on": _line("1;", "\x1b["),
    "controls": _line("\x01"),
    "carriage returns": _line("a\r", tail=""),
    "blanks": _line(" ", "a"),
    "blank lines": _line("\n", tail=""),
    "tabs": _line("\t", "a"),
    "backticks": _line("`"),
    "tokens": _line("<|"),
    "tokens that nearly end": _line("<|endoftext "),
    "numbers as of a dump": _line("c3 "),
    "conflicts": _line("<<<<<<< a\n", tail=""),
    "conflicts that are halves": _line("<<<<<<< a\n=======\n", tail=""),
    "brackets": _line("["),
    "angles": _line("<"),
    "a page": _line("<!--", "<!doctype html"),
    "upwards": _line("../", tail=""),
}

_BYTES: Final[Mapping[str, bytes]] = {
    "a byte of Latin-1 in words": b"a \xe9 b ",
    "bytes of Latin-1": b"\xe9",
    "continuation bytes": b"\x80",
    "leads": b"\xe2\x82",
    "surrogates": b"\xed\xa0\xbd",
    "surrogates in pairs": b"\xed\xa0\xbd\xed\xb8\x80",
    "overlong": b"\xc0\xaf",
    "beyond": b"\xf4\x90\x80\x80",
    "UTF-16": b"a\0",
    "NULs": b"\0",
    "0xFF": b"\xff",
    "a bad byte a line": b"caf\xe9 and more of it\n",
    "good and bad": "é".encode() + b"\xe9 ",
}

BYTES: Final[Texts] = {name: repeated(part, b"Title\n", b"\n") for name, part in _BYTES.items()}

MARKUP: Final[Texts] = {
    "links": _line("[a](b)"),
    "links that are not closed": _line("[a]("),
    "brackets that open": _line("["),
    "brackets that close": _line("]"),
    "images": _line("![a"),
    "stars": _line("*"),
    "stars and letters": _line("*a_"),
    "backticks of all lengths": lambda size: b" ".join(
        b"`" * n for n in range(1, 1 + int((2 * size) ** 0.5))
    ),
    "quotes in quotes": _nested(">", ""),
    "lists in lists": _line("- "),
    "fences": _line("```\n", tail=""),
    "definitions": _numbered("[a{0}]: b{0}\n"),
    "uses of one definition": _line("[a] ", "[a]: b\n\n"),
    "headings": _numbered("# a {}\n"),
    "the same heading": _line("# a\n", tail=""),
    "anchors that are not there": _numbered("[a](#b{}) "),
    "ids": _numbered('<a id="b{}"></a>\n'),
    "tables": _line("|a", tail="\n|-|-|\n"),
    "entities": _line("&amp;"),
    "comments": _line("<!--"),
    "autolinks": _line("<a:"),
    "escapes": _line("\\["),
}

YAML: Final[Texts] = {
    "keys": _numbered("k{}: 1\n", "---\n", "---\n"),
    "words that readers differ on": _numbered("k{}: no\n", "---\n", "---\n"),
    "one key again": _line("a: 1\n", "---\n", "---\n"),
    "lists in lists": _nested("[", "]", "---\na: ", "\n---\n"),
    "lists that are not closed": _line("[", "---\na: ", "\n---\n"),
    "maps in maps": _nested("{a: ", "}", "---\na: ", "\n---\n"),
    "a list": _line("- a\n", "---\na:\n", "---\n"),
    "anchors": _numbered("k{0}: &a{0} b\n", "---\n", "---\n"),
    "aliases": _line("  - *a\n", "---\na: &a b\nc:\n", "---\n"),
    "tags": _line("  - !!str a\n", "---\na:\n", "---\n"),
    "folded values in brackets": _line("b\n c,", "---\na: [", "]\n---\n"),
    "pairs of brackets": _line("{},", "---\na: [", "]\n---\n"),
    "brackets, closed": _line("[],", "---\na: [", "]\n---\n"),
    "blanks in a text": _line(" ", "---\na: b", "c\n---\n"),
    "blanks in a quoted text": _line(" ", '---\na: "b', 'c \n  d"\n---\n'),
    "one long text": _line("word ", '---\na: "', '"\n---\n'),
    "escapes": _line("\\u202e", '---\na: "', '"\n---\n'),
    "a folded text": _line("  word\n", "---\na: >\n", "---\n"),
    "comments": _line("# a\n", "---\n", "a: b\n---\n"),
    "indentation": lambda size: (
        # deeper than the limit at every size: what is said of the depth is no growth
        b"---\n"
        + b"".join(b" " * n + b"a:\n" for n in range(100 + int((2 * size) ** 0.5)))
        + b"---\n"
    ),
    "no end": _numbered("k{}: 1\n", "---\n"),
    "fences": _line("---\n", tail=""),
    "dashes": _line("-"),
    "colons": _line(":", "---\na", "\n---\n"),
}

TOML: Final[Texts] = {
    "keys": _numbered("k{} = 1\n", "+++\n", "+++\n"),
    "a dotted key": _line("a.", "+++\n", "a = 1\n+++\n"),
    "a dotted header": _line("a.", "+++\n[", "a]\n+++\n"),
    "dotted keys": _numbered("a.b{}.c = 1\n", "+++\n", "+++\n"),
    "tables": _numbered("[a.b{}]\n", "+++\n", "+++\n"),
    "arrays of tables": _line("[[a]]\nb = 1\n", "+++\n", "+++\n"),
    "arrays in arrays": _nested("[", "]", "+++\na = ", "\n+++\n"),
    "inline tables": _nested("{a = ", "}", "+++\na = ", "\n+++\n"),
    "an array": _line("1, ", "+++\na = [", "]\n+++\n"),
    "a long number": _line("9", "+++\na = 1", "\n+++\n"),
    "a long text": _line("word ", '+++\na = "', '"\n+++\n'),
    "a text of lines": _line("word\n", '+++\na = """', '"""\n+++\n'),
    "one key again": _line("a = 1\n", "+++\n", "+++\n"),
}

_MANY_RECORDS: Final = "".join(f'{{"h{number}": 1}}\n' for number in range(150))
"""More than the first, from which readers learn the fields."""

RECORDS: Final[Texts] = {
    "records": _numbered('{{"a": {}}}\n'),
    "one key again in a record": _line('"a": 1, ', "{", '"b": 1}\n'),
    "keys": _numbered('"k{}": 1, ', "{", '"b": 1}\n'),
    "keys by record": _numbered('{{"k{}": 1}}\n', _MANY_RECORDS),
    "types that change": _line('{"a": 1}\n{"a": "b"}\n', tail=""),
    "arrays in arrays": _nested("[", "]", '{"a": ', "}\n"),
    "objects in objects": _nested('{"a": ', "}", tail="\n"),
    "escapes": _line("\\u202e", '{"a": "', '"}\n'),
    "surrogates": _line("\\ud83d", '{"a": "', '"}\n'),
    "quotation marks": _line('\\"', '{"a": "', '"}\n'),
    "backslashes": _line("\\\\", '{"a": "', '"}\n'),
    "fused": _line('{"a":1}'),
    "cut": _line('{"a": '),
    "blank lines": _line("\n", '{"a": 1}', ""),
    "lines of text with errors": _line("a\n<|endoftext|>\n", tail=""),
    "zeros": _line("0.0, ", '{"a": [', "1]}\n"),
    "small numbers": _line("1e-400, ", '{"a": [', "1]}\n"),
    "a long number": _line("9", '{"a": ', "}\n"),
    "colons in texts": _line('": ', '{"a": "', '"}\n'),
    "commas": _line(",", "[", "]\n"),
}

MARKED: Final[Texts] = {
    "documents": _line("<DOC>\n<DOCNO> a </DOCNO>\na\n</DOC>\n", tail=""),
    "begun": _line("<DOC>\n", tail=""),
    "ended": _line("</DOC>\n", tail=""),
    "nearly": _line("< DOC >\n", tail=""),
    "in one line": _line("<DOC>"),
}

END_OF_TEXT: Final[Texts] = {
    "documents": _line("a <|endoftext|>", tail=""),
    "nearly": _line("<|endoftext>"),
    "nearly, with blanks": _line("<| endoftext |> "),
    "begun": _line("<|endoftext", tail=""),
    "begins": _line("<|e", tail=""),
}

TABLES: Final[Texts] = {
    "words": _numbered("{}\ta\t_\t_\t_\t_\t0\t_\t_\t_\n"),
    "features": _line("A=b|", "1\ta\t_\t_\t_\t", "C=d\t0\t_\t_\t_\n\n"),
    "sentences": _line("1\ta\t_\t_\t_\t_\t0\troot\t_\t_\n\n", tail=""),
    "a circle": _numbered("{0}\ta\t_\t_\t_\t_\t{0}\t_\t_\t_\n"),
    "columns": _line("a\t"),
    "blanks in a list of columns": _line(
        " ", "# global.columns = ID", "x\n1\ta\t_\t_\t_\t_\t0\troot\t_\t_\n\n"
    ),
    "comments": _line("# a = b\n", tail=""),
    "ranges": _numbered("{0}-{0}\ta\t_\t_\t_\t_\t_\t_\t_\t_\n"),
}

MAIL: Final[Texts] = {
    "messages": _line("From a@b Thu Jan  1 00:00:00 1970\nA: b\n\ntext\n\n", tail=""),
    "headers": _numbered("A-{}: b\n", "From a@b Thu Jan  1 00:00:00 1970\n", "\ntext\n"),
    "a folded header": _line(" b\n", "From a@b Thu Jan  1 00:00:00 1970\nA: b\n", "\ntext\n"),
    "what looks like one": _line("From the sea\n", tail=""),
    "quoted": _line(">From a\n", "From a@b Thu Jan  1 00:00:00 1970\nA: b\n\n", ""),
    "digits in a separator": _line("1", "From a 10:00:00 ", ":\nA: b\n\ntext\n"),
}

HEADERS: Final[Texts] = {
    "headers": _numbered("A{}: b\n", tail="\nText.\n"),
    "one header again": _line("A: b\n", tail="\nText.\n"),
    "a folded header": _line(" b\n", "A: b\n", "\nText.\n"),
    "a long value": _line("b, ", "A: ", "\n\nText.\n"),
    "colons": _line(":", "A", "\n\nText.\n"),
    "blanks in a value": _line(" ", "A: a", "b\nC: d \n\nText.\n"),
    "letters beyond ASCII": _line("é", "A: b\n", "\nC: d\n\nText.\n"),
    "letters, behind CR": _line("é", "A: b\r", "\nC: d\n\nText.\n"),
    "letters, no name": _line("a", "A: b\n", "\nC: d\n\nText.\n"),
}

PAGES: Final[Texts] = {
    "examples": _line("- A:\n\n`a {{b}}`\n\n", "# a\n\n> A.\n\n", ""),
    "placeholders": _line("{{a}} ", "# a\n\n> A.\n\n- A:\n\n`", "`\n"),
    "commands before what they do": _line("`a {{b}}`\n\n- A:\n\n", "# a\n\n> A.\n\n", ""),
    "notes behind examples": _line("- A:\n\n`a`\n\n> A.\n\n", "# a\n\n> A.\n\n", ""),
    "titles": _line("# a\n\n", "# a\n\n> A.\n\n", ""),
    "lines that fit nothing": _line("a\n\n> A.\n\n", "# a\n\n", ""),
}

ARCHIVES: Final[Texts] = {
    "records": _line("WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n", tail=""),
    "headers": _numbered("A-{}: b\r\n", "WARC/1.0\r\n", "Content-Length: 0\r\n\r\n\r\n\r\n"),
}

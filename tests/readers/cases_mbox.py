"""Files of mbox: right ones, and one for each fault that readers answer differently."""

from __future__ import annotations

from typing import Any

from .case import Case

FROM = "ann@example.org Mon Jan  1 10:00:00 2024"


def mail(number: int, body: str = "", **headers: str) -> dict[str, Any]:
    """What a reader should return for a mail."""
    told = {"From": "Ann <ann@example.org>", "Subject": f"Mail {number}"} | headers
    head = "".join(f"{name}: {text}\n" for name, text in told.items())
    text = f"{head}\n{body or f'Text of mail {number}.'}".rstrip("\n")
    return {"mail": text.encode().decode("latin-1"), "headers": told}


def written(mails: list[dict[str, Any]]) -> bytes:
    """Mails as a careful program writes them (mboxrd)."""
    return b"".join(
        f"From {FROM}\n".encode() + one["mail"].encode("latin-1") + b"\n\n" for one in mails
    )


def right(name: str, what: str, meant: list[dict[str, Any]], data: bytes | None = None) -> Case:
    """A file that should pass."""
    return Case("mbox", name, what, written(meant) if data is None else data, meant)


def wrong(name: str, what: str, data: bytes, meant: list[dict[str, Any]], *rules: str) -> Case:
    """A file with a fault."""
    return Case("mbox", name, what, data, meant, rules)


THREE = [mail(0), mail(1), mail(2)]
PLAIN = written(THREE)


def with_body(body: str) -> list[dict[str, Any]]:
    """Three mails, the second with this body."""
    return [mail(0), mail(1, body), mail(2)]


def swap(old: bytes, new: bytes) -> bytes:
    """The three mails with one thing replaced."""
    assert old in PLAIN
    return PLAIN.replace(old, new, 1)


def headed(name: str, what: str, old: str, new: str, *rules: str, **headers: str) -> Case:
    """A fault in the headers of the second mail: the mail stays what it is, the headers are meant."""
    one = mail(1, **headers)
    one["mail"] = mail(1)["mail"].replace(old, new)
    return wrong(name, what, swap(old.encode(), new.encode()), [mail(0), one, mail(2)], *rules)


ONE = b"Text of mail 1.\n"
SECOND = (
    b"\nFrom ann@example.org Mon Jan  1 10:00:00 2024\nFrom: Ann <ann@example.org>\nSubject: Mail 1"
)
RIGHT = [
    right("plain", "three mails", THREE),
    right("one-mail", "one mail", THREE[:1]),
    right("blank-lines", "blank lines in a body", with_body("One.\n\n\nTwo.\n")),
    right("scripts", "UTF-8 in a body", with_body("Ärger im Café.\n数据。\n")),
    right("from-inside", "`From` within a line", with_body("Mail From here.\nFrom: there\nfrom now\n")),
    right("long-body", "a body of 10 000 lines", with_body("A line.\n" * 10_000)),
    right("many-mails", "3000 mails", [mail(number) for number in range(3000)]),
]  # fmt: skip
WRONG = [
    wrong("from-in-body", "a line of a body begins with `From `", swap(ONE, b"One.\nFrom here on.\n"), with_body("One.\nFrom here on.\n"), "ambiguous-marker", "marker-in-body"),
    wrong("from-after-blank", "the same, after a blank line", swap(ONE, b"One.\n\nFrom here on.\n"), with_body("One.\n\nFrom here on.\n"), "missing-metadata-block", "ambiguous-marker", "marker-in-body"),
    wrong("from-quoted", "`>From ` in a body (mboxo, mboxrd)", swap(ONE, b"One.\n>From here on.\n"), with_body("One.\nFrom here on.\n"), "escaped-marker"),
    wrong("from-quoted-twice", "`>>From ` in a body (mboxrd)", swap(ONE, b"One.\n>>From here on.\n"), with_body("One.\n>From here on.\n"), "escaped-marker"),
    wrong("no-blank-before", "no blank line before a separator", swap(b"0.\n\nFrom ", b"0.\nFrom "), THREE, "ambiguous-marker", "trailing-separator"),
    wrong("no-blank-last", "no blank line at the end", PLAIN[:-1], THREE, "ambiguous-marker", "trailing-separator"),
    wrong("no-final-newline", "the last line has no end", PLAIN[:-2], THREE, "final-newline"),
    wrong("text-first", "text before the first mail", b"made by hand\n" + PLAIN, THREE, "text-outside-documents"),
    wrong("blank-first", "a blank line before the first mail", b"\n" + PLAIN, THREE, "late-first-marker"),
    wrong("byte-order-mark", "a byte-order mark", b"\xef\xbb\xbf" + PLAIN, THREE, "byte-order-mark"),
    wrong("no-separator", "mails without `From ` lines", PLAIN.replace(b"From ann", b"Form ann"), THREE, "missing-frame-line", "text-outside-documents"),
    wrong("lower-case", "`from ` separates", swap(SECOND, SECOND.replace(b"From ann", b"from ann")), THREE, "near-miss-marker"),
    wrong("two-blanks", "`From  ` separates", swap(SECOND, SECOND.replace(b"From ann", b"From  ann")), THREE, "near-miss-marker"),
    wrong("indented", "` From ` separates", swap(SECOND, SECOND.replace(b"From ann", b" From ann")), THREE, "near-miss-marker"),
    wrong("tab", "`From` and a TAB separate", swap(SECOND, SECOND.replace(b"From ann", b"From\tann")), THREE, "near-miss-marker"),
    wrong("bare-separator", "a separator without sender and date", swap(SECOND, SECOND.replace(FROM.encode(), b"")), THREE, "near-miss-marker"),
    wrong("no-date", "a separator without a date", swap(SECOND, SECOND.replace(FROM.encode(), b"ann@example.org")), THREE, "near-miss-marker"),
    headed("no-blank-after-headers", "no blank line after the headers", "Mail 1\n\n", "Mail 1\n", "malformed-header", "unclosed-metadata-block"),
    wrong("blank-before-headers", "a blank line before the headers", swap(SECOND, SECOND.replace(b"\nFrom:", b"\n\nFrom:")), THREE, "missing-metadata-block"),
    headed("blank-in-headers", "a blank line among the headers", "\nSubject: Mail 1", "\n\nSubject: Mail 1", "header-in-body"),
    headed("no-colon", "a header without a colon", "Subject: Mail 1", "Subject Mail 1", "malformed-header"),
    headed("blank-before-colon", "a blank before the colon", "Subject: Mail 1", "Subject : Mail 1", "malformed-header"),
    headed("folded-header", "a header over two lines", "Subject: Mail 1", "Subject: Mail\n 1"),
    headed("duplicate-header", "a header twice", "Subject: Mail 1", "Subject: Mail 1\nSubject: X", "duplicate-key"),
    wrong("raw-utf-8-header", "UTF-8 in a header", swap(b"Mail 1", "Ärger 1".encode()), [mail(0), mail(1, Subject="Ärger 1"), mail(2)], "non-ascii-header"),
    wrong("empty-body", "a mail without a body", swap(ONE, b""), [mail(0), mail(1, "\n"), mail(2)], "missing-body"),
    wrong("crlf", "lines end in CR LF", PLAIN.replace(b"\n", b"\r\n"), THREE, "wrong-newline"),
    wrong("mixed-newlines", "a separator line ends in CR LF", swap(SECOND, SECOND.replace(b"2024\n", b"2024\r\n")), THREE, "mixed-newlines", "wrong-newline"),
    wrong("latin-1-byte", "one byte of Latin-1", swap(ONE, b"Caf\xe9.\n"), [mail(0), mail(1) | {"mail": mail(1)["mail"][:-15] + "Caf\xe9."}, mail(2)], "legacy-encoding", "invalid-utf8"),
    wrong("cut", "cut within the headers of the last", PLAIN[: PLAIN.rindex(b"Subject") + 4], THREE, "malformed-header", "unclosed-metadata-block", "final-newline"),
    wrong("empty-file", "no byte at all", b"", [], "empty-file"),
    wrong("concatenated", "two files, one after the other, no blank line", PLAIN[:-1] + PLAIN, THREE + THREE, "ambiguous-marker", "trailing-separator"),
]  # fmt: skip
CASES = [*RIGHT, *WRONG]

"""Documents with header lines, with the values, folds and line ends that readers dispute."""

from __future__ import annotations

from .grammar import Chance, sentence

NAMES = "Title Author Date To Subject title X-Note Content-Length Message-ID A_b A.b a/b Re 1st Tags".split()
VALUES = [
    "a: b", "=?utf-8?q?=C3=A9?=", "\"a\", b", "<a@b.c>", "Mon, 01 Jan 2024 10:00:00 +0000", "(a) b", "a;b=c", "", "#",
    "a\tb", "a  b", "\\n", "no", "text/plain; charset=utf-8",
]  # fmt: skip
ODD_LINES = [
    "no colon\n", "Title : a\n", ": a\n", "From a: b\n", "A b: c\n", "é: a\n", " a\n", "Title:a\n", "Title:\n",
    "Content-Type: text/html\n", 'Content-Type: multipart/mixed; boundary="b"\n', "Content-Type: message/rfc822\n",
    "Content-Transfer-Encoding: base64\n", "Title: a \n", "Title: a\t\n", "Content-Type: text/plain; charset=x\n",
    "MIME-Version: 1.0\n", "From: a\n", ">From a\n", "Title: a\n \n b\n",
]  # fmt: skip
LINES = ["\n", "From here\n", "Title: b\n", "--b\n", " a\n", "\tb \n", "--b--\n", "a: b\n", ".\n"]


def header(chance: Chance, name: str) -> str:
    if chance.random() < 0.06:
        return chance.choice(ODD_LINES)
    value = chance.choice(VALUES) if chance.random() < 0.4 else sentence(chance)
    if chance.random() < 0.7:
        value = value.encode("ascii", "ignore").decode()
    for _ in range(chance.choice((0,) * 9 + (1, 2))):
        value += f"\n{chance.choice((' ', '  ', chr(9)))}{sentence(chance)}"
    return f"{name}:{chance.choice((' ', ' ', ' ', '  ', chr(9)))}{value}\n"


def headed(chance: Chance) -> bytes:
    """A document: headers, a blank line, text."""
    headers = [header(chance, name) for name in chance.sample(NAMES, chance.randint(1, 5))]
    body = [
        chance.choice(LINES) if chance.random() < 0.3 else f"{sentence(chance)}.\n"
        for _ in range(chance.randint(0, 4))
    ]
    gap = chance.choice(("\n",) * 30 + ("", " \n", "\n\n"))
    text = f"{''.join(headers)}{gap}{''.join(body)}"
    text = text.removesuffix("\n") if chance.random() < 0.1 else text
    end = chance.choice(("\n",) * 10 + ("\r\n", "\r\n", "\r"))
    return text.replace("\n", end).encode()

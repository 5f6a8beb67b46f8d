"""Files of mbox: some mails, with the separators, headers and lines that readers dispute."""

from __future__ import annotations

from .grammar import Chance, sentence, some

SENDERS = ["ann@example.org", "MAILER-DAEMON", "ann at example.org", "17@xxx", "a b@c.d", "-", ""]
DATES = [
    "Mon Jan  1 10:00:00 2024",
    "Mon Jan 01 10:00:00 2024",
    "Mon Jan  1 10:00 2024",
    "Mon Jan  1 10:00:00 2024 +0100",
    "Mon Jan  1 10:00:00 +0000 2024",
    "Mon Jan  1 10:00:00 CET 2024",
    "Mon, 1 Jan 2024 10:00:00 +0100",
    "2024-01-01 10:30:00",
    "2024-01-01T10:30:00Z",
    "Mon Jan  1 10:00:00 24",
    "Mon Jan  1 10:00:00 1989",
    "Mon Jan  1 10:00:00 2024 remote from x",
    "10:00:00 2024",
    "Mon Jan  1 2024",
    "",
]
NAMES = (
    "From To Cc Subject Date Message-ID Received X-Note Note List-Id Reply-To Status Lines".split()
)
WORDS = "a b Sea tide no. x1 C# a/b".split()
LINES = [
    "From here on\n", ">From here on\n", "from now\n", "From: x\n", "\n", "\n\n", "--\n", " From x\n",
    "From the sea at 10:00 2024\n", "From ann@example.org Mon Jan  1 10:00:00 2024\n", "Subject: x\n",
    "=46rom here\n", "-----\n", "  \n", "\tx\n", ".\n",
]  # fmt: skip


def separator(chance: Chance) -> str:
    odd = chance.random() < 0.06
    sender = chance.choice(SENDERS) if chance.random() < 0.3 else SENDERS[0]
    date = chance.choice(DATES) if odd else chance.choice(DATES[:4])
    return (
        f"From {sender}{chance.choice((' ', ' ', '  '))}{date}{chance.choice(('',) * 9 + (' ',))}\n"
    )


def header(chance: Chance, name: str) -> str:
    if chance.random() < 0.06:
        return f"Content-Length: {chance.choice((0, 5, 20, 60, 400))}\n"
    if chance.random() < 0.03:
        return chance.choice(
            ("no colon\n", "Subject : x\n", "X:\n", ": x\n", "From x: y\n", "X: \n")
        )
    fold = f"\n {chance.choice(WORDS)}" if chance.random() < 0.1 else ""
    value = sentence(chance)
    if chance.random() < 0.97:
        value = value.encode("ascii", "ignore").decode()
    return f"{name}: {value}{fold}\n"


def body(chance: Chance) -> str:
    parts = (
        chance.choice(LINES) if chance.random() < 0.2 else f"{sentence(chance)}.\n"
        for _ in range(chance.choice((0, 1, 1, 2, 3, 5)))
    )
    return "".join(parts)


def mail(chance: Chance) -> str:
    known = chance.choice(NAMES[:5]) if chance.random() < 0.95 else "X-Note"
    rest = chance.sample([name for name in NAMES if name != known], chance.randint(0, 4))
    headers = "".join(header(chance, name) for name in rest)
    gap = "" if chance.random() < 0.02 else "\n"
    end = chance.choice(("\n",) * 20 + ("", "\n\n"))
    return f"{separator(chance)}{known}: {chance.choice(WORDS)}\n{headers}{gap}{body(chance)}{end}"


def mbox(chance: Chance) -> bytes:
    """A file of some mails."""
    mails = "".join(mail(chance) for _ in range(chance.choice((1, 1, 2, 3, 4))))
    return some(
        chance, (lambda c: mails, lambda c: f"\n{mails}", lambda c: f"x\n{mails}"), 60
    ).encode()

"""Archives of txtar, with markers that are padded, empty or not quite one, and odd line ends."""

from __future__ import annotations

from .grammar import Chance, sentence, word

MARKERS = [
    "--  a.txt  --", "-- a.txt  --", "--\ta.txt --", "-- a.txt\t --", "-- --", "--  --", "--   --", "--a.txt--",
    "-- a.txt", "--- a.txt ---", "-- a --b --", "-- -- --", " -- a.txt --", "-- a.txt -- ", "-- a b --", "-- é/ü.txt --",
    "-- /a --", "-- ../a --", "-- C:\\a --", "----", "-- a.txt --x",
]  # fmt: skip
ENDS = ["\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "\u2029", "\r", "\u00a0", "\u200b"]


def _marker(chance: Chance) -> str:
    if chance.random() < 0.05:
        return chance.choice(MARKERS)
    folder = chance.choice(("", "", "dir/", "a/b/", "./"))
    return f"-- {folder}{word(chance)}{chance.choice(('', '.txt', '.go', '.md'))} --"


def _line(chance: Chance) -> str:
    line = sentence(chance)
    if chance.random() < 0.01:
        line += chance.choice(ENDS) + word(chance)
    if chance.random() < 0.04:
        line = chance.choice(
            (_marker(chance), "", "\t", "-- ", " --", "--", f"> {_marker(chance)}")
        )
    return line


def archive(chance: Chance) -> bytes:
    """An archive: a comment, then files."""
    lines = [_line(chance) for _ in range(chance.choice((0, 0, 1, 3)))]
    for _ in range(chance.choice((1, 1, 2, 3, 5))):
        lines.append(_marker(chance))
        lines += [_line(chance) for _ in range(chance.choice((0, 1, 1, 2, 4)))]
    end = chance.choice(("\n",) * 12 + ("", "\n\n"))
    text = "\n".join(lines) + end
    return (text.replace("\n", "\r\n") if chance.random() < 0.02 else text).encode()

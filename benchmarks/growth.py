"""How much longer a check takes for more input: the exponent of each kind, over four sizes.

    python -m benchmarks.growth [PART/PARTS] [WORD ...]

Each kind of text (`growth_kinds`) is made in four sizes, each twice the one before, the largest as
large as takes a tenth of a second, and at most 1 MB. The exponent is that of the power of the
size that the CPU time follows, by least squares: 1 where twice as much takes twice as long. What
seems to grow too fast is measured again in larger sizes, until the smallest of the four takes a
tenth of a second or the largest is 8 MB: a step from one way to another is no growth, and other
work on the machine is none either. Then directories of 500 to 4,000 files with one fault in each. What grows with a higher power than 1.2
fails, as does what takes more than 100 µs a byte. PART/PARTS measures a part of the kinds, WORD
those whose label has it.
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import validator
from tests.support import profile

from .growth_kinds import Kind, kinds

Tables = Mapping[str, Mapping[str, object]]

LARGEST = 1 << 20
STEPS = 4
FIRST = 2048
COUNTS = (500, 1000, 2000, 4000)
TODAY = date(2026, 1, 1)
SHOWN = 50
"""Findings of a rule in a file that are told; the others are counted."""
ENOUGH = 0.1
"""Seconds after which a text is not made larger."""
HIGHEST, LONGEST = 1.2, 1e-4
"""The highest exponent that is passed, and the most seconds a byte."""
NOTABLE = 0.03
"""Seconds below which nothing can be said of growth."""

BLOCK = {"block": "front-matter"}
LINKS = {"fields": {"link": {"scope": "links"}}}
SPOKEN = {
    "fields": {name: {"scope": "text", "pattern": r"\bNR-([0-9]+)"} for name in ("nr", "name")}
}
NAMED = {"file": {"name": r"d(?P<n>[0-9]+)\.md"}}
TO_FILE = {"to": "file.n", "field": "body.nr", "file": "nr-{}.md"}


def main() -> None:
    """Measure, print a line for each kind, and fail where one grows too fast."""
    part, words = _asked(sys.argv[1:])
    slow = 0
    found = [one for one in kinds() if all(word in one.label for word in words)]
    for kind in found[part[0] - 1 :: part[1]]:
        sizes, times = _measured(kind)
        if _is_slow(sizes, times):
            sizes, times = _measured(kind, LARGEST * 8, STEPS)
        slow += _tell(kind.label, sizes, times)
    for label, tables, made in CORPORA if part[0] == 1 else ():
        if all(word in label for word in words):
            times = [_directory(tables, made, count) for count in COUNTS]
            slow += _tell(f"corpus: {label}", COUNTS, times)
    print(f"{len(found)} kinds of text, {slow} too slow")
    sys.exit(1 if slow else 0)


def _asked(words: Sequence[str]) -> tuple[tuple[int, int], Sequence[str]]:
    if words and "/" in words[0]:
        part, parts = map(int, words[0].split("/"))
        return (part, parts), words[1:]
    return (1, 1), words


def _measured(
    kind: Kind, largest: int = LARGEST, behind: int = 1
) -> tuple[Sequence[int], Sequence[float]]:
    """The last four sizes and the seconds that each took.

    The last but so many is the first that took enough.
    """
    chosen, sizes, times = kind.profile(), list[int](), list[float]()
    _seconds(kind, chosen, FIRST)  # what is imported and compiled for the first one
    size = FIRST
    while size <= largest and (len(times) < STEPS or times[-behind] < ENOUGH):
        text = kind.made(size)
        sizes.append(len(text))
        times.append(min(_seconds(kind, chosen, size) for _ in range(2)))
        size *= 2
    return sizes[-STEPS:], times[-STEPS:]


def _seconds(kind: Kind, chosen: validator.Profile, size: int) -> float:
    text = kind.made(size)
    started = time.process_time()
    validator.check_bytes(text, chosen, name=kind.name, today=TODAY)
    return time.process_time() - started


def exponent(sizes: Sequence[int], times: Sequence[float]) -> float:
    """The power of the size that the time follows, by least squares over logarithms."""
    points = [
        (math.log(size), math.log(max(at, 1e-6))) for size, at in zip(sizes, times, strict=True)
    ]
    x, y = (sum(column) / len(points) for column in zip(*points, strict=True))
    spread = sum((one - x) ** 2 for one, _ in points)
    return float(sum((one - x) * (other - y) for one, other in points) / spread)


def _tell(label: str, sizes: Sequence[int], times: Sequence[float]) -> bool:
    """Print what a kind takes; whether that is too much."""
    slow = _is_slow(sizes, times)
    shown = f"{exponent(sizes, times):5.2f}" if times[-1] >= NOTABLE else "    -"
    word = "  TOO SLOW" if slow else ""
    print(f"{label:60} {sizes[-1]:8} {times[-1]:7.3f} s {shown}{word}", flush=True)
    return slow


def _is_slow(sizes: Sequence[int], times: Sequence[float]) -> bool:
    """Whether it grows too fast, or takes too long for each byte."""
    if times[-1] < NOTABLE:
        return False
    long = sizes[-1] > 5000 and times[-1] / sizes[-1] > LONGEST
    return long or exponent(sizes, times) > HIGHEST


def _directory(tables: Tables, made: Callable[[int, int], dict[str, str]], count: int) -> float:
    """The seconds that it takes to check so many files, or one with so many faults."""
    files = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            for name, text in made(number, count).items():
                (Path(folder) / name).write_text(text, "utf-8")
                files += 1
        if "manifest" in tables.get("corpus", {}):
            digest = sha256(b"other").hexdigest()
            entries = (f"{digest}  d{number:05}.md\n" for number in range(count))
            (Path(folder) / "manifest-sha256.txt").write_text("".join(entries), "utf-8")
        started = time.process_time()
        found = validator.check_paths([folder], profile(tables), today=TODAY).diagnostics()
        if sum(1 for _ in found) < (count - 1 if files > 1 else SHOWN):
            raise SystemExit("a fault was not found")  # the first may have nothing before it
        return time.process_time() - started


def _with_field(value: str) -> Callable[[int, int], dict[str, str]]:
    def made(number: int, count: int) -> dict[str, str]:
        text = f"---\nid: d{number}\nto: {value.format(number=number, count=count)}\n---\nText.\n"
        return {f"d{number:05}.md": text}

    return made


def _with_link(target: str) -> Callable[[int, int], dict[str, str]]:
    def made(number: int, count: int) -> dict[str, str]:
        link = target.format(number=number, other=(number * 7) % count)
        return {f"d{number:05}.md": f"# A\n\n[a]({link}) b\n"}

    return made


def _in_one(form: str, head: str = "# A\n\n", tail: str = "\n") -> Callable[..., dict[str, str]]:
    def made(number: int, count: int) -> dict[str, str]:
        if number:
            return {}
        parts = (form.format(at) for at in range(count))
        return {"d0.md": f"{head}{''.join(parts)}{tail}"}

    return made


def _reference(**keys: object) -> dict[str, object]:
    return {"references": [{"to": "id", "field": "to", **keys}]}


CORPORA: list[tuple[str, Tables, Callable[[int, int], dict[str, str]]]] = [
    (
        "references to no document",
        {"delimiters": BLOCK, "corpus": _reference()},
        _with_field("x{number}"),
    ),
    ("one id for all", {"delimiters": BLOCK, "corpus": {"unique": ["to"]}}, _with_field("1")),
    (
        "no agreement",
        {"delimiters": BLOCK, "corpus": {"agree": [{"field": "to"}]}},
        _with_field("{number}"),
    ),
    (
        "links to no file",
        {"body": LINKS, "corpus": _reference(field="body.link", to="file")},
        _with_link("q{number}.md"),
    ),
    (
        "links to no heading",
        {"body": LINKS, "corpus": _reference(field="body.link", to="file", anchors=True)},
        _with_link("d{other:05}.md#b"),
    ),
    (
        "one file with links to no heading",
        {"body": LINKS, "corpus": _reference(field="body.link", to="file", anchors=True)},
        _in_one("[a](#heading-{}) "),
    ),
    (
        "one file with names of no file, which it links to, too",
        {
            **NAMED,
            "body": SPOKEN,
            "corpus": {"references": [TO_FILE, {**TO_FILE, "field": "body.name"}]},
        },
        _in_one("NR-{0} [a](nr-{0}.md) "),
    ),
    (
        "one document with references to none",
        {"delimiters": BLOCK, "corpus": _reference()},
        _in_one("  - xy{}\n", "---\nid: a\nto:\n", "---\nText.\n"),
    ),
    (
        "no sidecar",
        {"delimiters": {"block": "sidecar", "sidecar": "{stem}.yaml"}},
        lambda number, count: {f"d{number:05}.md": "# A\n"},
    ),
    (
        "gaps in a sequence",
        {"file": {"name": r"d(?P<n>[0-9]+)\.md"}, "corpus": {"sequence": "file.n"}},
        lambda number, count: {f"d{number * 3 + 1:05}.md": f"# {number}\n"},
    ),
    (
        "digests that are others",
        {"corpus": {"manifest": "manifest-sha256.txt"}},
        lambda number, count: {f"d{number:05}.md": "# A\n"},
    ),
]


if __name__ == "__main__":
    main()

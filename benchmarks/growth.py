"""Prints what takes more than twice as long for twice as much: of each rule, and of whole corpora.

    python -m benchmarks.growth

Each rule's bad example is repeated until it fills 100 kB, then 200 kB, and checked as one file;
where it begins with a block of metadata, so is its body alone. Then directories of 2,000 and of
4,000 files are checked, with one fault in each. What takes long, or grows faster than its input,
is told; the rest is silent.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

import validator
from tests.support import profile
from validator.rules.catalog import catalog
from validator.rules.rule import Corpus, Name, Rule

Tables = Mapping[str, Mapping[str, object]]

SIZES = (100_000, 200_000)
COUNTS = (2000, 4000)
TODAY = date(2026, 1, 1)
NOTABLE, LONG, TWICE = 0.5, 3.0, 2.8
"""Seconds from which growth counts, seconds that are long whatever it is, and growth that is bad."""

FENCES = (b"---\n", b"+++\n")
BLOCK = {"block": "front-matter"}
LINKS = {"fields": {"link": {"scope": "links"}}}


def main() -> None:
    """Measure all, print what stands out."""
    for rule in catalog().rules.values():
        if not isinstance(rule.check, Corpus | Name):
            for label, grow in _grown(rule):
                _tell(f"{rule.code} {rule.name}, {label}", *map(grow, SIZES))
    for label, tables, made in CORPORA:
        _tell(label, *(_directory(tables, made, count) for count in COUNTS))
    sys.stdout.write("done\n")


def _tell(label: str, once: float, twice: float) -> None:
    growth = twice / max(once, 1e-3)
    if twice > LONG or (twice > NOTABLE and growth > TWICE):
        sys.stdout.write(f"{label}: {once:.2f} s, twice as much {twice:.2f} s, {growth:.1f} x\n")


def _grown(rule: Rule) -> Iterator[tuple[str, Callable[[int], float]]]:
    """Ways to grow the bad example of a rule, each as what gives the seconds for a size."""
    own = {name: data for name, data in rule.bad.files.items() if not data.startswith(b"-> ")}
    if not any(own.values()):
        return
    name, data = max(own.items(), key=lambda pair: len(pair[1]))
    chosen = profile(rule.bad.profile)

    def timed(head: bytes, rest: bytes, size: int) -> float:
        grown = head + rest * max(2, size // len(rest))
        started = time.perf_counter()
        validator.check_bytes(grown, chosen, name=name.rpartition("/")[2], today=TODAY)
        return time.perf_counter() - started

    yield "repeated", lambda size: timed(b"", data, size)
    end = data.find(data[:4], 4) + 4 if data.startswith(FENCES) else 0
    if 4 < end < len(data):
        yield "its body repeated", lambda size: timed(data[:end], data[end:], size)


def _directory(tables: Tables, made: Callable[[int, int], dict[str, str]], count: int) -> float:
    """The seconds that it takes to check so many files."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            for name, text in made(number, count).items():
                (Path(folder) / name).write_text(text, "utf-8")
        if "manifest" in tables.get("corpus", {}):
            digest = sha256(b"other").hexdigest()
            entries = (f"{digest}  d{number:05}.md\n" for number in range(count))
            (Path(folder) / "manifest-sha256.txt").write_text("".join(entries), "utf-8")
        started = time.perf_counter()
        found = validator.check_paths([folder], profile(tables), today=TODAY).diagnostics()
        if sum(1 for _ in found) < count - 1:  # the first may have nothing before it
            raise SystemExit("a fault was not found")
        return time.perf_counter() - started


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

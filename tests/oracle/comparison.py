"""Where two checkers agree, by (file, line), and each place where they do not."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from .bench import Bench, Remark, Verdict
from .cases import Case

Out = Callable[[str], object]


class Dispute(Struct, frozen=True):
    """A line on which only one of the two has something to say."""

    case: Case
    line: int
    theirs: str
    ours: str


class Comparison:
    """Collects verdicts on documents; `shown` disputes of a kind are printed, `pairs` of a kind."""

    def __init__(self, bench: Bench, shown: int, pairs: int) -> None:
        self.bench, self.shown, self.pairs = bench, shown, pairs
        self.left_out: Counter[str] = Counter()
        self.files = self.same_files = self.same_verdicts = self.crashed = 0
        self.agreed: Counter[str] = Counter()
        self.only: dict[str, Counter[str]] = {"theirs": Counter(), "ours": Counter()}
        self.places = {"both": 0, "theirs": 0, "ours": 0}
        self.disputes: dict[str, list[Dispute]] = defaultdict(list)
        self.paired: dict[str, tuple[str, str]] = {}

    def add(self, case: Case, theirs: Verdict, ours: Verdict) -> None:
        """Count one document. Where their checker died, there is nothing to compare with."""
        if theirs.crash:
            self.crashed += 1
            return
        self.files += 1
        outside = self.bench.outside
        self.left_out.update(one.kind for one in theirs.remarks if one.kind in outside)
        left = self._by_line(one for one in theirs.remarks if one.kind not in outside)
        right = self._by_line(ours.remarks)
        self.same_files += left.keys() == right.keys()
        self.same_verdicts += bool(left) == bool(right)
        for line in sorted(left.keys() | right.keys()):
            self._place(case, line, left.get(line, []), right.get(line, []))

    def _by_line(self, remarks: Iterable[Remark]) -> dict[int, list[tuple[str, str]]]:
        lines: dict[int, list[tuple[str, str]]] = {}
        said = set()
        for remark in remarks:
            if remark.kind in self.bench.once and remark.kind in said:
                continue
            said.add(remark.kind)
            lines.setdefault(max(remark.line, 1), []).append((remark.kind, remark.text))
        return lines

    def _place(
        self, case: Case, line: int, left: list[tuple[str, str]], right: list[tuple[str, str]]
    ) -> None:
        side = "both" if left and right else "theirs" if left else "ours"
        self.places[side] += 1
        for kind, _ in {*left, *right}:
            if side == "both":
                self.agreed[kind] += 1
            else:
                self.only[side][kind] += 1
        words = ["; ".join(text for _, text in remarks) for remarks in (left, right)]
        if side != "both":
            for kind in {kind for kind, _ in left or right}:
                self.disputes[kind].append(Dispute(case, line, *words))
        elif len(left) == len(right) == 1:
            self.paired.setdefault(left[0][0], (words[0], words[1]))

    def print(self, title: str, out: Out = sys.stdout.write) -> None:
        """Figures, then kinds that are disputed, then the disputes."""
        total = sum(self.places.values())
        out(f"== {title}: {self.files} documents, {total} places\n")
        if self.crashed:
            out(f"   {self.crashed} documents more on which their checker died\n")
        for kind, count in self.left_out.most_common():
            out(f"   {count} remarks left out: {kind}\n")
        out(f"   same verdict   {_share(self.same_verdicts, self.files)}\n")
        out(f"   same lines     {_share(self.same_files, self.files)}\n")
        out(f"   (file, line)   {_share(self.places['both'], total)}")
        out(f"   only theirs {self.places['theirs']}, only ours {self.places['ours']}\n")
        for kind in sorted(self.disputes, key=lambda kind: -len(self.disputes[kind])):
            side = "theirs" if kind in self.only["theirs"] else "ours"
            count = self.only["theirs"][kind] + self.only["ours"][kind]
            out(f"-- {count} only {side} (agreed {self.agreed[kind]}): {kind}\n")
            for dispute in self.disputes[kind][: self.shown]:
                out(f"   {dispute.case.path}:{dispute.line} ({dispute.case.origin})")
                out(f" {_line(dispute)!r}\n      {side}: {dispute.theirs or dispute.ours}\n")
        for kind, (left, right) in list(self.paired.items())[: self.pairs]:
            out(f"-- {kind}\n   theirs: {left}\n   ours:   {right}\n")


def _line(dispute: Dispute) -> str:
    lines = dispute.case.data.replace(b"\r\n", b"\n").split(b"\n")
    line = lines[dispute.line - 1] if dispute.line <= len(lines) else b""
    return line.decode("utf-8", "replace")[:90]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole if whole else 100:7.3f} %  ({part} of {whole})"


def compare(
    cases: Sequence[Case],
    theirs: Sequence[Verdict],
    ours: Sequence[Verdict],
    bench: Bench,
    shown: int,
    pairs: int,
) -> Comparison:
    """All documents of one origin."""
    made = Comparison(bench, shown, pairs)
    for case, left, right in zip(cases, theirs, ours, strict=True):
        made.add(case, left, right)
    return made

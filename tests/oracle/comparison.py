"""Where two checkers agree, by (file, line), and each place where they do not."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from .bench import Anchor, Bench, Parts, Remark, Verdict
from .cases import Case

Out = Callable[[str], object]
NO_ANCHOR = Anchor(())


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
        self.moved: dict[str, list[int]] = defaultdict(list)
        self.meant: Counter[str] = Counter()
        self.unheard: Counter[str] = Counter()
        self.set_aside: Counter[str] = Counter()
        self.stopped = self.both_at_fault = 0
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
        reason = self.bench.aside(case.data, theirs, ours)
        if reason:
            self.set_aside[reason] += 1
            self.both_at_fault += bool(theirs.remarks) == bool(ours.remarks)
            return
        self.files += 1
        outside = self.bench.outside
        self.left_out.update(one.kind for one in theirs.remarks if one.kind in outside)
        heard = [one for one in theirs.remarks if one.kind not in outside]
        own = self._once(ours.remarks, heard)
        if theirs.stopped:
            self.stopped += 1
            own = [one for one in own if one.line <= theirs.stopped]
        if self.bench.parts:
            own = list(self._in_parts(self.bench.parts, case.data, heard, own))
        said = self._once(heard, ours.remarks)
        left, right = _by_line(self._anchored(said, own)), _by_line(own)
        lines = _lines(case.data)
        for line in sorted(left.keys() ^ right.keys()):
            side = left if line in left else right
            name = self._meant(lines, side[line], "theirs" if side is left else "ours")
            if name:
                self.meant[name] += 1
                del side[line]
        self.same_files += left.keys() == right.keys()
        self.same_verdicts += bool(left) == bool(right)
        for line in sorted(left.keys() | right.keys()):
            self._place(case, line, left.get(line, []), right.get(line, []))

    def _once(self, remarks: Iterable[Remark], other: Iterable[Remark]) -> list[Remark]:
        spoken_of = {one.line for one in other}
        kept: list[Remark] = []
        last: dict[str, int] = {}
        for remark in remarks:
            kind, line = remark.kind, remark.line
            known = kind in last
            run = kind in self.bench.runs and known and line - last[kind] <= 1
            again = known and kind in self.bench.once and line not in spoken_of
            if not run and not again:
                kept.append(remark)
            last[kind] = line
        return kept

    def _in_parts(
        self, parts: Parts, data: bytes, heard: Sequence[Remark], own: Sequence[Remark]
    ) -> Iterator[Remark]:
        """Ours, but for what theirs did not come to in the part, or says once of it."""
        part = parts.of(data)
        left: dict[int, int] = {}
        for remark in heard:
            stage = parts.halts.get(remark.kind)
            if stage is not None:
                at = part(remark.line)
                left[at] = min(stage, left.get(at, stage))
        spoken_of = {one.line for one in heard}
        seen: set[tuple[int, str]] = set()
        for remark in own:
            at, name = part(remark.line), remark.kind.split()[-1]
            first = (at, name) not in seen
            seen.add((at, name))
            if remark.line in spoken_of:
                yield remark
            elif parts.stages.get(name, 0) > left.get(at, 99):
                self.unheard[name] += 1
            elif first or name not in parts.once:
                yield remark

    def _anchored(self, remarks: Sequence[Remark], own: Sequence[Remark]) -> Iterator[Remark]:
        """Remarks of theirs, moved from lines that say nothing to those that ours are at."""
        taken = {one.line for one in remarks}
        for remark in remarks:
            anchor = self.bench.anchors.get(remark.kind, NO_ANCHOR)
            places = [
                one.line
                for one in own
                if one.kind.split()[-1] in anchor.rules
                and anchor.says in one.text
                and (not anchor.reach or abs(one.line - remark.line) <= anchor.reach)
            ]
            if not places or remark.line in places:
                yield remark
                continue
            free = [line for line in places if line not in taken] or places
            line = min(free, key=lambda place: abs(place - remark.line))
            taken.add(line)
            self.moved[remark.kind].append(abs(line - remark.line))
            yield replace(remark, line=line)

    def _meant(self, lines: Sequence[bytes], remarks: Sequence[Remark], side: str) -> str:
        """The deviation that explains each of the remarks; empty if one is left unexplained."""
        names = []
        for remark in remarks:
            line = lines[remark.line - 1] if 0 < remark.line <= len(lines) else b""
            names.append(
                next(
                    (
                        one.name
                        for one in self.bench.deviations
                        if one.side == side and one.applies(line, remark)
                    ),
                    "",
                )
            )
        return names[0] if all(names) else ""

    def _place(
        self, case: Case, line: int, left: Sequence[Remark], right: Sequence[Remark]
    ) -> None:
        side = "both" if left and right else "theirs" if left else "ours"
        self.places[side] += 1
        for kind in {one.kind for one in (*left, *right)}:
            if side == "both":
                self.agreed[kind] += 1
            else:
                self.only[side][kind] += 1
        words = ["; ".join(one.text for one in remarks) for remarks in (left, right)]
        if side != "both":
            for kind in {one.kind for one in left or right}:
                self.disputes[kind].append(Dispute(case, line, *words))
        elif len(left) == len(right) == 1:
            self.paired.setdefault(left[0].kind, (words[0], words[1]))

    def _print_left_out(self, out: Out) -> None:
        if self.crashed:
            out(f"   {self.crashed} documents more on which their checker died\n")
        for kind, count in self.left_out.most_common():
            out(f"   {count} remarks left out: {kind}\n")
        if self.stopped:
            out(f"   {self.stopped} documents at whose first lines their checker stopped\n")
        for name, count in self.unheard.most_common():
            out(f"   {count} remarks of ours in parts that they left before: {name}\n")
        for name, count in self.set_aside.most_common():
            out(f"   {count} documents set aside, as is meant: {name}\n")
        if self.set_aside:
            out(f"   {self.both_at_fault} of them with the same verdict\n")
        for kind, lines in sorted(self.moved.items(), key=lambda item: -len(item[1])):
            far = f"{sorted(lines)[len(lines) // 2]} lines away, at most {max(lines)}"
            out(f"   {len(lines)} remarks taken as said on our line ({far}): {kind}\n")
        for name, count in self.meant.most_common():
            out(f"   {count} places set aside, as is meant: {name}\n")

    def print(self, title: str, strict: Comparison, out: Out = sys.stdout.write) -> None:
        """Figures, then kinds that are disputed, then the disputes.

        `strict` is the same comparison without anchors: its figures stand beside ours.
        """
        total = sum(self.places.values())
        out(f"== {title}: {self.files} documents, {total} places\n")
        self._print_left_out(out)
        out(f"   {'same verdict':22}{_share(self.same_verdicts, self.files)}\n")
        for name, one in {"": self, ", strict": strict}.items():
            places = one.places
            out(f"   {f'same lines{name}':22}{_share(one.same_files, one.files)}\n")
            share = _share(places["both"], sum(places.values()))
            alone = f"only theirs {places['theirs']}, only ours {places['ours']}"
            out(f"   {f'(file, line){name}':22}{share}   {alone}\n")
        for kind in sorted(self.disputes, key=lambda kind: -len(self.disputes[kind])):
            side = "theirs" if kind in self.only["theirs"] else "ours"
            count = self.only["theirs"][kind] + self.only["ours"][kind]
            out(f"-- {count} only {side} (agreed {self.agreed[kind]}): {kind}\n")
            for dispute in self.disputes[kind][: self.shown]:
                out(f"   {dispute.case.path}:{dispute.line} ({dispute.case.origin})")
                out(f" {_line(dispute)!r}\n      {side}: {dispute.theirs or dispute.ours}\n")
        for kind, (left, right) in list(self.paired.items())[: self.pairs]:
            out(f"-- {kind}\n   theirs: {left}\n   ours:   {right}\n")


def _by_line(remarks: Iterable[Remark]) -> dict[int, list[Remark]]:
    lines: dict[int, list[Remark]] = {}
    for remark in remarks:
        lines.setdefault(max(remark.line, 1), []).append(remark)
    return lines


def _lines(data: bytes) -> list[bytes]:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")


def _line(dispute: Dispute) -> str:
    lines = _lines(dispute.case.data)
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

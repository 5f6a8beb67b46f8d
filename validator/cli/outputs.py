"""Where each output goes: to standard output, a file, or the summary of a step on GitHub."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TextIO

from msgspec import Struct, field
from msgspec.structs import replace

from ..errors import UsageError, did_you_mean
from ..file.temporary import Input
from ..model import Diagnostic, Summary
from ..render import DEFAULT, About, Look, format_named, formats, renderer
from ..text.harmless import harmless_lines
from .ending import STOP, standard_error, standard_output
from .progress import Progress
from .stopping import Stop
from .terminal import columns, wants_color, wants_links

STDOUT: Final = "-"
STDERR: Final = "\0"
"""In the place of a path: standard error."""


class Streams(Struct, frozen=True):
    """The standard streams, the environment (colours, build services), and the stop signal."""

    out: TextIO
    err: TextIO
    environ: Mapping[str, str]
    stdin: Input | None = None
    stop: Stop = field(default_factory=Stop)


def standard_streams() -> Streams:
    """The streams of this process, with its environment and its stop signal."""
    stdin = sys.stdin.buffer if sys.stdin is not None else None
    return Streams(standard_output(), standard_error(), os.environ, stdin, STOP)


class Output(Struct, frozen=True):
    """A format, and the file that it is written to, or STDOUT, or STDERR."""

    format: str
    path: str = STDOUT

    @property
    def is_file(self) -> bool:
        """Whether it goes to a file, not to a standard stream."""
        return self.path not in (STDOUT, STDERR)


class Wishes(Struct, frozen=True):
    """The options of a command line about its output."""

    output_format: str | None = None
    output_file: str | None = None
    output: Sequence[str] = ()
    statistics: bool = False
    color: str = "auto"
    quiet: bool = False
    silent: bool = False
    no_group: bool = False

    @property
    def tells_findings_only(self) -> bool:
        """Whether nothing but findings is printed: no progress, no summary."""
        return self.quiet or self.silent


class Findings(Struct, frozen=True):
    """The findings of a run, to be read once, and its summary, which is known afterwards."""

    each: Iterable[Diagnostic]
    summary: Callable[[], Summary]


def outputs_of(wishes: Wishes) -> list[Output]:
    """All outputs. Raises UsageError for one not of the form `FORMAT:PATH`, or two to one place."""
    found = [_output(word) for word in wishes.output]
    if wishes.output_format or wishes.output_file or all(one.is_file for one in found):
        found.insert(0, Output(wishes.output_format or DEFAULT, wishes.output_file or STDOUT))
    taken: set[str] = set()
    for one in found:
        place = one.path if one.path == STDOUT else os.path.realpath(one.path)
        if place in taken:
            what = "standard output" if place == STDOUT else f"`{one.path}`"
            raise UsageError(f"two outputs go to {what}; give each its own file")
        taken.add(place)
    if wishes.silent:
        found = [one for one in found if one.is_file]
    return _counted(found, wishes.silent) if wishes.statistics else found


def _output(word: str) -> Output:
    name, colon, path = word.partition(":")
    if not path:
        lacks = "has no path" if colon else "is not of the form FORMAT:PATH"
        raise UsageError(f"--output `{word}` {lacks}; write it like `sarif:report.sarif`")
    if name not in formats():
        near = did_you_mean(name, formats()) or f" (one of {', '.join(formats())})"
        raise UsageError(f"there is no format `{name}`{near}")
    return Output(name, path)


def _counted(found: Sequence[Output], silent: bool) -> list[Output]:
    """The outputs with statistics in the place of each format for people.

    If no format is for people, the statistics go to standard error.
    """
    if silent or any(map(_for_people, found)):
        return [replace(one, format="statistics") if _for_people(one) else one for one in found]
    return [*found, Output("statistics", STDERR)]


def _for_people(output: Output) -> bool:
    return format_named(output.format).for_people


def shows_edits(outputs: Sequence[Output]) -> bool:
    """Whether the format of one output shows the edits of fixes."""
    return any(format_named(one.format).has_edits for one in outputs)


def deliver(
    outputs: Sequence[Output],
    findings: Findings,
    wishes: Wishes,
    look: Look,
    streams: Streams,
    progress: Progress | None = None,
) -> None:
    """Write the findings to each output. A single one to standard output is not buffered.

    Raises UsageError if a file cannot be written, BrokenPipeError if the reader has ended.
    """
    annotated = _annotated(outputs, wishes, streams)
    found = findings.each
    if annotated or len(outputs) > 1 or any(one.is_file for one in outputs):
        from ..render._held import held

        found = held(findings.each)
    if not outputs:
        for _ in found:
            pass
    summary, nobody = findings.summary, None
    for one in outputs:
        render = renderer(one.format)
        if one.is_file:
            write_file(one.path, render(found, summary, look))
            continue
        stream = streams.err if one.path == STDERR else streams.out
        try:
            screen = _screen(look, wishes, stream, streams.environ)
            _print(render(found, summary, screen), stream, progress)
        except BrokenPipeError as error:
            nobody = error  # nobody reads standard output; files are written all the same
    if progress:
        progress.clear()
    if nobody:
        raise nobody
    if annotated:
        _tell_github(found, outputs, summary, look, streams)


def _annotated(outputs: Sequence[Output], wishes: Wishes, streams: Streams) -> bool:
    """Whether annotations of GitHub are written, too: asked for, or the run is on its Actions."""
    screens = [one for one in outputs if one.path == STDOUT]
    there = streams.environ.get("GITHUB_ACTIONS") == "true" and wishes.output_format is None
    return any(one.format == "github" or (there and _for_people(one)) for one in screens)


def _print(pieces: Iterable[str], stream: TextIO, progress: Progress | None) -> None:
    for text in pieces:
        if progress:
            progress.clear()
        stream.write(text)


def write_file(path: str, pieces: Iterable[str]) -> None:
    """Write a file: a temporary one takes its place when it is complete.

    Raises UsageError if it cannot be written.
    """
    target = os.path.realpath(path)
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        known = os.stat(target).st_mode if os.path.exists(target) else None
        if known is not None and not stat.S_ISREG(known):  # a device, a pipe
            with open(target, "w", encoding="utf-8", newline="\n") as file:
                file.writelines(pieces)
            return
        folder, name = os.path.split(target)
        made = os.path.join(folder, f".{name[:200]}.{os.getpid()}.part")
        try:
            with open(made, "x", encoding="utf-8", newline="\n") as file:
                file.writelines(pieces)
            if known is not None:
                os.chmod(made, stat.S_IMODE(known))
            os.replace(made, target)
        except BaseException:
            if os.path.exists(made):
                os.unlink(made)
            raise
    except OSError as error:
        raise UsageError(f"`{path}` cannot be written: {error.strerror}") from None


def _tell_github(
    found: Iterable[Diagnostic],
    outputs: Sequence[Output],
    summary: Callable[[], Summary],
    look: Look,
    streams: Streams,
) -> None:
    """Annotations beside the text, and tables in the summary of the step."""
    from ..render.github import annotate

    if all(one.format != "github" for one in outputs):
        streams.out.writelines(harmless_lines(annotate(found)))
    path = streams.environ.get("GITHUB_STEP_SUMMARY")
    totals = summary().totals
    if path and totals.findings:
        from ..render.markdown import ROOM

        text = "".join(renderer("markdown")(found, summary, look))
        try:
            if os.path.getsize(path) + len(text.encode()) < ROOM:
                with open(path, "a", encoding="utf-8", newline="\n") as file:
                    file.write(text)
        except OSError:
            pass  # the log has all findings


def about(code: str) -> About | None:
    """What a format may print about a rule; None for an unknown code."""
    from ..rules.catalog import catalog
    from ..rules.index import FAMILIES
    from .rule_pages import page

    rule = catalog().rules.get(code)
    if rule is None:
        return None
    family = FAMILIES[rule.family]
    return About(rule.summary, rule.explanation, page(rule), rule.severity, family)


def _screen(look: Look, wishes: Wishes, stream: TextIO, environ: Mapping[str, str]) -> Look:
    """How a standard stream may look."""
    color, links = wants_color(wishes.color, stream, environ), wants_links(stream, environ)
    return replace(look, color=color, links=links, width=columns(stream))

"""The `report` command: a saved run is written in another format."""

from __future__ import annotations

import io
import os
from typing import BinaryIO

from ..errors import UsageError
from ..file.opening import open_regular
from ..render import Look
from ..render._saved import read_saved
from .output_file import must_not_be_read
from .outputs import Findings, Streams, Wishes, about, deliver, outputs_of


class ReportRequest(Wishes, frozen=True, kw_only=True):
    """The options of the command line; `run` is the path of the saved run, or `-`."""

    run: str


def report(request: ReportRequest, streams: Streams) -> int:
    """Write the saved run to the outputs; the exit code, 0. Raises UsageError."""
    outputs = outputs_of(request)
    for one in outputs:
        must_not_be_read(one.path, [request.run], "saved run")
    with _opened(request.run, streams) as file:
        saved = read_saved(file, request.run)
        look = Look(
            quiet=request.quiet,
            group=not request.no_group,
            fail_on=saved.fail_on,
            exit_code=lambda: saved.exit_code,
            about=about,
            documentation=saved.documentation,
        )
        deliver(outputs, Findings(saved.findings, lambda: saved.summary), request, look, streams)
    return 0


def _opened(path: str, streams: Streams) -> BinaryIO:
    """The file of a run, or with `-` the content of standard input. Raises UsageError."""
    if path == "-":
        if streams.stdin is None:
            raise UsageError("standard input is closed")
        return io.BytesIO(streams.stdin.read(-1))
    try:
        return os.fdopen(open_regular(path), "rb")
    except OSError as error:
        raise UsageError(f"`{path}` cannot be read: {error.strerror}") from None

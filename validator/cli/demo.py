"""The command `demo`: makes a messy corpus, checks it, and names the path of the report."""

from __future__ import annotations

import os
from collections import Counter
from typing import Final

from ..demo.corpus import write
from ..render._words import counted
from ..text.visible import visible_path
from .check import check
from .check_request import request_of
from .outputs import Streams

REPORT: Final = "report.html"


def demo(folder: str, streams: Streams) -> int:
    """Make the corpus in a directory, and check it; 0 if that could be done.

    Raises UsageError where the directory is not empty or cannot be written.
    """
    planted = write(folder)
    report = os.path.join(folder, REPORT)
    kinds = Counter(one.code for one in planted)
    streams.out.write(
        f"Made {visible_path(folder)}: 2000 documents in five formats and twelve languages, with "
        f"{len(planted)} faults\nof {counted(len(kinds), 'kind')}.\n\n"
    )
    check(request_of((folder,), output_format="statistics", output=(f"html:{report}",)), streams)
    streams.out.write(f"\nA report to look at: {visible_path(report)}\n")
    return 0

"""Makes the pictures of the documentation from the real page: `python -m tests.pictures`.

It needs Chromium. Look at what it makes before it is committed.
"""

from __future__ import annotations

import io
import os
import subprocess
import tempfile

from validator.cli.demo import REPORT, demo
from validator.cli.outputs import Streams

from .support import ROOT
from .test_html import BROWSER

PICTURES = ROOT / "docs" / "pictures"
DARK = ("--force-dark-mode", "--blink-settings=preferredColorScheme=0")
SHOTS = {
    "report.png": (1200, 1000, ()),
    "report-dark.png": (1200, 1000, DARK),
    "report-narrow.png": (500, 1000, ()),
}
"""File, width, height, and how the browser is started besides."""


def main() -> None:
    """Make the demonstration in a directory that goes away again, and photograph its report."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        demo("demo", Streams(io.StringIO(), io.StringIO(), {}))
        PICTURES.mkdir(exist_ok=True)
        for name, (width, height, more) in SHOTS.items():
            subprocess.run(
                [
                    BROWSER or "chromium", "--headless", "--no-sandbox", "--disable-gpu",
                    "--hide-scrollbars", f"--window-size={width},{height}", *more,
                    f"--screenshot={PICTURES / name}", f"file://{folder}/demo/{REPORT}",
                ],
                check=True, capture_output=True,
            )  # fmt: skip


if __name__ == "__main__":
    main()

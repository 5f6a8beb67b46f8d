"""Adapters of readers of mails: the path of a file in, its documents out, as users call them.

This module runs in the environment of the readers, not in ours.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

APART = "printf '\\001'"
"""What the program of formail says after each mail: no text that passes has it."""


def mail(data: bytes) -> dict[str, str]:
    """A mail as a reader gives it, without the line ends behind it."""
    return {"mail": data.decode("latin-1").rstrip("\r\n")}


def behind_first_line(data: bytes) -> bytes:
    """A mail without its separator."""
    return data[data.find(b"\n") + 1 :]


def read_git_mailsplit(path: str) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        command = ["git", "mailsplit", "--keep-cr", f"-o{folder}", path]
        subprocess.run(command, check=True, capture_output=True)
        files = sorted(Path(folder).iterdir())
        return [mail(behind_first_line(one.read_bytes())) for one in files]


def read_formail(path: str) -> Any:
    with Path(path).open("rb") as file:
        command = ["formail", "-b", "-s", "sh", "-c", f"cat; {APART}"]
        done = subprocess.run(command, stdin=file, check=True, capture_output=True)
    return [mail(behind_first_line(one)) for one in done.stdout.split(b"\1")[:-1]]

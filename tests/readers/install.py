"""Makes an environment with the readers in it, once for each list of pins."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .roster import DEBIAN, PINS, SCRIPT_PINS


def install(folder: Path) -> tuple[str, str]:
    """A Python that has the readers, and the folder of modules for Node.js."""
    python, modules = folder / "venv" / "bin" / "python", folder / "node" / "node_modules"
    stamp, wanted = folder / "pins", "\n".join([sys.version, *PINS, *SCRIPT_PINS])
    if not (stamp.exists() and stamp.read_text("utf-8") == wanted):
        (folder / "node").mkdir(parents=True, exist_ok=True)
        _run(sys.executable, "-m", "venv", "--clear", str(folder / "venv"))
        _run(str(python), "-m", "pip", "install", "--quiet", *PINS)
        _run("npm", "install", "--silent", "--prefix", str(folder / "node"), *SCRIPT_PINS)
        stamp.write_text(wanted, "utf-8")
    return str(python), str(modules)


def install_debian() -> None:
    """Install the readers that are packages of Debian; this wants to be root."""
    _run("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *DEBIAN)


def _run(*command: str) -> None:
    subprocess.run(command, check=True)

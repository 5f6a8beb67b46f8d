r"""Format validator for document repositories and corpora.

import validator

profile = validator.load_profile("seed")
run = validator.check_paths(["seeds/"], profile)
for diagnostic in run.diagnostics():
    print(diagnostic.path, diagnostic.location.row, diagnostic.code, diagnostic.message)
print(run.summary.totals.documents)

found = validator.check_bytes(b"Title\nText.\n", profile)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = [
    "ArgumentError",
    "Checker",
    "ConfigError",
    "Diagnostic",
    "Edit",
    "Fix",
    "Location",
    "Profile",
    "Related",
    "Result",
    "Run",
    "Severity",
    "Summary",
    "Totals",
    "Unfinished",
    "UsageError",
    "ValidatorError",
    "__version__",
    "apply_edits",
    "check_bytes",
    "check_paths",
    "load_profile",
    "pack",
    "unpack",
]

if TYPE_CHECKING:
    from .errors import ArgumentError, ConfigError, UsageError, ValidatorError
    from .file.bundle import pack, unpack
    from .model import (
        Diagnostic,
        Edit,
        Fix,
        Location,
        Related,
        Result,
        Severity,
        Summary,
        Totals,
        Unfinished,
        apply_edits,
    )
    from .profile.resolve import Profile
    from .run.assemble import check_paths, load_profile
    from .run.checker import Checker, check_bytes
    from .run.run import Run

_HOMES = {
    "run.assemble": {"check_paths", "load_profile"},
    "run.checker": {"Checker", "check_bytes"},
    "file.bundle": {"pack", "unpack"},
    "errors": {"ArgumentError", "ConfigError", "UsageError", "ValidatorError"},
    "profile.resolve": {"Profile"},
    "run.run": {"Run"},
}


def __getattr__(name: str) -> Any:
    """The public names, loaded when they are asked for: `version` must not import the engine."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = next((module for module, names in _HOMES.items() if name in names), "model")
    return getattr(import_module(f".{home}", __name__), name)

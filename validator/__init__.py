r"""Format validator for document repositories and corpora.

import validator

run = validator.check_paths("corpus/")              # as `seed-validator check corpus/`
for found in run.diagnostics():
    print(found.path, found.location.row, found.code, found.message)
print(run.summary.totals.documents)

checker = validator.Checker("markdown")             # a profile, compiled once
result = checker.check(b"---\ntitle: A\n---\n")
print(result.ok, result.diagnostics)

`dir(validator)` shows the public names, and docs/library.md tells of them.
"""

from __future__ import annotations

TYPE_CHECKING = False  # to a type checker it is true; `typing` takes longer than all else here

__version__ = "0.2.0"

__all__ = [
    "ArgumentError",
    "Checker",
    "ConfigError",
    "Diagnostic",
    "Edit",
    "FileChoice",
    "FindingKind",
    "Fix",
    "Location",
    "NoFilesError",
    "Profile",
    "Related",
    "Result",
    "Results",
    "Row",
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
    "fixes",
    "list_files",
    "load_profile",
    "pack",
    "parse_profile",
    "to_arrow",
    "unpack",
]

if TYPE_CHECKING:
    from .diagnostic import Diagnostic, Edit, FindingKind, Fix, Location, Related, Row, Severity
    from .errors import ArgumentError, ConfigError, NoFilesError, UsageError, ValidatorError
    from .file.bundle import pack, unpack
    from .model import Result, Summary, Totals, Unfinished, apply_edits
    from .profile.resolve import Profile
    from .run.checker import Checker, check_bytes
    from .run.files import FileChoice
    from .run.fixes_in_memory import fixes
    from .run.library import check_paths, list_files, load_profile, parse_profile
    from .run.results import Results, to_arrow
    from .run.run import Run
else:  # to a type checker, what is not listed above is not there
    _HOMES = {
        "run.library": {"check_paths", "list_files", "load_profile", "parse_profile"},
        "run.checker": {"Checker", "check_bytes"},
        "run.files": {"FileChoice"},
        "run.fixes_in_memory": {"fixes"},
        "run.results": {"Results", "to_arrow"},
        "run.run": {"Run"},
        "file.bundle": {"pack", "unpack"},
        "errors": {
            *("ArgumentError", "ConfigError", "NoFilesError", "UsageError", "ValidatorError")
        },
        "profile.resolve": {"Profile"},
        "model": {"Result", "Summary", "Totals", "Unfinished", "apply_edits"},
    }

    def __getattr__(name: str) -> object:
        """Public names are loaded when asked for: `version` must not import the engine."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        home = next((module for module, names in _HOMES.items() if name in names), "diagnostic")
        return getattr(import_module(f".{home}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)

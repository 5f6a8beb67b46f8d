"""The list of all readers: found by walking `programs`, never listed by hand."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..errors import ValidatorError, did_you_mean
from . import programs

if TYPE_CHECKING:
    from .reader import Reader


@cache
def names() -> tuple[str, ...]:
    """The names of the readers, in order. No module is imported for it."""
    files = os.listdir(os.path.dirname(programs.__file__))
    stems = (name.removesuffix(".py") for name in sorted(files) if name.endswith(".py"))
    return tuple(stem.replace("_", "-") for stem in stems if stem != "__init__")


def reader_named(name: str) -> Reader:
    """The reader of this name. Raises ValidatorError, which proposes the nearest name."""
    if name not in names():
        raise ValidatorError(f"there is no reader `{name}`{did_you_mean(name, names())}")
    found: Reader = import_module(f"{programs.__name__}.{name.replace('-', '_')}").READER
    return replace(found, name=name)

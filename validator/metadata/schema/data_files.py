"""Reads the files that a configuration or a schema names: a schema, the words of a vocabulary."""

from __future__ import annotations

import json
from typing import Any, Final

from ...file.opening import OutsideError, read_text_in

_OUTSIDE: Final = "which does not lie in the directory of the configuration, where it must be"

LARGEST_VOCABULARY: Final = 1 << 20
"""Most words of a data file; a larger one is probably the wrong file."""


def table_of(name: str, folder: str) -> dict[str, Any]:
    """The table in the JSON file `name` of `folder`, the directory of the configuration.

    Raises ValueError, with the rest of a sentence, if it cannot be read or is no table.
    """
    try:
        read = json.loads(read_text_in(folder, folder, name))
    except OutsideError:
        raise ValueError(f"names `{name}`, {_OUTSIDE}") from None
    except OSError as error:
        raise ValueError(f"names `{name}`, which cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ValueError(f"names `{name}`, whose byte {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(
            f"names `{name}`, which is not JSON at row {error.lineno}, column {error.colno}"
        ) from None
    except RecursionError:
        raise ValueError(f"names `{name}`, which is nested too deeply") from None
    except ValueError:  # Python refuses a number of too many digits
        raise ValueError(f"names `{name}`, which has a number that cannot be read") from None
    if not isinstance(read, dict):
        raise ValueError(f"names `{name}`, which holds no JSON Schema: it must be a table")
    return read


def words_of(name: str, folder: str, root: str) -> list[str]:
    """The words in the file `name` of `folder`, each once.

    The file must be in `root`, the directory of the configuration. A `.json` file is a list of
    words, or a table whose keys are the words; any other file has a word a line, without empty
    lines and those that begin with `#`. Raises ValueError, with the rest of a sentence.
    """
    try:
        text = read_text_in(root, folder, name)
        words = _in_json(text) if name.endswith(".json") else _in_lines(text)
    except OutsideError:
        raise ValueError(f"names `{name}`, {_OUTSIDE}") from None
    except OSError as error:
        raise ValueError(f"names `{name}`, which cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise ValueError(f"names `{name}`, which is neither JSON nor text in UTF-8") from None
    if not words or not all(isinstance(word, str) and word for word in words):
        raise ValueError(f"names `{name}`, which holds no list of words")
    if len(words) > LARGEST_VOCABULARY:
        raise ValueError(f"names `{name}`, which has more than {LARGEST_VOCABULARY} words")
    return list(dict.fromkeys(words))


def _in_json(text: str) -> list[Any]:
    read = json.loads(text)
    return [*read] if isinstance(read, list | dict) else []


def _in_lines(text: str) -> list[Any]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    words = [line.strip() for line in lines]
    return [word for word in words if word and not word.startswith("#")]

"""Errors of the invocation or the configuration, which users must mend. All else is a finding.

- ValidatorError
  - UsageError: what is asked for cannot be done
    - ArgumentError: an argument of the library is of the wrong kind; it is a TypeError, too
    - NoFilesError: there is no file to check
  - ConfigError: a configuration or a profile is wrong
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final


class ValidatorError(Exception):
    """Base of the errors a user can mend; the command line prints it as one line, exit 2.

    Secrets in a URL that the message repeats are replaced (`without_secrets`).
    """

    def __init__(self, message: str = "") -> None:
        super().__init__(without_secrets(message))


class UsageError(ValidatorError):
    """The invocation cannot be carried out: a path that is not there, nothing matched."""


class ArgumentError(UsageError, TypeError):
    """An argument of the library is of a kind, or has a value, that it cannot have."""


class NoFilesError(UsageError):
    """There is no file to check; the message says what was passed by, and why."""


class ConfigError(ValidatorError):
    """The configuration is wrong; the message names the file, the place and the key."""


_USER: Final = r"""(\b(?!file:///)[a-zA-Z][\w+.-]+:/{1,3})[^/\s`'"]+@"""
"""User name and password before the host of a URL, also of a malformed one; not of `file:///`."""
_SECRET: Final = (
    r"""([?&;][^=&;?\s`'"]*(?:sig|credential|token|key|secret|password)[^=&;?\s`'"]*=)[^&;\s`'"]+"""
)


def without_secrets(text: str) -> str:
    """A message with `…` in place of users, passwords and keys in URLs: `https://…@host/a?sig=…`.

    Keys and signatures are known by the names of parameters, also in connection strings.
    """
    if "@" not in text and "=" not in text:
        return text
    import re  # only on the way to an error

    return re.sub(_SECRET, r"\1…", re.sub(_USER, r"\1…@", text), flags=re.IGNORECASE)


def no_room(folder: str, error: OSError) -> UsageError:
    """The error for a temporary file in `folder` that cannot be written, or read again."""
    return UsageError(
        f"temporary files cannot be kept in {folder} ({error.strerror}); set TMPDIR to a "
        "directory on a disk with more room"
    )


def option(name: str) -> str:
    """An argument as an option of the command line: `--extend-select` for `extend_select`."""
    return f"--{name.replace('_', '-')}"


def argument(name: str) -> str:
    """An argument of the library, as messages write it: in backticks."""
    return f"`{name}`"


def did_you_mean(word: str, known: Iterable[str], *, numbers: bool = False) -> str:
    """`; did you mean 'x'?` for the nearest known word, or nothing when none is near."""
    near = nearest_word(word, known, numbers=numbers)
    return f"; did you mean `{near}`?" if near else ""


def nearest_word(word: str, known: Iterable[str], *, numbers: bool = False) -> str:
    """The known word that comes nearest; empty when none is near.

    Nothing is near to a number, and `eip-54` is not near to `eip-154`: the same word with another
    number is another thing. With `numbers`, digits are compared as letters are: in the names of
    encodings `windows-1525` is a misspelling.
    """
    import difflib  # only on the way to an error

    letters, digits = _parted(word)
    if not any(map(str.isalpha, letters)):
        return ""
    candidates = list(known)
    if digits and not numbers:  # the same word with another number is another thing
        parts = zip(candidates, map(_parted, candidates), strict=True)
        candidates = [one for one, (name, count) in parts if name != letters or count == digits]
    folded = {candidate.lower(): candidate for candidate in candidates}
    near = difflib.get_close_matches(word.lower(), folded, n=1, cutoff=0.6)
    if not near:
        near = [name for name in folded if len(word) > 2 and name.startswith(word.lower())][:1]
    return folded[near[0]] if near else ""


def undeclared(what: str, name: str, known: Iterable[str]) -> str:
    """The rest of a sentence about a key that names a `what` which is not `known`."""
    names = [*known]
    near = did_you_mean(name, names) or f"; there are {', '.join(names)}"
    return f"names the {what} `{name}`, which is not declared{near}"


def _parted(word: str) -> tuple[str, str]:
    """The letters and signs of a word, in small letters, and its digits without leading zeros."""
    digits = "".join(filter(str.isdigit, word)).lstrip("0")
    return "".join(one for one in word.lower() if not one.isdigit()), digits


class Nearest:
    """`did_you_mean` for many words, which stops after comparisons that take a second at most.

    A thousand references that lead nowhere are not each compared with ten thousand names.
    """

    _MOST: Final = 100_000  # comparisons of 2 to 10 us each

    def __init__(self) -> None:
        self._compared = 0

    def __call__(self, word: str, known: Sequence[str]) -> str:
        """See `did_you_mean`; empty when too much has been compared already."""
        self._compared += len(known)
        return did_you_mean(word, known) if self._compared <= self._MOST else ""


class MisplacedError(ValueError):
    """What is wrong with a part of a value: the rest of a sentence, and the keys to the part.

    `keys` lead from the value to the part. Where only something within the part is at fault,
    `inside` are the keys from the part to that.
    """

    def __init__(
        self, words: str, keys: Iterable[str | int] = (), inside: Iterable[str | int] = ()
    ) -> None:
        super().__init__(words)
        self.keys, self.inside = tuple(keys), tuple(inside)

    @classmethod
    def under(cls, error: ValueError, *keys: str | int) -> MisplacedError:
        """The same error with `keys` before its own: they lead to the value that it is about."""
        inner, inside = getattr(error, "keys", ()), getattr(error, "inside", ())
        return cls(str(error), (*keys, *inner), inside)

    @property
    def part(self) -> str:
        """The keys as they follow the name of the value: `.check[1].max`; items count from 1."""
        return "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in self.keys)

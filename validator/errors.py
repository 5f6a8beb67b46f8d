"""What the user must mend in the invocation or the configuration. Everything else is a finding."""

from __future__ import annotations

from collections.abc import Iterable


class ValidatorError(Exception):
    """Base of the errors a user can mend; the command line prints it as one line, exit 2."""


class UsageError(ValidatorError):
    """The invocation cannot be carried out: a path that is not there, nothing matched."""


class ConfigError(ValidatorError):
    """The configuration is wrong; the message names the file, the place and the key."""


def no_room(folder: str, error: OSError) -> UsageError:
    """What to say when a temporary file cannot be written."""
    return UsageError(
        f"temporary files cannot be written in {folder} ({error.strerror}); set TMPDIR to a "
        "directory on a disk with more room"
    )


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the nearest known word, or nothing when none is near."""
    import difflib  # only on the way to an error

    candidates = list(known)
    folded = {candidate.lower(): candidate for candidate in candidates}
    near = difflib.get_close_matches(word.lower(), folded, n=1, cutoff=0.6)
    if not near:
        near = [name for name in folded if len(word) > 2 and name.startswith(word.lower())][:1]
    return f"; did you mean `{folded[near[0]]}`?" if near else ""


class MisplacedError(ValueError):
    """What is wrong with a part of a value: the rest of a sentence, and the keys to the part."""

    def __init__(self, words: str, keys: Iterable[str | int] = ()) -> None:
        super().__init__(words)
        self.keys = tuple(keys)

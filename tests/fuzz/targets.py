"""What is given random bytes. Each raises nothing, and AssertionError where a law is broken."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from random import Random

from validator.errors import ValidatorError
from validator.metadata.syntax.table import SYNTAXES, examine, load
from validator.profile.configuration import configuration as configured
from validator.rules.catalog import catalog
from validator.settings.options import Settings

from .laws import PROFILES, checker, holds, is_harmless
from .splicer import TOKENS, spliced

Target = Callable[[bytes], None]
_NO_SETTINGS = Settings({})
PACKED = (".bz2", ".gz", ".xz", ".zst")


def documents(data: bytes) -> None:
    """A document under one of the profiles, which its first byte chooses."""
    at, data = (data[0], data[1:]) if data else (0, b"")
    one = checker(PROFILES[at // 2 % len(PROFILES)], at % 2 == 1)
    result = one.check(data)
    holds(result, len(data))
    is_harmless(result, at + len(data))


def splices(data: bytes) -> None:
    """A document spliced from fixtures; the bytes are the seed."""
    random = Random(data)
    name, document = spliced(random)
    one = checker(random.choice(PROFILES), random.random() < 0.5)
    packed = name.lower().endswith((*PACKED, ".parquet"))  # what is inside of it is counted
    result = one.check(document, name=name)
    holds(result, None if packed else len(document))
    is_harmless(result, random.randrange(1000))


def configuration(data: bytes) -> None:
    """A configuration: it is right, or refused in words of ours."""
    path = _folder() / "seed-validator.toml"
    path.write_bytes(data)
    try:
        configured(".", str(path))
    except ValidatorError:
        pass  # in words of ours


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="seed-validator-fuzz-"))


def metadata(data: bytes) -> None:
    """A block of metadata in each syntax: read quickly, it is what the exact reader reads."""
    for name in SYNTAXES:
        quick = load(name, data, _NO_SETTINGS)
        exact = examine(name, data, (0, len(data)), _NO_SETTINGS)
        for flaw in exact.flaws:
            start, end = getattr(flaw, "start", 0), getattr(flaw, "end", 0)
            assert 0 <= start <= end <= len(data), flaw
        if quick is not None:
            assert exact.tree is not None, name
            assert _same(exact.tree.value, quick), name


def _same(one: object, other: object) -> bool:
    """Equal, as text: NaN is not equal to itself."""
    return repr(one) == repr(other)


def streams(data: bytes) -> None:
    """A compressed file: by its first byte damaged, or what the rest is when it is packed."""
    at, data = (data[0], data[1:]) if data else (0, b"")
    suffix = PACKED[at % len(PACKED)]
    if at >= 128:
        whole = gzip.compress(data, mtime=0)
        data, suffix = whole[: len(whole) - (at % 9 if at % 3 else 0)], ".gz"
    profile = ("text", "jsonl", "wet", "markdown")[at // 8 % 4]
    holds(checker(profile, all_rules=False).check(data, name=f"a.txt{suffix}"), None)


def names(data: bytes) -> None:
    """The name of a document."""
    at, data = (data[0], data[1:]) if data else (0, b"")
    name = data.replace(b"\0", b"?").decode("utf-8", "surrogateescape")
    text = b"Title\n\nText.\n"
    result = checker(PROFILES[at // 2 % len(PROFILES)], at % 2 == 1).check(text, name=name)
    holds(result, None)
    is_harmless(result, at)


TARGETS: Mapping[str, Target] = {
    one.__name__: one for one in (documents, splices, configuration, metadata, streams, names)
}


def input_for(target: str, random: Random) -> bytes:
    """Random bytes for a target, the same for the same state of `random`."""
    if target == "splices":
        return random.randbytes(8)
    if target == "names":
        return random.randbytes(random.randrange(1, 40)) + random.choice(TOKENS)[:99]
    if target == "configuration":
        return configured_by(random)
    return random.randbytes(1) + spliced(random)[1]


def configured_by(random: Random) -> bytes:
    """A configuration with some words of the published schema in it."""
    lines = [b"[profiles.a]", random.choice((b"files = ['*']", b"extends = 'text'", b"files = 1"))]
    for _ in range(random.randrange(6)):
        key = random.choice([*catalog().options])
        value = random.choice((b"true", b"1", b"'a'", b"['a', 'b']", b"{ a = 1 }", b"[[1]]", b"-1"))
        lines += [f"{random.choice(('', 'profiles.a.'))}{key} = ".encode() + value]
    random.shuffle(lines)
    return b"\n".join(lines) + random.choice((b"", random.choice(TOKENS)[:200]))

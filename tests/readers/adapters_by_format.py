"""Adapters of readers of mails: the path of a file in, its documents out, as users call them.

This module runs in the environment of the readers, not in ours.
"""

from __future__ import annotations

import re
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


Cells = dict[str, Any]
COLUMNS = "id form lemma upos xpos feats head deprel deps misc".split()

RELATION = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[1-9][0-9]*)?:.+")


def sentence(metadata: Any, tokens: list[Cells]) -> Cells:
    """A sentence: what its comments say that have a name and a value, and its tokens."""
    told = {key: str(value) for key, value in metadata.items() if key.strip() and value}
    return {"metadata": told, "tokens": tokens}


def attributes(pairs: Any) -> Any:
    """Features: values with commas are sets, and one without a value has none."""
    return {
        key: sorted({*(value.split(",") if isinstance(value, str) else value or ())} - {""})
        for key, value in (pairs or {}).items()
        if value is not True
    } | {key: [] for key, value in (pairs or {}).items() if value is True}


def read_conllu(path: str) -> Any:
    import conllu

    with Path(path).open(encoding="utf-8") as file:
        return [
            sentence(one.metadata, [_of_conllu(token) for token in one])
            for one in conllu.parse_incr(file)
        ]


def _number(value: Any) -> str:
    return "".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _of_conllu(token: Any) -> Cells:
    cells = {name: token[name] for name in COLUMNS if name in token}
    if isinstance(cells.get("deps"), list):
        cells["deps"] = [[_number(head), relation] for relation, head in cells["deps"]]
    return _cells(cells)


def _cells(cells: Cells) -> Cells:
    """Cells in one form: `_` is nothing, ids are text."""
    return {
        name: attributes(value)
        if name in ("feats", "misc")
        else [[str(head), relation] for head, relation in value]
        if name == "deps" and isinstance(value, list)
        else "_"
        if value is None
        else _number(value)
        for name, value in cells.items()
    }


def read_pyconll(path: str) -> Any:
    import pyconll

    return [
        sentence(_comments(one), [_of_pyconll(token) for token in one])
        for one in pyconll.load_from_file(path)
    ]


def _comments(one: Any) -> Any:
    return one._meta  # it has no other way to list them


def _of_pyconll(token: Any) -> Cells:
    cells = {name: getattr(token, name) for name in COLUMNS}
    deps = cells["deps"]
    cells["deps"] = [
        [head, ":".join(part for part in parts if part is not None)] for head, parts in deps.items()
    ] or None
    return _cells(cells)


def read_udapi(path: str) -> Any:
    from udapi.core.document import Document

    document = Document()
    document.load_conllu(path)
    return [
        sentence(_said_by(tree), [_of_udapi(node) for node in tree.descendants])
        for bundle in document.bundles
        for tree in bundle.trees
    ]


def _said_by(tree: Any) -> Any:
    lines = (line.partition("=") for line in tree.comment.split("\n") if "=" in line)
    told = {key.strip(): value.strip() for key, _, value in lines}
    return told | {"sent_id": tree.sent_id, "text": tree.text}


def _of_udapi(node: Any) -> Cells:
    deps = None if node.raw_deps == "_" else node.raw_deps
    if deps and all(":" in one for one in deps.split("|")):
        deps = [one.split(":", 1) for one in deps.split("|")]
    own = {"id": node.ord, "feats": dict(node.feats), "misc": dict(node.misc), "deps": deps}
    own["head"] = node.parent.ord
    return _cells({name: own[name] if name in own else getattr(node, name) for name in COLUMNS})


def token_as_written(row: dict[str, str]) -> Cells:
    """The cells of a line, in the same form."""
    cells: Cells = dict(row)
    for name in ("feats", "misc"):
        parts = (one.partition("=") for one in row[name].split("|") if row[name] != "_")
        cells[name] = {key: value for key, _, value in parts}
    if all(RELATION.fullmatch(one) for one in row["deps"].split("|")):
        cells["deps"] = [one.split(":", 1) for one in row["deps"].split("|")]
    return _cells(cells)


def read_txtar(path: str) -> Any:
    from txtar import TxTar

    archive = TxTar.parse(Path(path).read_bytes().decode())
    files = [{"name": one.name, "text": _ended(one.lines)} for one in archive.files]
    return [{"comment": _ended(archive.comments), "files": files}]


def _ended(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def read_email(path: str) -> Any:
    import email

    with Path(path).open(encoding="utf-8") as file:
        return [_of_email(email.message_from_file(file))]


def read_email_bytes(path: str) -> Any:
    import email

    with Path(path).open("rb") as file:
        return [_of_email(email.message_from_binary_file(file))]


def _of_email(message: Any) -> Cells:
    headers: dict[str, list[str]] = {}
    for name, value in message.items():
        headers.setdefault(name, []).append(str(value))
    return {"headers": headers, "text": message.get_payload()}

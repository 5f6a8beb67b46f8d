"""Names that other tools have for our keys and words, and the key or word to use here.

They are for the did-you-mean of configurations, where spelling alone would find a wrong key.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from ..errors import did_you_mean


class Synonym(Struct, frozen=True):
    """Names of a key in other tools, in small letters with hyphens, and what to write here.

    `key` is ours: `encoding.newline` in a profile, `files` of a profile, or `/exclude` of the whole
    configuration. `line` is what to write, as an example.
    """

    key: str
    line: str
    names: str


KEYS: Final = (
    Synonym(
        "files",
        'files = ["docs/**/*.md"]',
        "include includes included path paths glob globs pattern patterns match filter file "
        "filenames extensions",
    ),
    Synonym("exclude", 'exclude = ["drafts/"]', "skip omit except exempt ignore-paths ignores"),
    Synonym("extends", 'extends = "markdown"', "extend inherit inherits base parent preset"),
    Synonym("ignore", 'ignore = ["TXT206"]', "disable disabled suppress noqa"),
    Synonym("select", 'select = ["ENC", "TXT"]', "rules rule checks enable enabled only"),
    Synonym("severity", 'severity.trailing-blanks = "warning"', "levels level severities"),
    Synonym("summary", 'summary = "what the profile is for"', "description title name"),
    Synonym("/profiles", "[profiles.NAME]", "formats format types schemas"),
    Synonym("/fail-on", 'fail-on = "warning"', "max-severity fail-level fail-severity strict"),
    Synonym("/respect-gitignore", "respect-gitignore = true", "gitignore use-gitignore vcs"),
    Synonym(
        "file.name",
        r"name = '(?P<id>\d+)\.md'",
        "filename file-name name-pattern pattern regex basename",
    ),
    Synonym("encoding.charset", 'charset = "utf-8"', "encoding encodings codec default-charset"),
    Synonym(
        "encoding.newline",
        'newline = "lf"',
        "eol end-of-line line-end line-ends line-ending line-endings linebreak linebreaks newlines "
        "linebreak-style line-separator",
    ),
    Synonym(
        "encoding.final-newline",
        'final-newline = "require"',
        "insert-final-newline newline-at-eof newline-at-end-of-file eof-newline eol-last "
        "end-of-file-newline",
    ),
    Synonym("encoding.bom", 'bom = "forbid"', "byte-order-mark utf8-bom"),
    Synonym(
        "text.trailing-blanks",
        'trailing-blanks = "forbid"',
        "trailing-whitespace trailing-space trailing-spaces trim-trailing-whitespace "
        "no-trailing-spaces",
    ),
    Synonym(
        "text.tabs", 'tabs = "forbid"', "indent indent-style indentation hard-tabs no-hard-tabs"
    ),
    Synonym(
        "text.max-line",
        "max-line = 100",
        "line-length max-line-length max-len line-width print-width max-width line-too-long "
        "columns",
    ),
    Synonym("text.blank-lines", 'blank-lines = "forbid"', "empty-lines max-empty-lines"),
    Synonym("text.normalization", 'normalization = "nfc"', "unicode nfc unicode-normalization"),
    Synonym(
        "text.allow-characters",
        'allow-characters = ["U+200B"]',
        "allow allowed allow-list allowed-characters allow-unicode",
    ),
    Synonym(
        "text.invisible", 'invisible = "forbid"', "zero-width zero-width-space invisible-characters"
    ),
    Synonym(
        "delimiters.block",
        'block = "front-matter"',
        "frontmatter front-matter fence fences yaml header headers",
    ),
    Synonym("delimiters.formats", 'formats = ["yaml"]', "format syntax language"),
    Synonym(
        "delimiters.kind", 'kind = "json-lines"', "jsonl json-lines ndjson records type division"
    ),
    Synonym("delimiters.begin", "begin = '%%%%'", "start begin-marker start-marker open"),
    Synonym("delimiters.end", "end = '%%%%'", "stop end-marker stop-marker close"),
    Synonym("delimiters.separator", "separator = '====='", "delimiter divider split sep"),
    Synonym(
        "metadata.schema",
        'schema.required = ["title"]',
        "required additionalproperties json-schema jsonschema mandatory fields",
    ),
    Synonym("metadata.schema", "schema.properties.title = { minLength = 1 }", "properties field"),
    Synonym("metadata.id", 'id = "id"', "identifier key primary-key id-field"),
    Synonym("metadata.order", 'order = ["title", "date"]', "field-order key-order sort"),
    Synonym("body.sections", 'sections.required = ["Abstract"]', "headings heading outline toc"),
    Synonym(
        "body.forbid",
        "forbid = [{ pattern = 'lorem ipsum', message = \"placeholder text\" }]",
        "forbidden disallow blacklist banned deny words",
    ),
    Synonym("body.lines", "lines.classes.title = '# .+'", "line classes model content-model"),
    Synonym("corpus.unique", 'unique = ["id"]', "uniq ids unique-fields duplicates"),
    Synonym(
        "corpus.references",
        'references = { field = "replaces", to = "id" }',
        "links refs foreign-keys reference",
    ),
    Synonym("corpus.sequence", 'sequence = "file.index"', "sequential gaps numbering ordinal"),
)
"""All synonyms of keys, in the order of our keys."""

TABLES: Final = {
    "file": "filenames",
    "encoding": "encodings charset-table bytes",
    "text": "characters chars whitespace",
    "delimiters": "delimiter markers marker division",
    "metadata": "meta frontmatter-fields matter",
    "body": "content contents",
    "corpus": "collection repository dataset",
}
"""The tables of a profile: our name -> other names."""

COMMAND: Final = (
    "jobs output-format output-file quiet silent limit timeout color today exit-zero no-progress "
    "show-files config isolated set stdin-filename profile"
).split()
"""Options of the command that have no key."""

ADVICE: Final = {
    "per-file-ignores overrides override per-path-ignores per-file-ignore": (
        "write a table `[[suppress]]` with `files`, `rules` and a `reason`, or a profile for these "
        "files with `ignore`"
    ),
    "tool": "leave out `tool.seed-validator`, which only pyproject.toml has",
    "root": "the nearest configuration counts by itself",
    "file.path file.directory file.folder": (
        "`name` sees the name of a file only; its directory belongs into `files` of the profile"
    ),
    "max-size max-file-size file.max-bytes": "files may have any size",
}
"""Advice about keys of other tools that have no counterpart here: names, or `table.key`."""

VALUES: Final = {
    ("delimiters.kind", "front-matter frontmatter yaml toml headers header comments sidecar"): (
        "`kind` says how a file is divided into documents; for metadata in each of them write "
        '`block = "front-matter"`, or `headers`, `comments`, `entire`, `sidecar`'
    ),
    ("delimiters.kind", "csv tsv xml"): "a file of such records is checked as `whole`",
    ("delimiters.kind", "json"): (
        'for a file that is one JSON table write `block = "entire"` and `formats = ["json"]`; for '
        'a record a line `kind = "json-lines"`'
    ),
    ("delimiters.block", "yaml toml json +++ ---"): (
        '`block` says where the metadata stands, `formats` how it is written: `block = "front-'
        'matter"` and `formats = ["yaml"]`'
    ),
    ("severity", "off none ignore disabled disable false skip"): (
        "to switch a rule off, name it in `ignore`"
    ),
    ("fail-on", "none off"): 'write "never"',
}
"""Advice about values that belong to another key."""

NOTES: Final = {
    "profiles": "a profile is a table of its own, `[profiles.NAME]`",
    "body.sections": 'as in `sections.required = ["Abstract"]`',
    "body.forbid": "as in `[{ pattern = 'lorem ipsum', message = \"placeholder text\" }]`",
    "body.lines": "as in `lines.classes.title = '# .+'`",
    "body.fields": "as in `fields.rfc = { pattern = 'RFC [0-9]+' }`",
    "corpus.references": 'as in `{ field = "replaces", to = "id" }`',
    "corpus.sidecar": 'as in `{ of = "{stem}.md", name = "{stem}.json" }`',
    "severity": 'it has a key for each rule: `severity.trailing-blanks = "warning"`',
}
"""Advice about any other wrong value of a key."""

WORDS: Final = {
    "lf": "unix posix linux \\n",
    "crlf": "dos windows win \\r\\n",
    "cr": "mac \\r",
    "one-style": "consistent auto",
    "marked": "separator separators separated delimiter delimited marker markers begin-end",
    "json-lines": "jsonl ndjson jsonlines lines",
    "whole": "file single",
    "forbid": "deny disallow never forbidden reject error",
    "allow": "ignore permit allowed accept",
    "require": "always required must force",
    "markdown": "md commonmark gfm",
    "rst": "restructuredtext rest",
    "warning": "warn minor",
    "error": "fatal critical major",
    "info": "note notice hint information",
    "detect": "check auto",
    "pass-by": "skip ignore none",
    "read": "true yes",
}
"""Words that are values: our word -> other names."""

INNER: Final = {
    "pattern": "regex regexp re expression match text",
    "message": "msg error text description",
    "documents": "files paths ids docs",
    "reason": "why because comment",
    "until": "expires expiry end",
    "field": "name key property",
    "fields": "names keys properties",
    "classes": "types kinds",
    "required": "require mandatory must",
    "optional": "allowed",
    "syntax": "format type",
}
"""Keys of tables within a profile: our key -> other names."""


def plainly(word: str) -> str:
    """A word in the form that the tables of this module have: small letters, hyphens."""
    written = {"\n": "\\n", "\r\n": "\\r\\n", "\r": "\\r"}.get(word, word)
    return written.strip().lower().replace("_", "-").replace(" ", "-")


def meant(word: str, known: Iterable[str]) -> str:
    """`; did you mean ...?` for a wrong value, or key within a table; empty if nothing is near.

    `known` are the right words; one is found by a synonym, or by its spelling.
    """
    names, called = [*known], plainly(word)
    for one in names:
        if called in f"{WORDS.get(one, '')} {INNER.get(one, '')}".split():
            return f"; did you mean `{one}`?"
    return did_you_mean(word, names)

"""The built-in profiles: a clean file of each passes; one fault in it is one finding."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.json import decode, encode

from validator import Diagnostic, Totals, check_paths, load_profile
from validator.check.corpus_stage import CorpusStage
from validator.check.plan import Plan
from validator.corpus.options import REFERENCES
from validator.profile.configuration import configuration
from validator.profile.toml_file import PROFILES, built_in, built_in_names, parsed_ones
from validator.rules.catalog import catalog
from validator.run.assemble import bind

from .conftest import Compare
from .support import FIXTURES, run_cli


class Sample(Struct, frozen=True):
    """A file in parts: what is before, each document as begin, text and end, what is after."""

    profile: str
    name: str
    documents: tuple[tuple[bytes, bytes, bytes], ...]
    before: bytes = b""
    after: bytes = b""
    between: bytes = b""

    def parts(self) -> list[list[bytes]]:
        """The documents, to be damaged."""
        return [list(document) for document in self.documents]

    def joined(self, parts: Sequence[Sequence[bytes]]) -> bytes:
        """The file that these documents make."""
        return self.before + self.between.join(map(b"".join, parts)) + self.after


def three(
    begin: bytes, end: bytes, text: bytes = b"Text of %d.\n"
) -> tuple[tuple[bytes, bytes, bytes], ...]:
    """Three documents; `%d` in a part is the number."""
    return tuple(
        (_numbered(begin, number), _numbered(text, number), _numbered(end, number))
        for number in (1, 2, 3)
    )


def _numbered(part: bytes, number: int) -> bytes:
    return part.replace(b"%d", str(number).encode())


RULE16, RULE48 = b"=" * 16 + b"\n", b"=" * 48 + b"\n"
WET = three(
    b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://example.org/%d\r\n"
    b"WARC-Date: 2024-01-01T00:00:00Z\r\n"
    b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
    b"Content-Length: 11\r\n\r\n",
    b"\r\n\r\n",
    b"Text of %d.\n",
)
SAMPLES: Mapping[str, Sample] = {
    sample.profile: sample
    for sample in (
        Sample(
            "wikiextractor",
            "wiki_00",
            three(b'<doc id="%d" url="https://example.org/%d" title="T &quot;%d&quot;">\n',
                  b"</doc>\n", b"T %d\n\nText.\n"),
        ),
        Sample(
            "gutenberg",
            "1.txt",
            ((b"*** START OF THE PROJECT GUTENBERG EBOOK BROOKS ***\n", b"Brooks run.\n",
              b"*** END OF THE PROJECT GUTENBERG EBOOK BROOKS ***\n"),),
            b"A book.\n\n",
            b"\nThe licence.\n",
        ),
        Sample("endoftext", "a.txt", three(b"", b"<|endoftext|>\n")),
        Sample("trec", "a.trec", three(b"<DOC>\n", b"</DOC>\n", b"<DOCNO> D-%d </DOCNO>\nText.\n")),
        Sample("wet", "a.wet", WET),
        Sample(
            "mbox",
            "a.mbox",
            three(b"From a@example.org Mon Jan  %d 10:00:00 2024\n", b"\n",
                  b"Subject: %d\n\nText.\nFrom: no mail, as it has a colon.\nNot From.\n"),
        ),
        Sample("hrx", "a.hrx", three(b"<===> dir/%d.txt\n", b"", b"Text.\n<====> not one\n")),
        Sample("txtar", "a.txtar", three(b"-- dir/%d.txt --\n", b""), b"A comment.\n"),
        Sample(
            "documents-xml",
            "a.xml",
            three(b'<document index="%d">\n', b"</document>\n",
                  b"<source>%d.txt</source>\n<document_content>\nText.\n</document_content>\n"),
            b"<documents>\n",
            b"</documents>\n",
        ),
        Sample("repomix", "a.xml", three(b'<file path="%d.txt">\n', b"</file>\n"),
               b"Packed.\n\n<files>\n", b"</files>\n", b"\n"),
        Sample("repomix-plain", "a.txt", three(RULE16 + b"File: src/%d.py\n" + RULE16, b"\n"),
               b"Packed.\n\n"),
        Sample("gitingest", "a.txt", three(RULE48 + b"FILE: src/%d.py\n" + RULE48, b"\n"),
               b"Directory structure:\n"),
        Sample("seed-bundle", "a.txt", three(b"%%% begin %d.txt\n", b"%%% end %d.txt\n",
                                             b"Text.\n\\%%% end\n")),
        Sample("jsonl", "a.jsonl", three(b"", b"\n", b'{"id": "%d", "text": "Text."}')),
    )
}  # fmt: skip
ENDED = ("wikiextractor", "trec", "documents-xml", "repomix", "seed-bundle")
BEGUN = ("hrx", "txtar")


def check(sample: Sample, data: bytes, folder: Path) -> tuple[list[Diagnostic], Totals]:
    """Findings of the family DEL in a file, and the figures."""
    path = folder / sample.name
    path.write_bytes(data)
    run = check_paths([str(path)], load_profile(sample.profile))
    found = list(run.diagnostics())
    return found, run.summary.totals


@pytest.mark.parametrize("name", built_in_names())
def test_every_profile_says_what_it_is_for(name: str) -> None:
    assert load_profile(name).summary


def samples(kind: str) -> list[tuple[str, Path]]:
    """The files under `fixtures/profiles/NAME/ok`, or `bad`, of every built-in profile."""
    return [
        (name, path)
        for name in built_in_names()
        for path in sorted((FIXTURES / "profiles" / name / kind).glob("*"))
        if path.suffix != ".expect"
    ]


def said_of(path: Path, name: str) -> tuple[int, str]:
    """Exit code and findings of a sample."""
    code, out, _ = run_cli(
        path.name, profile=name, output_format="concise", quiet=True, fail_on="info", isolated=True
    )
    return code, out


@pytest.mark.parametrize("name", built_in_names())
def test_every_profile_has_samples(name: str) -> None:
    for kind, words in (("ok", "passes"), ("bad", "refuses")):
        assert name in {found for found, _ in samples(kind)}, (
            f"the profile `{name}` has no sample: write a small document that it {words} into "
            f"fixtures/profiles/{name}/{kind}/, run `pytest --update` and read what it wrote"
        )


@pytest.mark.parametrize(("name", "path"), samples("ok"), ids=str)
def test_a_clean_sample_passes(name: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    assert said_of(path, name) == (0, "")


@pytest.mark.parametrize(("name", "path"), samples("bad"), ids=str)
def test_a_broken_sample_says_what_is_expected(
    name: str, path: Path, compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    code, out = said_of(path, name)
    assert code == 1
    compare(path.with_name(f"{path.name}.expect"), out)


def test_samples_are_of_profiles() -> None:
    assert {path.name for path in (FIXTURES / "profiles").iterdir()} <= {*built_in_names()}


@pytest.mark.parametrize("name", built_in_names())
def test_what_is_taken_as_sound_is_sound(name: str) -> None:
    written, settings = built_in(name), load_profile(name).settings
    assert written is not None
    for option in catalog().options.values():
        family, _, key = option.key.partition(".")
        if key in written.table.get(family, {}):
            assert option.read(written.table[family][key]) == settings[option]


@pytest.mark.parametrize("name", built_in_names())
def test_what_is_not_asked_of_built_in_profiles_holds(name: str, tmp_path: Path) -> None:
    """Their options are read when they are asked for, by who takes them as sound."""
    profile = load_profile(name)
    profile.settings.read()
    assert not [*catalog().misfit(profile.settings)]
    assert not [one.profile for one in profile.settings[REFERENCES] if one.profile]
    bound = bind(profile, [])
    stage = CorpusStage(Plan((bound,)))
    assert not [*stage.resolve()], "it must have nothing to say of a corpus without its files"


def test_what_is_written_down_of_profiles_is_what_they_say(compare: Compare) -> None:
    for name, one in parsed_ones().items():
        text = Path(PROFILES, f"{name}.toml").read_text("utf-8")
        assert decode(one.table) == tomllib.loads(text), "JSON has no dates"
    lines = (f'"{name}":{encode(one).decode()}' for name, one in parsed_ones().items())
    compare(Path(PROFILES, "index.json"), "{\n" + ",\n".join(lines) + "\n}\n")


def test_a_profile_that_has_changed_since_is_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = built_in("text")
    assert known is not None
    copy = shutil.copytree(PROFILES, tmp_path / "profiles")
    monkeypatch.setattr("validator.profile.toml_file.PROFILES", str(copy))
    text = (copy / "text.toml").read_text("utf-8")
    (copy / "text.toml").write_text(f"{text}\n[text]\ntabs = 'forbid'\n", "utf-8")
    found = built_in("text")
    assert found is not None
    assert found.table == {**known.table, "text": {"tabs": "forbid"}}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_clean_file_passes(name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    found, totals = check(sample, sample.joined(sample.parts()), tmp_path)
    assert not [(one.code, one.message) for one in found]
    assert totals.documents == len(sample.documents)
    assert totals.rejected == 0


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "wet"])
def test_crlf_divides_alike(name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    found, totals = check(sample, sample.joined(sample.parts()).replace(b"\n", b"\r\n"), tmp_path)
    assert not [one.code for one in found if not one.code.startswith("ENC")]
    assert totals.documents == len(sample.documents)


Damage = Callable[[list[list[bytes]]], object]


def _swap_ends(parts: list[list[bytes]]) -> None:
    parts[0][2], parts[1][0] = parts[1][0], parts[0][2]


def _drop(document: int, part: int) -> Damage:
    return lambda parts: parts[document].__setitem__(part, b"")


def _change(document: int, part: int, how: Callable[[bytes], bytes]) -> Damage:
    return lambda parts: parts[document].__setitem__(part, how(parts[document][part]))


def _insert(document: int, part: int, text: bytes) -> Damage:
    return _change(document, part, lambda old: text + old)


# By what is done to the second of three documents with begin and end: the rule that says so, the
# documents seen, and those that are rejected.
DAMAGES: Mapping[str, tuple[Damage, str, int, int]] = {
    "no end": (_drop(1, 2), "unclosed-document", 3, 1),
    "no end at last": (_drop(2, 2), "unclosed-document", 3, 1),
    "no begin": (_drop(1, 0), "stray-end-marker", 2, 0),
    "no begin at first": (_drop(0, 0), "stray-end-marker", 2, 0),
    "end and begin swapped": (_swap_ends, "nested-document", 2, 1),
    "end twice": (_change(1, 2, lambda end: end + end), "stray-end-marker", 3, 0),
    "begin twice": (_change(1, 0, lambda begin: begin + begin), "unclosed-document", 4, 1),
    "end with a blank": (_change(1, 2, lambda end: end[:-1] + b" \n"), "unclosed-document", 3, 1),
    "end in another case": (_change(1, 2, bytes.swapcase), "unclosed-document", 3, 1),
    "end indented": (_change(1, 2, lambda end: b"  " + end), "unclosed-document", 3, 1),
    "end glued to the text": (
        _change(1, 1, lambda text: text[:-1]), "unclosed-document", 3, 1),
    "begin in another case": (_change(1, 0, bytes.swapcase), "stray-end-marker", 2, 0),
    "begin indented": (_change(1, 0, lambda begin: b" " + begin), "stray-end-marker", 2, 0),
    "text between": (_change(1, 2, lambda end: end + b"Text.\n"), "text-outside-documents", 3, 0),
}  # fmt: skip


@pytest.mark.parametrize("name", ENDED)
@pytest.mark.parametrize("damage", DAMAGES)
def test_one_fault_is_one_finding(name: str, damage: str, tmp_path: Path) -> None:
    sample, (spoil, rule, seen, rejected) = SAMPLES[name], DAMAGES[damage]
    parts = sample.parts()
    spoil(parts)
    found, totals = check(sample, sample.joined(parts), tmp_path)
    ordinals = {"out-of-order-marker"} if name == "documents-xml" else set()
    said = [one for one in found if one.name not in ordinals]
    assert [one.name for one in said] == [rule], [one.message for one in found]
    assert (totals.documents, totals.rejected) == (seen, rejected) or ordinals
    if re.search("case|indented|blank", damage):
        assert "looks like" in said[0].message


@pytest.mark.parametrize("name", BEGUN)
def test_a_near_miss_is_one_finding(name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    parts = sample.parts()
    parts[1][0] = parts[1][0].replace(b"> ", b">").replace(b"-- ", b"--- ")
    found, totals = check(sample, sample.joined(parts), tmp_path)
    assert [one.name for one in found] == ["near-miss-marker"]
    assert (totals.documents, totals.rejected) == (2, 0)


Spoiled = tuple[str, Callable[[bytes], bytes], str, int, int]
OTHERS: Sequence[Spoiled] = [
    ("documents-xml", lambda data: data[12:], "missing-frame-line", 3, 1),
    ("documents-xml", lambda data: data[:-13], "missing-frame-line", 3, 0),
    ("documents-xml", lambda data: data.replace(b'"3"', b'"5"'), "out-of-order-marker", 3, 1),
    ("seed-bundle", lambda data: data.replace(b"end 2", b"end 4"), "disagreeing-markers", 3, 1),
    ("seed-bundle", lambda data: data.replace(b"\\", b"", 1), "near-miss-marker", 3, 0),
    ("gutenberg", lambda data: data.replace(b"END", b"end"), "unclosed-document", 1, 1),
    ("endoftext", lambda data: data.replace(b"|>\n", b"|>\n<|endoftext|>\n", 1),
     "empty-document", 4, 1),
    ("endoftext", lambda data: data.replace(b"endof", b"EndOf", 1), "near-miss-marker", 2, 0),
    ("mbox", lambda data: data.replace(b"\n\nFrom a", b"\nFrom a", 1), "ambiguous-marker", 2, 1),
    ("mbox", lambda data: b"Text.\n" + data, "text-outside-documents", 3, 0),
    ("mbox", lambda data: b"Text.\n", "text-outside-documents", 0, 0),
    ("repomix", lambda data: b"Packed.\n", "text-outside-documents", 0, 0),
    ("documents-xml", lambda data: b"Text.\n", "text-outside-documents", 0, 0),
    ("gutenberg", lambda data: data.replace(b"START", b"Start"), "stray-end-marker", 0, 0),
    ("gutenberg", lambda data: b"Text.\n", "wrong-document-count", 0, 0),
    ("mbox", lambda data: data.replace(b"\nSubject: 2", b"\n\nSubject: 2"),
     "missing-metadata-block", 3, 1),
    ("mbox", lambda data: data.replace(b"Not From.", b"\nFrom here."),
     "missing-metadata-block", 6, 3),
    ("hrx", lambda data: b"Text.\n" + data, "text-outside-documents", 3, 0),
    ("repomix-plain", lambda data: data.replace(RULE16, RULE16[1:], 1), "near-miss-marker", 2, 0),
    ("gitingest", lambda data: data.replace(RULE48, RULE48[1:], 1), "near-miss-marker", 2, 0),
    ("wet", lambda data: data.replace(b": 11", b": 10", 1), "wrong-length", 3, 1),
    ("wet", lambda data: data.replace(b": 11", b": 999", 1), "wrong-length", 3, 1),
    ("wet", lambda data: data.replace(b"Content-Length: 11\r\n", b"", 1), "missing-length", 3, 1),
    ("wet", lambda data: data[:-12], "cut-record-frame", 3, 1),
    ("wet", lambda data: data[:-2], "cut-record-frame", 3, 1),
    ("wet", lambda data: b"Text.\r\n" + data, "text-outside-documents", 3, 0),
    ("jsonl", lambda data: data.replace(b"}\n{", b"}\n\n{", 1), "blank-line-between-records", 3, 0),
    ("jsonl", lambda data: data.replace(b"{", b"{\n", 1), "broken-record", 3, 1),
    ("jsonl", lambda data: b"[\n" + data.replace(b"}\n{", b"},\n{") + b"]\n",
     "not-json-lines", 1, 1),
]  # fmt: skip


@pytest.mark.parametrize("case", OTHERS, ids=lambda case: f"{case[0]}-{case[2]}")
def test_other_faults_are_one_finding_too(case: Spoiled, tmp_path: Path) -> None:
    name, spoil, rule, seen, rejected = case
    sample = SAMPLES[name]
    clean = sample.joined(sample.parts())
    spoiled = spoil(clean)
    assert spoiled != clean
    found, totals = check(sample, spoiled, tmp_path)
    assert {one.name for one in found} == {rule}, [one.message for one in found]
    assert len(found) == max(1, rejected)
    assert (totals.documents, totals.rejected) == (seen, rejected)


def test_sentences_of_a_treebank_are_documents(tmp_path: Path) -> None:
    line = "1\tHav\thav\tNOUN" + "\t_" * 6 + "\n"
    sentences = [f"# sent_id = s{number}\n# text = Hav\n{line}\n" for number in (1, 2, 2)]
    path = tmp_path / "a.conllu"
    path.write_text("".join(sentences), "utf-8", newline="\n")
    run = check_paths([str(path)], load_profile("conllu-sentences"))
    (twin,) = run.diagnostics()
    assert (twin.name, twin.document_index, twin.document_id) == ("duplicate-id", 3, "s2")
    path.write_text(sentences[0] + sentences[1].replace("\tNOUN", ""), "utf-8", newline="\n")
    (short,) = check_paths([str(path)], load_profile("conllu-sentences")).diagnostics()
    assert (short.name, short.location.row) == ("broken-content-model", 7)


@pytest.mark.parametrize(("at", "blanks"), [(0, " "), (1, "\t"), (2, " \t ")])
def test_a_separator_with_blanks_in_it_is_one_finding(at: int, blanks: str, tmp_path: Path) -> None:
    line = "1\tHav\thav\tNOUN" + "\t_" * 6 + "\n"
    sentences = [f"# sent_id = s{number}\n{line}\n" for number in (1, 2, 3)]
    sentences[at] = f"{sentences[at][:-1]}{blanks}\n"
    path = tmp_path / "a.conllu"
    path.write_text("".join(sentences), "utf-8", newline="\n")
    (one,) = check_paths([str(path)], load_profile("conllu-sentences")).diagnostics()
    assert (one.name, one.location.row, one.location.column) == ("near-miss-marker", 3 * at + 3, 1)
    assert one.byte_length == len(blanks)


@pytest.mark.parametrize("name", built_in_names())
def test_a_profile_that_is_shown_can_be_written_so(name: str, tmp_path: Path) -> None:
    import tomli_w

    from validator.cli.effective import effective
    from validator.profile.selection import enabled_rules

    shown = effective(configuration(".", isolated=True), name)
    path = tmp_path / "seed-validator.toml"
    path.write_text(tomli_w.dumps({"profiles": {"p": shown}}), encoding="utf-8")
    again, meant = load_profile("p", str(path)), load_profile(name)
    for option in catalog().options.values():
        assert again.settings[option] == meant.settings[option], option.key
    assert enabled_rules([again.selection]) == enabled_rules([meant.selection])
    assert (again.summary, again.files) == (meant.summary, meant.files)

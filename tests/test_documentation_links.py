"""Links to the pages of rules: where a site is named, where they can stand, and by nobody else."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from validator.cli.check import check
from validator.cli.check_request import request_of
from validator.cli.outputs import Streams
from validator.cli.saved_run import ReportRequest, report
from validator.cli.terminal import wants_links
from validator.errors import ConfigError, UsageError
from validator.render import formats
from validator.text.address import read_address
from validator.text.harmless import harmless, link

from .hostile import harm
from .support import ROOT, write
from .test_progress import Terminal

SITE = "https://docs.example.org/name/"
PAGE = f"{SITE}rules/trailing-blanks.html"
CONFIG = f"documentation = '{SITE[:-1]}'\nprofiles.a.text.trailing-blanks = 'forbid'\n"
LINK = f"\x1b]8;;{PAGE}\x1b\\TXT101\x1b]8;;\x1b\\"
LINKS = {"FORCE_HYPERLINK": "1", "NO_COLOR": "1"}


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a fault, under a configuration that names a site."""
    write(tmp_path, {"seed-validator.toml": CONFIG.encode(), "a.txt": b"Text. \n"})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(name: str, stream: io.StringIO | None = None, environ: Mapping[str, str] = LINKS) -> str:
    """What `check` writes in a format."""
    out = stream or io.StringIO()
    request = request_of(("a.txt",), output_format=name, jobs=1)
    check(request, Streams(out, io.StringIO(), environ))
    return out.getvalue()


@pytest.mark.parametrize("name", ["full", "concise", "grouped", "statistics"])
def test_codes_are_links_on_a_terminal(name: str, corpus: Path) -> None:
    on_terminal, plain = shown(name, Terminal()), shown(name)
    assert LINK in on_terminal
    assert "\x1b" not in plain
    assert on_terminal.count("\x1b") == 4 * on_terminal.count(LINK)
    assert on_terminal.replace(LINK, "TXT101").split() == plain.split()


@pytest.mark.parametrize("name", formats())
def test_without_a_site_nothing_changes(name: str, corpus: Path) -> None:
    write(corpus, {"seed-validator.toml": CONFIG.partition("\n")[2].encode()})
    assert "example.org" not in shown(name, Terminal())
    assert "\x1b]" not in shown(name, Terminal())


@pytest.mark.parametrize("name", formats())
def test_only_terminals_get_sequences(name: str, corpus: Path) -> None:
    assert "\x1b" not in shown(name, io.StringIO())


def test_formats_that_can_carry_a_link_do(corpus: Path) -> None:
    run = json.loads(shown("sarif"))["runs"][0]
    assert [rule["helpUri"] for rule in run["tool"]["driver"]["rules"]] == [PAGE]
    (found,) = json.loads(shown("rdjson"))["diagnostics"]
    assert found["code"] == {"value": "TXT101", "url": PAGE}
    assert f"[TXT101]({PAGE}) trailing-blanks" in shown("markdown")
    assert f'<a href="{PAGE}" rel="noreferrer">trailing-blanks</a>' in shown("html")
    assert f'<a href="{PAGE}" rel="noreferrer">TXT101 trailing-blanks</a>' in shown("html")
    assert json.loads(shown("json"))["summary"]["documentation"] == SITE


@pytest.mark.parametrize("saved", ["json", "json-lines"])
def test_a_saved_run_has_them_too(saved: str, corpus: Path) -> None:
    (corpus / "run").write_text(shown(saved))
    for name in ("sarif", "markdown", "rdjsonl", "json", "json-lines"):
        out = io.StringIO()
        report(ReportRequest(run="run", output_format=name), Streams(out, io.StringIO(), {}))
        assert out.getvalue() == shown(name)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("code", "<b>x", "not the code and the name of a rule"),
        ("name", "a](http://x)", "not the code and the name of a rule"),
        ("documentation", "javascript:x", "must be the address of a site"),
    ],
)
def test_a_saved_run_is_not_believed(key: str, value: str, words: str, corpus: Path) -> None:
    run = json.loads(shown("json"))
    (run["summary"] if key == "documentation" else run["diagnostics"][0])[key] = value
    (corpus / "run").write_text(json.dumps(run))
    with pytest.raises(UsageError, match=words):
        report(
            ReportRequest(run="run", output_format="html"),
            Streams(io.StringIO(), io.StringIO(), {}),
        )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "docs.example.org",
        "javascript:alert(1)",
        "https://user@example.org/",
        "https://example.org/?a",
        "https://example.org/#a",
        "https://example.org/a b",
        'https://example.org/"',
        "https://example.org/)",
        "https://example.org/\x1b\\",
        "https://example.org/\n",
        "https://é.org/",
    ],
)
def test_addresses_that_are_refused(text: str, corpus: Path) -> None:
    with pytest.raises(ValueError, match="must be the address of a site"):
        read_address(text)
    write(corpus, {"seed-validator.toml": f"documentation = {json.dumps(text)}\n".encode()})
    with pytest.raises(ConfigError, match=r"seed-validator.toml:1:1: `documentation` must be"):
        shown("full")


@pytest.mark.parametrize(
    "text", ["http://[::1]:8000/", "https://a.b/c/d-e_f/", "https://localhost/"]
)
def test_addresses(text: str) -> None:
    assert read_address(text) == read_address(text[:-1]) == text


def test_a_document_makes_no_link(corpus: Path) -> None:
    evil = "\x1b]8;;https://evil.example/\x1b\\TXT101\x1b]8;;\x1b\\"
    (corpus / "a.txt").write_bytes(f"{evil} \n{LINK} \n".encode())
    text = shown("full", Terminal())
    assert "evil.example" in text
    ours = (
        r"\x1b]8;;https://docs\.example\.org/name/rules/[a-z-]+\.html\x1b\\[A-Z0-9]+\x1b]8;;\x1b\\"
    )
    assert not harm(re.sub(ours, "", text).encode())


@pytest.mark.parametrize(
    "text",
    [
        LINK.replace(SITE, "https://evil.example/"),
        LINK.replace("TXT101", "click here"),
        LINK.replace("TXT101\x1b]8;;\x1b\\", "TXT101"),
        LINK.replace("trailing-blanks", "../../x"),
        "\x1b]0;title\x07",
    ],
)
def test_no_line_has_another_link(text: str) -> None:
    assert "\x1b" not in harmless(f"a {text} b\n", site=SITE)
    assert "\x1b" not in harmless(f"a {LINK} b\n")
    line = f"a {link(SITE, 'trailing-blanks', 'TXT101')} b\n"
    assert line == harmless(line, site=SITE) == f"a {LINK} b\n"


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"VTE_VERSION": "7600"}, True),
        ({"VTE_VERSION": "4601"}, False),
        ({"VTE_VERSION": "7600", "TERM": "dumb"}, False),
        ({"FORCE_HYPERLINK": "1", "TERM": "dumb"}, True),
        ({"FORCE_HYPERLINK": "0", "TERM": "xterm-kitty"}, False),
    ],
)
def test_terminals_that_have_links(environ: Mapping[str, str], wanted: bool) -> None:
    assert wants_links(Terminal(), environ) == wanted
    assert not wants_links(io.StringIO(), environ)


def test_the_site_has_the_pages() -> None:
    """`use_directory_urls` decides what a page is called."""
    assert "use_directory_urls: false" in (ROOT / "mkdocs.yml").read_text()
    assert (ROOT / "docs" / "rules" / "trailing-blanks.md").is_file()

"""Someone saved a file as UTF-8 in a corpus that is in another encoding: it decodes to `Ã©`.

Most encodings give every byte a meaning, so that decoding it is no proof. Text that is valid
UTF-8 beyond ASCII hardly ever is anything else.
"""

from __future__ import annotations

from ...encoding.charsets import CHARSET, label
from ...encoding.declared import UndeclaredUtf8
from ...model import Hit, about_file
from ..rule import Explain, Rule


def explain(flaw: UndeclaredUtf8) -> Hit:
    name = label(flaw.charset)
    count = f"{flaw.sequences} sequences beyond ASCII are" if flaw.sequences else "its bytes are"
    count = "1 sequence beyond ASCII is" if flaw.sequences == 1 else count
    return about_file(
        f"the file is UTF-8, the profile says {name}: {count} valid UTF-8",
        help=f'save it as {name}, or list "utf-8" first in `encoding.charset`',
        data={"charset": flaw.charset, "sequences": flaw.sequences},
    )


rule = Rule(
    __name__,
    code="ENC008",
    summary="The file is UTF-8, where another encoding is declared.",
    check=Explain.of(UndeclaredUtf8, explain),
    options=(CHARSET,),
    profile={"encoding": {"charset": "windows-1252"}},
    bad={"a.txt": "Café\nFermé.\n".encode()},
    ok={"a.txt": "Café\nFermé.\n".encode("cp1252")},
)

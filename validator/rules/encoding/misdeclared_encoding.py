"""A file that is in another encoding than the profile declares is one fault, not one in each line.

Much of what is beyond ASCII has no meaning in the declared encoding: a sequence for every four
characters that have one, or more (text of another encoding is partly valid by chance). What the
file is in instead is advice from its statistics; what it is not in was decided by decoding it.
"""

from __future__ import annotations

from ...encoding.charsets import CHARSET, label
from ...encoding.declared import Misdeclared
from ...model import Hit, about_file
from ...settings.options import Settings
from ..rule import Explain, Rule


def explain(flaw: Misdeclared, settings: Settings) -> Hit:
    charsets = settings[CHARSET]
    name = label(flaw.tried)
    which = f"{name}, nor the others that are declared" if len(charsets) > 1 else name
    against = f"{flaw.valid} characters beyond ASCII" if flaw.valid else "none that is valid"
    guess = ""
    if flaw.advice:
        guess = f"; it is {flaw.advice.wording} {label(flaw.advice.codecs[0])}"
    return about_file(
        f"the file is not {which}: {flaw.invalid} invalid sequences, against {against}{guess}",
        help=f"save it as {name}, or declare the encoding that it is in",
        data={
            "charset": flaw.tried,
            "invalid": flaw.invalid,
            "valid": flaw.valid,
            "encodings": list(flaw.advice.codecs) if flaw.advice else [],
        },
    )


_FRENCH = "Été\nDéjà l'été fut très sec, et la forêt brûla, même près de la rivière.\n"

rule = Rule(
    __name__,
    code="ENC010",
    summary="The file as a whole is not in the encoding that is declared.",
    check=Explain(Misdeclared, explain),
    options=(CHARSET,),
    profile={"encoding": {"charset": "euc-jp"}},
    bad={"a.txt": _FRENCH.encode("cp1252")},
    ok={"a.txt": "東京\n晴れ\n".encode("euc-jp")},
)

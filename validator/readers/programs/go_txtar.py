"""txtar of Go, which defines the format: blanks beside a name are cut off."""

from ..reader import Reader

READER = Reader(
    summary="golang.org/x/tools/txtar of Go",
    formats=("txtar",),
    call="txtar.ParseFile(path)",
    version="golang.org/x/tools 0.5.0",
)

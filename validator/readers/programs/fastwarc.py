"""FastWARC: the values of headers as they are written."""

from ..reader import Reader

READER = Reader(
    summary="FastWARC, of ChatNoir",
    formats=("warc",),
    call="ArchiveIterator(file, parse_http=False)",
    version="fastwarc 2.0.1",
    answers={"lf-header-lines": "an unknown record"},
)

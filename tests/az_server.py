"""Azure Blob Storage on this machine: what of its REST API is asked for, with faults."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, unquote
from xml.sax.saxutils import escape

from .loopback import Reply, Request, part_of


class Containers:
    """Blobs by container and name, each with its etag."""

    scheme = "az"

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, tuple[bytes, str]]] = {"bucket": {}, "reports": {}}
        self.page = 1000
        self.directories: set[str] = set()
        self._last = 0

    def put(self, key: str, data: bytes, container: str = "bucket") -> None:
        """Write a blob."""
        self._last += 1
        self.objects[container][key] = data, f"0x8D{self._last:04X}"

    def place(self, key: str) -> str:
        """The path of requests for a blob of `bucket`."""
        return f"/bucket/{quote(key)}"

    def listing(self, container: str = "bucket") -> str:
        """The path of requests for a listing."""
        return f"/{container}"

    def refusal(self, status: int, word: str) -> Reply:
        """A reply that refuses, whose words are not to be repeated."""
        return Reply(status, {"x-ms-error-code": word}, b"<Error>quite-secret</Error>")

    def __call__(self, request: Request) -> Reply:
        """See `Answers`."""
        asked = {name: values[0] for name, values in parse_qs(request.query).items()}
        assert request.headers["x-ms-version"]
        assert request.headers["x-ms-date"].endswith(" GMT")
        container, _, key = request.path[1:].partition("/")
        if container not in self.objects:
            return self.refusal(404, "ContainerNotFound")
        if request.method == "PUT":
            assert request.headers["x-ms-blob-type"] == "BlockBlob"
            self.put(unquote(key), request.body, container)
            return Reply(201)
        if asked.get("comp") == "list":
            return Reply(200, {}, self._page(container, asked).encode())
        return self._blob(container, unquote(key), request)

    def _blob(self, container: str, key: str, request: Request) -> Reply:
        data, etag = self.objects[container].get(key, (b"", ""))
        if not etag:
            return self.refusal(404, "BlobNotFound")
        if request.headers.get("If-Match", f'"{etag}"') != f'"{etag}"':
            return self.refusal(412, "ConditionNotMet")
        status, said, part = part_of(data, request.headers)
        return Reply(status, {**said, "ETag": f'"{etag}"'}, part)

    def _page(self, container: str, asked: dict[str, str]) -> str:
        prefix, delimiter = asked.get("prefix", ""), asked.get("delimiter")
        every = sorted(self.objects[container], key=str.encode)
        keys = [key for key in every if key.startswith(prefix)]
        start = int(asked.get("marker", 0))
        stop = start + min(self.page, int(asked["maxresults"]))
        more = str(stop) if stop < len(keys) else ""
        below = {key for key in keys if delimiter and delimiter in key[len(prefix) :]}
        folders = {prefix + key[len(prefix) :].partition("/")[0] + "/" for key in below}
        found = "".join(f"<BlobPrefix>{_name(one)}</BlobPrefix>" for one in sorted(folders))
        found += "".join(
            self._entry(container, key) for key in keys[start:stop] if key not in below
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<EnumerationResults><Blobs>'
            f"{found}</Blobs><NextMarker>{more}</NextMarker></EnumerationResults>"
        )

    def _entry(self, container: str, key: str) -> str:
        data, etag = self.objects[container][key]
        kind = "<ResourceType>directory</ResourceType>" if key in self.directories else ""
        return (
            f"<Blob>{_name(key)}<Properties><Content-Length>{len(data)}</Content-Length>"
            f"<Etag>{etag}</Etag>{kind}</Properties></Blob>"
        )


def _name(key: str) -> str:
    """A name; one that XML cannot hold is encoded."""
    if not key.isprintable():
        return f'<Name Encoded="true">{quote(key)}</Name>'
    return f"<Name>{escape(key)}</Name>"

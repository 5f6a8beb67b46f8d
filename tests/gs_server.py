"""Google Cloud Storage on this machine: what of its JSON API is asked for, with faults."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, quote, unquote

from .loopback import Reply, Request, part_of


class Buckets:
    """Objects by bucket and name, each with its generation."""

    scheme = "gs"
    needs = "google-auth"

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, tuple[bytes, int]]] = {"bucket": {}, "reports": {}}
        self.page = 1000
        self._last = 0

    def put(self, key: str, data: bytes, bucket: str = "bucket") -> None:
        """Write an object."""
        self._last += 1
        self.objects[bucket][key] = data, self._last

    def place(self, key: str) -> str:
        """The path of requests for an object of `bucket`."""
        return f"/storage/v1/b/bucket/o/{quote(key, safe='')}"

    def listing(self, bucket: str = "bucket") -> str:
        """The path of requests for a listing."""
        return f"/storage/v1/b/{bucket}/o"

    def refusal(self, status: int, word: str) -> Reply:
        """A reply that refuses, whose words are not to be repeated."""
        error = {"code": status, "message": "quite-secret", "errors": [{"reason": word}]}
        return Reply(status, {}, json.dumps({"error": error}).encode())

    def __call__(self, request: Request) -> Reply:
        """See `Answers`."""
        asked = {name: values[0] for name, values in parse_qs(request.query).items()}
        parts = request.path.split("/")
        bucket = parts[parts.index("b") + 1]
        if bucket not in self.objects:
            return self.refusal(404, "notFound")
        if request.method == "POST":
            self.put(asked["name"], request.body, bucket)
            return Reply(200, {}, b"{}")
        if parts[-1] == "o":
            return Reply(200, {}, json.dumps(self._page(bucket, asked)).encode())
        return self._object(bucket, unquote(parts[-1]), asked, request)

    def _object(self, bucket: str, key: str, asked: dict[str, str], request: Request) -> Reply:
        assert asked["alt"] == "media"
        assert request.headers["Accept-Encoding"] == "gzip"
        data, generation = self.objects[bucket].get(key, (b"", 0))
        if not generation:
            return self.refusal(404, "notFound")
        if asked.get("ifGenerationMatch", str(generation)) != str(generation):
            return self.refusal(412, "conditionNotMet")
        status, said, part = part_of(data, request.headers)
        return Reply(status, {**said, "x-goog-generation": str(generation)}, part)

    def _page(self, bucket: str, asked: dict[str, str]) -> dict[str, Any]:
        prefix, delimiter = asked.get("prefix", ""), asked.get("delimiter")
        every = sorted(self.objects[bucket], key=str.encode)
        keys = [key for key in every if key.startswith(prefix)]
        if delimiter:
            below = {key for key in keys if delimiter in key[len(prefix) :]}
            folders = {prefix + key[len(prefix) :].partition("/")[0] + "/" for key in below}
            return {
                "prefixes": sorted(folders),
                "items": [self._entry(bucket, key) for key in keys if key not in below],
            }
        start = int(asked.get("pageToken", 0))
        stop = start + min(self.page, int(asked["maxResults"]))
        more = {"nextPageToken": str(stop)} if stop < len(keys) else {}
        return {"items": [self._entry(bucket, key) for key in keys[start:stop]], **more}

    def _entry(self, bucket: str, key: str) -> dict[str, str]:
        data, generation = self.objects[bucket][key]
        return {"name": key, "size": str(len(data)), "generation": str(generation)}

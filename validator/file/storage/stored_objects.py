"""Named objects below a URL: a store of reports in object storage.

An object is there whole as soon as it is there: storage takes it at once. Of two that are written
under one name the later one stands.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from ...errors import UsageError
from ..objects import Folder, unusable
from ..temporary import TemporaryFolder
from .addresses import Address, asked_for
from .buckets import store_of
from .object_file import UNKNOWN, ObjectFile
from .storage_errors import StorageError
from .web_addresses import WEB


class StoredObjects:
    """Objects whose keys begin with that of a URL. Raises UsageError where there can be none."""

    def __init__(self, url: str) -> None:
        self.path = url.rstrip("/")
        address = asked_for(self.path)
        if address.scheme in WEB:
            raise UsageError(
                f"no store can be at `{address.scheme}://…`, where documents are only read: name a "
                "directory, or a URL in storage"
            )
        self._bucket = Address(address.scheme, address.bucket, "")
        self._prefix = f"{address.key}/" if address.key else ""

    def get(self, name: str) -> bytes | None:
        """See `Objects`."""
        try:
            with ObjectFile(os.fsencode(f"{self._bucket.top}{self._prefix}{name}")) as file:
                return file.read()
        except FileNotFoundError:
            return None
        except StorageError as error:
            raise unusable(self.path, "read", error) from None

    def get_range(self, name: str, start: int, size: int) -> bytes | None:
        """See `Objects`."""
        try:
            key = self._prefix + name
            return store_of(self._bucket).read(key, start, start + size, UNKNOWN).data
        except FileNotFoundError:
            return None
        except StorageError as error:
            raise unusable(self.path, "read", error) from None

    def put(self, name: str, data: bytes) -> None:
        """See `Objects`."""
        try:
            store_of(self._bucket).write(self._prefix + name, data)
        except StorageError as error:
            raise unusable(self.path, "written", error) from None

    def remove(self, name: str) -> None:
        """See `Objects`; who may write there need not be allowed to remove."""

    def names(self, folder: str) -> Iterator[str]:
        """See `Objects`."""
        below = f"{self._prefix}{folder}/" if folder else self._prefix
        try:
            for entry in store_of(self._bucket).entries(below, "/"):
                yield entry.key.removeprefix(below).removesuffix("/")
        except FileNotFoundError:
            raise UsageError(
                f"the store `{self.path}` cannot be read: there is no such bucket; make one"
            ) from None
        except StorageError as error:
            raise unusable(self.path, "read", error) from None

    def clock(self) -> int:
        """See `Objects`; that of storage does not tell the times of files here."""
        with TemporaryFolder() as folder:
            return Folder(folder.path).clock()

"""Who asks Azure for blobs: by what the environment says, as Azure's own tools read it.

A connection string comes first; else the account with its key or a shared access signature; else
what Azure's library for identities finds: variables, workload identities, machines, `az login`.
"""

from __future__ import annotations

import hmac
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl

from ...errors import UsageError
from .storage_errors import StorageError
from .web_addresses import split

SCOPE: Final = "https://storage.azure.com/.default"

RENEWED: Final = 240.0
"""Seconds after which a token is asked for again: each that is given is good for longer."""

_SIGNED: Final = (
    "Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type",
    "Date", "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range",
)  # fmt: skip
"""The headers that a signature covers besides `x-ms-…`, in this order (Shared Key, 2015-02-21)."""

_CHOSEN: Final = ("AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE")
"""Variables by which the user chooses an identity: if one is set, it must work."""


class Account(NamedTuple):
    """An account, where its blobs are, and one of the three ways to say who asks, or none."""

    name: str
    endpoint: str
    key: bytes = b""
    signature: str = ""
    tokens: Tokens | None = None


class Tokens:
    """What says who asks, by a credential of Azure's library; renewed in time."""

    def __init__(self, credential: Any) -> None:
        self._credential = credential
        self._token, self._until = "", 0.0
        self._lock = threading.Lock()

    def token(self) -> str:
        """A token. Raises StorageError where there is none to be had."""
        from azure.core.exceptions import AzureError

        with self._lock:
            if time.monotonic() >= self._until:
                try:
                    self._token = self._credential.get_token(SCOPE).token
                except AzureError as error:  # its words may hold what a server said of a token
                    words = f"there are no credentials for it ({type(error).__name__})"
                    raise StorageError(words) from None
                self._until = time.monotonic() + RENEWED
            return self._token


def account_of(environ: Mapping[str, str]) -> Account:
    """The account that the environment names. Raises UsageError where it names none."""
    said = _connection(environ.get("AZURE_STORAGE_CONNECTION_STRING", ""))
    name = said.get("AccountName") or _first(environ, "ACCOUNT", "ACCOUNT_NAME")
    endpoint = said.get("BlobEndpoint") or _first(environ, "SERVICE_ENDPOINT")
    if not name and not endpoint:
        raise UsageError(
            "`az://` needs an account: set AZURE_STORAGE_ACCOUNT or AZURE_STORAGE_CONNECTION_STRING"
        )
    if not endpoint:
        scheme = said.get("DefaultEndpointsProtocol", "https")
        endpoint = f"{scheme}://{name}.blob.{said.get('EndpointSuffix', 'core.windows.net')}"
    name = name or split(endpoint).host.partition(".")[0]
    endpoint = endpoint.rstrip("/")
    if said:
        key, signature = said.get("AccountKey", ""), said.get("SharedAccessSignature", "")
    else:
        key = _first(environ, "KEY", "ACCOUNT_KEY", "ACCESS_KEY")
        signature = _first(environ, "SAS_TOKEN")
    if key:
        return Account(name, endpoint, key=_decoded(key))
    if signature:
        return Account(name, endpoint, signature=signature.lstrip("?"))
    if environ.get("AZURE_STORAGE_ANON", "").lower() in ("1", "true"):
        return Account(name, endpoint)
    return Account(name, endpoint, tokens=_tokens(environ))


def signed(account: Account, method: str, target: str, headers: Mapping[str, str]) -> str:
    """What `Authorization` says of a request, with the account's key (Shared Key).

    `headers` are all that are sent; `target` is the path as it is sent, and the query.
    """
    path, _, query = target.partition("?")
    ours = sorted(
        (name.lower(), value) for name, value in headers.items() if name.startswith("x-ms-")
    )
    lines = [method, *(headers.get(name, "") for name in _SIGNED)]
    lines += [f"{name}:{value}" for name, value in ours]
    lines.append(f"/{account.name}{path}")
    lines += [f"{name}:{value}" for name, value in sorted(parse_qsl(query, keep_blank_values=True))]
    made = hmac.digest(account.key, "\n".join(lines).encode(), "sha256")
    return f"SharedKey {account.name}:{b64encode(made).decode()}"


def _connection(text: str) -> dict[str, str]:
    """The parts of a connection string: names and values, `;` between them."""
    pairs = (part.partition("=") for part in text.split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def _first(environ: Mapping[str, str], *names: str) -> str:
    """The first of the variables that is set: tools differ in what they call them."""
    found = (environ.get(f"AZURE_STORAGE_{name}", "") for name in names)
    return next(filter(None, found), "")


def _decoded(key: str) -> bytes:
    try:
        return b64decode(key, validate=True)
    except ValueError:
        raise UsageError("`az://` cannot be used: the key of the account is no Base64") from None


def _tokens(environ: Mapping[str, str]) -> Tokens | None:
    """What Azure's library finds; None where it finds nobody. Raises UsageError without it."""
    try:
        from azure.identity import DefaultAzureCredential
    except ImportError:
        raise UsageError(
            "`az://` needs AZURE_STORAGE_KEY, AZURE_STORAGE_SAS_TOKEN, or azure-identity: pip "
            "install 'seed-validator[storage-az]'; AZURE_STORAGE_ANON=true asks without any"
        ) from None
    import logging

    logging.getLogger("azure").setLevel(logging.CRITICAL)  # it would be printed
    tokens = Tokens(DefaultAzureCredential())
    try:
        tokens.token()
    except StorageError as error:
        if not any(map(environ.get, _CHOSEN)):
            return None
        raise UsageError(f"`az://` cannot be used: {error.strerror}; look at AZURE_…") from None
    return tokens

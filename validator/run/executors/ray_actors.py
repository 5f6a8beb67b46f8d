"""Workers that are actors of Ray (extra `ray`): the only module that knows Ray.

Ray starts them on the nodes of a cluster, carries tasks and results, and sees when one dies. It
tries nothing again by itself: who is to blame for a death is known to us only.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, Generic, TypeVar

from msgspec import Struct, field

from ...diagnostic import TOOL
from ...errors import UsageError, ValidatorError
from . import Failed

B = TypeVar("B")

AHEAD: Final = 2
"""Batches that a worker has at a time, so that it need not wait for the next one."""

_PATIENCE: Final = 1.0
_BEGUN_WITHIN: Final = 60.0
"""Seconds for the first worker to begin, as the nodes of a cluster may be busy."""

_STORE: Final = 256 << 20
"""Bytes of shared memory on a cluster of this machine alone: results are small."""


class Worker:
    """What runs on a node."""

    def __init__(self, fn: Callable[[Any], Any], folder: str) -> None:
        os.chdir(folder)  # paths are relative to it
        self._fn = fn

    def hello(self) -> str:
        """The version that is installed where it runs."""
        return TOOL["version"]

    def work(self, pickled: bytes) -> bytes:
        """The results of tasks, and the seconds that they have taken; both ways pickled.

        Ray would pickle records one by one in Python, and hands on bytes as they are. A
        ValidatorError ends the run: it comes back as the result, and nothing is done after it.
        """
        begin, results = time.perf_counter(), []
        for task in pickle.loads(pickled):
            try:
                results.append(self._fn(task))
            except ValidatorError as error:
                return _pickled(([error], 0.0))
        return _pickled((results, time.perf_counter() - begin))


def _pickled(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


class _Call(Struct, Generic[B], eq=False):
    batch: B
    answer: Any
    alone: bool = False


class Actor(Struct, Generic[B], eq=False):
    """An actor: the call of its start until that has come back, then what it has to do."""

    handle: Any
    hello: Any
    calls: deque[_Call[B]] = field(default_factory=deque)
    since: float = 0.0

    @property
    def awaited(self) -> Any:
        """The call that comes back next, if there is one."""
        return self.hello or (self.calls[0].answer if self.calls else None)


class Lost(Struct, Generic[B], frozen=True):
    """A batch without a result; `failed` where its worker surely died of it."""

    batch: B
    failed: Failed | None


class Answer(Struct, Generic[B], frozen=True):
    """What a batch has come to, and the seconds it has taken."""

    batch: B
    results: list[Any]
    seconds: float


class Actors(Generic[B]):
    """The actors of a run. Work is given only to those that have begun: others may never do."""

    def __init__(self, fn: Callable[[Any], Any], address: str, jobs: int, timeout: float | None):
        """At most so many `jobs`; as many as the cluster has processors for 0 of them."""
        self._ray = _ray()
        self._own = not self._ray.is_initialized()
        if self._own:
            _connect(self._ray, address, jobs)
        self._jobs = jobs or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        self._kind = self._ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Worker)
        self._fn = self._ray.put(fn)
        self._timeout = timeout
        self._actors: list[Actor[B]] = []
        self._begun, self._start = False, time.monotonic()
        self.deaths = 0

    def free(self) -> Iterator[Actor[B]]:
        """Those who can take a batch, the idlest first; starts those that are not there yet."""
        while len(self._actors) < self._jobs:
            self._actors.append(self._new())
        ready = [actor for actor in self._actors if not actor.hello]
        for room in range(AHEAD):
            for actor in ready:
                if len(actor.calls) == room and not any(call.alone for call in actor.calls):
                    yield actor

    def _new(self) -> Actor[B]:
        options = {"scheduling_strategy": "SPREAD"}
        handle = self._kind.options(**options).remote(self._fn, os.getcwd())
        return Actor(handle, handle.hello.remote())

    def begin(
        self, actor: Actor[B], tasks: Sequence[Any], batch: B, *, alone: bool = False
    ) -> None:
        """Give one a batch, and its tasks."""
        if not actor.calls:
            actor.since = time.monotonic()
        actor.calls.append(_Call(batch, actor.handle.work.remote(_pickled(tasks)), alone))

    def finished(self) -> Iterator[Answer[B] | Lost[B]]:
        """What has come back, or has been lost. Waits for something to happen, but not for long.

        Raises UsageError where no worker begins.
        """
        awaited = {actor.awaited: actor for actor in self._actors if actor.awaited}
        ready, _ = self._ray.wait([*awaited], num_returns=1, timeout=self._wait())
        for answer in ready:
            yield from self._heard(awaited[answer], answer)
        for actor in [*self._actors]:
            if self._is_late(actor):
                yield from self._end(
                    actor, Failed("timeout", f"it took more than {self._timeout:g} s")
                )
        if not self._begun and time.monotonic() - self._start > _BEGUN_WITHIN:
            raise UsageError(
                f"no worker of the Ray cluster has begun within {_BEGUN_WITHIN:g} s: its nodes may "
                "be busy; check with --engine local"
            )

    def _wait(self) -> float:
        return _PATIENCE if self._timeout is None else min(_PATIENCE, self._timeout / 4)

    def _is_late(self, actor: Actor[B]) -> bool:
        now = time.monotonic()
        return bool(self._timeout and actor.calls and now - actor.since > self._timeout)

    def _heard(self, actor: Actor[B], answer: Any) -> Iterator[Answer[B] | Lost[B]]:
        try:
            said = self._ray.get(answer)
        except self._ray.exceptions.RayError as error:
            yield from self._end(actor, Failed("killed", _reason(error)))
            return
        if actor.hello:
            _same_version(said)
            actor.hello, self._begun = None, True
            return
        call, actor.since = actor.calls.popleft(), time.monotonic()
        results, seconds = pickle.loads(said)
        for result in results:
            if isinstance(result, ValidatorError):
                raise result
        yield Answer(call.batch, results, seconds)

    def _end(self, actor: Actor[B], failed: Failed) -> Iterator[Lost[B]]:
        """The batches of a dead actor; `failed` goes to the one that is surely to blame.

        Where it had more than one, its first may be done: what a worker has said last can be lost
        when the next one kills it.
        """
        self._actors.remove(actor)
        with suppress(Exception):  # it may be gone with its node
            self._ray.kill(actor.handle)
        self.deaths += 1
        if actor.hello:
            self._must_begin(failed.reason)
        is_sure = len(actor.calls) == 1 or failed.cause == "timeout"
        for at, call in enumerate(actor.calls):
            yield Lost(call.batch, failed if is_sure and at == 0 else None)

    def _must_begin(self, reason: str) -> None:
        if not self._begun and self.deaths > self._jobs + 2:
            raise UsageError(f"workers of the Ray cluster do not begin: {reason}")

    def close(self) -> None:
        """End all; a cluster of our own ends, too."""
        for actor in self._actors:
            with suppress(Exception):
                self._ray.kill(actor.handle)
        if self._own:
            with _signals_kept():
                self._ray.shutdown()


def _ray() -> Any:
    try:
        import ray
        import ray.exceptions
    except ImportError:
        raise UsageError("`--engine ray` needs Ray: pip install 'seed-validator[ray]'") from None
    return ray


def _connect(ray: Any, address: str, jobs: int) -> None:
    """Join the cluster at an address; without one, make one of this machine."""
    quiet = {"log_to_driver": False, "logging_level": "CRITICAL"}
    own = {"include_dashboard": False, "object_store_memory": _STORE, "num_cpus": jobs or None}
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
    _hush()
    try:
        _reach(address)
        with _signals_kept():
            ray.init(address=address or "local", **quiet, **({} if address else own))
    except Exception as error:  # noqa: BLE001 - Ray raises that itself where a node begins too slowly
        where = f"the Ray cluster at `{address}`" if address else "Ray on this machine"
        reason = getattr(error, "strerror", None) or _first_line(error)
        if address == "auto":
            reason = "none is running on this node, or it cannot be joined; `ray start` begins one"
        raise UsageError(f"{where} cannot be used: {reason}") from None


def _reach(address: str) -> None:
    """Raises OSError where nobody listens: Ray would try it for minutes."""
    host, colon, port = address.rpartition(":")
    if colon and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), _PATIENCE * 10).close()


def _hush() -> None:
    """Ray writes to standard output when a worker dies, and has no option against it."""
    with suppress(ImportError):
        from ray._private import worker

        if hasattr(worker, "print_to_stdstream"):
            worker.print_to_stdstream = lambda *args, **more: None


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Ray puts handlers of its own in the place of ours."""
    ours = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        with suppress(ValueError):  # in another thread nobody has changed them
            for number, handler in ours.items():
                signal.signal(number, handler)


def _same_version(theirs: str) -> None:
    if theirs != TOOL["version"]:
        raise UsageError(
            f"a node of the Ray cluster has seed-validator {theirs}, and this is "
            f"{TOOL['version']}: install the same version on all nodes"
        )


def _reason(error: Exception) -> str:
    names = {
        "OutOfMemoryError": "it needed more memory than its node has",
        "NodeDiedError": "the node of its worker has gone",
        "ObjectLostError": "the node of its worker has gone",
    }
    name = type(error).__name__
    return names.get(name) or f"its worker on the cluster died ({_first_line(error)})"


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__

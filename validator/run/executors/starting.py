"""How a worker process comes to be: forked where that is safe, else a new interpreter.

A fork takes 3 ms and knows all that is loaded and compiled already. But it copies what other
threads have locked, and nobody will ever unlock it there; so it is for a process with one thread.
A new interpreter (`subprocess`, which closes what is not its own) takes 110 ms, and is safe
everywhere. `multiprocessing` would run the user's script again in each, refuse to work for a
daemon, and leave a process of its own behind.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from ...file.undisturbed import STOPPING
from .children import Child, hear, serve

if TYPE_CHECKING:
    from subprocess import Popen

_SOON: Final = 60.0
"""Seconds in which an interpreter has begun, however busy the machine is."""

_PIPE: Final = -1  # subprocess.PIPE
_BEGIN: Final = f"import sys; sys.path[:] = sys.argv[1:]; from {__name__} import live; live()"


def start(fn: Callable[[Any], Any]) -> Child:
    """A worker that calls `fn` with each task it is sent. Raises OSError without room for one."""
    return forked(fn) if may_fork() else spawned(fn)


def may_fork() -> bool:
    """Whether this process has one thread only, those of libraries counted.

    Elsewhere than on Linux nobody can tell.
    """
    if sys.platform != "linux":
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def _granted(fn: Callable[[Any], Any], line: socket.socket, parent: int) -> object:
    from .helping import Granted  # few tasks take help

    return Granted(lambda: start(fn), line, parent)


class _Forked:
    """The process of a forked worker."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._code: int | None = None

    def poll(self) -> int | None:
        """See `Process`."""
        if self._code is None:
            try:
                pid, status = os.waitpid(self._pid, os.WNOHANG)
            except ChildProcessError:  # somebody else has been told of its end
                self._code = 0
            else:
                self._code = os.waitstatus_to_exitcode(status) if pid else None
        return self._code

    def kill(self) -> None:
        """See `Process`."""
        if self.poll() is None:
            os.kill(self._pid, signal.SIGKILL)


def forked(fn: Callable[[Any], Any]) -> Child:
    """See `start`; only where no other thread lives."""
    ours, theirs = socket.socketpair()
    parent = os.getpid()
    try:
        pid = os.fork()
    except OSError:
        ours.close()
        theirs.close()
        raise
    if pid:
        theirs.close()
        return Child(_Forked(pid), ours)
    code = 1
    try:
        _close_others(theirs.fileno())
        gc.freeze()  # to look for garbage in what was there before would copy it
        _obey()
        serve(fn, theirs, parent, _granted)
        code = 0
    finally:
        os._exit(code)  # what the supervisor has opened, and not written yet, is its own


def _close_others(own: int) -> None:
    """Close what was open before; who has the other end of it may wait for its end."""
    for name in os.listdir("/proc/self/fd"):
        number = int(name)
        if number > 2 and number != own:
            try:
                os.close(number)
            except OSError:
                pass  # that of the list itself


def _obey() -> None:
    """Leave it to the supervisor what an interrupt means; a signal to this process ends it."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)


def spawned(fn: Callable[[Any], Any], by_address: bool = os.name == "nt") -> Child:
    """See `start`; safe everywhere.

    `by_address` is for systems where a socket cannot be the standard input of a process.
    """
    if not sys.executable or getattr(sys, "frozen", False):
        raise FileNotFoundError(2, "there is no Python interpreter to start")
    child = _by_address() if by_address else _by_descent()
    try:
        child.send(fn)
    except OSError:
        pass  # it died at once, as will be seen
    return child


def _interpreter(stdin: int) -> Popen[bytes]:
    import subprocess  # 5 ms, which a fork does not need

    flags = ["-I" if sys.flags.isolated else "-P", f"-Xutf8={sys.flags.utf8_mode}"]
    command = [sys.executable, *flags, "-c", _BEGIN, *sys.path]
    quiet = None if os.environ.get("SEED_VALIDATOR_TRACEBACK") else subprocess.DEVNULL
    return subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=quiet)


def _by_descent() -> Child:
    ours, theirs = socket.socketpair()
    try:
        process = _interpreter(theirs.fileno())
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    return Child(process, ours)


def _by_address() -> Child:
    secret = os.urandom(32)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(_SOON)
        process = _interpreter(_PIPE)
        assert process.stdin is not None
        try:
            with process.stdin as pipe:
                pipe.write(b"%d %s" % (server.getsockname()[1], secret.hex().encode()))
            while True:
                line, _ = server.accept()
                line.settimeout(_SOON)
                if line.recv(len(secret), socket.MSG_WAITALL) == secret:
                    line.settimeout(None)
                    return Child(process, line)
                line.close()
        except BaseException:
            process.kill()
            process.wait()
            raise


def live() -> None:
    """What a new interpreter does: it is told the function first, then the tasks."""
    _obey()
    parent = os.getppid()
    try:
        line = socket.socket(fileno=0)
    except OSError:  # a pipe: the address
        port, secret = sys.stdin.buffer.read().split()
        line = socket.create_connection(("127.0.0.1", int(port)), _SOON)
        line.sendall(bytes.fromhex(secret.decode()))
    serve(hear(line, parent), line, parent, _granted)
    os._exit(0)

"""Serving a WSGI application with waitress, in one process or in several that share one address.

One Python process uses one core. On a machine with more, several processes listen at the same socket; they share
nothing but the database. Windows has no fork: there it is always one.
"""

import gc
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

from waitress import create_server

from core.background import Background
from core.fair import FairListener

THREADS = 8
"""Threads of a process: requests mostly wait for the database."""


def listen(host: str, port: int) -> FairListener:
    """A socket that listens at an address; port 0 takes a free one. Raises OSError where it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = FairListener(family, socket.SOCK_STREAM)
    try:
        if os.name != "nt":  # there it would let two portals share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(1024)
    except OSError:
        listener.close()
        raise
    return listener


def serve(application: Any, listener: FairListener, processes: int = 1,
          before_fork: Callable[[], None] = lambda: None, background: Background | None = None) -> None:
    """Serve until interrupted. ``before_fork`` lets go of connections that processes must not share.

    ``background`` runs in the first process alone.
    """
    children: list[int] | None = []
    gc.collect()
    gc.freeze()  # what was loaded stays: looking through it for what can be thrown away doubles every third request
    if sys.platform != "win32" and processes > 1:
        before_fork()
        listener.share_among(processes)
        children = _fork(processes - 1, listener)
    server = create_server(application, sockets=[listener], threads=THREADS, ident=None)
    beside = background if children is not None else None
    if beside:
        beside.start()
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()
    finally:
        if beside:
            beside.stop()
        for child in children or ():
            os.kill(child, signal.SIGTERM)


def _fork(count: int, listener: FairListener) -> list[int] | None:
    """Make the other processes: their numbers, or None in one of them. They end when the first one does."""
    reader, writer = os.pipe()
    children: list[int] = []
    for number in range(1, count + 1):
        child = os.fork()
        if not child:
            os.close(writer)
            listener.belong_to(number)
            threading.Thread(target=_follow, args=(reader,), daemon=True).start()
            return None
        children.append(child)
    os.close(reader)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    return children


def _follow(reader: int) -> None:
    """End this process when the first one is gone: nobody else holds the other end of the pipe."""
    os.read(reader, 1)
    os._exit(0)

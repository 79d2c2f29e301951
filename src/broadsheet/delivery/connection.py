"""One request to another machine, over the library's own client and none on top of it.

A name must be looked up once and the address that was checked be connected to; clients that pool, follow or decompress take these
decisions away.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import time
from typing import Any

from broadsheet.delivery.hosts import Target

CONNECT_SECONDS, READ_SECONDS = 10, 20


class Connection(http.client.HTTPConnection):
    """To the addresses that were checked, and to no other; over TLS the certificate must be the host's."""

    def __init__(self, where: Target, tls: ssl.SSLContext, deadline: float) -> None:
        super().__init__(f"[{where.host}]" if ":" in where.host else where.host, where.port, timeout=READ_SECONDS)
        self.where, self.tls, self.deadline = where, tls, deadline
        self.wire: Any = None
        """The socket; the library forgets it as soon as an answer begins after which nothing more is asked."""
        # The `Host` header names no port that is the scheme's own.
        self.default_port = 443 if where.scheme == "https" else 80

    def connect(self) -> None:
        """Try the checked addresses in turn."""
        for number, address in enumerate(self.where.addresses, 1):
            try:
                self.sock = self.wire = socket.create_connection((address, self.where.port), min(CONNECT_SECONDS, self._left()))
                break
            except OSError:
                if number == len(self.where.addresses) or self._left() <= 0.01:
                    raise
        if self.where.scheme == "https":
            # First known to `cut`, then greeted: a greeting can be drawn out too.
            self.sock = self.wire = self.tls.wrap_socket(self.sock, server_hostname=self.where.host, do_handshake_on_connect=False)
            self.sock.do_handshake()
        self.sock.settimeout(min(READ_SECONDS, self._left()))

    def _left(self) -> float:
        return max(self.deadline - time.monotonic(), 0.01)

    def cut(self) -> None:
        """End it from another thread. Whoever reads finds an end, or what was sent before: the clock says which answers are whole."""
        if self.wire is not None:
            with contextlib.suppress(OSError):
                # Not TLS's own: after that, what comes in enciphered would be read as it is.
                socket.socket.shutdown(self.wire, socket.SHUT_RDWR)

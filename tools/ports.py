"""A port for a server of a test run that takes a while until it listens."""

import random
import socket

# Below what systems give to connections (Linux from 32768, macOS and Windows from 49152): there, one of the many
# connections of other tests may take the port before the server does.
PORTS = range(20_000, 30_000)


def free_port() -> int:
    return next(port for port in iter(lambda: random.choice(PORTS), None) if can_bind(port))


def can_bind(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True

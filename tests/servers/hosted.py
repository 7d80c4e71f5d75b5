"""A server of the tests' own, made and ended around a block."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hosted(server: http.server.HTTPServer) -> Iterator[str]:
    """The address of a server that answers for as long as the block runs, in a thread of its own."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""A web process and someone who uses it, by API and by page."""

import json
import os
import resource
import signal
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.patience import PATIENCE

CSRF = "k" * 32


@dataclass
class Answer:
    status: int
    body: str
    kind: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Web:
    process: "subprocess.Popen[bytes]"
    address: str
    token: str
    session: str

    def answers(self) -> bool:
        assert self.process.poll() is None, "the web process ended"
        try:
            return self.get("/accounts/login/").status == 200
        except OSError:
            return False

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(self.address + path))

    def api(self, path: str, values: dict[str, Any], *, key: str) -> Answer:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        return self._ask(urllib.request.Request(self.address + path, json.dumps(values).encode(), headers))

    def post(self, path: str, values: dict[str, str]) -> Answer:
        """A form of a page for visitors, as a browser sends it."""
        body = urllib.parse.urlencode({**values, "csrfmiddlewaretoken": CSRF}).encode()
        return self._ask(urllib.request.Request(self.address + path, body, {"Cookie": f"csrftoken={CSRF}"}))

    def upload(self, path: str, values: dict[str, str], content: bytes) -> Answer:
        """A form with one file, as a browser sends it."""
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {**values, "csrfmiddlewaretoken": CSRF}.items()
        ]
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
        parts += [head, b"Content-Type: text/plain\r\n\r\n", content, b"\r\n--x--\r\n"]
        headers = {
            "Content-Type": "multipart/form-data; boundary=x",
            "Cookie": f"sessionid={self.session}; csrftoken={CSRF}",
        }
        return self._ask(urllib.request.Request(self.address + path, b"".join(parts), headers))

    def later(self, *how: Any, **named: Any) -> "threading.Thread":
        """The same call of `api`, whose answer never comes."""

        def ask() -> None:
            with suppress(OSError):  # the process died under it
                self.api(*how, **named)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        return thread

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def limit_files(self, size: int) -> None:
        """From now on none of its files grows past `size` bytes, as on a disk without room."""
        for pid in [self.process.pid, *children(self.process.pid)]:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def _ask(self, request: urllib.request.Request) -> Answer:
        opener = urllib.request.build_opener(_Stay)
        try:
            with opener.open(request, timeout=PATIENCE) as answer:
                return _read(answer)
        except urllib.error.HTTPError as refusal:
            return _read(refusal)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


def _read(answer: Any) -> Answer:
    return Answer(answer.status, answer.read().decode(), answer.headers.get("Content-Type", ""))


def children(pid: int) -> list[int]:
    found = [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
    return [*found, *(grandchild for child in found for grandchild in children(child))]

"""Every word planted that an answer holds: in its head, its body, and in what the body unpacks to."""

import io
import zipfile
from typing import Any

from pypdf import PdfReader
from tests.walker.canaries import WORD

DEEPEST = 3


def words_in(answer: Any) -> set[str]:
    head = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return set(WORD.findall(head)) | unpacked(body)


def unpacked(data: bytes, depth: int = 0) -> set[str]:
    found = set(WORD.findall(data.decode("utf-8", "ignore")))
    if data[:4] == b"PK\x03\x04" and depth < DEEPEST:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for name in parts.namelist():
                found |= set(WORD.findall(name)) | unpacked(parts.read(name), depth + 1)
    if data[:5] == b"%PDF-" and len(data) > 1000:
        found |= set(WORD.findall("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)))
    return found

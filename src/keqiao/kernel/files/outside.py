"""Office documents that fetch something from elsewhere when they are opened: a template, a picture, a linked object, the cells
of another workbook. They are refused. A link to click is not meant: it fetches nothing by itself.
"""

import re
from typing import Any
from xml.parsers import expat

from keqiao.kernel.files.file_errors import FetchesRefused, UnsafeXml

LINKED_BOOKS = "/externallinks/"  # other workbooks, and DDE
HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")


def check_name(name: str, *, member: str) -> None:
    if LINKED_BOOKS in f"/{name}":
        raise FetchesRefused(member=ascii(member))


def check_relations(text: bytes, *, member: str) -> None:
    """Of one part with relations. Raises FetchesRefused for one that leads out of the document."""
    parser = expat.ParserCreate()

    def element(tag: str, attributes: dict[str, Any]) -> None:
        if tag.rpartition(":")[2] == "Relationship" and _fetches(attributes):
            raise FetchesRefused(member=ascii(member))

    parser.StartElementHandler = element
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise UnsafeXml(member=ascii(member)) from error


def _fetches(attributes: dict[str, Any]) -> bool:
    told = {name.rpartition(":")[2].lower(): value for name, value in attributes.items()}
    leads_out = told.get("targetmode", "Internal").lower() != "internal" or HAS_SCHEME.match(
        told.get("target", "")
    )
    return bool(leads_out) and told.get("type", "").rpartition("/")[2].lower() != "hyperlink"

"""The service file as a pack that an outsider can check without us: the file itself and the records it rests on."""

import tempfile
from hashlib import sha256
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from keqiao.documents.pdf import render_pdf
from keqiao.kernel.models import Entry
from keqiao.kernel.platform.errors import Refusal
from keqiao.kernel.record.pack import write_pack
from keqiao.oversight.queries import ServiceFile
from keqiao.oversight.report import paper, sheet_head, sheet_rows
from sheets.writing import workbook


def sheet(file: ServiceFile) -> bytes:
    return workbook(title=file.enterprise.name, head=sheet_head(), rows=sheet_rows(file))


def pack(file: ServiceFile) -> bytes:
    """PDF, Excel and the whole record of every service whose case is open to the reader, with its proofs and hashes. The
    files themselves stand in the archive pack of each engagement. Raises Refusal while nothing is sealed."""
    with translation.override("zh-hans"), tempfile.TemporaryDirectory() as folder:  # as every pack reads
        entries = list(file.record.select_related("said").order_by("case", "case_n"))
        if not entries:
            raise Refusal(
                _("None of these services has a sealed record yet."),
                clause="6.5",
                remedy=_("Steps are sealed each minute; try again then."),
            )
        name = f"FWDA-{file.enterprise.uscc}"
        papers = {f"{name}.pdf": render_pdf(document=paper(file)), f"{name}.xlsx": sheet(file)}
        path = write_pack(
            target=Path(folder) / "pack.zip",
            title=f"{name} {file.enterprise.name}",
            records=entries,
            files=(),
            documents=[
                (filename, content, sha256(content).hexdigest()) for filename, content in papers.items()
            ],
            index_html=index(file, entries),
            facts={
                "enterprise": file.enterprise.name,
                "credit_code": file.enterprise.uscc,
                "services": len(file.services),
            },
        )
        return path.read_bytes()


def index(file: ServiceFile, entries: list[Entry]) -> bytes:
    context = {
        "enterprise": file.enterprise,
        "services": file.services,
        "findings": file.findings,
        "entries": entries,
        "left_out": len(file.closed),
    }
    return render_to_string("oversight/pack_index.html", context).encode()

"""A file of the vault, handed out to those who see a row it belongs to."""

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.egress_log import file_goes_out
from keqiao.kernel.files import vault
from keqiao.kernel.steps.file_owners import open_file

SHOWN = frozenset({"pdf", "png", "jpeg"})  # the rest is saved, never run or drawn by the browser
BARE = "default-src 'none'; sandbox"


@signed_in
@require_safe
def file_page(request: HttpRequest, pk: int) -> FileResponse:
    """The bytes under their own name. Each block is checked against its seal before it leaves; that it leaves is
    written down first."""
    blob = open_file(actor_of(request), pk)
    shown = blob.kind in SHOWN
    content = vault.open_blob(blob)
    try:
        file_goes_out(request, blob)
    except BaseException:
        content.close()
        raise
    answer = FileResponse(content, as_attachment=not shown, filename=blob.name, content_type=blob.media_type)
    answer.headers["Content-Length"] = str(blob.size)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store, private"
    if not shown:
        answer.headers["Content-Security-Policy"] = BARE
    return answer

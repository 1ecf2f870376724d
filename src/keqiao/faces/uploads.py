"""Files that people send. They stay in memory until they are judged and sealed: in a temporary file they would lie
in the clear, and anybody could fill the disk with them.

A file that isn't taken is let through, nothing of it kept, and stands in the form as a RefusedFile, so that its field says why and
all else that was typed is kept. Only a request beyond every measure is refused as a whole.
"""

from io import BytesIO
from typing import Any
from weakref import finalize

from django import forms
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.utils.translation import gettext as _

from keqiao.kernel.files.file_errors import FileTooLarge
from keqiao.kernel.platform.file_locks import try_lock

AT_ONCE = 4  # requests with large files held in memory by the processes of one machine


class Held(BytesIO):
    """The bytes of a file. A place taken for it is given back when it is closed, or forgotten."""

    _place: "finalize[[], Held] | None" = None

    def take_place(self) -> bool:
        locks = (try_lock(f"large-upload-{number}") for number in range(AT_ONCE))
        place = next((lock for lock in locks if lock), None)
        if place is None:
            return False
        self._place = finalize(self, place.release)
        self._place.atexit = False
        return True

    def close(self) -> None:
        super().close()
        if self._place:
            self._place()


class RefusedFile(UploadedFile):
    """What stands for a file that wasn't taken: its name, and why."""

    def __init__(self, *, name: str, why: str) -> None:
        super().__init__(BytesIO(), name=name, size=0)
        self.why = why


class InMemory(FileUploadHandler):
    """One a request. Visitors send no files: none of our public forms asks for one."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.file, self.total, self.placed, self.why = Held(), 0, False, ""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django names it
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        del input_data, META, boundary, encoding
        if content_length > settings.MAX_BODY_BYTES:
            raise RequestDataTooBig(f"a form of {content_length} bytes")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not self._signed_in():
            raise SkipFile
        self.file, self.why = Held(), ""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        del start
        self.total += len(raw_data)
        if not self.why:
            self.why = self._hindrance()
        if self.why:
            self.file.close()
        else:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        name = self.file_name or ""
        if self.why:
            return RefusedFile(name=name, why=self.why)
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file,
            self.field_name,
            name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        self.file.close()

    def _signed_in(self) -> bool:
        user = getattr(self.request, "user", None)
        return user is not None and user.is_authenticated

    def _hindrance(self) -> str:
        """Why no more of this file can be held; empty when it can."""
        if self.total > settings.MAX_FILE_BYTES:
            return str(FileTooLarge(limit=settings.MAX_FILE_BYTES // 2**20))
        if self.total > settings.FILE_UPLOAD_MAX_MEMORY_SIZE and not self.placed:
            self.placed = self.file.take_place()
            if not self.placed:
                return _(
                    "Many large files are being received just now. Choose it again in a minute and send it."
                )
        return ""


class UploadField(forms.FileField):
    """Says why a file was not taken; the browser is told the limit, so that it says so before sending."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "data-limit": settings.MAX_FILE_BYTES}

    def to_python(self, data: Any) -> Any:
        if isinstance(data, RefusedFile):
            raise ValidationError(data.why)
        return super().to_python(data)

"""Small real files, each new so that it can be read once."""

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n0\n%%EOF\n"


def pdf(name: str = "示例文件.pdf", *, mark: str = "") -> SimpleUploadedFile:
    """`mark` makes the content its own, and is found in it again."""
    return SimpleUploadedFile(name, PDF + f"%{mark}\n".encode() if mark else PDF)


def text(name: str = "示例说明.txt", *, content: str = "示例内容") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())

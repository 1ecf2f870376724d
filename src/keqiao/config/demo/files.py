"""Files of the demo: real PDF and PNG, each saying that it is a demonstration."""

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from keqiao.documents.papers.report import Paragraph, ReportData
from keqiao.documents.parts import Head
from keqiao.documents.pdf import render_pdf


def paper(title: str, text: str) -> SimpleUploadedFile:
    head = Head(
        number="DEMO", version=1, issued_on=date(2026, 1, 5), institution="科桥演示（虚构）", mark="演示数据"
    )
    data = render_pdf(document=ReportData(head=head, title=title, blocks=(Paragraph(text=text),)))
    return SimpleUploadedFile(f"{title}.pdf", data)


def picture(title: str) -> SimpleUploadedFile:
    image = Image.new("RGB", (640, 400), "#e8eeee")
    ImageDraw.Draw(image).rectangle((40, 40, 600, 360), outline="#0f5e5c", width=6)
    target = io.BytesIO()
    image.save(target, "PNG")
    return SimpleUploadedFile(f"{title}.png", target.getvalue())

"""What a reader of the finished files sees."""

import io
import zipfile

import docx
import pypdf


def pdf_of(content):
    return pypdf.PdfReader(io.BytesIO(content))


def pdf_text(content):
    """All pages without white space: lines of Chinese may break anywhere."""
    return squeezed("".join(page.extract_text() for page in pdf_of(content).pages))


def squeezed(text):
    return "".join(text.split())


def word_of(content):
    return docx.Document(io.BytesIO(content))


def word_text(content):
    word = word_of(content)
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def word_part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read(name).decode()

"""Word files of the papers that are negotiated or edited.

Built in code with python-docx rather than from a .docx template: no template syntax exists that data could
abuse, and a change of wording or layout is a line in a diff. See docs/decisions/0010-documents.md.
"""

from .registry import Document, paper_of, word_forms
from .word_frame import saved


def render_word(*, document: Document) -> bytes:
    """Raises TypeError for a paper without a Word form."""
    build = word_forms().get(paper_of(document).data)
    if build is None:
        raise TypeError(f"There is no Word form of {type(document).__name__}; use the PDF.")
    return saved(document=build(document))

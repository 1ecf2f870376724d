"""Papers: frozen data in, PDF or Word bytes out. What a paper says belongs to its module; here is what all have in common.

Pure functions: no models, no settings, no clock. A module declares its papers in a folder `papers/` of its own, each a
frozen dataclass with its template beside it (registry.py); the caller fills one and calls `render_pdf` or `render_word`.
The same data gives the same bytes of PDF and the same printed digest in both.

registry.py    how a paper is declared, and which there are
parts.py       what the data of several papers shares: head, party, fees
amounts.py     money in figures and in Chinese capitals
payload.py     data as plain JSON values, and its digest
glyphs.py      which characters the embedded fonts can draw
pdf.py         typst with the paper's template and the frame of templates/
word.py        python-docx: word_frame.py the page, word_kit.py its blocks, word_parts.py parties, fees, signatures
templates/     the frame, with the wording that Word and PDF share in wording.json
papers/        the one paper for every module: a report made of blocks
"""

"""The papers of an engagement: frozen data in, PDF or Word bytes out.

Serves clauses 6.1 to 6.5 wherever something is put to the client in writing, and the conformity report.
Pure functions: no models, no settings, no clock. The caller fills a dataclass of `data` and calls
`render_pdf` or `render_word`; the same data gives the same bytes of PDF and the same printed digest in both.

data/          what each paper needs to know
amounts.py     money in figures and in Chinese capitals
payload.py     data as plain JSON values, and its digest
glyphs.py      which characters the embedded fonts can draw
pdf.py         typst with templates/*.typ
word.py        python-docx
templates/     the fixed Chinese wording; wording.json holds what Word and PDF share
"""

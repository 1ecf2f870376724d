"""Spreadsheets and text as people hand them in, read into rows of text; and what they write into cells, read into numbers,
days and codes. Knows no framework; the product and its libraries stand on it, so that all read alike.

`sheets.reading.rows_of(file)` gives the rows, `sheets.table` finds the heading among them, `sheets.written` reads a cell.
"""

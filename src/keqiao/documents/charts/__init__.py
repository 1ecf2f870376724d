"""Pictures of figures: data in, SVG out; the same on a page, in print and in a paper. Each has its table.

Drawn with attributes only, since the content policy of pages refuses style attributes and <style>; the colours are told
apart by their darkness too, every bar says its number, and the table says it all in words.

chart.py     what is drawn: labels, series, and the table of it
draw.py      `draw`: a chart as SVG at a given width
bars.py      lying bars, stacked or beside each other; shares of a whole
columns.py   standing bars, lines with a band, Pareto: everything with an axis at its side
marks.py     what they are made of: bars that are links, the legend, the axis
scale.py     ticks, numbers as text, colours
"""

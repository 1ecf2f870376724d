"""The sample of every paper there is: those of each app's file `paper_samples.py`, and those its examples declare."""

from importlib import import_module
from pathlib import Path

from tests.declared import PAPERS
from tests.discovered import load_examples

from keqiao.documents.registry import paper_of, word_forms

TESTS = Path(__file__).resolve().parents[1]
SAMPLES = [
    import_module(".".join(("tests", *path.relative_to(TESTS).with_suffix("").parts)))
    for path in sorted(TESTS.rglob("paper_samples.py"))
]
load_examples()
EVERY = [*(paper for samples in SAMPLES for paper in samples.PAPERS), *PAPERS]
TOLD = {name: words for samples in SAMPLES for name, words in samples.TOLD.items()}
TOLD |= {paper_of(paper).name: words for paper, words in PAPERS.items()}
IN_WORD = [paper for paper in EVERY if type(paper) in word_forms()]


def name_of(paper):
    return paper_of(paper).name

"""The parts of house_bench.py."""

from house.importing import part_import
from house.pages import part_pages
from house.rows import database, empty
from house.search import part_search
from house.steps import part_steps

__all__ = ["database", "empty", "part_import", "part_pages", "part_search", "part_steps"]

"""The parts of house_bench.py. Each is a file here, run alone in a process and a database of its own.

A further part is two things:

1. `bench/house/NAME.py` with `def measure(sizes: Sizes) -> Iterator[Figure]`. The database is migrated, the catalogue is
   in it, and nobody else is. `rows.py` lays out people, enterprises, engagements and their parts in bulk;
   `ground.fresh(…)` gives another empty database, for a second size. What `measure` yields comes into the table of the
   end, so it prints only what helps while it runs. A figure that is held against another of the same run names that as
   `reference`; the table prints the ratio.
2. its line in PARTS below; and a line in `sizes.py` for each size that only it has.
"""

PARTS = {
    "steps": "steps a second against the bare transaction, and acceptances with their paper",
    "pages": "pages of a small and a large house",
    "readers": "fifty people who read, over HTTP",
    "import": "a list of many rows, and how long others wait meanwhile",
    "search": "search over many titles",
}
MODULES = {"import": "importing"}  # where the name of the part can't be the name of the file

"""Django's SQLite, where who waits to write asks again soon (base.py)."""

"""Lists from Excel and CSV: checked first, applied as a whole by a job, stopped or undone as a whole.

A module declares what it takes as a list in its `import_list.py`:

    declare(ImportList(model=Tag, slug="tags", key=("name",), clause="6.5", permission=is_staff))

From this come the template, the dry run with each wrong cell, the steps with their pages, endpoints and commands.
"""

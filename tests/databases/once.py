"""What runs on SQLite alone, though it touches the database: the longest prefix that fits a test decides.

PostgreSQL runs what can differ there: each operation once through, queries and search, concurrency, sealing, imports,
migrations. A test that asks for no database, or for a browser, is left out there without standing here.
CONTRIBUTING.md says the same in words.
"""

BOTH = ""
ONCE = {
    "tests/eligibility/": "a library that knows no database",
    "tests/satisfaction/": "a library that knows no database",
    "tests/every_operation/": "refusals, rights and doors are Python; the step itself is not:",
    "tests/every_operation/test_taken.py": BOTH,
    "tests/every_resource/": "pages are Python; the queries of every list and detail are not:",
    "tests/every_resource/test_queries.py": BOTH,
    "tests/every_resource/test_pages.py::test_export_holds_the_visible_rows": BOTH,  # read by a cursor on the server
    "tests/every_resource/test_pages.py::test_api_lists_and_shows_the_visible_rows": BOTH,
    "tests/every_resource/test_pages.py::test_search_finds_only_what_is_open": BOTH,
    "tests/walker/": "walks over pages; the same policies are asked by every list and export of every_resource",
    "tests/house/": "pages, links and words; what a migration says is not:",
    "tests/house/test_checks.py": BOTH,
    "tests/config/": "the demo takes steps that every_operation takes on both",
    "tests/portal/": "pages and words of a person",
    "tests/faces/": "pages and forms are Python; these ask the database in ways of their own:",
    "tests/faces/test_calendar.py": BOTH,
    "tests/faces/test_choosers.py": BOTH,
    "tests/faces/test_export.py": BOTH,
    "tests/faces/test_files.py": BOTH,
    "tests/faces/test_second_writer.py": BOTH,
    "tests/faces/test_today.py": BOTH,
    "tests/faces/test_wrong_filters.py": BOTH,
    "tests/engagement/": "guards, turns and papers are Python; these ask the database in ways of their own:",
    "tests/engagement/test_approvals.py": BOTH,
    "tests/engagement/test_board.py": BOTH,
    "tests/engagement/test_deadlines.py": BOTH,
    "tests/engagement/test_lists.py": BOTH,
    "tests/engagement/test_pack_in_the_record.py": BOTH,
    "tests/engagement/test_registers.py": BOTH,
    "tests/engagement/test_workspace.py": BOTH,
    "tests/engagement/delivery/test_changes.py": BOTH,
    "tests/engagement/delivery/test_questionnaire.py": BOTH,
    "tests/engagement/delivery/test_survey.py": BOTH,
    "tests/accounts/": "the door is Python; what happens at once, and what stays of it, is not:",
    "tests/accounts/test_at_once.py": BOTH,
    "tests/accounts/test_events.py": BOTH,
    "tests/accounts/test_lockout.py": BOTH,
    "tests/accounts/test_taken_out.py": BOTH,
    "tests/accounts/test_tokens.py": BOTH,
}


def reason(nodeid: str) -> str:
    """Why this test runs on SQLite alone; "" for one that runs on both."""
    fitting = [prefix for prefix in ONCE if nodeid.startswith(prefix)]
    return ONCE[max(fitting, key=len)] if fitting else BOTH

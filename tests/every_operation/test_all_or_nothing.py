"""Whatever write of a step fails, nothing of the step stays; and the same request then goes through."""

from django.db import OperationalError, connection
from tests.every_operation.trying import again, everything

WRITES = ("INSERT", "UPDATE", "DELETE")


class Fault:
    """The n-th write of a step fails, as on a disk that is full just then. None of them with n = 0."""

    def __init__(self, n):
        self.left, self.writes = n, 0

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(WRITES):
            self.writes += 1
            self.left -= 1
            if self.left == 0:
                raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)


def test_a_write_that_fails_takes_all_others_with_it(trial, name):
    subject = trial.subject()
    values = trial.values(subject)
    before, place, failed = everything(subject), 0, True
    while failed:
        place += 1
        fault = Fault(place)
        given = subject if subject is None else again(subject)
        try:
            with connection.execute_wrapper(fault):
                trial.take(given, values=dict(values), key="示例键")
            failed = False
        except OperationalError:
            assert everything(subject) == before, f"write {place} of {name}"
    assert fault.writes == place - 1
    assert place > 3  # its row or state, its number in the case, its entry, what was said

"""The number of the request being answered: people are shown it when something goes wrong, and the log has it."""

from contextvars import ContextVar

current: ContextVar[str] = ContextVar("request_id", default="")

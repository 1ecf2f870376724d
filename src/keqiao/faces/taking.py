"""Taking a step for a page, an endpoint or a command: what the database refuses is said in words, on all three alike."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.steps.operation import Operation, run


def take(op: Operation, *, actor: Actor, **values: Any) -> Any:
    """Run the operation. Database constraints speak through their own messages."""
    try:
        return run(op, actor=actor, **values)
    except ValidationError as error:
        raise _invalid(error) from error
    except IntegrityError as error:
        raise Invalid(
            _("This clashes with something already here."), remedy=_("Check for a double.")
        ) from error


def _invalid(error: ValidationError) -> Invalid:
    if hasattr(error, "error_dict"):
        return Invalid(fields={name: [str(m) for m in many.messages] for name, many in _lists(error).items()})
    return Invalid("；".join(error.messages))


def _lists(error: ValidationError) -> dict[str, ValidationError]:
    return {name: ValidationError(items) for name, items in error.error_dict.items()}

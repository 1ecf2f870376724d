"""What registries of rows ask of a declaration: a model with a policy, and names that lead somewhere."""

from django.core.exceptions import FieldError
from django.db.models import Model

from keqiao.kernel.platform import policy
from keqiao.kernel.steps.declarations import DeclarationError, declared_at


def must_be_read(model: type[Model], *paths: str) -> str:
    """Give where the declaration stands. Raises DeclarationError for a model that the policy opens to nobody, or a path
    (`member__user_id`) that `model` doesn't have."""
    where = declared_at()
    if model not in policy.registered():
        raise DeclarationError(
            where=where,
            expected="a model with a policy",
            came=model._meta.label,
            remedy="Register who sees it in queries.py; without that nobody would.",
        )
    for path in paths:
        try:
            model._default_manager.order_by().values(path)  # noqa: SLF001 - names are resolved, nothing is read
        except FieldError as error:
            raise DeclarationError(
                where=where,
                expected=f"a field of {model._meta.label}",
                came=path,
                remedy="Correct the name; relations are followed with two underscores.",
            ) from error
    return where

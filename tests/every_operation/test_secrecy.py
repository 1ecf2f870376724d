"""An entry is as secret as the most secret thing its values are about: told once more from what the step left behind."""

from django.apps import apps
from tests.every_operation.trying import again, entries_since, last_entry, only

from keqiao.accounts.models import Role
from keqiao.kernel.models import Blob
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps.params import ParamKind

TOP = Level.CORE_TRADE_SECRET


def classified() -> list:
    """Every kind of row with a classification, of its own or its enterprise's."""
    return [
        model for model in apps.get_models() if any(field.name == "level" for field in model._meta.fields)
    ]


def newest() -> dict:
    return {
        model: model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
        for model in classified()
    }


def is_level(param) -> bool:
    return param.name == "level" and param.of is ParamKind.CHOICE


def takes_or_makes_a_level(op) -> bool:
    return op.model in classified() or any(is_level(param) for param in op.params)


@only(takes_or_makes_a_level)
def test_nothing_that_a_step_speaks_of_is_above_its_entry(trial, name):
    subject = trial.subject()
    values, before, last = trial.values(subject), newest(), last_entry()
    levels = [getattr(subject, "level", 0)]
    trial.take(subject, values=values)
    levels += [int(value) for value in values.values() if isinstance(value, Level)]
    levels += [value.level for value in values.values() if isinstance(value, Blob)]
    [own] = [entry for entry in entries_since(last) if entry.operation == name]
    if not trial.example.nested:  # what these make has entries of its own
        levels += [
            row.level for model, pk in before.items() for row in model._default_manager.filter(pk__gt=pk)
        ]
    assert own.level >= max(levels)


@only(
    lambda op: (
        any(is_level(param) for param in op.params) and op.name not in {"propose_lower_level", "raise_level"}
    )
)
def test_who_isnt_cleared_for_the_level_given_reads_nothing_of_the_step(trial, name):
    """The row it was taken on is open to a manager of the institution, what was written of the other isn't."""
    people = trial.world.people
    cleared, other = again(people["manager"]), again(people["manager"])
    cleared.clearance = TOP
    last = last_entry()
    subject = trial.subject()
    about = {} if trial.op.creates else {trial.op.subject: subject}
    assert Role.MANAGER in cleared.roles
    trial.op(actor=cleared, **about, **{**trial.values(subject), "level": TOP})
    [own] = [entry for entry in entries_since(last) if entry.operation == name]
    opened = [policy.visible(type(own), who).filter(pk=own.pk).exists() for who in (cleared, other)]
    assert (own.level, opened) == (TOP, [True, False])

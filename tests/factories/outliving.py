"""A kind of record that outlives an engagement, made for a test: a patent, with its table, policy and timeline."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, models

from keqiao.enterprises.models import Enterprise, EnterpriseRecord
from keqiao.enterprises.permissions import is_responsible
from keqiao.enterprises.queries import parts_open_to
from keqiao.enterprises.resources import stand_in_timeline
from keqiao.faces import history
from keqiao.kernel.platform import policy, said_once
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.operation import Operation


@contextmanager
def patents() -> Iterator[tuple[type[EnterpriseRecord], Operation]]:
    """The model, and the step that registers one."""
    patent = _model()
    with connection.schema_editor() as editor:
        editor.create_model(patent)
    policy.register(patent, scope=parts_open_to)
    stand_in_timeline(patent)

    @operation.operation(clause="5.4", on=patent, permission=is_responsible, label="登记专利", exposed=False)
    def register_patent(*, patent: patent, actor: object) -> patent:
        return patent

    try:
        yield patent, register_patent
    finally:
        operation._registry.pop("register_patent")
        history._more[Enterprise].pop()
        policy._policies.pop(patent)
        said_once._told.pop("the policy of enterprises.Patent")
        with connection.schema_editor() as editor:
            editor.delete_model(patent)
        apps.all_models["enterprises"].pop("patent")
        apps.clear_cache()


def _model() -> type[EnterpriseRecord]:
    class Patent(EnterpriseRecord):
        name = models.CharField("专利", max_length=80)

        class Meta:
            app_label = "enterprises"
            verbose_name = "专利"

        def __str__(self) -> str:
            return self.name

    apps.clear_cache()
    return Patent

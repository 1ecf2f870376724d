"""The texts among the values of a step, judged before anything else is done with them."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from keqiao.kernel.platform.errors import Invalid, Text
from keqiao.kernel.platform.texts import Unkept, judged
from keqiao.kernel.steps.params import Param, ParamKind


def judged_values(params: Iterable[Param], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with their texts as they are kept. Raises Invalid beside each that can't be."""
    faults: dict[str, tuple[Text, ...]] = {}
    kept = dict(values)
    for param in params:
        try:
            kept.update({param.name: _judged(param, values[param.name])} if param.name in values else {})
        except Unkept as unkept:
            faults[param.name] = (unkept.fault,)
    if faults:
        raise Invalid(fields=faults)
    return kept


def _judged(param: Param, value: Any) -> Any:
    if param.of is ParamKind.TEXT and isinstance(value, str):
        return judged(value)
    if param.of is ParamKind.ROWS and value:
        return [_row(param, row) for row in value]
    return value


def _row(param: Param, row: Any) -> Any:
    said = row if isinstance(row, Mapping) else vars(row)
    cells = {
        column.name: _judged(column, said[column.name]) for column in param.columns if column.name in said
    }
    return {**row, **cells} if isinstance(row, Mapping) else dataclasses.replace(row, **cells)

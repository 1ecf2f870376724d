"""Fields sealed in the database, and the blind index by which a sealed value is still found.

Associated data is table|field|row|enterprise|version, so a value copied to another row, field or enterprise
doesn't open. The row is named by `row_key`, a random UUID the row has from the start, and not by its primary
key, which is not known when an INSERT is sealed. Whoever can write the database could move a `row_key`
together with everything sealed under it: that only renames the row.
"""

import base64
import binascii
import hmac
import re
import secrets
import unicodedata
import uuid
from typing import TYPE_CHECKING, Any, cast

from cryptography.exceptions import InvalidTag
from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from keqiao.kernel.files.ciphers import NONCE
from keqiao.kernel.files.file_errors import CorruptData
from keqiao.kernel.files.keys import Key, current_key, field_secret, key_by_uid
from keqiao.kernel.models.vault import Purpose

if TYPE_CHECKING:
    TextField = models.TextField[str | None, str | None]
else:
    TextField = models.TextField

MARK = "kq1"


class Sealed:
    """A sealed value as it lies in the database. Shown by accident, it shows nothing."""

    def __init__(self, token: str) -> None:
        self.token = token

    def __str__(self) -> str:
        return "••••••"

    __repr__ = __str__


class SealedRow(models.Model):
    """Base of models with an EncryptedTextField. They have `enterprise_id` too: None is the institution."""

    row_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True

    def reseal_for(self, enterprise_id: int | None) -> None:
        """Hand the row to another enterprise: what is sealed is opened now and sealed under the new key on
        saving.
        """
        for field in self._meta.concrete_fields:
            if isinstance(field, EncryptedTextField):
                setattr(self, field.attname, getattr(self, field.attname))
        self.enterprise_id = enterprise_id


class _OpensOnReading(DeferredAttribute):
    """Opening needs the instance, which a field's from_db_value doesn't have: so values open on use."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = _open(instance, cast("EncryptedTextField", self.field), value)
            self.__set__(instance, value)
        return value

    def __set__(self, instance: Any, value: object) -> None:
        """With this Python asks __get__ even where the instance holds a value."""
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(TextField):
    """Text sealed with the enterprise's key. Written by save() and bulk_create(); values() stay sealed.

    `sealed_as` is the "table|field" that its values are bound to, where that isn't its own: a model or field that was
    renamed names here what it was first, since what is sealed opens under no other.
    """

    descriptor_class = _OpensOnReading

    def __init__(self, *args: Any, sealed_as: str = "", **options: Any) -> None:
        self.sealed_as = sealed_as
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "sealed_as": self.sealed_as} if self.sealed_as else options

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:  # noqa: ARG002
        value = getattr(model_instance, self.attname)
        return None if value is None else _seal(model_instance, self, value)

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise FieldError(
                f"{self.name} is sealed: write it by save() or bulk_create(), find rows by its blind index"
            )
        return value.token

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        return [*super().check(**options), *self._check_row(), *self._check_place()]

    def _check_row(self) -> list[checks.CheckMessage]:
        if issubclass(self.model, SealedRow):
            return []
        hint = "Derive the model from SealedRow."
        return [checks.Error("A sealed field needs row_key.", hint=hint, obj=self, id="kernel.E001")]

    def _check_place(self) -> list[checks.CheckMessage]:
        if not self.sealed_as or re.fullmatch(r"\w+\|\w+", self.sealed_as):
            return []
        hint = 'Write it as "table|field".'
        return [checks.Error("sealed_as names no place.", hint=hint, obj=self, id="kernel.E002")]


def blind_index(*, field: str, value: str, enterprise_id: int | None = None) -> str:
    """Equal values of one field give equal indexes under one key, and nothing else can be told from them.

    Width, case and outer white space don't count. An index across enterprises is under the institution's key.
    """
    key = current_key(enterprise_id=enterprise_id, purpose=Purpose.INDEX)
    plain = unicodedata.normalize("NFKC", value).strip().casefold()
    return hmac.new(key.derive(info=f"blind index|{field}", length=32), plain.encode(), "sha256").hexdigest()


def _seal(instance: Any, field: EncryptedTextField, value: str) -> Sealed:
    key = current_key(enterprise_id=instance.enterprise_id)
    nonce = secrets.token_bytes(NONCE)
    data = nonce + key.suite.seal(
        key=field_secret(key.uid, _place(field)),
        nonce=nonce,
        data=value.encode(),
        ad=_ad(instance, field, key),
    )
    return Sealed(f"{MARK}:{key.uid}:{base64.b64encode(data).decode('ascii')}")


def _open(instance: Any, field: EncryptedTextField, value: Sealed) -> str:
    where = f"{_place(field)}|{instance.pk}"
    try:
        mark, uid, text = value.token.split(":")
        data = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as error:
        raise CorruptData(where=where) from error
    key = key_by_uid(uid)
    if mark != MARK or key.enterprise_id != instance.enterprise_id:
        raise CorruptData(where=where)
    try:
        plain = key.suite.open(
            key=field_secret(key.uid, _place(field)),
            nonce=data[:NONCE],
            data=data[NONCE:],
            ad=_ad(instance, field, key),
        )
    except (InvalidTag, ValueError) as error:
        raise CorruptData(where=where) from error
    return plain.decode()


def _ad(instance: Any, field: EncryptedTextField, key: Key) -> bytes:
    return f"{_place(field)}|{instance.row_key}|{key.owner}".encode()


def _place(field: EncryptedTextField) -> str:
    return field.sealed_as or f"{field.model._meta.db_table}|{field.name}"

"""Files at rest and the keys that seal them. The master key that wraps them is never in the database."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform.levels import Level


def _uid() -> str:
    return secrets.token_hex(16)


class Purpose(models.TextChoices):
    DATA = "data", _("Files and fields")
    INDEX = "index", _("Blind index and file paths")


class EnterpriseKey(models.Model):
    """One version of one enterprise's key, wrapped; no enterprise means the institution's own.

    Ciphertext names its key by `uid`, never by version alone: a version number comes back after a rolled-back
    transaction, with another key behind it; a random uid does not.
    """

    uid = models.CharField(max_length=32, unique=True, default=_uid, editable=False)
    enterprise_id = models.BigIntegerField(_("enterprise"), null=True)
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    version = models.PositiveIntegerField(_("version"))
    suite = models.CharField(_("cipher"), max_length=16)
    master_id = models.CharField(_("master key"), max_length=16)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("enterprise key")
        verbose_name_plural = _("enterprise keys")
        constraints = [
            models.UniqueConstraint(fields=["enterprise_id", "purpose", "version"], name="key_version_once"),
            models.UniqueConstraint(
                fields=["purpose", "version"],
                condition=models.Q(enterprise_id__isnull=True),
                name="own_key_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id or '-'}/{self.purpose}/{self.version}"


class Blob(models.Model):
    """One upload. Uploads of the same content by the same enterprise share the sealed file at `path`."""

    enterprise_id = models.BigIntegerField(_("enterprise"), null=True, db_index=True)
    level = models.PositiveSmallIntegerField(_("classification"), choices=Level)
    sha256 = models.CharField(_("SHA-256"), max_length=64)  # of the plaintext
    size = models.PositiveBigIntegerField(_("size"))
    kind = models.CharField(_("kind of file"), max_length=8)
    media_type = models.CharField(_("media type"), max_length=100)
    name = models.CharField(_("file name"), max_length=240)
    key_version = models.PositiveIntegerField(_("key version"))
    path = models.CharField(max_length=120, db_index=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by_id = models.BigIntegerField(_("created by"), null=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [models.Index(fields=["sha256", "enterprise_id"], name="blob_content")]

    def __str__(self) -> str:
        return self.name

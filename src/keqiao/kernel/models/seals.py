"""The sealed log: its hashes in tiles, the seals over it, and the keys that signed them."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keqiao.kernel.models.append_only import AppendOnly
from keqiao.kernel.record.canonical import canonical


class SealKey(models.Model):
    """The public half. `endorsement` is the former key's signature, so that trust passes from key to key."""

    key_id = models.CharField(_("key number"), max_length=32, unique=True)
    public = models.CharField(_("public key"), max_length=64)
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"), null=True)
    endorsement = models.CharField(_("signature of the former key"), max_length=128, blank=True)

    class Meta:
        verbose_name = _("seal key")
        verbose_name_plural = _("seal keys")
        ordering = ["id"]
        constraints = [
            # Expression index: among the keys without an end, one constant may occur once.
            models.UniqueConstraint(
                models.ExpressionWrapper(models.Q(until__isnull=True), output_field=models.BooleanField()),
                name="one_seal_key_in_use",
                condition=models.Q(until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.key_id


def receipt_of(body: str, signature: str) -> bytes:
    return b'{"seal":' + body.encode() + b',"signature":' + canonical(signature) + b"}"


class Seal(AppendOnly):
    """A signed statement: at this time the log had `n` entries and this root, and that seal came before."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    n = models.PositiveBigIntegerField(_("entries sealed"), unique=True)
    previous = models.CharField(_("hash of the previous seal"), max_length=64, blank=True)
    root = models.CharField(_("root of the log"), max_length=64)
    at = models.DateTimeField(_("time"))
    clock_behind = models.BooleanField(_("the clock was behind the seal before"), default=False)
    key = models.ForeignKey(
        SealKey, models.PROTECT, to_field="key_id", related_name="+", verbose_name=_("key")
    )
    body = models.TextField(_("signed statement"))
    signature = models.CharField(_("signature"), max_length=128)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.root}"

    @property
    def receipt(self) -> bytes:
        """The seal as it is given away. Its hash is what the next seal names."""
        return receipt_of(self.body, self.signature)

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.receipt).hexdigest()


class Tile(models.Model):
    """Up to 256 neighbouring hashes: of leaves on level 0, else of full tiles of the level below.

    A proof over any number of entries thus reads at most two rows a level, and there are log256(n) levels.
    """

    level = models.PositiveSmallIntegerField(_("level"))
    place = models.PositiveBigIntegerField(pgettext_lazy("hash", "place"))
    hashes = models.BinaryField(_("hashes"))

    class Meta:
        verbose_name = _("tile of the log")
        verbose_name_plural = _("tiles of the log")
        constraints = [models.UniqueConstraint(fields=["level", "place"], name="tile_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.place}"

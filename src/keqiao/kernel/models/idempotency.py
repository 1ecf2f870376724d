"""A step that was asked for twice with one key has one effect."""

from django.db import models


class IdempotencyKey(models.Model):
    actor_id = models.BigIntegerField(null=True)
    operation = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(
        max_length=64
    )  # of the values, so that a reused key with other values is noticed
    result_type = models.CharField(max_length=80)
    result_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor_id", "operation", "key"], name="idempotency_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.key}"

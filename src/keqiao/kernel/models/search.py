"""The text index: one row an object that can be found. The words live in an FTS5 table or a tsvector (migration)."""

from django.db import models


class SearchDocument(models.Model):
    # Says kind and object (kernel/platform/search_index.py): the newest of a kind are its highest numbers.
    id = models.BigIntegerField(primary_key=True)
    model = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    tokens = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "object_id"], name="search_document_once")]

    def __str__(self) -> str:
        return self.title

"""How knowledge articles, their revisions and their usefulness are stored."""

from __future__ import annotations

import peewee as pw
from playhouse.fields import EnumField

from app.models.entities.knowledge import ArticleState
from app.models.tables.base import BaseTable, UtcField, VersionedTable
from app.models.tables.catalogue import Category
from app.models.tables.people import Person


class Article(VersionedTable):
    """The current text of an article; every earlier one is an `ArticleRevision`."""

    number = pw.IntegerField(unique=True)
    title = pw.CharField(max_length=200)
    body = pw.TextField()
    keywords = pw.CharField(max_length=250, default="")
    language = pw.CharField(max_length=16)
    category = pw.ForeignKeyField(Category, null=True, on_delete="RESTRICT")
    state = EnumField(ArticleState, max_length=16)
    author = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    reviewer = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    created_at = UtcField()
    updated_at = UtcField()
    review_due_at = UtcField(null=True)
    revision = pw.IntegerField(default=1)
    used_count = pw.IntegerField(default=0)
    helped_count = pw.IntegerField(default=0)
    not_helped_count = pw.IntegerField(default=0)


class ArticleRevision(BaseTable):
    """One published text with version, author, change, date and reviewer (S4-1)."""

    article = pw.ForeignKeyField(Article, on_delete="RESTRICT")
    revision = pw.IntegerField()
    title = pw.CharField(max_length=200)
    body = pw.TextField()
    change_text = pw.TextField(default="")
    author = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    reviewer = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    at = UtcField()

    class Meta:
        indexes = ((("article", "revision"), True),)


class ArticleFeedback(BaseTable):
    """One answer to "helped?"; `ticket_id` tells where it was tried, if anywhere."""

    article = pw.ForeignKeyField(Article, on_delete="RESTRICT")
    person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    ticket_id = pw.IntegerField(null=True)
    has_helped = pw.BooleanField()
    at = UtcField()


class CategoryArticle(BaseTable):
    """An article an administrator put to a category, in the order in which it is offered."""

    category = pw.ForeignKeyField(Category, on_delete="CASCADE", index=False)
    article = pw.ForeignKeyField(Article, on_delete="RESTRICT", index=False)
    position = pw.IntegerField(default=0)

    class Meta:
        indexes = ((("category", "article"), True),)

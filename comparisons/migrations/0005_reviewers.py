"""Reviewers read drafts and their history and decide on what is submitted; editors do that as well.

Permissions come to be after the last migration, so those that are missing are made here; Django finds them later
and leaves them as they are.
"""

from django.db import migrations

READ = {
    "articles": {
        "article": "article",
        "author": "author",
        "byline": "byline",
        "calltoaction": "call to action",
        "image": "image",
        "publication": "publication",
        "revision": "revision",
        "section": "section",
        "source": "source",
        "tag": "tag",
    },
    "comparisons": {
        "careerpath": "career path",
        "comparison": "comparison",
        "contender": "contender",
        "criterion": "criterion",
        "difference": "difference",
        "fact": "fact",
        "formquestion": "form question",
        "platform": "platform",
        "point": "point",
        "question": "question",
        "questionbank": "question bank",
        "rating": "rating",
        "readerexample": "reader example",
    },
}
REVIEW = ("article", "review_article", "Can approve and request changes")
TRAIL = ("event", "view_event", "Can view event")


def forwards(apps, schema_editor):
    groups = _groups(apps, schema_editor)
    review, trail = (_permission(apps, schema_editor, "articles", *right) for right in (REVIEW, TRAIL))
    reviewers, _ = groups.get_or_create(name="Reviewer")
    reviewers.permissions.add(review, *_reading(apps, schema_editor))
    for editors in groups.filter(name="Editor"):  # none where somebody has renamed or deleted it
        editors.permissions.add(review, trail)


def backwards(apps, schema_editor):
    groups = _groups(apps, schema_editor)
    rights = [_permission(apps, schema_editor, "articles", *right) for right in (REVIEW, TRAIL)]
    for editors in groups.filter(name="Editor"):
        editors.permissions.remove(*rights)
    groups.filter(name="Reviewer").delete()


def _groups(apps, schema_editor):
    return apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)


def _reading(apps, schema_editor):
    return [
        _permission(apps, schema_editor, app, model, f"view_{model}", f"Can view {name}")
        for app, models in READ.items()
        for model, name in models.items()
    ]


def _permission(apps, schema_editor, app, model, codename, name):
    alias = schema_editor.connection.alias
    types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    content_type, _ = types.get_or_create(app_label=app, model=model)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    return permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[0]


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_reviews"), ("comparisons", "0004_editors_use_the_trash")]
    operations = [migrations.RunPython(forwards, backwards)]

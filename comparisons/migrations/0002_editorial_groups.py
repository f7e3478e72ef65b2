"""The groups of the editors' desk: who writes, who publishes, who answers readers.

Permissions come to be after the last migration, so those that a group needs are made here where they are
missing; Django finds them later and leaves them as they are.
"""

from django.db import migrations

PARTS = {
    "byline": "byline",
    "calltoaction": "call to action",
    "section": "section",
    "source": "source",
}
ARTICLES = {"article": "article"}
SHARED = {"author": "author", "tag": "tag", "image": "image"}
COMMENTS = {"comment": "comment"}
HISTORY = {"revision": "revision", "publication": "publication"}
KINDS = {"careerpath": "career path", "comparison": "comparison"}
KIND_PARTS = {
    "point": "point",
    "platform": "platform",
    "fact": "fact",
    "rating": "rating",
    "contender": "contender",
    "difference": "difference",
    "formquestion": "form question",
    "readerexample": "reader example",
}
BANK = {"questionbank": "question bank", "criterion": "criterion", "question": "question"}

READ, WRITE, ALL = ("view",), ("view", "add", "change"), ("view", "add", "change", "delete")
WRITING = [
    ("articles", ARTICLES, WRITE),
    ("articles", PARTS, ALL),
    ("articles", HISTORY, READ),
    ("articles", {"author": "author"}, READ),
    ("articles", {"tag": "tag", "image": "image"}, ("view", "add")),
    ("comparisons", KINDS, WRITE),
    ("comparisons", KIND_PARTS, ALL),
    ("comparisons", BANK, READ),
]
PUBLISHING = [
    ("articles", SHARED, ALL),
    ("articles", COMMENTS, ALL),
    ("comparisons", BANK, ALL),
]
MODERATING = [
    ("articles", COMMENTS, ALL),
    ("articles", ARTICLES, READ),
    ("comparisons", KINDS, READ),
]
GROUPS = {"Author": WRITING, "Editor": WRITING + PUBLISHING, "Moderator": MODERATING}
DECIDING = [
    ("publish_article", "Can publish, schedule and withdraw articles"),
    ("override_gate", "Can publish although something speaks against it"),
]


def forwards(apps, schema_editor):
    alias = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(alias)
    for name, rights in GROUPS.items():
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*_permissions(apps, alias, rights))
    deciding = [_permission(apps, alias, "articles", "article", *right) for right in DECIDING]
    groups.get(name="Editor").permissions.add(*deciding)


def backwards(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=GROUPS).delete()


def _permissions(apps, alias, rights):
    return [
        _permission(apps, alias, app, model, f"{action}_{model}", f"Can {action} {name}")
        for app, models, actions in rights
        for model, name in models.items()
        for action in actions
    ]


def _permission(apps, alias, app, model, codename, name):
    types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    content_type, _ = types.get_or_create(app_label=app, model=model)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    return permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[0]


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_full_text_search"),
        ("comparisons", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]

"""The groups of the editors' desk: who writes, who publishes, who answers readers, who reviews.

Permissions come to be after the last migration, so those that a group needs are made here where they are
missing; Django finds them later and leaves them as they are.
"""

from django.db import migrations

NAMES = {  # of models, as the names of their permissions have them
    "articles": {
        "article": "article",
        "author": "author",
        "ban": "ban",
        "bulkjob": "job",
        "byline": "byline",
        "calltoaction": "call to action",
        "comment": "comment",
        "correction": "correction",
        "disallowedword": "disallowed word",
        "event": "event",
        "externallink": "external link",
        "finding": "finding",
        "image": "image",
        "linkreplacement": "link replacement",
        "publication": "publication",
        "reviewinterval": "review interval",
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
KINDS = ["article", "careerpath", "comparison"]
PARTS = [
    *("byline", "calltoaction", "correction", "section", "source"),
    *("contender", "difference", "fact", "formquestion", "platform", "point", "rating", "readerexample"),
]
BANK = ["questionbank", "criterion", "question"]
HISTORY = ["revision", "publication"]

READ, WRITE, ALL = ("view",), ("view", "add", "change"), ("view", "add", "change", "delete")
WRITING = [
    (WRITE, KINDS),
    (ALL, PARTS),
    (("view", "add"), ["tag", "image"]),
    (READ, [*BANK, *HISTORY, "author", "finding", "externallink", "linkreplacement"]),
]
PUBLISHING = [
    (("delete",), KINDS),  # moves to the trash, from which it can be put back
    (ALL, [*BANK, "author", "tag", "image"]),
    (("view", "change"), ["reviewinterval"]),
    (("view", "change"), ["bulkjob"]),  # those of others; one's own everybody sees
    (READ, ["event"]),
]
MODERATING = [(ALL, ["comment", "disallowedword"]), (("view", "add", "delete"), ["ban"])]
GROUPS = {
    "Author": WRITING,
    "Editor": [*WRITING, *PUBLISHING, *MODERATING],
    "Moderator": [*MODERATING, (READ, KINDS)],
    "Reviewer": [(READ, [*KINDS, *PARTS, *BANK, *HISTORY, "author", "tag", "image", "finding"])],
}
REVIEWING = [("article", "review_article", "Can approve and request changes")]
DECIDING = [
    ("article", "publish_article", "Can publish, schedule and withdraw articles"),
    ("article", "override_gate", "Can publish although something speaks against it"),
    ("externallink", "check_externallink", "Can have external links checked"),
]
OF_THEIR_OWN = {"Editor": [*REVIEWING, *DECIDING], "Reviewer": REVIEWING}


def forwards(apps, schema_editor):
    alias = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(alias)
    permissions = _permissions(apps, alias)
    for name in GROUPS:
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*[permissions[codename] for _, codename, _ in _rights(name)])


def backwards(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=GROUPS).delete()


def _permissions(apps, alias):
    types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    permission = apps.get_model("auth", "Permission")
    content_types = {
        model: types.get_or_create(app_label=app, model=model)[0]
        for app, models in NAMES.items()
        for model in models
    }
    needed = [
        permission(content_type=content_types[model], codename=codename, name=name)
        for model, codename, name in sorted({right for group in GROUPS for right in _rights(group)})
    ]
    permissions = permission.objects.using(alias)
    permissions.bulk_create(needed, ignore_conflicts=True)
    return {found.codename: found for found in permissions.filter(content_type__in=content_types.values())}


def _rights(group):
    """Of each the model, the codename and the name."""
    names = {model: name for models in NAMES.values() for model, name in models.items()}
    for actions, models in GROUPS[group]:
        for model in models:
            for action in actions:
                yield model, f"{action}_{model}", f"Can {action} {names[model]}"
    yield from OF_THEIR_OWN.get(group, ())


class Migration(migrations.Migration):
    replaces = [("comparisons", "0010_editors_see_jobs")]
    dependencies = [
        ("comparisons", "0002_review_intervals"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]

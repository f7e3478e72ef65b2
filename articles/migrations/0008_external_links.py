"""Links to other sites, and what came of asking for them."""

from django.conf import settings
from django.db import migrations, models

from articles.new_tables import CreateModels

EXTERNAL_LINK = migrations.CreateModel(
    name="ExternalLink",
    fields=[
        ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
        ("url", models.TextField(verbose_name="address")),
        ("host", models.CharField(blank=True, max_length=255)),
        (
            "result",
            models.CharField(
                choices=[
                    ("unchecked", "Not checked yet"),
                    ("good", "Good"),
                    ("moved", "Moved for good"),
                    ("trouble", "Temporary trouble"),
                    ("broken", "Broken"),
                    ("closed", "Closed to programs"),
                    ("refused", "Not asked"),
                ],
                default="unchecked",
                max_length=10,
            ),
        ),
        ("needs_attention", models.BooleanField(default=False, help_text="Somebody should look at it.")),
        ("status", models.PositiveSmallIntegerField(help_text="Of the last answer.", null=True)),
        ("words", models.TextField(blank=True, verbose_name="what came of it")),
        ("leads_to", models.TextField(blank=True, verbose_name="where it redirects to")),
        ("suggestion", models.TextField(blank=True, verbose_name="address to use instead")),
        ("checked_at", models.DateTimeField(null=True, verbose_name="last checked")),
        ("last_good_at", models.DateTimeField(null=True, verbose_name="last seen good")),
        ("since", models.DateTimeField(help_text="When the result began to be what it is.")),
        ("failures", models.PositiveIntegerField(default=0, verbose_name="failures in a row")),
        ("next_check_at", models.DateTimeField(verbose_name="next check")),
    ],
    options={
        "ordering": ["-since", "id"],
        "permissions": [("check_externallink", "Can have external links checked")],
        "default_permissions": ("view",),
        "indexes": [
            models.Index(fields=["needs_attention", "-since", "id"], name="external_link_attention"),
            models.Index(fields=["result", "-since", "id"], name="external_link_result"),
            models.Index(fields=["host", "-since", "id"], name="external_link_host"),
            models.Index(fields=["-since", "id"], name="external_link_newest"),
            models.Index(fields=["next_check_at"], name="external_link_due"),
        ],
    },
)
LINK_CHECK = migrations.CreateModel(
    name="LinkCheck",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("holder", models.UUIDField(null=True)),
        ("held_until", models.DateTimeField()),
        ("began_at", models.DateTimeField()),
        ("ended_at", models.DateTimeField(null=True)),
        ("checked", models.PositiveIntegerField(default=0)),
    ],
    options={
        "default_permissions": (),
    },
)
LINK_USE = migrations.CreateModel(
    name="LinkUse",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("address", models.TextField()),
        (
            "place",
            models.CharField(
                help_text="Where in the document: names and row ids, joined by slashes.", max_length=200
            ),
        ),
        ("words", models.CharField(help_text="The place in words.", max_length=400)),
        (
            "article",
            models.ForeignKey(
                db_index=False, on_delete=models.CASCADE, related_name="+", to="articles.article"
            ),
        ),
        (
            "link",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                help_text="Its row may be still to be made.",
                on_delete=models.DO_NOTHING,
                related_name="uses",
                to="articles.externallink",
            ),
        ),
        (
            "publication",
            models.ForeignKey(
                help_text="None: the draft.",
                null=True,
                on_delete=models.CASCADE,
                related_name="+",
                to="articles.publication",
            ),
        ),
    ],
    options={
        "default_permissions": (),
        "indexes": [
            models.Index(fields=["link", "article"], name="link_use_of_link"),
            models.Index(fields=["article", "publication"], name="link_use_of_article"),
            models.Index(
                condition=models.Q(("publication__isnull", False)),
                fields=["link", "publication"],
                name="link_use_published",
            ),
        ],
    },
)
LINK_REPLACEMENT = migrations.CreateModel(
    name="LinkReplacement",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("old", models.TextField(verbose_name="address")),
        ("new", models.TextField(verbose_name="replaced by")),
        ("created_at", models.DateTimeField(verbose_name="asked for")),
        ("ended_at", models.DateTimeField(null=True, verbose_name="done")),
        (
            "by",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=models.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ],
    options={
        "ordering": ["-created_at", "-id"],
        "default_permissions": ("view",),
        "indexes": [models.Index(fields=["-created_at", "-id"], name="link_replacement_newest")],
    },
)
REPLACED_LINK = migrations.CreateModel(
    name="ReplacedLink",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("title", models.CharField(max_length=200)),
        (
            "outcome",
            models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("changed", "Changed"),
                    ("unchanged", "Not there any more"),
                    ("skipped", "Skipped"),
                    ("failed", "Failed"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        ("words", models.TextField(blank=True)),
        (
            "article",
            models.ForeignKey(
                help_text="None: removed for good.",
                null=True,
                on_delete=models.SET_NULL,
                related_name="+",
                to="articles.article",
            ),
        ),
        (
            "replacement",
            models.ForeignKey(
                db_index=False, on_delete=models.CASCADE, related_name="items", to="articles.linkreplacement"
            ),
        ),
    ],
    options={
        "ordering": ["id"],
        "default_permissions": (),
        "indexes": [models.Index(fields=["replacement", "outcome", "id"], name="replaced_link_outcome")],
    },
)


class Migration(migrations.Migration):
    replaces = [("articles", "0023_group_of_a_translation")]
    dependencies = [("articles", "0007_findings"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [CreateModels(EXTERNAL_LINK, LINK_CHECK, LINK_USE, LINK_REPLACEMENT, REPLACED_LINK)]

"""What lists find articles by. All is added without making a table anew, as triggers hang on some of them."""

from django.db import migrations, models

PERIOD = "FROM articles_publication AS p {join} WHERE p.article_id = articles_article.id ORDER BY p.starts_at DESC LIMIT 1"
LAST = PERIOD.format(join="")
SAID = PERIOD.format(join="JOIN articles_revision AS said ON said.id = p.revision_id")
NEWEST = "SELECT r.digest FROM articles_revision AS r WHERE r.article_id = p.article_id ORDER BY r.number DESC LIMIT 1"
FILL = f"""UPDATE articles_article SET last_begins_at = (SELECT p.starts_at {LAST}),
    last_ends_at = (SELECT p.ends_at {LAST}), differs = (SELECT said.digest <> ({NEWEST}) {SAID})
    WHERE EXISTS (SELECT 1 FROM articles_publication AS p WHERE p.article_id = articles_article.id)"""


def without_index(column, suffix, field):
    """Planners took these for the narrowest: nearly all rows are outside the trash, and of few kinds."""
    name = f"articles_article_{column}_{suffix}"
    statements = [f"DROP INDEX IF EXISTS {name}", f"DROP INDEX IF EXISTS {name}_like"]
    again = f"CREATE INDEX {name} ON articles_article ({column})"
    state = [migrations.AlterField(model_name="article", name=column, field=field)]
    return [migrations.RunSQL(statements, again, state_operations=state)]


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_what_has_ended")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="differs",
            field=models.BooleanField(
                editable=False,
                help_text="Whether the newest revision says something else than that.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="last_begins_at",
            field=models.DateTimeField(
                editable=False, help_text="When its last period begins. None: it has none.", null=True
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="last_ends_at",
            field=models.DateTimeField(editable=False, help_text="None where that has no end.", null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        *without_index("trashed_at", "834a13a9", models.DateTimeField(blank=True, editable=False, null=True)),
        *without_index(
            "kind", "a9277a78", models.CharField(default="article", editable=False, max_length=20)
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("trashed_at", None)),
                fields=["kind", "-updated_at", "id"],
                name="article_list",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("trashed_at", None)), fields=["kind", "title"], name="article_titles"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("differs", None), ("trashed_at", None)),
                fields=["kind", "-updated_at", "id"],
                name="article_drafts",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("differs", True), ("trashed_at", None)),
                fields=["kind", "-updated_at", "id"],
                name="article_changed",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("last_ends_at__isnull", False), ("trashed_at", None)),
                fields=["kind", "-updated_at", "id"],
                name="article_ending",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("last_begins_at__isnull", False), ("trashed_at", None)),
                fields=["last_begins_at"],
                name="article_coming",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("trashed_at__isnull", False)),
                fields=["kind", "-updated_at", "id"],
                name="article_trash",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["-created_at", "id"], name="comment_newest"),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(fields=["-created_at", "id"], name="image_newest"),
        ),
        migrations.AddIndex(
            model_name="previewlink",
            index=models.Index(fields=["-created_at", "id"], name="preview_link_newest"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["-starts_at", "-id"], name="publication_latest"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["kind", "-starts_at", "-id"], name="publication_latest_of_kind"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["language", "-starts_at", "-id"], name="publication_latest_in"),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(fields=["-created_at", "-id"], name="revision_newest"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(
                    ("trashed_at", None), models.Q(("differs", None), ("differs", True), _connector="OR")
                ),
                fields=["-updated_at", "id"],
                name="article_unfinished",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("trashed_at", None)),
                fields=["kind", "language", "-updated_at", "id"],
                name="article_list_in_language",
            ),
        ),
    ]

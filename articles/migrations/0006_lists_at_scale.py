"""What lists find articles by. All is added without making a table anew, as triggers hang on some of them."""

from django.db import migrations, models

PERIOD = "FROM articles_publication AS p {join} WHERE p.article_id = articles_article.id ORDER BY p.starts_at DESC LIMIT 1"
LAST = PERIOD.format(join="")
SAID = PERIOD.format(join="JOIN articles_revision AS said ON said.id = p.revision_id")
NEWEST = "SELECT r.digest FROM articles_revision AS r WHERE r.article_id = p.article_id ORDER BY r.number DESC LIMIT 1"
FILL = f"""UPDATE articles_article SET last_begins_at = (SELECT p.starts_at {LAST}),
    last_ends_at = (SELECT p.ends_at {LAST}), differs = (SELECT said.digest <> ({NEWEST}) {SAID})
    WHERE EXISTS (SELECT 1 FROM articles_publication AS p WHERE p.article_id = articles_article.id)"""


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
    ]

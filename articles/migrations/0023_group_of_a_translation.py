"""Every publication gets the facet that says to which group of translations it belongs: its own, until now."""

from django.db import migrations

FACET = "translation"
ADD = (
    "INSERT INTO articles_facet (publication_id, name, target, slug, label, required) "
    f"SELECT id, '{FACET}', article_id, '', title, %s FROM articles_publication"
)


def add(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(ADD, [False])


def remove(apps, schema_editor):
    apps.get_model("articles", "Facet").objects.filter(name=FACET).delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0022_translations")]

    operations = [migrations.RunPython(add, remove)]

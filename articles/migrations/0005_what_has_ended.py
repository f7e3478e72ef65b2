from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_editors_desk")]

    operations = [
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("until", models.F("ends_at"))),
                fields=["ends_at"],
                name="publication_ended",
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comparisons", "0002_editorial_groups"),
    ]

    operations = [
        migrations.CreateModel(
            name="LeanCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("comparison", models.UUIDField()),
                ("day", models.DateField(db_index=True, help_text="In the time zone of the site.")),
                ("lean", models.CharField(help_text="The id of a path, or the verdict.", max_length=36)),
                ("results", models.PositiveIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comparison", "day", "lean"), name="lean_counted_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("comparison", models.UUIDField()),
                ("day", models.DateField(db_index=True, help_text="In the time zone of the site.")),
                ("question", models.UUIDField()),
                ("answered", models.PositiveIntegerField(default=0)),
                ("skipped", models.PositiveIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comparison", "day", "question"), name="question_counted_once_a_day"
                    )
                ],
            },
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0018_where_findings_stand"),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
            name="asked_by",
            field=models.ManyToManyField(
                editable=False,
                help_text="What was published or scheduled and is the reason: without any of it there is none.",
                related_name="asked_for",
                to="articles.publication",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="moot",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Why it ended without being done: what it was asked for is not so any more.",
                max_length=300,
            ),
        ),
    ]

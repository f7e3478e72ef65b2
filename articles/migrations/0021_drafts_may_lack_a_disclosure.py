from django.db import migrations, models


class Migration(migrations.Migration):
    """The checks find it, and stop the publication; until then it is a draft like any other."""

    dependencies = [("articles", "0020_search_by_language")]

    operations = [
        migrations.RemoveConstraint(model_name="calltoaction", name="call_to_action_sponsored_is_disclosed"),
        migrations.AlterField(
            model_name="calltoaction",
            name="disclosure",
            field=models.CharField(
                blank=True,
                help_text="Who pays for it. A sponsored one is not published without.",
                max_length=300,
            ),
        ),
    ]

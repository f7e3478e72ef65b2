"""Tables that one step of a migration makes."""

import pytest
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from articles.new_tables import CreateModels

KEY = models.BigAutoField(primary_key=True)
hen = CreateModel("Hen", [("id", KEY), ("egg", models.ForeignKey("articles.Egg", models.CASCADE))])
egg = CreateModel("Egg", [("id", KEY), ("hens", models.ManyToManyField("articles.Hen", related_name="+"))])
step = CreateModels(hen, egg)
TABLES = {"articles_hen", "articles_egg", "articles_egg_hens"}


def there():
    return TABLES & set(connection.introspection.table_names())


@pytest.mark.django_db(transaction=True)
def test_models_that_refer_to_each_other_are_made_together_and_taken_back():
    before, after = ProjectState(), ProjectState()
    before.apps  # noqa: B018 (rendered, as it is while migrations run)
    after.apps  # noqa: B018
    step.state_forwards("articles", after)
    with connection.schema_editor() as editor:
        step.database_forwards("articles", editor, before, after)
    assert there() == TABLES

    with connection.schema_editor() as editor:
        step.database_backwards("articles", editor, after, before)
    assert there() == set()


def test_it_says_which_models_it_makes():
    assert step.describe() == "Create models Hen, Egg"


def test_a_state_that_was_to_be_rendered_later_is_rendered_once():
    state = ProjectState()
    state.is_delayed = True
    step.state_forwards("articles", state)
    rendered = state.apps
    state.clear_delayed_apps_cache()
    assert state.apps is rendered

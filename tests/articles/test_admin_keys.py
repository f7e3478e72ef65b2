"""Keys that no row can have, where a list or a new form takes the key of one."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.urls import reverse

from articles.models import Article, Comment, Image
from comparisons.models import CareerPath, Question
from tests.makers import golden, make_user

pytestmark = pytest.mark.django_db

MODELS = [Article, CareerPath, Comment, Image, Question, User, Group]
KEYS = ["", "x", "-1.5", "9" * 40, "\ufffd"]


@pytest.fixture(autouse=True)
def everything(client):
    client.force_login(make_user("root", superuser=True))
    golden()


def address(model, page):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_an_action_on_what_can_be_no_row_is_refused(client, model):
    request = client.get(address(model, "changelist")).wsgi_request
    for action in admin.site._registry[model].get_actions(request):
        for key in KEYS:
            sent = {"action": action, "_selected_action": key}
            assert client.post(address(model, "changelist"), sent).status_code == 400


@pytest.mark.parametrize("key", KEYS)
def test_an_address_fills_a_new_form_with_no_row_that_there_can_not_be(client, key):
    for model in (Article, CareerPath, Question, Group, Image):
        columns = [column.name for column in model._meta.get_fields() if column.related_model]
        assert client.get(address(model, "add"), dict.fromkeys(columns, key)).status_code == 200

"""Lists of the desk take the filters that they offer; anything else in an address leads back to the list."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Comment, Image
from tests.makers import golden, make_article, make_comment, make_tag, make_user, publish

pytestmark = pytest.mark.django_db

MODELS = list(admin.site._registry)
HUGE = "99999999999999999999"
UNOFFERED = [
    {"created_at__year": "0"},
    {"id__range": ""},
    {"id__in": HUGE},
    {"position__in": HUGE},
    {"revision": HUGE},
    {"groups__in": HUGE},
    {"user": HUGE},
    {"title__regex": "["},
    {"slug__iregex": "["},
    {"image": "zz"},
    {"zz": "zz"},
]
OFFERED = [
    {"tags__id__exact": "zz"},
    {"authors__id__exact": HUGE},
    {"criterion__id__exact": "zz"},
    {"groups__id__exact": "zz"},
    {"is_staff__exact": "zz"},
    {"created_at__gte": "zz"},
    {"created_at__gte": "0001-01-01 00:00:00+23:59"},
    {"created_at__lt": "9999-12-31 23:59:59-23:59"},
    {"status__exact": "zz"},
    {"decorative__exact": "zz"},
    {"state": "zz"},
    {"p": HUGE},
    {"p": "zz"},
    {"o": "zz"},
    {"o": f"{HUGE}.-1"},
    {"_facets": "zz"},
    {"q": "\x01\x1f\x7f"},
    {"all": "zz"},
    {"e": "1"},
]


@pytest.fixture(autouse=True)
def everything(client):
    client.force_login(make_user("root", superuser=True))
    comparison = golden()
    publish(make_article())
    make_comment(comparison)
    make_tag()
    Image.objects.create(file="images/x.png", width=4, height=3, alt="A desk")


def listed(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("query", UNOFFERED, ids=str)
def test_what_is_no_filter_of_the_list_leads_back_to_it(client, query):
    for model in MODELS:
        response = client.get(listed(model), query)
        assert response.url == f"{listed(model)}?e=1"


@pytest.mark.parametrize("query", OFFERED, ids=str)
def test_no_value_of_a_filter_breaks_a_list(client, query):
    for model in MODELS:
        assert client.get(listed(model), query, follow=True).status_code == 200


def test_the_filters_that_a_list_offers_filter_it(client):
    today = f"{timezone.now():%Y-%m-%d} 00:00:00+00:00"
    for model, query in ((Article, {"language__exact": "en"}), (Comment, {"created_at__gte": today})):
        response = client.get(listed(model), query)
        assert response.context["cl"].result_count == 1

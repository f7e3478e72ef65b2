"""What machines are told of paths and comparisons: what schema.org defines, nothing that is not known."""

from datetime import date

import pytest
from django.conf import settings

from articles import documents, publishing
from tests.base import queries
from tests.makers import make_comparison, make_path, publish
from tests.schema_org import graph, node, problems

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
SOURCE = {"publisher": "Bureau of Labor Statistics", "title": "Outlook", "url": "https://bls.gov/ooh/"}
PAY = {"label": "Median pay", "low": "19", "high": "31.50", "unit": "USD", "period": "hour", "is_pay": True}


def sourced_path(*facts, source=SOURCE, title="Tutoring"):
    path = make_path(title, facts=list(facts), sources=[source])
    document = documents.compose(path)
    for fact in document["facts"]:
        fact["sources"] = [document["sources"][0]["id"]]
    documents.restore(document)
    publish(path)
    return path


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_path_is_an_occupation_whose_pay_has_a_source(client):
    sourced_path(
        PAY | {"region": "United States", "note": "2024"},
        PAY | {"low": "60000", "high": "60000", "period": "Year"},
    )
    page = page_of(client, "/careers/tutoring/")
    assert problems(graph(page)) == []
    assert node(page, "Occupation") == {
        "@type": "Occupation",
        "@id": f"{SITE}/careers/tutoring/#occupation",
        "name": "Tutoring",
        "description": "What Tutoring is about, in one sentence.",
        "mainEntityOfPage": f"{SITE}/careers/tutoring/",
        "estimatedSalary": [
            {
                "@type": "MonetaryAmount",
                "name": "Median pay",
                "description": "United States. 2024",
                "currency": "USD",
                "value": {"@type": "QuantitativeValue", "minValue": 19, "maxValue": 31.5, "unitText": "HOUR"},
            },
            {
                "@type": "MonetaryAmount",
                "name": "Median pay",
                "currency": "USD",
                "value": {"@type": "QuantitativeValue", "value": 60000, "unitText": "YEAR"},
            },
        ],
    }
    assert node(page, "Article")["about"] == {"@id": f"{SITE}/careers/tutoring/#occupation"}


def test_pay_holds_as_long_as_the_first_of_its_sources(client):
    sourced_path(PAY, source=SOURCE | {"valid_until": "2031-03-04"})
    (salary,) = node(page_of(client, "/careers/tutoring/"), "Occupation")["estimatedSalary"]
    assert date.fromisoformat(salary["validThrough"]) == date(2031, 3, 4)


def test_what_has_no_source_or_is_no_pay_is_no_salary(client):
    publish(make_path("Unsourced", facts=[PAY]))
    sourced_path(PAY | {"is_pay": False}, PAY | {"unit": "clients"}, PAY | {"period": "gig"}, title="Other")
    for address in ("/careers/unsourced/", "/careers/other/"):
        page = page_of(client, address)
        assert node(page, "Occupation").keys() == {"@type", "@id", "name", "description", "mainEntityOfPage"}
        assert problems(graph(page)) == []


def test_a_comparison_tells_of_its_paths_by_the_names_they_have_now(client):
    path, other = make_path('Tutoring "at home" </script>'), make_path("Coaching")
    for each in (path, other):
        publish(each)
    publish(make_comparison(path, other, title="Which?", slug="which"))
    page = page_of(client, "/compare/which/")
    assert problems(graph(page)) == []
    listed = node(page, "ItemList")
    assert listed["numberOfItems"] == 2
    assert listed["itemListElement"][0] == {
        "@type": "ListItem",
        "position": 1,
        "name": 'Tutoring "at home" </script>',
        "url": f"{SITE}/careers/{path.slug}/",
    }
    documents.restore(documents.compose(other) | {"title": "Coaching & <b>more</b>", "slug": "coaching-more"})
    publishing.publish(other, by=None)
    about = node(page_of(client, "/compare/which/"), "Article")["about"]
    assert about[1] == {
        "@type": "Occupation",
        "@id": f"{SITE}/careers/coaching-more/#occupation",
        "name": "Coaching & <b>more</b>",
    }


def test_a_comparison_that_nobody_has_written_tells_of_its_paths_too(client):
    for title in ("Coaching", "Tutoring"):
        publish(make_path(title))
    page = page_of(client, "/compare/coaching-vs-tutoring/")
    assert problems(graph(page)) == []
    assert [each["name"] for each in node(page, "ItemList")["itemListElement"]] == ["Coaching", "Tutoring"]


def test_nothing_passes_for_a_product_a_review_or_a_list_of_questions(client):
    sourced_path(PAY)
    sourced_path(PAY, title="Coaching")
    for address in ("/careers/tutoring/", "/compare/coaching-vs-tutoring/"):
        told = page_of(client, address)
        assert not {"Product", "Review", "FAQPage", "Rating", "AggregateRating"} & {
            each["@type"] for each in graph(told)
        }


def test_the_names_cost_no_query_of_their_own(client):
    path, other = make_path("One"), make_path("Two")
    for each in (path, other):
        publish(each)
    publish(make_comparison(path, other, slug="one-vs-two"))
    page_of(client, "/compare/one-vs-two/")
    with queries() as ran:
        page_of(client, "/compare/one-vs-two/")
    assert len(ran) == 3

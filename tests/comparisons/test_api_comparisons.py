"""Paths and comparisons over the API: a comparison names its paths as they are live."""

import pytest

from articles import documents, publishing
from tests.articles.test_api_articles import instant
from tests.base import queries
from tests.makers import embedded, make_article, make_comparison, make_path, make_tag, publish

pytestmark = pytest.mark.django_db

PATHS, COMPARISONS = "/api/v1/career-paths/", "/api/v1/comparisons/"


def make_pair(*names, **parts):
    """Published paths and their published comparison."""
    paths = [make_path(name) for name in names or ("Gig work", "Management")]
    for path in paths:
        publish(path)
    comparison = make_comparison(*paths, **parts)
    publish(comparison)
    return comparison, paths


def shown(article, **more):
    """What lists show of a live article that was published once."""
    publication = article.publications.get()
    return {
        "id": str(article.pk),
        "kind": article.kind,
        "slug": article.slug,
        "url": f"/{'careers' if article.kind == 'career-path' else 'compare'}/{article.slug}/",
        "title": article.title,
        "summary": article.summary,
        "language": "en",
        "reviewed_on": None,
        "authors": [{"name": "Ann Author", "slug": "ann-author"}],
        "tags": [],
        "minutes": 1,
        "first_published_at": instant(publication.first_published_at),
        "published_at": instant(publication.starts_at),
        "revision": 1,
        **more,
    }


def named(path):
    return {"id": str(path.pk), "slug": path.slug, "title": path.title}


def revised(article, **changes):
    changed = documents.restore(documents.compose(article) | changes)
    publish(changed)
    return changed


def titles(client, **query):
    response = client.get(COMPARISONS, query)
    assert response.status_code == 200, response.content
    return [item["title"] for item in response.json()["results"]]


def test_a_path_comes_with_its_whole_document(client):
    path = make_path()
    publish(path)
    assert client.get(PATHS).json()["results"] == [shown(path)]
    response = client.get(f"{PATHS}{path.slug}/")
    assert response.json() == shown(path, document=documents.compose(path))


def test_a_comparison_names_its_paths(client):
    comparison, paths = make_pair()
    expected = shown(comparison, paths=[named(path) for path in paths])
    assert client.get(COMPARISONS).json() == {"next": None, "previous": None, "results": [expected]}
    response = client.get(f"{COMPARISONS}{comparison.slug}/")
    assert response.json() == expected | {"document": documents.compose(comparison)}


def test_the_paths_are_named_in_the_order_of_the_comparison(client):
    paths = [make_path(name) for name in ("One", "Two", "Six", "Ten")]
    for path in paths:
        publish(path)
    for order in ((3, 0, 2), (1, 3)):
        publish(make_comparison(*(paths[place] for place in order)))
    results = client.get(COMPARISONS, {"fields": "paths", "ordering": "published"}).json()["results"]
    assert results == [
        {"paths": [named(paths[3]), named(paths[0]), named(paths[2])]},
        {"paths": [named(paths[1]), named(paths[3])]},
    ]


def test_a_renamed_path_is_named_anew_everywhere_at_once(client):
    comparison, paths = make_pair()
    address = f"{COMPARISONS}{comparison.slug}/"
    tags = [client.get(at)["ETag"] for at in (COMPARISONS, address)]
    first = revised(paths[0], title="Microtasks", slug="microtasks")
    for at, tag in zip((COMPARISONS, address), tags, strict=True):
        response = client.get(at, headers={"If-None-Match": tag})
        found = response.json()
        assert (found["results"][0] if "results" in found else found)["paths"] == [
            named(first),
            named(paths[1]),
        ]


def test_a_comparison_costs_one_query(client):
    comparison, _ = make_pair()
    with queries() as ran:
        client.get(f"{COMPARISONS}{comparison.slug}/")
    assert len(ran) == 1


@pytest.mark.parametrize("query", ["", "?path=path-1&tag=pay&author=ann-author&language=en&ordering=title"])
def test_a_list_of_comparisons_costs_two_queries(client, query):
    paths = [make_path(f"Path {number}") for number in range(6)]
    for path in paths:
        publish(path)
    tags = [embedded(make_tag("Pay"))]
    for other in (0, 2, 3, 4, 5):
        publish(make_comparison(paths[1], paths[other], tags=tags))
    with queries() as ran:
        results = client.get(COMPARISONS + query).json()["results"]
    assert (len(results), len(ran)) == (5, 2)
    assert all(len(item["paths"]) == 2 for item in results)


def test_an_empty_list_costs_one_query(client):
    with queries() as ran:
        assert titles(client) == []
    assert len(ran) == 1


def test_comparisons_are_found_by_their_paths(client):
    make_pair("Gig work", "Management")
    make_pair("Tutoring", "Writing")
    assert titles(client, path="tutoring") == ["Tutoring vs Writing"]
    assert titles(client, path="gig-work", author="ann-author") == ["Gig work vs Management"]
    assert titles(client, path="nothing") == []


def test_a_path_is_found_by_its_slug_of_now(client):
    _, paths = make_pair()
    revised(paths[0], slug="microtasks")
    assert titles(client, path="microtasks") == ["Gig work vs Management"]
    assert titles(client, path="gig-work") == []


def test_paths_are_filtered_like_articles_and_not_by_path(client):
    publish(make_path(tags=[embedded(make_tag("Pay"))]))
    assert len(client.get(PATHS, {"tag": "pay"}).json()["results"]) == 1
    assert client.get(PATHS, {"path": "gig-work"}).status_code == 400


def test_another_order_of_the_paths_leads_to_the_comparison(client):
    make_pair()
    response = client.get(f"{COMPARISONS}management-vs-gig-work/?fields=title")
    assert response.status_code == 301
    assert response["Location"] == f"{COMPARISONS}gig-work-vs-management/?fields=title"


def test_a_withdrawn_comparison_is_gone(client):
    comparison, _ = make_pair()
    publishing.withdraw(comparison, by=None)
    response = client.get(f"{COMPARISONS}{comparison.slug}/")
    assert (response.status_code, response["Content-Type"]) == (410, "application/problem+json")


def test_each_kind_has_its_own_addresses(client):
    publish(make_article("Something"))
    response = client.get(f"{COMPARISONS}something/")
    assert response.json()["detail"] == "There is no comparison at this address."
    assert client.get(f"{PATHS}something/").json()["detail"] == "There is no career path at this address."

"""The sections of a comparison in its form: grouped as the page reads, and still one list."""

import pytest

from articles.admin.inlines import SectionInline
from articles.models import Section
from comparisons.admin.comparisons import ComparisonAdmin
from comparisons.kinds import ComparisonKind
from tests.forms import address, form_data, save
from tests.makers import make_comparison, make_path, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ROLES = ("introduction", "choosing", "conclusion", "body", "alternatives", "differences")
"""In an order in which no form would put them."""


@pytest.fixture(autouse=True)
def writer(client):
    client.force_login(make_user("arthur", group="Author"))


@pytest.fixture
def comparison():
    sections = [{"role": role, "heading": role, "body": "<p>x</p>"} for role in ROLES]
    return make_comparison(make_path("Tutoring"), make_path("Bookkeeping"), sections=sections)


def headings(comparison):
    return [section["heading"] for section in comparison.revisions.first().document["sections"]]


def test_every_role_of_the_kind_can_be_chosen_in_one_group():
    inlines = [each for group in ComparisonAdmin.groups for each in group.inlines]
    offered = [role for each in inlines if issubclass(each, SectionInline) for role in each.roles]
    assert sorted(offered) == sorted(ComparisonKind.roles)


def test_saving_an_unchanged_form_changes_nothing_and_moving_in_a_group_moves_that_alone(client, comparison):
    page = client.get(address(comparison))
    shown = {part.formset.formset.prefix: part for group in page.context["outlines"] for part in group.parts}
    assert [row.title for row in shown["sections-choosing"].rows] == ["choosing", "alternatives"]
    save(client, comparison)
    save(client, comparison)
    assert comparison.revisions.count() == 1
    assert headings(comparison) == list(ROLES)
    places = {"sections-choosing-0-position": "2", "sections-choosing-1-position": "1"}
    save(
        client,
        comparison,
        **places,
        **{
            "sections-differences-TOTAL_FORMS": "3",
            "sections-differences-2-role": "body",
            "sections-differences-2-heading": "new",
        },
    )
    assert headings(comparison) == [
        "introduction",
        "alternatives",
        "conclusion",
        "body",
        "choosing",
        "differences",
        "new",
    ]
    assert sorted(comparison.sections.values_list("position", flat=True)) == list(range(7))


def test_a_role_that_somebody_else_changed_meanwhile_makes_no_second_row(client, comparison):
    data = form_data(client.get(address(comparison)), title="Mine")
    comparison.sections.filter(heading="choosing").update(role="conclusion")
    client.post(address(comparison), data | {"_continue": "1"})
    assert headings(comparison) == list(ROLES)
    assert comparison.sections.get(heading="choosing").role == "choosing"


def test_a_role_that_the_page_does_not_show_is_kept_and_said(client):
    path = make_path("Tutoring", sections=[{"role": "choosing", "heading": "Odd", "body": "<p>x</p>"}])
    page = client.get(address(path))
    assert "Which one is right for you (this page shows none)" in page.content.decode()
    save(client, path)
    assert Section.objects.get(article=path).role == "choosing"


def test_a_refused_save_says_in_the_contents_where_to_correct(client, comparison):
    page = save(client, comparison, **{"differences-0-aspect": "", "title": ""})
    wrong = {group.title: group.errors for group in page.context["outlines"] if group.errors}
    assert wrong == {"Title and summary": 1, "Differences": 1}
    assert '<a href="#id_title_error">Go to the first</a>' in page.content.decode()

"""Pictures on pages: formats and sizes to choose from, and words by their use."""

import re

import pytest
from django.template.loader import render_to_string

from articles import publishing, renditions
from articles.models import Facet
from tests.makers import make_article, make_comparison, make_path, publish
from tests.pictures import make_image

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def embedded(image, *, made=True):
    """The image as documents show it."""
    if made:
        renditions.make(image)
    return {
        "id": str(image.pk),
        "file": image.file.name,
        "width": image.width,
        "height": image.height,
        "alt": image.alt,
        "decorative": image.decorative,
        "credit": image.credit,
    }


def figures(client, address):
    return re.findall(r'<figure class="picture.*?</figure>', client.get(address).content.decode(), re.DOTALL)


def alt(figure):
    return re.search(r' alt="(.*?)"', figure)[1]


def test_the_lead_is_a_crop_that_loads_first_and_a_section_s_picture_is_whole_and_waits(client):
    image = embedded(make_image(focal_x=30, credit="A. Person"))
    section = {"role": "body", "heading": "More", "body": "<p>x</p>", "image": image}
    article = make_article(
        image=image,
        image_decorative=True,
        sections=[section | {"image_alt": "The desk at night", "caption": "Late"}],
    )
    publish(article)
    lead, within = figures(client, f"/articles/{article.slug}/")
    folder = f"/media/renditions/{image['file']}"
    assert f'"{folder}/480-16x9-at-30-50.avif 480w, {folder}/640-16x9-at-30-50.avif 640w"' in lead
    assert lead.index("image/avif") < lead.index("image/webp") < lead.index("<img")
    assert f'src="/media/{image["file"]}" width="640" height="360" alt="" fetchpriority="high"' in lead
    assert f'"{folder}/480.webp 480w, {folder}/640.webp 640w"' in within
    assert 'width="640" height="480" alt="The desk at night" loading="lazy"' in within
    assert "<span>Late</span>" in within
    assert '<span class="credit">A. Person</span>' in within


def test_without_renditions_a_page_names_the_picture_itself_alone(client):
    image = make_image()
    publish(make_article(slug="piece", image=embedded(image, made=False)))
    (lead,) = figures(client, "/articles/piece/")
    assert "renditions" not in lead
    assert "<source" not in lead
    assert f'src="/media/{image.file.name}" width="640" height="480" alt="A desk by a window"' in lead


def test_every_section_shows_its_picture_on_pages_of_all_kinds(client):
    image = embedded(make_image())
    roles = ("introduction", "differences", "body", "choosing", "alternatives", "conclusion")
    own = {"image": image, "body": "<p>x</p>"}
    paths = [
        make_path(title, sections=[own | {"role": "introduction", "heading": "", "image_alt": title}])
        for title in ("Tutoring", "Bookkeeping")
    ]
    parts = [own | {"role": role, "heading": role, "image_alt": role} for role in roles]
    publish(make_comparison(*paths, sections=parts), with_required=True)
    shown = [alt(figure) for figure in figures(client, "/compare/tutoring-vs-bookkeeping/")]
    assert sorted(shown) == sorted([*roles, "Tutoring", "Bookkeeping"])
    assert [alt(figure) for figure in figures(client, "/careers/tutoring/")] == ["Tutoring"]


@pytest.mark.parametrize(
    ("image", "use", "words"),
    [
        ({"alt": "A desk"}, {}, "A desk"),
        ({"alt": "A desk"}, {"image_alt": "Where <she> works"}, "Where &lt;she&gt; works"),
        ({"alt": "A desk"}, {"image_decorative": True}, ""),
        ({"alt": "", "decorative": True}, {}, ""),
        ({"alt": "", "decorative": True}, {"image_alt": "A desk"}, "A desk"),
    ],
)
def test_the_words_are_those_of_this_use_or_else_the_image_s_own(image, use, words):
    shown = {"file": "a.png", "width": 4, "height": 3, "focal_x": 50, "focal_y": 50, "renditions": []} | image
    html = render_to_string(
        "articles/_picture.html",
        {"shown": {"image": shown, "image_alt": "", "image_decorative": False} | use, "lead": False},
    )
    assert alt(html) == words


def test_what_a_publication_shows_is_known_by_image():
    image = embedded(make_image())
    article = make_article(
        image=image, sections=[{"role": "introduction", "heading": "", "body": "<p>x</p>", "image": image}]
    )
    publish(article)
    publishing.withdraw(article, by=None)
    assert str(Facet.objects.get(name="image").target) == image["id"]

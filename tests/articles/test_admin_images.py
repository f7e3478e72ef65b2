"""Images at the editors' desk: a refused upload loses no words, and forms show what they have chosen."""

from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from articles import documents
from articles.admin.images import AGAIN
from articles.models import Article, Image, Section
from tests.base import queries
from tests.forms import address, save
from tests.makers import make_article, make_path, make_user, publish
from tests.pictures import make_image, picture

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ADD = "/admin/articles/image/add/"
WORDS = {"alt": "A desk", "credit": "A. Person", "focal_x": 50, "focal_y": 40}


@pytest.fixture(autouse=True)
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


def upload(name="desk.jpg", file=None):
    return SimpleUploadedFile(name, (file or picture()).getvalue())


def test_an_upload_is_stored_with_its_renditions(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADD, WORDS | {"file": upload(f"{'ein Tisch ' * 30}.jpg")})
    image = Image.objects.get()
    assert (image.width, image.height, image.renditions) == (64, 48, [64])
    assert default_storage.exists(f"renditions/{image.file.name}/64-16x9-at-50-40.avif")


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"file": upload("desk.jpg", picture("PNG"))}, "but the file is a PNG picture"),
        ({"file": upload(), "alt": ""}, "Describe the picture, or mark it as decorative"),
    ],
    ids=["file", "words"],
)
def test_a_refused_upload_keeps_the_words_and_asks_for_the_file_again(client, sent, reason):
    html = client.post(ADD, WORDS | sent).content.decode()
    assert reason in html
    assert AGAIN in html
    assert 'value="A. Person"' in html
    assert 'value="40"' in html
    assert not Image.objects.exists()


def test_a_refused_new_file_leaves_the_stored_one_in_sight(client):
    image = make_image()
    sent = WORDS | {"alt": "", "file": upload("zebra.jpg")}
    html = client.post(f"/admin/articles/image/{image.pk}/change/", sent).content.decode()
    assert f'src="/media/{image.file.name}"' in html
    assert "640 × 480" in html
    assert "zebra" not in html


def test_a_new_focal_point_claims_no_crops_until_they_are_made(client, django_capture_on_commit_callbacks):
    image = make_image(renditions=[480, 640])
    with django_capture_on_commit_callbacks() as callbacks:
        client.post(f"/admin/articles/image/{image.pk}/change/", WORDS)
    image.refresh_from_db()
    assert image.renditions == []
    callbacks[0]()
    image.refresh_from_db()
    assert image.renditions == [480, 640]


def test_a_form_shows_the_images_of_all_its_sections_with_one_query(client):
    def opened(count):
        sections = [{"role": "body", "heading": f"{n}", "body": "<p>x</p>"} for n in range(count)]
        article = make_article(f"With {count}", sections=sections)
        for section in article.sections.all():
            Section.objects.filter(pk=section.pk).update(image=make_image(f"Desk {section.heading}"))
        with queries() as found:
            html = client.get(address(article)).content.decode()
        assert all(f"Desk {n}" in html for n in range(count))
        return len(found)

    _, few, many = map(opened, (1, 2, 4))  # the first reads what is read only once
    assert few == many


def test_a_section_is_given_an_image_and_one_that_is_gone_is_told(client):
    article, image = make_article(), make_image()
    sent = {"sections-0-image": str(uuid4()), "sections-0-caption": "Late"}
    html = save(client, article, **sent).content.decode()
    assert "There is no such image any more" in html
    assert 'value="Late"' in html
    save(client, article, **sent | {"sections-0-image": str(image.pk)})
    shown = documents.compose(article)["sections"][0]
    assert (shown["image"]["id"], shown["caption"]) == (str(image.pk), "Late")


def test_an_image_says_where_it_is_used_and_is_not_deleted_from_under_readers(client):
    image = make_image()
    path = make_path()
    Section.objects.update(image=image)
    publish(path)
    Section.objects.update(image=None)
    draft = make_article("In writing")
    Article.objects.filter(pk=draft.pk).update(image=image)
    html = client.get(f"/admin/articles/image/{image.pk}/change/").content.decode()
    assert f'the draft of “<a href="{address(draft)}">In writing</a>”' in html
    assert f'“<a href="{address(path)}">Microtask gig work</a>”, live since' in html
    Article.objects.update(image=None)
    refused = client.post(f"/admin/articles/image/{image.pk}/delete/", {"post": "yes"}).content.decode()
    assert "Microtask gig work" in refused
    assert Image.objects.exists()


def test_what_is_chosen_is_shown_to_those_who_may_see_images(client):
    image = make_image("A <desk>")
    assert "A &lt;desk&gt;" in client.get(f"/admin/articles/image/{image.pk}/chosen/").content.decode()
    for missing in (make_article().pk, "zz"):
        assert "not there any more" in client.get(f"/admin/articles/image/{missing}/chosen/").content.decode()

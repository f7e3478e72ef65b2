"""Social cards: what is drawn, under which address, how often, and for whom not."""

import io
import os
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image as Pillow

from articles import documents, publishing, renditions
from articles.models import Image
from articles.social_cards import drawing, keeping, lettering
from articles.social_cards.card import Card, digest
from tests.base import queries, soon
from tests.careersite.test_pages import GIG_VS_MANAGEMENT, make_site, renamed, text
from tests.makers import make_article, publish
from tests.pictures import make_image

SMALL = 60 * 1024
WIDE = 1200 - 2 * drawing.MARGIN
TITLES = {
    "short": "Pay",
    "long": "What a figure of pay per hour leaves out, and how to find the rest of it in the sources " * 2,
    "one long word": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "accents": "Księgowość zdalna – Łódź",
    "arabic": "العمل عن بعد",
    "hebrew": "עבודה מרחוק",
    "chinese": "远程工作",
    "nothing": "",
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def made(title, **parts):
    return Card(site="Careersite", label="Article", title=title, **parts)


def opened(content):
    return Pillow.open(io.BytesIO(content))


def address_on(client, page):
    """Where the page says that its card is."""
    return re.search(r'property="og:image" content="http://[^/]*([^"]*)"', text(client, page))[1]


def kept(media):
    return sorted(path.name for path in media.glob("cards/*/*"))


# --- Drawing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
@pytest.mark.parametrize("names", [(), ("Gig work", "Teaching"), ("A", "Übersetzung", "", "Long " * 30)])
def test_a_card_is_a_small_png_of_the_size_that_sites_ask_for(title, names):
    content = drawing.png(made(title, contenders=names, line="By Ann Author"))
    assert (opened(content).size, opened(content).format) == ((1200, 630), "PNG")
    assert len(content) <= SMALL
    assert content == drawing.png(made(title, contenders=names, line="By Ann Author"))


def test_contenders_have_their_colours_on_the_page():
    content = drawing.png(made("Four", contenders=("A", "B", "C", "D")))
    drawn = opened(content).convert("RGB")
    found = ["#{:02x}{:02x}{:02x}".format(*drawn.getpixel((300 * n + 290, 620))) for n in range(4)]
    css = Path("careersite/static/careersite/site.css").read_text(encoding="utf-8")
    light = css[: css.index("prefers-color-scheme: dark")]
    names = ("first", "second", "third", "fourth")
    assert found == [re.search(rf"--{name}: (#\w+)", light)[1] for name in names]


def test_what_the_font_cannot_write_is_never_a_row_of_boxes():
    plain = drawing.png(made(""))
    assert drawing.png(made("العمل")) == drawing.png(made("远程工作")) == plain
    assert drawing.png(made("Work")) != plain


def test_signs_that_the_font_lacks_are_left_out():
    assert lettering.writable("Go 🚀 remote \u200f") == "Go remote"
    assert (
        lettering.writable("Work 👩🏽‍💻 or rest 🏖️? (Or 🎉 both 🎉 🎉) Tout\xa0?")
        == "Work or rest? (Or both) Tout\xa0?"
    )
    assert lettering.writable("Łódź “here” – 5 €") == "Łódź “here” – 5 €"
    assert lettering.writable("Work на дому") == ""
    assert lettering.writable("Cafe\u0301") == "Café"


def test_words_of_several_lines_are_one_line():
    assert lettering.writable("A\u2029B\u2028C\nD\x85E\r\nF") == "A B C D E F"


@pytest.mark.django_db
def test_a_title_with_the_sign_of_a_new_paragraph_has_a_card(client):
    publish(make_article("Pay\u2029and time", slug="pay"))
    assert client.get(address_on(client, "/articles/pay/")).status_code == 200


def fit(title, most=5, height=300):
    return lettering.fitted(title, (WIDE, height), drawing.TITLE, 600, leading=1.1, most=most)


def test_a_title_is_as_large_as_fits_and_its_lines_are_even():
    assert fit("Pay").size == max(drawing.TITLE)
    long = fit("What a figure of pay per hour leaves out, and how to find the rest of it in the sources")
    assert long.size < max(drawing.TITLE)
    widths = [lettering.length(line, long.size, 600) for line in long.lines]
    assert max(widths) <= WIDE
    assert min(widths) > 0.6 * max(widths)


def test_what_is_too_long_ends_with_an_ellipsis_behind_a_whole_word():
    title = "every figure names its source and nothing is stored " * 12
    cut = fit(title)
    assert cut.size == min(drawing.TITLE)
    assert cut.lines[-1].endswith("…")
    assert {word.rstrip("…") for line in cut.lines for word in line.split()} <= set(title.split())


def test_a_word_that_is_wider_than_the_card_is_cut_with_an_ellipsis():
    cut = fit("Donaudampf" * 12)
    assert cut.lines == (cut.lines[0],)
    assert re.fullmatch(r"(Donaudampf)+\w*…", cut.lines[0])
    assert cut.width <= WIDE


# --- Addresses -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_card_is_kept_for_ever_by_caches_and_drawn_once(client, media):
    make_site()
    address = address_on(client, GIG_VS_MANAGEMENT)
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    assert first["Content-Type"] == "image/png"
    assert first["Content-Language"] == "en"
    assert "Vary" not in first  # the same for everybody
    (file,) = media.glob("cards/*/*")
    file.write_bytes(first.content + b"kept")
    with queries() as found:
        assert client.get(address).content == first.content + b"kept"
    assert len(found) <= 2
    assert client.head(address).status_code == 200


@pytest.mark.django_db
def test_a_card_is_the_same_whatever_language_a_reader_has(client):
    publish(make_article(slug="stueck", language="de"))
    german = client.get(address_on(client, "/articles/stueck/"), headers={"Accept-Language": "en"})
    english = client.get(address_on(client, "/"), headers={"Accept-Language": "de"})
    assert [each["Content-Language"] for each in (german, english)] == ["de", "en"]
    assert not german.has_header("Vary")
    assert not english.has_header("Vary")


@pytest.mark.django_db
def test_pages_draw_nothing(client, media):
    make_site()
    for page in ("/", "/articles/", GIG_VS_MANAGEMENT):
        address_on(client, page)
    assert kept(media) == []


@pytest.mark.django_db
def test_a_renamed_path_gives_its_comparisons_another_card(client, media):
    comparison = make_site()
    before = address_on(client, GIG_VS_MANAGEMENT)
    path = comparison.paths.get(slug="microtask-gig-work")
    documents.restore(documents.compose(path) | {"title": "Micro & work"})
    assert address_on(client, GIG_VS_MANAGEMENT) == before
    publish(path)
    after = address_on(client, GIG_VS_MANAGEMENT)
    assert after != before
    assert client.get(after).status_code == 200
    outdated = client.get(before)
    assert (outdated.status_code, outdated["Location"]) == (302, after)
    assert outdated["Cache-Control"] == "public, max-age=300"


@pytest.mark.django_db
def test_what_a_card_does_not_show_leaves_its_address_as_it_is(client):
    article = make_article(slug="pay")
    publish(article)
    before = address_on(client, "/articles/pay/")
    documents.restore(documents.compose(article) | {"summary": "Another summary, which no card shows."})
    publish(article)
    assert address_on(client, "/articles/pay/") == before
    documents.restore(documents.compose(article) | {"reviewed_on": "2026-08-14"})
    publish(article)
    assert address_on(client, "/articles/pay/") != before


def test_the_digest_is_of_names_in_their_order():
    assert len({digest("x", ()), digest("x", ("a", "b")), digest("x", ("b", "a")), digest("y", ())}) == 4


@pytest.mark.django_db
def test_no_address_has_anything_drawn_but_what_is_live(client, media):
    make_site()
    wrong = (
        "/articles/how-to-read-a-pay-figure/card/00000000000000000000.png",
        f"{GIG_VS_MANAGEMENT}card/x.png",
        "/card/en/x.png",
    )
    for address in wrong:
        assert client.get(address).status_code == 302
    missing = ("/card/xx/x.png", "/card/fr/x.png", "/articles/none/card/x.png", "/compare/a-vs-b/card/x.png")
    for address in missing:
        assert client.get(address).status_code == 404
    assert client.post(wrong[0]).status_code == 405
    assert kept(media) == []


@pytest.mark.django_db
def test_what_is_scheduled_has_no_card_before_its_time(client, media, admin_client):
    article = make_article("A secret to come", slug="secret")
    start = soon()
    publishing.schedule(article, by=None, at=start)
    assert client.get("/articles/secret/card/x.png").status_code == 404
    then = start.strftime("%Y-%m-%dT%H:%M:59Z")
    assert admin_client.get(f"/admin/as-of/{then}/articles/secret/card/x.png").status_code == 404
    assert kept(media) == []


@pytest.mark.django_db
def test_a_draft_changes_no_card(client):
    article = make_article(slug="pay")
    publish(article)
    before = address_on(client, "/articles/pay/")
    documents.restore(documents.compose(article) | {"title": "A secret title"})
    publishing.record(article, by=None)
    assert address_on(client, "/articles/pay/") == before
    assert client.get(before).status_code == 200


@pytest.mark.django_db
def test_a_withdrawn_article_s_card_is_gone_and_a_moved_one_s_has_moved(client):
    article = make_article(slug="first")
    publish(article)
    address = address_on(client, "/articles/first/")
    client.get(address)
    renamed(article, "second")
    publish(article)
    moved = client.get(address)
    assert (moved.status_code, moved["Location"]) == (301, address.replace("first", "second"))
    assert client.get(moved["Location"]).status_code == 200
    publishing.withdraw(article, by=None)
    assert client.get(moved["Location"]).status_code == 410


@pytest.mark.django_db
def test_another_name_of_the_site_gives_other_cards(client, settings):
    before = address_on(client, "/")
    settings.SITE_NAME = "Another site"
    assert client.get(before).status_code == 302


# --- Keeping -------------------------------------------------------------------------------------


def test_a_crowd_has_a_new_card_drawn_once_and_nobody_gets_half_of_it(monkeypatch, media):
    drawn, whole, barrier = [], drawing.png, Barrier(8)

    def counted(*given):
        drawn.append(given)
        return whole(*given)

    def ask(_):
        barrier.wait()
        return keeping.drawn(made("Crowd"), "c" * 20).png

    monkeypatch.setattr(drawing, "png", counted)
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(8)))
    assert answers == {whole(made("Crowd"), None)}
    assert len(drawn) == 1
    assert kept(media) == ["c" * 20 + ".png"]


def test_a_card_that_cannot_be_kept_is_shown_all_the_same(media, caplog):
    (media / "cards").write_text("in the way")
    assert opened(keeping.drawn(made("Full"), "d" * 20).png).size == (1200, 630)
    assert "can’t be kept" in caplog.text


def test_old_cards_are_forgotten(media):
    keeping.forget_old()
    for name in ("a" * 20, "b" * 20):
        keeping.drawn(made("Old"), name)
    long_ago = (timezone.now() - keeping.KEPT - timedelta(days=1)).timestamp()
    os.utime(media / f"cards/aa/{'a' * 20}.png", (long_ago, long_ago))
    keeping.forget_old()
    assert kept(media) == ["b" * 20 + ".png"]


# --- Pictures ------------------------------------------------------------------------------------


def pictured():
    image = make_image()
    renditions.make(image)
    image = Image.objects.get(pk=image.pk)
    article = make_article(slug="pictured")
    article.image = image
    article.save()
    publish(article)
    return image


@pytest.mark.django_db
def test_an_article_s_own_picture_stands_on_its_card(client):
    pictured()
    drawn = opened(client.get(address_on(client, "/articles/pictured/")).content).convert("RGB")
    red, blue = drawn.getpixel((1000, 20)), drawn.getpixel((1000, 610))
    assert (red[0] > 200, red[2] < 60, blue[0] < 60, blue[2] > 200) == (True,) * 4


def test_a_picture_covers_none_of_the_paths_that_are_compared():
    grey = Pillow.new("RGB", drawing.PICTURE_SIZE, "#808080")
    names = ("Microtask gig work", "Remote project management")
    shown = opened(drawing.png(made("Which?", contenders=names), grey)).convert("RGB")
    plain = opened(drawing.png(made("Which?", contenders=names))).convert("RGB")
    band = (0, drawing.HEIGHT - drawing.BAND, drawing.WIDTH, drawing.HEIGHT)
    assert shown.crop(band).tobytes() == plain.crop(band).tobytes()
    assert shown.getpixel((1000, 200)) == (128, 128, 128)


@pytest.mark.django_db
def test_a_picture_whose_file_is_lost_leaves_the_words(client):
    image = pictured()
    default_storage.delete(renditions.name(image.file.name, max(image.renditions), "webp"))
    response = client.get(address_on(client, "/articles/pictured/"))
    assert opened(response.content).convert("RGB").getpixel((1000, 20)) == (252, 251, 248)
    assert response["Cache-Control"] == "public, max-age=300"  # it may come back
    assert not default_storage.exists(keeping.HOME)

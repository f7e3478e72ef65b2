"""Readers' pages in their language: messages, templates, whole pages, numbers and days."""

import re
from collections.abc import Iterator
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import override

from articles import documents, enumerations
from articles.models import Article
from articles.templatetags.figures import figure
from comparisons.decision import percent, rounded
from scripts import messages
from tests.careersite.test_pages import GIG_VS_MANAGEMENT, PAGES, make_site, text
from tests.makers import publish
from tests.stored import made_once

TEMPLATES = Path(settings.BASE_DIR, "templates")
ROBOTS = {"/sitemap.xml", "/sitemap-pages.xml", "/sitemap-0.xml", "/robots.txt"}
SAID = ("alt", "title", "aria-label", "placeholder", "content")  # attributes that hold words
UNSPOKEN = {("property", "og:type"), ("name", "twitter:card")}
UNTRANSLATED = {"templates/503.html", "templates/careersite/style.html"}  # in both languages; for staff
NAMED = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de"}


def german() -> polib.POFile:
    return polib.pofile(str(Path(settings.BASE_DIR, "locale/de/LC_MESSAGES/django.po")))


class Words(HTMLParser):
    """The texts of a page and what its attributes say."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style")
        said = (value for name, value in attrs if name in SAID or name.startswith("data-"))
        if tag == "meta" and UNSPOKEN & set(attrs):
            said = iter(())
        self.found += [value.strip() for value in said if value]

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.found.append(" ".join(data.split()))


# --- Messages ------------------------------------------------------------------------------------


def test_the_file_holds_every_message_of_the_site_and_no_other():
    held = {(entry.msgid, entry.msgctxt or "", entry.msgid_plural) for entry in german()}
    wanted = {(each.text, each.context, each.plural) for each in messages.wanted()}
    assert held == wanted, "Run `make messages`, and translate what is new."


def test_every_message_is_translated_and_none_is_a_guess():
    file = german()
    assert [entry.msgid for entry in file.untranslated_entries() + file.fuzzy_entries()] == []


@pytest.mark.parametrize("entry", german(), ids=lambda entry: entry.msgid[:40])
def test_a_translation_names_what_its_message_names(entry):
    texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    for translated in texts:
        assert set(NAMED.findall(translated)) == set(NAMED.findall(entry.msgid_plural or entry.msgid))
        assert re.findall(r"<[^>]*>", translated) == re.findall(r"<[^>]*>", entry.msgid)
        assert translated == translated.strip()
        assert not re.search(r"[\"']|\.\.\.", re.sub(r"<[^>]*>", "", translated)), "typographic signs"


def test_what_is_compiled_is_what_is_written(tmp_path):
    made = tmp_path / "django.mo"
    german().save_as_mofile(str(made))
    kept = Path(settings.BASE_DIR, "locale/de/LC_MESSAGES/django.mo")
    assert made.read_bytes() == kept.read_bytes(), "Run `make messages`."


# --- Templates -----------------------------------------------------------------------------------


def bare_words(template: Path) -> Iterator[str]:
    """What a template says outside of the tags that translate."""
    source = re.sub(r"\{% blocktranslate.*?\{% endblocktranslate %\}", "", template.read_text(), flags=re.S)
    source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", source, flags=re.S)
    source = re.sub(r"<meta name=\"(viewport|color-scheme|robots|referrer|twitter:card)\"[^>]*>", "", source)
    source = re.sub(r"<meta property=[^>]*>|class=\"[^\"]*\"", "", source)
    return (words for words in Words(source).found if re.search(r"[^\W\d_]{2}", words))


def test_readers_templates_say_nothing_outside_of_messages():
    found = {
        path.relative_to(settings.BASE_DIR).as_posix(): list(bare_words(path))
        for path in sorted(TEMPLATES.rglob("*.html"))
        if "admin" not in path.parts and path.name != "_contender_class.html"
    }
    assert {name for name, words in found.items() if words} <= UNTRANSLATED, found


# --- Whole pages ---------------------------------------------------------------------------------


@made_once
def make_german_site():
    """One of everything that has a page, all of it in German as far as documents say so."""
    comparison = make_site()
    for article in Article.objects.order_by("kind"):
        documents.restore(documents.compose(article) | {"language": "de"})
    for article in Article.objects.exclude(kind="comparison"):
        publish(article)
    publish(comparison)
    return comparison


def english() -> list[re.Pattern[str]]:
    """The messages as they would read in English, where German reads otherwise."""
    found = []
    for entry in german():
        text, translated = NAMED.sub("", entry.msgid), NAMED.sub("", entry.msgstr or entry.msgstr_plural[1])
        if re.search(r"[^\W\d_]{3}", text) and text != translated and entry.msgid != "%(first)s vs %(last)s":
            plain = re.sub(r"<[^>]*>", "\n", entry.msgid).replace("%%", "%")
            pieces = (
                ".+".join(map(re.escape, NAMED.sub("\0", each).split("\0"))) for each in plain.split("\n")
            )
            found += [re.compile(piece) for piece in pieces if re.search(r"[^\W\d_]{3}", piece)]
    return found


def english_words(html: str) -> list[str]:
    return [words for words in Words(html).found for message in MESSAGES if message.fullmatch(words)]


MESSAGES = english()


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("address", [each for each in PAGES if each not in ROBOTS])
def test_a_german_page_has_no_english_words_of_ours(client, settings, address):
    make_german_site()
    if "feed/" in address or address == "/llms.txt":  # the site's language is theirs, whoever asks
        settings.LANGUAGE_CODE = "de"
    response = client.get(address, **GERMAN)
    assert response.status_code == 200
    assert response["Content-Language"] == "de"
    assert english_words(response.content.decode()) == []


@pytest.mark.django_db
@pytest.mark.any_database
def test_the_check_for_english_words_finds_them(client):
    make_site()
    assert len(english_words(text(client, GIG_VS_MANAGEMENT))) > 30


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize(
    ("answers", "said"),
    [("333333", "sprechen für"), ("22", "Noch nicht genug Antworten"), ("1321212121", "Punkte")],
)
def test_a_german_result_has_no_english_words_of_ours(client, answers, said):
    make_german_site()
    address = f"{GIG_VS_MANAGEMENT}decide/"
    names = re.findall(r'name="(question-[^"]*)" value=""', text(client, address))
    sent = client.post(address, dict(zip(names, answers, strict=False)))
    page = text(client, sent["Location"])
    assert said in page
    assert english_words(page) == []
    assert not re.search(r'(?:width|x)="-?\d+,\d', page), "a picture wants points in its numbers"


@pytest.mark.django_db
@pytest.mark.any_database
def test_an_article_speaks_its_own_language_whatever_the_reader_s(client):
    make_german_site()
    page = text(client, GIG_VS_MANAGEMENT)
    assert '<html lang="de">' in page
    assert "Vor- und Nachteile: Microtask gig work" in page
    assert "Zwei bis vier Berufe" not in text(client, "/compare/")


@pytest.mark.django_db
@pytest.mark.any_database
def test_what_is_of_another_language_than_its_page_says_so(client):
    comparison = make_site()
    assert ' lang="en" dir=' not in text(client, GIG_VS_MANAGEMENT)
    documents.restore(documents.compose(comparison) | {"language": "de"})
    publish(comparison)
    page = text(client, GIG_VS_MANAGEMENT)
    for whole in (
        '<li class="point point-pro"',
        '<dl class="facts"',
        '<ul class="platforms"',
        '<div class="area"',
    ):
        assert f'{whole} lang="en" dir="ltr">' in page


@pytest.mark.django_db
@pytest.mark.any_database
def test_words_of_another_language_in_a_result_say_so(client):
    comparison = make_site()
    documents.restore(documents.compose(comparison) | {"language": "de"})
    publish(comparison)
    address = f"{GIG_VS_MANAGEMENT}decide/"
    names = re.findall(r'name="(question-[^"]*)" value=""', text(client, address))
    page = text(client, client.post(address, dict.fromkeys(names, "2"))["Location"])
    english = 'lang="en" dir="ltr"'
    assert f"<legend {english}>How much experience?</legend>" in page
    assert f"Ihre Antwort: <span {english}>experience some</span> (50)" in page
    assert f"<span {english}>On experience it stands here.</span>" in page
    assert f"„<span {english}>How much experience?</span>“" in page
    comparison = documents.restore(documents.compose(comparison) | {"language": "en"})
    publish(comparison)
    assert english not in text(client, client.post(address, dict.fromkeys(names, "2"))["Location"])


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/articles/nothing/", 404, "Unter dieser Adresse gibt es keinen Artikel."),
        ("/articles/?page=x", 404, "Diese Seite gibt es nicht."),
        ("/compare/?path=one", 422, "Bitte wählen Sie zwei bis vier verschiedene Wege aus."),
        ("/search/?q=-", 200, "Geben Sie mindestens ein Wort ein."),
    ],
)
def test_what_goes_wrong_is_said_in_german(client, address, status, said):
    response = client.get(address, **GERMAN)
    page = response.content.decode()
    assert response.status_code == status
    assert said in page
    assert english_words(page) == []


@pytest.mark.django_db
@pytest.mark.any_database
def test_a_program_gets_the_sentences_of_a_result_in_the_language_of_the_comparison(client):
    make_german_site()
    address = "/api/v1/comparisons/microtask-gig-work-vs-remote-project-management/decision/"
    form = client.get(address).json()
    assert form["importances"][0] == "gar nicht"
    answers = {question["id"]: 3 for question in form["questions"]}
    answered = client.post(address, {"answers": answers}, content_type="application/json").json()
    assert answered["sentence"].startswith("Spricht für Remote project management, ")
    assert re.search(r"\d,\d Punkte", answered["sentence"])
    assert (
        client.post(address, {}, content_type="application/json").json()["missing"][0].startswith("Es fehlen")
    )


# --- Numbers and lists ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "fact", "written"),
    [
        ("en", ("1250.5", "2000", "USD", "month"), "USD 1,250.50–2,000.00 per month"),
        ("de", ("1250.5", "2000", "USD", "Monat"), "1.250,50–2.000,00 USD pro Monat"),
        ("en", ("-1.5", "2", "°C", ""), "−1.5 to 2 °C"),
        ("de", ("-1.5", "2", "°C", ""), "−1,5 bis 2 °C"),
        ("en", ("95", "98.5", "%", ""), "95–98.5%"),
        ("de", ("95", "98.5", "%", ""), "95–98,5 %"),
        ("en", ("4", "4", "% of workers", ""), "4% of workers"),
        ("de", ("4", "4", "% der Arbeitenden", ""), "4 % der Arbeitenden"),
    ],
)
def test_figures_are_written_as_the_language_writes_them(language, fact, written):
    with override(language):
        shown = figure(dict(zip(("low", "high", "unit", "period"), fact, strict=True)))
    assert shown.replace("\N{NO-BREAK SPACE}", " ") == written


def test_points_have_the_decimal_sign_of_the_language():
    with override("de"):
        assert (rounded(5), rounded(-1), rounded(0)) == ("5,0", "−1,0", "0,0")


@pytest.mark.parametrize(("language", "written"), [("en", "12.5%"), ("de", "12,5\N{NO-BREAK SPACE}%")])
def test_shares_have_the_decimal_sign_and_the_space_of_the_language(language, written):
    with override(language):
        assert percent(Fraction(1, 8)) == written


@pytest.mark.parametrize(("language", "written"), [("en", "a, b and c"), ("de", "a, b und c")])
def test_lists_end_as_the_language_ends_them(language, written):
    with override(language):
        assert enumerations.both("abc") == written
        assert enumerations.both("a") == "a"

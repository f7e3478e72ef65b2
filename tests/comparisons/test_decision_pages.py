"""The decision form and its result as a reader meets them."""

import html
import re
import string
from base64 import urlsafe_b64encode
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import documents, publishing
from comparisons.models import CareerPath, QuestionBank
from tests.base import at, queries, soon
from tests.makers import golden, golden_answers, make_comparison, make_path, publish

pytestmark = pytest.mark.django_db
ADDRESS = "/compare/microtask-gig-work-vs-remote-project-management/"


@pytest.fixture
def comparison():
    return golden()


def post(client, answers, importances=()):
    data = {f"question-{pk}": str(option) for pk, option in answers.items()}
    return client.post(
        f"{ADDRESS}decide/", data | {f"importance-{pk}": str(i) for pk, i in dict(importances).items()}
    )


def plain(response):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def result_of(client, answers):
    response = post(client, answers)
    assert response.status_code == 303
    return client.get(response["Location"])


def test_the_golden_reader_gets_the_golden_result(client, comparison):
    shown = plain(result_of(client, golden_answers(comparison)))
    for figure in (
        "82.5",
        "68.0",
        "14.5",
        "3.5 towards Remote project management",
        "6.0 towards Microtask gig work",
        "0.5 towards Microtask gig work",
        "1.0 towards Microtask gig work",
        "10.5 towards Microtask gig work",
        "based on 10 of 10 answers",
    ):
        assert figure in shown.replace("Based", "based"), figure
    assert "Your answers lean towards Microtask gig work" in shown


@pytest.mark.any_database
@pytest.mark.parametrize("language", ["en", "de"])
def test_words_of_the_question_bank_are_never_markup(client, comparison, language):
    bank = documents.compose(QuestionBank.objects.get())
    for criterion in bank["criteria"]:
        criterion["name"] = f"<i>{criterion['name']}</i> & more"
        for question in criterion["questions"]:
            question["prompt"] = f"<i>{question['slug']}</i> & how much?"
            question["options"] = [f"<i>{option}</i>" for option in question["options"]]
    for each in (bank, documents.compose(comparison) | {"language": language}):
        publish(documents.restore(each))
    shown = result_of(client, golden_answers(comparison)).content.decode()
    assert shown.count("&lt;i&gt;repetition&lt;/i&gt; &amp; how much?") >= 2
    assert re.search(r"[“„](<span[^>]*>)?&lt;i&gt;[a-z-]+&lt;/i&gt; &amp; how much\?", shown), "in a sentence"
    assert "<i>" not in shown
    assert "&amp;lt;" not in shown


def test_a_result_is_private_to_whoever_has_the_link(client, comparison):
    response = result_of(client, golden_answers(comparison))
    assert response["Cache-Control"] == "private"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"


def test_the_steps_of_the_way_to_a_result_stand_apart(client, comparison):
    page = result_of(client, golden_answers(comparison)).content.decode()
    way = re.search(r'<nav class="crumbs".*?</nav>', page, re.DOTALL)[0]
    assert len(re.split(r"</li>\s+<li>", way)) == 4


def test_no_answer_is_stored(client, comparison):
    client.defaults["HTTP_USER_AGENT"] = (
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    )
    with queries() as found:
        result_of(client, golden_answers(comparison))
    written = [sql for sql in found if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql.split()[2].strip('"') for sql in written] == [
        "comparisons_leancounter",
        "comparisons_questioncounter",
    ]


def test_too_few_answers_give_no_verdict_and_say_what_is_missing(client, comparison):
    some = dict(list(golden_answers(comparison).items())[:3])
    shown = plain(result_of(client, some))
    assert "Not enough answers yet" in shown
    assert "3 more answers needed" in shown


def test_no_answer_at_all_is_a_result_too(client, comparison):
    assert "Not enough answers yet" in plain(result_of(client, {}))


def test_all_middle_answers_are_too_close_to_call(client, comparison):
    shown = plain(result_of(client, dict.fromkeys(golden_answers(comparison), 2)))
    assert "Too close to call" in shown
    assert "Too close to call:" not in shown, "said twice"
    assert "Remote project management and Microtask gig work are 4.5 points apart" in shown


def test_what_speaks_for_a_path_is_no_negative_number(client, comparison):
    """A minus towards one path would be a plus towards the other."""
    unimportant = QuestionBank.objects.get().criteria.order_by("position").first()
    link = post(client, golden_answers(comparison), {unimportant.pk: 0})["Location"]
    shown = plain(client.get(link))
    assert re.search(r"[−+]\d", shown) is None
    assert re.search(r"Part of the distance: \d+\.\d points towards Remote project management", shown)
    assert "No part of the distance" in shown


def test_a_link_means_the_same_after_the_ratings_changed(client, comparison):
    link = post(client, golden_answers(comparison))["Location"]
    before = client.get(link)
    path = CareerPath.objects.get(title="Microtask gig work")
    document = documents.compose(path)
    for rating in document["ratings"]:
        rating["value"] = 100 - rating["value"]
    documents.restore(document)
    publish(path, override="To see that the link stays.")
    after = plain(client.get(link))
    assert "82.5" in after
    assert "68.0" in after
    assert plain(before).split("Based on")[1][:40] in after
    assert "have changed since" in after


def test_a_link_of_a_withdrawn_comparison_is_gone(client, comparison):
    link = post(client, golden_answers(comparison))["Location"]
    publishing.withdraw(comparison, by=None)
    assert client.get(link).status_code == 410


def test_a_link_survives_a_new_slug(client, comparison):
    link = post(client, golden_answers(comparison))["Location"]
    documents.restore(documents.compose(comparison) | {"slug": "gigs-or-projects"})
    publish(comparison)
    moved = client.get(link)
    assert moved.status_code == 301
    assert "82.5" in plain(client.get(moved["Location"]))


@pytest.mark.parametrize("code", ["x", "AAAA", "é" * 5, "A" * 400, "EAAAAAAAAAAA", "-" * 28])
def test_a_damaged_code_gets_a_clear_page(client, comparison, code):
    response = client.get(f"{ADDRESS}decide/{code}/")
    assert response.status_code == 400
    assert "link" in plain(response)


@pytest.mark.parametrize("rest", ["x/", "?answers=x"])
def test_that_page_speaks_the_language_of_the_comparison(client, comparison, rest):
    documents.restore(documents.compose(comparison) | {"language": "de"})
    publish(comparison)
    response = client.get(f"{ADDRESS}decide/{rest}")
    assert "Dieses Ergebnis" in plain(response)
    assert '<html lang="de"' in response.text
    assert response["Content-Language"] == "de"


def test_a_code_from_the_future_is_refused(client, comparison):
    with at(soon(hours=5)):
        link = post(client, golden_answers(comparison))["Location"]
    assert client.get(link).status_code == 400


def test_a_code_of_another_comparison_is_refused(client, comparison):
    link = post(client, golden_answers(comparison))["Location"]
    other = make_comparison(*comparison.paths.all(), title="Another")
    publish(other)
    response = client.get(link.replace(comparison.slug, "another"))
    assert response.status_code == 400


def test_answers_that_the_form_does_not_offer_are_named(client, comparison):
    question = next(iter(golden_answers(comparison)))
    for wrong in ("5", "-1", "x", "1.5"):
        response = post(client, {question: wrong})
        assert response.status_code == 422
        assert "choose one of the options shown" in plain(response)
    assert post(client, {"not-a-question": 1}).status_code == 422


def test_what_was_chosen_stays_chosen_where_an_answer_is_wrong(client, comparison):
    first, second, *_ = golden_answers(comparison)
    page = post(client, {first: "9", second: "3"}).content.decode()
    assert page.count(" checked") == 1
    assert f'name="question-{second}" value="3" checked' in page


def test_a_result_leads_to_its_answers_to_change_one(client, comparison):
    answers = golden_answers(comparison)
    first, *others = answers
    criterion = QuestionBank.objects.get().criteria.first().pk
    link = post(client, {pk: answers[pk] for pk in others}, {criterion: 4})["Location"]
    html = client.get(link).content.decode()
    (revise, *_) = re.findall(r'href="([^"]+\?answers=[^"#]+)"', html)
    assert f'href="{revise}#question-{first}">Answer it<' in html
    assert f'href="{revise}#question-{others[0]}">Change this answer<' in html
    response = client.get(revise)
    page = response.content.decode()
    assert page.count(" checked") == len(others) + 1
    assert all(f'name="question-{pk}" value="{answers[pk]}" checked' in page for pk in others)
    assert f'name="importance-{criterion}" value="4" checked' in page
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("private", "no-referrer")
    assert " checked" not in client.get(f"{ADDRESS}decide/").content.decode()


@pytest.mark.parametrize("code", ["x", "é" * 5, "A" * 400, "\0"])
def test_answers_that_cannot_be_read_are_not_guessed(client, comparison, code):
    response = client.get(f"{ADDRESS}decide/", {"answers": code})
    assert response.status_code == 400
    assert "Answer the questions afresh" in plain(response)


def test_answers_to_what_is_no_longer_asked_are_left_out(client, comparison):
    answers = golden_answers(comparison)
    link = post(client, answers)["Location"]
    first = next(iter(answers))
    path = CareerPath.objects.get(title="Microtask gig work")
    document = documents.compose(path)
    document["ratings"] = [each for each in document["ratings"] if each["question"] != first]
    documents.restore(document)
    publish(path, override="To see what becomes of the answers.")
    page = client.get(f"{ADDRESS}decide/", {"answers": link.split("/")[-2]}).content.decode()
    assert page.count(" checked") == len(answers) - 1
    offered = re.findall(r'#(question-[^"]+)">Change this answer', client.get(link).text)
    assert len(offered) == len(answers) - 1
    assert all(f'id="{each}"' in page for each in offered)


def test_a_form_from_another_site_is_refused(client, comparison):
    response = client.post(f"{ADDRESS}decide/", {}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    for origin in ("https://evil.example", "null", "http://["):
        assert client.post(f"{ADDRESS}decide/", {}, headers={"Origin": origin}).status_code == 403


def test_a_comparison_of_unrated_paths_has_no_form(client):
    publish(make_comparison(make_path("One"), make_path("Two")), with_required=True)
    assert client.get("/compare/one-vs-two/decide/").status_code == 404
    assert "/decide/" not in client.get("/compare/one-vs-two/").content.decode()


def test_an_expired_source_widens_the_band(client, comparison):
    path = CareerPath.objects.get(title="Microtask gig work")
    document = documents.compose(path)
    source = {
        "id": "7a0c2a52-4dd0-4c3b-9a0c-0d5f2b6f8f10",
        "publisher": "P",
        "title": "T",
        "valid_until": "2020-01-01",
    }
    document["sources"] = [source]
    for rating in document["ratings"]:
        rating["sources"] = [source["id"]]
        rating["uncertainty"] = 20
    documents.restore(document)
    publish(path, override="To see the wider band.")
    assert "Too close to call" not in plain(result_of(client, golden_answers(comparison)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    code=st.one_of(
        st.text(min_size=1, max_size=200),
        st.text(alphabet=string.ascii_letters + string.digits + "-_", min_size=1, max_size=130),
        st.binary(min_size=1, max_size=60).map(lambda data: urlsafe_b64encode(data).decode().rstrip("=")),
    )
)
def test_no_code_whatever_breaks_the_page_or_the_api(client, comparison, code):
    for address in (f"{ADDRESS}decide/", f"/api/v1{ADDRESS.replace('compare', 'comparisons')}decision/"):
        response = client.get(f"{address}{quote(code.encode(errors='replace'), safe='')}/")
        assert response.status_code in (400, 404), code

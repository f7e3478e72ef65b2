"""What would change a result and how sure it is: the worked example's figures on the page and in the API."""

import re

import pytest

from comparisons.models import QuestionBank
from tests.comparisons.test_decision_pages import ADDRESS, plain, post, result_of
from tests.makers import (
    golden,
    golden_answers,
    golden_paths,
    make_comparison,
    make_path,
    publish,
    questions,
    ratings,
)

pytestmark = pytest.mark.django_db
DECISION = f"/api/v1/comparisons/{ADDRESS.split('/')[2]}/decision/"
FAIRNESS = f"/api/v1/comparisons/{ADDRESS.split('/')[2]}/fairness/"


@pytest.fixture
def comparison():
    return golden()


def answered(client, answers, **more):
    return client.post(DECISION, {"answers": answers, **more}, content_type="application/json").json()


def test_the_page_says_what_would_change_it(client, comparison):
    shown = plain(result_of(client, golden_answers(comparison)))
    for slug in ("project-length", "company"):
        options = f"“{slug} much” or “{slug} most”"
        assert f"Another answer to “How much {slug}?”, {options}, would make it too close to call." in shown
    assert "No single answer makes it lean towards Remote project management; it takes two." in shown


def test_the_page_says_in_how_many_weightings_the_leader_stays_ahead(client, comparison):
    response = result_of(client, golden_answers(comparison))
    shown = plain(response)
    assert "weighed the five areas differently, Microtask gig work would stay ahead in 93.73%" in shown
    assert "93.73% of all weightings" in response.content.decode()
    assert "That is not a chance of success." in shown


def test_an_estimated_share_claims_no_more_than_its_draws_can_tell(client):
    paths = golden_paths()
    ids = questions(QuestionBank.objects.get())
    rows = [each | {"value": 50} for each in ratings(ids, 3)]
    paths.append(make_path("Online tutoring", ratings=rows))
    publish(paths[-1])
    comparison = publish(make_comparison(*paths), override="The third stands in the middle of everything.")
    sent = {f"question-{pk}": str(option) for pk, option in golden_answers().items()}
    shown = plain(client.get(client.post(f"/compare/{comparison.slug}/decide/", sent)["Location"]))
    assert re.search(r"stay ahead in \d+\.\d% of all weightings \(estimated from 10,000 draws\)", shown)


def test_programs_get_the_same(client, comparison):
    answers = golden_answers(comparison)
    ids = list(answers)
    result = answered(client, answers)
    changes = result["changes"]
    assert [(each["question"], each["option"]) for each in changes["answers"]] == [
        (ids[4], 3),
        (ids[4], 4),
        (ids[8], 3),
        (ids[8], 4),
    ]
    assert {each["verdict"] for each in changes["answers"]} == {"too_close_to_call"}
    assert changes["fewest_to_tie"] == {"answers": 1, "exact": True}
    assert changes["fewest_to_lean"] == {"answers": 2, "exact": True}
    shares = result["weightings"]
    assert round(shares["leads"][result["leader"]], 4) == 0.9373
    assert shares["draws"] is None
    both = answered(client, answers | {ids[4]: 4, ids[8]: 4})
    assert (both["margin"], both["leader"]) == (8.5, result["runner_up"])


def test_the_page_of_a_link_and_the_api_say_the_same(client, comparison):
    link = post(client, golden_answers(comparison))["Location"]
    reopened = client.get(f"{DECISION}{link.rstrip('/').rpartition('/')[2]}/").json()
    assert f"{reopened['weightings']['leads'][reopened['leader']] * 100:.2f}%" in plain(client.get(link))


def test_without_a_verdict_there_is_nothing_to_say(client, comparison):
    result = answered(client, {})
    assert result["changes"] == {
        "answers": [],
        "importances": [],
        "fewest_to_tie": None,
        "fewest_to_lean": None,
    }
    assert result["weightings"] is None


def test_importances_that_are_all_zero_give_no_verdict(client, comparison):
    criteria = client.get(DECISION).json()["criteria"]
    zeros = {criterion["id"]: 0 for criterion in criteria}
    result = answered(client, golden_answers(comparison), importances=zeros)
    assert result["verdict"] == "not_enough_answers"
    assert result["missing"]


def test_the_fairness_report_has_the_figures_of_the_worked_example(client, comparison):
    report = client.get(FAIRNESS).json()
    names = {path["id"]: path["name"] for path in client.get(DECISION).json()["paths"]}
    leaning = {names[path]: round(share, 4) for path, share in report["leaning"].items()}
    assert leaning == {"Microtask gig work": 0.2712, "Remote project management": 0.4058}
    assert [round(each["mean"], 9) for each in report["margins"]] == [-2.0]
    assert (report["middle"]["margin"], report["middle"]["verdict"]) == (4.5, "too_close_to_call")
    assert report["draws"] is None
    assert not [finding for finding in report["findings"] if finding["level"] == "stops"]


def test_there_is_no_report_where_nothing_is_asked(client):
    assert client.get("/api/v1/comparisons/nothing-at-all/fairness/").status_code == 404

"""Checking links: by the command and by the job, a little at a time, once each."""

from datetime import timedelta
from io import StringIO
from itertools import islice

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import publishing
from articles.external_links import checking, reporting, turn, uses
from articles.models import ExternalLink, LinkCheck
from tests.articles.test_link_asking import manner
from tests.base import DAY, HOUR, at, queries
from tests.jobs import work
from tests.makers import make_article, publish
from tests.servers import leading_to, site, status

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_a_hurry(settings, monkeypatch):
    settings.LINK_DELAY = 0
    monkeypatch.setattr(checking, "manner", manner)


@pytest.fixture
def other():
    with site() as found:
        yield found


def linking(*addresses, title="Linking"):
    body = "".join(f'<p><a href="{address}">See</a></p>' for address in addresses)
    article = make_article(title, sections=[{"role": "introduction", "body": body}])
    publishing.record(article, by=None)
    return article


def results():
    return dict(ExternalLink.objects.order_by("url").values_list("url", "result"))


def run(*arguments):
    """What the command says, and its exit status."""
    said = StringIO()
    try:
        call_command("check_links", *arguments, stdout=said)
    except CommandError as error:
        return said.getvalue() + str(error), error.returncode
    return said.getvalue(), 0


@pytest.fixture
def four(other):
    """Links to a site that answers in four ways."""
    other.pages |= {"/good": status(200), "/old": leading_to("/good"), "/busy": status(500)}
    addresses = [other.address(path) for path in ("/good", "/old", "/busy", "/gone")]
    return linking(*addresses)


def test_the_command_sums_up_and_says_what_is_broken(four, other):
    said, code = run()
    assert code == 1
    assert "4 checked: 1 good, 1 moved for good, 1 temporary trouble, 1 broken." in said
    assert f"Broken: {other.address('/gone')}\n    404 Not Found." in said
    assert f"Use {other.address('/good')} instead." in said
    assert sorted(results().values()) == ["broken", "good", "moved", "trouble"]
    link = ExternalLink.objects.get(result="moved")
    assert (link.suggestion, link.status) == (other.address("/good"), 200)
    assert link.next_check_at > link.checked_at == link.last_good_at


def test_what_is_not_due_is_checked_only_when_all_is(four, other):
    run()
    asked = len(other.asked)
    assert run() == ("0 checked.\n", 0)
    assert len(other.asked) == asked
    assert "4 checked" in run("--all")[0]


def test_some_can_be_chosen_by_number_and_by_host(other):
    linking(*(other.address(f"/{n}", host) for n in range(3) for host in ("127.0.0.1", "localhost")))
    assert "1 checked: 1 broken.\n5 more are due." in run("--limit", "1")[0]
    assert "checked: " in run("--host", "LOCALHOST")[0]
    assert set(ExternalLink.objects.due(timezone.now()).values_list("host", flat=True)) == {"127.0.0.1"}
    assert run("--limit", "0")[1] == 2


def test_a_second_run_leaves_it_to_the_first(four):
    with turn.taken():
        said, code = run()
    assert code == 2
    assert "being checked already" in said
    assert run()[1] == 1


def test_a_run_that_was_killed_is_gone_on_with_and_nothing_is_checked_twice(other):
    linking(*(other.address(f"/{n}") for n in range(6)))
    uses.settle(timezone.now())
    killed = turn.taken()
    links = checking.check(killed.__enter__(), ExternalLink.objects.due(timezone.now()), most=6)
    done = {link.url for link in islice(links, 3)}
    with at(timezone.now() + 2 * turn.LAPSE):
        assert "3 checked" in run()[0]
    with pytest.raises(turn.Lost):
        next(links)
    written = [each.removeprefix("HEAD ") for each in other.asked if each.startswith("HEAD")]
    assert len(done) == 3
    assert all(written.count(url.removeprefix(other.address(""))) == 1 for url in done)
    assert len(results()) == 6


def test_what_is_written_down_is_written_before_the_next_of_its_host_is_asked_for(other):
    linking(*(other.address(f"/{n}") for n in range(3)))
    uses.settle(timezone.now())
    with turn.taken() as held:
        for number, link in enumerate(checking.check(held, ExternalLink.objects.all(), most=9), start=1):
            stored = ExternalLink.objects.get(pk=link.pk)
            assert (stored.result, stored.checked_at) == (link.result, link.checked_at)
            assert LinkCheck.objects.get().checked == number
            assert len(other.asked) == 2 * number


def test_a_host_that_wants_to_be_left_alone_is(other):
    other.pages |= {f"/{n}": status(429, Retry_After="7200") for n in range(4)}
    linking(*(other.address(f"/{n}") for n in range(4)))
    for arguments in ((), ("--all",)):
        other.asked.clear()
        assert "1 checked: 1 temporary trouble" in run(*arguments)[0]
        assert len(other.asked) == 1
    assert not ExternalLink.objects.due(timezone.now() + HOUR).exists()
    other.pages.clear()
    with at(timezone.now() + DAY):
        assert "4 checked: 4 broken" in run()[0]


def test_a_host_is_asked_no_sooner_than_after_the_delay(other, settings):
    settings.LINK_DELAY = 0.2
    other.pages |= {f"/{n}": status(200) for n in range(3)}
    linking(*(other.address(f"/{n}") for n in range(3)))
    began = timezone.now()
    run()
    assert timezone.now() - began >= timedelta(seconds=0.4)
    assert len(other.asked) == 3


def test_no_host_keeps_the_others_waiting(other, monkeypatch):
    monkeypatch.setattr(checking, "SLICE", 4)
    monkeypatch.setattr(checking, "OF_ONE_HOST", 2)
    linking(*(other.address(f"/{n}") for n in range(9)))
    linking(*(other.address(f"/{n}", "localhost") for n in range(2)), title="Later")
    uses.settle(timezone.now())
    with turn.taken() as held:
        first = list(islice(checking.check(held, ExternalLink.objects.all(), most=11), 4))
    assert sorted(link.host for link in first) == ["127.0.0.1", "127.0.0.1", "localhost", "localhost"]


def test_an_unknown_host_is_broken_unless_this_machine_may_be_cut_off(other):
    nowhere = f"http://{'.'.join(['a' * 60] * 5)}.example/"  # longer than any name may be
    linking(nowhere)
    assert "1 temporary trouble" in run()[0]
    assert "may be cut off" in ExternalLink.objects.get().words
    other.pages["/"] = status(200)
    linking(other.address(), title="Good")
    assert "1 good, 1 broken" in run("--all")[0]
    assert ExternalLink.objects.get(url=nowhere).words.startswith("There is no host")


# --- By a job ------------------------------------------------------------------------------------


def test_the_job_does_what_is_due_in_slices(other, monkeypatch):
    monkeypatch.setattr(checking, "SLICE", 2)
    linking(*(other.address(f"/{n}") for n in range(5)))
    assert checking.begin()
    assert not checking.begin()  # that waits
    work()
    assert list(results().values()) == ["broken"] * 5
    assert {job.status for job in DBTaskResult.objects.all()} == {"SUCCESSFUL"}
    assert len([each for each in other.asked if each.startswith("HEAD")]) == 5
    assert checking.begin()


def test_a_job_that_finds_another_run_under_way_is_tried_again(four):
    with turn.taken():
        checking.begin()
        work()
        assert results() == {}
    with at(timezone.now() + 2 * turn.LAPSE):
        work()
    assert len(results()) == 4
    assert not DBTaskResult.objects.filter(status="READY").exists()


# --- What others ask -------------------------------------------------------------------------------


def test_which_of_some_addresses_are_broken_takes_one_query(four, other):
    run()
    gone = other.address("/gone")
    asked = [f"{gone}#part", gone.replace("http", "HTTP"), other.address("/good"), "/x", "mailto:a@b"]
    with queries() as ran:
        found = reporting.broken(asked)
    assert len(ran) == 1
    assert found.keys() == {*asked[:2]}
    assert found[asked[0]].words == "404 Not Found."
    with queries() as ran:
        assert reporting.broken(["/x"]) == {}
    assert ran == []


def test_how_many_need_attention_takes_one_query(four):
    run()
    with queries() as ran:
        assert reporting.counts() == {"moved": 1, "trouble": 1, "broken": 1}
    assert len(ran) == 1


def test_what_readers_see_is_known_by_what_is_live(four):
    run()
    assert not ExternalLink.objects.live(timezone.now()).exists()
    publish(four)
    assert ExternalLink.objects.live(timezone.now()).count() == 4

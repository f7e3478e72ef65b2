"""Replies in a real browser: written, changed, moderated, followed, and no longer followed, by two people."""

import pytest
from playwright.sync_api import expect

from articles.comments import opened
from articles.models import Comment, Follower
from tests.browser.pages import violations
from tests.makers import make_article, publish
from tests.replies import link_in, mails

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/articles/how-to-read-a-pay-figure/"
ADA = "ada@example.org"


def test_a_reply_from_writing_to_unsubscribing(page, desk_of, live_server, monkeypatch):
    monkeypatch.setattr(opened, "SOONEST", opened.SOONEST * 0)  # nobody waits for three seconds here
    publish(make_article())

    # Ada replies, and wants to follow; the script has asked for the stamp, so there is one step.
    page.goto(PAGE)
    page.locator("textarea[name=text]").fill("It is sixty, see https://example.org/figures.")
    page.locator("input[name=name]").fill("Ada")
    page.locator("input[name=email]").fill(ADA)
    page.get_by_label("Mail me when others reply").check()
    expect(page.locator("input[name=opened]")).not_to_have_value("")
    page.wait_for_timeout(1100)  # the stamp counts whole seconds
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("waiting for approval")
    assert page.context.cookies() == []
    assert violations(page) == []

    # She changes it by her own link, and confirms by mail.
    page.locator("textarea[name=text]").fill("It is six, see https://example.org/figures.")
    page.get_by_role("button", name="Save the changes").click()
    expect(page.locator(".reply-text")).to_contain_text("It is six")
    mine = page.url
    page.goto(link_in(mails(ADA)[0], "confirm"))
    page.get_by_role("button", name="Yes, it is mine").click()
    expect(page.locator("main")).to_contain_text("Other replies are told to ada@example.org")
    assert Follower.objects.get().confirmed_at

    # A moderator reads and approves.
    desk = desk_of("mona", group="Moderator")
    desk.goto(f"{live_server.url}/admin/articles/comment/?status__exact=waiting")
    desk.locator("#result_list tbody input[type=checkbox]").check()
    desk.locator("select[name=action]").select_option("approve")
    desk.locator("button[name=index]").click()
    expect(desk.locator(".messagelist")).to_contain_text("1 now approved")
    page.goto(mine)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your reply has appeared")
    page.goto(PAGE)
    link = page.locator(".reply-text a")
    expect(link).to_have_attribute("rel", "nofollow ugc")

    # Ben answers; Ada is told, and ends that with one click.
    page.locator(".reply-answer a").click()
    page.locator("textarea[name=text]").fill("I agree.")
    page.locator("input[name=name]").fill("Ben")
    page.wait_for_timeout(1100)
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("waiting for approval")
    answer = Comment.objects.get(name="Ben")
    assert answer.parent.name == "Ada"
    desk.goto(f"{live_server.url}/admin/articles/comment/{answer.pk}/change/")
    desk.locator("select[name=status]").select_option("approved")
    desk.locator("input[name=_save]").click()
    expect(desk.locator(".messagelist")).to_contain_text("changed successfully")
    told = mails(ADA)[-1]
    assert "> I agree." in told.body
    page.goto(link_in(told, "unsubscribe"))
    page.get_by_role("button", name="End these mails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("No more mail about these replies")
    assert not Follower.objects.exists()

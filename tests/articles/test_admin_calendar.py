"""The calendar: what went live and will, by month."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from articles import publishing
from articles.admin import month
from articles.admin.month import Entry
from tests.base import at, queries
from tests.makers import make_article, make_user, publish

NOW = datetime(2030, 5, 15, 9, tzinfo=UTC)
CALENDAR = "/admin/calendar/"


def entry(day, hour=9, **more):
    return Entry(datetime(2030, 5, day, hour, tzinfo=UTC), "Piece", "/", **more)


def test_a_month_is_whole_weeks_from_monday_and_days_outside_are_empty():
    weeks = month.weeks(date(2030, 5, 15), [entry(1), entry(31)], UTC)
    assert [len(week) for week in weeks] == [7] * 5
    assert (weeks[0][0].date, weeks[0][0].is_within) == (date(2030, 4, 29), False)
    assert [day.date.day for week in weeks for day in week if day.entries] == [1, 31]


def test_entries_of_a_day_stand_by_time_and_no_more_than_a_few():
    [day] = [
        day
        for week in month.weeks(date(2030, 5, 1), [entry(3, hour) for hour in range(20, 10, -1)], UTC)
        for day in week
        if day.entries
    ]
    assert [each.at.hour for each in day.shown] == [11, 12, 13, 14, 15, 16]
    assert day.further == 4


@pytest.mark.parametrize(
    ("shown", "before", "after"),
    [
        (date(2030, 1, 31), date(2029, 12, 1), date(2030, 2, 1)),
        (date(2030, 12, 1), date(2030, 11, 1), date(2031, 1, 1)),
        (date(2028, 2, 29), date(2028, 1, 1), date(2028, 3, 1)),
    ],
)
def test_the_months_beside_a_month(shown, before, after):
    assert (month.before(shown), month.after(shown)) == (before, after)


def test_a_month_begins_and_ends_at_midnight_of_the_site():
    start, end = month.bounds(date(2030, 3, 9), ZoneInfo("Europe/Berlin"))
    assert (start.isoformat(), end.isoformat()) == ("2030-03-01T00:00:00+01:00", "2030-04-01T00:00:00+02:00")


@pytest.fixture
def editor(client, db):
    with at(NOW):  # a login doesn't last for years
        client.force_login(make_user("edith", group="Editor"))


def days(response):
    """What stands on which day."""
    cells = re.findall(r'datetime="([\d-]+)".*?</time>(.*?)</td>', response.content.decode(), re.DOTALL)
    words = ((day, " ".join(re.sub(r"<[^>]+>", " ", cell).split())) for day, cell in cells)
    return {day: said for day, said in words if said}


@pytest.mark.any_database
def test_what_was_and_will_be_live_stands_on_its_day(client, editor):
    with at(datetime(2030, 5, 2, 8, tzinfo=UTC)):
        publish(make_article("Out"))
        publishing.schedule(make_article("Later"), by=None, at=NOW.replace(day=20), until=NOW.replace(day=30))
        publishing.schedule(make_article("In June"), by=None, at=NOW.replace(month=6))
    with at(NOW):
        page = client.get(CALENDAR)
        assert days(page) == {
            "2030-05-02": "08:00 Out",
            "2030-05-20": "09:00 Later",
            "2030-05-30": "09:00 ends Later",
        }
        html = page.content.decode()
        assert html.count('aria-current="date"') == 1
        assert 'href="?month=2030-06"' in html
        assert days(client.get(f"{CALENDAR}?month=2030-06")) == {"2030-06-15": "09:00 In June"}
        assert "Nothing went live or will" in client.get(f"{CALENDAR}?month=2031-01").content.decode()


@pytest.mark.any_database
def test_a_day_with_many_leads_to_the_list_of_just_these(client, editor):
    with at(NOW):
        for number in range(8):
            publish(make_article(f"Piece {number}"))
        with queries() as asked:
            page = client.get(CALENDAR).content.decode()
        assert len(asked) <= 6
        address = re.search(r'<a href="([^"]+)">2 more', page)[1]
        listed = client.get(address.replace("&amp;", "&")).content.decode()
        assert listed.count('class="field-title"') == 8
        other = address.replace("2030-05-15", "2030-05-10").replace("2030-05-16", "2030-05-11")
        assert 'class="field-title"' not in client.get(other.replace("&amp;", "&")).content.decode()


@pytest.mark.parametrize("text", ["2030-13", "May", "2030-05-01", "1989-01", "2200-01", "%00"])
def test_what_is_no_month_says_how_one_is_written(client, editor, text):
    assert client.get(f"{CALENDAR}?month={text}").status_code in (400, 404)


@pytest.mark.parametrize("text", ["1990-01", "2199-12"])
def test_the_first_and_the_last_month_have_one_neighbour(client, editor, text):
    page = client.get(f"{CALENDAR}?month={text}").content.decode()
    assert page.count('rel="prev"') + page.count('rel="next"') == 1

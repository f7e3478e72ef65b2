"""What somebody typed and has not saved: one slot per person and article, and none after a save."""

from uuid import uuid4

import pytest
from django.utils import timezone

from articles import open_forms, unsaved
from articles.models import UnsavedWork
from tests.base import HOUR
from tests.makers import make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def edith():
    return make_user("edith")


@pytest.fixture
def slot(edith):
    return unsaved.Slot(edith, "article", make_article())


def typed(page, title="Typed", *, sequence=1, saved=0, based_on=3):
    return unsaved.Typed({"title": [title]}, page, based_on, sequence, saved)


def keep(slot, *arguments, **options):
    return unsaved.keep(slot, typed(*arguments, **options), timezone.now())


def title(slot):
    work = unsaved.found(slot)
    return work and work.fields["title"][0]


def test_a_slot_is_written_over_by_whichever_tab_calls_later(slot):
    first, second = uuid4(), uuid4()
    assert keep(slot, first, "First tab", sequence=7)
    assert keep(slot, second, "Second tab", sequence=1)
    assert title(slot) == "Second tab"
    assert UnsavedWork.objects.count() == 1


def test_a_call_that_was_overtaken_by_a_later_one_of_its_page_changes_nothing(slot):
    page = uuid4()
    keep(slot, page, "Later", sequence=2)
    assert not keep(slot, page, "Earlier", sequence=1)
    assert title(slot) == "Later"


def test_saving_empties_the_slot_and_a_call_on_its_way_does_not_fill_it_again(slot):
    page = uuid4()
    keep(slot, page)
    open_forms.saved(page, slot.article, slot.user, 4, timezone.now())
    unsaved.discard(slot, page)
    assert not keep(slot, page, "On its way", sequence=2)
    assert title(slot) is None
    assert keep(slot, page, "Typed after coming back to the page", sequence=3, saved=4)
    assert unsaved.based_on(unsaved.found(slot)) == 4


def test_a_call_from_the_page_that_made_an_article_comes_too_late_as_well(edith):
    new, page = unsaved.Slot(edith, "article", None), uuid4()
    keep(new, page)
    open_forms.saved(page, make_article(), edith, 1, timezone.now())
    unsaved.discard(new, page)
    assert not keep(new, page, "On its way", sequence=2)
    assert title(new) is None


def test_saving_one_tab_leaves_what_was_typed_in_the_other(slot):
    keep(slot, uuid4(), "The other tab")
    unsaved.discard(slot, uuid4())
    assert title(slot) == "The other tab"


def test_people_articles_and_kinds_have_slots_of_their_own(slot):
    others = [
        unsaved.Slot(make_user("arthur"), "article", slot.article),
        unsaved.Slot(slot.user, "article", make_article("Another")),
        unsaved.Slot(slot.user, "article", None),
        unsaved.Slot(slot.user, "comparison", None),
    ]
    keep(slot, uuid4())
    assert [title(other) for other in others] == [None] * 4
    for number, other in enumerate(others):
        assert keep(other, uuid4(), str(number))
    assert [title(each) for each in (slot, *others)] == ["Typed", "0", "1", "2", "3"]


def test_what_goes_on_in_a_new_page_is_the_new_page_s(slot):
    old, new = uuid4(), uuid4()
    keep(slot, old, sequence=9)
    work = unsaved.take_up(slot, new)
    assert unsaved.form_fields(work) == {"title": ["Typed"], "page": [str(new)], "based_on": ["3"]}
    assert keep(slot, new, "Gone on", sequence=1)
    unsaved.discard(slot, old)
    assert title(slot) == "Gone on"


def test_who_switches_keeping_off_has_nothing_kept_any_more(slot):
    keep(slot, uuid4())
    unsaved.want(slot.user, False)
    assert not keep(slot, uuid4())
    assert not UnsavedWork.objects.exists()
    unsaved.want(slot.user, True)
    assert keep(slot, uuid4())


def test_more_than_a_slot_holds_is_refused_and_what_was_kept_stays(slot):
    page = uuid4()
    keep(slot, page)
    with pytest.raises(unsaved.TooLarge, match="Save it"):
        keep(slot, page, "x" * unsaved.LARGEST, sequence=2)
    assert title(slot) == "Typed"


@pytest.mark.parametrize("character", ["\x00", "\ud800"])
def test_characters_that_no_database_takes_are_left_out(slot, character):
    fields = {"title": [f"A{character}B"], f"sections-0-{character}heading": ["C"]}
    unsaved.keep(slot, unsaved.Typed(fields, uuid4(), 3, 1, 0), timezone.now())
    kept = unsaved.found(slot)
    assert (title(slot), kept.fields["sections-0-heading"]) == ("AB", ["C"])


def test_what_was_kept_goes_with_its_article_and_its_writer(slot):
    keep(slot, uuid4())
    keep(unsaved.Slot(make_user("arthur"), "article", slot.article), uuid4())
    slot.user.delete()
    assert UnsavedWork.objects.get().user.username == "arthur"
    slot.article.delete()
    assert not UnsavedWork.objects.exists()


def test_an_open_form_is_heard_of_until_it_is_left_or_silent(slot):
    page, start = uuid4(), timezone.now()
    article, edith = slot.article, slot.user
    open_forms.announce(page, article, edith, start)
    open_forms.announce(page, article, edith, start + open_forms.LAPSE / 2)
    assert open_forms.heard_of(article, start + open_forms.LAPSE).get().since == start
    assert not open_forms.heard_of(article, start + 2 * open_forms.LAPSE).exists()
    open_forms.announce(page, article, edith, start + HOUR)
    assert open_forms.heard_of(article, start + HOUR).get().since == start + HOUR
    open_forms.leave(page, edith, start + HOUR)
    assert not article.open_forms.exists()


def test_a_form_that_was_saved_from_is_known_after_it_was_left(slot):
    page, now = uuid4(), timezone.now()
    open_forms.saved(page, slot.article, slot.user, 4, now)
    open_forms.leave(page, slot.user, now)
    assert not open_forms.heard_of(slot.article, now).exists()
    assert open_forms.last_saved(page, slot.article, slot.user) == 4


def test_old_forms_are_forgotten_as_others_arrive(slot):
    now = timezone.now()
    for moment in (now - open_forms.REMEMBERED, now - HOUR):
        open_forms.announce(uuid4(), slot.article, slot.user, moment)
    open_forms.announce(uuid4(), slot.article, slot.user, now)
    assert slot.article.open_forms.count() == 2


def test_nobody_takes_over_the_page_of_somebody_else(slot):
    page, now = uuid4(), timezone.now()
    arthur = make_user("arthur")
    open_forms.announce(page, slot.article, slot.user, now)
    open_forms.announce(page, slot.article, arthur, now)
    open_forms.leave(page, arthur, now)
    assert open_forms.heard_of(slot.article, now).get().user == slot.user

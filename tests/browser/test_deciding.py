"""The decision form in a real browser: in place, one at a time, by keyboard, and when things fail."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import violations
from tests.makers import golden, golden_answers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/compare/microtask-gig-work-vs-remote-project-management/"
FORM = f"{ADDRESS}decide/"
PHONE = {"width": 360, "height": 740}
SCORES = ["82.5", "68.0"]
WATCH = """
    document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
    const complain = ({ hadRecentInput, value }) =>
        !hadRecentInput && value > 0.02 && console.error(`shifted by ${value}`);
    new PerformanceObserver((list) => list.getEntries().forEach(complain))
        .observe({ type: "layout-shift", buffered: true });
"""
STORAGE_OFF = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("Access is denied", "SecurityError") } })"""
COVERED = """element => {
    const shown = element.closest("label") ?? element;
    const { x, y, width, height } = shown.getBoundingClientRect();
    return !shown.contains(document.elementFromPoint(x + width / 2, y + height - 2));
}"""


@pytest.fixture(autouse=True)
def comparison(live_server):
    return golden()


@pytest.fixture
def reader(context, page):
    """A page on which nothing may move by itself, break the policy or be said in the console."""
    told = []
    context.add_init_script(WATCH)
    context.on("console", lambda message: told.append(message.text))
    context.on("weberror", lambda error: told.append(str(error.error)))
    yield page
    assert told == []


@pytest.fixture
def phone(reader):
    reader.set_viewport_size(PHONE)
    return reader


def fields(comparison):
    return {f"question-{pk}": option for pk, option in golden_answers(comparison).items()}


def option(page, name, value):
    return page.locator(f"input[name='{name}'][value='{value}']")


def answer(page, comparison, count=10):
    """All at once, whether they are shown or not."""
    given = list(fields(comparison).items())[:count]
    choose = "document.querySelector(`[name='${name}'][value='${value}']`).click()"
    page.evaluate(f"given => {{ for (const [name, value] of given) {choose} }}", given)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def progress(page):
    return page.locator(".progress")


def verdict(page):
    return page.locator(".so-far-verdict[role=status]")


def scores(page):
    return page.locator(".so-far-scores .number")


def expect_the_result_page(page, figures=SCORES):
    button(page, "Show my result").click()
    expect(page.locator(".result .score")).to_have_text(figures)


# --- The result in place -------------------------------------------------------------------------


def test_the_result_in_place_has_the_numbers_of_the_result_page(reader, comparison):
    reader.goto(FORM)
    answer(reader, comparison)
    expect(verdict(reader)).to_have_text(
        "Leans towards Microtask gig work, 14.5 points ahead of Remote project management."
    )
    expect(scores(reader)).to_have_text(SCORES)
    expect(reader.get_by_text("10 of 10 answered")).to_be_visible()
    expect_the_result_page(reader)


def test_importances_count_and_halves_are_rounded_as_on_the_result_page(reader, comparison):
    reader.goto(FORM)
    answer(reader, comparison)
    reader.get_by_role("group", name="Going up in Structure?").get_by_label("Decisive").check()
    rounded = ["81.3", "68.8"]  # 81.25 and 68.75
    expect(scores(reader)).to_have_text(rounded)
    expect_the_result_page(reader, rounded)


def test_what_is_missing_is_said_until_there_is_a_verdict(reader, comparison):
    reader.goto(FORM)
    expect(verdict(reader)).to_have_text("Answer a question, and your result builds up here.")
    answer(reader, comparison, 3)
    expect(verdict(reader)).to_have_text("Not enough answers yet.")
    expect(reader.locator(".so-far")).to_contain_text("3 more answers needed")
    expect(scores(reader)).to_have_text(["–", "–"])
    option(reader, next(iter(fields(comparison))), "").check()
    expect(reader.locator(".so-far")).to_contain_text("2 of 10 answered")
    expect(reader.locator(".so-far")).to_contain_text("4 more answers needed")


def test_an_unchanged_verdict_is_not_read_out_again(reader, comparison):
    reader.goto(FORM)
    answer(reader, comparison, 1)
    expect(verdict(reader)).to_have_text("Not enough answers yet.")
    verdict(reader).evaluate(
        "element => new MutationObserver(() => console.error('read out'))"
        ".observe(element, { childList: true, characterData: true, subtree: true })"
    )
    answer(reader, comparison, 3)
    expect(reader.locator(".so-far")).to_contain_text("3 more answers needed")


def test_one_request_follows_several_quick_answers(reader, comparison):
    sent = []
    reader.on("request", lambda request: request.method == "POST" and sent.append(request.post_data_json))
    reader.clock.install(time=0)
    reader.goto(FORM)
    reader.clock.pause_at(60)  # quick is what happens in no time
    reader.locator(".importance input").first.check()
    name, value = next(iter(fields(comparison).items()))
    option(reader, name, 0).focus()
    for _ in range(value):
        reader.keyboard.press("ArrowDown")
    assert sent == []
    reader.clock.resume()
    expect(verdict(reader)).to_have_text("Not enough answers yet.")
    importance = reader.locator(".importance").first.get_attribute("id").removeprefix("importance-")
    answers = {name.removeprefix("question-"): value}
    assert sent == [{"answers": answers, "importances": {importance: 0}}]


def test_the_form_is_usable_where_the_result_in_place_fails(page, comparison):
    page.route("**/api/v1/**", lambda route: route.abort())
    page.goto(FORM)
    answer(page, comparison)
    expect(verdict(page)).to_contain_text("can’t be shown here just now")
    expect_the_result_page(page)


def test_a_late_answer_of_the_server_does_not_replace_a_newer_one(reader, comparison):
    held = []
    reader.route("**/decision/", lambda route: route.continue_() if held else held.append(route))
    reader.goto(FORM)
    with reader.expect_request("**/decision/"):
        answer(reader, comparison, 1)
    with reader.expect_event("requestfailed"):
        answer(reader, comparison)
    expect(scores(reader)).to_have_text(SCORES)
    held.pop().abort()


def test_answers_are_there_after_going_back_from_the_result(reader, comparison):
    reader.goto(FORM)
    answer(reader, comparison)
    expect_the_result_page(reader)
    reader.go_back()
    expect(reader.get_by_text("10 of 10 answered")).to_be_visible()
    expect(scores(reader)).to_have_text(SCORES)


def test_an_answer_is_changed_from_the_result_and_the_new_address_copied(phone, comparison):
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.goto(FORM)
    answer(phone, comparison)
    expect_the_result_page(phone)
    before = phone.url
    phone.get_by_role("link", name="Change this answer").nth(2).click()
    expect(phone.get_by_text("10 of 10 answered")).to_be_visible()
    expect(progress(phone)).to_contain_text("Question 3 of 10")
    phone.locator(".question[data-current] input:not(:checked)").first.check()
    button(phone, "Show my result").click()
    phone.wait_for_url(lambda url: url != before and "answers=" not in url)
    button(phone, "Copy").click()
    expect(phone.get_by_role("status").filter(has_text="The address is copied.")).to_be_visible()
    path = phone.evaluate("location.pathname")
    assert phone.evaluate("navigator.clipboard.readText()").endswith(path)


@pytest.mark.parametrize("refused", [False, True])
def test_where_copying_is_refused_the_address_is_chosen_to_be_copied_by_hand(reader, comparison, refused):
    answers = "Promise.reject(new Error())" if refused else "Promise.resolve()"
    reader.add_init_script(f"navigator.clipboard.writeText = () => {answers}")
    reader.goto(FORM)
    answer(reader, comparison)
    expect_the_result_page(reader)
    button(reader, "Copy").press("Enter")
    expect(reader.locator("#link") if refused else button(reader, "Copy")).to_be_focused()
    expect(reader.get_by_text("The address is copied.")).to_have_count(0 if refused else 1)
    chosen = reader.locator("#link").input_value() if refused else ""
    assert reader.evaluate("getSelection().toString()") == chosen


# --- One question at a time ----------------------------------------------------------------------


def test_a_phone_asks_one_question_at_a_time_and_its_back_button_goes_back(phone, comparison):
    phone.goto(ADDRESS)
    phone.goto(FORM)
    (first, value), (second, _), *_ = fields(comparison).items()
    expect(progress(phone)).to_contain_text("Question 1 of 10")
    option(phone, first, value).check()
    button(phone, "Next").click()
    expect(progress(phone)).to_contain_text("Question 2 of 10")
    expect(phone.locator(f"#{second}")).to_be_focused()
    expect(option(phone, first, value)).to_be_hidden()
    button(phone, "Next").click()
    expect(progress(phone)).to_contain_text("Skills: how much it matters")
    button(phone, "Back").click()
    expect(progress(phone)).to_contain_text("Question 2 of 10")
    phone.go_back()
    expect(progress(phone)).to_contain_text("Question 1 of 10")
    expect(phone.locator(f"#{first}")).to_be_focused()
    expect(option(phone, first, value)).to_be_checked()
    phone.go_back()
    expect(phone.locator(".contenders")).to_be_visible()


def test_a_phone_leads_through_all_questions_to_the_result_and_back(phone, comparison):
    phone.goto(FORM)
    for name, value in fields(comparison).items():
        while not phone.locator(f"#{name}").is_visible():
            button(phone, "Next").click()
        option(phone, name, value).check()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert button(phone, "Back").bounding_box()["height"] >= 44
    button(phone, "Next").click()
    expect(button(phone, "Next")).to_be_hidden()
    expect(scores(phone)).to_have_text(SCORES)
    expect_the_result_page(phone)
    phone.go_back()
    expect(progress(phone)).to_contain_text("Relationships: how much it matters")
    expect(scores(phone)).to_have_text(SCORES)


def test_the_chosen_view_is_kept_and_leaves_no_steps_behind(reader):
    reader.goto(ADDRESS)
    reader.goto(FORM)
    expect(button(reader, "Next")).to_be_hidden()
    button(reader, "One at a time").click()
    button(reader, "Next").click()
    button(reader, "Next").click()
    reader.reload()
    expect(progress(reader)).to_contain_text("Skills: how much it matters")
    button(reader, "All on one page").click()
    expect(progress(reader)).to_be_hidden()
    expect(reader.locator(".question:visible")).to_have_count(15)
    reader.wait_for_function("history.state.step === 0")
    reader.go_back()
    expect(reader.locator(".contenders")).to_be_visible()


def test_the_view_can_be_chosen_where_storage_is_switched_off(reader):
    reader.add_init_script(STORAGE_OFF)
    reader.goto(FORM)
    button(reader, "One at a time").click()
    button(reader, "Next").click()
    expect(progress(reader)).to_contain_text("Question 2 of 10")


def test_an_error_summary_leads_to_a_question_that_is_not_shown(page, comparison):
    wrong = list(fields(comparison))[5]
    page.set_viewport_size(PHONE)
    page.goto(FORM)
    button(page, "All on one page").click()
    option(page, wrong, 0).evaluate("element => { element.value = 9 }")
    option(page, wrong, 9).check()
    button(page, "One at a time").click()
    button(page, "Show my result").click()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator(f"#{wrong}")).to_be_focused()
    expect(progress(page)).to_contain_text("Question 6 of 10")
    button(page, "Back").click()
    expect(progress(page)).to_contain_text("Question 5 of 10")


# --- For everyone ----------------------------------------------------------------------------------


def test_the_keyboard_alone_leads_from_the_comparison_to_a_result(reader, comparison):
    reader.goto(ADDRESS)
    press_on(reader, reader.locator(".contents a[href='#decide']"))
    press_on(reader, button(reader, "One at a time"))
    reader.keyboard.press("Tab")  # past the other view
    wanted = fields(comparison)
    for _ in range(14):
        choose(reader, wanted.get(reader.locator(".question:visible").get_attribute("id")))
        reader.keyboard.press("Enter")
    expect(scores(reader)).to_have_text(SCORES)
    press_on(reader, button(reader, "Show my result"))
    expect(reader.locator(".result .score")).to_have_text(SCORES)


def press_on(page, target):
    for _ in range(40):
        if target.evaluate("element => element === document.activeElement"):
            return page.keyboard.press("Enter")
        page.keyboard.press("Tab")
    raise AssertionError("The Tab key does not lead there.")


def choose(page, option):
    """Tab leads to the first option; one that asks how much an area matters is passed over."""
    page.keyboard.press("Tab")
    if option is not None:
        page.keyboard.press("Space")
        for _ in range(option):
            page.keyboard.press("ArrowDown")


def test_what_has_the_focus_is_never_under_the_result_so_far(phone, comparison):
    phone.goto(FORM)
    button(phone, "All on one page").click()
    answer(phone, comparison)
    expect(scores(phone)).to_have_text(SCORES)
    phone.evaluate("scrollTo(0, 0)")
    views = button(phone, "All on one page")
    views.focus()
    for _ in range(15):
        phone.keyboard.press("Tab")
        assert not phone.locator(":focus").evaluate(COVERED)


def test_the_form_is_whole_without_javascript(browser, browser_context_args, comparison):
    context = browser.new_context(**browser_context_args | {"java_script_enabled": False, "viewport": PHONE})
    page = context.new_page()
    page.goto(FORM)
    for name in ("One at a time", "All on one page", "Back", "Next"):
        expect(button(page, name)).to_be_hidden()
    expect(verdict(page)).to_be_hidden()
    for name, value in fields(comparison).items():
        option(page, name, value).check()
    expect_the_result_page(page)
    context.close()


def test_both_views_and_the_result_are_accessible(reader, comparison):
    reader.goto(FORM)
    answer(reader, comparison)
    expect(scores(reader)).to_have_text(SCORES)
    for view in ("One at a time", "All on one page"):
        button(reader, view).click()
        assert violations(reader) == [], view
    expect_the_result_page(reader)
    assert violations(reader) == []

"""Which words of a question an editor is warned about, and which not."""

import pytest

from comparisons.wording import Doubt, QuestionWords, doubts

ALIKE = ("None at all", "A little", "A fair amount", "A good deal", "Nearly all")

# The demonstration's questions, and others that are in order though they come close.
SOUND = [
    "How much relevant experience do you already have?",
    "How much do you want the work itself to build your skills?",
    "What does this income have to pay for?",
    "How long could you wait for the first payment?",
    "What length of work do you enjoy most?",
    "How much repetition would you be content with?",
    "How much of your week may be tied to set times?",
    "How important is it to you to have a say in the terms of your work?",
    "How much of the working day would you like to spend with people?",
    "How much responsibility for other people’s work would you take on?",
    "How many fixed hours and meetings are fine?",
    "How important is a say over pay, timelines and outcomes?",
    "Would you rather work alone or do you prefer company?",
    "How much of the pay must be agreed beforehand?",
    "How much of the day, if at all, may be spent on calls?",
    "How long may every working day be?",
]


def found(prompt: str, options: tuple[str, ...] = ALIKE) -> list[Doubt]:
    return [doubt for doubt, _, _ in doubts(QuestionWords(prompt, options))]


@pytest.mark.parametrize("prompt", SOUND)
def test_sound_questions_raise_no_doubt(prompt: str) -> None:
    assert found(prompt) == []


@pytest.mark.parametrize(
    "prompt",
    [
        "Do you agree that variety matters?",
        "To what extent do you AGREE that variety matters?",
        "Would you strongly disagree that pay comes first?",
        "Please say whether you agree: pay comes first.",
        "Pay comes first: agree or disagree?",
    ],
)
def test_an_agreement_stem_is_doubted(prompt: str) -> None:
    assert found(prompt) == [Doubt.AGREEMENT]


@pytest.mark.parametrize(
    "label", ["Agree", "Strongly disagree", "I agree", "Disagree strongly", " mostly agree. "]
)
def test_an_agreement_scale_is_doubted(label: str) -> None:
    assert Doubt.AGREEMENT in found("Pay comes first.", (*ALIKE[:4], label))


def test_an_option_that_speaks_of_agreeing_on_something_is_no_scale() -> None:
    options = (
        "Agree on every step first",
        "Agree on the aim first",
        "Talk now and then",
        "Send word",
        "Alone",
    )
    assert Doubt.AGREEMENT not in found("How do you like to start?", options)


@pytest.mark.parametrize(
    "prompt",
    [
        "How much must it pay? How soon?",
        "How much must it pay and how soon?",
        "Do you like meetings and would you lead them?",
        "How often do you travel AND do you like it?",
        "What do you want to learn and why?",
    ],
)
def test_two_questions_in_one_are_doubted(prompt: str) -> None:
    assert found(prompt) == [Doubt.TWO_QUESTIONS]


@pytest.mark.parametrize(
    ("prompt", "absolute"),
    [
        ("Do you always need a plan?", "always"),
        ("Would you Never work at night?", "Never"),
        ("Should everyone decide together?", "everyone"),
        ("Is it fine if no one checks your work?", "no one"),
    ],
)
def test_an_absolute_is_doubted_by_name(prompt: str, absolute: str) -> None:
    [(doubt, says, advice)] = doubts(QuestionWords(prompt, ALIKE))
    assert doubt is Doubt.ABSOLUTE
    assert f"“{absolute}”" in says
    assert advice == "Ask for a degree instead."


def test_an_absolute_at_the_end_of_a_scale_is_none() -> None:
    assert found("How often do you travel?", ("Never", "Rarely", "Monthly", "Weekly", "Always")) == []


@pytest.mark.parametrize(("longest", "doubted"), [("1234567890", False), ("12345678901", True)])
def test_labels_may_differ_twofold_in_length(longest: str, doubted: bool) -> None:
    options = ("12345", "123456", " 12345 ", "1234567", longest)
    assert found("How much?", options) == ([Doubt.LENGTHS] if doubted else [])


def test_every_doubt_of_a_question_is_told() -> None:
    options = ("Agree", "Disagree", "Neither of the two", "Perhaps", "Unsure")
    assert found("Do you agree that you always plan, and do you like it?", options) == list(Doubt)

"""The fairness report's checks of single questions: their effect, their evidence and their words. Pure."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain

from comparisons.decision import percent
from comparisons.distribution import equal_weights
from comparisons.findings import Case, Check, Evidence, Finding, Level, points
from comparisons.scoring import ZERO, shortfall
from comparisons.wording import Doubt, doubts

MOST_TURNED = Fraction(40, 100)
MOST_CHANGED_BY_SKIP = Fraction(50, 100)

FINE = {
    Check.DEAD: "Every question has an answer that changes something.",
    Check.SAME_EFFECT: "Where a question changes something, no two of its options have the same effect.",
    Check.RATIONALE: "Every rating has a rationale.",
    Check.SOURCE: "Every rating has a source.",
    Check.EXPIRED: "No rating rests on an expired source.",
    Check.AGREEMENT: "No question asks whether the reader agrees.",
    Check.TWO_QUESTIONS: "No question seems to ask two things at once.",
    Check.ABSOLUTE: "No question asks in absolutes.",
    Check.LENGTHS: "The options of every question are alike in length.",
}


def _questions(case: Case) -> range:
    return range(len(case.form.questions))


def _complete(case: Case, check: Check, found: list[Finding]) -> Iterator[Finding]:
    """What was found, or else that the check passes."""
    yield from found or [case.judge(check, False, FINE[check], "")]


def _dead(case: Case) -> Iterator[Finding]:
    found = [
        case.judge(
            Check.DEAD,
            True,
            f"“{case.asked(question).prompt}” changes nothing: every answer leaves the paths as far apart.",
            "Leave it out, or look at its ratings again.",
            level=Level.STOPS,
            question=question,
        )
        for question in _questions(case)
        if len(_effects(case, question)) == 1
    ]
    yield from _complete(case, Check.DEAD, found)


def _effects(case: Case, question: int) -> list[list[int]]:
    """The options, those with the same effect on all differences between paths together."""
    effects: dict[tuple[int, ...], list[int]] = {}
    for option, fits in enumerate(case.form.fits[question]):
        effects.setdefault(tuple(fit - fits[0] for fit in fits), []).append(option)
    return list(effects.values())


def _same_effect(case: Case) -> Iterator[Finding]:
    found = []
    for question in _questions(case):
        effects = _effects(case, question)
        alike = [options for options in effects if len(options) > 1 and len(effects) > 1]
        for options in alike:
            labels = " and ".join(f"“{case.asked(question).options[option]}”" for option in options)
            found.append(
                case.judge(
                    Check.SAME_EFFECT,
                    True,
                    f"“{case.asked(question).prompt}” makes no difference between {labels}.",
                    "See whether the shape and the ratings are right, or move the options further apart.",
                    question=question,
                    figures={"options": Fraction(len(options))},
                )
            )
    yield from _complete(case, Check.SAME_EFFECT, found)


def _dominant(case: Case) -> Iterator[Finding]:
    ranges = {pair: [max(row) - min(row) for row in case.advantages(*pair)] for pair in case.pairs}
    for question in _questions(case):
        (first, second), own, others = max(
            ((pair, each[question], sum(each, ZERO) - each[question]) for pair, each in ranges.items()),
            key=lambda entry: entry[1] - entry[2],
        )
        yield case.judge(
            Check.DOMINANT,
            own > others,
            f"“{case.asked(question).prompt}” moves {case.name(first)} against {case.name(second)} "
            f"by up to {points(own)}, all other questions together by up to {points(others)}.",
            "Ask more questions, or see whether its ratings are too extreme.",
            level=Level.STOPS,
            question=question,
            figures={"range": own, "others": others},
        )


def _turning(case: Case) -> Iterator[Finding]:
    for question in _questions(case):
        share = case.sets.turned_by(question)
        yield case.judge(
            Check.TURNING,
            share > MOST_TURNED,
            f"“{case.asked(question).prompt}” alone turns the verdict from one path to another in "
            f"{percent(share)} of all answer sets; it may in up to {percent(MOST_TURNED)}.",
            "Ask more questions, or see whether its ratings are too extreme.",
            question=question,
            figures={"share": share},
        )


def _skipping(case: Case) -> Iterator[Finding]:
    for question in _questions(case):
        lost = shortfall(case.form, equal_weights(case.form, skipped=question)) is not None
        share = Fraction(1) if lost else case.sets.changed_without(question)
        says = "leaves no verdict at all" if lost else f"changes {percent(share)} of all verdicts"
        yield case.judge(
            Check.SKIPPING,
            share > MOST_CHANGED_BY_SKIP,
            f"Skipping “{case.asked(question).prompt}” {says}; "
            f"it may change up to {percent(MOST_CHANGED_BY_SKIP)}.",
            "Ask more questions, above all under the same criterion.",
            question=question,
            figures={"share": share},
        )


def _evidence(case: Case) -> Iterator[Finding]:
    for check, level, fails, what, advice in EVIDENCE:
        found = [
            case.judge(
                check,
                True,
                f"The rating of {case.name(path)} on “{case.asked(question).prompt}” {what}.",
                advice,
                level=level,
                question=question,
                path=path,
            )
            for question in _questions(case)
            for path in range(len(case.form.paths))
            if fails(case.evidence(path, question))
        ]
        yield from _complete(case, check, found)


EVIDENCE: tuple[tuple[Check, Level, Callable[[Evidence], bool], str, str], ...] = (
    (
        Check.RATIONALE,
        Level.STOPS,
        lambda evidence: not evidence.rationale.strip(),
        "has no rationale",
        "Write one sentence that gives the reason for it.",
    ),
    (
        Check.SOURCE,
        Level.WARNS,
        lambda evidence: evidence.sources < 1,
        "has no source",
        "Cite what it rests on.",
    ),
    (
        Check.EXPIRED,
        Level.WARNS,
        lambda evidence: evidence.expired,
        "rests on a source that has expired, so its uncertainty counts twice",
        "Find a newer source, or see that this one still holds and extend it.",
    ),
)


def _wording(case: Case) -> Iterator[Finding]:
    found: dict[Doubt, list[Finding]] = {doubt: [] for doubt in Doubt}
    for question in _questions(case):
        for doubt, says, advice in doubts(case.asked(question)):
            sentence = f"“{case.asked(question).prompt}” {says}."
            found[doubt].append(case.judge(Check(doubt.value), True, sentence, advice, question=question))
    yield from chain.from_iterable(
        _complete(case, Check(doubt.value), findings) for doubt, findings in found.items()
    )


CHECKS = (_dead, _same_effect, _dominant, _turning, _skipping, _evidence, _wording)

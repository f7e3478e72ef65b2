"""Words of the question bank on a page of another language: elements say which it is, as WCAG 3.1.2 asks."""

from dataclasses import replace

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from articles import languages
from comparisons.decision import DecisionForm


def told(words: str, language: str, around: str) -> SafeString:
    """The words as HTML that says their language where that around them is another."""
    said = languages.attributes(language, around)
    return format_html("<span{}>{}</span>", said, words) if said else escape(words)


def marked(form: DecisionForm, around: str) -> DecisionForm:
    """The form with all its words as HTML, to be put into sentences of the language around."""

    def bank(words: str) -> SafeString:
        return told(words, form.language, around)

    return replace(
        form,
        paths=tuple(replace(path, name=escape(path.name)) for path in form.paths),
        criteria=tuple(replace(criterion, name=bank(criterion.name)) for criterion in form.criteria),
        questions=tuple(
            replace(question, prompt=bank(question.prompt), options=tuple(map(bank, question.options)))
            for question in form.questions
        ),
    )

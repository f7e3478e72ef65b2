"""Forms look as Django renders them."""

from datetime import date

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from careersite.form_rendering import Renderer

TEXTS = st.text(max_size=20) | st.sampled_from(['<b>"', "&amp;"])
VALUES = TEXTS | st.none() | st.integers() | st.booleans() | st.just(date(2026, 11, 23))
GROUPED = [("", "none"), (1, "one"), ("<2>", format_html("<b>{}</b>", "two")), ("more", [("3", "three & 1")])]
LISTS = st.lists(st.sampled_from(["", "1", "<2>", "3"]))
WIDGETS = [
    forms.TextInput,
    forms.HiddenInput,
    forms.NumberInput,
    forms.URLInput,
    forms.EmailInput,
    forms.DateInput,
    forms.DateTimeInput,
    forms.CheckboxInput,
    forms.Textarea,
    forms.Select,
    forms.RadioSelect,
    forms.NullBooleanSelect,
    forms.ClearableFileInput,
]
FOR_SEVERAL = [forms.SelectMultiple, forms.CheckboxSelectMultiple]


@given(
    st.tuples(st.sampled_from(WIDGETS), VALUES) | st.tuples(st.sampled_from(FOR_SEVERAL), VALUES | LISTS),
    st.fixed_dictionaries(
        {},
        optional={
            "id": TEXTS | st.none(),
            "class": TEXTS,
            "rows": VALUES,
            "disabled": VALUES,
            "data-x": VALUES,
        },
    ),
)
def test_a_widget_is_rendered_to_the_letter(filled, attributes):
    widget, value = filled
    shown = widget(attrs=attributes)
    if hasattr(shown, "choices") and widget is not forms.NullBooleanSelect:
        shown.choices = GROUPED
    own, theirs = (shown.render('a"b', value, renderer=each) for each in (Renderer(), DjangoTemplates()))
    assert own == theirs
    assert isinstance(own, SafeString)


@given(TEXTS, TEXTS)
def test_labels_and_errors_are_rendered_to_the_letter(label, error):
    def rendered(renderer):
        class Form(forms.Form):
            name = forms.CharField(label=label, help_text="Help")
            nameless = forms.MultipleChoiceField(choices=GROUPED, widget=forms.CheckboxSelectMultiple)

        form = Form({}, renderer=renderer)
        form.add_error("name", error or "Wrong")
        fields = [form[name] for name in form.fields]
        return [[str(field.label_tag()), str(field.errors), str(field)] for field in fields] + [str(form)]

    assert rendered(Renderer()) == rendered(DjangoTemplates())

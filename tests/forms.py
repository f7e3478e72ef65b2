"""Forms of the admin as a browser would fill them in and send them."""

from html.parser import HTMLParser

from django.contrib.messages import get_messages
from django.urls import reverse


class FormParser(HTMLParser):
    """What a browser would send of the page's largest form: names and values of its fields."""

    def __init__(self):
        super().__init__()
        self.data, self._text, self._select = {}, None, None

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        chosen = found.get("type") in ("checkbox", "radio")
        if tag == "input" and not chosen and found.get("type") not in ("submit", "file"):
            self._add(found.get("name"), found.get("value") or "")
        elif tag == "input" and chosen and "checked" in found:
            self._add(found["name"], found.get("value") or "on")
        elif tag == "select":
            self._select = found["name"]
        elif tag == "option" and "selected" in found:
            self._add(self._select, found.get("value", ""))
        elif tag == "textarea":
            self._text = (found["name"], [])

    def handle_data(self, data):
        if self._text:
            self._text[1].append(data)

    def handle_endtag(self, tag):
        if tag == "textarea":
            name, pieces = self._text
            self._add(name, "".join(pieces).removeprefix("\n").replace("\n", "\r\n"))
            self._text = None

    def _add(self, name, value):
        if name and "__prefix__" not in name:
            self.data.setdefault(name, []).append(value)


def form_data(response, *, form='_form" novalidate', **changes):
    """The fields of the page's main form as a browser sends them, with some of them changed."""
    html = response.content.decode()
    start = html.index(form)
    parser = FormParser()
    parser.feed(html[start : html.index("</form>", start)])
    return parser.data | changes


def address(article, page="change"):
    options = type(article)._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=[article.pk])


def save(client, article, button="_continue", **changes):
    """Open the form, change some fields, press a button."""
    page = client.get(address(article))
    return client.post(address(article), form_data(page, **changes) | {button: "1"})


def said(response):
    """The messages that this response or the next page shows."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))

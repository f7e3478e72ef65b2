"""Twins as they are asked for."""

import yaml

from tests.careersite.test_pages import GIG_VS_MANAGEMENT
from tests.markdown.rendered import FRONT_MATTER

HOST = "http://127.0.0.1:8000"
TYPE = "text/markdown; charset=utf-8"
PAGES = {
    "/": "/index.md",
    **{
        page: f"{page[:-1]}.md"
        for page in (
            "/articles/",
            "/articles/how-to-read-a-pay-figure/",
            "/careers/",
            "/careers/microtask-gig-work/",
            "/compare/",
            GIG_VS_MANAGEMENT,
            f"{GIG_VS_MANAGEMENT}decide/",
            "/authors/ann-author/",
            "/tags/remote-work/",
            "/how-we-decide/",
            "/accessibility/",
            "/search/",
        )
    },
}


def twin(client, address, status=200, **headers):
    response = client.get(address, headers=headers)
    assert (response.status_code, response["Content-Type"], response["X-Robots-Tag"]) == (
        status,
        TYPE,
        "noindex",
    )
    return response


def front_matter(response):
    return yaml.safe_load(FRONT_MATTER.match(response.content.decode())[0].strip("-\n"))


def text(response):
    """Without the front matter."""
    found = response.content.decode()
    return found[FRONT_MATTER.match(found).end() + 1 :]

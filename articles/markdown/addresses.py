"""Where the twins of pages are. Pure."""

HOME = "index"
ENDING = ".md"


def of_twin(page: str) -> str:
    """The address of a page's twin; both may have a query."""
    path, mark, query = page.partition("?")
    return f"{path.rstrip('/') or f'/{HOME}'}{ENDING}{mark}{query}"


def of_page(twin: str) -> str:
    path = twin.partition("?")[0].removesuffix(ENDING)
    return "/" if path == f"/{HOME}" else f"{path}/"

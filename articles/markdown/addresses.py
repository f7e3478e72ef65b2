"""Where the twins of pages are. Pure."""

HOME = "index"
ENDING = ".md"


def of_twin(page: str) -> str:
    """The address of a page's twin; both may have a query."""
    path, mark, query = page.partition("?")
    return f"{path.rstrip('/') or f'/{HOME}'}{ENDING}{mark}{query}"


def of_page(twin: str) -> str:
    """The address of the page that a twin is of; that of a page is its own."""
    path, mark, query = twin.partition("?")
    if not path.endswith(ENDING):
        return twin
    page = path.removesuffix(ENDING)
    return f"{page.removesuffix(HOME) if page.endswith(f'/{HOME}') else f'{page}/'}{mark}{query}"

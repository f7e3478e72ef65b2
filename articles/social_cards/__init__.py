"""Pictures that other sites show beside a link to a page: drawn once, in the site's own font."""

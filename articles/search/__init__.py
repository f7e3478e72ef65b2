"""Full-text search over what is live at a moment: one function (`searching.search`), two small back ends.

Whatever a reader types is taken as words; no character of it is query syntax.
"""

"""Links to other sites: where articles have them, whether they still lead somewhere, and replacing them.

What is asked of them here is in `reporting`; recurring runs call `checking.begin`.
"""

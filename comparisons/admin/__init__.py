"""Forms and lists for career paths, comparisons and the question bank."""

from comparisons.admin import bank, comparisons, counts, paths

__all__ = ["bank", "comparisons", "counts", "paths"]

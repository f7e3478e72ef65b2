"""Forms and lists for career paths, comparisons and the question bank."""

from comparisons.admin import bank, comparisons, paths

__all__ = ["bank", "comparisons", "paths"]

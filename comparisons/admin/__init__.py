"""Forms and lists for career paths, comparisons and the question bank."""

from comparisons.admin import bank, comparisons, paths, results_panel

__all__ = ["bank", "comparisons", "paths", "results_panel"]

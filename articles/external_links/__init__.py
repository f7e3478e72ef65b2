"""Links to other sites: where articles have them, whether they still lead somewhere, and replacing them.

Recurring runs call `checking.begin`.
"""

from articles.external_links.reporting import Broken, broken, counts

__all__ = ["Broken", "broken", "counts"]

"""The site's static files as they are served: our styles go without their comments, a fourteenth of them."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN = re.compile(r"careersite/.*\.css")  # what others wrote keeps its licence
COMMENT = re.compile(r"\s*/\*.*?\*/", re.DOTALL)  # no string of ours holds such signs


class StaticFiles(CompressedManifestStaticFilesStorage):
    def post_process(self, paths: Mapping[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """What has been collected is made smaller, and read from here for what it is made into."""
        own = {} if dry_run else {name: (self, name) for name in paths if OWN.fullmatch(name)}
        for name in own:
            file = Path(self.path(name))
            file.write_text(COMMENT.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
        # By name: that is how the classes above look for it
        yield from super().post_process({**paths, **own}, dry_run=dry_run, **options)

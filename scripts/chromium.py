"""Where Chromium is: CHROMIUM names another than Debian's."""

import os
import shutil

HOW_TO_INSTALL = "apt-get install chromium-headless-shell, or chromium"


def found() -> str | None:
    """The shell comes first: it is Chromium without a window, and with less around it to start."""
    named = os.environ.get("CHROMIUM")
    names = [named] if named else ["chromium-headless-shell", "chromium"]
    return next((path for name in names if (path := shutil.which(name))), None)

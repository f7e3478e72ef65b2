"""Pin and hash what pyproject.toml asks for. Arguments are passed on: --upgrade, --upgrade-package NAME."""

import os
import subprocess
import sys

from scripts import setup

COMPILE = ("pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes")
FILES = {
    "requirements/installer.txt": ("--group", "installer"),
    "requirements/production.txt": ("pyproject.toml",),
    # The same versions as production, so that tests test what is deployed.
    "requirements/development.txt": (
        "pyproject.toml",
        "--group",
        "dev",
        "--constraint",
        "requirements/production.txt",
    ),
}


def main() -> None:
    setup.make_environment()
    uv = setup.find_uv() or sys.exit("This needs uv, which could not be installed here.")
    environment = os.environ | {"UV_CUSTOM_COMPILE_COMMAND": "make requirements"}
    for name, options in FILES.items():
        command = [uv, *COMPILE, *options, "--quiet", "--output-file", name, *sys.argv[1:]]
        subprocess.run(command, check=True, cwd=setup.ROOT, env=environment)


if __name__ == "__main__":
    main()

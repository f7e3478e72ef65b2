"""Make .venv and .env, and leave alone what is up to date.

python -m scripts.setup [production|development]
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
STAMP = VENV / ".requirements"
PIP = (str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check")


def main(kind: str) -> None:
    make_environment()
    install(kind)
    write_env_file(ROOT / ".env")


def make_environment() -> None:
    if works(PYTHON):
        return
    print("Making .venv …", flush=True)
    if uv := find_uv():
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV], check=True)
    else:
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
        subprocess.run([*PIP, "--require-hashes", "-r", ROOT / "requirements/installer.txt"])


def install(kind: str) -> None:
    if up_to_date(kind):
        return
    requirements = ROOT / f"requirements/{kind}.txt"
    print(f"Installing requirements/{kind}.txt …", flush=True)
    STAMP.unlink(missing_ok=True)
    subprocess.run([*installer(), "--require-hashes", "-r", requirements], check=True)
    STAMP.write_text(fingerprint(kind))


def up_to_date(kind: str) -> bool:
    """What developers install holds all that production needs, at the same versions."""
    installed = STAMP.read_text() if STAMP.exists() else ""
    return installed in {fingerprint(kind), fingerprint("development")}


def fingerprint(kind: str) -> str:
    digest = hashlib.sha256((ROOT / f"requirements/{kind}.txt").read_bytes()).hexdigest()
    return f"{kind} {digest}\n"


def installer() -> list[str]:
    if uv := find_uv():
        return [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(PYTHON)]
    if not works(PYTHON, "-m", "pip", "--version"):  # made by uv, which has gone since
        subprocess.run([PYTHON, "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
    return list(PIP)


def find_uv() -> str | None:
    return shutil.which("uv") or shutil.which("uv", path=str(VENV / "bin"))


def works(python: Path, *arguments: str) -> bool:
    try:
        return not subprocess.run([python, *(arguments or ("-c", ""))], capture_output=True).returncode
    except OSError:
        return False


def write_env_file(path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("# The settings of this checkout alone; README.md has the table. Git ignores this file.\n")
        file.write(f"SECRET_KEY={secrets.token_urlsafe(50)}\nHTTPS=off\n")
    print("Wrote .env with a new secret.", flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "development")
    except subprocess.CalledProcessError as error:
        sys.exit(f"Setup failed: {error.cmd[0]} ended with status {error.returncode}; its message is above.")

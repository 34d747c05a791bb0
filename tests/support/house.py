"""The house as files: what the checks of its order read."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("core", "models", "queries", "forms", "exports", "services", "views", "commands")
SKIPPED = {".venv", ".git", "instance", "node_modules", "__pycache__"}


def modules(*folders: str) -> list[Path]:
    """Every Python file of these folders (by default of all floors, with the roof and the starter)."""
    found = [path for folder in folders or FLOORS for path in (ROOT / folder).rglob("*.py")]
    return sorted(found if folders else [*found, ROOT / "app.py", ROOT / "portal.py"])


def templates() -> list[Path]:
    """Every template."""
    return sorted((ROOT / "templates").rglob("*.html"))


def committed_files() -> list[Path]:
    """Every file that belongs to the project: what git tracks or would track, or all where there is no git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        every = (path for path in ROOT.rglob("*") if not SKIPPED & set(path.relative_to(ROOT).parts))
        return sorted(path for path in every if path.is_file())
    return sorted(path for name in listed if name and (path := ROOT / name).is_file())


def short(path: Path) -> str:
    """A file's path from the project's folder, with forward slashes."""
    return path.relative_to(ROOT).as_posix()

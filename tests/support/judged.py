"""What one test of a run found without a fault, so that no other has to judge the same thing again."""

from hashlib import blake2b
from pathlib import Path


class Judged:
    """Texts that were judged and found good, known to all processes of a run by an empty file for each."""

    def __init__(self, folder: Path) -> None:
        """Note them in ``folder``, which all processes see."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.known: set[str] = set()

    def knows(self, text: str) -> bool:
        """Whether this very text was found good before."""
        key = _key(text)
        if key not in self.known and (self.folder / key).exists():
            self.known.add(key)
        return key in self.known

    def add(self, text: str) -> None:
        """Note that nothing is wrong with this text."""
        key = _key(text)
        self.known.add(key)
        (self.folder / key).touch()


def _key(text: str) -> str:
    """A name for a text that no other has: its checksum."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()

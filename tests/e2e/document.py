"""What a document says, for the tests that do it."""

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Document:
    """Its blocks of code, by kind."""

    def __init__(self, path: str) -> None:
        self.text = (ROOT / path).read_text()

    def blocks(self, kind: str) -> list[str]:
        found = re.findall(rf"^ *```{kind}\n(.*?)^ *```", self.text, re.DOTALL | re.MULTILINE)
        return [str(block) for block in found]

    def block(self, kind: str) -> str:
        """The one block of that kind."""
        [found] = self.blocks(kind)
        return found

    def commands(self) -> list[str]:
        """Every command of every `sh` block, without its comment and with its continued lines joined."""
        lines = "\n".join(self.blocks("sh")).replace("\\\n", " ").splitlines()
        return [shlex.join(shlex.split(line, comments=True)) for line in lines if line.strip()]

    def command(self, *words: str) -> str:
        """The one command that has these words."""
        [found] = [each for each in self.commands() if set(words) <= set(shlex.split(each))]
        return found


README = Document("README.md")
OPERATIONS = Document("docs/operations.md")

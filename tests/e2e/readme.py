"""What the README says, for the tests that do it."""

import re
import shlex
from pathlib import Path

README = (Path(__file__).parents[2] / "README.md").read_text()


def commands() -> list[str]:
    """Every command of every `sh` block, without its comment and with its continued lines joined."""
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL)).replace("\\\n", " ")
    return [shlex.join(shlex.split(line, comments=True)) for line in blocks.splitlines() if line.strip()]


def command(*words: str) -> str:
    """The one command of the README that has these words."""
    [found] = [each for each in commands() if set(words) <= set(shlex.split(each))]
    return found


def block(kind: str) -> str:
    """The one block of that kind."""
    [found] = re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)
    return str(found)

"""The API keys that are accepted: a file of them, read again while the process lives."""

import asyncio
import hashlib
import hmac
import logging
import os
import re
import secrets
from pathlib import Path

logger = logging.getLogger(__name__)
POLL_S = 1.0
ID = r"[A-Za-z0-9._@-]{1,64}"
_LINE = re.compile(rf"({ID})\s*:\s*([0-9A-Fa-f]{{64}})")


def new_key() -> str:
    """A key of 256 random bits: no shorter one is safe behind a digest that is this quick to compute."""
    return secrets.token_urlsafe(32)


def line_of(key_id: str, key: str) -> str:
    """What stands in the file for a key."""
    return f"{key_id}: {_digest(key.encode()).hex()}"


def read_keys(text: str) -> list[tuple[str, bytes]]:
    """Every key's id and SHA-256. A line is `id: sha256`; empty ones and comments (#) are passed over.

    Raises ValueError, which names a wrong line by its number only: somebody may have written the key itself there.
    """
    keys = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.fullmatch(line.strip())
        if not found:
            raise ValueError(f"line {number} is not `id: sha256`, as `gateway api-key ID` writes it")
        keys.append((found[1], bytes.fromhex(found[2])))
    if not keys:
        raise ValueError("it holds no key, so nobody could ask: `gateway api-key ID` writes a line for it")
    return keys


class ApiKeys:
    """The keys of one file.

    A file that cannot be used any more is reported, and leaves the keys that it held before accepted. It is read whole
    each time: times and sizes do not always tell that a file has changed.
    """

    def __init__(self, path: Path) -> None:
        """Raises ValueError where the file cannot be used."""
        self._path = path
        self._content = self._read()
        self._keys = self._parse(self._content)
        self._problem: str | None = None

    def id_of(self, key: bytes) -> str | None:
        """Whose key it is, or None where it is none of them; how long that takes tells nothing about any."""
        digest = _digest(key)
        found = [key_id for key_id, each in self._keys if hmac.compare_digest(digest, each)]  # all are compared
        return found[0] if found else None

    async def follow(self) -> None:
        """Follow the file for as long as the process lives."""
        while True:
            await asyncio.sleep(POLL_S)
            await asyncio.to_thread(self.look)

    def look(self) -> None:
        """Read the file once more, and take its keys if they are others."""
        try:
            content = self._read()
            if content != self._content or self._problem:
                self._keys = self._parse(content)
                self._content = content
                self._problem = None
                logger.info("API keys read", extra={"keys": len(self._keys)})
        except ValueError as error:
            if str(error) != self._problem:
                logger.error("API keys not read: those from before stay", extra={"why": str(error)})
            self._problem = str(error)

    def _read(self) -> bytes:
        try:
            return self._path.read_bytes()
        except PermissionError as error:
            raise ValueError(
                f"{self._path} may not be read by uid {os.getuid()}, as which this runs: give it the file "
                f"(chown {os.getuid()}), or make it readable by all (chmod a+r; its folder a+rx)"
            ) from error
        except OSError as error:
            raise ValueError(f"{self._path} cannot be read: {error.strerror}") from error

    def _parse(self, content: bytes) -> list[tuple[str, bytes]]:
        try:
            return read_keys(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise ValueError(f"{self._path} is not text in UTF-8") from error
        except ValueError as error:
            raise ValueError(f"{self._path}: {error}") from error


def _digest(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()

"""A stack opened to a network as the README says: with API keys, TLS and a rate limit."""

import os
import subprocess
from pathlib import Path
from typing import Any

import yaml
from gateway.api_keys import line_of

from tests.e2e.document import README
from tests.stack import ROOT, Stack


class Guarded(Stack):
    """`folder` has what its containers see as /secrets. It serves the releases of its neighbor's store."""

    def __init__(self, neighbor: Stack, port: int, plain_port: int, folder: Path) -> None:
        self.folder = folder
        self.plain_url = f"http://127.0.0.1:{plain_port}"
        for name in ("gateway", "frontend", "old", "new"):
            (folder / name).mkdir()
            (folder / name).chmod(0o755)
        certificates = [_certificate(folder / "old"), _certificate(folder / "new")]
        (folder / "trusted.pem").write_text("".join(certificates))
        override: dict[str, Any] = yaml.safe_load(README.block("yaml").replace(":80:", f":{plain_port}:"))
        override["services"]["frontend"]["volumes"] = [f"{folder}/frontend:/secrets:ro"]
        override["services"]["gateway"] = {"volumes": [f"{folder}/gateway:/secrets:ro"]}
        override["volumes"] = {"release-store": {"external": True, "name": f"{neighbor.project}_release-store"}}
        (folder / "override.yml").write_text(yaml.safe_dump(override))
        settings = dict(line.split("=") for line in README.block("ini").split())
        here = {
            "HTTP_BIND": "127.0.0.1",
            "HTTP_PORT": str(port),
            "RATE_LIMIT": "600r/m",  # more than the tests ask but for the one that means to
            "COMPOSE_FILE": f"docker-compose.yml{os.pathsep}{folder}/override.yml",
        }
        super().__init__(f"{neighbor.project}-guarded", port, trusted=folder / "trusted.pem", **settings | here)

    def do(self, *words: str, cwd: Path = ROOT) -> str:
        """The README's command that has these words, in this stack's own folders; what it says on standard error."""
        line = README.command(*words).replace("secrets/", f"{self.folder}/").replace("'>>'", ">>")
        line = line.replace("sudo", "" if os.getuid() == 0 else "sudo -n")
        shell = ["bash", "-c", line]
        done = subprocess.run(shell, cwd=cwd, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stderr

    def bring_certificate(self, name: str) -> None:
        self.do("install", cwd=self.folder / name)

    def use_keys(self, **keys: str) -> None:
        """Replace the file of keys as a careful program does: by another file of that name."""
        self.use_keys_file("".join(f"{line_of(name, key)}\n" for name, key in keys.items()))

    def use_keys_file(self, text: str) -> None:
        new = self.folder / "gateway/new"
        new.write_text(text)
        new.chmod(0o644)
        new.rename(self.folder / "gateway/api-keys")

    def status(self, key: str | None, path: str = "/models", method: str = "GET") -> int:
        """What a request with that key is answered with."""
        return self.client.request(method, path, headers={"X-API-Key": key} if key else {}).status_code


def _certificate(folder: Path) -> str:
    """A new one for this host, signed by itself, as cert.pem and key.pem."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"]
    subject = ["-days", "2", "-subj", "/CN=triptych", "-addext", "subjectAltName=IP:127.0.0.1"]
    written = ["-out", f"{folder}/cert.pem", "-keyout", f"{folder}/key.pem"]
    subprocess.run([*command, *subject, *written], check=True, capture_output=True)
    return (folder / "cert.pem").read_text()

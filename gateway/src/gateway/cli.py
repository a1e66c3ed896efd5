"""The gateway's commands, beside serving."""

import argparse
import json
import re
import sys
from collections.abc import Sequence

from gateway.api_keys import ID, line_of, new_key
from gateway.app import create_app
from gateway.openapi import any_release
from gateway.settings import Settings


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="gateway", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("openapi", help="print the OpenAPI document that holds for every release")
    api_key = commands.add_parser(
        "api-key", help="make an API key: shown once, on standard error; its line for API_KEYS_FILE, on standard output"
    )
    api_key.add_argument("id", type=_key_id, help="whose it is: letters, digits, and any of . _ @ -")
    chosen = parser.parse_args(arguments)
    if chosen.command == "openapi":
        json.dump(any_release(create_app(Settings())), sys.stdout, indent=2, sort_keys=True)
        sys.stdout.write("\n")
    else:
        key = new_key()
        sys.stderr.write(f"The key of {chosen.id}, which is shown only now: {key}\n")
        sys.stdout.write(f"{line_of(chosen.id, key)}\n")


def _key_id(text: str) -> str:
    if not re.fullmatch(ID, text):
        raise argparse.ArgumentTypeError("an id is 1 to 64 letters, digits, and any of . _ @ -")
    return text

"""`gateway openapi`: the OpenAPI document that holds for every release, on standard output."""

import argparse
import json
import sys
from collections.abc import Sequence

from gateway.app import create_app
from gateway.openapi import any_release
from gateway.settings import Settings


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="gateway", description=__doc__)
    parser.add_argument("command", choices=["openapi"])
    parser.parse_args(arguments)
    json.dump(any_release(create_app(Settings())), sys.stdout, indent=2, sort_keys=True)
    sys.stdout.write("\n")

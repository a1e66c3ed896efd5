"""The load test, for Locust: users, options, and the verdict at the end. A file of shapes/ beside it shapes the load:

locust -f loadtest/locustfile.py,loadtest/shapes/ramp.py --headless --host http://127.0.0.1:8080
"""

import logging
from typing import Any

from locust import events
from locust.runners import WorkerRunner

from loadtest.limits import KNOWN, change
from loadtest.report import Report, report_of
from loadtest.users import Bulk, Program, Protocol, Visitor

__all__ = ["Bulk", "Program", "Protocol", "Visitor"]  # Locust takes users from here

logger = logging.getLogger("loadtest")


@events.init_command_line_parser.add_listener
def add_options(parser: Any) -> None:
    parser.add_argument(
        "--api-key", env_var="LOCUST_API_KEY", default="", is_secret=True, help="sent as X-API-Key, where keys are on"
    )
    parser.add_argument("--allow-partial", action="store_true", help="partial answers are good answers")
    parser.add_argument(
        "--limit",
        action="append",
        type=change,
        default=[],
        metavar="NAME=VALUE",
        include_in_web_ui=False,
        help=f"in place of the shape's own: {', '.join(KNOWN)}",
    )
    parser.add_argument("--verdict-file", default="", include_in_web_ui=False, help="where the verdict goes, as JSON")


@events.init.add_listener
def fill_in(environment: Any, **_: Any) -> None:
    """The shape's own number of users, where no other was asked for: Locust would take one."""
    options, shape = environment.parsed_options, environment.shape_class
    if shape and options.num_users is None:
        options.num_users = shape.users


@events.test_stop.add_listener
def tell(environment: Any, **_: Any) -> None:
    """Where there is a web page, its log shows the verdict."""
    if environment.web_ui:
        logger.info("%s", report_of(environment).words())


@events.quitting.add_listener
def judge(environment: Any, **_: Any) -> None:
    if isinstance(environment.runner, WorkerRunner):
        return
    report: Report = report_of(environment)
    print(f"\n{report.words()}\n", flush=True)
    if environment.parsed_options.verdict_file:
        report.save(environment.parsed_options.verdict_file)
    environment.process_exit_code = 0 if report.passed else 1

"""What a run found, and whether that is enough."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from loadtest.figures import Counts, Figures, between, counts_of
from loadtest.limits import Limits, limits_of
from loadtest.verdict import Judgement, judged, table

BUSY = "the load generator was short of processor: latency is partly its own (more workers, or --processes)"
MOST_FAILURES = 10  # that are printed
LEAST_FAILURES = 3  # of one kind of request, none of which was answered well, to say so


@dataclass(frozen=True)
class Report:
    """`findings` and `found` are the shape's own, as data and in words.

    `bugs` are what fails a run whatever its figures are; `failures` are counted in them.
    """

    shape: str
    figures: Figures
    limits: Limits
    findings: dict[str, Any]
    found: str
    bugs: list[str]
    failures: list[str]
    remarks: list[str]

    @property
    def judgements(self) -> list[Judgement]:
        return judged(self.figures, self.limits)

    @property
    def passed(self) -> bool:
        return not self.bugs and all(each.met for each in self.judgements)

    def words(self) -> str:
        verdict = f"{self.shape}: {'passed' if self.passed else 'FAILED'}"
        failed = ["failures of the whole run:", *self.failures[:MOST_FAILURES]] if self.failures else []
        said = (*failed, *self.bugs, *self.remarks)
        return "\n".join(filter(None, [self.found, *said, table(self.judgements), verdict]))

    def save(self, path: str) -> None:
        told = {
            "shape": self.shape,
            "passed": self.passed,
            "reasons": [
                *self.bugs,
                *(f"{each.what} {each.measured:g}, wanted {each.limit}" for each in self.judgements if not each.met),
            ],
            "failures": self.failures,
            "remarks": self.remarks,
            "figures": asdict(self.figures),
            "limits": asdict(self.limits),
            **self.findings,
        }
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")


def dead(entry: Any) -> bool:
    """Whether a kind of request was never answered well. A partial answer's line has failures only."""
    return ", partial" not in entry.name and LEAST_FAILURES <= entry.num_failures == entry.num_requests


def _failure_words(failure: Any) -> str:
    why = str(failure.error).removeprefix("CatchResponseError('").removesuffix("')")
    return f"{failure.occurrences} × {failure.method} {failure.name}: {why}"


def report_of(environment: Any) -> Report:
    """Of the run that this Locust environment has had."""
    runner, shape, total = environment.runner, environment.shape_class, environment.stats.total
    name = type(shape).__name__.lower() if shape else "none"
    failures = environment.stats.errors.values()
    bugs = [f"{each['count']} times in the load test itself: {each['msg']}" for each in runner.exceptions.values()]
    bugs += shape.bugs if shape else []
    bugs += [
        f"{each.method} {each.name}: not one good answer" for each in environment.stats.entries.values() if dead(each)
    ]
    return Report(
        shape=name,
        figures=shape.judged_figures(total) if shape else between(Counts(), counts_of(total)),
        limits=limits_of(name, environment.parsed_options.limit),
        findings=shape.findings() if shape else {},
        found=shape.words() if shape else "",
        bugs=bugs,
        failures=[_failure_words(each) for each in sorted(failures, key=lambda each: -each.occurrences)],
        remarks=[BUSY] if runner.cpu_warning_emitted or runner.worker_cpu_warning_emitted else [],
    )

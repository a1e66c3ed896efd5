"""What the trainer adds to the error tree.

ServingError
├── UnusableTable       the table cannot be trained on; nothing was published
│   └── ConstantColumn  nothing can be learned from one of its columns
└── CandidateRefused    the models were trained and are not good enough; nothing was published
"""

from collections.abc import Sequence

from serving.errors import ServingError


class UnusableTable(ServingError):
    """The file is missing, is no table, or holds nothing that a classifier can learn from."""

    title = "Unusable table"


class ConstantColumn(UnusableTable):
    def __init__(self, name: str) -> None:
        super().__init__(f"the column {name!r} has the same value in every row: remove it")


class CandidateRefused(ServingError):
    """One reason for each model that falls short."""

    title = "Candidate refused"

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("the candidate was refused and nothing was published: " + "; ".join(reasons))
        self.reasons = list(reasons)

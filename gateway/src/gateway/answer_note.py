"""What the log line of a bulk request says of its answers: the release, the rows, and what came of each member."""

from fastapi import Request

from gateway.release import Release
from gateway.round import Answer


class AnswerNote:
    """A member's status is one word, or several where not all chunks came to the same, sorted, as `ok,timeout`."""

    def __init__(self, request: Request, release: Release) -> None:
        self._log: dict[str, object] = request.state.log
        self._rows = 0
        self._statuses: dict[str, set[str]] = {}
        self._log |= {"release": release.id, "rows": 0, "models": {}}

    def add(self, answer: Answer) -> Answer:
        """Note one chunk's answer; it is given back."""
        self._rows += answer.rows
        for name, status in answer.statuses.items():
            self._statuses.setdefault(name, set()).update(status.split(","))
        models = {name: ",".join(sorted(statuses)) for name, statuses in self._statuses.items()}
        self._log |= {"rows": self._rows, "models": models}
        return answer

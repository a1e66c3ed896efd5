"""A user of the API, who knows the release and checks every answer against it."""

import time
from collections.abc import Mapping
from random import Random
from typing import Any

from locust import FastHttpUser
from locust.exception import RescheduleTask

from loadtest.answers import Answer, Check, OtherRelease, Silent, WrongAnswer, check, release_changed, release_named
from loadtest.release import Release

JSON = {"Content-Type": "application/json"}
SYNTHETIC = {"X-Synthetic": "1"}  # not to be taken for what people ask: the panels of drift leave it out
LOOKS, BETWEEN_S = 4, 0.5  # for a new release, which several gateways take within 0.5 s of each other


class Asking(FastHttpUser):
    abstract = True
    insecure = False  # the API key goes to nobody else
    connection_timeout = network_timeout = 8.0  # s: less than a run lasts on at its end, so that what hangs is counted

    def __init__(self, environment: Any) -> None:
        options = environment.parsed_options
        self.default_headers = {"X-API-Key": options.api_key} if options.api_key else None
        self.allow_partial: bool = options.allow_partial
        self.random = Random()
        self._release: Release | None = None
        super().__init__(environment)

    @property
    def release(self) -> Release:
        """The release that /models named when it was last read; it is read again when an answer is of another."""
        if self._release is None:
            self._release = self.read_release()
        return self._release

    def read_release(self) -> Release:
        """Gives up the task where the release cannot be read."""
        with self.client.get("/models", catch_response=True) as response:
            try:
                return release_named(_answer(response))
            except WrongAnswer as wrong:
                response.failure(str(wrong))
        raise RescheduleTask

    def get(self, path: str, how: Check, *, name: str) -> str:
        """A part of the page; nothing where it is not as it should be."""
        with self.client.get(path, name=name, catch_response=True) as response:
            answer = _answer(response)
            self._count(response, answer, how, name)
            return answer.text

    def post(self, path: str, body: str, how: Check, *, name: str, headers: Mapping[str, str] = JSON) -> None:
        with self.client.post(path, data=body, headers=dict(headers), name=name, catch_response=True) as response:
            self._count(response, _answer(response), how, name)

    def _count(self, response: Any, answer: Answer, how: Check, name: str) -> None:
        """Count an answer as what it is. A partial one has a line of its own in the statistics."""
        try:
            silent = self._checked(answer, self.release, how)
        except WrongAnswer as wrong:
            response.failure(str(wrong))
            return
        if silent:
            response.request_meta["name"] = f"{name}, partial: {', '.join(sorted(silent))}"
        if silent and not self.allow_partial:
            response.failure("is partial")
        else:
            response.success()

    def _checked(self, answer: Answer, asked: Release, how: Check) -> Silent:
        try:
            return check(answer, asked, how)
        except WrongAnswer as wrong:
            if not (isinstance(wrong, OtherRelease) or answer.status in (404, 422)) or not self._changed(asked):
                raise
        return check(answer, self.release, how) if answer.status == 200 else check(answer, asked, release_changed)

    def _changed(self, asked: Release) -> bool:
        """Whether another release than the one that was asked is served."""
        for look in range(LOOKS):
            time.sleep(BETWEEN_S if look else 0)
            self._release = self.read_release()
            if self._release.id != asked.id:
                return True
        return False


def _answer(response: Any) -> Answer:
    if not response.status_code:
        return Answer(0, {}, type(response.error).__name__)
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, headers, response.text or "")

"""A user of the API, who knows the release and checks every answer against it."""

import time
from collections.abc import Mapping
from random import Random
from typing import Any

from locust import FastHttpUser
from locust.exception import RescheduleTask

from loadtest.answers import Answer, Check, OtherRelease, Silent, WrongAnswer, check, release_changed
from loadtest.release import Release, release_of

JSON = {"Content-Type": "application/json"}
SYNTHETIC = {"X-Synthetic": "1"}  # not to be taken for what people ask: the panels of drift leave it out
LOOKS, BETWEEN_S = 4, 0.5  # for a new release, which several gateways take within 0.5 s of each other


class Asking(FastHttpUser):
    abstract = True
    insecure = False  # the API key goes to nobody else

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
                answer = _answer(response)
                check(answer, Release("", (), (), ()), _is_models)
                return release_of(answer.json())
            except WrongAnswer as wrong:
                response.failure(str(wrong))
        raise RescheduleTask

    def post(self, path: str, body: str, how: Check, *, name: str, headers: Mapping[str, str] = JSON) -> None:
        """Ask, and count the answer as what it is. A partial one has a line of its own in the statistics."""
        asked = self.release
        with self.client.post(path, data=body, headers=dict(headers), name=name, catch_response=True) as response:
            try:
                silent = self._checked(_answer(response), asked, how)
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


def _is_models(answer: Answer, release: Release) -> Silent:
    if answer.status != 200:
        raise WrongAnswer(f"{answer.status}, not 200")
    release_of(answer.json())
    return Silent()


def _answer(response: Any) -> Answer:
    if not response.status_code:
        return Answer(0, {}, type(response.error).__name__)
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, headers, response.text or "")

"""When a process's memory counts as flat."""

import pytest

from loadtest.benchmark.memory import Memory


def memory(megabytes: list[float], *, every_s: float = 30) -> Memory:
    return Memory([index * every_s for index in range(len(megabytes))], megabytes)


def test_growth_in_the_first_minute_does_not_count() -> None:
    assert memory([100, 150, 200, 200, 200, 200, 200]).flat()


def test_growth_after_the_first_minute_does() -> None:
    assert not memory([100, 100, 100, 100, 100, 110, 120, 130, 140]).flat()


def test_a_few_megabytes_of_a_small_process_and_a_few_percent_of_a_large_one_are_noise() -> None:
    assert memory([40, 40, 40, 40, 40, 44, 44, 44]).flat()
    assert memory([1000, 1000, 1000, 1000, 1000, 1040, 1040, 1040]).flat()


def test_one_high_sample_at_the_end_is_noise() -> None:
    assert memory([100, 100, 100, 100, 100, 100, 100, 150]).flat()


def test_the_figures_tell_both_ends_and_the_slope() -> None:
    figures = memory([90, 95, 100, 100, 100, 101, 102, 102, 102]).figures()
    ends = {name: figures[name] for name in ("min", "max", "after_first_minute", "last")}
    assert ends == {"min": 90, "max": 102, "after_first_minute": 100, "last": 102}
    assert figures["per_hour"] == pytest.approx(50, abs=10)


def test_a_run_shorter_than_a_minute_settles_in_a_fifth_of_it() -> None:
    assert not memory([50, 60, 70, 80, 90, 100, 110, 120], every_s=2).flat()

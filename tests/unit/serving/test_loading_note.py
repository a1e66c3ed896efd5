from pathlib import Path

import pytest
from serving.loading_note import STUCK_AFTER_S, LoadingNote


def test_a_process_that_dies_while_it_loads_a_release_leaves_a_note_of_it(tmp_path: Path) -> None:
    with LoadingNote(tmp_path / "note").loading("one"):
        assert LoadingNote(tmp_path / "note").deadly == {"one"}  # as the next process finds it


def test_a_release_that_is_loaded_or_refused_is_not_noted(tmp_path: Path) -> None:
    note = LoadingNote(tmp_path / "note")
    with note.loading("one"):
        pass
    with pytest.raises(ValueError, match="bad"), note.loading("two"):
        raise ValueError("bad")
    assert LoadingNote(tmp_path / "note").deadly == set()


def test_what_an_earlier_process_died_of_stays_noted_until_it_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("one")
    note = LoadingNote(tmp_path / "note")
    with note.loading("two"):
        pass
    assert LoadingNote(tmp_path / "note").deadly == {"one"}
    with note.loading("one"):
        pass
    assert LoadingNote(tmp_path / "note").deadly == set()


def test_loading_that_comes_to_no_end_is_stuck(tmp_path: Path) -> None:
    now = 0.0
    note = LoadingNote(tmp_path / "note", clock=lambda: now)
    with note.loading("one"):
        now = STUCK_AFTER_S
        assert not note.stuck()
        now += 1
        assert note.stuck()
    assert not note.stuck()

"""The file of API keys: what it takes, and what becomes of a bad one."""

from pathlib import Path

import pytest
from gateway.api_keys import ApiKeys, line_of, read_keys

GOOD, OTHER = line_of("alice", "a"), line_of("bob", "b")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "api-keys"
    path.write_text(GOOD)
    return path


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"# whose it is\n\n  {GOOD}  \n",
        GOOD.replace(GOOD[7:], GOOD[7:].upper()),
        GOOD.replace(": ", ":"),
        f"{GOOD}\r\n",
    ],
)
def test_a_line_is_an_id_and_a_sha256(text: str) -> None:
    assert read_keys(text) == read_keys(GOOD)


@pytest.mark.parametrize(
    "line", ["secret", "alice: secret", f"alice {GOOD[7:]}", f"{GOOD}0", GOOD[:-1], f"a b{GOOD}", f"{GOOD} # alice"]
)
def test_a_wrong_line_is_named_by_its_number_and_never_shown(line: str) -> None:
    with pytest.raises(ValueError, match="line 2 is not `id: sha256`") as error:
        read_keys(f"{GOOD}\n{line}")
    assert line not in str(error.value)


def test_keys_are_known_by_their_digests(path: Path) -> None:
    path.write_text(f"{GOOD}\n{OTHER}\n")
    keys = ApiKeys(path)
    found = [keys.id_of(key) for key in (b"a", b"b", b"c", b"", b"\xff", GOOD[7:].encode())]
    assert found == ["alice", "bob", None, None, None, None]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"secret", "line 1 is not"),
        (b"# nobody\n", "it holds no key"),
        (b"\xff\xfe", "is not text in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_ends_the_start_in_words(path: Path, content: bytes, why: str) -> None:
    path.write_bytes(content)
    with pytest.raises(ValueError, match=why) as error:
        ApiKeys(path)
    assert str(path) in str(error.value)


def test_a_file_that_is_not_there_ends_the_start_in_words(path: Path) -> None:
    path.unlink()
    with pytest.raises(ValueError, match=f"{path} cannot be read: No such file"):
        ApiKeys(path)


def test_another_file_of_that_name_is_taken(path: Path, tmp_path: Path) -> None:
    keys = ApiKeys(path)
    (tmp_path / "new").write_text(OTHER)
    (tmp_path / "new").rename(path)
    keys.look()
    assert [keys.id_of(key) for key in (b"a", b"b")] == [None, "bob"]


@pytest.mark.parametrize("content", [b"", b"secret", b"\xff", None])
def test_a_file_that_has_become_bad_leaves_the_keys_from_before_and_is_reported_once(
    path: Path, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    keys = ApiKeys(path)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    keys.look()
    keys.look()
    assert keys.id_of(b"a") == "alice"
    [why] = complaints(caplog)
    assert str(path) in why
    path.write_text(OTHER)
    keys.look()
    assert [keys.id_of(key) for key in (b"a", b"b")] == [None, "bob"]


def test_a_file_that_is_bad_once_more_is_reported_once_more(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    keys = ApiKeys(path)
    for text in ("secret", GOOD, "secret"):
        path.write_text(text)
        keys.look()
    assert len(complaints(caplog)) == 2


def complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [vars(record)["why"] for record in caplog.records if record.levelname == "ERROR"]

from pathlib import Path

import pytest
from gateway.api_keys import ApiKeys
from gateway.cli import main


def test_a_new_key_is_shown_once_and_its_line_alone_goes_to_standard_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["api-key", "alice"])
    printed = capsys.readouterr()
    key = printed.err.split()[-1]
    assert len(key) == 43  # 256 bits
    assert key not in printed.out
    (tmp_path / "keys").write_text(printed.out)
    assert ApiKeys(tmp_path / "keys").id_of(key.encode()) == "alice"


@pytest.mark.parametrize("name", ["", "a b", "a:b", "x" * 65, "a\nb"])
def test_an_id_that_could_not_stand_in_the_file_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["api-key", name])
    assert "an id is 1 to 64 letters" in capsys.readouterr().err

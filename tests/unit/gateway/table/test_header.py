import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gateway.table.header import MOST_COLUMNS, Header
from gateway.table.rows import ROW_LIMIT, Rows, csv_text
from serving.errors import InvalidInput, MalformedBody
from serving.store import Manifest

APPENDED = ["prediction", "prediction:forest", "error"]
LENGTHS: list[dict[str, Any]] = [
    {"name": "stem_length", "kind": "number", "unit": "cm", "min": 1.0, "max": 7.0, "mean": 3.0},
    {"name": "leaf_width", "kind": "number", "min": 1.0, "max": 7.0, "mean": 3.0},
]


@pytest.fixture
def header(publish: Callable[..., Manifest], store_root: Path) -> Callable[..., Header]:
    def read(line: str | bytes, features: list[dict[str, Any]] = LENGTHS) -> Header:
        content = line if isinstance(line, bytes) else line.encode()
        return Header(Rows(csv_text(io.BytesIO(content))), publish(store_root, features=features), APPENDED)

    return read


@pytest.mark.parametrize(
    "column",
    [
        "stem_length",
        " stem_length ",
        "Stem Length",
        "stem-length",
        "Stem.Length",
        "STEM_LENGTH",
        "StemLength",
        "stem length (cm)",
        "stem_length [cm]",
        "Stem Length (CM)",
        "StemLengthCm",
        "stem_length_cm",
        "\ufeffstem_length",
    ],
)
def test_a_feature_is_known_by_the_variants_of_its_name(header: Callable[..., Header], column: str) -> None:
    assert header(f"{column},id,leaf_width\n").places == [0, 2]


@pytest.mark.parametrize("column", ["stem length (mm)", "stem_length_mm", "length", "stem_length2", "the_stem_length"])
def test_another_unit_or_name_is_not_the_feature(header: Callable[..., Header], column: str) -> None:
    with pytest.raises(InvalidInput, match=r"no column for stem_length \(cm\): its columns are"):
        header(f"{column},leaf_width\n")


def test_a_unit_is_no_matter_where_the_feature_has_none(header: Callable[..., Header]) -> None:
    assert header("stem_length,Leaf Width (mm)\n").places == [0, 1]


@pytest.mark.parametrize(
    ("line", "delimiter"),
    [
        ("stem_length,leaf_width", ","),
        ("leaf_width;note, or remark;stem_length", ";"),
        ("leaf_width\tstem_length\ta,b;c", "\t"),
        ('"stem_length","leaf_width","a;b;c;d"', ","),
    ],
)
def test_the_delimiter_is_the_one_that_separates_the_features(
    header: Callable[..., Header], line: str, delimiter: str
) -> None:
    assert header(line).delimiter == delimiter


def test_every_missing_feature_is_named_and_so_are_the_columns_that_there_are(header: Callable[..., Header]) -> None:
    with pytest.raises(InvalidInput) as caught:
        header("id,species\n")
    error = caught.value
    assert error.detail == "the table has no column for stem_length (cm), leaf_width: its columns are 'id', 'species'"
    assert [each["loc"] for each in error.errors] == [["header", "stem_length"], ["header", "leaf_width"]]


def test_of_many_and_long_columns_some_are_named_and_shortened(header: Callable[..., Header]) -> None:
    with pytest.raises(InvalidInput) as caught:
        header(",".join(["x" * 600] * 100))
    assert len(caught.value.detail) < 2_000
    assert "and 80 more" in caught.value.detail


def test_the_very_name_wins_over_a_variant_which_passes_through(header: Callable[..., Header]) -> None:
    assert header("Stem Length,stem_length,leaf_width\n").places == [1, 2]


@pytest.mark.parametrize("line", ["Stem Length,stem length (cm),leaf_width\n", "stem_length,stem_length,leaf_width\n"])
def test_two_columns_for_one_feature_are_refused_and_both_are_named(header: Callable[..., Header], line: str) -> None:
    first, second, _ = line.split(",")
    with pytest.raises(InvalidInput, match="more than one column") as caught:
        header(line)
    assert f"stem_length: {first!r}, {second!r}" in caught.value.detail


def test_a_column_that_may_be_either_of_two_features_is_neither(header: Callable[..., Header]) -> None:
    twins = [LENGTHS[0], {**LENGTHS[1], "name": "stem length"}]
    assert header("stem_length,stem length\n", twins).places == [0, 1]
    with pytest.raises(InvalidInput, match="no column for stem length"):
        header("stem_length,Stem Length\n", twins)


def test_other_columns_may_have_any_name_even_the_same(header: Callable[..., Header]) -> None:
    assert header("id,id,,stem_length,leaf_width\n").places == [3, 4]


def test_own_columns_called_as_the_answers_are_refused_and_named(header: Callable[..., Header]) -> None:
    with pytest.raises(InvalidInput, match=r"\(prediction, error\)"):
        header("stem_length,leaf_width,error, prediction,predictions\n")


def test_more_columns_than_a_table_has_are_refused(header: Callable[..., Header]) -> None:
    with pytest.raises(InvalidInput, match="columns, more than"):
        header("stem_length,leaf_width" + "," * MOST_COLUMNS)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\n\r\n", "empty"),
        (b"\n" * 100_000 + b"stem_length,leaf_width\n", "empty"),
        (b"caf\xe9,stem_length,leaf_width\n", "UTF-8"),
        ("stem_length,leaf_width\n".encode("utf-16"), "UTF-8"),
        (b'"stem_length,leaf_width\n1,2\n', "a quote is opened"),
        (b"x" * ROW_LIMIT, "longer than"),
    ],
)
def test_what_is_not_a_table_is_malformed(header: Callable[..., Header], content: bytes, why: str) -> None:
    with pytest.raises(MalformedBody, match=why):
        header(content)


def test_a_name_may_hold_a_line_end_and_the_header_stand_below_empty_lines(header: Callable[..., Header]) -> None:
    found = header('\n\r\n"my\nnote";"stem_length";"leaf_width"\r\n')
    assert found.columns == ["my\nnote", "stem_length", "leaf_width"]

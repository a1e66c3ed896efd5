import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from trainer.errors import UnusableTable
from trainer.preset import DEFAULT
from trainer.table import Table, read_table

WriteCsv = Callable[[str], Path]
BODY = "".join(f"{i},{i * i},{'ab'[i % 2]}\n" for i in range(10))
WIDE_HEADER = "".join(f"x{i}," for i in range(1001)) + "label\n"


def test_the_default_table_is_iris_as_scikit_learn_ships_it() -> None:
    from sklearn.datasets import load_iris

    table = read_table(DEFAULT.path, target=DEFAULT.target, name=DEFAULT.name, units=DEFAULT.units)
    iris = load_iris()
    np.testing.assert_array_equal(table.rows, iris.data)
    np.testing.assert_array_equal(table.labels, iris.target)
    assert table.classes == tuple(iris.target_names)
    assert [(feature.name, feature.unit) for feature in table.features] == [
        ("sepal_length", "cm"), ("sepal_width", "cm"), ("petal_length", "cm"), ("petal_width", "cm"),
    ]  # fmt: skip


def test_a_mixed_table_is_encoded_as_engines_take_it(mixed: Table) -> None:
    assert [(feature.name, feature.kind, feature.nullable) for feature in mixed.features] == [
        ("width", "number", False),
        ("color", "category", True),
        ("striped", "boolean", True),
        ("age", "number", True),
    ]
    np.testing.assert_array_equal(mixed.rows[0], [0.0, 0.0, 1.0, np.nan])
    np.testing.assert_array_equal(mixed.rows[5], [0.5, np.nan, 1.0, 5.0])
    np.testing.assert_array_equal(mixed.rows[30], [3.0, 1.0, np.nan, 30.0])


def test_classes_are_sorted_texts_even_where_they_look_like_numbers(write_csv: WriteCsv) -> None:
    path = write_csv("x,label\n" + "".join(f"{i},{['10', '9', '01'][i % 3]}\n" for i in range(15)))
    table = read_table(path, target="label", name="numbered")
    assert table.classes == ("01", "10", "9")
    assert table.labels[:3].tolist() == [1, 2, 0]


def test_the_digest_is_the_files(write_csv: WriteCsv) -> None:
    path = write_csv("x,y,label\n" + BODY)
    assert read_table(path, target="label", name="t").data.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_byte_order_mark_is_no_part_of_the_first_name(write_csv: WriteCsv) -> None:
    assert read_table(write_csv("\ufeffx,y,label\n" + BODY), target="label", name="t").features[0].name == "x"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        ("x,y,label\n", "no rows"),
        ("x,y,species\n" + BODY, "no column 'label'.*'x', 'y', 'species'"),
        ("x;y;label\n1;2;a\n", "no column 'label'"),
        ("x,x,label\n" + BODY, "more than one column 'x'"),
        ("x (cm),x (mm),label\n" + BODY, "more than one column 'x'"),
        ("x,,label\n" + BODY, "column 2 has no name"),
        ("label\n" + "a\nb\n" * 5, "at least one feature"),
        ("x,predicted:forest,label\n" + BODY, "prediction from a sample"),
        ("x,y,label\n" + BODY.replace("b", "a"), "one class only"),
        ("x,y,label\n" + BODY + "1,2,rare\n", "class 'rare' of 'label' has 1 rows"),
        ("x,y,label\n" + BODY + "1,2,\n", "1 rows have no value in the target column"),
        ("x,y,label\n" + BODY + "1,2,a,extra\n", "not a CSV table"),
        ("x,y,label\n1,2,a,extra\n1,2,b,extra\n", "not a CSV table"),
        ('x,y,label\n1,"2,a\n', "not a CSV table"),
        ("x,y,label\n" + "".join(f"{i},2,{'ab'[i % 2]}\n" for i in range(10)), "'y' has the same value"),
        ("x,y,label\n" + "".join(f"{i},,{'ab'[i % 2]}\n" for i in range(10)), "'y' is empty"),
        ("x,y,label\n" + BODY.replace("9,81", "9,inf"), "'y' holds infinite values"),
        ("x,label\n" + "".join(f"{i},{i % 101}\n" for i in range(505)), "101 classes"),
        (WIDE_HEADER + "".join(f"{'1,' * 1001}{label}\n" for label in "ab" * 5), "1001 features"),
        ("x" * 201 + ",label\n" + "1,a\n2,b\n" * 5, "longer than 200"),
    ],
)  # fmt: skip
def test_an_unusable_table_is_refused_with_its_path_and_the_reason(write_csv: WriteCsv, text: str, why: str) -> None:
    path = write_csv(text)
    with pytest.raises(UnusableTable, match=why) as refused:
        read_table(path, target="label", name="t")
    assert str(path) in refused.value.detail
    assert "\n" not in refused.value.detail


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableTable, match="there is no table at"):
        read_table(tmp_path / "none.csv", target="label", name="t")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableTable, match="cannot read"):
        read_table(tmp_path, target="label", name="t")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\xff\xfe", b"PK\x03\x04\x00\x00\xff", b"x,label\n1\x00,a\n"])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(content)
    with pytest.raises(UnusableTable):
        read_table(path, target="label", name="t")


def test_all_columns_that_never_change_are_named_at_once(write_csv: WriteCsv) -> None:
    path = write_csv("x,size (cm),y,z,label\n" + "".join(f"{i},2,red,true,{'ab'[i % 2]}\n" for i in range(10)))
    with pytest.raises(UnusableTable, match="3 columns have the same value in every row") as refused:
        read_table(path, target="label", name="t")
    assert refused.value.detail.endswith("remove them. They are 'size', 'y', 'z'")

import io

import pytest
from gateway.table.rows import MOST_OPEN_QUOTES, ROW_LIMIT, Rows, UnreadableRow, csv_text


def read(content: bytes) -> list[list[str] | str]:
    """All rows; of a row that cannot be read, why."""
    rows = Rows(csv_text(io.BytesIO(content)))
    found: list[list[str] | str] = []
    while True:
        try:
            found.append(next(rows))
        except UnreadableRow as error:
            found.append(error.why)
        except StopIteration:
            return found


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_rows_end_with_any_line_end_and_the_last_one_with_none(end: bytes) -> None:
    assert read(b"a,b" + end + b"1,2" + end + b"3,4") == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_a_quoted_cell_may_hold_line_ends_quotes_and_delimiters() -> None:
    assert read(b'"a\r\n,b","say ""hi"""\n1,2\n') == [["a\r\n,b", 'say "hi"'], ["1", "2"]]


def test_the_mark_at_the_beginning_is_no_part_of_the_first_cell() -> None:
    assert read(b"\xef\xbb\xbfa,b\n") == [["a", "b"]]


def test_lines_without_anything_have_no_cells() -> None:
    assert read(b"\na\n\n\r\nb\n\n") == [[], ["a"], [], [], ["b"], []]


def test_a_zero_byte_is_a_character_like_others() -> None:
    assert read(b"a\0,b\n") == [["a\0", "b"]]


def test_a_byte_that_is_not_utf8_harms_its_own_cell_only() -> None:
    assert read(b"caf\xe9,1\ncaf\xc3\xa9,2\n") == [["caf\udce9", "1"], ["café", "2"]]


def test_a_quote_that_never_closes_costs_its_own_row_only() -> None:
    assert read(b'a,b\n"1,2\n3,4\n5,6\n') == [["a", "b"], "a quote is opened and never closed", ["3", "4"], ["5", "6"]]


def test_a_quote_that_closes_too_late_costs_its_own_row_only() -> None:
    content = b'"1,2\n' + b"3,4\n" * ROW_LIMIT + b'5,"6"\n'
    first, *others = read(content)
    assert isinstance(first, str)
    assert others == [["3", "4"]] * ROW_LIMIT + [["5", "6"]]


def test_of_a_row_whose_quote_never_closes_its_first_line_is_left() -> None:
    with pytest.raises(UnreadableRow) as caught:
        next(Rows(csv_text(io.BytesIO(b'a,"b\nc,d\n'))))
    assert caught.value.cells == ["a", "b\n"]


def test_a_line_that_is_too_long_is_passed_over() -> None:
    long = b"x" * (3 * ROW_LIMIT)
    assert read(b"a,b\n" + long + b"\n1,2\n") == [
        ["a", "b"],
        f"the row is longer than {ROW_LIMIT:,} characters",
        ["1", "2"],
    ]
    assert read(long) == [f"the row is longer than {ROW_LIMIT:,} characters"]


def test_after_many_quotes_that_never_close_a_row_ends_with_its_line_so_that_no_line_is_read_over_and_over() -> None:
    line = b'"x","' + b"y" * 600 + b"\n"  # leaves a quote open, whether or not it began inside of one
    broken = MOST_OPEN_QUOTES + ROW_LIMIT // len(line) + 1
    found = read(line * broken + b'"a\nb",c\n')
    assert found[broken:] == ["a quote is opened and never closed", ['b"', "c"]]


def test_a_row_that_was_peeked_at_stays_the_next() -> None:
    rows = Rows(csv_text(io.BytesIO(b'\n\r\n"a\nx";b\n1;2\n')))
    assert rows.peek(",") == ["a\nx;b"]
    assert rows.peek(";") == ["a\nx", "b"]
    assert list(rows) == [["a\nx", "b"], ["1", "2"]]


@pytest.mark.parametrize("content", [b"", b"\n\n", b'"a', b"x" * ROW_LIMIT])
def test_there_is_nothing_to_peek_at_where_no_row_can_be_read(content: bytes) -> None:
    assert Rows(csv_text(io.BytesIO(content))).peek(",") == []

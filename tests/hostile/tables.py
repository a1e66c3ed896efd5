"""Hostile tables: the status that each gets, and where it is answered, what the column `error` of its last row says."""

HEAD = b"sepal_length,sepal_width,petal_length,petal_width\n"
ROW = b"5.1,3.5,1.4,0.2\n"

REFUSED: list[tuple[str, bytes, int]] = [
    ("nothing", b"", 400),
    ("line ends", b"\n" * 2_000, 400),
    ("one long line", b"x" * 1_000_000, 400),
    ("a quote that never closes", b'"' + HEAD + ROW, 400),
    ("a header that is no UTF-8", b"caf\xe9," + HEAD + b"1," + ROW, 400),
    ("half of a surrogate pair in the header", b"\xed\xa0\x80," + HEAD + b"1," + ROW, 400),
    ("in UTF-16", (HEAD + ROW).decode().encode("utf-16"), 400),
    ("an Excel file", b"PK\x03\x04" + bytes(range(256)) * 100, 422),
    ("compressed, and not said so", b"\x1f\x8b\x08\x00" + b"\xff\xfe" * 1_000, 400),
    ("no header", ROW, 422),
    ("JSON", b'{"sepal_length": 5.1}', 422),
    ("a column twice", b"sepal_length," + HEAD + b"1," + ROW, 422),
    ("a column and a variant of another", HEAD.replace(b"petal_width", b"Petal Width,PetalWidth"), 422),
    ("a column of the answer's name", b"prediction," + HEAD + b"1," + ROW, 422),
    ("10,000 columns", b"x," * 10_000 + HEAD, 422),
    ("100,000 commas", b"," * 60_000 + HEAD, 422),
]

ANSWERED: list[tuple[str, bytes, str]] = [
    ("a byte order mark", b"\xef\xbb\xbf" + HEAD + ROW, ""),
    ("a NUL in a column's name", HEAD.replace(b"petal_width", b"petal\0width") + ROW, ""),
    ("a NUL in a number", HEAD + b"5\0.1,3.5,1.4,0.2\n", "sepal_length is not a number"),
    ("a NUL in a column of its own", b"id," + HEAD + b"a\0b," + ROW, ""),
    ("bytes that are no UTF-8", b"id," + HEAD + b"caf\xe9," + ROW, "the row is not UTF-8 text"),
    ("half of a surrogate pair", b"id," + HEAD + b"\xed\xa0\x80," + ROW, "the row is not UTF-8 text"),
    ("not a number", HEAD + b"NaN,3.5,1.4,0.2\n", "sepal_length is missing"),
    ("infinity", HEAD + b"inf,3.5,1.4,0.2\n", "sepal_length is beyond ±1e+18"),
    ("more than a float has", HEAD + b"1e999,3.5,1.4,0.2\n", "sepal_length is beyond ±1e+18"),
    ("5,000 digits", HEAD + b"9" * 5_000 + b",3.5,1.4,0.2\n", "sepal_length is beyond ±1e+18"),
    ("digits of another script", HEAD + "٥,3.5,1.4,0.2\n".encode(), "sepal_length is not a number"),
    ("digits with underscores", HEAD + b"5_1,3.5,1.4,0.2\n", "sepal_length is not a number"),
    ("a truth", HEAD + b"true,3.5,1.4,0.2\n", "sepal_length is not a number"),
    ("a formula", HEAD + b"=1+1,3.5,1.4,0.2\n", "sepal_length is not a number"),
    ("100,000 brackets", HEAD + b"[" * 50_000 + b",3.5,1.4,0.2\n", "sepal_length is not a number"),
    ("a row that is too long", HEAD + b"x" * 70_000 + b",3.5,1.4,0.2\n", "the row is longer than 65,536 characters"),
    ("a cell more", HEAD + b"1," + ROW, "the row has 5 cells, the header 4"),
    ("a cell fewer", HEAD + b"5.1,3.5,1.4\n", "the row has 3 cells, the header 4"),
    ("an open quote", HEAD + b'"5.1,3.5,1.4,0.2\n', "a quote is opened and never closed"),
    ("carriage returns for line ends", (HEAD + ROW).replace(b"\n", b"\r"), ""),
    ("no line end at the end", HEAD + ROW[:-1], ""),
]

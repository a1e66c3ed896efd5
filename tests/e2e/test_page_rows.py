"""A table of one's own, through the page."""

import csv
import io
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Download, FilePayload, Locator, Page, expect

from tests.e2e.page_parts import excess_width, narrow
from tests.stack import Stack

IRIS = Path(__file__).parents[2] / "trainer/src/trainer/data/iris.csv"
HEAD = "sepal_length,sepal_width,petal_length,petal_width"
DROP = """([text, name]) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([text], name));
    const zone = document.querySelector("#rows");
    for (const kind of ["dragover", "drop"]) {
        zone.dispatchEvent(new DragEvent(kind, { dataTransfer: dropped, bubbles: true, cancelable: true }));
    }
}"""

DRAG = """(kind) => {
    const dragged = new DataTransfer();
    dragged.items.add(new File([""], "table.csv"));
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: dragged, bubbles: true, cancelable: true }));
}"""


def rows(page: Page) -> Locator:
    return page.get_by_role("region", name="Your own rows")


def choose(page: Page, file: FilePayload | Path) -> None:
    rows(page).get_by_label("Choose a CSV file").set_input_files(file)


def table(text: str, name: str = "own.csv") -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def predict(page: Page) -> None:
    rows(page).get_by_role("button", name="Predict").click()


def read(download: Download) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(download.path().read_bytes().decode(), newline="")))


def downloaded(page: Page, button: str) -> Download:
    with page.expect_download() as coming:
        rows(page).get_by_role("button", name=button).click()
    return coming.value


def test_it_shows_the_first_rows_and_what_each_column_is_taken_for(opened: Page) -> None:
    head = "Id,SepalLengthCm,Sepal Width (cm),petal.length,PETAL_WIDTH,Species"
    choose(opened, table(f"{head}\n1,5.1,3.5,1.4,0.2,Iris-setosa\n2,6.7,3.0,5.2,2.3,Iris-virginica\n"))
    preview = rows(opened).get_by_role("region", name="The first rows").get_by_role("row")
    expect(preview).to_have_count(4)
    expect(preview.nth(0)).to_contain_text("SepalLengthCm")
    meanings = preview.nth(1).get_by_role("cell")
    wanted = ["kept as it is", "sepal_length", "sepal_width", "petal_length", "petal_width", "true class"]
    expect(meanings).to_have_text([f" {each}" if "_" in each else each for each in wanted], use_inner_text=True)
    expect(rows(opened)).to_contain_text("4 of 4 features found")
    expect(rows(opened)).to_contain_text("“Iris-” before each class is passed over")
    predict(opened)
    expect(rows(opened).get_by_role("row", name="the vote")).to_contain_text("2 of 2")


def test_a_missing_column_is_told_before_anything_is_predicted(opened: Page) -> None:
    sent: list[str] = []
    opened.on("request", lambda request: sent.append(request.url) if request.url.endswith("/predict/csv") else None)
    choose(opened, table("sepal_length,sepal_width,petal_length\n1,2,3\n"))
    expect(rows(opened).get_by_role("alert")).to_contain_text("no column for petal_width (cm)")
    expect(rows(opened).get_by_role("alert")).to_contain_text("It was sent to have the header read")
    expect(rows(opened).get_by_role("button", name="Predict")).to_have_count(0)
    assert sent == []


def test_a_table_with_true_classes_is_an_evaluation_of_the_vote_and_of_each_model(stack: Stack, opened: Page) -> None:
    answer = stack.client.post("/predict/csv", content=IRIS.read_bytes(), headers={"Content-Type": "text/csv"}).text
    answered = list(csv.DictReader(io.StringIO(answer)))
    names = [column.removeprefix("prediction:") for column in answered[0] if column.startswith("prediction:")]
    choose(opened, IRIS)
    predict(opened)
    judged = rows(opened).get_by_role("region", name="Accuracy").get_by_role("row")
    expect(judged).to_have_count(5)
    for score, column in zip(judged.all()[1:], ["prediction", *(f"prediction:{name}" for name in names)], strict=True):
        correct = sum(row[column] == row["species"] for row in answered)
        expect(score).to_contain_text(f"{correct} of 150")
    for name in names:
        rows(opened).get_by_role("combobox", name="Confusion matrix of").select_option(name)
        matrix = rows(opened).get_by_role("region", name=f"Confusion matrix of {name}")
        taken = Counter((row["species"], row[f"prediction:{name}"]) for row in answered)
        for true in ("setosa", "versicolor", "virginica"):
            counts = [str(taken[true, said]) for said in ("setosa", "versicolor", "virginica")]
            expect(matrix.get_by_role("row", name=true).get_by_role("cell")).to_have_text(counts)
    differing = rows(opened).get_by_role("region", name="Rows on which two models differ").get_by_role("row")
    for pair, (one, other) in zip(differing.all()[1:], combinations(names, 2), strict=True):
        count = sum(row[f"prediction:{one}"] != row[f"prediction:{other}"] for row in answered)
        expect(pair.get_by_role("cell").first).to_have_text(str(count))


def test_each_row_with_an_error_is_told_with_its_number_and_why(opened: Page) -> None:
    choose(opened, table(f"{HEAD}\n5.1,3.5,1.4,0.2\nx,3.5,1.4,0.2\n5.1,3.5\n6.7,3.0,5.2,2.3\n"))
    predict(opened)
    errors = rows(opened).get_by_role("region", name="Rows with errors").get_by_role("row")
    expect(errors).to_have_count(3)
    expect(errors.nth(1)).to_contain_text("3none" + "sepal_length is not a number")
    expect(errors.nth(2)).to_contain_text("4none" + "the row has 2 cells, the header 4")
    expect(rows(opened)).to_contain_text("2 rows without a prediction")


def test_rows_outside_the_training_ranges_are_counted(opened: Page) -> None:
    choose(opened, table(f"{HEAD.replace(',', ';')}\n5,1;3,5;1,4;0,2\n5,1;3,5;1,4;9,2\nx;3,5;1,4;9,2\n"))
    predict(opened)
    expect(rows(opened)).to_contain_text("1 answered row holds a number outside its training range")
    choose(opened, IRIS)
    predict(opened)
    expect(rows(opened).get_by_role("heading", name="Result: iris.csv")).to_be_visible()
    expect(rows(opened)).not_to_contain_text("outside")


def test_semicolons_and_decimal_commas_are_read(opened: Page) -> None:
    choose(opened, table(f"{HEAD.replace(',', ';')}\r\n6,7;3,0;5,2;2,3\r\n"))
    expect(rows(opened)).to_contain_text("separated by semicolons")
    predict(opened)
    text = downloaded(opened, "Download the result").path().read_bytes().decode()
    assert text.startswith(HEAD.replace(",", ";") + ";prediction;")
    assert text.endswith("\r\n")
    assert ";virginica;" in text


def test_a_long_upload_can_be_canceled(opened: Page, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    large.write_text(HEAD + "\n" + "5.1,3.5,1.4,0.2\n" * 3_000_000)
    choose(opened, large)
    expect(rows(opened).get_by_role("button", name="Predict about 3,000,000 rows")).to_be_visible()
    with opened.expect_event("requestfailed", lambda request: request.url.endswith("/predict/csv"), timeout=60_000):
        predict(opened)
        expect(rows(opened).get_by_role("progressbar", name="Predicting large.csv")).to_be_visible()
        rows(opened).get_by_role("button", name="Cancel").click()
    expect(rows(opened).get_by_role("alert")).to_contain_text("Canceled")
    expect(rows(opened).get_by_role("progressbar")).to_have_count(0)
    expect(rows(opened).get_by_role("button", name="Predict")).to_be_visible()


def test_a_downloaded_result_runs_nothing_in_a_spreadsheet(opened: Page) -> None:
    formula = '=HYPERLINK("http://example.org","x")'
    own = io.StringIO()
    csv.writer(own, lineterminator="\n").writerows(
        [["@note", *HEAD.split(",")], [formula, 6.7, 3.0, 5.2, 2.3], ["-1.5", 5.1, 3.5, 1.4, 0.2]]
    )
    choose(opened, table(own.getvalue(), "=own.csv"))
    predict(opened)
    expect(rows(opened)).to_contain_text("2 cells that a spreadsheet may run as a formula begin with an apostrophe")
    download = downloaded(opened, "Download the result")
    assert download.suggested_filename.endswith("own-predictions.csv")
    first, second = read(download)
    assert (first["'@note"], first["prediction"]) == ("'" + formula, "virginica")
    assert (second["'@note"], second["prediction"]) == ("-1.5", "setosa")


def test_the_template_is_answered_when_it_is_sent(opened: Page) -> None:
    download = downloaded(opened, "Download a template")
    assert download.suggested_filename == "iris-template.csv"
    template = download.path().read_bytes()
    assert template.startswith(b"sepal_length (cm),")
    choose(opened, {"name": "template.csv", "mimeType": "text/csv", "buffer": template})
    predict(opened)
    expect(rows(opened).get_by_role("heading", name="Result: template.csv")).to_be_visible()
    answered = read(downloaded(opened, "Download the result"))
    assert answered
    assert all(row["prediction"] and not row["error"] for row in answered)


def test_a_file_that_is_dropped_is_chosen_and_comes_into_view(opened: Page) -> None:
    expect(rows(opened)).to_be_visible()
    opened.evaluate("window.scrollTo({ top: 0, behavior: 'instant' })")
    expect(rows(opened).get_by_text("Choose a CSV file")).not_to_be_in_viewport()
    opened.evaluate(DROP, [IRIS.read_text(), "dropped.csv"])
    heading = rows(opened).get_by_role("heading", name="dropped.csv")
    expect(heading).to_be_in_viewport()
    opened.wait_for_function("top => top.getBoundingClientRect().top < 100", arg=heading.element_handle())
    expect(rows(opened).get_by_role("button", name="Predict 150 rows")).to_be_visible()


def test_a_file_that_is_dragged_over_the_page_has_the_window_framed(opened: Page) -> None:
    expect(rows(opened)).to_be_visible()
    opened.evaluate("window.scrollTo({ top: 0, behavior: 'instant' })")
    opened.evaluate(DRAG, "dragover")
    frame = opened.locator(".drop-frame")
    expect(frame).to_be_in_viewport(ratio=1)
    opened.evaluate(DRAG, "dragleave")
    expect(frame).to_have_count(0)


def test_the_keyboard_alone_chooses_sends_and_reads_a_table(opened: Page) -> None:
    opened.on("filechooser", lambda _: None)  # takes effect a moment later than it is asked for
    expect(rows(opened)).to_be_visible()
    rows(opened).get_by_label("Choose a CSV file").focus()
    with opened.expect_file_chooser() as chooser:
        opened.keyboard.press("Enter")
    chooser.value.set_files(IRIS)
    rows(opened).get_by_role("button", name="Predict 150 rows").focus()
    opened.keyboard.press("Enter")
    expect(rows(opened).get_by_role("heading", name="Result: iris.csv")).to_be_focused()


@pytest.mark.parametrize(("content", "why"), [(b"", "empty"), (b"PK\x03\x04...", "workbook")])
def test_what_is_no_csv_file_is_told_in_words(opened: Page, content: bytes, why: str) -> None:
    choose(opened, {"name": "file.csv", "mimeType": "text/csv", "buffer": content})
    expect(rows(opened).get_by_role("alert")).to_contain_text(why)


def test_what_the_server_cannot_read_is_told_in_its_words(stack: Stack, page: Page) -> None:
    page.goto(stack.url)
    choose(page, {"name": "file.csv", "mimeType": "text/csv", "buffer": HEAD.encode("utf-16")})
    expect(rows(page).get_by_role("alert")).to_contain_text("Save it as CSV in UTF-8".lower(), ignore_case=True)


def test_a_result_fits_a_narrow_screen(opened: Page) -> None:
    narrow(opened)
    choose(opened, IRIS)
    predict(opened)
    expect(rows(opened).get_by_role("heading", name="Result: iris.csv")).to_be_visible()
    assert excess_width(opened) == 0

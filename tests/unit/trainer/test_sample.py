import csv
import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from serving.store import Metrics
from trainer.evaluation import Evaluation
from trainer.sample import MOST_ROWS, sample_csv
from trainer.table import read_table

WriteCsv = Callable[[str], Path]
METRICS = Metrics(accuracy=1.0, accuracy_std=0.0, log_loss=0.0, confusion_matrix=((1, 0), (0, 1)))


@pytest.mark.parametrize("rows", [100, MOST_ROWS, MOST_ROWS + 1, 5 * MOST_ROWS])
def test_a_sample_has_at_most_a_thousand_rows_and_each_class_its_share(write_csv: WriteCsv, rows: int) -> None:
    lines = [f"{number},{'rare' if number % 10 == 0 else 'common'}" for number in range(rows)]
    table = read_table(write_csv("width,label\n" + "\n".join(lines)), target="label", name="table")
    evaluations = {"forest": Evaluation(METRICS, np.array(table.labels))}
    sample = list(csv.DictReader(io.StringIO(sample_csv(table, evaluations).decode())))
    assert len(sample) == min(rows, MOST_ROWS)
    shares = Counter(row["label"] for row in sample)
    assert shares["rare"] == pytest.approx(len(sample) / 10, abs=1)
    assert all(row["predicted:forest"] == row["label"] for row in sample)
    assert [int(row["width"]) for row in sample] == sorted({int(row["width"]) for row in sample})

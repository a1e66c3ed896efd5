"""Draws one plot of a day's results; runs in the environment `plot`, which has matplotlib.

python plot.py PLOT.svg < PANELS.json, where the panels map a number of connections to each server's requests a second.
"""

import json
import sys
from collections.abc import Mapping

import matplotlib as mpl
from matplotlib import pyplot as plt

OURS, OTHERS = "#0b6e4f", "#a3a9b3"


def main(plot: str, panels: Mapping[str, Mapping[str, float]]) -> None:
    mpl.rcParams.update({"svg.hashsalt": "triptych", "font.size": 8})
    height = 1.2 + 0.3 * max(len(panel) for panel in panels.values())
    figure, columns = plt.subplots(
        1, len(panels), sharey=True, squeeze=False, figsize=(11, height), layout="constrained"
    )
    for axes, (connections, panel) in zip(columns[0], panels.items(), strict=True):
        bars = axes.barh(list(panel), list(panel.values()), color=[_color(title) for title in panel])
        axes.bar_label(bars, fmt="{:,.0f}", padding=3)
        axes.set_title(f"{connections} connection{'s' if connections != '1' else ''}")
        axes.margins(x=0.3)
        axes.set_xticks([])
        axes.spines[["top", "right", "bottom"]].set_visible(False)
    columns[0][0].invert_yaxis()
    figure.suptitle("POST /predict, three models: requests/s")
    figure.savefig(plot, metadata={"Date": None})


def _color(title: str) -> str:
    return OURS if title.startswith("Triptych") else OTHERS


if __name__ == "__main__":
    main(sys.argv[1], json.load(sys.stdin))

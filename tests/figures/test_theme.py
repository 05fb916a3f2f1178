import re
import tomllib
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import plotly.io as pio
import pytest

from tfplay import figures
from tfplay.figures import theme
from tfplay.figures.grid import SIGNED

ROOT = Path(__file__).resolve().parents[2]
SCORES = np.array([[1.0, 0.0], [0.3, 0.7]])
METRICS = [{"step": 1, "loss": 4.2, "accuracy": 0.1}, {"step": 2, "loss": 3.9, "accuracy": 0.2}]
MADE = {
    "heat map": lambda: figures.attention_heatmap(SCORES, ["I", "am"], ["I", "am"]),
    "strips": lambda: figures.added_strips({"a": SCORES, "b": SCORES}, ["I", "am"], "sum"),
    "lines": lambda: figures.loss_chart(METRICS),
    "space": lambda: figures.token_points(np.eye(3), list("abc"), list("xxy"), [0]),
    "moving": lambda: figures.moving_points([0, 9], np.ones((2, 2, 2)), ["a", "b"], ["x"] * 2, [0]),
}


@pytest.fixture
def placeholders_by_default(monkeypatch):
    """Plotly as it is in the running app: its default colours are Streamlit's placeholders."""
    import streamlit.elements.plotly_chart  # noqa: F401 - sets them, once

    monkeypatch.setattr(pio.templates, "default", "streamlit")


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("shade", ["light", "dark"])
def test_what_leaves_the_page_has_real_colours_and_needs_no_network(
    placeholders_by_default, kind, shade
):
    html = figures.in_theme(MADE[kind](), shade).to_html(include_plotlyjs=False)
    assert not re.findall(r"#0000[0-4]\d\b", html)
    assert theme.BACKGROUND[shade] in html
    assert theme.CATEGORICAL[shade][0] in html
    whole = MADE[kind]().to_html()
    assert "<script src" not in whole and "<link" not in whole


def test_a_figure_is_light_from_the_beginning(placeholders_by_default):
    template = MADE["heat map"]().layout.template
    [heatmap] = template.data.heatmap
    assert heatmap.colorscale[0] == (0.0, "#ffffff")
    assert heatmap.colorscale[-1] == (1.0, "#07423e")
    assert template.layout.colorway == theme.CATEGORICAL["light"]


def test_numbers_with_a_sign_keep_their_colours():
    signed = figures.grid(SCORES - 0.5, ["a", "b"], ["c", "d"], "change")
    assert [list(stop) for stop in signed.data[0].colorscale] == SIGNED


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_the_colours_are_those_of_the_pages(shade):
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    page = config["theme"][shade]
    assert list(theme.CATEGORICAL[shade]) == page["chartCategoricalColors"]
    assert list(theme.SEQUENTIAL[shade]) == page["chartSequentialColors"]
    assert theme.TEXT[shade] == page["textColor"]
    assert theme.BACKGROUND[shade] == page["backgroundColor"]
    assert theme.LINES[shade] == page["borderColor"]


def test_every_figure_is_made_where_the_colours_are():
    files = (ROOT / "tfplay").rglob("*.py")
    makers = [file.name for file in files if re.search(r"\bgo\.Figure\(", file.read_text("utf-8"))]
    copies = ["chart.py", "frozen.py"]  # a page shows one, a snapshot keeps one
    assert sorted(makers) == [*copies, "theme.py"]


def test_any_figure_of_plotly_can_take_the_colours():
    figure = figures.in_theme(go.Figure(go.Bar(y=[1, 2])), "dark")
    assert figure.layout.template.layout.paper_bgcolor == "#101716"


def test_margins_and_legend_are_those_of_all_figures_where_a_figure_does_not_say_otherwise():
    layout = theme.themed(layout=go.Layout(margin={"t": 40}, legend={"y": 1.1})).layout
    assert (layout.margin.l, layout.margin.t) == (10, 40)
    assert (layout.legend.orientation, layout.legend.y) == ("h", 1.1)
    assert layout.xaxis.automargin

"""What a page was really given to show: the numbers of its charts, components, tables and texts."""

import json
import re
from base64 import b64decode
from typing import Any

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest


def chart(app: AppTest, key: str) -> list[dict[str, Any]]:
    """The traces of a Plotly chart, with arrays for their lists of numbers."""
    [spec] = [each.proto.spec for each in app.get("plotly_chart") if each.key == key]
    return [_array(trace) for trace in json.loads(spec)["data"]]


def cells(app: AppTest, key: str) -> np.ndarray:
    """The numbers of the only heatmap of a chart."""
    [heatmap] = chart(app, key)
    return heatmap["z"]


def lines(app: AppTest, key: str) -> dict[str, np.ndarray]:
    """The heights of a chart's lines, by their names."""
    return {trace["name"]: trace["y"] for trace in chart(app, key)}


def columns(app: AppTest, key: str) -> list[str]:
    """What stands above the columns of a heatmap."""
    [spec] = [each.proto.spec for each in app.get("plotly_chart") if each.key == key]
    return json.loads(spec)["layout"]["xaxis"]["ticktext"]


def component(app: AppTest, key: str) -> dict[str, Any]:
    """What a component was given."""
    [data] = [each.proto.json for each in app.get("bidi_component") if each.key == key]
    return json.loads(data)


def bars(app: AppTest, key: str) -> dict[str, float]:
    """The name of each bar with its value."""
    return dict(component(app, key)["rows"])


def choose_row(app: AppTest, key: str, name: str) -> AppTest:
    """Clicks the bar of that name."""
    data = component(app, key)
    choice = data["choices"][[row for row, _ in data["rows"]].index(name)]
    assert choice is not None, f"{name} cannot be chosen"
    app.session_state[f"{key} choice"] = choice
    return app.run()


def table(app: AppTest, column: str) -> pd.DataFrame:
    """The only table that has such a column."""
    [frame] = [each.value for each in app.dataframe if column in each.value]
    return frame


def metric(app: AppTest, label: str) -> str:
    """What stands below a label."""
    [value] = [each.value for each in app.metric if each.label == label]
    return value


def told(app: AppTest, pattern: str) -> str:
    """The number in the only sentence of that pattern, which has a group for it."""
    texts = [element.value for kind in (app.markdown, app.text, app.caption) for element in kind]
    [number] = [found[1] for text in texts for found in [re.search(pattern, text)] if found]
    return number


def assert_same(name: str, shown: Any, expected: Any) -> None:
    """Compares what is shown with what it should be: a number as text to its last digit."""
    if isinstance(shown, str):
        digits = re.fullmatch(r"[+-]?[\d,]+\.?(\d*)( bits|%)?", shown)
        assert digits, f"{name}: {shown!r} is no number"
        scale = 100 if digits[2] == "%" else 1
        value = float(re.sub("[^0-9.-]", "", shown)) / scale
        step = 10.0 ** -len(digits[1]) / scale
        np.testing.assert_allclose(value, expected, atol=0.6 * step, rtol=1e-3, err_msg=name)
    elif np.asarray(shown).dtype.kind in "OU":
        assert list(np.ravel(shown)) == list(np.ravel(expected)), name
    else:
        np.testing.assert_allclose(shown, expected, atol=1e-3, rtol=2e-3, err_msg=name)


def _array(part: Any) -> Any:
    """Plotly sends arrays as the bytes of their numbers."""
    if isinstance(part, dict) and "bdata" not in part:
        return {name: _array(each) for name, each in part.items()}
    if isinstance(part, dict):
        values = np.frombuffer(b64decode(part["bdata"]), part["dtype"])
        shape = part.get("shape", str(len(values)))
        return values.reshape([int(size) for size in shape.split(",")])
    if isinstance(part, list) and part and not isinstance(np.ravel(part)[0], str):
        return np.array(part, dtype="float64")
    return part

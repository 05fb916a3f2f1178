import numpy as np
from streamlit.testing.v1 import AppTest

from tests.pages.shown import component


def page():
    import numpy as np

    from tfplay.app.widgets.picture import picture

    pixels = np.eye(8)[:6]
    shares = np.arange(12).reshape(3, 4) / 66
    picture(pixels, "shares", "Shares", values=shares, chosen=5, on_choose=print)
    picture(pixels, "changes", "Changes", values=0.01 - shares / 10, is_change=True)
    picture(pixels, "plain", "Plain")


def test_a_picture_is_given_its_pixels_and_the_values_of_its_patches():
    app = AppTest.from_function(page, default_timeout=60).run()
    shares, changes, plain = (component(app, key) for key in ("shares", "changes", "plain"))
    np.testing.assert_array_equal(shares["pixels"], np.eye(8)[:6])
    np.testing.assert_allclose(np.ravel(shares["values"]), np.arange(12) / 66)
    assert shares["full"] == np.max(shares["values"])
    assert (shares["chosen"], shares["canChoose"], changes["canChoose"]) == (5, True, False)
    assert changes["full"] == 0.05  # small changes look small
    assert plain["values"] is None

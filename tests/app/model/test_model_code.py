import keras
from keras.src.backend.common.stateless_scope import get_stateless_scope
from streamlit.runtime.scriptrunner.script_runner import _clean_problem_modules

from tfplay.app.model.model_code import load_model_code


def test_a_page_that_ends_takes_nothing_from_those_who_compute():
    load_model_code()
    with keras.StatelessScope() as scope:
        _clean_problem_modules()  # what Streamlit does after each run of a page
        assert get_stateless_scope() is scope

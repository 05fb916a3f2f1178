import keras
import pytest


@pytest.fixture
def uncompiled(monkeypatch):
    """Steps run eagerly: to compile one takes longer than all steps of such a run."""
    compile_model = keras.Model.compile

    def compile_eagerly(model, *, jit_compile, **kwargs):
        compile_model(model, run_eagerly=True, **kwargs)

    monkeypatch.setattr(keras.Model, "compile", compile_eagerly)

"""The app started from Python."""

from urllib.error import URLError
from urllib.request import urlopen

import pytest

import tfplay
from tfplay.errors import InputError
from tfplay.running import RunningApp


def health(app):
    with urlopen(f"{app.address}/_stcore/health", timeout=5) as answer:
        return answer.read()


def test_a_model_is_opened_in_an_app_that_ends_when_closed(capsys):
    app = tfplay.open("translator", browser=False)
    assert f"{app.address}/models?run=translator" in capsys.readouterr().out
    assert health(app) == b"ok"
    assert tfplay.open("chat", browser=False) is app
    with pytest.raises(InputError, match="cannot listen"):
        RunningApp(port=int(app.address.rpartition(":")[2]))
    app.close()
    with pytest.raises(URLError):
        health(app)


def test_a_model_that_is_not_there_starts_nothing(capsys):
    with pytest.raises(InputError, match="There is no model 'nothing'"):
        tfplay.open("nothing")
    assert not capsys.readouterr().out

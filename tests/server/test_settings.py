import pytest

from tfplay.errors import InputError
from tfplay.server import ApiSettings


def test_what_the_environment_leaves_out_or_empty_is_as_by_default():
    assert ApiSettings.from_environment({"TFPLAY_API_RATE": " ", "PATH": "x"}) == ApiSettings()


def test_each_setting_is_read():
    names = ("RATE", "STREAMS", "SECONDS", "BYTES", "PROXIES")
    numbers = {f"TFPLAY_API_{name}": str(2000 * (name == "BYTES") + 3) for name in names}
    environment = numbers | {"TFPLAY_API": "off", "TFPLAY_API_KEY": "key"}
    assert ApiSettings.from_environment(environment) == ApiSettings(
        is_on=False,
        key="key",
        requests_a_minute=3,
        streams=3,
        seconds=3,
        most_bytes=2003,
        proxies=3,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TFPLAY_API", "no"),
        ("TFPLAY_API_RATE", "many"),
        ("TFPLAY_API_RATE", "-1"),
        ("TFPLAY_API_STREAMS", "0"),
        ("TFPLAY_API_SECONDS", "0.5"),
        ("TFPLAY_API_BYTES", "10"),
        ("TFPLAY_API_PROXIES", "x"),
    ],
)
def test_an_impossible_setting_is_named(name, value):
    with pytest.raises(InputError, match=f"{name} is '?{value}'?; it must be"):
        ApiSettings.from_environment({name: value})


def test_the_key_is_not_shown():
    assert "secret" not in repr(ApiSettings(key="secret"))

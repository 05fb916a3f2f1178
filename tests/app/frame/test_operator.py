"""Who may open the operator's page."""

import pytest

from tfplay.app.frame import operator


class User(dict):
    is_logged_in = True


@pytest.fixture
def signed_in(monkeypatch):
    def sign_in(**claims):
        monkeypatch.setattr("tfplay.app.frame.operator.st.user", User(claims))
        return operator._who_signed_in()

    return sign_in


def test_an_address_counts_only_if_the_provider_has_verified_it(signed_in):
    assert signed_in(sub="7", email="ada@example.org", email_verified=True) == {
        "7",
        "ada@example.org",
    }
    for claim in (False, None, "true", 1):
        assert signed_in(sub="7", email="ada@example.org", email_verified=claim) == {"7"}
    assert signed_in(email="ada@example.org") == set()


@pytest.mark.parametrize(
    ("setting", "secrets", "has"),
    [
        ("ada@example.org", {"auth": {}}, True),
        ("", {"auth": {}}, False),
        (" , ", {"auth": {}}, False),
        ("ada@example.org", {}, False),
    ],
)
def test_there_are_operators_where_both_settings_are_there(monkeypatch, setting, secrets, has):
    monkeypatch.setenv("TFPLAY_ADMINS", setting)
    monkeypatch.setattr("tfplay.app.frame.operator.st.secrets", secrets)
    assert operator.has_operators() is has

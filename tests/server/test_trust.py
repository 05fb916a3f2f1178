import pytest

from tfplay.server import Trust

OWN = "192.0.2.1"


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:8501",
        "localhost.",
        "127.0.0.1:8501",
        "[::1]:8501",
        "192.0.2.1:8501",
        "[::ffff:192.0.2.1]:8501",
    ],
)
def test_this_machine_may_always_be_asked_by_its_own_names(host):
    for trust in (Trust(), Trust(hosts=["play.example.org"])):
        assert trust.has_host(host, OWN)
        assert trust.has_origin(f"http://{host}", host, OWN)


@pytest.mark.parametrize(
    "host",
    [
        None,
        "",
        "evil.example",
        "evil.example:8501",
        "localhost.evil.example",
        "evil.example/localhost",
        "localhost@evil.example",
        "user@localhost",
        "192.0.2.2",
        "localhost:port",
        "[::1",
        "127.0.0.1.evil.example",
    ],
)
def test_a_name_that_was_pointed_here_is_found_out(host):
    assert not Trust().has_host(host, OWN)
    assert not Trust(hosts=["play.example.org", "*.school.example"]).has_host(host, OWN)


def test_names_that_the_operator_gave_are_answered():
    trust = Trust(hosts=["play.example.org", "*.school.example"], origins=["192.0.2.9"])
    for host in ("play.example.org", "PLAY.example.org:443", "a.school.example", "192.0.2.9:8501"):
        assert trust.has_host(host, OWN)
        assert trust.has_origin(f"https://{host}".lower(), host, OWN)
    assert not trust.has_host("school.example", OWN)
    assert not trust.has_host("notschool.example", OWN)
    assert Trust(hosts=["*"]).has_host("anything.example", OWN)


@pytest.mark.parametrize(
    "origin",
    ["null", "", "http://evil.example", "http://localhost.evil.example", "http://[", "file://"],
)
def test_pages_from_elsewhere_are_not_answered(origin):
    assert not Trust(hosts=["*"], origins=["play.example.org"]).has_origin(origin, "localhost", OWN)


def test_pages_from_here_and_from_where_the_operator_said_are_answered():
    trust = Trust(origins=["play.example.org"])
    for origin in (None, "http://localhost:3000", "http://192.0.2.1", "https://play.example.org"):
        assert trust.has_origin(origin, "localhost:8501", OWN)


def test_where_the_operator_lets_any_page_in_only_named_hosts_are_minded():
    assert Trust(any_origin=True).has_host("anything.example", OWN)
    assert Trust(any_origin=True).has_origin("http://evil.example", "anything.example", OWN)
    assert not Trust(hosts=["a.example"], any_origin=True).has_host("b.example", OWN)

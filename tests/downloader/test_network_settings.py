"""Settings of the network are judged before anything starts."""

import pytest
from scrapy.settings import Settings

from spiders_project.errors import WrongInput
from spiders_project.setting_checks import check_network

PROXIES = ["http://127.0.0.1:3128", "https://proxy.example.org", "http://user:p%40ss@[::1]:3128"]
PROXIES += ["socks5://127.0.0.1:1080", "socks5h://user:secret@proxy.example.org:1080", ""]


@pytest.mark.parametrize("proxy", PROXIES)
def test_proxies_are_taken(proxy: str) -> None:
    check_network(Settings({"PROXY": proxy}))


NO_PROXIES = ["127.0.0.1:3128", "proxy", "http://", "http://:3128", "ftp://x:1", "socks4://x:1"]
NO_PROXIES += ["http://[::1", "http://x:99999", "http://x:port", "http://x y:1", "file:///etc"]


@pytest.mark.parametrize("proxy", NO_PROXIES)
def test_what_is_no_proxy_is_a_sentence(proxy: str) -> None:
    with pytest.raises(WrongInput, match=r"^PROXY="):
        check_network(Settings({"PROXY": proxy}))


def test_the_password_of_a_proxy_is_not_repeated() -> None:
    with pytest.raises(WrongInput) as caught:
        check_network(Settings({"PROXY": "ftp://user:SECRET@x:1"}))

    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        '{"example.org": "X-Api-Key: 1"}',
        '{"example.org": ["X-Api-Key"]}',
        '{"example.org": {"X Y": "1"}}',
        '{"example.org": {"X": "1\\r\\nCookie: 2"}}',
        '{"example.org": {"X": {"Y": "1"}}}',
        '{"https://example.org/": {"X": "1"}}',
        '{"example.org:8080": {"X": "1"}}',
    ],
)
def test_headers_that_could_not_be_sent_are_a_sentence(value: str) -> None:
    with pytest.raises(WrongInput, match=r"^SITE_HEADERS"):
        check_network(Settings({"SITE_HEADERS": value}))

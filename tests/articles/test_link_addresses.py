"""Addresses of other sites: which are one and the same; network addresses that nobody is to be sent to."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.external_links import addresses, networks

SITE = "https://careers.example"


@pytest.mark.parametrize(
    ("written", "normalised"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("https://example.org:443/a#part", "https://example.org/a"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://example.org./a?b=c&d", "https://example.org/a?b=c&d"),
        ("https://bücher.example/ä b", "https://xn--bcher-kva.example/%C3%A4%20b"),
        ("https://example.org/%c3%a4?q=%20", "https://example.org/%c3%a4?q=%20"),
        (" https://example.org/a\n", "https://example.org/a"),
        ("https://user:x@example.org/", "https://user:x@example.org/"),
        ("https://[2001:DB8::1]/", "https://[2001:db8::1]/"),
        ("https://１２７.0.0.1/", "https://127.0.0.1/"),
        ("https://[bad/#x", "https://[bad/"),
        ("https:// #x", "https://"),
        ("https://example.org #x", "https://example.org/"),
        ("https://é@example.org/", "https://%C3%A9@example.org/"),
        ("https://a..b/", "https://a..b/"),
        ("https://example.org:0/", "https://example.org:0/"),
    ],
)
def test_each_address_has_one_spelling(written, normalised):
    assert addresses.normalised(written) == normalised
    assert addresses.normalised(normalised) == normalised


@given(st.text(max_size=40), st.text(max_size=20))
def test_whatever_is_written_has_one_spelling_that_can_be_sent(rest, host):
    spelling = addresses.normalised(f"https://{host}/{rest}")
    assert addresses.normalised(spelling) == spelling
    assert addresses.key(spelling) == addresses.key(spelling)
    try:
        exact = addresses.exact(f"https://{host}/{rest}")
    except addresses.Malformed:
        return
    assert exact.isascii()
    assert not set(exact) & set(' \r\n\t"<>\\#')


@pytest.mark.parametrize(
    ("address", "external"),
    [
        ("https://example.org/", True),
        ("HTTP://example.org", True),
        ("http://careers.example/", True),
        ("https://careers.example.org/", True),
        ("https://[bad/", True),
        ("https://careers.example/articles/", False),
        ("HTTPS://CAREERS.example:443/x", False),
        ("/articles/", False),
        ("article:0b7c…", False),
        ("mailto:ann@example.org", False),
        ("#part", False),
        ("//example.org/", False),
        ("", False),
    ],
)
def test_what_leads_to_another_site(address, external):
    assert addresses.is_external(address, SITE) is external


@pytest.mark.parametrize(
    ("written", "new", "found"),
    [
        ("https://a.example/#part", "https://b.example/", "https://b.example/#part"),
        ("https://a.example/#part", "https://b.example/#own", "https://b.example/#own"),
        ("https://a.example/", "https://b.example/", "https://b.example/"),
    ],
)
def test_a_fragment_is_kept(written, new, found):
    assert addresses.with_fragment_of(written, new) == found


PRIVATE = [
    "0.0.0.0",  # noqa: S104 -- nothing listens there
    "10.0.0.1",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:2::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_within_some_network_is_public(address):
    assert not networks.is_public(networks.parsed(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::200e"]
)
def test_addresses_of_the_open_internet_are_public(address):
    assert networks.is_public(networks.parsed(address))


@given(st.ip_addresses())
def test_nothing_is_public_that_python_knows_to_be_private(address):
    if networks.is_public(address):
        assert ip_address(str(address)).is_global
        assert not address.is_multicast

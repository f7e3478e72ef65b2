"""Asking other sites for an address: what they answer, and what they do in place of an answer."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from articles.external_links import asking, networks
from articles.external_links.answers import Failure, Hop
from articles.external_links.connecting import Manner
from tests.servers import CERTIFICATE, forever, leading_to, site, status

HURRY = {"silence": 0.3, "patience": 0.6}


class AnyPort:
    def __contains__(self, port):
        return True


def manner(**changes):
    """As on the open Internet, but for 127.0.0.1 and with less patience."""
    usual = {"silence": 3, "patience": 5, "ports": AnyPort()}
    local = {"allowed": lambda address: networks.is_public(address) or str(address) == "127.0.0.1"}
    return Manner("Tests/1.0 (+https://careers.example/)", **(local | usual | changes))


@pytest.fixture
def other():
    with site() as found:
        yield found


def ask(address, **changes):
    return asking.ask(address, manner(**changes), lambda host: None)


# --- Answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [200, 204, 206])
def test_what_is_there_is_asked_for_once_by_head(other, code):
    other.pages["/"] = status(code)
    answer = ask(other.address())
    assert (answer.status, answer.failure, answer.hops) == (code, None, ())
    assert other.asked == ["HEAD /"]


def test_it_says_who_asks_and_takes_no_compressed_answer_and_no_cookies(other):
    other.pages |= {"/": status(302, Location="/next", Set_Cookie="who=you"), "/next": status(200)}
    assert ask(other.address()).status == 200
    first, second = other.headers
    assert first == {
        "Host": f"127.0.0.1:{other.port}",
        "User-Agent": "Tests/1.0 (+https://careers.example/)",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    assert second == first


@pytest.mark.parametrize("refused", [405, 403, 501, 404, 500, 400])
def test_nothing_is_thought_bad_of_what_only_head_finds_bad(other, refused):
    other.pages |= {"HEAD /": status(refused), "GET /": status(200)}
    assert ask(other.address()).status == 200
    assert other.asked == ["HEAD /", "GET /"]


@pytest.mark.parametrize("trouble", [b"", b"\x00\xff rubbish", forever(b"", b"")])
def test_where_head_comes_to_nothing_it_is_asked_for_by_get(other, trouble):
    other.pages |= {"HEAD /": trouble, "GET /": status(200)}
    assert ask(other.address(), silence=0.3).status == 200


def test_a_path_that_begins_with_two_slashes_is_no_other_host(other):
    other.pages["//127.0.0.2/a"] = status(200)
    assert ask(other.address("//127.0.0.2/a")).status == 200


@pytest.mark.parametrize("code", [404, 410, 403, 500])
def test_what_get_says_holds(other, code):
    other.pages["/"] = status(code)
    assert ask(other.address()).status == code


def test_a_path_and_its_question_are_sent_as_they_are(other):
    other.pages["/a%20b/%C3%A4?x=1&y=%2F"] = status(200)
    assert ask(other.address("/a%20b/%C3%A4?x=1&y=%2F")).status == 200


@pytest.mark.parametrize("code", [429, 503])
def test_a_host_that_is_busy_says_for_how_long_and_is_not_asked_again(other, code):
    other.pages["/"] = status(code, Retry_After="120")
    assert ask(other.address()).retry_after == timedelta(seconds=120)
    assert other.asked == ["HEAD /"]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Mon, 01 Jan 2001 00:00:00 GMT", 0),
        ("99999999999999999", 7 * 86_400),
        ("-5", None),
        ("soon", None),
    ],
)
def test_until_when_a_host_wants_to_be_left_alone(other, text, seconds):
    other.pages["/"] = status(503, Retry_After=text)
    rest = ask(other.address()).retry_after
    assert rest == (None if seconds is None else timedelta(seconds=seconds))


def test_a_host_may_name_the_moment_from_which_on_it_may_be_asked(other):
    moment = datetime.now(UTC) + timedelta(hours=2)
    other.pages["/"] = status(503, Retry_After=format_datetime(moment, usegmt=True))
    rest = ask(other.address()).retry_after
    assert timedelta(hours=1, minutes=50) < rest <= timedelta(hours=2)


# --- Redirects -----------------------------------------------------------------------------------


def test_redirects_are_followed_and_told(other):
    other.pages |= {
        "/": leading_to("next?a=ä"),
        "/next?a=%C3%A4": leading_to("/last", 302),
        "/last": status(200),
    }
    answer = ask(other.address())
    hops = (Hop(301, other.address("/next?a=%C3%A4")), Hop(302, other.address("/last")))
    assert (answer.status, answer.hops) == (200, hops)


def test_a_fragment_of_a_redirect_is_no_part_of_the_address(other):
    other.pages |= {"/": leading_to("/next#part"), "/next": status(200)}
    assert ask(other.address()).hops == (Hop(301, other.address("/next")),)


@pytest.mark.parametrize("target", ["/", "/next"])
def test_a_circle_is_noticed(other, target):
    other.pages |= {"/": leading_to("/next"), "/next": leading_to(target)}
    answer = ask(other.address())
    assert (answer.failure, answer.words) == (Failure.CIRCULAR, "It redirects in a circle.")


def test_more_than_five_redirects_are_not_followed(other):
    other.pages |= {f"/{n}": leading_to(f"/{n + 1}") for n in range(9)}
    answer = ask(other.address("/0"))
    assert (answer.failure, len(other.asked)) == (Failure.CIRCULAR, 6)


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706434/",
        "http://0/",
        "//192.168.0.1/",
        "http://someone:secret@127.0.0.1/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://[bad/",
    ],
)
def test_a_redirect_to_where_we_do_not_ask_is_not_followed(other, target):
    other.pages["/"] = leading_to(target)
    assert ask(other.address()).failure == Failure.REFUSED
    assert other.asked == ["HEAD /"]


# --- Where we don't ask ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost/", "http://10.1.2.3/", "http://[fe80::1]/", "http://0x7f.1/"],
)
def test_what_is_not_on_the_open_internet_is_not_asked(address):
    answer = asking.ask(address, Manner("Tests/1.0"), lambda host: None)
    assert answer.failure == Failure.REFUSED
    assert "not on the open Internet" in answer.words


def test_a_name_is_connected_to_where_it_was_looked_up_and_looked_at(other):
    other.pages["/"] = status(200)
    assert ask(other.address(host="localhost")).status == 200
    seen = []
    ask(other.address(host="localhost"), allowed=lambda address: bool(seen.append(str(address))))
    assert "127.0.0.1" in seen
    assert len(other.asked) == 1


def test_another_port_is_asked_only_where_the_site_allows_it(other):
    answer = ask(other.address(), ports=frozenset({80, 443}))
    assert (answer.failure, other.asked) == (Failure.REFUSED, [])
    assert f"the port {other.port}" in answer.words


@pytest.mark.parametrize("address", ["http://user@127.0.0.1/", "https://user:secret@example.org/"])
def test_no_login_is_sent(address):
    assert ask(address).failure == Failure.REFUSED


@pytest.mark.parametrize(
    "address", ["http://", "http://a..b/", "http://[::1", "http://x:99999/", "http://x:0/"]
)
def test_what_nobody_can_open_is_said_to_be_that(address):
    answer = ask(address)
    assert answer.failure == Failure.MALFORMED
    assert answer.words.startswith("Nobody can open it")


def test_a_host_that_is_not_there():
    assert ask("http://no such host/").failure == Failure.MALFORMED
    assert ask("http://-nowhere-.invalid/", silence=20, patience=20).failure in (
        Failure.UNKNOWN_HOST,
        Failure.UNREACHABLE,  # where nobody can be asked for names
        Failure.SILENT,
    )


# --- In place of an answer -------------------------------------------------------------------------


def test_nobody_listens():
    with site() as gone:
        pass
    assert ask(gone.address()).failure == Failure.UNREACHABLE


@pytest.mark.parametrize(
    "endless",
    [
        forever(b"", b""),
        forever(b"H", b"T"),
        forever(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", pause=0.05),
        forever(b"HTTP/1.1 200 OK\r\nX: ", b"y"),
        forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.05),
    ],
    ids=["nothing", "one letter", "headers", "one header", "continue"],
)
def test_whoever_never_comes_to_an_end_is_cut_off(other, endless):
    other.pages["/"] = endless
    started = time.monotonic()
    assert ask(other.address(), **HURRY).failure == Failure.SILENT
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "body",
    [
        forever(b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        forever(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"ffffff\r\n"),
        forever(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 99999999999\r\n\r\n", b"\x1f\x8b"
        ),
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 5\r\n\r\nwrong",
    ],
    ids=["endless", "chunked", "huge and packed", "packed wrongly"],
)
def test_what_follows_the_first_lines_of_an_answer_is_left_with_the_other_side(other, body):
    other.pages |= {"HEAD /": status(405), "GET /": body}
    started = time.monotonic()
    assert ask(other.address()).status == 200
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "rubbish",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"\x16\x03\x01\x02\x00",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 99999 Long\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\nContent-Length: zz\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 99_999 + b"\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: http://\xff\xfe/\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: \r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: http://x:y/\r\nLocation: //\r\n\r\n",
        b"\r\n\r\n\r\n",
        b"",
    ],
)
def test_rubbish_breaks_nothing(other, rubbish):
    other.pages["/"] = rubbish
    answer = ask(other.address())
    assert answer.failure not in (None, Failure.UNTRUSTED) or answer.status == 200
    assert "nobody thought of" not in answer.words


# --- Certificates ---------------------------------------------------------------------------------


@pytest.fixture
def secure():
    with site({"/": status(200)}, secure=True) as found:
        yield found


def test_a_certificate_is_verified_for_the_name_and_not_for_the_network_address(secure):
    assert ask(secure.address(host="localhost"), trusted=str(CERTIFICATE)).status == 200
    other = ask(secure.address(), trusted=str(CERTIFICATE))
    assert (other.failure, other.status) == (Failure.UNTRUSTED, None)
    assert "not valid for '127.0.0.1'" in other.words


def test_who_signs_for_themselves_is_not_trusted(secure):
    answer = ask(secure.address(host="localhost"))
    assert answer.failure == Failure.UNTRUSTED
    assert answer.words.startswith("The certificate of localhost is not valid: self")
    assert secure.asked == []


def test_what_does_not_speak_securely_is_told_so(other):
    other.greeting = status(400)
    answer = ask(other.address().replace("http:", "https:"))
    words = "127.0.0.1 can't be reached securely: wrong version number."
    assert (answer.failure, answer.words) == (Failure.UNTRUSTED, words)

"""The page cache: pages are rendered once, revalidated by their ETag, and free of anything that a request says."""

import gzip
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from heapq import nlargest
from time import monotonic, sleep

import pytest
from flask import Flask, request, request_started
from flask.testing import FlaskClient
from flask.typing import RouteCallable
from werkzeug.test import EnvironBuilder

from questionnaire.cache import cacheable
from questionnaire.results.codes import code_of
from rules import load
from rules.answers import combinations
from rules.positions import positions_on

from .conftest import DATA, PROTOTYPE, SHOP, Answers, create

RULEBOOK = load(DATA)
LINK, SINCE = f"/r/{code_of(RULEBOOK, SHOP)}", code_of(RULEBOOK, PROTOTYPE)
OTHER = LINK.removeprefix("/r/")
GZIP = {"Accept-Encoding": "gzip, br"}

WITH_A_QUERY = [f"/?size=large&since={SINCE}", f"{LINK}?since={SINCE}", f"/map?at={SINCE}"]
TEXTS = ["/", "/rules", "/map", "/sources", "/sources/ddi", "/compare", f"/compare/{SINCE}/{OTHER}", "/r/schema.json"]
TEXTS += [LINK, f"{LINK}.json", f"{LINK}.md", *WITH_A_QUERY]
ADDRESSES = [*TEXTS, "/card.png", f"{LINK}.png"]

MEMORY = 2**18


@pytest.fixture
def app(database_url: str) -> Flask:
    """An application whose cache holds about a dozen results."""
    return create(database_url, CACHE_MEMORY=MEMORY)


@pytest.fixture
def rendered(app: Flask) -> Iterator[list[str]]:
    """The addresses that Flask has been asked for, because they were not answered from the cache."""
    asked = list[str]()
    with request_started.connected_to(lambda app: asked.append(request.full_path), app):
        yield asked


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_rendered_once_and_revalidated(client: FlaskClient, rendered: list[str], address: str) -> None:
    first = client.get(address)
    etag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "public, max-age=300"
    for method, body in (("GET", first.data), ("HEAD", b"")):
        known = client.open(address, method=method, headers=[("If-None-Match", etag)])
        assert (known.status_code, known.data, known.headers["ETag"]) == (304, b"", etag)
        again = client.open(address, method=method, headers={"If-None-Match": '"other"'})
        assert (again.status_code, again.data, dict(again.headers)) == (200, body, dict(first.headers))
    assert len(rendered) == 1


@pytest.mark.parametrize("address", TEXTS)
def test_text_is_compressed_for_whoever_takes_it(client: FlaskClient, rendered: list[str], address: str) -> None:
    small, plain = client.get(address, headers=GZIP), client.get(address)
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"
    for unpacked in (plain, client.get(address, headers={"Accept-Encoding": "gzip;q=0"})):
        assert "Content-Encoding" not in unpacked.headers
    assert len(rendered) == 1


KILOBYTES = {"/": 10, LINK: 24, "/map": 31, "/rules": 40} | dict(zip(WITH_A_QUERY, [10, 24, 31], strict=True))


def first_visit(client: FlaskClient, address: str) -> float:
    """The kilobytes of a page and its files."""
    page = client.get(address, headers=GZIP).data
    # Browsers load one of the icons.
    files = re.findall(r'(?:href|src)="(/static/[^"]+(?:css|js|svg))"', gzip.decompress(page).decode())
    assert len(files) >= 2
    return (len(page) + sum(len(client.get(file, headers=GZIP).data) for file in files)) / 1024


@pytest.mark.parametrize("address", KILOBYTES)
def test_a_first_visit_weighs_little(client: FlaskClient, address: str) -> None:
    assert first_visit(client, address) <= KILOBYTES[address]


def test_so_do_the_results_that_quote_most(client: FlaskClient, every_answers: list[Answers]) -> None:
    def quoted(answers: Answers) -> int:
        positions = [one for question in RULEBOOK.questions for one in positions_on(RULEBOOK, question, answers)]
        return sum(len(passage.quote) for position in positions for passage in position.passages)

    links = [f"/r/{code_of(RULEBOOK, answers)}" for answers in nlargest(20, every_answers, quoted)]
    assert max(first_visit(client, link) for link in links) <= 24


SAME = [
    ("/", "/?size=huge&size=Large&team=&colour=blue"),
    ("/", f"/?since=0000000000&since=nonsense&since=<script>&since=&at={SINCE}&links={SINCE}"),
    (LINK, f"{LINK}?since=0000000000&since=nonsense&since="),
    (f"{LINK}.png", f"{LINK}.png?since={SINCE}"),
    ("/map", f"/map?at=0000000000&at=nonsense&at=&since={SINCE}"),
    ("/rules", f"/rules?size=large&at={SINCE}&since={SINCE}"),
    ("/?size=large", "/?size=huge&size=large&size=small"),
    ("/?size=large&team=newcomers", "/?team=newcomers&size=large"),
    (f"{LINK}?since={SINCE}", f"{LINK}?utm_source=x&since=https://choose.example/r/{SINCE.upper()}"),
    (f"/map?at={SINCE}", f"/map?since={OTHER}&at=nonsense&at={SINCE}"),
]


@pytest.mark.parametrize(("address", "other"), SAME)
def test_what_a_page_does_not_read_of_a_query_makes_no_other_page(
    client: FlaskClient, rendered: list[str], address: str, other: str
) -> None:
    page, got, head = client.get(address), client.get(other), client.head(other)
    assert (got.status_code, got.data) == (200, page.data)
    assert dict(head.headers) == dict(page.headers)
    assert len(rendered) == 1


@pytest.mark.parametrize("keep", [cacheable(), lambda view: view], ids=["a page", "a page that cannot be cached"])
def test_nobody_waits_for_a_slow_page_of_somebody_else(app: Flask, keep: Callable[..., RouteCallable]) -> None:
    def view() -> str:
        sleep(0.4)
        return "slow"

    app.add_url_rule("/slow", "slow", keep(view))
    with ThreadPoolExecutor(4) as threads:
        began = monotonic()
        slow = [threads.submit(app.test_client().get, "/slow") for _ in range(4)]
        assert app.test_client().get("/").status_code == 200
        assert not any(one.done() for one in slow)
        assert [one.result().text for one in slow] == ["slow"] * 4
        assert monotonic() - began < 1.2


# What a visitor may forge, as the server hands it on. The second has the cache key of an honest visitor.
FORGED = [
    {"SCRIPT_NAME": "//evil.example"},
    {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_FORWARDED": "host=evil.example"},
    {"HTTP_HOST": "evil.example", "HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PROTO": "evil"},
]


@pytest.mark.parametrize("public_url", [None, "https://choose.example"])
def test_nothing_that_one_visitor_forges_reaches_another(database_url: str, public_url: str | None) -> None:
    client = create(database_url, PUBLIC_URL=public_url).test_client()
    for address in ADDRESSES:
        for forged in FORGED:
            own = client.get(address, environ_overrides=forged)
            # With a public address, not even the forger sees his own.
            assert not public_url or "SCRIPT_NAME" in forged or b"evil" not in own.data
        page = client.get(address)
        assert page.status_code == 200
        assert b"evil" not in page.data, address
        assert "evil" not in str(page.headers)


def test_a_server_may_change_the_headers_that_it_is_given(client: FlaskClient) -> None:
    etag = client.get("/").headers["ETag"]
    environ = EnvironBuilder("/", headers=[("If-None-Match", etag)]).get_environ()

    def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> None:
        assert status.startswith("304")
        headers.append(("Content-Length", "0"))

    for _ in range(2):
        client.application.wsgi_app(dict(environ), start_response)  # type: ignore[arg-type]
    assert len(client.get("/").headers.getlist("Content-Length")) == 1


def test_errors_are_not_cached_and_take_no_room_from_pages(client: FlaskClient, rendered: list[str]) -> None:
    addresses = ["/", *(f"/sources/{number}" for number in range(300)), *["/r/0000000000"] * 300]
    assert [client.get(address).status_code for address in addresses] == [200] + [404] * 600
    assert client.get("/").status_code == 200
    assert len(rendered) == 601


FLOODS = {
    "large pages": [(f"/r/{code_of(RULEBOOK, answers)}", "localhost") for answers in [*combinations(RULEBOOK)][:30]],
    "small pages": [("/robots.txt", f"{number}.example") for number in range(400)],
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_the_latest_pages_are_kept_as_long_as_they_fit_into_the_memory(
    client: FlaskClient, rendered: list[str], flood: list[tuple[str, str]]
) -> None:
    def size(address: str, host: str) -> int:
        # A page takes a kilobyte besides its body.
        return 1024 + len(client.get(address, headers=GZIP | {"Host": host}).data)

    largest, kept = max(size(*visit) for visit in flood), 0
    rendered.clear()
    for visit in reversed(flood):
        kept += size(*visit)
        if rendered:
            break
    assert MEMORY / 2 < kept < MEMORY + largest

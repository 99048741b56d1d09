"""Links to results: canonical codes, what is pasted otherwise, and the public address."""

import pytest
from flask.testing import FlaskClient

from .conftest import SHOP, create

# Ways to write the code 0113456789; the suffix of a rendering takes the place of the braces.
PASTED = """OIL3456789{} oil3456789{} 0113-4567-89{} (0113456789){} 0113456789,{} 0113456789…{} 0113456789/{}
    0113456789/.{} 0113456789//x{} 0113456789**{} <0113456789>{} 0113456789%20{} 0113456789.html{}
    http://localhost/r/0113456789{} 0113456789{}. 0113456789{}.)
    0113456789{}> 0113456789{}, 0113456789{}%20 0113456789{}**"""


@pytest.mark.parametrize("pasted", PASTED.split())
def test_a_code_that_is_written_otherwise_is_redirected_to_the_same_rendering(client: FlaskClient, pasted: str) -> None:
    for suffix in ("", ".json", ".md", ".png", ".JSON"):
        response = client.get(f"/r/{pasted.format(suffix)}")
        assert (response.status_code, response.location) == (301, f"/r/0113456789{suffix.lower()}")


@pytest.mark.parametrize("code", ["0000000000", "abc", "uuuuuuuuuu", "x" * 500, "%00", "a%2Fb", "....."])
def test_an_unknown_code_is_explained_and_the_questionnaire_offered(client: FlaskClient, code: str) -> None:
    response = client.get(f"/r/{code}")
    assert response.status_code == 404
    assert "a code of 10 letters and digits" in response.text
    assert 'href="/"' in response.text


def test_the_permalink_and_all_links_are_under_the_public_address(database_url: str) -> None:
    client = create(database_url, PUBLIC_URL="https://choose.example/tool/").test_client()
    for prefix in ("", "/tool"):
        link = client.post(f"{prefix}/", data=SHOP).location
        assert link.startswith("/tool/r/")
        path = link if prefix else link.removeprefix("/tool")
        page = client.get(path).text
        assert f"https://choose.example{link}" in page
        assert 'href="/tool/static/' in page
        assert client.get(f"{path}.json").get_json()["permalink"] == f"https://choose.example{link}"
        assert client.get(f"{path}.").location == link
    assert client.get("/toolbox").status_code == 404


@pytest.mark.parametrize("path", ["/rules", "/map", "/sources", "/sources/ddi", "/compare", "/decisions"])
def test_a_slash_at_the_end_is_redirected_away(client: FlaskClient, database_url: str, path: str) -> None:
    assert (client.get(f"{path}/").status_code, client.get(f"{path}/").location) == (301, path)
    assert client.get(f"{path}/?links=a&size=<").location == (f"{path}?links=a" if path == "/compare" else path)
    below = create(database_url, PUBLIC_URL="https://choose.example/tool").test_client()
    assert below.get(f"/tool{path}/").location == f"/tool{path}"


def test_the_footer_leads_to_the_source_code_where_its_address_is_known(database_url: str, client: FlaskClient) -> None:
    known = create(database_url, SOURCE_URL="https://code.example/?a&b").test_client()
    assert '<a href="https://code.example/?a&amp;b">Source code' in known.get("/nowhere").text
    assert "Source code" not in client.get("/nowhere").text

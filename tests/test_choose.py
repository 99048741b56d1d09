"""Choosing what to compare: the form that takes links, and what it says of those that are none."""

import pytest
from flask.testing import FlaskClient

from .conftest import PROTOTYPE, SHOP, TIED, Give
from .conftest import code_of_link as code
from .support.pages import words


def test_pasted_links_lead_to_the_comparison(client: FlaskClient, give: Give) -> None:
    one, other = give(PROTOTYPE), give(SHOP)
    for pasted in (f"https://choose.example{other}", f" <http://localhost{other}>. ", code(other).upper()):
        response = client.get("/compare", query_string={"before": code(one), "after": pasted})
        assert (response.status_code, response.location) == (302, f"/compare/{code(one)}/{code(other)}")


def test_up_to_six_links_are_taken_and_empty_fields_are_passed_over(client: FlaskClient, give: Give) -> None:
    one, two, three = (code(give(answers)) for answers in (PROTOTYPE, SHOP, TIED))
    links = dict(zip(("before", "after", "third", "fourth", "fifth", "sixth"), [one, two, three] * 2, strict=True))
    response = client.get("/compare", query_string=links)
    assert response.location == "/compare/" + "/".join(links.values())
    response = client.get("/compare", query_string=links | {"after": "", "third": " ", "fifth": ""})
    assert response.location == f"/compare/{one}/{one}/{three}"


def test_what_is_no_link_is_pointed_out_and_kept(client: FlaskClient, give: Give) -> None:
    response = client.get("/compare", query_string={"before": code(give(PROTOTYPE)), "after": '"><b>'})
    assert response.status_code == 422
    assert '<a href="#after">Second link: This is not a link to a result' in response.text
    assert '<a href="#before">' not in response.text
    assert 'value="&#34;&gt;&lt;b&gt;"' in response.text
    assert client.get("/compare").status_code == 200


def test_missing_links_are_pointed_out(client: FlaskClient) -> None:
    nothing = client.get("/compare?before=&after=&third=")
    assert nothing.status_code == 422
    assert '<a href="#before">First link: Paste the link of a result</a>' in nothing.text
    assert '<a href="#after">Second link: Paste the link of a result</a>' in nothing.text
    assert "#third" not in nothing.text


@pytest.mark.parametrize(
    ("name", "label"), [("third", "Third"), ("fourth", "Fourth"), ("fifth", "Fifth"), ("sixth", "Sixth")]
)
def test_each_further_field_names_its_error_and_is_unfolded(
    client: FlaskClient, give: Give, name: str, label: str
) -> None:
    links = {"before": code(give(PROTOTYPE)), "after": code(give(SHOP)), name: "nonsense"}
    response = client.get("/compare", query_string=links)
    assert response.status_code == 422
    assert f'<a href="#{name}">{label} link: This is not a link to a result' in response.text
    assert "<details open>" in response.text
    assert words(response.text).count("This is not a link") == 2


def test_a_result_offers_itself_for_comparison(client: FlaskClient, give: Give) -> None:
    link = give(PROTOTYPE)
    assert f'href="/compare?before={code(link)}"' in client.get(link).text
    form = client.get(f"/compare?before={code(link)}")
    assert form.status_code == 200
    assert f'value="{code(link)}"' in form.text
    assert "There is a problem" not in form.text


def test_a_comparison_offers_to_add_one_more(client: FlaskClient, give: Give) -> None:
    one, other = code(give(PROTOTYPE)), code(give(SHOP))
    add = f"/compare?before={one}&after={other}&add=1"
    assert (
        f'<a href="{add.replace("&", "&amp;")}">Add one more result</a>' in client.get(f"/compare/{one}/{other}").text
    )
    form = client.get(add)
    assert form.status_code == 200
    assert "<details open>" in form.text
    assert f'value="{one}"' in form.text
    assert f'value="{other}"' in form.text

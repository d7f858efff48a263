import pytest
from fastapi.testclient import TestClient

from users import app, users

ADA = {"name": "Ada", "email": "ada@example.com"}


@pytest.fixture
def client():
    users.clear()
    return TestClient(app)


@pytest.fixture
def ada(client):
    return client.post("/users", json=ADA).json()


def test_list_users_is_empty_at_first(client):
    assert client.get("/users").json() == []


def test_create_user_gives_an_id(client, ada):
    assert client.get("/users").json() == [{**ADA, "id": ada["id"]}]


def test_create_user_refuses_a_taken_address(client, ada):
    assert client.post("/users", json=ADA).status_code == 409


@pytest.mark.parametrize("email", ["", "ada", "a b@example.com"])
def test_create_user_refuses_a_wrong_address(client, email):
    assert client.post("/users", json={**ADA, "email": email}).status_code == 422


def test_read_user_returns_the_user(client, ada):
    assert client.get(f"/users/{ada['id']}").json() == ada


def test_update_user_replaces_the_name(client, ada):
    changed = client.put(f"/users/{ada['id']}", json={**ADA, "name": "Ada L."})
    assert changed.json()["name"] == "Ada L."


def test_delete_user_removes_the_user(client, ada):
    assert client.delete(f"/users/{ada['id']}").status_code == 204
    assert client.get(f"/users/{ada['id']}").status_code == 404

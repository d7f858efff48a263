import pytest
from fastapi import HTTPException
from pydantic import ValidationError

from users import (
    NewUser,
    User,
    create_user,
    delete_user,
    list_users,
    read_user,
    update_user,
    users,
)

ADA = NewUser(name="Ada", email="ada@example.com")


@pytest.fixture(autouse=True)
def no_users():
    users.clear()


def test_list_users_is_empty_at_first():
    assert list_users() == []


def test_create_user_gives_an_id():
    ada = create_user(ADA)
    assert list_users() == [User(id=ada.id, name="Ada", email="ada@example.com")]


def test_create_user_refuses_a_taken_address():
    create_user(ADA)
    with pytest.raises(HTTPException, match="409"):
        create_user(ADA)


@pytest.mark.parametrize("email", ["", "ada", "a b@example.com"])
def test_new_user_refuses_a_wrong_address(email):
    with pytest.raises(ValidationError):
        NewUser(name="Ada", email=email)


def test_read_user_returns_the_user():
    ada = create_user(ADA)
    assert read_user(ada.id) == ada


def test_update_user_replaces_the_name():
    ada = create_user(ADA)
    assert update_user(ada.id, NewUser(name="Ada L.", email=ada.email)).name == "Ada L."


def test_delete_user_removes_the_user():
    ada = create_user(ADA)
    delete_user(ada.id)
    with pytest.raises(HTTPException, match="404"):
        read_user(ada.id)

"""A REST API for users, who are kept in memory."""

from itertools import count

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Users")
users: dict[int, "User"] = {}
next_id = count(1)


class NewUser(BaseModel):
    """What a client sends of a user."""

    name: str = Field(min_length=1, max_length=100)
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)


class User(NewUser):
    """A user as the service knows them."""

    id: int


@app.get("/users")
def list_users() -> list[User]:
    """List all users."""
    return list(users.values())


@app.post("/users", status_code=201)
def create_user(new: NewUser) -> User:
    """Add a user; an address that is taken is refused."""
    if any(user.email == new.email for user in users.values()):
        raise HTTPException(409, "this email address is taken")
    user = User(id=next(next_id), **new.model_dump())
    users[user.id] = user
    return user


@app.get("/users/{user_id}")
def read_user(user_id: int) -> User:
    """Return one user."""
    if user_id not in users:
        raise HTTPException(404, "no such user")
    return users[user_id]


@app.put("/users/{user_id}")
def update_user(user_id: int, new: NewUser) -> User:
    """Replace what is known of a user."""
    read_user(user_id)
    users[user_id] = User(id=user_id, **new.model_dump())
    return users[user_id]


@app.delete("/users/{user_id}", status_code=204)
def delete_user(user_id: int) -> None:
    """Remove a user."""
    read_user(user_id)
    del users[user_id]

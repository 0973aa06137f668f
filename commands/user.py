"""`user add`, `give-role`, `end-role`, `set-manager`, `set-email`, `disable`, `reset-password`, `list`: accounts."""

from datetime import datetime
from typing import Annotated

import typer

from cycle.admin import accounts


def add(
    username: str,
    name: Annotated[str, typer.Option()],
    email: Annotated[str, typer.Option()] = "",
    role: Annotated[list[str] | None, typer.Option(help="ROLE@UNIT; may be given more than once.")] = None,
    manager: Annotated[str, typer.Option(help="The username of their manager, who reads their objectives.")] = "",
) -> None:
    """Make an account and print its one-time password."""
    password = accounts.add_user(username, name=name, email=email, roles=role or [], manager=manager)
    typer.echo(f"One-time password of {username}: {password}")


def give_role(
    username: str,
    role: Annotated[str, typer.Argument(help="ROLE@UNIT")],
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Its last day; else no end.")] = None,
) -> None:
    """Give an account a role from today on, or another last day to one that it holds."""
    accounts.give_role(username, role, until=until.date() if until else None)
    typer.echo(f"{username} holds {role} {f'until {until:%Y-%m-%d}' if until else 'without an end'}.")


def end_role(username: str, role: Annotated[str, typer.Argument(help="ROLE@UNIT")]) -> None:
    """Take a role away from an account: it is held no more from today on."""
    accounts.end_role(username, role)
    typer.echo(f"{username} holds {role} no more.")


def set_manager(
    username: str,
    manager: Annotated[str, typer.Argument(help="The manager's username; nothing takes the manager away.")] = "",
) -> None:
    """Say who manages someone: their manager reads their own objectives beside them."""
    accounts.set_manager(username, manager)
    typer.echo(f"{username} is managed by {manager}." if manager else f"{username} has no manager now.")


def set_email(
    username: str,
    address: Annotated[str, typer.Argument(help="One plain address; nothing takes the present one away.")] = "",
) -> None:
    """Say where mails to someone go."""
    accounts.set_email(username, address)
    typer.echo(f"Mails to {username} go to {address}." if address else f"{username} has no e-mail address now.")


def disable(username: str) -> None:
    """Shut an account; every session of it ends at its next click."""
    accounts.disable_user(username)
    typer.echo(f"{username} is disabled.")


def reset_password(username: str) -> None:
    """Print a new one-time password; every session of the account ends."""
    typer.echo(f"One-time password of {username}: {accounts.reset_password(username)}")


def list_all() -> None:
    """Every account with its roles."""
    for person in accounts.list_users():
        state = " (disabled)" if person.is_disabled else ""
        typer.echo(f"{person.username}{state}\t{person.name}\t{', '.join(person.roles) or 'no role'}")

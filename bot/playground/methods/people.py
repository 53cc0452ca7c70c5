"""auth.test, team.info and the users.* methods."""

from typing import Any

from bot.playground.members import bot_object, user_object
from bot.playground.methods.arguments import Arguments
from bot.playground.refusals import SlackError
from bot.playground.workspace import Workspace

Json = dict[str, Any]


def auth_test(workspace: Workspace, _: Arguments) -> Json:
    """Who the token belongs to."""
    company = workspace.company
    return {
        "url": f"https://{company.domain}.slack.com/",
        "team": company.name,
        "user": company.app.name.lower(),
        "team_id": company.team,
        "user_id": company.app.user,
        "bot_id": company.app.bot,
        "is_enterprise_install": False,
    }


def team_info(workspace: Workspace, _: Arguments) -> Json:
    """The workspace itself."""
    company = workspace.company
    return {
        "team": {
            "id": company.team,
            "name": company.name,
            "domain": company.domain,
            "email_domain": f"{company.domain}.example",
            "icon": {"image_default": True},
        }
    }


def users_info(workspace: Workspace, arguments: Arguments) -> Json:
    """One person, or the app's own user."""
    user = arguments.text("user")
    if user == workspace.app_user:
        return {"user": bot_object(workspace.company)}
    return {"user": _person(workspace, user, locale=arguments.flag("include_locale"))}


def users_lookup_by_email(workspace: Workspace, arguments: Arguments) -> Json:
    """The person with this address; people who were deactivated are not found."""
    email = arguments.text("email").casefold()
    for member in workspace.contents.members.values():
        if email == f"{member.handle}@{workspace.company.domain}.example" and not member.deleted:
            return {"user": _person(workspace, member.id, locale=False)}
    raise SlackError("users_not_found")


def users_list(workspace: Workspace, arguments: Arguments) -> Json:
    """Everybody, deactivated people too, page by page."""
    everybody = sorted([*workspace.contents.members, workspace.app_user])
    page, cursor = paged(tuple(everybody), arguments)
    locale = arguments.flag("include_locale")
    return {
        "members": [
            bot_object(workspace.company) if u == workspace.app_user else _person(workspace, u, locale=locale)
            for u in page
        ],
        "cache_ts": int(workspace.times.now().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


def _person(workspace: Workspace, user: str, *, locale: bool) -> Json:
    member = workspace.contents.members.get(user)
    if member is None:
        raise SlackError("user_not_found")
    return user_object(member, company=workspace.company, now=workspace.times.now(), include_locale=locale)


def paged(ids: tuple[str, ...], arguments: Arguments) -> tuple[tuple[str, ...], str]:
    """One page of sorted ids, and the cursor of the next ("" at the end)."""
    limit = arguments.number("limit", default=100)
    if not 1 <= limit <= 999:
        raise SlackError("invalid_limit")
    cursor = arguments.text_or_none("cursor")
    if cursor is not None and not cursor.startswith("after:"):
        raise SlackError("invalid_cursor")
    rest = tuple(i for i in ids if cursor is None or i > cursor.removeprefix("after:"))
    page = rest[:limit]
    return page, f"after:{page[-1]}" if len(rest) > limit else ""


METHODS = {
    "auth.test": auth_test,
    "team.info": team_info,
    "users.info": users_info,
    "users.list": users_list,
    "users.lookupByEmail": users_lookup_by_email,
}

"""What Microsoft's answers mean for the installation."""

from bot.doctor.finding import Finding, fail, ok, warn
from bot.teams.checkup import Checkup
from bot.teams.tokens import UNREACHED


def sign_in(seen: Checkup) -> Finding:
    """Whether a token can be had, without which nothing is sent."""
    if seen.token.startswith(UNREACHED):
        return fail(
            seen.token,
            "a way out to login.microsoftonline.com, or the TEAMS_LOGIN_URL that is set: firewall, DNS, or HTTPS_PROXY",
        )
    if seen.token:
        return fail(
            f"the sign-in gave no token: {seen.token}",
            "TEAMS_APP_ID, TEAMS_APP_PASSWORD, TEAMS_TENANT_ID: compare with the app's registration; "
            "docs/installing.md explains the word",
        )
    return ok("Microsoft takes the app's id and password")


def keys(seen: Checkup) -> Finding:
    """Whether what comes from Teams can be checked."""
    if not seen.keys:
        return fail(
            "the keys that check what comes from Teams cannot be fetched",
            "a way out to login.botframework.com: firewall, DNS, or HTTPS_PROXY; leave TEAMS_OPENID_URL out",
        )
    return ok("the keys that check what comes from Teams are there")


def service_hosts(seen: Checkup) -> Finding:
    """Whether our token may go to where conversations begin."""
    if not seen.home_trusted:
        return fail(f"{seen.home} cannot be called", "TEAMS_SERVICE_HOSTS: host or host:port, comma-separated")
    return ok(f"conversations begin at {seen.home}")


def group_chats(seen: Checkup) -> Finding:
    """Whether pairs can get a chat of their own."""
    if not seen.chats:
        return ok("off: people of one tenant get links to each other")
    if seen.graph:
        return fail(
            f"the sign-in gave no token for Microsoft Graph: {seen.graph}",
            "TEAMS_GRAPH_URL: leave it out, or set it as docs/installing.md says; docs/installing.md explains the word",
        )
    if seen.missing_roles:
        return fail(
            f"not granted: {', '.join(seen.missing_roles)}; pairs get links instead",
            "an administrator grants them to the app's registration: docs/teams.md, Group chats",
        )
    return ok("both permissions are granted")


def owners(seen: Checkup) -> Finding:
    """Whether anybody on Teams may begin."""
    if not seen.owners:
        return warn(
            "MENTOR_OWNERS names nobody of Teams",
            "MENTOR_OWNERS: the object ids of those who run mentoring, from Entra",
        )
    return ok(f"{len(seen.owners)} in MENTOR_OWNERS can be people of Teams")

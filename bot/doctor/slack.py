"""What Slack's answers mean for the installation."""

from datetime import datetime, timedelta

from bot.doctor.finding import Finding, fail, ok, warn
from bot.slack.checkup import Checkup

APART = timedelta(seconds=60)
"""Slack's signatures are refused when our clock is five minutes off."""


def bot_token(seen: Checkup) -> Finding:
    """Whether Slack takes the bot token."""
    if seen.unreached and seen.elsewhere:
        return fail(
            f"{seen.elsewhere} cannot be reached: {seen.unreached}",
            "SLACK_API_URL: leave it out, so that slack.com is asked",
        )
    if seen.unreached:
        return fail(
            f"Slack cannot be reached: {seen.unreached}", "a way out to slack.com: firewall, DNS, or HTTPS_PROXY"
        )
    if seen.bot_token:
        return fail(
            f"Slack does not take SLACK_BOT_TOKEN: {seen.bot_token}",
            "SLACK_BOT_TOKEN: copy the Bot User OAuth Token again",
        )
    return ok("Slack takes SLACK_BOT_TOKEN")


def scopes(seen: Checkup) -> Finding:
    """Whether the app may do what it does."""
    if seen.missing_scopes:
        return fail(
            f"missing: {', '.join(seen.missing_scopes)}",
            "alongside slack manifest: put it into the app's settings and install the app again",
        )
    return ok("as in the manifest")


def app_token(seen: Checkup) -> Finding:
    """Whether Socket Mode can begin, when it is used."""
    if seen.app_token is None:
        return ok("not set: gestures come over HTTP")
    if seen.app_token:
        return fail(
            f"Slack does not take SLACK_APP_TOKEN: {seen.app_token}",
            "SLACK_APP_TOKEN: an app-level token with connections:write, and Socket Mode turned on",
        )
    return ok("Slack takes SLACK_APP_TOKEN")


def conversations(seen: Checkup) -> Finding:
    """Whether people can be written to: tried with those of MENTOR_OWNERS, who read nothing of it."""
    if not seen.owners:
        return warn("nobody to try it with", "MENTOR_OWNERS: the member ids of those who run mentoring")
    lost = [f"{user} ({why})" for user, why in seen.owners.items() if why]
    if lost:
        return fail(f"no conversation opens with {', '.join(lost)}", "MENTOR_OWNERS: member ids of this workspace")
    return ok("conversations with the owners open")


def slack_clock(seen: Checkup, now: datetime) -> Finding:
    """Whether this machine's clock is right: a signature that looks old is refused."""
    if seen.clock is None:
        return ok("Slack did not say its time")
    apart = abs(seen.clock - now)
    says = f"{apart.total_seconds():.0f} seconds from Slack's"
    return fail(says, "synchronise this machine, for example with chrony") if apart > APART else ok(says)

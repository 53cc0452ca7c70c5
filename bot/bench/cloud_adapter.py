"""What ours is measured against on Teams: an echo on botbuilder's own CloudAdapter, as Microsoft's samples have it.

botbuilder-integration-aiohttp is installed for this bench only; the product has an adapter of its own.
"""

from aiohttp import web
from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import AdaptiveCardInvokeResponse
from botframework.connector.auth import (
    AppCredentials,
    ChannelValidation,
    PasswordServiceClientCredentialFactory,
)

CARD = "application/vnd.microsoft.card.adaptive"


class _Configured:
    """As the samples' `config.py`. Without an app id the adapter lets everybody in."""

    APP_PASSWORD = ""
    APP_TYPE = "MultiTenant"
    APP_TENANTID = ""

    def __init__(self, app_id: str) -> None:
        self.APP_ID = app_id


class _Bearer(AppCredentials):  # type: ignore[misc]  # the SDK has no types
    """One that is there already. The SDK's own asks Microsoft for a new one in each turn, and the loop waits."""

    def get_access_token(self, force_refresh: bool = False) -> str:
        return "bench"


class _Credentials(PasswordServiceClientCredentialFactory):  # type: ignore[misc]
    async def create_credentials(
        self, app_id: str, oauth_scope: str, login_endpoint: str, validate_authority: bool
    ) -> AppCredentials:
        return _Bearer(app_id)


class _Echo(ActivityHandler):  # type: ignore[misc]
    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(f"You said {turn_context.activity.text}")

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        # Not by `on_adaptive_card_invoke`: what that returns is made JSON twice, and ends as a 500.
        card = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "You pressed"}]}
        return InvokeResponse(status=200, body=AdaptiveCardInvokeResponse(status_code=200, type=CARD, value=card))


def open_to_all() -> list[web.RouteDef]:
    """An echo that checks no token and sends none."""
    return _routes(CloudAdapter(ConfigurationBotFrameworkAuthentication(_Configured(""))))


def checking(app_id: str, openid_url: str) -> list[web.RouteDef]:
    """An echo that checks tokens with the keys of that OpenID document, and has a bearer at hand."""
    ChannelValidation.open_id_metadata_endpoint = openid_url
    given = _Credentials(app_id, "bench")
    return _routes(
        CloudAdapter(ConfigurationBotFrameworkAuthentication(_Configured(app_id), credentials_factory=given))
    )


def _routes(adapter: CloudAdapter) -> list[web.RouteDef]:
    echo = _Echo()

    async def receive(request: web.Request) -> web.StreamResponse:
        answer: web.Response = await adapter.process(request, echo)
        return answer

    return [web.post("/api/messages", receive)]

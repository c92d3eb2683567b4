"""The chat contract over HTTP: the page, the messages, the health of the guide, and nothing else. Everything is under `/chat/`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, NoReturn

from prometheus_client import CONTENT_TYPE_LATEST
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.action_call import send_no_words
from bot.contract_page import describe
from bot.guide import Guide
from bot.handlers import as_function, as_json, asked_here, limit_requests, problem_page, send, start_address, wants_a_page, what_was_sent
from bot.headers import header_adder
from bot.health import ActionServerHealth, look_after_conversations
from bot.incoming import Incoming, Refused, conversation_id, read_form, read_json
from bot.languages import UNHEARD
from bot.live_reload import LiveReload, put_into
from bot.pace import Pace, address_of
from bot.page import VIEW, Page
from bot.rasa_patches import apply_patches
from bot.ready import get_ready
from bot.reply_pages import LOST_SECONDS, ReplyPage, ReplyPages, SentOnce
from bot.served import Served
from bot.slow_lane import LaneIsFull, SlowLane
from safeguarding.content import Content
from safeguarding.languages import ENGLISH, language_after
from safeguarding.settings import load_settings
from safeguarding.wordless_logs import set_up

CONVERSATION_HEADER = "Guide-Conversation"
SENDING_HEADER = "Guide-Sending"
METRICS = "/metrics"

FAST = "If anyone is in danger now, call 999. That was very fast: please wait a minute and try again."
MANY = "If anyone is in danger now, call 999. Very many people are writing just now: please wait a minute and try again."
NOTHING_HERE = "There is nothing at this address. The guide is at /chat/."


class ChatChannel(InputChannel):
    """The only way into the guide. Named in `credentials.yml`."""

    def __init__(self) -> None:
        """Load the words; the agent comes with each request."""
        self.settings = load_settings()
        set_up(self.settings.guide_log_level, self.settings.guide_log_format)
        send_no_words()
        apply_patches()
        self._live = LiveReload() if self.settings.live_reload else None
        self.guide = Guide(self.settings)
        self.page = self._make_page(self.guide.content)
        self.replies, self.sent = ReplyPages(self.settings.guide_server_tag), SentOnce[ReplyPage]()
        self.cannot_read: list[str] = []
        self.sent_by_script = SentOnce[dict[str, Any]](LOST_SECONDS)
        self.pace, self.lane = Pace(self.settings), SlowLane()
        self._proxies = self.settings.trusted_proxies
        self.actions_health = ActionServerHealth(self.settings.actions_url)
        self._contract = describe(self.settings.guide_max_characters)

    @classmethod
    def name(cls) -> str:
        """The channel's name inside Rasa."""
        return "chat"

    def url_prefix(self) -> str:
        """Absolute, so that Rasa does not put `/webhooks/` in front."""
        return "/chat"

    def blueprint(self, on_new_message: Callable[..., Awaitable[Any]]) -> Blueprint:
        """The routes of the chat contract."""
        chat = Blueprint("chat")
        for method, path, handler in (
            ("GET", "/health", self._health),
            ("POST", "/messages", self._messages),
            ("DELETE", "/conversations", self._forget),
            ("PUT", "/conversations", self._keep_on),
            ("GET", "/", self._show_page),
            ("POST", "/", self._form),
            ("GET", "/replies/<page>", self._show_reply),
            ("POST", "/leave", self._leave),
            ("POST", "/again", self._start_again),
            ("GET", "/static/<name>", self._file),
            ("GET", "/pictures/<name>", self._picture),
            ("GET", "/answers", self._answer_book),
            ("GET", "/embed.js", self._embed),
            ("GET", "/openapi.json", self._describe),
        ):
            chat.add_route(as_function(handler), path, methods=[method])
        chat.listener("before_server_start")(self._prepare_server)
        chat.listener("after_server_start")(self._get_ready)
        return chat

    async def _get_ready(self, app: Sanic, _loop: Any) -> None:
        self.cannot_read = await get_ready(app, self.guide)

    def _prepare_server(self, app: Sanic, _loop: Any) -> None:
        limit_requests(app)
        app.router.reset()  # Rasa puts every channel under a prefix of its own; this address is outside of what a proxy passes on
        app.add_route(as_function(self._metrics), METRICS)
        app.router.finalize()
        app.config.FALLBACK_ERROR_FORMAT = "json"
        app.error_handler.add(Refused, self._refuse)
        app.error_handler.add(SanicException, self._refuse_unreadable)
        app.error_handler.add(Exception, self._answer_a_fault)
        app.register_middleware(self._the_guide_alone, "request")
        if self._live:
            app.register_middleware(self._follow_changes, "request")
        app.register_middleware(header_adder(self.settings), "response")

    async def _the_guide_alone(self, request: Request) -> None:
        """Rasa has a page of its own at `/`, which tells its version: there is nothing but the guide at any address."""
        if not request.path.startswith("/chat/") and request.path not in ("/chat", METRICS):
            raise _nothing_here()

    async def _follow_changes(self, request: Request) -> None:
        """While somebody edits: serve the words as they stand in `content/` now."""
        content = self._live.changed() if self._live else None
        if content is not None:
            put_into(_agent(request), content)
            self.guide.use(content)
            self.page = self._make_page(content)

    def _make_page(self, content: Content) -> Page:
        return Page(content, self.settings, self.guide.languages.translations, live_release=self._live.digest if self._live else "")

    async def _health(self, request: Request) -> HTTPResponse:
        trouble = self.guide.trouble(_agent(request)) + self.cannot_read + self.guide.languages.trouble()
        trouble += await self.actions_health.trouble()
        trouble += await asyncio.to_thread(self.guide.store.trouble) + await look_after_conversations(_agent(request))
        body = {"status": "degraded", "reasons": trouble} if trouble else {"status": "ready"}
        digest = self._live.digest if self._live else self.guide.content.digest
        return as_json({**body, "release": digest, "released": self.guide.content.release})

    async def _describe(self, request: Request) -> HTTPResponse:
        return as_json(self._contract)

    async def _metrics(self, request: Request) -> HTTPResponse:
        """The counters, for this machine alone."""
        if not asked_here(request):
            return _found(request, None)
        return response.raw(self.guide.counters.page(), content_type=CONTENT_TYPE_LATEST)

    async def _messages(self, request: Request) -> HTTPResponse:
        incoming = read_json(request.body, request.headers.get(CONVERSATION_HEADER), self.settings.guide_max_characters)
        sending = request.headers.get(SENDING_HEADER)
        return as_json(await self.sent_by_script.answer(sending, incoming, lambda: self._reply(request, incoming)))

    async def _form(self, request: Request) -> HTTPResponse:
        """The reply waits at an address of its own, so that the browser does not keep what the form sent."""
        form = {name: values[0] for name, values in request.form.items()}
        incoming, view = read_form(form, self.settings.guide_max_characters), {name: bool(form.get(name)) for name in VIEW}

        async def answered() -> ReplyPage:
            return ReplyPage(await self._reply(request, incoming), view=view)

        return self._show(request, await self.sent.answer(request.args.get("form"), incoming, answered))

    def _show(self, request: Request, page: ReplyPage) -> HTTPResponse:
        if request.method == "POST":
            return response.redirect(f"{self.replies.put(page)}#latest", status=303)
        return send(request, self.page.show(page, form=self.replies.new_id()), page.status)

    async def _show_reply(self, request: Request, page: str) -> HTTPResponse:
        """A reply, once; whoever comes back to its address starts on an empty page."""
        waiting = self.replies.take(page)
        return self._show(request, waiting) if waiting else response.redirect("/chat/", status=303)

    async def _show_page(self, request: Request) -> HTTPResponse:
        return send(request, self.page.start_in(request.args.get("language") or ENGLISH, form=self.replies.new_id()))

    async def _leave(self, request: Request) -> HTTPResponse:
        """Leaving quickly without JavaScript."""
        self._forget_soon(request)
        return response.redirect(self.settings.guide_exit_url, status=303)

    async def _start_again(self, request: Request) -> HTTPResponse:
        self._forget_soon(request)
        return response.redirect(start_address(request.args.get("language")), status=303)

    def _forget_soon(self, request: Request) -> None:
        """Nobody who leaves waits for a turn that still has the conversation."""
        request.app.add_task(self.guide.forget(_agent(request), conversation_id(request.form.get("conversation"))))

    async def _forget(self, request: Request) -> HTTPResponse:
        await self.guide.forget(_agent(request), conversation_id(request.headers.get(CONVERSATION_HEADER)))
        return response.empty()

    async def _keep_on(self, request: Request) -> HTTPResponse:
        conversation = conversation_id(request.headers.get(CONVERSATION_HEADER))
        over = await self._over_limit(address_of(request.ip, request.headers.get("x-forwarded-for"), self._proxies), conversation)
        if over:
            self._refuse_fast(over, ENGLISH)
        return as_json({"kept": await self.guide.keep_on(_agent(request), conversation)})

    async def _file(self, request: Request, name: str) -> HTTPResponse:
        return _found(request, self.page.static_file(name))

    async def _picture(self, request: Request, name: str) -> HTTPResponse:
        return _found(request, self.page.picture(name))

    async def _answer_book(self, request: Request) -> HTTPResponse:
        return send(request, await asyncio.to_thread(self.page.answer_book_in, request.args.get("language") or ENGLISH))

    async def _embed(self, request: Request) -> HTTPResponse:
        """The script for other websites; there is none while no website may embed the guide."""
        reply = _found(request, self.page.static_file("embed.js") if self.settings.embed_origins else None)
        reply.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return reply

    async def _reply(self, request: Request, incoming: Incoming) -> dict[str, Any]:
        address = address_of(request.ip, request.headers.get("x-forwarded-for"), self._proxies)
        try:
            async with self.lane.through(address):
                return await self._answer(request, incoming, address)
        except LaneIsFull:
            return await self._answer_danger_alone(incoming)

    async def _answer_danger_alone(self, incoming: Incoming) -> dict[str, Any]:
        """For who waited in a flood in vain: signs of danger are answered without Rasa, which costs little; all else is refused."""
        started = time.monotonic()
        with suppress(LaneIsFull):
            async with self.lane.a_look():
                if self.guide.languages.shows_signs(incoming.text, incoming.language or incoming.shown_in):
                    return self._counted(incoming, await self.guide.reply(None, incoming, self.guide.listen(incoming)), started)
        self._refuse_fast("address", language_after(incoming.shown, UNHEARD, incoming.language).language)

    async def _answer(self, request: Request, incoming: Incoming, address: str) -> dict[str, Any]:
        started, listened = time.monotonic(), self.guide.listen(incoming)
        over = await self._over_limit(address, incoming.conversation)
        if over and not listened.may_be_danger:  # danger counts, and is never refused for it
            self._refuse_fast(over, language_after(incoming.shown, listened.heard, incoming.language).language)
        return self._counted(incoming, await self.guide.reply(_agent(request), incoming, listened), started)

    def _counted(self, incoming: Incoming, reply: dict[str, Any], started: float) -> dict[str, Any]:
        self.guide.counters.count_reply("text" if incoming.choice is None else "choice", reply, time.monotonic() - started)
        return reply

    async def _over_limit(self, address: str, conversation: str | None) -> str | None:
        """Which limit this message is over, if any; whose own limit it is goes into the slow lane."""
        look = self.pace.too_fast
        over = await asyncio.to_thread(look, conversation, address) if self.pace.waits else look(conversation, address)
        if over in ("address", "conversation"):
            self.lane.put_in(address)
        return over

    def _refuse_fast(self, over: str, language: str) -> NoReturn:
        """Danger without a sign is told of 999 first."""
        raise Refused(429, "too_fast", MANY if over == "server" else FAST, language)

    def _refuse(self, request: Request, refused: Refused) -> HTTPResponse:
        self.guide.counters.count_refusal(refused.code)
        if wants_a_page(request):
            return self._show(request, problem_page(request, refused, VIEW, self.guide.languages.say))
        message = self.guide.languages.say(refused.message, refused.language).format(**refused.values)
        body = {"error": {"code": refused.code, "message": message}, "contacts": self.guide.contacts(refused.language)}
        return as_json(body, refused.status)

    def _refuse_unreadable(self, request: Request, error: SanicException) -> HTTPResponse:
        status = getattr(error, "status_code", 400) or 400
        if status == 413:
            return self._refuse(request, Refused(413, "too_long", "That message is too long. Please write it shorter."))
        if status in (404, 405):
            return self._refuse(request, Refused(status, "not_found", NOTHING_HERE))
        if status == 503:  # Sanic's word for a body that stays away; a turn of the guide ends sooner
            return self._refuse(request, Refused(408, "too_slow", "The message could not be read. Please try again."))
        if status >= 500:
            return self._answer_a_fault(request, error)
        return self._refuse(request, Refused(400, "not_readable", "The message could not be read. Please try again."))

    def _answer_a_fault(self, request: Request, error: Exception) -> HTTPResponse:
        self.guide.counters.count_fault()
        asked = what_was_sent(request, CONVERSATION_HEADER, self.settings.guide_max_characters)
        reply = self.guide.reply_to_a_fault(type(error).__name__, asked)
        return self._show(request, ReplyPage(reply)) if wants_a_page(request) else as_json(reply)


def _agent(request: Request) -> Agent | None:
    return getattr(request.app.ctx, "agent", None)


def _found(request: Request, file: Served | None) -> HTTPResponse:
    if file is None:
        raise _nothing_here()
    return send(request, file)


def _nothing_here() -> Refused:
    return Refused(404, "not_found", NOTHING_HERE)

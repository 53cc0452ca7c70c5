// One pane with the look of Teams: the chat with the app, as one person sees it there.

import * as api from "./api.js";
import { Card } from "./card.js";
import { clock, day, shortDay } from "./dates.js";
import { arrange, attribute, fresh, h, words } from "./dom.js";
import { markdown } from "./markdown.js";
import { face, part } from "./people.js";
import { Player } from "./player.js";
import { TeamsDialog } from "./teams_dialog.js";
import { Who } from "./who.js";

const CARD = "application/vnd.microsoft.card.adaptive";
const CONSENT = "application/vnd.microsoft.teams.card.file.consent";

export const TEAMS = "Teams";

export class TeamsPane {
  /** `changed` is called after each drawing, and `moved` when somebody of another platform is to sit here. */
  constructor(cast, personId, { changed, moved }) {
    this.who = new Who(cast, TEAMS, (platform, id) => (platform === TEAMS ? this.become(id) : moved(this, platform, id)));
    this.company = this.who.company;
    this.changed = changed;
    this.entries = new Map();
    const id = fresh("write");
    this.title = h("h2", { class: "read-only-for-readers" });
    this.list = h("div", { class: "t-list" });
    this.log = h(
      "div",
      { class: "t-log", role: "log", "aria-live": "polite", "aria-label": "Chat with Alongside in Teams", tabindex: "0" },
      this.list,
    );
    this.notice = h("p", { class: "notice", role: "status", hidden: true });
    this.field = h("textarea", {
      id,
      rows: 1,
      class: "compose",
      dir: "auto",
      maxlength: 12000,
      placeholder: "Type a message, such as mentor join",
      on: { keydown: (event) => this.key(event) },
    });
    this.composer = { field: this.field };
    const main = h(
        "div",
        { class: "pane-main" },
        this.title,
        this.who.node,
        this.log,
        this.notice,
        h(
          "div",
          { class: "composer" },
          h("label", { class: "read-only-for-readers", for: id }, "Message to Alongside in Teams"),
          h(
            "div",
            { class: "compose-box" },
            this.field,
            h("button", { type: "button", class: "send", "aria-label": "Send", on: { click: () => this.say() } }, "➤"),
          ),
        ),
    );
    this.node = h("section", { class: "pane teams" }, main);
    this.dialog = new TeamsDialog(this.node, main, {
      card: (dialog) => dialog.attachments.map((one) => this.attachment({ id: dialog.conversation }, dialog, one)),
      closed: () => this.act("close", {}),
    });
    this.become(personId);
  }

  become(personId) {
    this.id = personId;
    const player = new Player(
      personId,
      {
        seen: (state) => this.player === player && this.see(state),
        failed: (text) => this.player === player && this.tell(text),
      },
      api.teams,
    );
    this.player = player;
    this.state = null;
    this.noticed = null;
    this.notice.hidden = true;
    this.field.value = "";
    this.entries.clear();
    this.list.replaceChildren();
    this.dialog.draw(null);
    this.drawWho();
    this.refresh();
  }

  drawWho() {
    const me = this.company.person(this.id);
    this.zone = me.tz;
    attribute(this.node, "aria-label", `As ${me.name}, in Teams`);
    words(this.title, [me.name, part(me), "in Teams"].filter(Boolean).join(", "));
    this.who.draw(this.id);
    attribute(this.node, "data-part", me.plays ?? "colleague");
  }

  drawTime(now) {
    this.who.drawTime(now);
  }

  refresh() {
    return this.player.refresh();
  }

  unread() {
    return 0;
  }

  see(state) {
    this.state = state;
    const chat = state.conversations[0];
    const end = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    const before = this.entries.size;
    this.draw(chat);
    this.dialog.draw(state.dialog);
    if (end || this.entries.size > before) this.log.scrollTop = this.log.scrollHeight;
    const last = state.notices.at(-1);
    this.noticed ??= last?.id ?? 0;
    if (last && last.id > this.noticed) {
      this.noticed = last.id;
      this.tell(last.text);
    }
    this.drawTime(state.now);
    this.changed(this);
  }

  draw(chat) {
    const wanted = [];
    let today = "";
    for (const message of chat.messages) {
      const at = new Date(message.at);
      if (day(at, this.zone) !== today) {
        today = day(at, this.zone);
        wanted.push(this.kept(`day ${today}`, () => h("p", { class: "t-day" }, shortDay(at, this.zone))));
      }
      wanted.push(this.kept(JSON.stringify(message), () => this.entry(chat, message)));
    }
    if (!wanted.length) wanted.push(this.kept("empty", () => nothing(chat.name)));
    const keys = new Set(wanted);
    for (const [key, node] of this.entries) if (!keys.has(node)) this.entries.delete(key);
    arrange(this.list, wanted);
  }

  /** What did not change keeps its node, and with it what was typed into it. */
  kept(key, make) {
    let node = this.entries.get(key);
    if (!node) {
      node = make();
      this.entries.set(key, node);
    }
    return node;
  }

  entry(chat, message) {
    const mine = message.from === this.id;
    const name = this.company.name(message.from) ?? message.from;
    const time = clock(new Date(message.at), this.zone);
    return h(
      "article",
      { class: mine ? "t-entry mine" : "t-entry", "aria-label": `${name}, ${time}` },
      mine ? null : face(name, { app: true }),
      h(
        "div",
        { class: "t-bubble" },
        h("p", { class: "t-who" }, mine ? null : h("strong", {}, name), h("time", { datetime: message.at }, time)),
        message.text ? h("div", { class: "said", dir: "auto" }, mine ? message.text : markdown(message.text)) : null,
        message.attachments.map((one) => this.attachment(chat, message, one)),
      ),
    );
  }

  attachment(chat, message, { contentType, content, name }) {
    const press = (n, values) =>
      this.act("press", { conversation: chat.id, message: message.id, button: n, values });
    if (contentType === CARD) {
      const { values, errors } = message;
      return new Card(content, { values, errors, zone: this.zone, press, people: () => this.company.people }).node;
    }
    const file = h("p", { class: "t-file" }, h("strong", {}, name));
    if (contentType !== CONSENT) return file;
    const actions = [
      { type: "Action.Submit", title: "Allow", style: "positive", associatedInputs: "none" },
      { type: "Action.Submit", title: "Decline", associatedInputs: "none" },
    ];
    const asked = { body: [{ type: "ActionSet", actions }] };
    const card = new Card(asked, { values: {}, errors: [], zone: this.zone, press, people: () => [] });
    return h("div", {}, file, h("p", {}, content.description), card.node);
  }

  async act(kind, fields) {
    this.notice.hidden = true;
    const answer = await this.player.act(kind, fields);
    if (answer?.toast) this.tell(answer.toast);
    return answer;
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.say();
  }

  async say() {
    const text = this.field.value.trim();
    const chat = this.state?.conversations[0];
    if (!text || !chat) return;
    this.field.value = "";
    await this.act("say", { conversation: chat.id, text });
  }

  tell(text) {
    this.notice.hidden = false;
    this.notice.replaceChildren(
      h("span", { dir: "auto" }, text),
      h(
        "button",
        { type: "button", class: "close", "aria-label": "Hide this notice", on: { click: () => (this.notice.hidden = true) } },
        "×",
      ),
    );
  }

  /** Puts words into the composer, for somebody to send; here without a slash. */
  suggest(text) {
    this.field.value = text.replace(/^\//, "");
    this.field.focus();
  }
}

/** What stands in a chat before anything was said in it. */
function nothing(name) {
  return h(
    "div",
    { class: "empty" },
    face(name, { app: true, size: "large" }),
    h("p", { class: "empty-title" }, `This is where ${name} and you talk.`),
    h("p", {}, "Type ", h("code", {}, "mentor"), " to see what you can ask for."),
  );
}

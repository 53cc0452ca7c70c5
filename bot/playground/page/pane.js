// One pane: the workspace as one person sees it.

import { Composer } from "./composer.js";
import { attribute, fresh, h, words } from "./dom.js";
import { Dialogs } from "./dialogs.js";
import { Log } from "./log.js";
import { part } from "./people.js";
import { Player } from "./player.js";
import { Surface } from "./surface.js";
import { Tabs } from "./tabs.js";
import { Who } from "./who.js";

const HOME = "home";
export const SLACK = "Slack";

export class Pane {
  /**
   * `changed` is called after each drawing, so that the page can show what is unread elsewhere, and `moved` when
   * somebody of another platform is to sit here.
   */
  constructor(cast, personId, { changed, moved }) {
    this.who = new Who(cast, SLACK, (platform, id) => (platform === SLACK ? this.become(id) : moved(this, platform, id)));
    this.company = this.who.company;
    this.changed = changed;
    this.state = null;
    this.logs = new Map();
    this.names = { person: (id) => this.company.name(id), channel: (id) => this.channelName(id), zone: "UTC" };
    this.build();
    this.become(personId);
  }

  build() {
    this.tabs = new Tabs((key) => this.show(key));
    this.panel = h("div", { class: "panel", role: "tabpanel", id: fresh("panel"), tabindex: "-1" });
    this.home = null;
    this.notice = h("p", { class: "notice", role: "status", hidden: true });
    this.composer = new Composer(this);
    this.title = h("h2", { class: "read-only-for-readers" });
    this.main = h(
      "div",
      { class: "pane-main" },
      this.title,
      this.who.node,
      this.tabs.node,
      this.panel,
      this.notice,
      this.composer.node,
    );
    this.node = h("section", { class: "pane" }, this.main);
    this.dialogs = new Dialogs(this, this.node, this.main);
    for (const event of ["pointerdown", "focusin", "wheel"])
      this.node.addEventListener(event, () => this.seen(), { passive: true });
  }

  /** Somebody else sits in this pane from now on. */
  become(personId) {
    this.id = personId;
    const player = new Player(personId, {
      seen: (state) => this.player === player && this.see(state),
      failed: (text) => this.player === player && this.tell(text),
    });
    this.player = player;
    this.logs.clear();
    this.home = null;
    this.current = null;
    this.state = null;
    this.noticed = null;
    this.dialogs.clear();
    this.composer.clear();
    this.panel.replaceChildren();
    this.drawWho();
    this.refresh();
  }

  drawWho() {
    const me = this.company.person(this.id);
    this.names.zone = me.tz;
    attribute(this.node, "aria-label", `As ${me.name}`);
    words(this.title, [me.name, part(me)].filter(Boolean).join(", "));
    this.who.draw(this.id);
    attribute(this.node, "data-part", me.plays ?? "colleague");
    if (this.state) this.drawTime(this.state.now);
  }

  /** What time it is where this person is. */
  drawTime(now) {
    this.who.drawTime(now);
  }

  // What surfaces need of the person who uses them.
  people() {
    return this.company.people;
  }
  channels() {
    return (this.state?.conversations ?? []).filter((one) => one.kind === "channel");
  }
  channelName(id) {
    return this.state?.conversations.find((one) => one.id === id)?.name;
  }
  pressing() {
    this.logs.get(this.current)?.expect();
  }
  confirm(question, opener) {
    return this.dialogs.confirm(question, opener);
  }

  /** Does something as this person. */
  act(kind, fields) {
    return this.player.act(kind, fields);
  }

  refresh() {
    return this.player.refresh();
  }

  see(state) {
    this.state = { ...state, conversations: state.conversations.map((one) => this.named(one)) };
    this.draw();
  }

  /** A group message is called by the other people in it. */
  named(conversation) {
    if (conversation.kind !== "group") return conversation;
    const others = conversation.members.filter((id) => id !== this.id && id !== this.company.app.id);
    return { ...conversation, name: others.map((id) => this.company.name(id) ?? id).join(", ") || conversation.name };
  }

  draw() {
    const { conversations, modals, notices } = this.state;
    this.current ??= conversations[0].id;
    if (this.current !== HOME && !conversations.some((one) => one.id === this.current))
      this.current = conversations[0].id;
    this.tabs.draw(conversations, this.current, { home: HOME, panel: this.panel });
    this.composer.node.hidden = this.current === HOME;
    if (this.current === HOME) this.drawHome();
    else this.drawLog();
    this.drawNotice(notices);
    this.dialogs.draw(modals);
    if (this.inUse()) this.seen();
    this.changed(this);
  }

  conversation() {
    return this.state?.conversations.find((one) => one.id === this.current);
  }

  drawLog() {
    const conversation = this.conversation();
    let log = this.logs.get(conversation.id);
    if (!log) {
      log = new Log(this, conversation);
      this.logs.set(conversation.id, log);
    }
    if (this.panel.firstChild !== log.node) this.panel.replaceChildren(log.node);
    log.draw(conversation);
    this.composer.about(conversation);
  }

  drawHome() {
    const view = this.state.home;
    if (!view) {
      this.home = null;
      this.panel.replaceChildren(h("p", { class: "empty" }, "Nothing here yet. The app has not drawn this tab."));
      return;
    }
    if (this.home?.where.view !== view.id) this.home = new Surface({ view: view.id }, this, { view: true });
    this.home.where = { view: view.id };
    let box = this.panel.firstChild;
    if (!box?.classList.contains("home")) {
      box = h("div", { class: "home", role: "region", "aria-label": "Home" });
      this.panel.replaceChildren(box);
    }
    if (box.firstChild !== this.home.body) box.replaceChildren(this.home.body);
    this.home.draw(view.blocks, view.values);
  }

  /** Goes to a conversation or to Home; the app is told when its own tabs are opened, as Slack does. */
  async show(key) {
    if (key === this.current) return;
    this.logs.delete(this.current);
    this.current = key;
    this.draw();
    const app = key === HOME || key === this.state.conversations[0].id;
    if (app) await this.act("open", { tab: key === HOME ? "home" : "messages" });
    this.seen();
  }

  /** Whether somebody is at work in this pane just now: then what arrives is read at once. */
  inUse() {
    return document.hasFocus() && this.node.contains(document.activeElement);
  }

  /** Somebody looks at this pane: what is shown in it is read. */
  seen() {
    const conversation = this.conversation();
    if (!conversation?.unread || this.reading === conversation.messages.at(-1)?.ts) return;
    this.reading = conversation.messages.at(-1)?.ts;
    this.act("read", { channel: conversation.id });
  }

  unread() {
    return (this.state?.conversations ?? []).reduce((sum, one) => sum + one.unread, 0);
  }

  /** Slack's own words to the person, below the messages; what was there when the page opened is old. */
  drawNotice(notices) {
    const last = notices.at(-1);
    if (this.noticed === null) this.noticed = last?.id ?? 0;
    if (!last || last.id <= this.noticed) return;
    this.noticed = last.id;
    this.tell(last.text);
  }

  tell(text) {
    this.notice.hidden = false;
    this.notice.replaceChildren(
      h("span", { dir: "auto" }, h("strong", {}, "Only visible to you: "), text),
      h(
        "button",
        {
          type: "button",
          class: "close",
          "aria-label": "Hide this notice",
          on: { click: () => (this.notice.hidden = true) },
        },
        "×",
      ),
    );
  }

  /** Puts words into the composer, for somebody to send. */
  async suggest(text) {
    const first = this.state?.conversations[0].id;
    if (first && this.current !== first) await this.show(first);
    this.composer.write(text);
  }
}

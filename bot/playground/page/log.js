// The messages of one conversation, oldest first; what does not change keeps its node, its focus and its place.

import { day, shortDay } from "./dates.js";
import { arrange, h } from "./dom.js";
import { Entry } from "./entry.js";
import { face } from "./people.js";

const NEAR_END_PX = 80;
const ABOVE_PX = 4;
const ANSWER_MS = 2500;
const TOGETHER_MS = 5 * 60 * 1000;

export class Log {
  constructor(pane, conversation) {
    this.pane = pane;
    this.entries = new Map();
    this.dividers = new Map();
    this.readTo = null;
    this.list = h("div", { class: "log-list" });
    this.below = h(
      "button",
      { type: "button", class: "below", hidden: true, on: { click: () => this.leap() } },
      "New messages ↓",
    );
    this.scroller = h(
      "div",
      {
        class: "log",
        role: "log",
        "aria-live": "polite",
        "aria-relevant": "additions",
        "aria-label": `Messages in ${conversation.name}`,
        tabindex: "0",
        on: {
          scroll: () => {
            this.keepsEnd();
            if (this.nearEnd()) this.below.hidden = true;
          },
        },
      },
      this.list,
    );
    this.node = h("div", { class: "log-box" }, this.scroller, this.below);
    this.started = false;
    // Pictures, opened details and a growing composer change heights after the drawing.
    const grown = new ResizeObserver(() => this.keepsEnd() && this.toEnd());
    grown.observe(this.list);
    grown.observe(this.scroller);
    this.scroller.addEventListener("wheel", () => (this.expecting = false), { passive: true });
    this.sticks = true;
    this.placed = 0;
  }

  /** Whether the end is kept in view: until the person scrolls away from it, and again when they come back. */
  keepsEnd() {
    // A log that is not shown stands at 0, and nobody has scrolled it.
    if (this.scroller.clientHeight && this.scroller.scrollTop !== this.placed) {
      this.placed = this.scroller.scrollTop;
      this.sticks = this.nearEnd();
      // Who has gone to the end has read the beginning: nothing brings them back there.
      if (this.sticks) this.from = null;
    }
    return this.sticks;
  }

  nearEnd() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR_END_PX;
  }

  /** Goes to the last message, but never past the beginning of the first new one: people read from the top. */
  toEnd(first) {
    if (first) this.from = first;
    const start = this.from?.isConnected ? lineAbove(this.from).offsetTop - ABOVE_PX : Infinity;
    this.scroller.scrollTop = Math.min(this.scroller.scrollHeight - this.scroller.clientHeight, start);
    this.placed = this.scroller.scrollTop;
    this.sticks = true;
    this.below.hidden = true;
  }

  draw(conversation) {
    const zone = this.pane.names.zone;
    const wanted = [];
    const present = new Set();
    const stuck = this.keepsEnd();
    let before = null;
    let arrived = false;
    let first = null;
    // The line "New" stays where somebody stopped reading until they have read and act.
    if (conversation.unread && this.readTo === null && !this.pane.inUse()) this.readTo = conversation.last_read;
    let newShown = false;
    for (const message of conversation.messages) {
      const at = new Date(message.at);
      if (!before || day(at, zone) !== day(new Date(before.at), zone))
        wanted.push(this.divider(`day ${day(at, zone)}`, () => dayLine(shortDay(at, zone))));
      if (
        this.readTo !== null &&
        !newShown &&
        Number(message.ts) > Number(this.readTo) &&
        message.from !== this.pane.id
      ) {
        wanted.push(this.divider("new", newLine));
        newShown = true;
        before = null;
      }
      present.add(message.ts);
      let entry = this.entries.get(message.ts);
      if (!entry) {
        entry = new Entry(this.pane, conversation.id, message);
        this.entries.set(message.ts, entry);
        arrived = true;
        if (message.from !== this.pane.id && (!this.started ? newShown : true)) first ??= entry.node;
      }
      entry.draw(message, { together: together(before, message, at) });
      wanted.push(entry.node);
      before = message;
    }
    for (const ts of [...this.entries.keys()]) if (!present.has(ts)) this.entries.delete(ts);
    if (!wanted.length) wanted.push(this.divider("empty", () => emptyLine(conversation)));
    arrange(this.list, wanted);
    if (stuck || (first && this.expecting)) this.toEnd(first);
    else if (arrived && this.started) this.below.hidden = false;
    this.started = true;
  }

  /** Something was pressed here: the answer, when it comes below, is shown. */
  expect() {
    this.expecting = true;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.expecting = false;
    }, ANSWER_MS);
  }

  leap() {
    this.from = null;
    this.toEnd();
  }

  /** The person has written here: everything above is old now. */
  caughtUp() {
    this.readTo = null;
    this.from = null;
    this.sticks = true;
  }

  divider(key, make) {
    let node = this.dividers.get(key);
    if (!node) {
      node = make();
      this.dividers.set(key, node);
    }
    return node;
  }
}

function together(before, message, at) {
  return (
    Boolean(before) &&
    before.from === message.from &&
    !before.ephemeral &&
    !message.ephemeral &&
    at - new Date(before.at) < TOGETHER_MS
  );
}

/** The first of the lines (day, "New") that stand directly above a message, or the message itself. */
function lineAbove(node) {
  const before = node.previousElementSibling;
  return before && !before.classList.contains("entry") ? lineAbove(before) : node;
}

const dayLine = (text) => h("div", { class: "day-line" }, h("span", {}, text));
const newLine = () => h("div", { class: "new-line" }, h("span", {}, "New"));

function emptyLine(conversation) {
  if (conversation.kind === "channel")
    return h("p", { class: "empty" }, `Nothing has been said in #${conversation.name} yet.`);
  return h(
    "div",
    { class: "empty" },
    face(conversation.name, { app: conversation.kind === "dm", size: "large" }),
    h("p", { class: "empty-title" }, `This is where ${conversation.name} and you talk.`),
    h("p", {}, "Type ", h("code", {}, "/"), " to see what you can ask for."),
  );
}

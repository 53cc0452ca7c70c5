// Where a person types: a message, or a slash command with suggestions.

import { attribute, fresh, h, s, words } from "./dom.js";

export class Composer {
  constructor(pane) {
    this.pane = pane;
    this.drafts = new Map();
    this.at = -1;
    this.offers = [];
    const id = fresh("compose");
    this.list = h("ul", {
      class: "offers",
      role: "listbox",
      id: fresh("offers"),
      "aria-label": "Commands",
      hidden: true,
    });
    this.label = h("label", { class: "read-only-for-readers", for: id });
    this.field = h("textarea", {
      id,
      rows: 1,
      class: "compose",
      dir: "auto",
      maxlength: 12000,
      autocomplete: "off",
      spellcheck: "true",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
      on: {
        input: () => this.typed(),
        keydown: (event) => this.pressed(event),
        blur: () => this.close(),
      },
    });
    this.send = h(
      "button",
      { type: "button", class: "send", "aria-label": "Send", on: { click: () => this.submit() } },
      s(
        "svg",
        { viewBox: "0 0 20 20", "aria-hidden": "true" },
        s("path", { d: "M3 3.2 17.6 10 3 16.8l1.6-5.6L11 10 4.6 8.800z" }),
      ),
    );
    this.node = h(
      "div",
      { class: "composer" },
      this.list,
      this.label,
      h("div", { class: "compose-box" }, this.field, this.send),
    );
  }

  /** The conversation that is shown now; each keeps its own draft. */
  about(conversation) {
    if (this.channel === conversation.id) return;
    if (this.channel) this.drafts.set(this.channel, this.field.value);
    this.channel = conversation.id;
    const name = conversation.kind === "channel" ? `#${conversation.name}` : conversation.name;
    words(this.label, `Message to ${name}`);
    attribute(this.field, "placeholder", conversation.kind === "dm" ? "Message, or / for commands" : `Message ${name}`);
    this.field.value = this.drafts.get(conversation.id) ?? "";
    this.fit();
  }

  clear() {
    this.drafts.clear();
    this.channel = null;
    this.field.value = "";
    this.fit();
    this.close();
  }

  write(text) {
    this.field.value = text;
    this.fit();
    this.field.focus();
    this.field.setSelectionRange(text.length, text.length);
    this.offer();
  }

  fit() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 160)}px`;
    attribute(this.send, "aria-disabled", this.field.value.trim() ? null : "true");
  }

  typed() {
    this.fit();
    this.offer();
  }

  /** Suggestions for what begins with a slash: first the commands, then the words of the one that is typed. */
  offer() {
    const text = this.field.value;
    this.offers = text.startsWith("/") && !text.includes("\n") ? this.fitting(text) : [];
    this.at = -1;
    this.list.replaceChildren(
      ...this.offers.map((offer, n) =>
        h(
          "li",
          {
            role: "option",
            id: `${this.list.id}-${n}`,
            class: "offer",
            "aria-selected": "false",
            on: {
              pointerdown: (event) => {
                event.preventDefault();
                this.take(n);
              },
            },
          },
          h(
            "span",
            { class: "offer-line" },
            h("strong", {}, offer.line),
            offer.usage ? h("span", { class: "offer-usage" }, ` ${offer.usage}`) : null,
          ),
          offer.says ? h("span", { class: "offer-says" }, offer.says) : null,
        ),
      ),
    );
    this.list.hidden = !this.offers.length;
    attribute(this.field, "aria-expanded", this.offers.length ? "true" : "false");
    attribute(this.field, "aria-activedescendant", null);
  }

  fitting(text) {
    const { commands, words: known } = this.pane.company.app;
    const typed = text.toLowerCase().replace(/\s+/g, " ");
    const all = commands.flatMap((command) => [
      { line: command, usage: "", says: "", bare: true },
      ...known
        .filter((word) => word.command === command)
        .map((word) => ({ line: `${command} ${word.verb}`, usage: word.usage, says: word.says })),
    ]);
    const exact = commands.find((command) => typed === command || typed.startsWith(`${command} `));
    return all
      .filter((offer) => offer.line.startsWith(typed) && offer.line !== typed.trimEnd() && (exact ? !offer.bare : true))
      .filter((offer) => exact || offer.bare || typed.length > 1);
  }

  close() {
    this.list.hidden = true;
    this.offers = [];
    attribute(this.field, "aria-expanded", "false");
    attribute(this.field, "aria-activedescendant", null);
  }

  mark(n) {
    this.at = (n + this.offers.length) % this.offers.length;
    [...this.list.children].forEach((item, place) =>
      attribute(item, "aria-selected", place === this.at ? "true" : "false"),
    );
    this.list.children[this.at].scrollIntoView({ block: "nearest" });
    attribute(this.field, "aria-activedescendant", `${this.list.id}-${this.at}`);
  }

  take(n) {
    const offer = this.offers[n];
    this.write(`${offer.line} `);
  }

  pressed(event) {
    if (event.isComposing) return;
    if (this.offers.length) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        this.mark(this.at < 0 && step < 0 ? this.offers.length - 1 : this.at + step);
        return;
      }
      if (event.key === "Escape") {
        event.preventDefault();
        this.close();
        return;
      }
      if (event.key === "Tab" && !event.shiftKey) {
        event.preventDefault();
        this.take(Math.max(this.at, 0));
        return;
      }
      if (event.key === "Enter" && this.at >= 0) {
        event.preventDefault();
        this.take(this.at);
        return;
      }
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    }
  }

  async submit() {
    const text = this.field.value.trim();
    if (!text || !this.channel) return;
    this.field.value = "";
    this.fit();
    this.close();
    const log = this.pane.logs.get(this.channel);
    log?.caughtUp();
    await this.pane.act("say", { channel: this.channel, text });
  }
}

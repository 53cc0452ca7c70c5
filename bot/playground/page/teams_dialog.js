// The dialog that lies over a person's Teams pane: a card under a title, until it is sent or closed.

import { h, reachable } from "./dom.js";

export class TeamsDialog {
  /** `main` is what lies below; `card(dialog)` draws its card, and `closed` is called when the person closes it. */
  constructor(host, main, { card, closed }) {
    this.host = host;
    this.main = main;
    this.card = card;
    this.closed = closed;
    this.key = null;
    this.node = null;
  }

  /** Shows this dialog, or none. What did not change keeps its node, and with it what was typed into it. */
  draw(dialog) {
    const key = dialog ? JSON.stringify(dialog) : null;
    if (key === this.key) return;
    const had = this.node?.contains(document.activeElement);
    const opener = this.node ? this.opener : document.activeElement;
    this.node?.remove();
    this.key = key;
    this.node = null;
    this.main.inert = Boolean(dialog);
    this.host.classList.toggle("has-dialog", Boolean(dialog));
    if (dialog) this.open(dialog, had, opener);
    else if (had) this.back(opener);
  }

  open(dialog, had, opener) {
    const id = `${dialog.id}-title`;
    const title = h("h3", { id, tabindex: "-1", dir: "auto" }, dialog.title);
    const body = h("div", { class: "modal-body" }, this.card(dialog));
    this.opener = opener;
    // Whoever is busy in another pane keeps the focus there.
    const takes = had || !opener || opener === document.body || this.host.contains(opener);
    this.node = h(
      "dialog",
      {
        class: "modal t-dialog",
        "aria-labelledby": id,
        "aria-modal": "true",
        on: { keydown: (event) => this.keys(event) },
      },
      h(
        "header",
        { class: "modal-head" },
        title,
        h("button", { type: "button", class: "close", "aria-label": "Close", on: { click: () => this.closed() } }, "×"),
      ),
      body,
    );
    this.host.append(this.node);
    this.node.open = true; // show() would take the focus, also from another pane
    if (takes) (body.querySelector("input, textarea, select") ?? title).focus();
  }

  back(opener) {
    if (opener?.isConnected && this.host.contains(opener)) opener.focus({ preventScroll: true });
    else this.host.querySelector(".compose")?.focus({ preventScroll: true });
  }

  keys(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      this.closed();
      return;
    }
    if (event.key !== "Tab") return;
    const all = reachable(this.node);
    if (document.activeElement !== (event.shiftKey ? all[0] : all.at(-1))) return;
    event.preventDefault();
    (event.shiftKey ? all.at(-1) : all[0]).focus();
  }
}

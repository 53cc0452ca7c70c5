// The modals of a person and the questions before a grave act: real dialogs that stay inside the person's pane.

import { attribute, fresh, h, reachable, words } from "./dom.js";
import { Surface } from "./surface.js";
import { bare, textNodes } from "./text.js";

export class Dialogs {
  /** `main` is what lies below: it is inert while a dialog is open, the other panes are not. */
  constructor(pane, host, main) {
    this.pane = pane;
    this.host = host;
    this.main = main;
    this.shown = null;
    this.asked = null;
  }

  clear() {
    this.shown?.node.remove();
    this.asked?.node.remove();
    this.shown = null;
    this.asked = null;
    this.below();
  }

  /** Shows the top modal. The same view keeps its node, so what is typed survives. */
  draw(modals) {
    const top = modals.at(-1);
    if (!top) {
      if (this.shown) this.remove();
      return;
    }
    if (this.shown?.id !== top.id) {
      const opener = this.shown?.opener ?? document.activeElement;
      this.shown?.node.remove();
      this.shown = this.open(top, opener);
    }
    this.update(top);
  }

  open(view, opener) {
    const surface = new Surface({ view: view.id }, this.pane, { view: true });
    const title = h("h3", { id: fresh("title"), tabindex: "-1", dir: "auto" });
    const summary = h("p", { class: "modal-status", role: "alert" });
    const form = h(
      "form",
      {
        class: "modal-body",
        novalidate: true,
        on: {
          submit: (event) => {
            event.preventDefault();
            this.submit();
          },
        },
      },
      summary,
      surface.body,
    );
    form.id = fresh("form");
    const send = h("button", { type: "submit", class: "button primary", form: form.id });
    const cancel = h("button", { type: "button", class: "button", on: { click: () => this.close() } });
    const node = h(
      "dialog",
      {
        class: "modal",
        "aria-labelledby": title.id,
        "aria-modal": "true",
        on: { keydown: (event) => this.keys(event, node, () => this.close()) },
      },
      h(
        "header",
        { class: "modal-head" },
        title,
        h("button", { type: "button", class: "close", "aria-label": "Close", on: { click: () => this.close() } }, "×"),
      ),
      form,
      h("footer", { class: "modal-foot" }, cancel, send),
    );
    this.host.append(node);
    this.below();
    // Whoever is busy in another pane keeps the focus there.
    const takesFocus = !opener || opener === document.body || this.host.contains(opener);
    return { id: view.id, node, surface, title, summary, send, cancel, opener, takesFocus, isNew: true };
  }

  update(view) {
    const { surface, title, send, cancel, node } = this.shown;
    this.shown.view = view;
    title.replaceChildren(...textNodes(view.title, this.pane.names));
    send.hidden = !view.submit;
    words(send, bare(view.submit));
    words(cancel, bare(view.close) || (view.submit ? "Cancel" : "Close"));
    surface.draw(view.blocks, view.values);
    if (this.shown.isNew) {
      this.shown.isNew = false;
      node.open = true; // show() would take the focus, also from another pane
      // Like Slack, start in the first field; a page to read starts at its title.
      const first = [...surface.controls.values()][0]?.node;
      const field =
        first && (first.matches("input, textarea, select") ? first : first.querySelector("input, select, summary"));
      if (this.shown.takesFocus) (field ?? title).focus();
    } else if (document.activeElement === document.body) title.focus();
  }

  async submit() {
    const { surface, summary, send, id } = this.shown;
    if (send.getAttribute("aria-disabled") === "true" || send.hidden) return;
    words(summary, "");
    const values = surface.answers();
    if (!values) {
      surface.body.querySelector("[aria-invalid='true']")?.focus();
      return;
    }
    surface.faults({});
    attribute(send, "aria-disabled", "true");
    send.classList.add("pressed");
    const answer = await this.pane.act("submit", { view: id, values });
    attribute(send, "aria-disabled", null);
    send.classList.remove("pressed");
    if (this.shown?.id !== id) return;
    const errors = answer?.errors ?? {};
    if (Object.keys(errors).length) {
      surface.faults(errors, { focus: true });
      document.activeElement.closest(".b-input")?.scrollIntoView({ block: "nearest" });
    } else if (!answer?.ok || answer.notice)
      words(summary, answer?.notice || "That could not be sent. What you wrote is still here.");
  }

  async close() {
    const { surface, id } = this.shown;
    await surface.flush();
    await this.pane.act("close", { view: id });
  }

  remove() {
    const { node, opener } = this.shown;
    const inside = node.contains(document.activeElement) || document.activeElement === document.body;
    node.remove();
    this.shown = null;
    this.below();
    if (inside) this.back(opener);
  }

  back(opener) {
    if (opener?.isConnected && opener !== document.body && this.host.contains(opener))
      opener.focus({ preventScroll: true });
    else this.host.querySelector(".compose")?.focus({ preventScroll: true });
  }

  /** Asks before a grave act; true when the person goes on. */
  confirm(question, opener) {
    return new Promise((resolve) => {
      const names = this.pane.names;
      const title = h("h3", { id: fresh("title"), dir: "auto" }, textNodes(question.title, names));
      const text = h("div", { id: fresh("text"), class: "b-text", dir: "auto" }, textNodes(question.text, names));
      const answer = (yes) => {
        node.remove();
        this.asked = null;
        this.below();
        opener?.focus({ preventScroll: true });
        resolve(yes);
      };
      const no = h(
        "button",
        { type: "button", class: "button", on: { click: () => answer(false) } },
        bare(question.deny) || "Cancel",
      );
      const yes = h(
        "button",
        { type: "button", class: `button ${question.style ?? "primary"}`, on: { click: () => answer(true) } },
        bare(question.confirm) || "Yes",
      );
      const node = h(
        "dialog",
        {
          class: "modal ask",
          role: "alertdialog",
          "aria-labelledby": title.id,
          "aria-describedby": text.id,
          "aria-modal": "true",
          on: { keydown: (event) => this.keys(event, node, () => answer(false)) },
        },
        h("header", { class: "modal-head" }, title),
        h("div", { class: "modal-body" }, text),
        h("footer", { class: "modal-foot" }, no, yes),
      );
      this.host.append(node);
      this.asked = { node };
      this.below();
      node.open = true;
      no.focus();
    });
  }

  /** What lies below the top dialog cannot be reached. */
  below() {
    const open = [...this.host.querySelectorAll(":scope > dialog")];
    this.main.inert = open.length > 0;
    open.forEach((node, place) => {
      node.inert = place < open.length - 1;
    });
    this.host.classList.toggle("has-dialog", open.length > 0);
  }

  keys(event, node, leave) {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      leave();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && node === this.shown?.node) {
      event.preventDefault();
      this.submit();
      return;
    }
    if (event.key !== "Tab") return;
    const all = reachable(node);
    const edge = event.shiftKey ? all[0] : all.at(-1);
    if (!all.length || document.activeElement === edge || !node.contains(document.activeElement)) {
      event.preventDefault();
      (event.shiftKey ? all.at(-1) : all[0])?.focus();
    }
  }
}

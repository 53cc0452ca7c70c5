// The drawer that shows each request between the platforms and the app.

import * as api from "./api.js";
import { clock } from "./dates.js";
import { attribute, h, words } from "./dom.js";

const MOST_KEPT = 500;

export class Wire {
  constructor(cast, { host, toggle }) {
    this.cast = cast;
    this.host = host;
    this.toggle = toggle;
    this.last = 0;
    this.calls = [];
    this.chosen = null;
    this.rows = new Map();
    this.build();
    toggle.addEventListener("click", () => this.turn(this.host.hidden));
  }

  build() {
    this.search = h("input", {
      type: "search",
      class: "typed",
      placeholder: "Filter, such as views.open",
      "aria-label": "Filter requests",
      on: { input: () => this.list() },
    });
    this.direction = h(
      "select",
      { class: "select", "aria-label": "Direction", on: { change: () => this.list() } },
      h("option", { value: "" }, "Both directions"),
      h("option", { value: "to_app" }, "To the app"),
      h("option", { value: "from_app" }, "From the app"),
    );
    this.listed = h("ol", { class: "calls", "aria-label": "Requests, newest first" });
    this.none = h("p", { class: "empty" }, "Nothing yet. Each press and each message shows up here.");
    this.detail = h(
      "div",
      { class: "call-detail", tabindex: "0", role: "region", "aria-label": "The chosen request" },
      h("p", { class: "empty" }, "Choose a request to read it."),
    );
    this.count = h("span", { class: "wire-count", role: "status" });
    this.host.append(
      h(
        "header",
        { class: "wire-head" },
        h("h2", {}, "What goes over the wire"),
        this.count,
        h("span", { class: "wire-filters" }, this.search, h("span", { class: "select-box" }, this.direction)),
        h(
          "button",
          { type: "button", class: "close", "aria-label": "Close the drawer", on: { click: () => this.turn(false) } },
          "×",
        ),
      ),
      h("div", { class: "wire-body" }, h("div", { class: "call-list" }, this.none, this.listed), this.detail),
    );
    this.host.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.turn(false);
    });
  }

  turn(open) {
    this.host.hidden = !open;
    attribute(this.toggle, "aria-expanded", open ? "true" : "false");
    document.body.classList.toggle("has-wire", open);
    if (open) {
      this.fetch();
      this.search.focus();
    } else this.toggle.focus();
  }

  forget() {
    this.last = 0;
    this.calls = [];
    this.rows.clear();
    this.chosen = null;
    this.detail.replaceChildren(h("p", { class: "empty" }, "Choose a request to read it."));
    this.list();
    if (!this.host.hidden) this.fetch();
  }

  /** Fetches what is new; only while the drawer is open. */
  async fetch() {
    if (this.host.hidden || this.fetching) return;
    this.fetching = true;
    try {
      const { last, calls } = await api.wire(this.last);
      this.last = last;
      const known = new Set(this.calls.map((call) => call.n));
      this.calls = [...calls.filter((call) => !known.has(call.n)), ...this.calls].slice(0, MOST_KEPT);
      this.list();
    } finally {
      this.fetching = false;
    }
  }

  list() {
    const wanted = this.search.value.trim().toLowerCase();
    const shown = this.calls.filter(
      (call) =>
        (!this.direction.value || call.direction === this.direction.value) && (!wanted || this.matches(call, wanted)),
    );
    for (const [n, row] of this.rows)
      if (!this.calls.some((call) => call.n === n)) {
        row.remove();
        this.rows.delete(n);
      }
    const nodes = shown.map((call) => this.row(call));
    if (nodes.length !== this.listed.children.length || nodes.some((node, n) => this.listed.children[n] !== node))
      this.listed.replaceChildren(...nodes);
    this.none.hidden = shown.length > 0;
    words(
      this.none,
      this.calls.length ? "Nothing fits this filter." : "Nothing yet. Each press and each message shows up here.",
    );
    words(this.count, this.calls.length ? `${shown.length} of ${this.calls.length}` : "");
  }

  matches(call, wanted) {
    call.searched ??=
      `${call.name} ${this.name(call.who)} ${call.note} ${JSON.stringify(call.request)}`.toLowerCase();
    return call.searched.includes(wanted);
  }

  name(id) {
    for (const { company } of this.cast) if (company.name(id)) return company.name(id);
    return "";
  }

  row(call) {
    let row = this.rows.get(call.n);
    if (row) return row;
    const to = call.direction === "to_app";
    const good = call.status >= 200 && call.status < 300 && call.answer?.ok !== false;
    row = h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "call", "aria-pressed": "false", on: { click: () => this.choose(call) } },
        h(
          "span",
          { class: to ? "way to" : "way from" },
          h("span", { "aria-hidden": "true" }, to ? "→" : "←"),
          h("span", { class: "read-only-for-readers" }, to ? "to the app" : "from the app"),
        ),
        h("span", { class: "call-name" }, call.name),
        h("span", { class: "call-who" }, this.name(call.who)),
        h(
          "span",
          { class: good ? "call-status" : "call-status bad" },
          good ? String(call.status) : `${call.status || "none"} ✕`,
        ),
        h("span", { class: "call-ms" }, `${call.ms < 10 ? call.ms.toFixed(1) : Math.round(call.ms)} ms`),
      ),
    );
    this.rows.set(call.n, row);
    return row;
  }

  choose(call) {
    this.chosen = call.n;
    for (const [n, row] of this.rows) attribute(row.firstChild, "aria-pressed", n === call.n ? "true" : "false");
    const [{ company }] = this.cast;
    const zone = company.person(company.players[0])?.tz;
    this.detail.replaceChildren(
      h(
        "div",
        { class: "call-head" },
        h("h3", {}, call.name),
        h(
          "p",
          {},
          `${call.direction === "to_app" ? "To the app" : "From the app"}, ${clock(new Date(call.at), zone)}, HTTP ${call.status || "no answer"}, ${call.ms} ms`,
        ),
        call.note ? h("p", { class: "call-note" }, call.note) : null,
      ),
      part("Request", call.request),
      part("Answer", call.answer),
    );
    this.detail.scrollTop = 0;
  }
}

function part(title, value) {
  const status = h("span", { role: "status", class: "copied" });
  const copy = h(
    "button",
    {
      type: "button",
      class: "quiet",
      "aria-label": `Copy the ${title.toLowerCase()}`,
      on: {
        click: async () => {
          try {
            await navigator.clipboard.writeText(typeof value === "string" ? value : JSON.stringify(value, null, 2));
            words(status, "Copied");
          } catch {
            words(status, "Your browser did not allow it");
          }
        },
      },
    },
    "Copy",
  );
  const empty = value === "" || value === null || value === undefined;
  return h(
    "section",
    { class: "call-part", "aria-label": title },
    h("h4", {}, title, status, empty ? null : copy),
    empty ? h("p", { class: "empty" }, "Empty") : h("div", { class: "json" }, tree(value, 0)),
  );
}

/** JSON as nested details that open and close; the first levels are open. */
function tree(value, depth, key) {
  const name = key === undefined ? null : h("span", { class: "json-key" }, `${key}: `);
  if (value === null || typeof value !== "object") {
    return h(
      "div",
      { class: "json-line" },
      name,
      h("span", { class: `json-${value === null ? "null" : typeof value}` }, JSON.stringify(value)),
    );
  }
  const entries = Object.entries(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (!entries.length) return h("div", { class: "json-line" }, name, open + close);
  return h(
    "details",
    { class: "json-node", open: depth < 3 },
    h(
      "summary",
      {},
      name,
      open,
      h("span", { class: "json-more" }, ` ${entries.length} ${Array.isArray(value) ? "items" : "keys"} `),
      close,
    ),
    h(
      "div",
      { class: "json-inside" },
      entries.map(([one, inner]) => tree(inner, depth + 1, one)),
    ),
  );
}

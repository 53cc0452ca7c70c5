// The tabs of a pane: the app's messages and Home, then group messages, then channels, with what is unread.

import { arrange, attribute, fresh, h, words } from "./dom.js";

export class Tabs {
  constructor(chosen) {
    this.chosen = chosen;
    this.tabs = new Map();
    this.node = h("div", {
      class: "tabs",
      role: "tablist",
      "aria-label": "Places",
      on: { keydown: (event) => this.move(event) },
    });
  }

  draw(conversations, current, { home, panel }) {
    const [app, ...others] = conversations;
    const places = [
      { key: app.id, name: app.name, sign: "", unread: app.unread },
      { key: home, name: "Home", sign: "", unread: 0 },
      ...others
        .filter((one) => one.kind !== "channel")
        .map((one) => ({ key: one.id, name: one.name, sign: "", pair: true, unread: one.unread })),
      ...others
        .filter((one) => one.kind === "channel")
        .map((one) => ({ key: one.id, name: one.name, sign: "#", unread: one.unread })),
    ];
    const kept = new Map();
    for (const place of places) kept.set(place.key, this.tabs.get(place.key) ?? this.tab(place.key));
    this.tabs = kept;
    arrange(
      this.node,
      [...kept.values()].map((tab) => tab.node),
    );
    for (const place of places) {
      const tab = kept.get(place.key);
      words(tab.sign, place.sign);
      tab.pair.hidden = !place.pair;
      words(tab.name, place.name);
      words(tab.count, place.unread ? String(place.unread) : "");
      words(tab.spoken, place.unread ? ` ${place.unread} unread` : "");
      tab.count.hidden = !place.unread;
      const selected = place.key === current;
      if (selected && tab.node.getAttribute("aria-selected") !== "true")
        tab.node.scrollIntoView({ block: "nearest", inline: "nearest" });
      attribute(tab.node, "aria-selected", selected ? "true" : "false");
      attribute(tab.node, "aria-controls", panel.id);
      attribute(tab.node, "tabindex", selected ? "0" : "-1");
      attribute(tab.node, "title", place.name.length > 24 ? place.name : null);
      if (selected) attribute(panel, "aria-labelledby", tab.node.id);
    }
  }

  tab(key) {
    const tab = {
      pair: h("span", { class: "tab-pair", "aria-hidden": "true", hidden: true }),
      sign: h("span", { class: "tab-sign" }),
      name: h("span", { class: "tab-name", dir: "auto" }),
      count: h("span", { class: "count", "aria-hidden": "true" }),
      spoken: h("span", { class: "read-only-for-readers" }),
    };
    tab.node = h(
      "button",
      { type: "button", class: "tab", role: "tab", id: fresh("tab"), on: { click: () => this.chosen(key) } },
      tab.pair,
      tab.sign,
      tab.name,
      tab.count,
      tab.spoken,
    );
    return tab;
  }

  /** Left and right, Home and End, as in every list of tabs. */
  move(event) {
    const all = [...this.tabs.values()].map((tab) => tab.node);
    const at = all.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const next = all[(to + all.length) % all.length];
    next.focus();
    next.click();
  }
}

// The overflow menu: a button with a short list of things to do.

import { attribute, fresh, h } from "./dom.js";
import { bare, textNodes } from "./text.js";

/** Draws it; an entry is pressed like a button, with its value. */
export function overflow(element, given, surface, about) {
  const id = fresh("menu");
  const entries = element.options.map((option) =>
    h(
      "button",
      { type: "button", role: "menuitem", tabindex: "-1", class: "menu-entry", on: { click: () => choose(option) } },
      textNodes(option.text, surface.person.names),
    ),
  );
  const list = h("div", { class: "menu-list", role: "menu", id, hidden: true }, entries);
  const opener = h(
    "button",
    {
      type: "button",
      class: "button more",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-controls": id,
      "aria-label": element.accessibility_label || (about ? `More: ${about}` : "More"),
      on: { click: () => (list.hidden ? open() : close()) },
    },
    h("span", { "aria-hidden": "true" }, "⋯"),
  );
  const box = h("div", { class: "menu" }, opener, list);

  function open() {
    list.hidden = false;
    const room = box.closest(".blocks")?.getBoundingClientRect().right ?? innerWidth;
    list.classList.toggle("to-left", box.getBoundingClientRect().left + list.offsetWidth > room);
    list.scrollIntoView({ block: "nearest" });
    attribute(opener, "aria-expanded", "true");
    entries[0]?.focus();
  }
  function close() {
    list.hidden = true;
    attribute(opener, "aria-expanded", "false");
  }
  async function choose(option) {
    close();
    opener.focus();
    await surface.press(opener, element, given.block_id, option.value);
    const url = bare(option.url);
    if (/^https?:\/\//i.test(url)) window.open(url, "_blank", "noopener");
  }
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const place = entries.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) entries[(place + step + entries.length) % entries.length].focus();
    else if (event.key === "Escape") {
      close();
      opener.focus();
    } else if (event.key !== "Tab") return;
    else close();
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  });
  box.addEventListener("focusout", (event) => !box.contains(event.relatedTarget) && close());
  return box;
}

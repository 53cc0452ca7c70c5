// Choosing by ticking: radio buttons, checkboxes, pills for several choices, and a list to search in when it is long.

import { fresh, h, words } from "./dom.js";
import { optionWords } from "./controls.js";
import { bare } from "./text.js";

/** A group of radio buttons or checkboxes; `pills` draws them side by side, as Slack's select of several would be. */
export function choices(given, type, options, { pills = false } = {}) {
  const { element, surface, blockId, named, describedby } = given;
  const group = fresh("choice");
  const most = element.max_selected_items ?? 0;
  const inputs = options.map((option) =>
    h("input", { type, name: group, value: option.value, "aria-describedby": describedby || null }),
  );
  const node = h(
    "div",
    {
      class: pills ? "choices pills" : "choices",
      role: type === "radio" ? "radiogroup" : "group",
      ...named,
      "aria-describedby": describedby || null,
      "aria-required": type === "radio" && given.required ? "true" : null,
    },
    options.map((option, place) =>
      h(
        "label",
        { class: "choice" },
        inputs[place],
        h("span", { class: "option" }, optionWords(option, surface.person.names)),
      ),
    ),
  );
  const initial = type === "radio" ? element.initial_option?.value : initials(element);
  const added = surface.add({
    block: blockId,
    action: element.action_id,
    kind: element.type,
    label: given.name,
    node,
    first: initial ?? null,
    read: () => {
      const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
      return type === "radio" ? (chosen[0] ?? null) : chosen;
    },
    write: (value) => {
      const chosen = new Set(Array.isArray(value) ? value : [value]);
      for (const input of inputs) input.checked = chosen.has(input.value);
      bound();
    },
  });
  function bound() {
    const full = most > 0 && inputs.filter((input) => input.checked).length >= most;
    for (const input of inputs) input.disabled = full && !input.checked;
  }
  node.addEventListener("change", () => {
    bound();
    surface.send(added);
  });
  return most > 0 ? h("div", {}, node, h("p", { class: "field-hint" }, `Up to ${most}.`)) : node;
}

/** Many options: a list that opens, with a field to search in; what is chosen is shown when it is closed. */
export function longChoices(given, options) {
  const { element, surface } = given;
  const list = choices({ ...given, required: false }, "checkbox", options);
  const rows = [...list.querySelectorAll(".choice")];
  const chosen = h("span", { class: "chosen" });
  const search = h("input", {
    type: "search",
    class: "typed",
    placeholder: "Search",
    "aria-label": `Search in ${given.name}`,
    autocomplete: "off",
    on: {
      input: () => {
        const wanted = search.value.trim().toLowerCase();
        for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
      },
      change: (event) => event.stopPropagation(),
    },
  });
  const show = () => {
    const names = rows
      .filter((row) => row.querySelector("input").checked)
      .map((row) => row.querySelector(".option-text").textContent);
    words(chosen, names.length ? names.join(", ") : bare(element.placeholder) || "Choose…");
  };
  const box = h(
    "details",
    { class: "long-list" },
    h("summary", { "aria-label": null }, chosen),
    h("div", { class: "long-list-body" }, search, list),
  );
  list.addEventListener("change", show);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    event.stopPropagation();
    box.open = false;
    box.querySelector("summary").focus();
  });
  // The surface writes through the control; the summary line follows it.
  const control = surface.controls.get(`${given.blockId}/${element.action_id}`);
  const write = control.write;
  control.write = (value) => {
    write(value);
    show();
  };
  show();
  return box;
}

const initials = (element) =>
  (element.initial_options ?? []).map((option) => option.value).concat(element.initial_users ?? []);

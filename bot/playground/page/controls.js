// Controls that hold something: text, numbers, dates, times, choices, people and channels.

import { fresh, h } from "./dom.js";
import { bare, textNodes } from "./text.js";
import { choices, longChoices } from "./choices.js";

const KEY_PAUSE_MS = 700;
const SHORT_LIST = 14;

/**
 * Draws a control and adds it to its surface. `label` is `{id}` of a visible label or `{text}` for one that is only read;
 * `describedby` are ids of hint and error.
 */
export function control(element, { surface, blockId, label, describedby, required }) {
  const given = {
    element,
    surface,
    blockId,
    describedby,
    required,
    named: label.id ? { "aria-labelledby": label.id } : { "aria-label": label.text },
    name: label.text,
    inputId: label.for ?? fresh("field"),
    labelled: Boolean(label.for),
  };
  const draw = KINDS[element.type];
  return draw ? draw(given) : null;
}

/** Whether this page can draw such a control. */
export const known = (type) => type in KINDS;

const KINDS = {
  plain_text_input: (given) =>
    typed(given, given.element.multiline ? h("textarea", { rows: 4 }) : h("input", { type: "text" })),
  number_input: (given) => typed(given, h("input", { type: "text", inputmode: "decimal" })),
  datepicker: (given) => picked(given, "date", given.element.initial_date),
  timepicker: (given) => picked(given, "time", given.element.initial_time),
  static_select: (given) => select(given, grouped(given.element), given.element.initial_option?.value),
  users_select: (given) => select(given, peopleOptions(given), given.element.initial_user),
  channels_select: (given) => select(given, channelOptions(given), given.element.initial_channel),
  conversations_select: (given) => select(given, channelOptions(given), given.element.initial_conversation),
  file_input: (given) => attached(given),
  radio_buttons: (given) => choices(given, "radio", given.element.options),
  checkboxes: (given) => choices(given, "checkbox", given.element.options),
  multi_static_select: (given) => several(given, flat(given.element)),
  multi_users_select: (given) =>
    several(
      given,
      peopleOptions(given).flatMap((group) => group.options),
    ),
};

function several(given, options) {
  return options.length > SHORT_LIST
    ? longChoices(given, options)
    : choices(given, "checkbox", options, { pills: true });
}

function attributes({ named, describedby, required, inputId, labelled }) {
  return {
    id: inputId,
    ...(labelled ? {} : named),
    "aria-describedby": describedby || null,
    "aria-required": required ? "true" : null,
  };
}

function set(node, all) {
  for (const [name, value] of Object.entries(all))
    if (value !== null && value !== undefined) node.setAttribute(name, value);
  return node;
}

function typed(given, node) {
  const { element, surface, blockId } = given;
  const most = element.type === "number_input" ? null : element.max_length;
  set(node, {
    ...attributes(given),
    class: "typed",
    dir: "auto",
    placeholder: bare(element.placeholder) || null,
    maxlength: most,
    autocomplete: "off",
  });
  const left = most && most <= 1000 ? h("span", { class: "left", "aria-hidden": "true" }) : null;
  const added = surface.add({
    block: blockId,
    action: element.action_id,
    kind: element.type,
    label: given.name,
    node,
    first: element.initial_value ?? null,
    read: () => (element.type === "number_input" ? node.value.trim().replace(",", ".") : node.value) || null,
    write: (value) => {
      if (node.value !== (value ?? "")) node.value = value ?? "";
      counted();
    },
  });
  function counted() {
    if (left) left.textContent = node.value.length > most * 0.6 ? `${most - node.value.length} left` : "";
  }
  counted();
  node.addEventListener("input", () => {
    added.dirty = true;
    counted();
  });
  node.addEventListener("change", () => surface.send(added));
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && node.tagName === "INPUT" && !surface.view && !event.isComposing) surface.send(added);
  });
  return h("div", { class: "typed-box" }, node, left);
}

/** A file of text: it goes with the form when that is sent. */
function attached(given) {
  const { element, surface, blockId } = given;
  const endings = (element.filetypes ?? []).map((one) => `.${one}`).join(",");
  const node = set(h("input", { type: "file", class: "typed" }), { ...attributes(given), accept: endings || null });
  let chosen = null;
  surface.add({
    block: blockId,
    action: element.action_id,
    kind: element.type,
    label: given.name,
    node,
    read: () => chosen,
    write: () => {},
  });
  node.addEventListener("change", async () => {
    const file = node.files[0];
    chosen = file ? { name: file.name, text: await file.text() } : null;
  });
  return node;
}

function picked(given, type, initial) {
  const { element, surface, blockId } = given;
  const node = set(h("input", { type, class: "typed short" }), attributes(given));
  const added = surface.add({
    block: blockId,
    action: element.action_id,
    kind: element.type,
    label: given.name,
    node,
    first: initial ?? null,
    read: () => node.value || null,
    write: (value) => {
      node.value = value ?? "";
    },
  });
  node.addEventListener("input", () => {
    added.dirty = true;
  });
  // A date typed by keyboard passes through half dates: it is told when the field is left or Enter is pressed.
  let byKey = false;
  node.addEventListener("keydown", (event) => {
    byKey = event.key !== "Enter";
    if (event.key === "Enter") surface.send(added);
  });
  node.addEventListener("pointerdown", () => {
    byKey = false;
  });
  node.addEventListener("change", () => !byKey && surface.send(added));
  node.addEventListener("blur", () => added.dirty && surface.send(added));
  return node;
}

function select(given, groups, initial) {
  const { element, surface, blockId } = given;
  const options = (list) =>
    list.map((option) =>
      h(
        "option",
        { value: option.value },
        bare(option.text),
        option.description ? ` (${bare(option.description)})` : "",
      ),
    );
  const node = set(
    h(
      "select",
      { class: "select" },
      h("option", { value: "" }, bare(element.placeholder) || "Choose…"),
      groups.map((group) =>
        group.label ? h("optgroup", { label: group.label }, options(group.options)) : options(group.options),
      ),
    ),
    attributes(given),
  );
  const added = surface.add({
    block: blockId,
    action: element.action_id,
    kind: element.type,
    label: given.name,
    node,
    first: initial ?? null,
    read: () => node.value || null,
    write: (value) => {
      node.value = value ?? "";
      if (node.selectedIndex < 0) node.value = "";
    },
  });
  // Arrow keys walk through a closed list, so a choice by keyboard counts when it rests, on Enter, or when it is left.
  let byKey = false;
  let rest = 0;
  const tell = () => {
    clearTimeout(rest);
    surface.send(added);
  };
  node.addEventListener("keydown", (event) => {
    byKey = event.key !== "Enter";
    if (event.key === "Enter" && added.dirty) tell();
  });
  node.addEventListener("pointerdown", () => {
    byKey = false;
  });
  node.addEventListener("change", () => {
    added.dirty = true;
    clearTimeout(rest);
    if (byKey) rest = setTimeout(tell, KEY_PAUSE_MS);
    else tell();
  });
  node.addEventListener("blur", () => added.dirty && tell());
  return h("span", { class: "select-box" }, node);
}

const grouped = (element) =>
  element.option_groups
    ? element.option_groups.map((group) => ({ label: bare(group.label), options: group.options }))
    : [{ label: "", options: element.options ?? [] }];
const flat = (element) => grouped(element).flatMap((group) => group.options);

function peopleOptions({ surface }) {
  const listed = surface.person.people().filter((one) => !one.deleted);
  return [{ label: "", options: listed.map((one) => ({ value: one.id, text: one.name, description: one.title })) }];
}

function channelOptions({ surface }) {
  return [{ label: "", options: surface.person.channels().map((one) => ({ value: one.id, text: `#${one.name}` })) }];
}

/** The label of an option with its description, as nodes. */
export function optionWords(option, names) {
  return [
    h("span", { class: "option-text", dir: "auto" }, textNodes(option.text, names)),
    option.description ? h("span", { class: "option-note", dir: "auto" }, textNodes(option.description, names)) : null,
  ];
}

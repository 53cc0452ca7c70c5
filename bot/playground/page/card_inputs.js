// The inputs of an Adaptive Card: each with its label, and a way to read what stands in it.

import { fresh, h } from "./dom.js";

const TYPES = { "Input.Date": "date", "Input.Time": "time" };

/** The input with its label; it puts itself among `inputs` under its id. Values are text, or a list where several fit. */
export function cardInput(element, { inputs, held, people }) {
  const id = fresh("input");
  const label = element.label
    ? [
        h(
          element.type === "Input.ChoiceSet" ? "p" : "label",
          { class: "field-label", id: `${id}-label`, for: element.type === "Input.ChoiceSet" ? null : id },
          element.label,
          element.isRequired ? h("span", { class: "t-required", "aria-hidden": "true" }) : null,
        ),
      ]
    : [];
  const draw = element.type === "Input.ChoiceSet" ? chosen : element.type === "Input.Toggle" ? toggled : typed;
  const { node, read } = draw(element, { id, held, people });
  inputs.set(element.id, { read });
  return h("div", { class: "b-input t-input" }, label, node);
}

function typed(element, { id, held }) {
  const same = {
    id,
    class: "typed",
    dir: "auto",
    placeholder: element.placeholder || null,
    maxlength: element.maxLength ?? null,
    "aria-required": element.isRequired ? "true" : null,
    autocomplete: "off",
  };
  const node = element.isMultiline
    ? h("textarea", { ...same, rows: 4 })
    : h("input", {
        ...same,
        type: TYPES[element.type] ?? "text",
        inputmode: element.type === "Input.Number" ? "decimal" : null,
      });
  node.value = held;
  return { node, read: () => node.value };
}

function toggled(element, { id, held }) {
  const on = element.valueOn ?? "true";
  const box = h("input", { type: "checkbox", id });
  box.checked = held === on;
  return {
    node: h("label", { class: "choice" }, box, h("span", { class: "option" }, element.title)),
    read: () => (box.checked ? on : (element.valueOff ?? "false")),
  };
}

function chosen(element, { id, held, people }) {
  const picker = element["choices.data"]?.dataset === "graph.microsoft.com/users";
  const offered = picker ? people().map((one) => ({ title: one.name, value: one.id })) : element.choices;
  const several = Boolean(element.isMultiSelect);
  if (!several && (picker || (element.style ?? "compact") === "compact")) {
    const node = h(
      "select",
      { class: "select", "aria-labelledby": `${id}-label` },
      h("option", { value: "" }, element.placeholder ?? "Choose"),
      offered.map((one) => h("option", { value: one.value, selected: one.value === held }, one.title)),
    );
    return { node: h("span", { class: "select-box" }, node), read: () => node.value };
  }
  const now = new Set(held ? held.split(",") : []);
  const boxes = offered.map((one) => {
    const box = h("input", { type: several ? "checkbox" : "radio", name: id, value: one.value });
    box.checked = now.has(one.value);
    return box;
  });
  const node = h(
    "div",
    { class: "choices", role: several ? "group" : "radiogroup", "aria-labelledby": `${id}-label` },
    offered.map((one, n) =>
      h("label", { class: "choice" }, boxes[n], h("span", { class: "option" }, unmarked(one.title))),
    ),
  );
  const read = () => boxes.filter((box) => box.checked).map((box) => box.value);
  return { node, read: several ? read : () => read()[0] ?? "" };
}

/** An open list reads Markdown, of which such titles hold only what is escaped. */
const unmarked = (text) => text.replace(/\\([\\`*_{}[\]()#+\-.!~>|<&])/g, "$1");

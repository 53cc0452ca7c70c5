// An Adaptive Card 1.5 as Teams shows it: drawn from JSON, filled in, and pressed.

import { chart } from "./chart.js";
import { h } from "./dom.js";
import { cardInput } from "./card_inputs.js";
import { markdown } from "./markdown.js";
import { link } from "./text.js";

/** Draws a card. `press(n, values)` is called with the place of a button among all and what stands in the inputs. */
export class Card {
  constructor(card, { values, errors, zone, press, people }) {
    this.inputs = new Map();
    this.buttons = 0;
    this.held = values;
    this.zone = zone;
    this.press = press;
    this.people = people;
    this.node = h("div", { class: "t-card" }, this.many(card.body), this.many(card.actions ? [actionsOf(card)] : []));
    if (errors.length)
      this.node.append(
        h(
          "div",
          { class: "t-errors", role: "alert" },
          errors.map((line) => h("p", { class: "field-error" }, line)),
        ),
      );
  }

  many(elements) {
    return (elements ?? []).map((element) => this.one(element));
  }

  one(element) {
    if (element.isVisible === false) return null;
    const node = this.drawn(element);
    if (node && element.separator) node.classList.add("t-separated");
    if (node && element.spacing) node.classList.add(`t-gap-${element.spacing.toLowerCase()}`);
    return node;
  }

  drawn(element) {
    switch (element.type) {
      case "TextBlock":
        return h(element.style === "heading" ? "h4" : "div", { class: look("t-text", element), dir: "auto" }, [
          markdown(element.text),
        ]);
      case "RichTextBlock":
        return h("p", { class: "t-text", dir: "auto" }, element.inlines.map(run));
      case "Container":
        return h("div", { class: `t-container ${element.style ?? ""}` }, this.many(element.items));
      case "ColumnSet":
        return h(
          "div",
          { class: "t-columns" },
          element.columns.map((column) =>
            h("div", { class: column.width === "auto" ? "t-column" : "t-column wide" }, this.many(column.items)),
          ),
        );
      case "FactSet":
        return h(
          "dl",
          { class: "t-facts" },
          element.facts.map((fact) => [h("dt", {}, fact.title), h("dd", {}, fact.value)]),
        );
      case "Image":
        return h("img", { class: "t-image", src: element.url, alt: element.altText });
      case "ActionSet":
        return h(
          "div",
          { class: "t-actions" },
          element.actions.map((action) => this.button(action)),
        );
      default:
        if (element.type.startsWith("Input."))
          return cardInput(element, { inputs: this.inputs, held: this.held[element.id] ?? "", people: this.people });
        if (element.type.startsWith("Chart.")) return drawnChart(element) ?? this.one(element.fallback);
        return element.fallback?.type ? this.one(element.fallback) : null;
    }
  }

  button(action) {
    const n = this.buttons;
    this.buttons += 1;
    if (action.type === "Action.OpenUrl")
      return h("a", { class: "button", href: action.url, target: "_blank", rel: "noopener noreferrer" }, action.title);
    const style = { positive: "primary", destructive: "danger" }[action.style] ?? "";
    const sends = (action.associatedInputs ?? "auto").toLowerCase() === "auto";
    const node = h(
      "button",
      { type: "button", class: `button ${style}`, on: { click: () => this.pressed(node, n, sends) } },
      action.title,
    );
    return node;
  }

  async pressed(node, n, sends) {
    if (node.getAttribute("aria-disabled") === "true") return;
    node.setAttribute("aria-disabled", "true");
    node.classList.add("pressed");
    const values = sends ? Object.fromEntries([...this.inputs].map(([id, input]) => [id, input.read()])) : {};
    await this.press(n, values);
    node.removeAttribute("aria-disabled");
    node.classList.remove("pressed");
  }
}

const actionsOf = (card) => ({ type: "ActionSet", actions: card.actions });

function look(name, { size, weight, isSubtle }) {
  return [name, size && `t-${size.toLowerCase()}`, weight && `t-${weight.toLowerCase()}`, isSubtle && "t-subtle"]
    .filter(Boolean)
    .join(" ");
}

function run(given) {
  if (typeof given === "string") return given;
  const open = given.selectAction;
  if (open?.type === "Action.OpenUrl") return link(open.url, given.text);
  return h("span", { class: look("t-run", given) }, given.text);
}

/** Bars and lines, by the same drawing as elsewhere on this page. */
function drawnChart({ type, title, data, xAxisTitle, yAxisTitle }) {
  const kind = { "Chart.VerticalBar.Grouped": "bar", "Chart.Line": "line" }[type];
  if (!kind || !data.length) return null;
  const series = data.map(({ legend, values }) => ({
    name: legend,
    data: values.map(({ x, y }) => ({ label: x, value: y })),
  }));
  const categories = data[0].values.map(({ x }) => x);
  return chart({
    title,
    chart: { type: kind, series, axis_config: { categories, x_label: xAxisTitle, y_label: yAxisTitle } },
  });
}

// Slack's blocks as DOM nodes. What is not known is shown as a labelled box, never left out.

import { chart } from "./chart.js";
import { control, known } from "./controls.js";
import { fresh, h } from "./dom.js";
import { markdown } from "./markdown.js";
import { overflow } from "./menu.js";
import { errorLine } from "./surface.js";
import { bare, richElements, textNodes } from "./text.js";

/** One block of a surface. */
export function block(given, surface) {
  const draw = BLOCKS[given.type];
  return draw ? draw(given, surface) : unknown(`${given.type} block`, given);
}

const BLOCKS = {
  header: (given, { person, view }) =>
    h(view ? "h4" : "h3", { class: "b-header", dir: "auto" }, textNodes(given.text, person.names)),
  divider: () => h("hr", { class: "b-divider" }),
  section,
  context,
  actions: (given, surface) =>
    h(
      "div",
      { class: "b-actions" },
      given.elements.map((element) => interactive(element, given, surface, {})),
    ),
  input,
  rich_text: (given, { person }) =>
    h(
      "div",
      { class: "b-rich" },
      given.elements.map((part) => richPart(part, person.names)),
    ),
  image: (given) => picture(given, bare(given.title)),
  markdown: (given) => h("div", { class: "b-markdown", dir: "auto" }, markdown(given.text)),
  data_visualization: (given) => chart(given),
};

function unknown(what, given) {
  return h(
    "details",
    { class: "unknown" },
    h("summary", {}, `This page cannot draw the ${what}`),
    h("pre", {}, JSON.stringify(given, null, 2)),
  );
}

function section(given, surface) {
  const names = surface.person.names;
  const id = fresh("text");
  const text = given.text ? h("div", { class: "b-text", id, dir: "auto" }, textNodes(given.text, names)) : null;
  const fields = given.fields
    ? h(
        "div",
        { class: "b-fields" },
        given.fields.map((field) => h("div", { class: "b-text", dir: "auto" }, textNodes(field, names))),
      )
    : null;
  const accessory = given.accessory
    ? interactive(given.accessory, given, surface, { text: text?.textContent ?? "", describedby: text ? id : "" })
    : null;
  return h(
    "div",
    { class: accessory ? "b-section with-accessory" : "b-section" },
    h("div", { class: "b-section-main" }, text, fields),
    accessory ? h("div", { class: "b-accessory" }, accessory) : null,
  );
}

function context(given, { person }) {
  return h(
    "div",
    { class: "b-context" },
    given.elements.map((element) =>
      element.type === "image"
        ? picture(element, "", "small")
        : h("span", { dir: "auto" }, textNodes(element, person.names)),
    ),
  );
}

/** A control outside an input block: it has no visible label, so its placeholder or the text beside it is read. */
function interactive(element, given, surface, { text = "", describedby = "" }) {
  if (element.type === "button") return button(element, given, surface, describedby);
  if (element.type === "overflow") return overflow(element, given, surface, text);
  if (element.type === "image") return picture(element, "", "thumbnail");
  if (!known(element.type)) return unknown(`${element.type} element`, element);
  const name = element.accessibility_label || bare(element.placeholder) || text || "Choose";
  return control(element, { surface, blockId: given.block_id, label: { text: name }, describedby });
}

function button(element, given, surface, describedby) {
  const node = h(
    "button",
    {
      type: "button",
      class: element.style ? `button ${element.style}` : "button",
      "aria-label": element.accessibility_label,
      "aria-describedby": describedby || null,
      on: {
        click: async () => {
          await surface.press(node, element, given.block_id);
          if (element.url && /^https?:\/\//i.test(element.url)) window.open(element.url, "_blank", "noopener");
        },
      },
    },
    h("span", { dir: "auto" }, textNodes(element.text, surface.person.names)),
  );
  return node;
}

function input(given, surface) {
  const element = given.element;
  if (!known(element.type)) return unknown(`${element.type} element`, given);
  const names = surface.person.names;
  const label = fresh("label");
  const field = fresh("field");
  const hint = given.hint
    ? h("p", { class: "field-hint", id: fresh("hint"), dir: "auto" }, textNodes(given.hint, names))
    : null;
  const error = errorLine(given.block_id);
  const grouped = GROUPS.has(element.type);
  const words = textNodes(given.label, names);
  const optional = given.optional ? h("span", { class: "optional", id: fresh("optional") }, "(optional)") : null;
  return h(
    "div",
    { class: "b-input" },
    h(
      "p",
      { class: "field-label", dir: "auto" },
      grouped ? h("span", { id: label }, words) : h("label", { id: label, for: field }, words),
      optional && " ",
      optional,
    ),
    control(element, {
      surface,
      blockId: given.block_id,
      required: !given.optional,
      label: grouped ? { id: label, text: bare(given.label) } : { id: label, for: field, text: bare(given.label) },
      describedby: [optional?.id, hint?.id, error.id].filter(Boolean).join(" "),
    }),
    hint,
    error,
  );
}

const GROUPS = new Set(["radio_buttons", "checkboxes", "multi_static_select", "multi_users_select"]);

function picture(element, title, size = "") {
  const alt = h("span", { class: "picture-alt" }, element.alt_text || "Picture");
  const image = h("img", {
    src: element.image_url ?? "",
    alt: element.alt_text ?? "",
    class: `picture ${size}`,
    on: { error: () => image.replaceWith(alt) },
  });
  return h("figure", { class: `b-image ${size}` }, title ? h("figcaption", {}, title) : null, image);
}

function richPart(part, names) {
  switch (part.type) {
    case "rich_text_section":
      return h("p", { class: "b-text", dir: "auto" }, richElements(part.elements, names));
    case "rich_text_quote":
      return h("blockquote", { dir: "auto" }, richElements(part.elements, names));
    case "rich_text_preformatted":
      return h("pre", {}, h("code", {}, richElements(part.elements, names)));
    case "rich_text_list":
      return h(
        part.style === "ordered" ? "ol" : "ul",
        {
          class: `b-list indent-${Math.min(part.indent ?? 0, 8)}`,
          start: part.style === "ordered" ? (part.offset ?? 0) + 1 : null,
        },
        part.elements.map((item) => h("li", { dir: "auto" }, richElements(item.elements, names))),
      );
    default:
      return unknown(`${part.type} part`, part);
  }
}

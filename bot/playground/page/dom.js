// DOM nodes without innerHTML: text is always a text node, so what people type is shown as typed.

let count = 0;

/** An id that no other node of the page has. */
export function fresh(prefix) {
  count += 1;
  return `${prefix}-${count}`;
}

/** A node. `on` maps events to listeners; false, null and undefined leave an attribute out; children may be nested lists. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(node, { on = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const [event, listener] of Object.entries(on)) node.addEventListener(event, listener);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Sets or removes an attribute, and touches the node only when something changes. */
export function attribute(node, name, value) {
  const wanted = value === true ? "" : value === false || value === null || value === undefined ? null : String(value);
  if (node.getAttribute(name) === wanted) return;
  if (wanted === null) node.removeAttribute(name);
  else node.setAttribute(name, wanted);
}

/** Sets text, and touches the node only when it changes, so that live regions stay quiet. */
export function words(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Makes `parent` hold exactly the wanted nodes, in order. Nodes that stay are not moved, so they keep focus and scroll.
 */
export function arrange(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.childNodes]) if (!keep.has(child)) child.remove();
  wanted.forEach((node, place) => {
    if (parent.childNodes[place] !== node) parent.insertBefore(node, parent.childNodes[place] ?? null);
  });
}

const REACHABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']";

/** What the Tab key reaches inside a node, in order. */
export function reachable(node) {
  return [...node.querySelectorAll(REACHABLE)].filter(
    (one) => !one.disabled && one.tabIndex >= 0 && one.getClientRects().length > 0 && !one.closest("[inert]"),
  );
}

// A surface is one message or one view: its controls, what was put into them, and what goes back to the workspace.

import { arrange, attribute, fresh, h, words } from "./dom.js";
import { block } from "./blocks.js";

const NUMBER = /^-?\d+(\.\d+)?$/;

export class Surface {
  /**
   * `where` names it to the workspace, `person` is the pane's player (act, confirm, names, people, channels).
   * `view` is true for modals and App Home.
   */
  constructor(where, person, { view = false } = {}) {
    this.where = where;
    this.person = person;
    this.view = view;
    this.controls = new Map();
    this.drawn = new Map();
    this.values = {};
    this.body = h("div", { class: "blocks" });
  }

  /** Draws the blocks, keeps the nodes of those that did not change, and takes over what was put in elsewhere. */
  draw(blocks, values) {
    this.values = values ?? {};
    const before = this.drawn;
    const held = this.held();
    this.drawn = new Map();
    const wanted = blocks.map((given, place) => {
      const key = `${given.block_id ?? place}:${JSON.stringify(given)}`;
      let node = before.get(key);
      if (!node) {
        this.drop(given.block_id);
        node = block(given, this);
      }
      this.drawn.set(key, node);
      return node;
    });
    const shown = new Set(blocks.map((given) => given.block_id));
    for (const control of [...this.controls.values()]) if (!shown.has(control.block)) this.controls.delete(control.key);
    arrange(this.body, wanted);
    for (const control of this.controls.values()) {
      const mine = held.get(control.key);
      if (mine?.dirty && mine !== control) {
        control.write(mine.read());
        control.dirty = true;
      } else if (!control.dirty && !control.has(document.activeElement)) control.write(this.put(control));
    }
  }

  held() {
    return new Map(this.controls);
  }

  drop(blockId) {
    for (const control of [...this.controls.values()]) if (control.block === blockId) this.controls.delete(control.key);
  }

  /** What this control holds according to the workspace: text, a list of values, or null. */
  put(control) {
    const value = this.values[control.block]?.[control.action];
    if (!value) return control.first;
    if ("selected_options" in value) return (value.selected_options ?? []).map((option) => option.value);
    if ("selected_option" in value) return value.selected_option?.value ?? null;
    if ("selected_users" in value) return value.selected_users ?? [];
    const [name] = [
      "value",
      "selected_date",
      "selected_time",
      "selected_user",
      "selected_channel",
      "selected_conversation",
    ].filter((one) => one in value);
    return value[name] ?? null;
  }

  /** Adds a control. `read` gives what stands in it, `write` puts it there; `first` is the app's initial value. */
  add({ block, action, kind, label, node, read, write, first = null }) {
    const control = {
      key: `${block}/${action}`,
      block,
      action,
      kind,
      label,
      node,
      read,
      write,
      first,
      dirty: false,
      has: (one) => node.contains(one),
    };
    this.controls.set(control.key, control);
    const held = this.put(control);
    write(held);
    control.sent = JSON.stringify(held ?? null);
    return control;
  }

  /** Tells the workspace what stands in a control now, when that is new. */
  async send(control) {
    const value = control.read();
    const text = JSON.stringify(value);
    control.dirty = false;
    if (text === control.sent || !this.fits(control, value)) return;
    control.sent = text;
    await this.person.act("set", { where: this.where, block_id: control.block, action_id: control.action, value });
  }

  fits(control, value) {
    if (control.kind !== "number_input" || value === null || NUMBER.test(value)) {
      if (control.wrong) this.fault(control.block, "");
      control.wrong = false;
      return true;
    }
    control.wrong = true;
    this.fault(control.block, "Please write a number, such as 3.");
    return false;
  }

  /** Sends what is typed but not yet told. */
  async flush() {
    for (const control of this.controls.values()) if (control.dirty) await this.send(control);
  }

  /** Presses a button (or an entry of an overflow menu), asking first where the app wants that. */
  async press(node, element, blockId, value) {
    if (node.getAttribute("aria-disabled") === "true") return;
    if (element.confirm && !(await this.person.confirm(element.confirm, node))) return;
    attribute(node, "aria-disabled", "true");
    node.classList.add("pressed");
    await this.flush();
    this.person.pressing();
    const fields = { where: this.where, block_id: blockId, action_id: element.action_id };
    await this.person.act("press", value === undefined ? fields : { ...fields, value });
    attribute(node, "aria-disabled", null);
    node.classList.remove("pressed");
  }

  /** Everything that stands in the controls: `{block_id: {action_id: value}}`, or null when something does not fit. */
  answers() {
    const all = {};
    for (const control of this.controls.values()) {
      const value = control.read();
      if (!this.fits(control, value)) return null;
      all[control.block] = { ...all[control.block], [control.action]: value };
      control.dirty = false;
      control.sent = JSON.stringify(value);
    }
    return all;
  }

  /** Shows an error below a field, or takes it away; the field is described by it. */
  fault(blockId, text) {
    const box = [...this.body.querySelectorAll(".field-error")].find((one) => one.dataset.block === blockId);
    if (!box) return;
    words(box, text);
    box.hidden = !text;
    for (const control of this.controls.values()) {
      if (control.block !== blockId) continue;
      const target = control.node.matches("input, textarea, select")
        ? control.node
        : control.node.querySelector("input, select");
      if (target) attribute(target, "aria-invalid", text ? "true" : null);
    }
  }

  /** Shows all errors of a refused form and goes to the first field that has one. */
  faults(errors, { focus = false } = {}) {
    for (const box of this.body.querySelectorAll(".field-error"))
      this.fault(box.dataset.block, errors[box.dataset.block] ?? "");
    if (!focus) return;
    const first = [...this.controls.values()].find((control) => errors[control.block]);
    const target =
      first &&
      (first.node.matches("input, textarea, select") ? first.node : first.node.querySelector("input, select, button"));
    target?.focus();
  }
}

/** The error line of a field. */
export function errorLine(blockId) {
  return h("p", { class: "field-error", id: fresh("error"), "data-block": blockId, role: "alert", hidden: true });
}

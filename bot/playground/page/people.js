// The company: who is who, as the workspace tells it.

import { h, s } from "./dom.js";

const HUES = 6;
const PLAYS = { mentee: "Mentee", mentor: "Mentor", coordinator: "Coordinator" };

export class Company {
  constructor(told) {
    this.take(told);
  }

  /** Takes what `/playground/people` says. */
  take(told) {
    this.app = told.app;
    this.players = told.players;
    this.people = told.people;
    this.byId = new Map(told.people.map((one) => [one.id, one]));
  }

  /** A person's name, the app's name, or undefined. */
  name(id) {
    return id === this.app.id ? this.app.name : this.byId.get(id)?.name;
  }

  person(id) {
    return this.byId.get(id);
  }
}

/** "Mentee", or the person's title when they play nobody in particular. */
export const part = (person) => PLAYS[person.plays] ?? person.title ?? "";

/** The round picture of a person, which is their initials. */
export function face(name, { app = false, size = "" } = {}) {
  if (app) {
    return h("span", { class: `face app ${size}`, "aria-hidden": "true" }, logo());
  }
  const words = name.split(/\s+/).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""]
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 997, 7) % HUES;
  return h("span", { class: `face hue-${hue} ${size}`, "aria-hidden": "true" }, initials || "?");
}

/** The product's sign: two people, side by side. */
function logo() {
  const one = [
    s("circle", { cx: 15, cy: 13.5, r: 4.2 }),
    s("path", { d: "M8 30.5c0-6.6 2.6-10.5 7-10.5s7 3.9 7 10.5z" }),
  ];
  const two = [
    s("circle", { cx: 26.2, cy: 16, r: 3.6 }),
    s("path", { d: "M20.4 30.5c0-5.6 2.1-9 5.8-9s5.8 3.4 5.8 9z" }),
  ];
  return s("svg", { viewBox: "0 0 40 40" }, s("g", { class: "logo-one" }, one), s("g", { class: "logo-two" }, two));
}

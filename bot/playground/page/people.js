// The company: who is who, as the workspace tells it.

import { h } from "./dom.js";

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
    return h("span", { class: `face app ${size}`, "aria-hidden": "true" }, h("span", { class: "app-one" }), h("span", { class: "app-two" }));
  }
  const words = name.split(/\s+/).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "").join("").toUpperCase();
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 997, 7) % HUES;
  return h("span", { class: `face hue-${hue} ${size}`, "aria-hidden": "true" }, initials || "?");
}

// The clock bar: what time it is in the programme, and how to let it pass.

import * as api from "./api.js";
import { city, clock, day, dayOfMonth, month } from "./dates.js";
import { attribute, h, words } from "./dom.js";

const LOOK_MS = 400;
const JUMPS = [
  { to: "next-morning", label: "Next morning" },
  { to: "next-tuesday", label: "Next Tuesday" },
  { to: "+1-week", label: "+1 week" },
  { to: "end", label: "To the end" },
];

export class Clock {
  /** `moved` is called when a walk has ended. */
  constructor(company, moved) {
    this.company = company;
    this.moved = moved;
    this.parts = Object.fromEntries(
      ["calendar-month", "calendar-day", "clock-date", "clock-time", "walking", "jumps"].map((id) => [
        id,
        document.getElementById(id),
      ]),
    );
    this.buttons = JUMPS.map((jump) =>
      h("button", { type: "button", class: "jump", on: { click: () => this.jump(jump) } }, jump.label),
    );
    this.parts.jumps.append(...this.buttons);
  }

  /** Shows the moment, in the zone of the first player; `meanwhile` is what others do by themselves, else empty. */
  show(now, busy, meanwhile = "") {
    const moment = new Date(now);
    const zone = this.company.person(this.company.players[0])?.tz ?? "UTC";
    words(this.parts["calendar-month"], month(moment, zone));
    words(this.parts["calendar-day"], dayOfMonth(moment, zone));
    words(this.parts["clock-date"], day(moment, zone));
    words(this.parts["clock-time"], `${clock(moment, zone)} in ${city(zone)}`);
    this.meanwhile = meanwhile;
    document.body.classList.toggle("is-meanwhile", Boolean(meanwhile));
    this.busy(busy || Boolean(this.jumping));
  }

  busy(busy) {
    for (const button of this.buttons) attribute(button, "aria-disabled", busy ? "true" : null);
    document.body.classList.toggle("is-walking", busy);
    if (busy) words(this.parts.walking, this.jumping ? `Time passes: ${this.jumping.label}` : "Time passes");
    else if (this.meanwhile) words(this.parts.walking, this.meanwhile);
    else if (this.said) words(this.parts.walking, "");
    this.said = busy || Boolean(this.meanwhile);
  }

  async jump(jump) {
    if (this.buttons[0].getAttribute("aria-disabled") === "true") return;
    this.parts.walking.classList.remove("fault");
    this.jumping = jump;
    this.busy(true);
    let said = "";
    const watch = setInterval(async () => {
      const { now } = await api.people();
      if (this.jumping) this.show(now, true, this.meanwhile);
    }, LOOK_MS);
    try {
      const { now } = await api.moveClock(jump.to);
      this.jumping = null;
      this.show(now, false);
      said = `It is ${this.parts["clock-date"].textContent}, ${this.parts["clock-time"].textContent}.`;
    } catch (fault) {
      said = fault.message;
      this.parts.walking.classList.add("fault");
    } finally {
      clearInterval(watch);
      this.jumping = null;
      this.busy(false);
    }
    words(this.parts.walking, said);
    this.moved();
  }
}

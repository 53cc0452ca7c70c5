// Puts the page together: the panes, the clock, the drawer, and the line on which news arrives.

import * as api from "./api.js";
import { Clock } from "./clock.js";
import { arrange, attribute, h, words } from "./dom.js";
import { Pane, SLACK } from "./pane.js";
import { Company, face, part } from "./people.js";
import { TEAMS, TeamsPane } from "./teams_pane.js";
import { welcome } from "./welcome.js";
import { Wire } from "./wire.js";

const QUIET_MS = 60;
const AT_LATEST_MS = 400;
const ONE_PANE = matchMedia("(max-width: 759px)");
const TWO_PANES = matchMedia("(max-width: 1119px)");

const at = (id) => document.getElementById(id);

class Page {
  constructor(told, onTeams) {
    this.company = new Company(told);
    this.cast = [{ platform: SLACK, company: this.company }];
    if (onTeams) this.cast.push({ platform: TEAMS, company: new Company(onTeams) });
    this.panes = this.company.players.slice(0, 3).map((id) => this.opening(id));
    this.recent = [...this.panes];
    this.clock = new Clock(this.company, () => this.soon(null));
    this.wire = new Wire(this.cast, { host: at("wire"), toggle: at("wire-toggle") });
    this.waiting = new Set();
    arrange(
      at("panes"),
      this.panes.map((pane) => pane.node),
    );
    for (const media of [ONE_PANE, TWO_PANES]) media.addEventListener("change", () => this.switcher());
    document.addEventListener("keydown", (event) => this.hop(event));
    this.reset();
    this.card = welcome(at("welcome"), (thing) => this.put(thing));
    this.tell(told);
    this.switcher();
    this.listen();
  }

  /** Where a Teams tenant stands beside the workspace, the mentee is there. */
  opening(id) {
    const { plays } = this.company.person(id);
    const there = this.cast.find((one) => one.platform === TEAMS);
    const mentee = plays === "mentee" && there?.company.people.find((one) => one.plays === plays);
    return mentee ? this.pane(TEAMS, mentee.id) : this.pane(SLACK, id);
  }

  pane(platform, id) {
    const moved = (pane, to, other) => this.move(pane, to, other);
    return platform === TEAMS
      ? new TeamsPane(this.cast, id, { changed: () => this.switcher(), moved })
      : new Pane(this.cast, id, { changed: (pane) => this.drawn(pane), moved });
  }

  /** Somebody of another platform sits in this place from now on. */
  move(pane, platform, id) {
    const other = this.pane(platform, id);
    this.panes = this.panes.map((one) => (one === pane ? other : one));
    this.recent = this.recent.map((one) => (one === pane ? other : one));
    this.waiting.delete(pane);
    other.node.hidden = pane.node.hidden;
    pane.node.replaceWith(other.node);
    other.who.select.focus();
    this.switcher();
  }

  listen() {
    let was = true;
    api.listen(
      (event) => this.heard(event),
      (connected) => {
        at("lost").hidden = connected;
        words(at("lost"), connected ? "" : "The playground does not answer. Trying again…");
        if (connected && !was) {
          this.peopleChanged = true;
          this.wire.forget();
          this.soon(null);
        }
        was = connected;
      },
    );
  }

  heard(event) {
    if (event.changed === "wire") {
      this.soonWire();
      return;
    }
    if (event.changed === "reset") {
      this.wire.forget();
      for (const pane of this.panes) pane.become(pane.id);
    }
    if (event.changed === "people" || event.changed === "reset") this.peopleChanged = true;
    if (event.changed === "clock" || event.changed === "busy" || event.changed === "reset") this.clockChanged = true;
    this.soon(event.for);
  }

  /** Pings come in bursts: fetch when it is quiet for a moment, and at the latest after a while. */
  soon(ids) {
    for (const pane of this.panes)
      if (ids === null || ids === undefined || ids.includes(pane.id)) this.waiting.add(pane);
    this.first ??= performance.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetch(), performance.now() - this.first > AT_LATEST_MS ? 0 : QUIET_MS);
  }

  soonWire() {
    clearTimeout(this.wireTimer);
    this.wireTimer = setTimeout(() => this.wire.fetch(), QUIET_MS);
  }

  async fetch() {
    this.first = null;
    const panes = [...this.waiting];
    this.waiting.clear();
    if (this.peopleChanged || this.clockChanged) {
      const redraw = this.peopleChanged;
      this.peopleChanged = this.clockChanged = false;
      const told = await api.people();
      this.tell(told);
      if (redraw) {
        this.company.take(told);
        for (const { platform, company } of this.cast) if (platform === TEAMS) company.take(await api.teams.people());
        for (const pane of this.panes) pane.drawWho();
      }
    }
    await Promise.all(panes.map((pane) => pane.refresh()));
    this.wire.fetch();
  }

  /** The clock and the card show what everybody may know. */
  tell({ now, busy, meanwhile }) {
    this.clock.show(now, busy, meanwhile);
    this.card(meanwhile);
  }

  /** A pane knows a newer moment than the clock, when something happened meanwhile. */
  drawn(pane) {
    this.tell(pane.state);
    for (const one of this.panes) one.drawTime(pane.state.now);
    this.switcher();
  }

  /** As many panes as there is room for, the most recently chosen ones; the others wait in the switcher. */
  switcher() {
    const room = ONE_PANE.matches ? 1 : TWO_PANES.matches ? 2 : this.panes.length;
    const shown = new Set(this.recent.slice(0, room));
    for (const pane of this.panes) pane.node.hidden = !shown.has(pane);
    const bar = at("switcher");
    bar.hidden = room >= this.panes.length;
    if (bar.children.length !== this.panes.length) {
      bar.replaceChildren(
        ...this.panes.map((pane) =>
          h("button", { type: "button", class: "switch", on: { click: () => this.bring(pane) } }),
        ),
      );
    }
    this.panes.forEach((pane, n) => {
      const button = bar.children[n];
      const me = pane.company.person(pane.id);
      const unread = pane.unread();
      const key = `${me.id} ${unread}`;
      attribute(button, "aria-pressed", shown.has(pane) ? "true" : "false");
      if (button.dataset.key === key) return;
      button.dataset.key = key;
      button.replaceChildren(
        face(me.name, { size: "small" }),
        h("span", {}, h("strong", {}, me.name.split(" ")[0]), h("span", { class: "switch-part" }, part(me))),
        unread
          ? h("span", { class: "count" }, String(unread), h("span", { class: "read-only-for-readers" }, " unread"))
          : "",
      );
    });
  }

  bring(pane) {
    this.recent = [pane, ...this.recent.filter((one) => one !== pane)];
    this.switcher();
  }

  put(thing) {
    const pane = this.panes.find((one) => one.company.person(one.id).plays === thing.plays) ?? this.panes[0];
    this.bring(pane);
    pane.suggest(thing.line);
  }

  /** F6 goes from pane to pane. */
  hop(event) {
    if (event.key !== "F6") return;
    event.preventDefault();
    const shown = this.panes.filter((pane) => !pane.node.hidden);
    const here = shown.findIndex((pane) => pane.node.contains(document.activeElement));
    const next = shown[(here + (event.shiftKey ? -1 : 1) + shown.length) % shown.length];
    const dialog = next.node.querySelector(":scope > dialog:last-of-type");
    (dialog?.querySelector("h3") ?? next.composer.field).focus();
  }

  reset() {
    const dialog = at("reset-dialog");
    at("reset").addEventListener("click", () => dialog.showModal());
    at("reset-no").addEventListener("click", () => dialog.close());
    at("reset-yes").addEventListener("click", async () => {
      dialog.close();
      at("walking").classList.remove("fault");
      words(at("walking"), "Starting over");
      document.body.classList.add("is-walking");
      try {
        const { now } = await api.reset();
        this.clock.show(now, false);
        words(at("walking"), "Everything is as on the first day.");
      } catch (fault) {
        at("walking").classList.add("fault");
        words(at("walking"), fault.message);
      } finally {
        document.body.classList.remove("is-walking");
      }
    });
  }
}

async function start() {
  try {
    const told = await api.people();
    new Page(told, told.teams ? await api.teams.people() : null);
  } catch (fault) {
    at("lost").hidden = false;
    words(at("lost"), `The playground does not answer (${fault.message}). Trying again…`);
    setTimeout(start, 1500);
  }
}

start();

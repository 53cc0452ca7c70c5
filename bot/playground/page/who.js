// Who sits in a pane: the picture, the choice of somebody else, the part they play, and what time it is with them.

import { city, clock } from "./dates.js";
import { attribute, fresh, h, words } from "./dom.js";
import { face, part } from "./people.js";

export class Who {
  /**
   * `cast` is `[{ platform, company }]`, and `platform` the one of this pane. `chosen(platform, id)` is called when
   * somebody else is to sit here.
   */
  constructor(cast, platform, chosen) {
    this.cast = cast;
    this.platform = platform;
    this.company = cast.find((one) => one.platform === platform).company;
    const id = fresh("as");
    this.face = h("span", { class: "who-face" });
    this.select = h("select", { id, class: "who-select", on: { change: () => this.choose(chosen) } });
    this.part = h("span", { class: "part" });
    this.local = h("span", { class: "local" });
    this.node = h(
      "header",
      { class: "who" },
      this.face,
      h(
        "span",
        { class: "who-words" },
        h("label", { class: "read-only-for-readers", for: id }, "Play as"),
        h("span", { class: "who-select-box" }, this.select),
        h("span", { class: "who-line" }, this.part, this.local),
      ),
      cast.length > 1 ? h("span", { class: "who-platform" }, platform) : null,
    );
  }

  choose(chosen) {
    const [platform, id] = this.select.value.split(" ");
    chosen(platform, id);
  }

  draw(id) {
    const me = this.company.person(id);
    this.tz = me.tz;
    this.face.replaceChildren(face(me.name));
    const groups = this.cast.map(({ platform, company }) => ({ platform, options: this.options(platform, company, id) }));
    this.select.replaceChildren(
      ...(groups.length > 1
        ? groups.map(({ platform, options }) => h("optgroup", { label: platform }, options))
        : groups[0].options),
    );
    this.select.value = `${this.platform} ${id}`;
    words(this.part, part(me));
  }

  options(platform, company, id) {
    const rank = (one) => (company.players.includes(one.id) ? company.players.indexOf(one.id) : company.players.length);
    return [...company.people]
      .filter((one) => !one.deleted || one.id === id)
      .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
      .map((one) => h("option", { value: `${platform} ${one.id}` }, one.name));
  }

  /** What time it is where this person is. */
  drawTime(now) {
    words(this.local, `${clock(new Date(now), this.tz)} in ${city(this.tz)}`);
  }
}

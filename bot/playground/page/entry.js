// One message in a conversation.

import { clock, day } from "./dates.js";
import { h, s } from "./dom.js";
import { face } from "./people.js";
import { Surface } from "./surface.js";
import { mrkdwn } from "./text.js";

export class Entry {
  constructor(pane, channel, message) {
    this.pane = pane;
    const { company, names } = pane;
    const name = company.name(message.from) ?? message.from;
    const app = message.from === company.app.id;
    const at = new Date(message.at);
    const time = clock(at, names.zone);
    this.surface = new Surface({ channel, ts: message.ts }, pane);
    this.text = h("div", { class: "said", dir: "auto" });
    this.edited = h("span", { class: "edited", hidden: true }, "(edited)");
    this.files = h("ul", { class: "files", hidden: true });
    this.drawnText = null;
    this.node = h(
      "article",
      { class: message.ephemeral ? "entry ephemeral" : "entry", tabindex: "-1", "aria-label": `${name}, ${time}` },
      h(
        "div",
        { class: "entry-side" },
        face(name, { app }),
        h("time", { class: "side-time", "aria-hidden": "true" }, time),
      ),
      h(
        "div",
        { class: "entry-main" },
        message.ephemeral ? h("p", { class: "only-you" }, eye(), "Only visible to you") : null,
        h(
          "p",
          { class: "entry-who" },
          h("strong", { dir: "auto" }, name),
          app ? h("span", { class: "badge" }, "App") : null,
          h("time", { datetime: message.at, title: `${day(at, names.zone)}, ${time}` }, time),
        ),
        this.text,
        this.surface.body,
        this.files,
        this.edited,
      ),
    );
  }

  draw(message, { together }) {
    this.node.classList.toggle("together", together);
    const blocks = message.blocks ?? [];
    const focused = this.surface.body.contains(document.activeElement) ? document.activeElement : null;
    this.surface.draw(blocks, message.values);
    // The pressed button may be gone: the message keeps the focus, so the next Tab goes on from here.
    if (focused && !focused.isConnected) this.node.focus({ preventScroll: true });
    const text = blocks.length ? "" : message.text;
    if (text !== this.drawnText) {
      this.drawnText = text;
      this.text.replaceChildren(...mrkdwn(text ?? "", this.pane.names));
    }
    this.text.hidden = !text;
    this.edited.hidden = !message.edited || message.from === this.pane.company.app.id;
    this.drawFiles(message.files ?? []);
  }

  drawFiles(files) {
    const key = JSON.stringify(files);
    if (key === this.filesKey) return;
    this.filesKey = key;
    this.files.hidden = !files.length;
    this.files.replaceChildren(
      ...files.map((file) =>
        h(
          "li",
          {},
          h(
            "a",
            { href: file.url, download: file.name, class: "file" },
            h("span", { class: "file-kind", "aria-hidden": "true" }, extension(file.name)),
            h(
              "span",
              {},
              h("strong", {}, file.title || file.name),
              h("span", { class: "file-size" }, `${file.name}, ${size(file.size)}`),
            ),
          ),
        ),
      ),
    );
  }
}

const extension = (name) => name.split(".").at(-1).slice(0, 4).toUpperCase();
const size = (bytes) => (bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(1)} KB`);

function eye() {
  return s(
    "svg",
    { class: "eye", viewBox: "0 0 20 20", "aria-hidden": "true" },
    s("path", {
      d: "M2 10c2.2-3.700 4.900-5.500 8-5.500s5.800 1.800 8 5.500c-2.200 3.700-4.900 5.500-8 5.500S4.200 13.700 2 10z",
    }),
    s("circle", { cx: 10, cy: 10, r: 2.6 }),
  );
}

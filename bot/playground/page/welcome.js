// The card for somebody who is here for the first time.

import { h } from "./dom.js";

const KEY = "alongside.playground.welcomed";

const THINGS = [
  {
    title: "Join as a mentee",
    text: "A short conversation, one question at a time.",
    plays: "mentee",
    line: "/mentor join",
  },
  {
    title: "Match people",
    text: "See the draft and its reasons before anybody hears.",
    plays: "coordinator",
    line: "/mentor-admin match draft",
  },
  {
    title: "Let time pass",
    text: "Press Next Tuesday and see who hears what, and why.",
    jump: "Next Tuesday",
  },
];

/** Shows the card unless it was put away before. `put` writes a line into the pane of who plays a part. */
export function welcome(host, put) {
  if (localStorage.getItem(KEY)) return;
  host.append(
    h("h2", { id: "welcome-title" }, "Three things to try"),
    h(
      "ol",
      { class: "things" },
      THINGS.map((thing) =>
        h(
          "li",
          {},
          h("h3", {}, thing.title),
          h("p", {}, thing.text),
          thing.line
            ? h(
                "button",
                {
                  type: "button",
                  class: "try",
                  "aria-label": `Write ${thing.line} for the ${thing.plays}`,
                  on: { click: () => put(thing) },
                },
                h("code", {}, thing.line),
              )
            : h(
                "button",
                {
                  type: "button",
                  class: "try",
                  "aria-label": `Go to ${thing.jump}`,
                  on: { click: () => toJump(thing.jump) },
                },
                thing.jump,
              ),
        ),
      ),
    ),
    h(
      "button",
      {
        type: "button",
        class: "close",
        "aria-label": "Put this card away",
        on: {
          click: () => {
            localStorage.setItem(KEY, "yes");
            host.hidden = true;
            document.getElementById("panes").focus({ preventScroll: true });
          },
        },
      },
      "×",
    ),
  );
  host.hidden = false;
}

function toJump(label) {
  const button = [...document.querySelectorAll(".jump")].find((one) => one.textContent === label);
  button?.focus();
  button?.click();
}

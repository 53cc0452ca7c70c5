// The card for somebody who is here for the first time.

import { attribute, h, words } from "./dom.js";

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
    waits: true,
  },
  {
    title: "Let time pass",
    text: "Press Next Tuesday and see who hears what, and why.",
    jump: "Next Tuesday",
  },
];

/**
 * Shows the card unless it was put away before. `put` writes a line into the pane of who plays a part. What it returns
 * is told what others do meanwhile: what needs them waits until they are done.
 */
export function welcome(host, put) {
  if (localStorage.getItem(KEY)) return () => {};
  const waiting = [];
  host.append(
    h("h2", { id: "welcome-title" }, "Three things to try"),
    h(
      "ol",
      { class: "things" },
      THINGS.map((thing) => {
        const text = h("p", {}, thing.text);
        const button = h(
          "button",
          {
            type: "button",
            class: "try",
            "aria-label": thing.line ? `Write ${thing.line} for the ${thing.plays}` : `Go to ${thing.jump}`,
            on: {
              click: () => {
                if (button.getAttribute("aria-disabled") === "true") return;
                if (thing.line) put(thing);
                else toJump(thing.jump);
              },
            },
          },
          thing.line ? h("code", {}, thing.line) : thing.jump,
        );
        if (thing.waits) waiting.push({ button, text, thing });
        return h("li", {}, h("h3", {}, thing.title), text, button);
      }),
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
  return (meanwhile) => {
    for (const { button, text, thing } of waiting) {
      attribute(button, "aria-disabled", meanwhile ? "true" : null);
      words(text, meanwhile ? `A moment, ${meanwhile}.` : thing.text);
    }
  };
}

function toJump(label) {
  const button = [...document.querySelectorAll(".jump")].find((one) => one.textContent === label);
  button?.focus();
  button?.click();
}

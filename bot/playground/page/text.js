// Slack's text: mrkdwn, plain text and rich text elements become DOM nodes.

import { formatted } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";

const EMOJI = /:([a-z0-9_+'-]+(?:::[a-z0-9-]+)?):/g;
const MARKS = new RegExp(
  [
    "```([\\s\\S]+?)```",
    "`([^`\\n]+)`",
    "<([^<>\\n]+)>",
    "(?<![\\w*])\\*(?=\\S)([^*\\n]*?\\S)\\*(?![\\w*])",
    "(?<![\\w_])_(?=\\S)([^_\\n]*?\\S)_(?![\\w_])",
    "(?<![\\w~])~(?=\\S)([^~\\n]*?\\S)~(?![\\w~])",
  ].join("|"),
  "g",
);

const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const withEmoji = (text) => text.replace(EMOJI, (whole, name) => emoji(name));

/** A text object: `{type: "mrkdwn" | "plain_text", text}`. */
export function textNodes(object, names) {
  if (!object) return [];
  if (typeof object === "string") return [object];
  if (object.type === "mrkdwn") return mrkdwn(object.text, names);
  return [object.emoji === false ? object.text : withEmoji(object.text)];
}

/** The same without any markup, for labels. */
export function bare(object) {
  if (!object) return "";
  return typeof object === "string" ? object : object.text;
}

/** Slack's mrkdwn. Lines that begin with ">" are quotes. */
export function mrkdwn(text, names) {
  const nodes = [];
  let quoted = [];
  const close = () => {
    if (quoted.length) nodes.push(h("blockquote", {}, inline(quoted.join("\n"), names)));
    quoted = [];
  };
  let plain = [];
  const flush = () => {
    if (plain.length) nodes.push(...inline(plain.join("\n"), names));
    plain = [];
  };
  for (const line of splitOutsideCode(text)) {
    const quote = /^(?:&gt;|>) ?([\s\S]*)$/.exec(line);
    if (quote) {
      flush();
      quoted.push(quote[1]);
    } else {
      close();
      plain.push(line);
    }
  }
  flush();
  close();
  return nodes;
}

function splitOutsideCode(text) {
  return text
    .split(/(```[\s\S]+?```)/)
    .flatMap((part, place) => (place % 2 ? [part] : part.split("\n")))
    .filter((line, place, all) => line !== "" || !(all[place - 1] ?? "").startsWith("```"));
}

function inline(text, names) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(MARKS)) {
    nodes.push(withEmoji(unescaped(text.slice(from, found.index))));
    from = found.index + found[0].length;
    const [, block, code, pointed, bold, italic, struck] = found;
    if (block !== undefined) nodes.push(h("pre", {}, h("code", {}, unescaped(block.replace(/^\n/, "")))));
    else if (code !== undefined) nodes.push(h("code", {}, unescaped(code)));
    else if (pointed !== undefined) nodes.push(reference(pointed, names));
    else if (bold !== undefined) nodes.push(h("strong", {}, inline(bold, names)));
    else if (italic !== undefined) nodes.push(h("em", {}, inline(italic, names)));
    else nodes.push(h("s", {}, inline(struck, names)));
  }
  nodes.push(withEmoji(unescaped(text.slice(from))));
  return nodes.filter((node) => node !== "");
}

function reference(inside, names) {
  const [target, ...rest] = inside.split("|");
  const label = rest.join("|");
  if (target.startsWith("@")) return mention(names.person(target.slice(1)) ?? label ?? target);
  if (target.startsWith("#")) return channel(names.channel(target.slice(1)) ?? label ?? target.slice(1));
  if (target.startsWith("!date^")) {
    const [, seconds, format] = target.split("^");
    return h("time", {}, formatted(seconds, unescaped(format), names.zone, label));
  }
  if (target.startsWith("!")) return mention(label || target.slice(1).replace(/^subteam\^.*/, "group"));
  return link(unescaped(target), unescaped(label || target.replace(/^mailto:/, "")));
}

const mention = (name) => h("span", { class: "mention" }, `@${name}`);
const channel = (name) => h("span", { class: "mention" }, `#${name}`);

/** A link that opens beside the page; anything but web and mail addresses stays text. */
export function link(url, label) {
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return h("span", {}, label || url);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label || url);
}

/** The elements of a rich text section. */
export function richElements(elements, names) {
  return elements.map((element) => styled(richElement(element, names), element.style ?? {}));
}

function richElement(element, names) {
  switch (element.type) {
    case "text":
      return element.text;
    case "link":
      return link(element.url, element.text ?? element.url);
    case "user":
      return mention(names.person(element.user_id) ?? element.user_id);
    case "usergroup":
      return mention(element.usergroup_id);
    case "channel":
      return channel(names.channel(element.channel_id) ?? element.channel_id);
    case "broadcast":
      return mention(element.range);
    case "emoji":
      return h(
        "span",
        { role: "img", "aria-label": element.name.replaceAll("_", " ") },
        emoji(element.name, element.unicode),
      );
    case "date":
      return h("time", {}, formatted(element.timestamp, element.format, names.zone, element.fallback));
    case "color":
      return h("code", {}, element.value);
    default:
      return h("span", { class: "unknown" }, `[${element.type}]`);
  }
}

function styled(node, style) {
  let outer = node;
  if (style.code) outer = h("code", {}, outer);
  if (style.strike) outer = h("s", {}, outer);
  if (style.italic) outer = h("em", {}, outer);
  if (style.bold) outer = h("strong", {}, outer);
  return outer;
}

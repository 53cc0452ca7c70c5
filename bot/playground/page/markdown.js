// The Markdown block, in the small part of Markdown that such messages use.

import { h } from "./dom.js";
import { link } from "./text.js";

const INLINE =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|(?<!\w)[*_]([^*_\n]+)[*_](?!\w)|~~([^~\n]+)~~|\[([^\]\n]+)\]\(([^)\s]+)\)/g;

/** Paragraphs, headings, lists, quotes and code as nodes. */
export function markdown(text) {
  return text.split(/(```[^\n]*\n[\s\S]*?```)/).flatMap((part, place) => {
    if (place % 2) return [h("pre", {}, h("code", {}, part.replace(/^```[^\n]*\n/, "").replace(/\n?```$/, "")))];
    return part
      .split(/\n{2,}/)
      .filter((one) => one.trim())
      .flatMap(paragraphs);
  });
}

function paragraphs(text) {
  const groups = [];
  for (const line of text.split("\n")) {
    const kind = kindOf(line);
    if (groups.at(-1)?.kind === kind && kind !== "heading") groups.at(-1).lines.push(line);
    else groups.push({ kind, lines: [line] });
  }
  return groups.map(({ kind, lines }) => {
    if (kind === "heading") return h("h4", { class: "b-header" }, inline(lines[0].replace(/^#{1,6}\s+/, "")));
    if (kind === "rule") return h("hr", { class: "b-divider" });
    if (kind === "bullet")
      return h(
        "ul",
        { class: "b-list" },
        lines.map((line) => h("li", {}, inline(line.replace(/^\s*[-*+]\s+/, "")))),
      );
    if (kind === "number")
      return h(
        "ol",
        { class: "b-list" },
        lines.map((line) => h("li", {}, inline(line.replace(/^\s*\d+[.)]\s+/, "")))),
      );
    if (kind === "quote") return h("blockquote", {}, inline(lines.map((line) => line.replace(/^>\s?/, "")).join("\n")));
    return h("p", { class: "b-text" }, inline(lines.join("\n")));
  });
}

function kindOf(line) {
  if (/^#{1,6}\s/.test(line)) return "heading";
  if (/^\s*(---+|\*\*\*+)\s*$/.test(line)) return "rule";
  if (/^\s*[-*+]\s/.test(line)) return "bullet";
  if (/^\s*\d+[.)]\s/.test(line)) return "number";
  if (line.startsWith(">")) return "quote";
  return "text";
}

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    nodes.push(text.slice(from, found.index));
    from = found.index + found[0].length;
    const [, code, bold, italic, struck, label, url] = found;
    if (code !== undefined) nodes.push(h("code", {}, code));
    else if (bold !== undefined) nodes.push(h("strong", {}, bold));
    else if (italic !== undefined) nodes.push(h("em", {}, italic));
    else if (struck !== undefined) nodes.push(h("s", {}, struck));
    else nodes.push(link(url, label));
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

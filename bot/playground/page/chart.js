// Slack's data visualization block as a small SVG, with the same numbers as a table.

import { h, s } from "./dom.js";

const WIDE = 400;
const HIGH = 210;
const LEFT = 40;
const RIGHT = 8;
const TOP = 14;
const BOTTOM = 34;

/** Draws bar, line, area and pie. */
export function chart({ title, chart: given }) {
  const rows =
    given.type === "pie" ? given.segments.map((segment) => [segment.label, [segment.value]]) : byCategory(given);
  const series = given.type === "pie" ? [{ name: title }] : given.series;
  const drawn = given.type === "pie" ? pie(given.segments) : plot(given, rows);
  const names = given.type === "pie" ? given.segments.map((segment) => segment.label) : series.map((one) => one.name);
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", {}, title),
    s(
      "svg",
      {
        viewBox: `0 0 ${WIDE} ${HIGH}`,
        role: "img",
        "aria-label": `${kindName(given.type)}: ${title}. The numbers are below.`,
      },
      drawn,
    ),
    names.length > 1 || given.type === "pie" ? legend(names) : null,
    h("details", { class: "numbers" }, h("summary", {}, "Show the numbers"), table(title, given, series, rows)),
  );
}

const kindName = (type) => `${type[0].toUpperCase()}${type.slice(1)} chart`;

function byCategory({ series, axis_config: axis }) {
  const categories = axis?.categories ?? series[0].data.map((point) => point.label);
  return categories.map((name) => [
    name,
    series.map((one) => one.data.find((point) => point.label === name)?.value ?? 0),
  ]);
}

function legend(names) {
  return h(
    "ul",
    { class: "legend", "aria-hidden": "true" },
    names.map((name, n) => h("li", { class: `series-${n % 6}` }, h("span", { class: "swatch" }), name)),
  );
}

function table(title, given, series, rows) {
  const first = given.type === "pie" ? "Part" : given.axis_config?.x_label || "";
  const heads = given.type === "pie" ? ["Value"] : series.map((one) => one.name);
  return h(
    "table",
    {},
    h("caption", { class: "read-only-for-readers" }, title),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, first),
        heads.map((name) => h("th", { scope: "col" }, name)),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map(([name, values]) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, name),
          values.map((value) => h("td", {}, neat(value))),
        ),
      ),
    ),
  );
}

function plot(given, rows) {
  const values = rows.flatMap(([, some]) => some);
  const ticks = ticksTo(Math.max(0, ...values), Math.min(0, ...values));
  const low = ticks[0];
  const high = ticks.at(-1);
  const y = (value) => TOP + (1 - (value - low) / (high - low || 1)) * (HIGH - TOP - BOTTOM);
  const band = (WIDE - LEFT - RIGHT) / rows.length;
  const middle = (n) => LEFT + band * (n + 0.5);
  const every = Math.ceil(rows.length / 12);
  return [
    ticks.map((tick) => [
      s("line", { class: "grid", x1: LEFT, x2: WIDE - RIGHT, y1: y(tick), y2: y(tick) }),
      s("text", { class: "tick", x: LEFT - 6, y: y(tick) + 4, "text-anchor": "end" }, neat(tick)),
    ]),
    rows.map(([name], n) =>
      n % every
        ? null
        : s(
            "text",
            { class: "tick", x: middle(n), y: HIGH - BOTTOM + 16, "text-anchor": "middle" },
            cut(name, band * every),
          ),
    ),
    given.axis_config?.x_label
      ? s(
          "text",
          { class: "axis", x: (LEFT + WIDE) / 2, y: HIGH - 3, "text-anchor": "middle" },
          given.axis_config.x_label,
        )
      : null,
    given.axis_config?.y_label
      ? s("text", { class: "axis", x: LEFT, y: TOP - 4, "text-anchor": "start" }, given.axis_config.y_label)
      : null,
    given.type === "bar" ? bars(rows, { y, band, low }) : lines(given, rows, { y, middle, low }),
  ];
}

function bars(rows, { y, band }) {
  const count = rows[0]?.[1].length ?? 0;
  const gap = Math.min(band * 0.28, 26);
  const wide = Math.min((band - gap) / count, 46);
  return rows.flatMap(([, values], n) =>
    values.flatMap((value, m) => {
      const x = LEFT + band * (n + 0.5) + (m - count / 2) * wide;
      const top = Math.min(y(value), y(0));
      return [
        s("rect", {
          class: `bar series-${m % 6}`,
          x: x + 1,
          y: top,
          width: Math.max(wide - 2, 1),
          height: Math.max(Math.abs(y(value) - y(0)), 1),
          rx: 3,
        }),
        wide > 15
          ? s("text", { class: "value", x: x + wide / 2, y: top - 4, "text-anchor": "middle" }, neat(value))
          : null,
      ];
    }),
  );
}

function lines(given, rows, { y, middle }) {
  return given.series.map((one, m) => {
    const points = rows.map(([, values], n) => [middle(n), y(values[m])]);
    const path = points.map(([px, py], n) => `${n ? "L" : "M"}${px.toFixed(1)} ${py.toFixed(1)}`).join("");
    const area =
      given.type === "area"
        ? s("path", {
            class: `area series-${m % 6}`,
            d: `${path}L${points.at(-1)[0]} ${y(0)}L${points[0][0]} ${y(0)}Z`,
          })
        : null;
    return [area, s("path", { class: `line series-${m % 6}`, d: path }), points.map(([px, py]) => marker(m, px, py))];
  });
}

function marker(m, x, y) {
  const name = `marker series-${m % 6}`;
  if (m % 3 === 1) return s("rect", { class: name, x: x - 3.5, y: y - 3.5, width: 7, height: 7 });
  if (m % 3 === 2) return s("path", { class: name, d: `M${x} ${y - 5}L${x + 5} ${y + 4}L${x - 5} ${y + 4}Z` });
  return s("circle", { class: name, cx: x, cy: y, r: 3.8 });
}

function pie(segments) {
  const total = segments.reduce((sum, segment) => sum + segment.value, 0) || 1;
  const [cx, cy, r] = [WIDE / 2, HIGH / 2, HIGH / 2 - 26];
  let from = 0;
  return segments.map(({ label, value }, n) => {
    const part = value / total;
    const at = (turn, distance) => [
      cx + Math.sin(turn * 2 * Math.PI) * distance,
      cy - Math.cos(turn * 2 * Math.PI) * distance,
    ];
    const [x1, y1] = at(from, r);
    const [x2, y2] = at(from + part, r);
    const [tx, ty] = at(from + part / 2, r + 12);
    from += part;
    const shape =
      part > 0.9999
        ? s("circle", { class: `slice series-${n % 6}`, cx, cy, r })
        : s("path", {
            class: `slice series-${n % 6}`,
            d: `M${cx} ${cy}L${x1} ${y1}A${r} ${r} 0 ${part > 0.5 ? 1 : 0} 1 ${x2} ${y2}Z`,
          });
    return part
      ? [
          shape,
          s(
            "text",
            { class: "value", x: tx, y: ty + 4, "text-anchor": tx > cx + 4 ? "start" : tx < cx - 4 ? "end" : "middle" },
            `${label} ${neat(value)}`,
          ),
        ]
      : null;
  });
}

function ticksTo(most, least) {
  const span = most - least || 1;
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const whole = span >= 4 && step < 1 ? 1 : step;
  const ticks = [];
  for (let n = Math.floor(least / whole); n * whole < most + whole - 1e-9; n += 1)
    ticks.push(Number((n * whole).toFixed(6)));
  return ticks.length > 1 ? ticks : [0, 1];
}

const neat = (value) => new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 }).format(value);
const cut = (text, room) => {
  const fits = Math.max(3, Math.floor(room / 6.2));
  return text.length > fits ? `${text.slice(0, fits - 1)}…` : text;
};

// Moments in a person's zone, and Slack's date formats. Nothing here reads the browser's clock.

const PARTS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  date_pretty: { year: "numeric", month: "long", day: "numeric" },
  date_short_pretty: { year: "numeric", month: "short", day: "numeric" },
  date_long_pretty: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  day_divider_pretty: { weekday: "long", month: "long", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

function shown(moment, zone, options) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone || "UTC", ...options }).format(moment);
}

/** "10:04" */
export const clock = (moment, zone) => shown(moment, zone, PARTS.time);
/** "Monday 11 May 2026" */
export const day = (moment, zone) => shown(moment, zone, PARTS.date_long).replace(",", "");
/** "Monday 11 May": for the line between two days of messages */
export const shortDay = (moment, zone) => shown(moment, zone, { weekday: "long", month: "long", day: "numeric" });
/** "May" */
export const month = (moment, zone) => shown(moment, zone, { month: "short" });
/** "11" */
export const dayOfMonth = (moment, zone) => shown(moment, zone, { day: "numeric" });

/** "Europe/Lisbon" → "Lisbon" */
export function city(zone) {
  return (zone || "UTC").split("/").at(-1).replaceAll("_", " ");
}

/** Slack's date formats: "{date_long}, {time}" with seconds since 1970. */
export function formatted(seconds, format, zone, fallback) {
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.getTime())) return fallback ?? "";
  return String(format).replace(/\{(\w+)\}/g, (whole, name) =>
    PARTS[name] ? shown(moment, zone, PARTS[name]) : whole,
  );
}

// Emoji by Slack's short names: those that messages about work use; any other is shown as :name:.

const BY_NAME = {
  "+1": "👍", "-1": "👎", "100": "💯", alarm_clock: "⏰", arrow_forward: "▶️", arrow_right: "➡️", art: "🎨", bar_chart: "📊",
  bell: "🔔", blue_heart: "💙", blush: "😊", book: "📖", bookmark: "🔖", books: "📚", brain: "🧠", briefcase: "💼",
  bulb: "💡", bust_in_silhouette: "👤", busts_in_silhouette: "👥", calendar: "📆", chart_with_upwards_trend: "📈",
  checkered_flag: "🏁", clap: "👏", clipboard: "📋", clock9: "🕘", coffee: "☕", compass: "🧭", confetti_ball: "🎊",
  construction: "🚧", date: "📅", door: "🚪", dart: "🎯", email: "✉️", envelope: "✉️", eyes: "👀", file_folder: "📁",
  fire: "🔥", four_leaf_clover: "🍀", gear: "⚙️", gift: "🎁", globe_with_meridians: "🌐", green_heart: "💚", grin: "😁",
  grinning: "😀", handshake: "🤝", heart: "❤️", heavy_check_mark: "✔️", hourglass: "⌛", hourglass_flowing_sand: "⏳",
  information_source: "ℹ️", key: "🔑", leaves: "🍃", link: "🔗", lock: "🔒", love_letter: "💌", mag: "🔍", mailbox: "📫",
  mega: "📣", memo: "📝", microphone: "🎤", moon: "🌔", mountain: "⛰️", muscle: "💪", no_entry: "⛔", ok_hand: "👌",
  open_hands: "👐", palm_tree: "🌴", paperclip: "📎", party_popper: "🎉", pause_button: "⏸️", pencil: "📝", pencil2: "✏️",
  point_right: "👉", pray: "🙏", purple_heart: "💜", pushpin: "📌", question: "❓", raised_hands: "🙌", rainbow: "🌈",
  repeat: "🔁", rocket: "🚀", rotating_light: "🚨", round_pushpin: "📍", seedling: "🌱", scroll: "📜", shield: "🛡️",
  slightly_frowning_face: "🙁", slightly_smiling_face: "🙂", smile: "😄", smiley: "😃", snowflake: "❄️", sparkles: "✨",
  speech_balloon: "💬", star: "⭐", star2: "🌟", stopwatch: "⏱️", sun_with_face: "🌞", sunny: "☀️", sunrise: "🌅",
  tada: "🎉", telescope: "🔭", thinking_face: "🤔", thought_balloon: "💭", thumbsdown: "👎", thumbsup: "👍", ticket: "🎫",
  timer_clock: "⏲️", toolbox: "🧰", trophy: "🏆", unlock: "🔓", warning: "⚠️", wave: "👋", white_check_mark: "✅",
  white_circle: "⚪", wrench: "🔧", writing_hand: "✍️", x: "❌", yellow_heart: "💛", zap: "⚡", zzz: "💤",
};

/** The character for a name; `points` is Slack's own "1f44b" or "1f44b-1f3fb" when it gave one. */
export function emoji(name, points) {
  if (points && /^[0-9a-f]+(-[0-9a-f]+)*$/i.test(points)) {
    return String.fromCodePoint(...points.split("-").map((point) => Number.parseInt(point, 16)));
  }
  return BY_NAME[name.split("::")[0]] ?? `:${name}:`;
}

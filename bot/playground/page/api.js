// The playground's HTTP interface, as bot/playground/README.md describes it.

async function json(answer) {
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error ?? `The playground answered ${answer.status}.`);
  return body;
}

async function get(path) {
  return json(await fetch(path, { headers: { Accept: "application/json" } }));
}

async function post(path, body) {
  return json(
    await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  );
}

export const people = () => get("/playground/people");
export const state = (person) => get(`/playground/state?as=${encodeURIComponent(person)}`);
export const wire = (after) => get(`/playground/wire?after=${after}`);
export const act = (as, kind, fields) => post("/playground/act", { as, kind, ...fields });
/** The same line to the Teams tenant beside the workspace, when there is one. */
export const teams = {
  people: () => get("/playground/teams/people"),
  state: (person) => get(`/playground/teams/state?as=${encodeURIComponent(person)}`),
  act: (as, kind, fields) => post("/playground/teams/act", { as, kind, ...fields }),
};
export const moveClock = (to) => post("/playground/clock", { to });
export const reset = () => post("/playground/reset", {});

const LONGEST_WAIT_MS = 8000;

/** Calls `heard` with each event, `connected(true | false)` when the line comes and goes. It connects again by itself. */
export function listen(heard, connected) {
  let wait = 500;
  const connect = () => {
    const source = new EventSource("/playground/events");
    source.onopen = () => {
      wait = 500;
      connected(true);
    };
    source.onmessage = (event) => heard(JSON.parse(event.data));
    source.onerror = () => {
      connected(false);
      source.close();
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
  };
  connect();
}

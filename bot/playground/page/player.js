// One person's line to the workspace: what they do, one act after the other, and what they see.

import * as api from "./api.js";

export class Player {
  /** `seen` gets each new state, `failed` a sentence when something could not be done; `line` leads to Slack or to Teams. */
  constructor(id, { seen, failed }, line = api) {
    this.id = id;
    this.line = line;
    this.seen = seen;
    this.failed = failed;
    this.acting = 0;
    this.epoch = 0;
    this.queue = Promise.resolve();
  }

  /** Does something. The answer, or null when it made no sense; by then what followed has been fetched. */
  act(kind, fields) {
    this.acting += 1;
    this.epoch += 1;
    const done = this.queue
      .then(() => this.line.act(this.id, kind, fields))
      .catch((fault) => {
        this.failed(fault.message);
        return null;
      });
    this.queue = done.then(() => {
      this.acting -= 1;
      this.epoch += 1;
    });
    return done.then(async (answer) => {
      await this.queue;
      await this.refresh();
      return answer;
    });
  }

  /** Fetches what this person sees; calls that come meanwhile share one more fetch. */
  refresh() {
    if (!this.fetching) {
      this.fetching = this.load().finally(() => {
        this.fetching = null;
      });
      return this.fetching;
    }
    this.again ??= this.fetching.then(() => {
      this.again = null;
      return this.refresh();
    });
    return this.again;
  }

  async load() {
    const epoch = this.epoch;
    let state;
    try {
      state = await this.line.state(this.id);
    } catch (fault) {
      this.failed(fault.message);
      return;
    }
    // What was fetched before an act ended may be older than what this person just did.
    if (epoch === this.epoch) this.seen(state);
    else if (!this.acting) this.refresh();
  }
}

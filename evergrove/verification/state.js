// What is asked about one report, and what was decided. No DOM, no network.
// Places count code points, as in the files; `chars` is the text by code points.

export class State {
  constructor(form) {
    this.form = form;
    this.chars = Array.from(form.text);
    this.measurements = form.measurements.map((one) => ({ ...one, edited: {}, decided: {} }));
    this.dismissed = new Set(form.dismissed.map(([start]) => start));
    this.current = null;
    const first = this.steps().find((step) => !this.isDone(step));
    this.current = first ? first.key : null;
  }

  surface([start, end]) {
    return this.chars.slice(start, end).join("");
  }

  // The place that a field claims now: what was decided, else what is suggested.
  claims() {
    const found = [];
    let colour = 0;
    this.measurements.forEach((one, m) => {
      for (const field of one.fields) {
        const tint = colour++ % 8;
        if (one.dropped) continue;
        const now = one.decided[field.name] || field;
        const places = now.kind === "verbatim" ? [now.place] : now.kind === "derived" ? now.spans : [];
        for (const place of places) found.push({ m, field: field.name, place, tint, decided: now !== field });
        field.tint = tint;
      }
    });
    return found;
  }

  steps() {
    const claims = this.claims();
    const fields = this.measurements.flatMap((one, m) =>
      one.dropped ? [] : [...this.words(one, m),
        ...one.fields.map((field) => ({ kind: "field", key: `f:${m}:${field.name}`, m, field }))]);
    const numbers = this.form.numbers
      .filter(([start, end]) => !claims.some(({ place }) => place[0] < end && start < place[1]))
      .map(([start, end, why]) => ({ kind: "number", key: `n:${start}`, place: [start, end], why }));
    return [...fields, ...numbers];
  }

  // What must be chosen from a list because what is there is not on it.
  words(one, m) {
    const { cohorts, scales, statistics } = this.form;
    const lists = { cohort: cohorts.includes("*") ? [] : cohorts, scale: scales, statistic: statistics };
    return Object.entries(lists)
      .filter(([word, choices]) => choices.length && !choices.includes(one[word]))
      .map(([word, choices]) => ({ kind: "word", key: `w:${m}:${word}`, m, word, choices }));
  }

  step() {
    return this.steps().find((step) => step.key === this.current) || null;
  }

  isDone(step) {
    if (step.kind === "number") return this.dismissed.has(step.place[0]);
    if (step.kind === "word") return Boolean(this.measurements[step.m].edited[step.word]);
    return step.field.name in this.measurements[step.m].decided;
  }

  left() {
    return this.steps().filter((step) => !this.isDone(step)).length;
  }

  decide(step, decision) {
    this.measurements[step.m].decided[step.field.name] = decision;
  }

  dismiss(step) {
    this.dismissed.add(step.place[0]);
  }

  // The next open decision behind the current one, from the start again at the end.
  advance() {
    const steps = this.steps();
    const at = steps.findIndex((step) => step.key === this.current);
    const order = [...steps.slice(at + 1), ...steps.slice(0, at + 1)];
    const open = order.find((step) => !this.isDone(step));
    this.current = open ? open.key : null;
  }

  move(by) {
    const steps = this.steps();
    if (!steps.length) return;
    const at = steps.findIndex((step) => step.key === this.current);
    const to = at < 0 ? (by > 0 ? 0 : steps.length - 1) : (at + by + steps.length) % steps.length;
    this.current = steps[to].key;
  }

  // The numbers of the text nearest to a place (or the first ones), for the keys 1 to 9.
  nearest(step) {
    const now = this.measurements[step.m].decided[step.field.name] || step.field;
    const others = this.form.numbers.filter(([start, end]) =>
      !(now.place && start < now.place[1] && now.place[0] < end));
    if (now.place) {
      const middle = (now.place[0] + now.place[1]) / 2;
      others.sort((a, b) => Math.abs(a[0] - middle) - Math.abs(b[0] - middle));
    }
    return others.slice(0, 9).sort((a, b) => a[0] - b[0]);
  }

  add() {
    const names = this.form.usual;
    this.measurements.push({
      index: null, cohort: this.form.cohorts.find((name) => name !== "*") || "all", scale: this.form.scales[0],
      statistic: "mean_sd", label: "", note: "", flags: [], doubts: "", edited: {}, decided: {},
      fields: names.map((name) => ({ name, value: null, kind: "open", place: null })),
    });
    this.current = `f:${this.measurements.length - 1}:${names[0]}`;
  }

  // One more field of a measurement; a number may be the value of several.
  askFor(m, name) {
    const one = this.measurements[m];
    if (name && !one.fields.some((field) => field.name === name)) {
      one.fields.push({ name, value: null, kind: "open", place: null });
      one.fields.sort((a, b) => this.form.fields.indexOf(a.name) - this.form.fields.indexOf(b.name));
    }
    if (name) this.current = `f:${m}:${name}`;
  }

  claim(m, name, value, place) {
    const at = this.current;
    this.askFor(m, name);
    this.current = at;
    const one = this.measurements[m];
    one.decided[name] = { kind: "verbatim", value, place };
  }

  // What the server is sent.
  decisions(by) {
    return {
      version: this.form.version,
      by,
      measurements: this.measurements
        .filter((one) => one.index !== null || !one.dropped)
        .map((one) => {
          const fresh = one.index === null ? { cohort: one.cohort, scale: one.scale, statistic: one.statistic } : {};
          return one.dropped
            ? { index: one.index, drop: true, fields: {} }
            : { index: one.index, ...fresh, ...one.edited, fields: one.decided };
        }),
      dismissed: this.steps().filter((step) => step.kind === "number" && this.isDone(step)).map((step) => step.place),
    };
  }

  // Decisions outlive a reload of the page, not a change of the file.
  keep() {
    const { measurements, current } = this;
    return JSON.stringify({ measurements, current, dismissed: [...this.dismissed] });
  }

  restore(text) {
    const kept = JSON.parse(text);
    this.measurements = kept.measurements;
    this.dismissed = new Set(kept.dismissed);
    this.current = kept.current;
  }
}

// The state as elements. Text is set as text only: markup in an abstract is shown, never run.

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

const WORDS = {
  "timepoint.label": "time, as printed", "timepoint.days": "time in days", n_enrolled: "people enrolled",
  n_analysed: "people analysed", p: "p value", "test.statistic": "test statistic",
  sd: "SD", se: "SE", q1: "first quartile", q3: "third quartile", min: "minimum", max: "maximum",
  ci_low: "lower confidence limit", ci_high: "upper confidence limit",
};

export function words(name) {
  if (WORDS[name]) return WORDS[name];
  const [side, field] = name.split(".");
  return field ? `${WORDS[field] || field} ${side === "change" ? "of the change" : side}` : name;
}

export function told(state, now) {
  if (now.kind === "hidden") return "hidden until you answer";
  if (now.kind === "absent") return now.value ? `${now.value} (own words, not in the abstract)` : "not in the abstract";
  if (now.kind === "derived") return `${now.value} = ${now.formula}`;
  if (now.kind === "verbatim") {
    const quote = state.surface(now.place);
    return quote === now.value ? now.value : `${now.value}, printed “${quote}”`;
  }
  return now.value === null ? "nothing yet" : `${now.value}, no place yet`;
}

// The abstract, cut where a claim or a number begins or ends.
export function abstract(state, marked, hints, onNumber) {
  const claims = state.claims();
  const numbers = state.form.numbers;
  const cuts = new Set([0, state.chars.length]);
  for (const { place } of claims) place.forEach((at) => cuts.add(at));
  for (const [start, end] of numbers) cuts.add(start).add(end);
  for (const place of marked) place.forEach((at) => cuts.add(at));
  const edges = [...cuts].sort((a, b) => a - b);
  const step = state.step();
  const parts = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const [start, end] = [edges[i], edges[i + 1]];
    const inside = ([a, b]) => a <= start && end <= b;
    const over = claims.filter((claim) => inside(claim.place));
    const number = numbers.find(inside);
    const text = state.surface([start, end]);
    const classes = [];
    const current = over.find((claim) => step && step.key === `f:${claim.m}:${claim.field}`);
    if (over.length) classes.push("claimed", `c${(current || over[0]).tint}`);
    if (over.some((claim) => claim.decided)) classes.push("decided");
    if (current || (step && step.kind === "number" && inside(step.place)) || marked.some(inside)) classes.push("current");
    if (!number) {
      parts.push(over.length || classes.length
        ? element("mark", { class: classes.join(" "), "data-start": start, title: over.map((c) => words(c.field)).join(", ") || null }, text)
        : element("span", { "data-start": start }, text));
      continue;
    }
    const gone = !over.length && state.dismissed.has(number[0]);
    classes.push("number", gone ? "dismissed" : over.length ? "taken" : "loose");
    const hint = hints.findIndex((other) => other[0] === number[0]);
    const standing = gone ? "dismissed" : over.length ? over.map((c) => words(c.field)).join(", ") : "claimed by nothing";
    parts.push(element("button", {
      type: "button", class: classes.join(" "), tabindex: "-1", "data-start": start,
      "data-hint": hint < 0 ? null : hint + 1, "aria-label": `${text}, ${standing}`, title: standing,
      onclick: () => onNumber(number),
    }, text));
  }
  return parts;
}

export function stepList(state, onStep, meta) {
  const parts = [];
  const row = (step, label, value, tint) => element("li", {}, element("button", {
    type: "button", class: `step ${tint === null ? "" : `c${tint}`} ${state.isDone(step) ? "done" : "open"}`,
    "aria-current": step.key === state.current ? "step" : null, onclick: () => onStep(step),
  }, element("span", { class: "name" }, label), " ", element("span", { class: "value" }, value),
  element("span", { class: "sign" }, state.isDone(step) ? " ✓" : " to decide")));
  state.measurements.forEach((one, m) => {
    if (one.dropped) return;
    const steps = state.steps().filter((step) => step.kind === "field" && step.m === m);
    const chosen = state.steps().filter((step) => step.kind === "word" && step.m === m);
    parts.push(element("h3", {}, `${one.edited.cohort ?? one.cohort}${one.label ? `, ${one.label}` : ""}`),
      one.doubts ? element("p", { class: "quiet" }, `The reader's doubts: ${one.doubts}`) : null, meta(one, m),
      element("ul", {}, ...chosen.map((step) =>
        row(step, step.word, one.edited[step.word] || "to choose", null)), ...steps.map((step) =>
        row(step, words(step.field.name), told(state, one.decided[step.field.name] || step.field), step.field.tint))));
  });
  const loose = state.steps().filter((step) => step.kind === "number");
  if (loose.length) {
    parts.push(element("h3", {}, "Numbers that no field claims"), element("ul", { class: "loose-list" }, ...loose.map((step) =>
      row(step, state.surface(step.place), step.why || "taken for nothing", null))));
  }
  return parts.filter((part) => part !== null);
}

// Some words on both sides of a place.
export function context(state, [start, end]) {
  const before = state.chars.slice(Math.max(0, start - 40), start).join("");
  const after = state.chars.slice(end, end + 40).join("");
  return element("q", {}, `…${before}`, element("strong", {}, state.surface([start, end])), `${after}…`);
}

export function options(names, chosen, label = (name) => name) {
  return names.map((name) => element("option", { value: name, selected: name === chosen }, label(name)));
}

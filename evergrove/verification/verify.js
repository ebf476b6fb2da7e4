// The page: one decision at a time, by key, mouse or screen reader.
import { card, meta } from "/card.js";
import { ask } from "/net.js";
import { State } from "/state.js";
import { abstract, context, element, stepList, told, words } from "/view.js";

const main = document.querySelector("main");
const get = (id) => document.getElementById(id);
let queue = [];
let state = null;
let by = null;
let review = "";
// A form that is open on the card: {kind: "edit" | "derive" | "claim", ...}.
let open = null;
let busy = false;

// ---- what is said ----

function alertWith(problem) {
  get("alert").textContent = problem && (problem.error || String(problem));
}

function say(text) {
  get("status").textContent = text;
}

// One action at a time: a key that is held down must not decide twice.
async function act(what) {
  if (busy) return;
  busy = true;
  main.setAttribute("aria-busy", "true");
  alertWith("");
  try {
    await what();
  } catch (problem) {
    if (problem instanceof Error) console.error(problem);
    if (problem.status === 409) showConflict(problem);
    else alertWith(problem);
  } finally {
    busy = false;
    main.setAttribute("aria-busy", "false");
  }
}

// ---- decisions ----

function current() {
  return state && state.step();
}

async function settle(step, decision) {
  const { m, field } = step;
  const one = state.measurements[m];
  if (field.kind === "hidden" && one.index !== null) {
    const { suggestion } = await ask("/api/compare", {
      report: state.form.report, measurement: one.index, field: field.name, answer: decision,
    });
    Object.assign(field, suggestion || { kind: "open" });
    const same = suggestion && decision.value === suggestion.value && decision.kind !== "absent";
    state.decide(step, decision);
    open = null;
    if (!same && suggestion) {
      say(`You: ${told(state, decision)}. Suggested: ${told(state, suggestion)}. j goes on, e edits.`);
      render();
      return;
    }
  }
  state.decide(step, decision);
  say(`${words(field.name)}: ${told(state, decision)}`);
  forward();
}

function forward() {
  open = null;
  state.advance();
  render();
  if (!state.left()) say("All is decided: n saves and opens the next report.");
}

async function accept() {
  const step = current();
  if (!step) return;
  if (step.kind === "number") return startClaim(step);
  if (step.kind === "word") return finishWord();
  const now = state.measurements[step.m].decided[step.field.name] || step.field;
  if (now.kind === "open" || now.kind === "hidden") return startEdit(step);
  await settle(step, now === step.field ? decisionOf(now) : now);
}

function decisionOf(field) {
  return field.kind === "derived"
    ? { kind: "derived", value: field.value, formula: field.formula, spans: field.spans, why: field.why }
    : { kind: "verbatim", value: field.value, place: field.place };
}

async function absent() {
  const step = current();
  if (!step || step.kind !== "field") return;
  const value = step.field.name === "timepoint.label" ? step.field.value : null;
  await settle(step, value ? { kind: "absent", value } : { kind: "absent" });
}

function dismiss() {
  const step = current();
  if (!step || step.kind !== "number") return;
  state.dismiss(step);
  say(`${state.surface(step.place)} dismissed`);
  forward();
}

// A number or words of the text, for whatever is asked about.
async function take(start, end) {
  const step = current();
  if (open && open.kind === "derive") {
    const at = open.spans.findIndex((place) => place[0] === start && place[1] === end);
    if (at < 0) open.spans.push([start, end]);
    else open.spans.splice(at, 1);
    return render();
  }
  if (!step || step.kind !== "field") {
    const number = state.steps().find((other) => other.key === `n:${start}`);
    if (number) state.current = number.key;
    open = null;
    return render();
  }
  const field = step.field.name;
  const found = await ask("/api/read", { report: state.form.report, start, end, field });
  let value = found.value;
  const now = state.measurements[step.m].decided[field] || step.field;
  // The sign of a change is in the words ("a fall of 7.6"): the one that was there stays.
  if (field.startsWith("change.") && String(now.value || "").startsWith("-") && !value.startsWith("-")) value = `-${value}`;
  await settle(step, { kind: "verbatim", value, place: found.place });
}

// ---- forms on the card ----

function startEdit(step) {
  const now = state.measurements[step.m].decided[step.field.name] || step.field;
  open = { kind: "edit", value: now.value ?? "", places: now.place ? [now.place] : [], at: 0, near: now.place };
  render();
}

async function search(value) {
  const step = current();
  if (!open || !step) return;
  open.value = value;
  let places = [];
  if (value.trim()) {
    try {
      ({ places } = await ask("/api/find", { report: state.form.report, field: step.field.name, value }));
    } catch { /* not a number yet */ }
  }
  if (!open || open.value !== value) return;
  const near = open.near ? open.near[0] : 0;
  places.sort((a, b) => Math.abs(a[0] - near) - Math.abs(b[0] - near));
  open.places = places;
  open.at = 0;
  showPlace();
}

function showPlace() {
  const where = get("where");
  if (!where) return;
  const place = open.places[open.at];
  const label = current().field.name === "timepoint.label";
  where.replaceChildren(...(place
    ? [`${open.at + 1} of ${open.places.length}: `, context(state, place)]
    : [open.value === "" ? "" : label ? "Not in the abstract: Enter keeps it as your own words." : "Not printed: Enter asks how it is derived."]));
  drawAbstract();
}

async function finishEdit() {
  const step = current();
  const value = open.value.trim();
  if (!value) return;
  await search(open.value);
  const place = open.places[open.at];
  if (place) return settle(step, { kind: "verbatim", value, place });
  if (step.field.name === "timepoint.label") return settle(step, { kind: "absent", value });
  open = { kind: "derive", value, formula: "", why: "", spans: [] };
  render();
}

async function finishDerive() {
  const { value, formula, why, spans } = open;
  if (!formula.trim() || !why.trim() || !spans.length) {
    throw { error: "A derived value needs its formula, its numbers (click them in the text) and a note." };
  }
  await settle(current(), { kind: "derived", value, formula: formula.trim(), spans, why: why.trim() });
}

function finishWord() {
  const step = current();
  const value = get("word").value;
  if (!value) throw { error: `Choose the ${step.word} first.` };
  state.measurements[step.m].edited[step.word] = value;
  say(`${step.word}: ${value}`);
  forward();
}

function startClaim(step) {
  if (!state.measurements.some((one) => !one.dropped)) {
    return say("There is no measurement yet: a adds one, d dismisses the number.");
  }
  open = { kind: "claim", place: step.place };
  render();
}

async function finishClaim() {
  const m = Number(get("claim-measurement").value);
  const name = get("claim-field").value;
  const found = await ask("/api/read", {
    report: state.form.report, start: open.place[0], end: open.place[1], field: name,
  });
  state.claim(m, name, found.value, found.place);
  say(`${words(name)}: ${found.value}`);
  forward();
}

// ---- what is shown ----

function cancel() {
  open = null;
  render();
}

function drop(m) {
  state.measurements[m].dropped = true;
  forward();
}

function askFor(m, name) {
  state.askFor(m, name);
  open = null;
  render();
}

// What the card may know and do.
const ui = {
  get state() { return state; },
  get open() { return open; },
  act, accept, absent, dismiss, next, take, search, cancel, drop, askFor, keep, startEdit, finishEdit, finishDerive, finishClaim, finishWord,
};

function drawAbstract() {
  const step = current();
  const marked = open && open.kind === "derive" ? open.spans : open && open.kind === "edit" && open.places[open.at] ? [open.places[open.at]] : [];
  const hints = step && step.kind === "field" && !open ? state.nearest(step) : [];
  get("abstract").replaceChildren(...abstract(state, marked, hints, ([start, end]) => act(() => take(start, end))));
}

function render(focus = true) {
  const { form: shown } = state;
  const folded = [...get("steps").querySelectorAll("details")].map((item) => item.open);
  document.title = `${shown.report}: verify`;
  get("title").textContent = shown.title || shown.report;
  get("about").textContent = [shown.report, shown.authors, shown.published,
    shown.verified ? `verified by ${shown.verified.by}${shown.verified.on ? ` on ${shown.verified.on}` : ""}` : "not verified"].filter(Boolean).join(" · ");
  get("waits").replaceChildren(...shown.waits.map((text) => element("li", {}, text)));
  drawAbstract();
  get("card").replaceChildren(...card(ui));
  get("steps").replaceChildren(...stepList(state, (step) => { state.current = step.key; open = null; render(); }, (one, m) => meta(ui, one, m)));
  get("steps").querySelectorAll("details").forEach((item, i) => { item.open = Boolean(folded[i]); });
  get("add").hidden = !shown.text;
  const total = state.steps().length;
  get("progress").textContent = `${shown.report}: ${total - state.left()} of ${total} decided; report ${queue.findIndex((row) => row.report === shown.report) + 1} of ${queue.length}`;
  keep();
  if (!focus) return;
  const first = get("card").querySelector("form input:not([type=checkbox]), form select");
  if (first) {
    first.focus();
    if (first.select) first.select();
    if (open && open.kind === "edit") showPlace();
  } else get("card").focus({ preventScroll: true });
  // Side by side the text moves to the mark; one below the other the question stays in sight.
  const shownPart = matchMedia("(min-width: 60rem)").matches ? get("abstract").querySelector(".current") : get("card");
  if (shownPart) shownPart.scrollIntoView({ block: "nearest" });
}

function drawQueue() {
  get("review").textContent = review;
  get("reports").replaceChildren(...queue.map((row) => element("li", {}, element("button", {
    type: "button", onclick: () => act(() => load(row.report)),
  }, `${row.report}${row.saved ? " ✓" : ""}`), " ", element("span", { class: "quiet" }, row.saved ? "saved" : row.waits[0] || "nothing waits"))));
}

function showConflict(problem) {
  alertWith(problem);
  get("card").replaceChildren(element("h2", { id: "card-title" }, "The file changed on the disk"),
    element("p", {}, "Your version was put into ", element("code", {}, problem.yours), ". The version on the disk:"),
    element("pre", { tabindex: 0 }, problem.on_disk ?? "(there is no file any more)"),
    element("div", { class: "actions" }, element("button", { type: "button", class: "main", onclick: () => act(() => load(state.form.report)) }, "Verify the version on the disk")));
  get("card").focus();
}

// ---- reports ----

const draft = () => `${review}/${state.form.report}/${state.form.version}/${state.form.blind}`;

function keep() {
  try {
    sessionStorage.setItem(draft(), state.keep());
  } catch { /* a convenience only */ }
}

async function load(name) {
  const shown = await ask(`/api/report/${encodeURIComponent(name)}`);
  state = new State(shown);
  open = null;
  try {
    const kept = sessionStorage.getItem(draft());
    if (kept) state.restore(kept);
  } catch { /* then from the beginning */ }
  get("queue").open = false;
  say("");
  render();
}

async function next() {
  if (!state) return;
  const at = queue.findIndex((row) => row.report === state.form.report);
  const left = state.left();
  let told = `${left} decisions are left: ${state.form.report} was not saved.`;
  if (state.form.text && !left) {
    if (!by) return askWho();
    const answer = await ask(`/api/report/${encodeURIComponent(state.form.report)}`, state.decisions(by));
    try {
      sessionStorage.removeItem(draft());
    } catch { /* there was none */ }
    told = [`Saved: ${answer.saved}.`, ...answer.warnings].join(" ");
    const { reports } = await ask("/api/queue");
    const saved = new Map(reports.map((row) => [row.report, row]));
    queue = queue.map((row) => saved.get(row.report) || row);
    drawQueue();
  }
  const order = [...queue.slice(at + 1), ...queue.slice(0, at)].filter((row) => row.has_abstract && !row.saved);
  const following = order.find((row) => row.waits.length) || order[0];
  if (following) await load(following.report);
  else {
    await load(state.form.report);
    told += " No other report is left.";
    const found = await ask("/api/agreement");
    if (found.blind) told += ` Blind: ${found.agree} of ${found.compared} first answers agree with the suggestion.`;
  }
  say(told);
}

function askWho() {
  get("who").showModal();
}

get("who-form").addEventListener("submit", (event) => {
  event.preventDefault();
  by = get("by").value.trim();
  if (!by) return;
  get("who").close();
  act(next);
});

// ---- keys and mouse ----

const KEYS = {
  Enter: accept, x: absent, d: dismiss, n: next,
  e: () => {
    const step = current();
    if (step && step.kind !== "word") return step.kind === "number" ? startClaim(step) : startEdit(step);
  },
  j: () => { open = null; state.move(1); render(); },
  k: () => { open = null; state.move(-1); render(); },
  a: () => { if (state.form.text) { state.add(); open = null; render(); } },
  "?": () => get("help").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector("dialog[open]") || !state) return;
  const { target, key } = event;
  if (key === "Escape" && open) { event.preventDefault(); return cancel(); }
  if (target.closest("input, textarea, select")) {
    if (open && open.kind === "edit" && (key === "ArrowDown" || key === "ArrowUp") && open.places.length) {
      event.preventDefault();
      open.at = (open.at + (key === "ArrowDown" ? 1 : open.places.length - 1)) % open.places.length;
      showPlace();
    }
    // A list does not send its form by itself.
    if (key === "Enter" && target.matches("#card select")) {
      event.preventDefault();
      target.form.requestSubmit();
    }
    return;
  }
  if (key === "Enter" && target.closest("button, summary, a")) return;
  if (key.length === 1 && key !== "?" && !get("single-keys").checked) return;
  const step = current();
  if (/^[1-9]$/.test(key) && step && step.kind === "field" && !open) {
    const number = state.nearest(step)[Number(key) - 1];
    if (number) { event.preventDefault(); act(() => take(number[0], number[1])); }
    return;
  }
  const what = KEYS[key];
  if (what) { event.preventDefault(); act(what); }
});

// Selected words of the abstract, by code points.
get("abstract").addEventListener("mouseup", () => {
  const selection = getSelection();
  if (!state || selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  const offset = (node, at) => {
    const part = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
    if (!part || !get("abstract").contains(part)) return null;
    return Number(part.dataset.start) + Array.from(part.textContent.slice(0, node.nodeType === Node.TEXT_NODE ? at : 0)).length;
  };
  const [start, end] = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
  if (start === null || end === null || start >= end) return;
  selection.removeAllRanges();
  act(() => take(start, end));
});

get("next").addEventListener("click", () => act(next));
get("add").addEventListener("click", () => act(KEYS.a));
get("help-button").addEventListener("click", KEYS["?"]);

act(async () => {
  const found = await ask("/api/queue");
  ({ review, by } = found);
  queue = found.reports;
  drawQueue();
  const first = queue.find((row) => row.has_abstract) || queue[0];
  if (first) await load(first.report);
  else say("No report of this review is included yet.");
});

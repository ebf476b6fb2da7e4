// The card with the one decision that is asked for, and its forms.
import { context, element, options, told, words } from "/view.js";

const WORD_NAMES = { cohort: "group of studies.csv", scale: "scale", statistic: "statistic" };

function input({ open }, label, key, onInput) {
  return element("p", {}, element("label", {}, `${label} `, element("input", {
    id: `field-${key}`, value: open[key], autocomplete: "off", spellcheck: "false",
    oninput: (event) => onInput(event.target.value),
  })));
}

function form({ act, cancel }, finish, ...children) {
  return element("form", {
    onsubmit: (event) => { event.preventDefault(); act(finish); },
  }, ...children, element("div", { class: "actions" }, element("button", { class: "main" }, "Take it ", element("kbd", {}, "Enter")),
    element("button", { type: "button", onclick: cancel }, "Leave it ", element("kbd", {}, "Esc"))));
}

function button({ act }, label, key, what, main = false) {
  return element("button", { type: "button", class: main ? "main" : null, onclick: () => act(what) }, `${label} `, element("kbd", {}, key));
}

// The decision that is asked for, as the children of the card.
export function card(ui) {
  const { state, open } = ui;
  const step = state.step();
  const title = (text) => element("h2", { id: "card-title" }, text);
  if (!state.form.text) return [title("No abstract is held here"), element("p", {}, "Nothing can be verified without it: put a citation with its abstract into citations/ and build again.")];
  if (!step) {
    return [title(state.left() ? "Nothing is asked" : "All is decided"),
      element("div", { class: "actions" }, button(ui, "Save and go on", "n", ui.next, true))];
  }
  if (step.kind === "number") {
    const name = `${state.surface(step.place)}: a value?`;
    if (open) {
      const shown = state.measurements.map((one, m) => [one, m]).filter(([one]) => !one.dropped);
      return [title(name), form(ui, ui.finishClaim,
        element("p", {}, element("label", {}, "Measurement ", element("select", { id: "claim-measurement" },
          ...shown.map(([one, m]) => element("option", { value: m }, `${one.cohort}, ${one.label || "no time yet"}`))))),
        element("p", {}, element("label", {}, "Field ", element("select", { id: "claim-field" },
          ...options(state.form.fields, "n_enrolled", words)))))];
    }
    return [title(name), element("p", {}, context(state, step.place)),
      element("p", { class: "quiet" }, step.why ? `The program took it for: ${step.why}.` : "The program took it for nothing."),
      element("div", { class: "actions" }, button(ui, "Dismiss", "d", ui.dismiss, true), button(ui, "Claim", "Enter", ui.accept))];
  }
  const one = state.measurements[step.m];
  if (step.kind === "word") {
    const chosen = one.edited[step.word] ?? "";
    return [title(`Which ${WORD_NAMES[step.word]}?`),
      element("p", { class: "quiet" }, `${one.edited.cohort ?? one.cohort}${one.label ? `, ${one.label}` : ""}: the program cannot tell${one[step.word] ? ` (it read “${one[step.word]}”)` : ""}.`),
      form(ui, ui.finishWord, element("p", {}, element("label", {}, `${WORD_NAMES[step.word]} `,
        element("select", { id: "word" }, ...options(chosen ? step.choices : ["", ...step.choices], chosen)))))];
  }
  const now = one.decided[step.field.name] || step.field;
  const head = [title(words(step.field.name)), element("p", { class: "quiet" }, `${one.edited.cohort ?? one.cohort}${one.label ? `, ${one.label}` : ""}`)];
  if (open && open.kind === "edit") {
    return [...head, form(ui, ui.finishEdit, input(ui, "Value, as printed", "value", ui.search), element("p", { id: "where" })),
      element("p", { class: "quiet" }, "Or click its number in the text, or select words there.")];
  }
  if (open && open.kind === "derive") {
    return [...head, element("p", {}, `${open.value} is not printed in the abstract. From which numbers does it follow? Click them in the text, or choose:`),
      form(ui, ui.finishDerive,
        element("fieldset", {}, element("legend", {}, "Numbers"), ...state.form.numbers.map(([start, end]) => element("label", { class: "pick" },
          element("input", { type: "checkbox", checked: open.spans.some((p) => p[0] === start && p[1] === end), onchange: () => ui.act(() => ui.take(start, end)) }), ` ${state.surface([start, end])}`))),
        input(ui, "Formula", "formula", (text) => { open.formula = text; }), input(ui, "Note", "why", (text) => { open.why = text; }))];
  }
  const canAccept = now.kind !== "open" && now.kind !== "hidden";
  return [...head, element("p", { class: `value c${step.field.tint}` }, told(state, now)),
    now.place ? element("p", {}, context(state, now.place)) : null,
    element("div", { class: "actions" }, canAccept ? button(ui, "Accept", "Enter", ui.accept, true) : null,
      button(ui, "Edit", "e", () => ui.startEdit(step), !canAccept), button(ui, "Not in the abstract", "x", ui.absent))].filter(Boolean);
}

// What a person may correct beside the values of a measurement.
export function meta(ui, one, m) {
  const { state } = ui;
  const change = (key) => (event) => { one.edited[key] = event.target.value; ui.keep(); };
  const of = (key) => one.edited[key] ?? one[key];
  const select = (label, key, names) => element("p", {}, element("label", {}, `${label} `,
    element("select", { onchange: change(key) }, ...options(names.includes(of(key)) ? names : [of(key), ...names], of(key)))));
  const list = `cohorts-${m}`;
  return element("details", {}, element("summary", {}, `Group, scale, statistic, note`),
    element("p", {}, element("label", {}, "Group ", element("input", { value: of("cohort"), list, oninput: change("cohort") })),
      element("datalist", { id: list }, ...options(state.form.cohorts, null))),
    select("Scale", "scale", state.form.scales), select("Statistic", "statistic", state.form.statistics),
    // In blind mode the note is not shown: it may hold the values.
    one.note === null ? null : element("p", {}, element("label", {}, "Note ", element("textarea", { rows: 3, oninput: change("note") }, of("note")))),
    element("p", {}, element("label", {}, "Ask for one more field ",
      element("select", { onchange: (event) => ui.askFor(m, event.target.value) },
        ...options(["", ...state.form.fields.filter((name) => !one.fields.some((field) => field.name === name))], "", (name) => name && words(name))))),
    one.flags.length ? element("p", { class: "quiet" }, `Flags, edited in the file: ${one.flags.join(", ")}`) : null,
    state.form.kept && one.index !== null ? null
      : element("button", { type: "button", onclick: () => ui.drop(m) }, "Drop this measurement"));
}

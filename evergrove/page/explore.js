// The section "Explore": what a reader chose, pooled anew and drawn, with the choice in the address.
(() => {
  const find = (id) => document.getElementById(id);
  const section = find("explore"), data = JSON.parse(find("explore-data").textContent);
  const { number, interval, percent, count, counted } = Evergrove;
  const SVG = "http://www.w3.org/2000/svg";
  const CHOICES = ["s", "g", "m", "t", "r"];
  const SELECTS = Object.fromEntries(
    CHOICES.map((key) => [key, find(`explore-${key}`)]).filter(([, select]) => select));
  const PUBLISHED = { g: "", r: "", ...data.published };
  const shown = Evergrove.SHOWN[data.scale];
  const printed = (value) => number(value === null ? null : shown(value), data.decimals);
  const bounds = (low, high) => low === null ? Evergrove.interval(null, null)
    : interval(shown(low), shown(high), data.decimals);
  let state = { ...PUBLISHED, out: new Set() }, drawn = [], drawnFor = "";

  const changed = () => state.out.size > 0 || CHOICES.some((key) => state[key] !== PUBLISHED[key]);

  // --- what is pooled --------------------------------------------------------------------------

  function offered() {
    return data.syntheses[state.s].map((place) => data.rows[place])
      .filter((row) => !state.g || row.group === state.g);
  }

  function effect(row) {
    const pick = (values, own) => state.r && values && state.r in values ? values[state.r] : own;
    return { y: pick(row.yr, row.y), v: pick(row.vr, row.v) };
  }

  function compute() {
    const rows = offered(), used = rows.filter((row) => !state.out.has(row.id));
    const values = used.map(effect);
    const fit = Evergrove.pool(values.map((x) => x.y), values.map((x) => x.v),
      { method: state.m, test: state.t, level: data.level });
    return {
      rows, used, fit, studies: new Set(used.map((row) => row.study)).size,
      people: used.reduce((total, row) => total + (row.n || 0), 0),
    };
  }

  function words({ fit, used, studies, people }) {
    const spread = fit && fit.method !== "EE" ? Math.sqrt(fit.tau2) : null;
    return {
      b: fit ? printed(fit.b) + data.unit : number(null),
      ci: fit ? bounds(fit.ci_low, fit.ci_high) : number(null),
      pi: fit ? bounds(fit.pi_low, fit.pi_high) : number(null),
      tau: number(spread, data.decimals), I2: percent(spread === null ? null : fit.I2, 1),
      k: count(used.length), studies: count(studies), people: count(people),
    };
  }

  function remark({ fit, used }) {
    if (!fit) return "No cohort is left: there is nothing to pool.";
    const notes = [];
    if (fit.k === 1) notes.push("One cohort: nothing is pooled, and τ is unknown.");
    else if (fit.k < 5) notes.push("With fewer than 5 cohorts, τ and both intervals are very unsure.");
    if (used.some((row) => row.vr)) {
      notes.push("I² follows from the assumed correlation as much as from the studies: " +
        "read τ and the prediction interval.");
    }
    return notes.join(" ");
  }

  // --- the drawing -----------------------------------------------------------------------------

  function make(parent, tag, attributes = {}, text = null) {
    const own = parent instanceof SVGElement || tag === "svg";
    const element = own ? document.createElementNS(SVG, tag) : document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== null) element.textContent = text;
    parent.append(element);
    return element;
  }

  // The ends of the axis: all cohorts, and of the pooled intervals what is not much wider.
  function axis({ rows, fit }, half) {
    const ends = rows.flatMap((row) => {
      const { y, v } = effect(row);
      return [y - half * Math.sqrt(v), y + half * Math.sqrt(v)];
    });
    if (data.null !== null) ends.push(data.null);
    let low = Math.min(...ends), high = Math.max(...ends);
    const wide = high - low || 1;
    for (const end of fit ? [fit.ci_low, fit.ci_high, fit.pi_low, fit.pi_high] : []) {
      if (end === null) continue;
      low = Math.min(low, Math.max(end, low - 0.25 * wide));
      high = Math.max(high, Math.min(end, high + 0.25 * wide));
    }
    const room = 0.03 * (high - low || 1);
    return [low - room, high + room];
  }

  function ticks(low, high) {
    if (data.scale !== "log") {
      const step = [1, 2, 5, 10].map((x) => x * 10 ** Math.floor(Math.log10((high - low) / 5)))
        .find((x) => (high - low) / x <= 6);
      const places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
      const first = Math.ceil(low / step - 1e-9), last = Math.floor(high / step + 1e-9);
      const linear = data.scale === "linear";
      return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step)
        .map((at) => [at, number(shown(at), linear ? places : 2)]);
    }
    const decades = [];
    for (let power = Math.floor(low / Math.LN10); power <= high / Math.LN10; power += 1) {
      for (const x of [1, 2, 5]) decades.push([Math.log(x * 10 ** power), x, power]);
    }
    const inside = decades.filter(([at]) => at >= low && at <= high);
    const kept = inside.length > 6 ? inside.filter(([, x]) => x === 1) : inside;
    return kept.map(([at, x, power]) => [at, number(x * 10 ** power, Math.max(0, -power))]);
  }

  function strip(svg, scale, fit) {
    svg.replaceChildren();
    const at = (value) => `${(100 * (value - scale[0]) / (scale[1] - scale[0])).toFixed(3)}%`;
    const rule = (value, kind) =>
      make(svg, "line", { x1: at(value), x2: at(value), y1: 0, y2: "100%", class: kind });
    if (data.null !== null) rule(data.null, "null");
    if (fit) rule(fit.b, "mean");
    return at;
  }

  // A line from low to high, with an arrow at each end that lies beyond the axis.
  function span(svg, at, scale, low, high, kind, arrow) {
    make(svg, "line", {
      x1: at(Math.max(low, scale[0])), x2: at(Math.min(high, scale[1])), y1: "50%", y2: "50%",
      class: kind,
    });
    for (const [beyond, place, path] of [[low < scale[0], "0%", "M0 0l9 -5v10z"],
      [high > scale[1], "100%", "M0 0l-9 -5v10z"]]) {
      if (beyond) make(make(svg, "svg", { x: place, y: "50%" }), "path", { d: path, class: arrow });
    }
  }

  function drawRow(item, scale, found, half) {
    const { y, v } = effect(item.row), out = state.out.has(item.row.id), { fit, used } = found;
    const at = strip(item.svg, scale, fit), own = make(item.svg, "g", { class: "own" });
    const low = y - half * Math.sqrt(v), high = y + half * Math.sqrt(v);
    span(own, at, scale, low, high, "", "arrow");
    const weight = out || !fit ? null : fit.weights[used.indexOf(item.row)];
    const side = weight === null ? 5 : 4 + 1.2 * Math.sqrt(weight);
    const box = make(own, "svg", { x: at(y), y: "50%" });
    make(box, "rect", { x: -side / 2, y: -side / 2, width: side, height: side });
    item.box.checked = !out;
    item.line.classList.toggle("explore-out", out);
    item.effect.textContent = `${printed(y)} (${bounds(low, high)})`;
    item.weight.textContent = out ? "out" : percent(weight, 1);
  }

  function line(parent, tag, name) {
    const row = make(parent, tag, { class: "explore-row" });
    const first = tag === "label" ? make(row, "input", { type: "checkbox" }) : make(row, "span");
    make(row, "span", { class: "explore-name" }, name);
    const holder = make(row, "span", { class: "explore-strip" });
    return {
      line: row, box: first, svg: make(holder, "svg", { "aria-hidden": "true" }),
      effect: make(row, "span", { class: "explore-number" }),
      weight: make(row, "span", { class: "explore-number" }),
    };
  }

  function rebuild(rows) {
    const wanted = JSON.stringify(rows.map((row) => row.id));
    if (wanted === drawnFor) return;
    const holder = find("explore-rows"), lost = holder.contains(document.activeElement);
    drawnFor = wanted;
    holder.replaceChildren();
    drawn = rows.map((row) => {
      const item = { row, ...line(holder, "label", row.label) };
      item.box.addEventListener("change", () => {
        if (item.box.checked) state.out.delete(row.id); else state.out.add(row.id);
        show();
      });
      return item;
    });
    if (lost) SELECTS.s.focus();
  }

  function drawPooled(scale, found) {
    const holder = find("explore-pooled"), { fit } = found, said = words(found);
    holder.replaceChildren();
    const pooled = line(holder, "div", "Pooled"), at = strip(pooled.svg, scale, fit);
    pooled.effect.textContent = fit ? `${printed(fit.b)} (${said.ci})` : number(null);
    if (fit) {
      const low = Math.max(fit.ci_low, scale[0]), high = Math.min(fit.ci_high, scale[1]);
      const wide = 100 * (high - low) / (scale[1] - scale[0]), middle = 100 * (fit.b - low) /
        (high - low || 1);
      const diamond = make(pooled.svg, "svg", {
        x: at(low), y: "25%", width: `${Math.max(wide, 0.4).toFixed(3)}%`, height: "50%",
        viewBox: "0 0 100 10", preserveAspectRatio: "none",
      });
      make(diamond, "path", { class: "diamond", d: `M0 5L${middle.toFixed(2)} 0L100 5L${middle.toFixed(2)} 10z` });
      if (fit.ci_low < scale[0] || fit.ci_high > scale[1]) {
        span(pooled.svg, at, scale, fit.ci_low, fit.ci_high, "pooled", "pooled-arrow");
      }
    }
    if (fit && fit.pi_low !== null) {
      const wide = line(holder, "div", "Prediction interval");
      const over = strip(wide.svg, scale, fit);
      span(wide.svg, over, scale, fit.pi_low, fit.pi_high, "pooled", "pooled-arrow");
      wide.effect.textContent = said.pi;
    }
    const last = line(holder, "div", ""), place = strip(last.svg, scale, null);
    last.line.setAttribute("aria-hidden", "true");
    last.svg.replaceChildren();
    for (const [tick, text] of ticks(...scale)) {
      make(last.svg, "line", { x1: place(tick), x2: place(tick), y1: 0, y2: 5 });
      make(last.svg, "text", { x: place(tick), y: 20 }, text);
    }
  }

  // --- the state, on the page and in the address ------------------------------------------------

  function hash() {
    if (!changed()) return "#explore";
    const parts = CHOICES.filter((key) => state[key] !== PUBLISHED[key])
      .map((key) => `${key}=${encodeURIComponent(state[key])}`);
    const out = [...state.out].sort().map((id) => `out=${encodeURIComponent(id)}`);
    return `#explore?${[...parts, ...out].join("&")}`;
  }

  // What a link says, as far as the page knows it: everything else is as published.
  function read(address) {
    const next = { ...PUBLISHED, out: new Set() }, known = new Set(data.rows.map((row) => row.id));
    for (const [key, value] of new URLSearchParams(address.slice("#explore?".length))) {
      if (key === "out" && known.has(value)) next.out.add(value);
      const select = Object.hasOwn(SELECTS, key) && SELECTS[key];
      if (select && [...select.options].some((option) => option.value === value)) next[key] = value;
    }
    return next;
  }

  function show({ address = true } = {}) {
    const found = compute(), said = words(found), exploring = changed();
    const half = Evergrove.tQuantile((100 - data.level) / 100, Infinity);
    for (const [key, select] of Object.entries(SELECTS)) select.value = state[key];
    section.dataset.state = exploring ? "exploring" : "published";
    const title = exploring ? "Exploration, not the published result" : "The published result";
    find("explore-state").textContent = `${title}.`;
    find("explore-reset").setAttribute("aria-disabled", String(!exploring));
    find("explore-link").setAttribute("href", hash());
    for (const cell of section.querySelectorAll("[data-explored]")) {
      cell.textContent = said[cell.dataset.explored];
    }
    find("explore-note").textContent = remark(found);
    const level = `${String(data.level)}%`, cohorts = counted(found.used.length, "cohort");
    const people = counted(found.people, "person", "people");
    find("explore-said").textContent = found.fit ? `${title}: ${said.b} (${level} CI ${said.ci}), ` +
      `prediction interval ${said.pi}, τ ${said.tau}, ${cohorts}, ${people}.`
      : `${title}: no cohort is left.`;
    rebuild(found.rows);
    const scale = axis(found, half);
    for (const item of drawn) drawRow(item, scale, found, half);
    drawPooled(scale, found);
    if (address) history.replaceState(null, "", hash());
  }

  function reset() {
    if (!changed()) return;
    state = { ...PUBLISHED, out: new Set() };
    show();
  }

  function followed() {
    if (!location.hash.startsWith("#explore?")) return;
    state = read(location.hash);
    show({ address: false });
    section.scrollIntoView();
  }

  for (const [key, select] of Object.entries(SELECTS)) {
    select.addEventListener("change", () => {
      state[key] = select.value;
      show();
    });
  }
  find("explore-reset").addEventListener("click", reset);
  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    if (event.key !== "Escape" || !plain || event.defaultPrevented || !changed()) return;
    event.preventDefault();
    reset();
  });
  window.addEventListener("hashchange", followed);
  find("explore-off").hidden = true;
  show({ address: false });
  // Shown when filled, so that no screen reader reads the result out on arrival.
  find("explore-panel").hidden = false;
  followed();
})();

// The statistics of the page: pooling as evergrove/pooling.py does it, and numbers worded as
// evergrove/wording.py words them. Tests hold both to the same digits.
"use strict";
const Evergrove = (() => {
  const EPS = Number.EPSILON;
  const sum = (items) => items.reduce((total, item) => total + item, 0);

  // --- distributions ---------------------------------------------------------------------------

  // log Gamma(a) less Stirling's formula for it: no large logarithms are ever subtracted.
  function stirling(a) {
    let extra = 0;
    for (; a < 12; a += 1) extra += (a + 0.5) * Math.log1p(1 / a) - 1;
    const s = 1 / (a * a);
    const series = 1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 -
      s * (691 / 360360 - s / 156)))));
    return extra + series / a;
  }

  // A continued fraction by Lentz's method; next(i) gives its i-th numerator and denominator.
  function fraction(first, next) {
    const tiny = 1e-300;
    let f = first || tiny, c = f, d = 0;
    for (let i = 1; i < 20000; i += 1) {
      const [a, b] = next(i);
      d = 1 / (b + a * d || tiny);
      c = b + a / c || tiny;
      f *= c * d;
      if (Math.abs(c * d - 1) < EPS) break;
    }
    return f;
  }

  // The regularised upper incomplete gamma function Q(a, x) (DLMF 8.7.1, 8.9.2).
  function gammaUpper(a, x) {
    if (!(x > 0)) return 1;
    const d = (x - a) / a, ratio = d > -0.5 ? Math.log1p(d) : Math.log(x / a);
    const log = -a * (d - ratio) + Math.log(a / (2 * Math.PI)) / 2 - stirling(a);
    if (x >= a + 1) {
      return Math.exp(log) / fraction(x + 1 - a, (i) => [-i * (i - a), x + 2 * i + 1 - a]);
    }
    let term = 1 / a, total = term;
    for (let i = 1; term > total * EPS / 4; i += 1) total += term *= x / (a + i);
    return 1 - Math.exp(log) * total;
  }

  // P(chi-squared >= q) with df degrees of freedom.
  const chi2Upper = (q, df) => df > 0 ? gammaUpper(df / 2, q / 2) : 1;

  // log of Gamma(a + 1/2) / Gamma(a)
  const halfStep = (a) =>
    a * Math.log1p(0.5 / a) - 0.5 + Math.log(a) / 2 + stirling(a + 0.5) - stirling(a);

  // The continued fraction of the incomplete beta function I_x(a, b) (DLMF 8.17.22).
  function betaFraction(a, b, x) {
    return 1 / fraction(1, (i) => {
      const m = i >> 1;
      return [i % 2 ? -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        : m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1];
    });
  }

  // P(|T| >= t), Student's t with df degrees of freedom, normal where df is infinite.
  function tTwoSided(t, df) {
    const q = t * t;
    if (!(q > 0)) return 1;
    if (df === Infinity) return gammaUpper(0.5, q / 2);
    const a = df / 2, x = df / (df + q), rest = q / (df + q);
    const front = Math.exp(halfStep(a) - a * Math.log1p(q / df)) * Math.sqrt(rest / Math.PI);
    if (x < (a + 1) / (a + 2.5)) return front * betaFraction(a, 0.5, x) / a;
    return 1 - 2 * front * betaFraction(0.5, a, rest);
  }

  function tDensity(t, df) {
    if (df === Infinity) return Math.exp(-t * t / 2) / Math.sqrt(2 * Math.PI);
    const log = halfStep(df / 2) - (df + 1) / 2 * Math.log1p(t * t / df);
    return Math.exp(log) / Math.sqrt(Math.PI * df);
  }

  // The t that leaves `outside` beyond -t and t together. Newton's iteration on logarithms, where
  // the tail falls ever more steeply, so that the steps cannot cycle.
  function tQuantile(outside, df) {
    let u = Math.log(outside < 0.3 ? Math.sqrt(-2 * Math.log(outside)) : 0.5);
    for (let i = 0; i < 500; i += 1) {
      const t = Math.exp(u), tail = tTwoSided(t, df);
      const step = Math.log(tail / outside) * tail / (2 * t * tDensity(t, df));
      u += Math.max(-2, Math.min(2, step));
      if (Math.abs(step) < 2 * EPS) break;
    }
    return Math.exp(u);
  }

  // --- pooling ---------------------------------------------------------------------------------

  // Studies sorted by variance, moved to the most precise one and scaled by a power of two.
  function ready(yi, vi) {
    const order = yi.map((_, i) => i).sort((i, j) => vi[i] - vi[j] || yi[i] - yi[j]);
    const middle = vi[order[(yi.length - 1) >> 1]];
    const scale = 2 ** Math.round(Math.log2(middle) / 2), centre = yi[order[0]];
    let y = order.map((i) => yi[i] - centre);
    // Outcomes that differ only by rounding (0.1 + 0.2 and 0.3) are equal.
    const noise = 4 * EPS * Math.max(...yi.map(Math.abs));
    if (Math.max(...y.map(Math.abs)) <= noise) y = y.map(() => 0);
    return {
      y: y.map((x) => x / scale), v: order.map((i) => vi[i] / scale ** 2),
      k: yi.length, df: yi.length - 1, centre, scale,
    };
  }

  // The sums that all estimators are made of, at one tau2: with P the projection of one mean,
  // rss = y'Py, yppy = y'PPy, ypppy = y'PPPy, trace = tr(P), square = tr(PP). The most precise
  // study is kept apart, so that no sum cancels where it outweighs all others.
  function at(data, tau2) {
    const w = data.v.map((v) => 1 / (v + tau2)), rest = w.slice(1);
    const others = sum(rest), total = w[0] + others, squares = sum(rest.map((x) => x * x));
    const mean = (values) => sum(values.map((x, i) => w[i] * x)) / total;
    const first = mean(data.y), again = mean(data.y.map((y) => y - first));
    const r = data.y.map((y) => y - first - again), z = r.map((x, i) => w[i] * x);
    const slip = mean(z), fourth = sum(rest.map((x) => x ** 4));
    const own = (w[0] * others / total) ** 2 + sum(rest.map((x) => (x * (1 - x / total)) ** 2));
    const pairs = (2 * w[0] * w[0] * squares + squares * squares - fourth) / total ** 2;
    return {
      w, total, b: first + again,
      rss: sum(r.map((x, i) => x * z[i])), yppy: sum(z.map((x) => x * x)),
      ypppy: sum(z.map((x, i) => w[i] * (x - slip) ** 2)),
      trace: (others * (w[0] + total) - squares) / total, square: own + pairs,
      squares: w[0] * w[0] + squares,
    };
  }

  function crude(data) {
    const mean = sum(data.y) / data.k;
    return sum(data.y.map((y) => (y - mean) ** 2));
  }

  // Paule and Mandel: y'Py = k - 1, by a Newton iteration that approaches from one side.
  function pauleMandel(data) {
    let tau2 = 0;
    for (let i = 0; i < 10000; i += 1) {
      const now = at(data, tau2);
      if (i === 0 && now.rss <= data.df) return 0;
      const step = now.rss * (now.rss / data.df - 1) / now.yppy;
      tau2 += step;
      if (!(step > 4 * EPS * (tau2 + data.v[0]))) break;
    }
    return tau2;
  }

  // The root of the score between low, where it is positive, and high, where it is not.
  function fall(data, low, high, parts) {
    let x = (low + high) / 2;
    for (let i = 0; i < 200; i += 1) {
      const [up, down, slope] = parts(at(data, x));
      if (up > down) low = x; else high = x;
      let next = x - Math.log(up / down) / slope;
      const inside = next > low && next < high;
      if (!inside) next = (low + high) / 2;
      const far = Math.abs(next - x) > (inside ? 1e-9 : 4 * EPS) * (next + data.v[0]);
      x = next;
      if (!far) break;
    }
    return x;
  }

  // The global maximum of the (restricted) likelihood: every fall of the score through 0 below a
  // bound is solved for, and the likelihoods there are compared.
  function likeliest(data, restricted) {
    const r = crude(data), m = restricted ? data.df : data.k, low = data.v[0];
    const wide = data.v[data.k - 1] - low;
    const root = (r + Math.sqrt(r) * Math.sqrt(r + 4 * m * wide)) / (2 * m);
    const bound = r > 0 ? (1 + 1e-9) * root - low : 0;
    if (!(bound > 0)) return 0;
    const parts = (now) => {
      const down = restricted ? now.trace : now.total;
      const square = restricted ? now.square : now.squares;
      return [now.yppy, down, square / down - 2 * now.ypppy / now.yppy];
    };
    const reach = Math.log1p(bound / low), points = Math.ceil(reach / 0.2) + 1;
    const grid = Array.from({ length: points + 1 }, (_, i) => low * Math.expm1(reach * i / points));
    const rising = grid.map((tau2, i) => {
      const [up, down] = parts(at(data, tau2));
      return i < points && up > down;
    });
    const found = rising[0] ? [] : [0];
    for (let i = 0; i < points; i += 1) {
      if (rising[i] && !rising[i + 1]) found.push(fall(data, grid[i], grid[i + 1], parts));
    }
    const height = (tau2) => {
      const now = at(data, tau2);
      return sum(now.w.map(Math.log)) - now.rss - (restricted ? Math.log(now.total) : 0);
    };
    return found.map((tau2) => [height(tau2), tau2])
      .reduce((best, item) => item[0] > best[0] ? item : best)[1];
  }

  const ESTIMATORS = {
    EE: () => 0,
    DL: (data, fixed) => (fixed.rss - data.df) / fixed.trace,
    HE: (data) => (crude(data) - sum(data.v) * (1 - 1 / data.k)) / data.df,
    HS: (data, fixed) => (fixed.rss - data.k) / fixed.total,
    SJ: (data) => {
      const start = crude(data) / data.k;
      return start > 0 ? start * at(data, start).rss / data.df : 0;
    },
    ML: (data) => likeliest(data, false),
    REML: (data) => likeliest(data, true),
    EB: pauleMandel,
    PM: pauleMandel,
  };

  // Pools effects yi with sampling variances vi. The prediction interval is from t with k - 1
  // degrees of freedom (prediction "t_k1") or from the distribution of the test ("as_test").
  // Values that are not defined are null; weights are in percent, in the order of yi.
  function pool(yi, vi, { method = "REML", test = "knha", level = 95, prediction = "t_k1" } = {}) {
    if (!yi.length) return null;
    const single = yi.length === 1;
    if (single) { method = "EE"; test = "z"; }
    const data = ready(yi, vi), { df, scale } = data, fixed = at(data, 0);
    const spread = Math.max(0, ESTIMATORS[method](data, fixed)), now = at(data, spread);
    const Q = single ? 0 : fixed.rss, typical = df / fixed.trace;
    const share = method === "EE" ? Math.max(0, Q - df) / (Q || 1) : spread / (spread + typical);
    const s2 = test === "knha" ? now.rss / df : 1;
    const b = data.centre + now.b * scale, se = Math.sqrt(s2 / now.total) * scale;
    const outside = (100 - level) / 100, tau2 = spread * scale ** 2;
    const half = tQuantile(outside, test === "z" ? Infinity : df) * se;
    const random = method !== "EE";
    const reach = random ? tQuantile(outside, prediction === "t_k1" || test !== "z" ? df : Infinity) *
      Math.sqrt(tau2 + se * se) : null;
    const w = vi.map((v) => 1 / (v + tau2)), total = sum(w);
    return {
      method, test, k: yi.length, b, se, ci_low: b - half, ci_high: b + half,
      pi_low: random ? b - reach : null, pi_high: random ? b + reach : null,
      tau2, I2: single ? 0 : 100 * share, Q, Q_df: df, Q_p: chi2Upper(Q, df),
      weights: w.map((x) => 100 * x / total),
    };
  }

  // --- wording ---------------------------------------------------------------------------------

  const MISSING = "\u2013";

  // A fixed number of decimals. Halves go to the even digit, as in Python; toFixed takes them up.
  function number(value, decimals = 2) {
    if (value === null || value === undefined) return MISSING;
    if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be printed`);
    const size = Math.abs(value);
    let text;
    if (size >= 1e21) {
      text = BigInt(size).toString() + (decimals ? "." + "0".repeat(decimals) : "");
    } else {
      text = size.toFixed(decimals);
      const [whole, part] = size.toFixed(100).split(".");
      const kept = whole + (decimals ? "." + part.slice(0, decimals) : "");
      if (/^50*$/.test(part.slice(decimals)) && Number(kept.slice(-1)) % 2 === 0) text = kept;
    }
    return value < 0 && /[1-9]/.test(text) ? "\u2212" + text : text;
  }

  const interval = (low, high, decimals = 2) => low === null && high === null ? MISSING
    : `${number(low, decimals)} to ${number(high, decimals)}`;

  const percent = (value, decimals = 0) => value === null ? MISSING
    : `${number(value, decimals)}%`;

  function count(value) {
    const digits = String(Math.abs(value)), apart = digits.replace(/\B(?=(\d{3})+$)/g, "\u202f");
    return (value < 0 ? "\u2212" : "") + (digits.length > 4 ? apart : digits);
  }

  const counted = (value, one, many = `${one}s`) => `${count(value)}\u00a0${value === 1 ? one : many}`;

  // The printed scale of each kind of effect, as in evergrove/shown_measures.py.
  const SHOWN = {
    linear: (x) => x,
    log: Math.exp,
    fisher: Math.tanh,
    logit: (x) => x > -700 ? 1 / (1 + Math.exp(-x)) : 0,
    arcsine: (x) => Math.sin(Math.min(Math.max(x, 0), Math.PI / 2)) ** 2,
  };

  return {
    chi2Upper, tTwoSided, tQuantile, pool, METHODS: Object.keys(ESTIMATORS),
    number, interval, percent, count, counted, SHOWN,
  };
})();

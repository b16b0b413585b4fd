// What was promised, beside what was measured.

export type Figures = Record<string, number | null>;

interface Budget {
  figure: string;
  what: string;
  most: number;
  unit: string;
}

/** How many credentials a vault has. */
export const SIZES = [100, 10_000, 100_000];

/** As many as a person may have. */
export const ORDINARY = 10_000;

const NO_BUDGET = Number.POSITIVE_INFINITY;

export const budgets: Budget[] = [
  ...SIZES.flatMap((size) => [
    { figure: `suggest_ms_p50_${size}`, what: `suggest, p50, ${size}`, most: 1, unit: "ms" },
    { figure: `suggest_ms_p99_${size}`, what: `suggest, p99, ${size}`, most: 5, unit: "ms" },
    { figure: `fill_ms_p50_${size}`, what: `fill, p50, ${size}`, most: 1, unit: "ms" },
    { figure: `fill_ms_p99_${size}`, what: `fill, p99, ${size}`, most: 5, unit: "ms" },
    { figure: `start_ms_${size}`, what: `start → socket ready, ${size}`, most: only(size, 100), unit: "ms" },
    { figure: `companion_pss_mb_${size}`, what: `companion, ${size}`, most: only(size, 15), unit: "MB" },
  ]),
  { figure: "credential_bytes", what: "memory a credential", most: NO_BUDGET, unit: "B" },
  { figure: "companion_pss_mb_after_window", what: "companion after a window", most: 15, unit: "MB" },
  { figure: "host_pss_mb", what: "native host", most: 2, unit: "MB" },
  { figure: "dom_to_filled_ms_p50_chromium", what: "form → filled, p50, Chromium", most: 60, unit: "ms" },
  {
    figure: "dom_to_filled_ms_p95_chromium",
    what: "form → filled, p95, Chromium",
    most: NO_BUDGET,
    unit: "ms",
  },
  { figure: "dom_to_filled_ms_p50_firefox", what: "form → filled, p50, Firefox", most: 60, unit: "ms" },
  {
    figure: "dom_to_filled_ms_p95_firefox",
    what: "form → filled, p95, Firefox",
    most: NO_BUDGET,
    unit: "ms",
  },
  { figure: "window_usable_ms", what: "window: asked for → usable", most: 700, unit: "ms" },
  { figure: "window_pss_mb", what: "window with its web engine", most: NO_BUDGET, unit: "MB" },
  { figure: "stub_ms_p50", what: "page without an app, p50", most: 0.5, unit: "ms" },
  { figure: "storm_ms_p50", what: "10,000 new nodes, p50", most: 5, unit: "ms" },
  { figure: "storm_ms_p95", what: "10,000 new nodes, p95", most: NO_BUDGET, unit: "ms" },
  { figure: "content_script_kb", what: "script in every page", most: 5, unit: "kB" },
  { figure: "content_script_with_finder_kb", what: "script with the finder", most: 30, unit: "kB" },
  { figure: "content_script_capturing_kb", what: "script that captures", most: NO_BUDGET, unit: "kB" },
  { figure: "content_script_filling_kb", what: "script that fills", most: NO_BUDGET, unit: "kB" },
];

export function table(figures: Figures): string {
  const lines = budgets.map(({ figure, what, most, unit }) => {
    const value = figures[figure] ?? null;
    const verdict = value === null ? "not measured" : value <= most ? "" : "missed";
    const limit = Number.isFinite(most) ? `≤ ${most} ${unit}` : "";
    return `| ${what.padEnd(30)} | ${show(value, unit).padStart(10)} | ${limit.padEnd(8)} | ${verdict.padEnd(12)} |`;
  });
  const head = [
    "| what                           |   measured | budget   |              |",
    "|---|---|---|---|",
  ];
  return [...head, ...lines].join("\n");
}

/** Start and memory are promised for a vault of ordinary size. */
function only(size: number, most: number): number {
  return size <= ORDINARY ? most : NO_BUDGET;
}

function show(value: number | null, unit: string): string {
  return value === null ? "–" : `${value} ${unit}`;
}

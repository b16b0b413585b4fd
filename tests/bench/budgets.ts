// What was promised, beside what was measured.

export type Figures = Record<string, number | null>;

export const budgets: { figure: string; what: string; most: number; unit: string }[] = [
  { figure: "suggest_ms_p50_10000", what: "suggest through the host, p50", most: 1, unit: "ms" },
  { figure: "suggest_ms_p99_10000", what: "suggest through the host, p99", most: 5, unit: "ms" },
  { figure: "fill_ms_p50_10000", what: "fill through the host, p50", most: 1, unit: "ms" },
  { figure: "fill_ms_p99_10000", what: "fill through the host, p99", most: 5, unit: "ms" },
  { figure: "dom_to_filled_ms_p50_chromium", what: "form → filled, p50, Chromium", most: 60, unit: "ms" },
  { figure: "dom_to_filled_ms_p50_firefox", what: "form → filled, p50, Firefox", most: 60, unit: "ms" },
  { figure: "start_ms_10000", what: "companion: start → socket ready", most: 100, unit: "ms" },
  { figure: "companion_pss_mb", what: "companion", most: 15, unit: "MB" },
  {
    figure: "companion_pss_mb_after_window",
    what: "companion after a window was open",
    most: 15,
    unit: "MB",
  },
  { figure: "host_pss_mb", what: "native host", most: 2, unit: "MB" },
  { figure: "window_pss_mb", what: "window with its web engine", most: Number.POSITIVE_INFINITY, unit: "MB" },
  { figure: "window_usable_ms", what: "window: asked for → usable", most: 700, unit: "ms" },
  { figure: "content_script_kb", what: "script in every page", most: 5, unit: "kB" },
  { figure: "content_script_with_finder_kb", what: "script with the finder", most: 30, unit: "kB" },
];

export function table(figures: Figures): string {
  const lines = budgets.map(({ figure, what, most, unit }) => {
    const value = figures[figure] ?? null;
    const verdict = value === null ? "not measured" : value <= most ? "" : "missed";
    const limit = Number.isFinite(most) ? `≤ ${most} ${unit}` : "";
    return `| ${what.padEnd(36)} | ${show(value, unit).padStart(10)} | ${limit.padEnd(8)} | ${verdict.padEnd(12)} |`;
  });
  const head = [
    "| what                                 |   measured | budget   |              |",
    "|---|---|---|---|",
  ];
  return [...head, ...lines].join("\n");
}

function show(value: number | null, unit: string): string {
  return value === null ? "–" : `${value} ${unit}`;
}

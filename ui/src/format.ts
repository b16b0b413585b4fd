// Dates and numbers as a region writes them. Pure.

export interface Format {
  /** Hours and minutes. */
  time: (at: number) => string;
  /** A day with its weekday, for headings. */
  day: (at: number) => string;
  /** A day, short. */
  date: (at: number) => string;
  /** A day and a month, for the plot. */
  shortDay: (at: number) => string;
  /** Several things in a row: “a, b and c”. */
  list: (items: string[]) => string;
}

export function makeFormat(region: string): Format {
  const by = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(region, options);
    return (at: number) => format.format(at);
  };
  const list = new Intl.ListFormat(region, { type: "conjunction" });
  return {
    time: by({ hour: "2-digit", minute: "2-digit" }),
    day: by({ weekday: "long", day: "numeric", month: "long" }),
    date: by({ dateStyle: "medium" }),
    shortDay: by({ day: "numeric", month: "short" }),
    list: (items) => list.format(items),
  };
}

/** Names a day by its local date, so that lines of one day can be told from those of the next. */
export function dayKey(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

/** The first moment of the local day that lies `days` before the day of `at`. */
export function startOfDay(at: number, days = 0): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - days).getTime();
}

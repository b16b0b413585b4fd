// Checks what comes in from outside against a shape: unknown keys and missing ones are refused. Pure.

export type Check = (value: unknown) => boolean;
export type Shape<T> = (value: unknown) => value is T;

type Keys<T> = T extends unknown ? keyof T : never;

export const text: Check = (value) => typeof value === "string";
export const flag: Check = (value) => typeof value === "boolean";
export const whole: Check = (value) => Number.isSafeInteger(value);
export const nothing: Check = record({});

export const or_null =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

export const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

export const one_of =
  (...values: string[]): Check =>
  (value) =>
    typeof value === "string" && values.includes(value);

type Optional<T> = { [K in keyof T as object extends Pick<T, K> ? K : never]-?: Check };
type Needed<T> = Omit<{ [K in keyof T]-?: Check }, keyof Optional<T>>;

/** An object with exactly these keys, and perhaps some of the optional ones. */
export function record<T extends object>(
  fields: Needed<T>,
  optional: Optional<T> | Record<string, never> = {},
): Shape<T> {
  const [needed, all] = [Object.keys(fields), new Map(Object.entries<Check>({ ...fields, ...optional }))];
  return (value): value is T => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    return (
      needed.every((key) => Object.hasOwn(value, key)) &&
      Object.entries(value).every(([key, field]) => all.get(key)?.(field) === true)
    );
  };
}

/** An object with exactly one key, which says what it is: how serde writes an enum. */
export function variants<T extends object>(of: Record<Keys<T>, Check>): Shape<T> {
  const checks = new Map(Object.entries<Check>(of));
  return (value): value is T => {
    if (typeof value !== "object" || value === null) return false;
    const [entry, ...more] = Object.entries(value);
    return entry !== undefined && more.length === 0 && checks.get(entry[0])?.(entry[1]) === true;
  };
}

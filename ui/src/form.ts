// What was typed into a form, and which fields were left empty.

/** Texts of a form by field name. */
export function readForm(form: HTMLFormElement): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) texts[name] = String(value);
  return texts;
}

/** The first of `names` that holds nothing but spaces. */
export function firstEmpty(texts: Record<string, string>, names: string[]): string | undefined {
  return names.find((name) => !texts[name]?.trim());
}

/** Puts the cursor where something is missing. */
export function focusField(form: HTMLFormElement, name: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLElement) field.focus();
}

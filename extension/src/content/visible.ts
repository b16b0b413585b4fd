// Whether a person could see and use an element. Pure.

/** Smaller than this is no field that a person types into. */
const SMALLEST = 8;

/** Product of the opacities of an element and everything around it: below, nobody reads what is there. */
const FAINTEST = 0.2;

export function is_visible(element: Element): boolean {
  if (
    !element.isConnected ||
    !element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
  )
    return false;
  const { width, height, right, bottom } = element.getBoundingClientRect();
  if (width < SMALLEST || height < SMALLEST) return false;
  // Moved out to where no scrolling leads.
  if (right + scrollX <= 0 || bottom + scrollY <= 0) return false;
  return opacity_of(element) >= FAINTEST;
}

/** Whether a person could type into a field. */
export function is_usable(field: HTMLInputElement): boolean {
  return !field.disabled && !field.readOnly && is_visible(field);
}

function opacity_of(element: Element): number {
  let product = 1;
  for (let at: Element | null = element; at; at = at.parentElement)
    product *= Number(getComputedStyle(at).opacity);
  return product;
}

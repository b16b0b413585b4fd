// Whether a page belongs to the same site as the one where a login began. Decides only whether that page is looked at to
// see if the login succeeded; what is saved belongs to the exact origin of the form. Pure.

/** The same host, one below the other, or two side by side under a name of at least two labels. */
export function is_same_site(origin: string, other: string): boolean {
  const [one, two] = [new URL(origin).hostname, new URL(other).hostname];
  if (one === two || one.endsWith(`.${two}`) || two.endsWith(`.${one}`)) return true;
  const parent = (host: string) => host.slice(host.indexOf(".") + 1);
  const is_address = /^[\d.]+$|:/.test(one);
  return !is_address && parent(one) === parent(two) && parent(one).includes(".");
}

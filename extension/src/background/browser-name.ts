// What this browser calls itself.

import { gecko_name } from "../ext.ts";

/** Names as brands have them; the first that is there is the most particular. */
const BRANDS = ["Microsoft Edge", "Brave", "Opera", "Vivaldi", "Google Chrome", "Chromium"];

type Chromium = { brave?: object; userAgentData?: { brands: { brand: string }[] } };

export async function browser_name(): Promise<string> {
  return (await gecko_name()) ?? chromium_name();
}

function chromium_name(): string {
  const { brave, userAgentData } = navigator as Chromium;
  const brands = userAgentData?.brands.map(({ brand }) => brand) ?? [];
  // Brave names itself Chromium only, as pages see it, and has a name for those who ask.
  if (brave) return "Brave";
  return BRANDS.find((name) => brands.includes(name)) ?? "Browser";
}

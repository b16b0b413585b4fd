// What this browser calls itself, and the random id of this profile.

import { ext, gecko_name } from "../ext.ts";
import { remember, session } from "./session.ts";

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

/** 32 hexadecimal digits: made once, kept until the extension is removed. */
export async function profile_id(): Promise<string> {
  // A browser that could not write it down takes seconds to say so again.
  if (session.unsaved_profile) return session.unsaved_profile;
  const made = make_profile_id();
  try {
    const { profile } = await ext.storage.local.get("profile");
    if (typeof profile === "string" && /^[0-9a-f]{32}$/.test(profile)) return profile;
    await ext.storage.local.set({ profile: made });
  } catch {
    // A profile that cannot be written to is a new one for Lanyard each time the browser starts. The popup says so.
    remember({ unsaved_profile: made });
  }
  return made;
}

function make_profile_id(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

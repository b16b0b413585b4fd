// Comes into a page beside page.ts where something is to be filled: a launch opened it, the person asks for it, or it is the
// next step of that.

import { begin_flow } from "./flow.ts";
import { new_password } from "./new-password.ts";

globalThis.lanyard?.begin_filling((world) => ({
  ...begin_flow(world),
  new_password: (password) => new_password(password, world),
}));

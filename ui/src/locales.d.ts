// What ui/build.ts makes of the folder ui/locales.

declare module "#locales" {
  export const locales: Record<string, import("../locales/en.ts").Words>;
}

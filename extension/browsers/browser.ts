/** What a browser family has for itself. Another family is another file with one of these. */
export type Browser = {
  /** Folder in dist/. */
  folder: string;
  /** esbuild target: the oldest version that has all we use. */
  target: string;
  /** Its part of the manifest. */
  manifest: object;
};

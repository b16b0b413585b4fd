import { bundle, look_at_pages, read_labels } from "./pages.ts";
import type { Prediction } from "./prediction.ts";

/** What the finder says about every page of a corpus. */
export async function predict(folder: string): Promise<Prediction[]> {
  const pages = await read_labels(folder);
  const script = await bundle("in-page.ts");
  const found = await look_at_pages<Omit<Prediction, "file">>(folder, pages, script, "corpus.predict()");
  return pages.map(({ file }, index) => ({ file, ...(found[index] as Omit<Prediction, "file">) }));
}

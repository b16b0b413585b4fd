/** What a finder says about a page of a corpus, as score.py reads it. */
export type Prediction = {
  file: string;
  /** By the index among all <input> of the document. */
  fields: Record<string, "username" | "current-password" | "new-password" | "otp">;
  /** By the index among all elements of that name. */
  submit: { tag: string; tag_index: number } | null;
  /** What every form is for; score.py does not read it. */
  purposes: string[];
  ms: number;
};

// What is known of something, asked anew whenever it may have changed.

import { type Inputs, useEffect, useState } from "preact/hooks";
import { ask, toProblem } from "./companion.ts";
import { type Content, carried, type Problem, type Request, type Response, type Tags } from "./wire.ts";

/** The answer that is called `tag`. Until another is there, or why there is none, the last one stays. */
export function useView<Tag extends Tags<Response>>(
  request: Request,
  tag: Tag,
  changes: Inputs,
): { view?: Content<Response, Tag>; problem?: Problem } {
  const [result, setResult] = useState<{ view?: Content<Response, Tag>; problem?: Problem }>({});
  useEffect(() => {
    let current = true;
    ask(request)
      .then((answer) => {
        const view = carried(answer, tag);
        if (current && view) setResult({ view });
      })
      .catch((error) => current && setResult({ problem: toProblem(error) }));
    return () => {
      current = false;
    };
  }, changes);
  return result;
}

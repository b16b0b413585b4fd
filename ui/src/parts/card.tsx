// A screen that is one card in the middle: one thing, nothing beside it.

import type { ComponentChildren } from "preact";
import { Heading } from "./heading.tsx";

interface Props {
  heading: string;
  children: ComponentChildren;
  narrow?: boolean;
}

export function Card({ heading, children, narrow }: Props) {
  return (
    <div class="centre">
      <section class={narrow ? "card narrow" : "card"}>
        <Heading>{heading}</Heading>
        {children}
      </section>
    </div>
  );
}

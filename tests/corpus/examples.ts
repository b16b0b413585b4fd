// What there is to learn from a labelled page.

import { parts_of } from "../../extension/src/content/finder/decide.ts";
import {
  evidence_around,
  evidence_of_group,
  evidence_of_page,
  evidence_of_password,
  evidence_of_text,
} from "../../extension/src/content/finder/features.ts";
import type { SeenGroup, SeenPage } from "../../extension/src/content/finder/seen.ts";
import type { Doubts } from "./doubts.ts";
import { type Features, features_of, OF_PASSWORD, OF_TEXT } from "./features.ts";
import type { Example } from "./learn.ts";
import type { LabelledField, LabelledPage } from "./pages.ts";

export type PageExamples = { passwords: Example[]; texts: Example[] };

export function examples_of(page: LabelledPage, seen: SeenPage<number>, doubts: Doubts): PageExamples {
  const labels = new Map(page.fields.map((field) => [field.index, field]));
  for (const index of doubts.get(page.file) ?? []) labels.delete(index);
  const about = features_of(evidence_of_page(seen), OF_PASSWORD);
  return {
    passwords: seen.groups.flatMap((group) => passwords_of(group, about, page, labels)),
    texts: seen.groups.flatMap((group) => texts_of(group, labels)),
  };
}

type Labels = Map<number | null, LabelledField>;

function passwords_of(
  group: SeenGroup<number>,
  about: Features,
  page: LabelledPage,
  labels: Labels,
): Example[] {
  const { passwords, texts } = parts_of(group);
  const around = [
    ...features_of(evidence_of_group(group, passwords, texts), OF_PASSWORD),
    ...features_of(evidence_around(group), OF_PASSWORD),
    ...about,
  ];
  return passwords.flatMap((password) => {
    const label = labels.get(password.field);
    if (!label?.label.endsWith("-password")) return [];
    // Beside what the labeller named on a page for something else, a rule is often wrong.
    const is_sure = label.explicit || label.raw === "implied-strong" || page.kind === "login";
    return {
      features: [...features_of(evidence_of_password(password, passwords), OF_PASSWORD), ...around],
      is_so: label.label === "new-password",
      weight: is_sure ? 1 : 0.5,
    };
  });
}

/** Only where the labeller named the user name beside a password. */
function texts_of(group: SeenGroup<number>, labels: Labels): Example[] {
  const { passwords, texts } = parts_of(group);
  const password = passwords.find(({ field }) => labels.get(field)?.label === "current-password");
  const typed = texts.filter(({ type }) => type !== "select-one");
  const is_username = ({ field }: { field: number }) => /username|email/.test(labels.get(field)?.label ?? "");
  if (!password || !typed.some(is_username)) return [];
  return typed.map((text) => ({
    features: features_of(evidence_of_text(text, typed, group.fields, password), OF_TEXT),
    is_so: is_username(text),
    weight: 1,
  }));
}

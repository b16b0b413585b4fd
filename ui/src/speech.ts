// The language that is spoken, for every part of the window.

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { locales } from "#locales";
import { words as english, type Words } from "../locales/en.ts";
import { type Format, makeFormat } from "./format.ts";
import { chooseLanguage, chooseRegion, toSentence, translate } from "./language.ts";

export interface Speech {
  language: string;
  words: Words;
  format: Format;
  /** A sentence of the companion in this language, with a capital and a full stop. */
  tell: (sentence: string) => string;
  /** The same without these. */
  translate: (text: string) => string;
}

/** Languages that can be chosen, with what their speakers call them. */
export const LANGUAGES: [tag: string, name: string][] = Object.entries(locales).map(([tag, words]) => [
  tag,
  words.language,
]);

export function makeSpeech(chosen: string | null, system: readonly string[]): Speech {
  const language = chooseLanguage(chosen, system, Object.keys(locales));
  const words = locales[language] ?? english;
  const translated = (text: string) => translate(text, words.sentences);
  return {
    language,
    words,
    format: makeFormat(chooseRegion(language, system)),
    tell: (sentence) => toSentence(translated(sentence)),
    translate: translated,
  };
}

export const SpeechContext = createContext<Speech>(makeSpeech(null, navigator.languages));

export function useSpeech(): Speech {
  return useContext(SpeechContext);
}

export function useWords(): Words {
  return useSpeech().words;
}

// The one file that speaks to the companion, through the window's two commands.
//
// Replies and events come over one channel, in order: a state that follows a reply is never overtaken by it.

import { Channel, invoke } from "@tauri-apps/api/core";
import type { Event, Message, Outcome, Problem, Request, Response } from "./wire.ts";

const waiting = new Map<number, (result: Outcome<Response>) => void>();

// Ids of a page that was loaded before this one are not met again.
let lastId = (crypto.getRandomValues(new Uint16Array(1))[0] ?? 0) * 0x8000;

/** What is told without being asked for, and the welcome, which must keep its place among it. */
export type Told = Event | Extract<Response, { welcome: unknown }>;

/** Asks the companion. Rejects with a `Problem`. Only after `listen`. */
export async function ask(request: Request): Promise<Response> {
  const id = ++lastId;
  const outcome = new Promise<Outcome<Response>>((settle) => {
    waiting.set(id, settle);
  });
  try {
    await invoke("request", { envelope: { id, request } });
  } catch (error) {
    waiting.delete(id);
    throw toProblem(error);
  }
  const result = await outcome;
  if ("problem" in result) throw result.problem;
  return result.ok;
}

/** Hands what the companion tells to `listener` from here on. */
export async function listen(listener: (told: Told) => void): Promise<void> {
  const messages = new Channel<Message<Response, Event>>((message) => {
    if ("event" in message) return listener(message.event);
    const { id, result } = message.reply;
    if ("ok" in result && "welcome" in result.ok) listener(result.ok);
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  await invoke("subscribe", { messages });
}

/** Whatever was thrown, as something that can be shown. */
export function toProblem(error: unknown): Problem {
  if (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    "message" in error &&
    "hint" in error
  ) {
    return error as Problem;
  }
  return { code: "internal", message: "the window made a mistake", hint: "close it and open Lanyard again" };
}

// Why a channel does not come about, or ends, by what is done next. It says nothing of what was sent.

export type ChannelProblem =
  /** The versions and the origin do not fit into a prologue. */
  | "prologue"
  /** A message is longer or shorter than its place allows. It was not parsed. */
  | "length"
  /** It was altered, repeated, lost, reordered, or is of another channel. */
  | "not_ours"
  /** The other side does not keep to the protocol. */
  | "malformed"
  /** A whole message is longer than may be sent in its direction. */
  | "too_long"
  /** The companion revealed another number than it had committed to: somebody is in between. */
  | "commitment"
  /** Another companion answers than the pinned one. */
  | "other_key"
  /** Two have our key. */
  | "cloned"
  /** The companion does not know this extension, and is not pairing: forget it and pair. */
  | "not_paired"
  /** The channel ended earlier, or a step of it was taken twice. */
  | "ended";

export class ChannelError extends Error {
  readonly problem: ChannelProblem;

  constructor(problem: ChannelProblem) {
    super(`the channel ended: ${problem}`);
    this.name = "ChannelError";
    this.problem = problem;
  }
}

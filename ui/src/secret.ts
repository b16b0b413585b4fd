// A secret that is shown: in which pieces, and for how long. Pure.

/** How long a password, notes or former passwords stay on the screen, in milliseconds. */
export const SHOWN_FOR = 30_000;

/** One-time codes are read while they are typed elsewhere, so they stay longer and through a change of windows. */
export const CODES_SHOWN_FOR = 120_000;

export interface Piece {
  is: "letter" | "digit" | "symbol";
  text: string;
}

/** Letters, digits and symbols apart, so that `l` and `1` are told apart by more than their shape. */
export function piecesOf(secret: string): Piece[] {
  const pieces: Piece[] = [];
  for (const character of secret) {
    const is = /\p{L}/u.test(character) ? "letter" : /\p{N}/u.test(character) ? "digit" : "symbol";
    const last = pieces[pieces.length - 1];
    if (last?.is === is) last.text += character;
    else pieces.push({ is, text: character });
  }
  return pieces;
}

/** A code in groups that can be kept in mind: `123456` becomes `123 456`. */
export function groupCode(code: string): string {
  const half = Math.ceil(code.length / 2);
  return code.length < 6 ? code : `${code.slice(0, half)} ${code.slice(half)}`;
}

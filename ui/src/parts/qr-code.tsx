// A QR code, drawn as one path.

import { encode } from "uqr";
import { useWords } from "../speech.ts";

/** Light modules around the code, as the standard asks for (ISO/IEC 18004, 6.3.8). */
const QUIET_ZONE = 4;

export function QrCode({ children }: { children: string }) {
  const words = useWords();
  const { size, data } = encode(children, { border: QUIET_ZONE });
  const modules = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")));
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={words.signIn.qr(children)}>
      <rect width={size} height={size} fill="#fff" />
      <path d={modules.join("")} fill="#1c1c1a" shape-rendering="crispEdges" />
    </svg>
  );
}

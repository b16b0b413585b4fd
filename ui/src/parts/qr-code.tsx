// A QR code, drawn as one path.

import { encode } from "uqr";
import { strings } from "../strings.ts";

/** Light modules around the code, as the standard asks for (ISO/IEC 18004, 6.3.8). */
const QUIET_ZONE = 4;

export function QrCode({ children }: { children: string }) {
  const { size, data } = encode(children, { border: QUIET_ZONE });
  const modules = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")));
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={strings.signIn.qr(children)}>
      <rect width={size} height={size} fill="#fff" />
      <path d={modules.join("")} fill="#1c1c1a" shape-rendering="crispEdges" />
    </svg>
  );
}

// Addresses as people read and type them. Pure.

export interface AddressParts {
  before: string;
  host: string;
  after: string;
}

/** An address in three parts, so that the host can be shown strongest. Together they are the address, unchanged. */
export function splitAddress(address: string): AddressParts {
  const match = address.match(/^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)(.*)$/isu);
  if (!match) return { before: "", host: address, after: "" };
  return { before: match[1] ?? "", host: match[2] ?? "", after: match[3] ?? "" };
}

/** Host of an address, with its port where it has one. */
export function hostOf(address: string): string {
  return splitAddress(address).host;
}

/** What a person typed as an address: without surrounding spaces, `https` where no scheme was given. */
export function completeAddress(typed: string): string {
  const address = typed.trim();
  return address === "" || /^[a-z][a-z0-9+.-]*:\/\//iu.test(address) ? address : `https://${address}`;
}

/** Whether an address stays on this computer. */
export function isLoopback(address: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/iu.test(hostOf(address));
}

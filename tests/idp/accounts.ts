// The one employee of Acme who signs in here.

const alice = {
  sub: "alice",
  password: "wonderland",
  name: "Alice Meyer",
  email: "alice@acme.example",
  email_verified: true,
};

export function passwordFits(user: string, password: string): string | undefined {
  return user === alice.sub && password === alice.password ? alice.sub : undefined;
}

export async function findAccount(_: unknown, sub: string) {
  if (sub !== alice.sub) return undefined;
  const { password: _password, ...claims } = alice;
  return { accountId: sub, claims: async () => claims };
}

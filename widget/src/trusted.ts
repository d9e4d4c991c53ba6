/** Pages that require Trusted Types want the two texts we give to the browser as code or as a document to say where they come from. */

interface Trusting {
  createPolicy(
    name: string,
    rules: Record<"createHTML" | "createScriptURL", (text: string) => string>,
  ): Record<"createHTML" | "createScriptURL", (text: string) => unknown>;
}

type Name = "quebec-ville-etudes" | "quebec-ville-etudes-page";

const policies = new Map<Name, ReturnType<Trusting["createPolicy"]>>();

/** What our own server gave: the address of `chat.js`, or a page to print. */
export function trusting(name: Name, text: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: Trusting };
  if (!trustedTypes) return text;
  const asIs = (given: string): string => given;
  const policy = policies.get(name) ?? trustedTypes.createPolicy(name, { createHTML: asIs, createScriptURL: asIs });
  policies.set(name, policy);
  const trusted = name === "quebec-ville-etudes" ? policy.createScriptURL(text) : policy.createHTML(text);
  return trusted as string;
}

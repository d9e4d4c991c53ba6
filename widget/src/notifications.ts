/** Whether this browser is told of an adviser's answer in this conversation: only once the person has said so here. */
import type { Keepsake, Session } from "./keepsake";
import type { PushBrowser } from "./push-browser";
import type { Requests } from "./requests";

export type Asked = "on" | "off" | "blocked" | "failed";

export class Notifications {
  constructor(
    private readonly requests: Requests,
    private readonly keepsake: Keepsake,
    private readonly browser: PushBrowser | null,
    private readonly newId: () => string,
  ) {}

  get possible(): boolean {
    return this.browser !== null;
  }

  /** The person asks, by a click. */
  async ask(session: Session): Promise<Asked> {
    const allowed = (await this.browser?.allowed(true)) ?? "no";
    if (allowed !== "yes") return allowed === "no" ? "blocked" : "off";
    return this.#subscribe(session, this.newId());
  }

  async stop(session: Session | null): Promise<void> {
    const device = this.keepsake.device();
    this.keepsake.keepDevice(null);
    if (session && device?.conversation === session.id) await this.requests.stopNotifying(session.token, device.id);
    await this.browser?.unsubscribe().catch(() => {});
  }

  /** What was asked before still holds, for this conversation and no other; a browser may have changed its address meanwhile. */
  async settle(session: Session): Promise<Asked> {
    const device = this.keepsake.device();
    if (!device || !this.browser) return "off";
    const ours = device.conversation === session.id && (await this.browser.allowed(false)) === "yes";
    if (ours) return this.#subscribe(session, device.id);
    await this.stop(session);
    return "off";
  }

  async #subscribe(session: Session, id: string): Promise<Asked> {
    const offer = await this.requests.notificationKey(session.token);
    if (!this.browser || !offer.ok || !offer.value) return "failed";
    try {
      const subscription = await this.browser.subscribe(offer.value);
      const answer = await this.requests.notify(session.token, id, subscription);
      if (!answer.ok) return "failed";
    } catch {
      return "failed"; // the browser's push service does not answer, or is none
    }
    this.keepsake.keepDevice({ conversation: session.id, id });
    return "on";
  }
}

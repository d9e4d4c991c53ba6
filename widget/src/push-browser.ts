/** What this browser can do to be told of something while nobody looks: push, on our own page whose worker shows it. */

export interface PushBrowser {
  /** Whether a notification may be shown; only the first line of an answer to a click may ask. */
  allowed(ask: boolean): Promise<"yes" | "no" | "not said">;
  /** The subscription as the server wants it, made if there is none. */
  subscribe(key: string): Promise<object>;
  unsubscribe(): Promise<void>;
}

const PATIENCE_MS = 10_000;

/** Null where there is no push: an old browser, or an iPhone on which the page is not kept as an application. */
export function pushBrowser(): PushBrowser | null {
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return null;
  return {
    async allowed(ask) {
      const said = ask ? await Notification.requestPermission() : Notification.permission;
      return said === "granted" ? "yes" : said === "denied" ? "no" : "not said";
    },
    async subscribe(key) {
      const manager = (await worker()).pushManager;
      const options = { userVisibleOnly: true, applicationServerKey: bytes(key) };
      const subscription = await manager.subscribe(options).catch(async () => {
        await (await manager.getSubscription())?.unsubscribe(); // made for a key that the service has changed
        return manager.subscribe(options);
      });
      return subscription.toJSON();
    },
    async unsubscribe() {
      const registration = await navigator.serviceWorker.getRegistration();
      await (await registration?.pushManager.getSubscription())?.unsubscribe();
    },
  };
}

/** The page registers its worker by itself; where that failed, it is never ready. */
function worker(): Promise<ServiceWorkerRegistration> {
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("no worker")), PATIENCE_MS));
  return Promise.race([navigator.serviceWorker.ready, late]);
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const letters = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

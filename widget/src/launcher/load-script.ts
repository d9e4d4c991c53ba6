import { CHAT_READY, type MountChat } from "../page-api";
import { trusting } from "../trusted";

/** A classic script, not `import()`: it needs no CORS for files, and a nonce is passed on. */
export function loadChat(src: string, nonce: string): Promise<MountChat> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.addEventListener(CHAT_READY, (event) => resolve((event as CustomEvent<MountChat>).detail), { once: true });
    script.addEventListener("load", () => script.remove());
    script.addEventListener("error", () => {
      script.remove();
      reject(new Error(`could not load ${src}`));
    });
    if (nonce) script.nonce = nonce;
    script.async = true;
    script.src = trusting("quebec-ville-etudes", src);
    document.head.append(script);
  });
}

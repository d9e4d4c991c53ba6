import { css } from "lit";

/** What comes up over the window and asks something, before anything else can be done. */
export const sheet = css`
  :host {
    position: absolute;
    inset: 0;
    z-index: 3;
    display: grid;
    place-items: end stretch;
    background: rgb(6 16 38 / 0.55);
  }
  .sheet {
    max-height: 100%;
    overflow: auto;
    padding: 1.3em 1.2em 1.2em;
    background: var(--qve-surface);
    border-radius: var(--qve-radius) var(--qve-radius) 0 0;
    border-top: 1px solid var(--qve-line);
  }
  h3 {
    font-size: 1.1em;
    line-height: 1.3;
    margin-bottom: 0.4em;
  }
  p {
    color: var(--qve-text-soft);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6em;
    margin-top: 1.1em;
    padding: 0;
    border: 0;
  }
  button {
    flex: 1 1 8em;
    min-height: 2.75em;
  }
`;

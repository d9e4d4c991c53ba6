import { css } from "lit";

/** Shared by every element: reset, focus, buttons. Colours come from the host element (see launcher/styles.ts). */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button,
  textarea {
    font: inherit;
    letter-spacing: inherit;
    color: inherit;
    margin: 0;
  }
  button {
    cursor: pointer;
    background: none;
    border: 1px solid transparent;
    border-radius: 0.6em;
    padding: 0.35em 0.7em;
    min-height: 2em;
    min-width: 2em;
  }
  :focus-visible {
    outline: 3px solid var(--qve-focus, var(--qve-accent));
    outline-offset: 2px;
  }
  a {
    color: var(--qve-primary);
    text-underline-offset: 0.15em;
  }
  li > a,
  .go {
    display: inline-block;
    min-height: 24px;
  }
  p,
  ol,
  ul,
  h2,
  h3 {
    margin: 0;
  }
  svg {
    width: 1.35em;
    height: 1.35em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  [hidden] {
    display: none !important;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .link {
    border: 0;
    padding: 0.2em 0.3em;
    color: var(--qve-primary);
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .filled {
    background: var(--qve-primary);
    color: var(--qve-on-primary);
    font-weight: 600;
  }
  .filled:hover {
    background: var(--qve-primary-strong);
  }
  .plain {
    border-color: var(--qve-line-strong);
  }
  .plain:hover {
    background: var(--qve-surface-soft);
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
  @media (forced-colors: active) {
    button {
      border-color: ButtonText;
    }
  }
`;

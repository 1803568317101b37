import { css } from 'lit'

/** What every component starts from. Tokens come through as custom properties; rules do not, so they are shared here. */
export const shared = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3 {
    margin: 0;
    font-family: var(--display);
    font-weight: 700;
    letter-spacing: -0.025em;
    line-height: 1.05;
    text-wrap: balance;
    overflow-wrap: break-word;
  }
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul[role='list'],
  ol[role='list'] {
    list-style: none;
  }
  a {
    color: inherit;
    text-decoration-thickness: var(--line);
    text-underline-offset: 0.28em;
  }
  a:hover {
    text-decoration-thickness: 3px;
  }
  :focus-visible {
    outline: 3px solid var(--focus);
    outline-offset: 3px;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  summary {
    cursor: pointer;
    min-height: 44px;
    display: list-item;
    padding-block: 10px;
    width: fit-content;
    text-decoration: underline;
    text-decoration-thickness: var(--line);
    text-underline-offset: 0.28em;
  }
  .soft {
    color: var(--soft);
  }
  .pill {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-height: 44px;
    padding: 8px 20px;
    border: var(--line) solid currentColor;
    border-radius: 999px;
    background: transparent;
    color: var(--ink);
    font: 600 1rem/1.2 var(--display);
    text-align: center;
    text-decoration: none;
    cursor: pointer;
  }
  .pill.full {
    background: var(--ink);
    border-color: var(--ink);
    color: var(--paper);
  }
  .pill:hover:not(:disabled) {
    text-decoration: underline;
    text-underline-offset: 0.28em;
    text-decoration-thickness: var(--line);
  }
  .pill:disabled {
    opacity: 0.45;
    cursor: default;
  }
`

/** Sets the ink of a track on any element that names one. */
export const trackInks = css`
  [data-track] {
    --track: var(--ink);
    --track-surface: var(--ink);
    --track-tint: var(--paper);
  }
  [data-track='public-ai'] {
    --track: var(--public-ai);
    --track-surface: var(--public-ai-surface);
    --track-tint: var(--public-ai-tint);
  }
  [data-track='next-socials'] {
    --track: var(--next-socials);
    --track-surface: var(--next-socials-surface);
    --track-tint: var(--next-socials-tint);
  }
  [data-track='digital-autonomy'] {
    --track: var(--digital-autonomy);
    --track-surface: var(--digital-autonomy-surface);
    --track-tint: var(--digital-autonomy-tint);
  }
  [data-track='decentralised-web'] {
    --track: var(--decentralised-web);
    --track-surface: var(--decentralised-web-surface);
    --track-tint: var(--decentralised-web-tint);
  }
`

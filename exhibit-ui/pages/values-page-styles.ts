import { css } from 'lit'

export const valuesPageStyles = css`
  :host {
    padding: clamp(20px, 3vw, 40px) var(--edge) 0;
  }
  h1 {
    font-size: clamp(2.75rem, 9vw, 7rem);
    font-weight: 750;
    letter-spacing: -0.045em;
    line-height: 0.9;
    margin-left: -0.03em;
    hyphens: auto;
  }
  .intro {
    max-width: 38rem;
    margin-top: 24px;
    font-size: 1.1875rem;
    text-wrap: pretty;
  }
  .source {
    max-width: 38rem;
    margin-top: 10px;
  }
  .summary {
    display: grid;
    justify-items: start;
    gap: 8px;
    max-width: 38rem;
    min-height: 9rem;
    margin-top: 24px;
  }
  .summary .good,
  .summary .bad {
    padding-left: 12px;
    border-left: 6px solid var(--digital-autonomy-surface);
    font: 650 1.1875rem/1.4 var(--display);
  }
  .summary .bad {
    border-color: var(--public-ai-surface);
  }
  section {
    margin-top: clamp(32px, 4vw, 56px);
    padding-top: 18px;
    border-top: var(--hairline);
  }
  h2 {
    font-size: clamp(1.75rem, 3.4vw, 2.5rem);
    letter-spacing: -0.03em;
  }
  .statements {
    margin-top: 12px;
  }
  article {
    display: grid;
    justify-items: start;
    gap: 8px 20px;
    padding: 16px 0;
    border-top: var(--faint);
  }
  article:first-child {
    border-top: 0;
  }
  h3 {
    font-size: 1.25rem;
    line-height: 1.25;
    letter-spacing: -0.015em;
  }
  .answer {
    align-self: start;
    padding: 2px 12px;
    border: var(--line) solid currentColor;
    border-radius: 999px;
    font: 650 0.9375rem/1.5 var(--display);
  }
  .yes {
    color: var(--digital-autonomy);
  }
  .no {
    color: var(--public-ai);
  }
  .text {
    display: grid;
    gap: 8px;
    max-width: 40rem;
    text-wrap: pretty;
  }
  .state {
    font-weight: 650;
  }
  .state.good {
    color: var(--digital-autonomy);
  }
  .state.bad,
  li.bad {
    color: var(--public-ai);
  }
  [data-state='bad'] {
    padding-left: 14px;
    border-left: 6px solid var(--public-ai-surface);
  }
  .state.unchecked,
  .state.unknown {
    color: var(--soft);
    font-weight: 400;
  }
  ul {
    display: grid;
    gap: 4px;
    padding-left: 1.2em;
    color: var(--soft);
    overflow-wrap: anywhere;
  }
  .after {
    margin-top: 32px;
  }
  .after a {
    display: inline-flex;
    align-items: center;
    min-height: 44px;
  }
  @media (min-width: 600px) {
    article {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .text {
      grid-column: 1 / -1;
    }
  }
  @media (min-width: 900px) {
    section {
      display: grid;
      grid-template-columns: repeat(12, minmax(0, 1fr));
    }
    h2 {
      grid-column: 1 / span 4;
    }
    .statements {
      grid-column: 5 / -1;
      margin-top: 0;
    }
  }
`

import { css } from 'lit'

export const decisionsPageStyles = css`
  :host {
    padding: clamp(20px, 3vw, 40px) var(--edge) 0;
  }
  h1 {
    font-size: clamp(2.75rem, 9vw, 7rem);
    font-weight: 750;
    letter-spacing: -0.045em;
    line-height: 0.9;
    margin-left: -0.03em;
  }
  .intro {
    max-width: 38rem;
    margin-top: 24px;
    font-size: 1.1875rem;
    text-wrap: pretty;
  }
  .order {
    max-width: 38rem;
    margin-top: 10px;
    text-wrap: pretty;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 24px;
  }
  .choices .pill {
    padding-inline: 16px;
  }
  .choices .full {
    color: var(--paper);
  }
  ol {
    margin-top: 28px;
    border-top: var(--hairline);
  }
  li {
    display: grid;
    gap: 4px 32px;
    padding: 16px 0;
    border-bottom: var(--faint);
  }
  .kind {
    font: 700 1.0625rem/1.4 var(--display);
  }
  .said {
    display: grid;
    gap: 4px;
    max-width: 38rem;
    overflow-wrap: anywhere;
  }
  .said a {
    display: inline-flex;
    align-items: center;
    min-height: 32px;
  }
  .work {
    font-weight: 650;
  }
  .reason {
    padding-left: 12px;
    border-left: 3px solid currentColor;
  }
  .void {
    color: var(--public-ai);
  }
  .failed,
  .waiting,
  .more {
    margin-top: 24px;
  }
  @media (min-width: 760px) {
    li {
      grid-template-columns: 11rem minmax(0, 1fr);
    }
  }
`

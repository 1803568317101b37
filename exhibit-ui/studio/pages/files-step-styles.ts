import { css } from 'lit'

export const filesStepStyles = css`
  .step {
    display: grid;
    gap: 28px;
  }
  .drop {
    display: grid;
    gap: 14px;
    justify-items: start;
    padding: 24px;
    border: var(--line) dashed var(--ink);
  }
  .drop.over {
    background: color-mix(in srgb, var(--sun) 30%, var(--paper));
  }
  .drop .where {
    font: 700 1.375rem/1.2 var(--display);
    letter-spacing: -0.02em;
  }
  @media (pointer: coarse) {
    .drop .where,
    .folder {
      display: none;
    }
  }
  .files li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto;
    align-items: center;
    gap: 4px 20px;
    padding: 4px 0;
    border-bottom: var(--faint);
  }
  .files .path {
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .files .size {
    white-space: nowrap;
  }
`

import { css } from 'lit'

/** The identity, denser: what every part of the technicians' page has. */
export const techStyles = css`
  h2 {
    padding: 22px 0 10px;
    font-size: 1.25rem;
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 7px 16px 7px 0;
    text-align: left;
    vertical-align: baseline;
    border-top: var(--faint);
  }
  thead th {
    border-top: 0;
    color: var(--soft);
    font-weight: 400;
    white-space: nowrap;
  }
  tbody th {
    font: 650 1rem/1.3 var(--display);
  }
  .bad {
    color: var(--public-ai);
    font-weight: 700;
  }
  input,
  select {
    min-height: 44px;
    max-width: 100%;
    padding: 8px 12px;
    border: var(--line) solid var(--ink);
    border-radius: 0;
    background: var(--paper);
    color: var(--ink);
    font: inherit;
  }
  label {
    display: grid;
    gap: 4px;
  }
`

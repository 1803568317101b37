import { css } from 'lit'

/** Forms and rows of the studio: hairlines, round controls, labels that stay in sight. */
export const studioStyles = css`
  .column {
    display: grid;
    gap: 28px;
    max-width: 46rem;
    padding: 28px var(--edge) 56px;
  }
  h1 {
    font-size: clamp(2.1rem, 1.5rem + 2.6vw, 3.25rem);
  }
  h2 {
    font-size: 1.5rem;
  }
  h3 {
    font-size: 1.125rem;
    letter-spacing: -0.01em;
  }
  .lead {
    font-size: 1.125rem;
    max-width: 38rem;
  }
  .field {
    display: grid;
    gap: 6px;
    align-content: start;
    min-width: 0;
  }
  .field > label,
  .label,
  legend {
    font-weight: 600;
    padding: 0;
  }
  fieldset {
    display: grid;
    gap: 12px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-bottom: 8px;
  }
  .hint,
  .soft {
    color: var(--soft);
  }
  .hint {
    max-width: 38rem;
    font-size: 0.9375rem;
    line-height: 1.4;
  }
  .pair {
    display: grid;
    gap: 14px 20px;
  }
  @media (min-width: 700px) {
    .pair {
      grid-template-columns: 1fr 1fr;
    }
  }
  .pair label {
    font-weight: 400;
    color: var(--soft);
    font-size: 0.9375rem;
  }
  input:not([type='checkbox'], [type='radio'], [type='range'], [type='file']),
  textarea,
  select {
    width: 100%;
    min-height: 48px;
    padding: 10px 12px;
    border: var(--line) solid var(--ink);
    border-radius: 0;
    background: var(--paper);
    color: var(--ink);
    /* At least 16 px, or a phone zooms in on every field. */
    font: 400 1rem/1.4 var(--text);
  }
  textarea {
    min-height: 7.5rem;
    resize: vertical;
  }
  textarea.low {
    min-height: 5rem;
  }
  input[type='range'] {
    width: 100%;
    min-height: 44px;
    accent-color: var(--ink);
  }
  .check {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 2px 12px;
    align-items: center;
    min-height: 44px;
  }
  .check input {
    width: 24px;
    height: 24px;
    margin: 0;
    accent-color: var(--ink);
  }
  .check .hint {
    grid-column: 2;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
    align-items: center;
  }
  .actions .pill.full {
    min-height: 52px;
    padding-inline: 28px;
    font-size: 1.125rem;
  }
  .wrong {
    display: grid;
    gap: 4px;
    padding: 12px 16px;
    border-left: 4px solid var(--public-ai);
    background: var(--public-ai-tint);
    overflow-wrap: anywhere;
  }
  .note {
    padding: 12px 16px;
    border-left: 4px solid var(--sun);
    background: color-mix(in srgb, var(--sun) 16%, var(--paper));
  }
  .rows {
    display: grid;
    border-top: var(--hairline);
  }
  .rows > li {
    padding: 14px 0;
    border-bottom: var(--hairline);
    min-width: 0;
  }
  .mono {
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.04em;
  }
  progress {
    display: block;
    width: 100%;
    height: 14px;
    border: var(--line) solid var(--ink);
    border-radius: 0;
    background: var(--paper);
    appearance: none;
  }
  progress::-webkit-progress-bar {
    background: var(--paper);
  }
  progress::-webkit-progress-value {
    background: var(--ink);
  }
  progress::-moz-progress-bar {
    background: var(--ink);
  }
  section,
  .top-words {
    display: grid;
    gap: 10px;
    min-width: 0;
    justify-items: start;
  }
  section > ul,
  section > dl {
    justify-self: stretch;
    margin-top: 6px;
  }
  /* A control that is a file's, under a button that looks like the others. */
  .pick {
    position: relative;
    overflow: hidden;
  }
  .pick input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    opacity: 0;
    cursor: pointer;
  }
  .pick:focus-within {
    outline: 3px solid var(--focus);
    outline-offset: 3px;
  }
  .quiet {
    min-height: 44px;
    padding: 4px 0;
    border: 0;
    background: none;
    color: var(--ink);
    font: inherit;
    text-align: left;
    text-decoration: underline;
    text-decoration-thickness: var(--line);
    text-underline-offset: 0.28em;
    cursor: pointer;
  }
`

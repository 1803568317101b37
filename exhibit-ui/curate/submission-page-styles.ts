import { css } from 'lit'

export const submissionPageStyles = css`
  .back {
    display: inline-flex;
    align-items: center;
    min-height: 44px;
  }
  h1 {
    font-size: clamp(2.25rem, 6vw, 4rem);
    letter-spacing: -0.035em;
    margin-block: 8px 12px;
  }
  h2 {
    font-size: 1.5rem;
    margin-bottom: 10px;
  }
  .versions {
    margin-top: 16px;
    max-width: 20rem;
  }
  select {
    min-height: 48px;
    padding: 8px 12px;
    border: var(--hairline);
    border-radius: 0;
    background: var(--paper);
    color: var(--ink);
    font: inherit;
  }
  .art {
    --wall: min(70svh, 720px);
    margin: 20px calc(var(--edge) * -1) 0;
    border-block: var(--hairline);
    background: var(--track-tint);
  }
  .closed {
    display: grid;
    justify-items: center;
    gap: 14px;
    padding: 56px var(--edge);
    text-align: center;
  }
  .columns {
    display: grid;
    gap: 40px;
    margin-top: 32px;
  }
  .facts {
    display: grid;
    align-content: start;
    gap: 14px;
    max-width: 36rem;
  }
  .facts h2 {
    margin: 12px 0 0;
  }
  .facts h2:first-child {
    margin-top: 0;
  }
  .statement {
    display: grid;
    gap: 0.8em;
    text-wrap: pretty;
  }
  dl {
    display: grid;
    gap: 12px;
  }
  dt {
    color: var(--soft);
  }
  dd {
    overflow-wrap: anywhere;
  }
  li {
    padding-block: 10px;
    border-top: var(--faint);
  }
  li a {
    display: inline-flex;
    align-items: center;
    min-height: 44px;
  }
  li .name {
    overflow-wrap: anywhere;
  }
  .outcome {
    margin-bottom: 20px;
  }
  @media (min-width: 900px) {
    .columns {
      grid-template-columns: minmax(0, 6fr) minmax(0, 5fr);
    }
  }
`

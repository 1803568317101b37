import { css } from 'lit'

export const workPageStyles = css`
  .waiting {
    min-height: 90vh;
  }
  .padded {
    padding-inline: var(--edge);
  }
  .art {
    --wall: calc(100svh - 150px);
    border-bottom: var(--hairline);
    background: var(--track-tint);
  }
  /* A phone on its side: the header is one line, and the work has the rest. */
  @media (min-width: 560px) and (max-height: 480px) {
    .art {
      --wall: calc(100svh - 62px);
    }
  }
  .still {
    padding: 14px var(--edge);
    border-top: var(--hairline);
    background: var(--paper);
  }
  .label {
    padding: 24px var(--edge) 0;
  }
  .neighbours {
    display: grid;
    margin-top: 48px;
    border-top: var(--hairline);
  }
  .neighbours a {
    display: grid;
    gap: 2px;
    padding: 18px var(--edge);
    text-decoration: none;
  }
  .neighbours a + a {
    border-top: var(--hairline);
  }
  .neighbours .title {
    font: 700 1.5rem/1.1 var(--display);
    letter-spacing: -0.02em;
  }
  .neighbours a:hover .title {
    text-decoration: underline;
    text-decoration-thickness: 2px;
    text-underline-offset: 0.14em;
  }
  .neighbours a:focus-visible {
    outline-offset: -5px;
  }
  @media (min-width: 700px) {
    .neighbours {
      grid-template-columns: 1fr 1fr;
    }
    .neighbours a {
      padding-block: 26px;
    }
    .neighbours .next {
      grid-column: 2;
      text-align: right;
    }
    .neighbours a + a {
      border-top: 0;
      border-left: var(--hairline);
    }
  }
  @media (min-width: 1000px) {
    .split {
      display: grid;
      grid-template-columns: minmax(0, 7fr) minmax(0, 5fr);
    }
    .split .art {
      --wall: calc(100svh - 62px);
      /* Under a bar of controls the paper goes on, however long the label is. */
      --below: 0 100vmax 0 100vmax var(--paper);
      position: relative;
      overflow: clip;
      border-bottom: 0;
      border-right: var(--hairline);
    }
    /* The work stays in sight while one reads on. A text is read itself. */
    .split .art.stays > * {
      position: sticky;
      top: 0;
    }
    .split .label {
      padding: clamp(32px, 4vw, 56px) var(--edge) 56px 48px;
    }
    .split + .neighbours {
      margin-top: 0;
    }
  }
`

import { css } from 'lit'

export const pdfViewerStyles = css`
  .desk {
    display: grid;
    justify-items: center;
    align-items: start;
    height: calc(var(--wall) - 70px);
    min-height: 320px;
    overflow: auto;
    padding: clamp(12px, 2vw, 32px);
    background: var(--track-tint);
  }
  .desk:focus-visible {
    outline-offset: -5px;
  }
  .sheet {
    position: relative;
    width: var(--sheet, 100%);
    aspect-ratio: var(--ratio, 0.7071);
    background: #fff;
  }
  .sheet.waiting canvas {
    opacity: 0;
  }
  canvas {
    display: block;
    width: 100%;
    height: 100%;
  }
  /* Where the words of a page lie over its picture: unseen, and there to be selected and read out. */
  .words {
    --min-font-size: 1;
    --text-scale-factor: calc(var(--total-scale-factor) * var(--min-font-size));
    --min-font-size-inv: calc(1 / var(--min-font-size));
    position: absolute;
    inset: 0;
    overflow: clip;
    line-height: 1;
    text-align: initial;
    text-size-adjust: none;
    -webkit-text-size-adjust: none;
    forced-color-adjust: none;
    transform-origin: 0 0;
  }
  .words :is(span, br) {
    position: absolute;
    color: transparent;
    white-space: pre;
    cursor: text;
    transform-origin: 0 0;
  }
  .words > :not(.markedContent),
  .words .markedContent span:not(.markedContent) {
    --font-height: 0;
    --scale-x: 1;
    --rotate: 0deg;
    font-size: calc(var(--text-scale-factor) * var(--font-height));
    transform: rotate(var(--rotate)) scaleX(var(--scale-x)) scale(var(--min-font-size-inv));
  }
  .words .markedContent {
    display: contents;
  }
  .words ::selection {
    background: rgb(36 64 216 / 0.3);
  }
  input {
    width: 4.5rem;
    min-height: 44px;
    padding: 4px 10px;
    border: var(--line) solid var(--ink);
    border-radius: 999px;
    background: var(--paper);
    color: var(--ink);
    font: 500 1rem/1.2 var(--text);
    text-align: center;
  }
  .at {
    display: flex;
    align-items: center;
    gap: 8px;
    font-variant-numeric: tabular-nums;
  }
  /* All in one line at 320 pixels. */
  @media (max-width: 399.98px) {
    .bar {
      padding-inline: 8px;
    }
    .at {
      gap: 4px;
    }
    input {
      width: 3.5rem;
      padding-inline: 4px;
    }
  }
  @media (max-width: 999.98px) {
    .desk {
      height: min(calc(var(--wall) - 130px), 150vw);
    }
    /* A whole page moves with the rest, as everything else does under a finger. */
    .desk.whole {
      height: auto;
      min-height: 0;
    }
  }
`

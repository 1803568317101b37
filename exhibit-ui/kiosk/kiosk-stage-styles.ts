import { css } from 'lit'

export const kioskStageStyles = css`
  :host {
    position: relative;
    display: grid;
    min-width: 0;
    min-height: 0;
    overflow: hidden;
  }
  img,
  video,
  iframe {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    border: 0;
  }
  img,
  video {
    object-fit: contain;
    background: var(--track-tint);
  }
  video {
    background: #0b0a08;
  }
  video[hidden] {
    display: none;
  }
  iframe {
    background: #fff;
    color-scheme: normal;
  }
  work-picture {
    position: absolute;
    inset: 0;
  }
  .viewer {
    --wall: 100cqh;
    position: absolute;
    inset: 0;
    overflow: auto;
    overscroll-behavior: contain;
    container-type: size;
    background: var(--paper);
  }
  .start {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: end center;
    padding: 6vmin;
    border: 0;
    background: transparent;
    cursor: pointer;
  }
  .start span {
    padding: 0.8em 1.6em;
    border-radius: 999px;
    background: var(--ink);
    color: var(--paper);
    font: 650 1.35rem/1.2 var(--display);
  }
  .start:focus-visible {
    outline-offset: -6px;
  }
`

import { css } from 'lit'

/** The bar of controls under a viewer. */
export const viewerBar = css`
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 12px var(--edge);
    border-top: var(--hairline);
    background: var(--paper);
    box-shadow: var(--below, none);
  }
  .bar .pill {
    min-width: 44px;
    padding-inline: 13px;
    font-size: 0.9375rem;
  }
  .bar .sign {
    width: 44px;
    padding: 0;
    font-size: 1.25rem;
    line-height: 1;
  }
`
